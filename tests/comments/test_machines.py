"""The tables of transitions say what the design says, in the words of the models."""

from __future__ import annotations

import pytest

from comments import machines
from comments.machines import DECISIONS, KEEP, Case, graver, step_for, target
from comments.models import (
    Action,
    AppealState,
    ItemState,
    ReplyStatus,
    ReportState,
    RevisionState,
    SanctionState,
    Severity,
)
from comments.models.review import LIVE_STATES

CASES = [
    Case(status=status, is_proposal=is_proposal)
    for status in ReplyStatus
    for is_proposal in (False, True)
]


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (machines.REPLY, ReplyStatus),
        (machines.REVISION, RevisionState),
        (machines.ITEM, ItemState),
        (machines.REPORT, ReportState),
        (machines.APPEAL, AppealState),
        (machines.SANCTION, SanctionState),
    ],
)
def test_tables_know_the_states_of_the_models(table, states):
    named = {
        state for steps in table.values() for pair in steps.items() for state in pair
    }

    assert named <= set(states.values)


def test_every_moderators_action_has_steps_in_the_models_words():
    assert list(DECISIONS) == Action.values
    for steps in DECISIONS.values():
        for case, step in steps.items():
            assert case in CASES
            assert step.to_status in ReplyStatus.values
            assert step.revision in {KEEP, *RevisionState.values}
            assert step.item in {KEEP, *ItemState.values}


def test_a_machine_ends_where_the_design_ends_it():
    ends = {
        "reply": set(ReplyStatus.values) - _left(machines.REPLY, but="erase"),
        "report": set(ReportState.values) - _left(machines.REPORT),
        "appeal": set(AppealState.values) - _left(machines.APPEAL),
        "sanction": set(SanctionState.values) - _left(machines.SANCTION),
    }

    assert ends == {
        "reply": {"removed"},
        "report": {"upheld", "dismissed", "duplicate"},
        "appeal": {"upheld", "overturned", "withdrawn"},
        "sanction": {"expired", "lifted"},
    }


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_decision_judges_the_text_that_waits_or_leaves_it_waiting(action, case):
    step = step_for(action, case, is_live=True)

    if step is None:
        return
    if case.is_proposal:
        assert (step.revision == KEEP) == (step.item == KEEP)
    else:
        assert step.revision in {KEEP, "proposed"}
    assert (step.item == "open") == (step.to_status == "pending")
    if step.to_status == "published" and case.status not in {"published", "hidden"}:
        assert step.revision == "approved"


def test_nothing_leaves_the_end_and_nobody_decides_before_the_address_is_proven():
    for action in Action:
        for status in ("unverified", "removed"):
            for is_proposal in (False, True):
                case = Case(status=status, is_proposal=is_proposal)
                assert step_for(action, case, is_live=True) is None


def test_keeping_a_public_reply_needs_somebody_who_asked():
    case = Case(status="published", is_proposal=False)

    assert step_for("approve", case, is_live=False) is None
    assert step_for("approve", case, is_live=True) is not None


def test_severities_are_those_of_the_models_and_their_figures_are_complete():
    assert list(machines.SEVERITIES) == Severity.values
    assert set(machines.PRIORITIES) == set(machines.DUE_SECONDS) == set(Severity)
    assert graver("legal", "crisis") == graver("crisis", "legal") == "crisis"
    assert set(machines.ITEM["resolve"]) == set(LIVE_STATES)


def test_target_says_where_an_event_leads():
    assert target(machines.REPLY, "withdraw", "hidden") == "removed"
    assert target(machines.REPLY, "withdraw", "removed") is None
    assert target(machines.REPLY, "edit", "rejected") is None


def _left(table: machines.Table, *, but: str = "") -> set[str]:
    """Return the states that some event leaves for another."""
    return {
        state
        for event, steps in table.items()
        for state, to_state in steps.items()
        if event != but
    }
