"""From signals to a verdict, and the checks that make signals: pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.assess.base import Assessment, Draft, FormFacts, Policy, Signal, Span
from comments.assess.checks import (
    DuplicateCheck,
    ForeignCheck,
    FormCheck,
    LinkCheck,
    NameCheck,
    ShapeCheck,
)
from comments.assess.pipeline import assess, default_checks
from comments.decide import Outcome, PolicyError, decide

CAREFUL = FormFacts(honeypot="", fill_seconds=60.0, has_expired=False)


def draft(source: str = "Heat helped me.", **values: object) -> Draft:
    """Return a draft whose text is its source."""
    return Draft(
        **(
            {
                "source": source,
                "text": source,
                "html": f"<p>{source}</p>",
                "name": "Ana",
                "form": CAREFUL,
            }
            | values
        )
    )


def signal(code: str, score: float) -> Signal:
    """Return a signal of a made-up check."""
    return Signal(code=code, check="made_up", version="1", score=score)


def codes(signals: tuple[Signal, ...]) -> list[str]:
    """Return the codes in order."""
    return [item.code for item in signals]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, []),
        ({"honeypot": "http://x.example"}, ["form.honeypot"]),
        ({"honeypot": " "}, ["form.honeypot"]),
        ({"has_expired": True}, ["form.expired"]),
        ({"fill_seconds": None}, ["form.no_time"]),
        ({"fill_seconds": 2.9}, ["form.too_fast"]),
        ({"fill_seconds": 3.0}, []),
        ({"fill_seconds": 0.0, "honeypot": "x"}, ["form.honeypot", "form.too_fast"]),
    ],
)
def test_form(form, expected):
    facts = FormFacts(
        **({"honeypot": "", "fill_seconds": 60.0, "has_expired": False} | form)
    )

    assert codes(FormCheck(min_fill_seconds=3.0)(draft(form=facts))) == expected


@pytest.mark.parametrize(
    ("source", "html", "expected", "spans"),
    [
        ("no link", "", [], []),
        ("see https://a.example now", "", ["links.present"], [(4, 21)]),
        (
            "www.a.example HTTP://b.example https://c.example",
            "",
            ["links.many"],
            [(0, 13), (14, 30), (31, 48)],
        ),
        ("[x](y)", '<a href="1">x</a>', ["links.present"], []),
        ("three", "<a href=1>x</a>" * 3, ["links.many"], []),
        ("wwwhat https:/x", "", [], []),
    ],
)
def test_links(source, html, expected, spans):
    seen = LinkCheck(max_links=2)(draft(source, html=html))

    assert codes(seen) == expected
    assert [(span.start, span.end) for item in seen for span in item.spans] == spans


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"source": "!!! ???", "text": "!!! ???"}, ["shape.no_words"]),
        ({"source": "A" * 9 + " b", "text": "A" * 9 + " b"}, []),
        (
            {
                "source": "STOP TAKING THAT MEDICINE",
                "text": "STOP TAKING THAT MEDICINE",
            },
            ["shape.shouting"],
        ),
        ({"source": "HIV TEST OK", "text": "HIV TEST OK"}, []),
        (
            {"source": "so goooooooooood", "text": "so goooooooooood"},
            ["shape.repeated"],
        ),
        ({"render_reasons": ("markup.too_deep",)}, ["shape.markup"]),
        ({"name": "https://x.example"}, ["shape.name_is_link"]),
    ],
)
def test_shape(values, expected):
    assert codes(ShapeCheck()(draft(**values))) == expected


def test_duplicates():
    assert codes(DuplicateCheck()(draft(duplicates=0))) == []
    assert codes(DuplicateCheck()(draft(duplicates=1))) == ["repetition.same_text"]


def test_findings_of_a_host_become_signals_once_each():
    class Finding:
        code = "dosage"

    check = ForeignCheck(
        function=lambda _text: [Finding(), Finding(), "plain"], name="host"
    )

    assert codes(check(draft())) == ["text.dosage", "text.finding"]


def test_failing_check_is_named_and_stops_no_other():
    def explode(_text: str) -> list[object]:
        raise ZeroDivisionError

    checks = default_checks(Policy(), {"host.explode": explode})
    form = FormFacts(honeypot="x", fill_seconds=60.0, has_expired=False)

    seen = assess(draft(form=form), [checks[-1], *checks[:-1]])

    assert seen.failed == ("host.explode",)
    assert codes(seen.signals) == ["form.honeypot"]


def test_signals_come_with_the_weightiest_first():
    form = FormFacts(honeypot="x", fill_seconds=0.0, has_expired=True)

    seen = assess(draft(form=form), default_checks(Policy(), {}))

    assert codes(seen.signals) == ["form.honeypot", "form.too_fast", "form.expired"]


def test_stored_shape_of_a_signal():
    one = Signal(
        code="a.b", check="a", version="1", score=0.5, spans=(Span(start=1, end=2),)
    )

    assert one.as_dict() == {
        "code": "a.b",
        "check": "a",
        "version": "1",
        "score": 0.5,
        "spans": [[1, 2]],
    }


CLEAN = Assessment(signals=())


@pytest.mark.parametrize(
    ("assessment", "policy", "trust", "reasons"),
    [
        (CLEAN, Policy(mode="pre"), 9, ("policy.pre",)),
        (CLEAN, Policy(mode="closed"), 9, ("policy.pre",)),
        (CLEAN, Policy(mode="trusted"), 2, ("policy.new_author",)),
        (CLEAN, Policy(mode="trusted"), 3, ()),
        (CLEAN, Policy(mode="post"), 0, ()),
        (
            Assessment(signals=(), has_run=False),
            Policy(mode="post"),
            9,
            ("check.none_ran",),
        ),
        (
            Assessment(signals=(), failed=("x",)),
            Policy(mode="post"),
            9,
            ("check.failed:x",),
        ),
        (Assessment(signals=(signal("a", 0.29),)), Policy(mode="post"), 0, ()),
        (Assessment(signals=(signal("a", 0.3),)), Policy(mode="post"), 9, ("a",)),
        (
            Assessment(signals=(signal("a", 0.9), signal("a", 0.5))),
            Policy(mode="pre"),
            0,
            ("a", "policy.pre"),
        ),
    ],
)
def test_verdict(assessment, policy, trust, reasons):
    verdict = decide(assessment, policy, trust=trust)

    assert verdict.reasons == reasons
    assert verdict.outcome == (Outcome.HOLD if reasons else Outcome.PUBLISH)


def test_likely_spam_sinks():
    verdict = decide(Assessment(signals=(signal("form.honeypot", 0.95),)), Policy())

    assert (verdict.outcome, verdict.priority) == (Outcome.HOLD, -10)


@pytest.mark.parametrize(
    "policy", [Policy(mode="odd"), Policy(hold_from=1.1), Policy(hold_from=-0.1)]
)
def test_policy_without_meaning_is_an_error(policy):
    with pytest.raises(PolicyError):
        decide(CLEAN, policy)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(Policy(), "pre@1"), (Policy(mode="trusted", version="7"), "trusted@7")],
)
def test_policy_is_recorded_by_its_mode_and_version(policy, expected):
    assert policy.label == expected


SIGNALS = st.builds(
    Signal,
    code=st.sampled_from(["a", "b", "form.honeypot"]),
    check=st.just("x"),
    version=st.just("1"),
    score=st.floats(0, 1),
)
ASSESSMENTS = st.builds(
    Assessment,
    signals=st.lists(SIGNALS, max_size=5).map(tuple),
    failed=st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
    has_run=st.booleans(),
)
POLICIES = st.builds(
    Policy,
    mode=st.sampled_from(["pre", "trusted", "post", "closed"]),
    hold_from=st.floats(0, 1),
)


@given(ASSESSMENTS, SIGNALS, POLICIES, st.integers(0, 9))
def test_one_more_signal_never_publishes(assessment, extra, policy, trust):
    more = Assessment(
        signals=(*assessment.signals, extra),
        failed=assessment.failed,
        has_run=assessment.has_run,
    )

    before, after = (
        decide(assessment, policy, trust=trust),
        decide(more, policy, trust=trust),
    )

    assert before.outcome is Outcome.PUBLISH or after.outcome is Outcome.HOLD


@given(ASSESSMENTS, POLICIES, st.integers(0, 9))
def test_failure_always_holds_and_hold_always_says_why(assessment, policy, trust):
    verdict = decide(assessment, policy, trust=trust)

    assert (verdict.outcome is Outcome.HOLD) == bool(verdict.reasons)
    if assessment.failed or not assessment.has_run:
        assert verdict.outcome is Outcome.HOLD


@given(
    st.text(max_size=300), st.text(max_size=50), st.floats(-10, 1e6, allow_nan=False)
)
def test_checks_take_any_text(source, name, seconds):
    form = FormFacts(honeypot="", fill_seconds=seconds, has_expired=False)

    seen = assess(draft(source, name=name, form=form), default_checks(Policy(), {}))

    assert seen.failed == ()
    assert all(0 <= item.score <= 1 for item in seen.signals)
    assert all(
        0 <= span.start < span.end <= len(source)
        for item in seen.signals
        for span in item.spans
    )


@pytest.mark.parametrize(
    ("code", "score", "expected"),
    [
        ("crisis.self_harm", 0.0, ("crisis", 100, True)),
        ("legal.threat", 0.0, ("legal", 20, True)),
        ("personal_data.phone", 0.5, ("elevated", 10, True)),
        ("advice.stop_medicine", 0.5, ("elevated", 10, False)),
        ("links.many", 0.7, ("routine", 0, False)),
    ],
)
def test_severity_gives_the_place_in_the_queue_and_takes_down_edits(
    code, score, expected
):
    found = Assessment(signals=(signal(code, score),))

    verdict = decide(found, Policy(mode="post"))

    assert verdict.outcome is Outcome.HOLD
    assert (verdict.severity, verdict.priority, verdict.takes_down) == expected


def test_crisis_is_never_taken_for_spam():
    found = Assessment(
        signals=(signal("form.honeypot", 0.95), signal("crisis.self_harm", 0.1))
    )

    assert decide(found, Policy(mode="post")).priority == 100


def test_measure_holds_a_clean_reply_of_a_trusted_author():
    policy = Policy(mode="post")

    verdict = decide(Assessment(signals=()), policy, trust=99, is_held=True)

    assert (verdict.outcome, verdict.reasons) == (
        Outcome.HOLD,
        ("sanction.hold_all",),
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"looks_like": ("staff",)}, ["name.like_staff"]),
        (
            {"looks_like": ("protected", "clinician")},
            ["name.like_protected", "name.like_clinician"],
        ),
        ({"name": "Dr. Rosa"}, ["name.title"]),
        ({"name": "Dr. Rosa", "has_credential": True}, []),
        ({"name": "M\u0430ria"}, ["name.mixed_scripts"]),
    ],
)
def test_names(values, expected):
    assert codes(NameCheck()(draft(**values))) == expected
