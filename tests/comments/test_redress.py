"""Claims, reports, appeals and measures: who may do what, and that nobody does it twice or alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.actors import Actor
from comments.errors import (
    AppealPending,
    AuthorSuspended,
    FourEyes,
    ItemClaimed,
    NotAllowed,
    NotAppealable,
    RateLimited,
    ReplyNotFound,
    StaleDecision,
)
from comments.models import (
    Action,
    Appeal,
    Decision,
    Participant,
    Reply,
    Report,
    ReviewItem,
    Sanction,
    SanctionKind,
    Severity,
)
from comments.reasons import Reason, ReportReason
from comments.services import (
    appeal_decide,
    appeal_submit,
    appeal_take,
    appeal_withdraw,
    claims_release,
    item_claim,
    item_escalate,
    item_release,
    reply_edit,
    reply_submit,
    reply_withdraw,
    report_submit,
    sanction_impose,
    sanction_in_force,
    sanction_lift,
    sanctions_expire,
)

from .factories import (
    NOW,
    decide,
    make_editor,
    make_moderator,
    make_published,
    make_reply,
    make_submission,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(db):
    return make_moderator()


@pytest.fixture
def second(db):
    return make_moderator()


def claim(item: ReviewItem, user, *, now=NOW) -> ReviewItem:
    item.refresh_from_db()
    return item_claim(item.pk, version=item.version, actor=Actor.person(user), now=now)


def test_claimed_item_is_decided_by_nobody_else_until_the_claim_ends(
    thread, first, second
):
    reply = make_reply(thread)
    item = ReviewItem.objects.get()

    claim(item, first, now=timezone.now())

    with pytest.raises(ItemClaimed):
        claim(item, second, now=timezone.now())
    with pytest.raises(ItemClaimed):
        decide(reply, Action.APPROVE, user=second)
    later = timezone.now() + timedelta(minutes=16)
    assert claim(item, second, now=later).assignee == second


def test_claim_is_extended_released_and_settled_with_the_decision(thread, first):
    reply = make_reply(thread)
    item = ReviewItem.objects.get()
    claim(item, first)

    longer = claim(item, first, now=NOW + timedelta(minutes=10))
    assert longer.claimed_until == NOW + timedelta(minutes=25)
    free = item_release(
        item.pk, version=longer.version, actor=Actor.person(first), now=NOW
    )
    assert (free.state, free.assignee) == ("open", None)
    claim(item, first)
    decide(reply, Action.APPROVE, user=first)

    item.refresh_from_db()
    assert (item.state, item.assignee, item.claimed_until) == ("resolved", None, None)
    with pytest.raises(StaleDecision):
        claim(item, first)


def test_claim_with_an_old_version_or_without_the_right_is_refused(thread, first):
    make_reply(thread)
    item = ReviewItem.objects.get()

    with pytest.raises(StaleDecision):
        item_claim(item.pk, version=9, actor=Actor.person(first), now=NOW)
    for actor in (Actor.guest(), Actor.person(make_editor()), Actor.rule("x")):
        with pytest.raises(NotAllowed):
            item_claim(item.pk, version=1, actor=actor, now=NOW)
    with pytest.raises(ReplyNotFound):
        item_claim(999, version=1, actor=Actor.person(first), now=NOW)

    item.refresh_from_db()
    assert (item.state, item.version) == ("open", 1)


def test_claims_that_ended_go_back_to_the_queue(thread, first):
    make_reply(thread)
    item = ReviewItem.objects.get()
    claim(item, first)

    assert claims_release(now=NOW) == 0
    assert claims_release(now=NOW + timedelta(minutes=15)) == 1

    item.refresh_from_db()
    assert (item.state, item.assignee) == ("open", None)


def test_escalated_item_moves_up_and_can_be_decided(thread, first, second):
    reply = make_reply(thread)
    item = ReviewItem.objects.get()
    claim(item, first)
    item.refresh_from_db()

    item_escalate(
        item.pk,
        version=item.version,
        actor=Actor.person(first),
        now=NOW,
        severity=Severity.CRISIS,
        note="Please look.",
    )
    item.refresh_from_db()
    assert (item.state, item.severity, item.priority) == ("escalated", "crisis", 100)
    assert item.due_at == NOW + timedelta(hours=1)
    with pytest.raises(StaleDecision):
        item_escalate(item.pk, version=item.version, actor=Actor.person(first), now=NOW)
    decide(reply, Action.APPROVE, user=second)

    assert Decision.objects.filter(action="escalate").get().internal_note


def report(reply: Reply, who: str = "a", **values) -> Report:
    values = {"reason": ReportReason.ABUSE, "actor": Actor.guest()} | values
    return report_submit(
        reply.pk, text_raw="It is unkind.", network=who, now=NOW, **values
    )


def test_report_brings_a_public_reply_back_and_its_answer_settles_it(thread):
    reply = make_published(thread)

    received = report(reply, reason=ReportReason.SELF_HARM)

    item = ReviewItem.objects.get()
    assert (item.state, item.severity) == ("open", "crisis")
    assert item.reasons == ["report.self_harm"]
    decision = decide(reply, Action.APPROVE)
    received.refresh_from_db()
    assert (received.state, received.decision) == ("dismissed", decision)
    reply.refresh_from_db()
    assert reply.status == "published"


def test_report_is_upheld_when_the_reply_is_hidden(thread):
    reply = make_published(thread)
    reports = [report(reply, who) for who in "ab"]

    decide(reply, Action.HIDE, reason="abuse")

    for received in reports:
        received.refresh_from_db()
        assert received.state == "upheld"


def test_report_brigading_hides_nothing_and_counts_each_once(thread):
    reply = make_published(thread)

    states = [report(reply, f"network {n % 5}").state for n in range(20)]

    item = ReviewItem.objects.get()
    reply.refresh_from_db()
    assert (states.count("received"), states.count("duplicate")) == (5, 15)
    assert (reply.status, item.priority, item.reasons) == (
        "published",
        0,
        ["report.abuse"],
    )


def test_reporter_who_was_answered_does_not_reopen_the_same_text(thread):
    reply = make_published(thread)
    report(reply)
    decide(reply, Action.APPROVE)

    again = report(reply)

    assert again.state == "duplicate"
    assert ReviewItem.objects.get().state == "resolved"


@pytest.mark.parametrize("status", ["pending", "hidden", "removed"])
def test_what_is_not_public_cannot_be_reported(thread, status):
    reply = make_reply(thread) if status == "pending" else make_published(thread)
    if status == "hidden":
        decide(reply, Action.HIDE, reason="abuse")
    if status == "removed":
        author = Actor.author(reply_id=reply.pk)
        reply_withdraw(reply.pk, version=None, actor=author, now=NOW)

    with pytest.raises(ReplyNotFound):
        report(reply)

    assert Report.objects.count() == 0


def test_reports_are_limited_by_network(thread, settings):
    reply = make_published(thread)
    settings.COMMENTS |= {"RATE_LIMITS": ((1, 600),)}
    report(reply)

    with pytest.raises(RateLimited):
        report(reply)


def test_report_keeps_no_network_and_only_plain_short_text(thread):
    reply = make_published(thread)

    received = report_submit(
        reply.pk,
        reason=ReportReason.OTHER,
        text_raw="x\u202e" + "y" * 2_000,
        actor=Actor.guest(),
        network="192.0.2.0/24",
        now=NOW,
    )

    assert len(received.text) == 1_000
    assert "\u202e" not in received.text
    assert "192" not in received.reporter_hash


def appeal(decision: Decision, **values) -> Appeal:
    author = Actor.author(reply_id=decision.reply_id)
    values = {"actor": author, "now": timezone.now(), "text_raw": "Why?"} | values
    return appeal_submit(decision.key, **values)


def judge(made: Appeal, user, *, is_granted: bool, **values) -> Decision:
    made.refresh_from_db()
    values = {"version": made.version} | values
    return appeal_decide(
        made.pk,
        is_granted=is_granted,
        actor=Actor.person(user),
        now=timezone.now(),
        **values,
    )


@pytest.mark.parametrize("action", [Action.REJECT, Action.SPAM])
def test_granted_appeal_publishes_what_was_kept_back(thread, first, second, action):
    reply = make_reply(thread)
    decision = decide(reply, action, reason="abuse", user=first)
    made = appeal(decision)

    outcome = judge(made, second, is_granted=True)

    reply.refresh_from_db()
    made.refresh_from_db()
    assert (reply.status, made.state) == ("published", "overturned")
    assert outcome.reverses == decision
    assert ReviewItem.objects.get().state == "resolved"
    assert judge(made, second, is_granted=True) == outcome


def test_refused_appeal_changes_nothing_public(thread, first, second):
    reply = make_published(thread)
    made = appeal(decide(reply, Action.HIDE, reason="abuse", user=first))
    assert ReviewItem.objects.get().reasons == ["appeal.submitted"]

    judge(made, second, is_granted=False, public_reason="It was unkind.")

    reply.refresh_from_db()
    made.refresh_from_db()
    assert (reply.status, made.state) == ("hidden", "upheld")
    assert ReviewItem.objects.get().state == "resolved"
    with pytest.raises(StaleDecision):
        judge(made, second, is_granted=True)
    with pytest.raises(NotAppealable):
        appeal(made.decision)


def test_granted_appeal_against_a_refused_edit_publishes_the_edit(
    thread, first, second
):
    reply = make_published(thread, body_raw="Old words.")
    author = Actor.author(reply_id=reply.pk)
    reply_edit(
        reply.pk,
        body_raw="New words.",
        version=reply.version,
        actor=author,
        network="n",
        now=NOW,
    )
    made = appeal(decide(reply, Action.REJECT, reason="abuse", user=first))

    judge(made, second, is_granted=True)

    reply.refresh_from_db()
    assert reply.published_revision.body_text == "New words."


def test_appeal_is_never_judged_by_the_first_decider(thread, first, second):
    """Neither directly, nor by an ordinary decision while the appeal waits."""
    reply = make_reply(thread)
    made = appeal(decide(reply, Action.REJECT, reason="abuse", user=first))

    for is_granted in (True, False):
        with pytest.raises(FourEyes):
            judge(made, first, is_granted=is_granted)
    with pytest.raises(FourEyes):
        appeal_take(made.pk, version=made.version, actor=Actor.person(first))
    for user in (first, second):
        with pytest.raises(AppealPending):
            decide(reply, Action.RESTORE, user=user)
    for actor in (Actor.guest(), Actor.person(make_editor())):
        with pytest.raises(NotAllowed):
            appeal_take(made.pk, version=made.version, actor=actor)

    made.refresh_from_db()
    assert (made.state, made.version) == ("submitted", 1)
    taken = appeal_take(made.pk, version=1, actor=Actor.person(second))
    assert (taken.state, taken.assignee) == ("in_review", second)
    with pytest.raises(StaleDecision):
        appeal_take(made.pk, version=1, actor=Actor.person(second))


def test_appeal_is_for_the_person_concerned_and_counts_once(thread, first):
    reply, other = make_reply(thread), make_reply(thread)
    decision = decide(reply, Action.REJECT, reason="abuse", user=first)

    for actor in (
        Actor.guest(),
        Actor.author(reply_id=other.pk),
        Actor.author(participant_id=other.participant_id),
        Actor.person(make_user()),
    ):
        with pytest.raises(ReplyNotFound):
            appeal(decision, actor=actor)
    made = appeal(decision)

    assert appeal(decision) == made
    assert Appeal.objects.count() == 1


def test_appeal_comes_too_late_or_against_nothing(thread, first):
    reply = make_reply(thread)
    approved = decide(make_reply(thread), Action.APPROVE)
    rejected = decide(reply, Action.REJECT, reason="abuse", user=first)

    with pytest.raises(NotAppealable):
        appeal(approved)
    with pytest.raises(NotAppealable):
        appeal(rejected, now=timezone.now() + timedelta(days=184))
    decide(reply, Action.RESTORE, user=first)
    with pytest.raises(NotAppealable):
        appeal(rejected)


def test_appeal_is_taken_back_by_hand_or_with_the_reply(thread, first, second):
    reply, other = make_reply(thread), make_reply(thread)
    made, by_hand = (
        appeal(decide(r, Action.REJECT, reason="abuse", user=first))
        for r in (reply, other)
    )
    author = Actor.author(reply_id=other.pk)

    reply_withdraw(
        reply.pk, version=None, actor=Actor.author(reply_id=reply.pk), now=NOW
    )
    for _ in range(2):
        appeal_withdraw(by_hand.decision.key, actor=author, now=NOW)

    assert {a.state for a in Appeal.objects.all()} == {"withdrawn"}
    with pytest.raises(StaleDecision):
        judge(made, second, is_granted=True)
    assert not ReviewItem.objects.exclude(state="resolved").exists()


@pytest.fixture
def person(thread) -> Participant:
    return make_published(thread).participant


def sanction(person: Participant, user, kind: SanctionKind, **values) -> Sanction:
    values = {"reason": Reason.ABUSE, "now": NOW} | values
    return sanction_impose(person.pk, kind=kind, actor=Actor.person(user), **values)


def submit(thread, person: Participant):
    return reply_submit(
        make_submission(thread.page_id),
        actor=Actor.author(participant_id=person.pk),
        network="n",
        now=timezone.now(),
    )


@pytest.mark.parametrize("kind", [SanctionKind.SUSPEND, SanctionKind.BLOCK])
def test_suspended_author_is_told_and_stores_nothing(thread, person, first, kind):
    ends_at = timezone.now() + timedelta(days=1)
    made = sanction(person, first, kind, ends_at=ends_at, now=timezone.now())
    count = Reply.objects.count()

    with pytest.raises(AuthorSuspended) as refused:
        submit(thread, person)
    reply = person.replies.get()
    with pytest.raises(AuthorSuspended):
        reply_edit(
            reply.pk,
            body_raw="New.",
            version=reply.version,
            actor=Actor.author(participant_id=person.pk),
            network="n",
            now=timezone.now(),
        )

    assert refused.value.ends_at == ends_at
    assert refused.value.decision_key == made.decision.key
    assert Reply.objects.count() == count


def test_held_author_waits_whatever_the_policy(thread, person, first, settings):
    settings.COMMENTS |= {"POLICY": "post"}
    assert submit(thread, person).status == "published"

    sanction(person, first, SanctionKind.HOLD_ALL)

    assert submit(thread, person).status == "pending"
    assert "sanction.hold_all" in ReviewItem.objects.latest("pk").reasons


def test_warning_limits_nothing(thread, person, first):
    sanction(person, first, SanctionKind.WARN)
    sanction(person, first, SanctionKind.WARN)

    assert sanction_in_force(person.pk, now=NOW) is None
    assert submit(thread, person).status == "pending"
    assert Sanction.objects.count() == 2


def test_measure_ends_by_the_clock_and_the_job_writes_it_down(person, first):
    made = sanction(
        person, first, SanctionKind.SUSPEND, ends_at=NOW + timedelta(hours=1)
    )
    later = NOW + timedelta(hours=1)

    assert sanction_in_force(person.pk, now=NOW) == made
    assert sanction_in_force(person.pk, now=later) is None
    assert (sanctions_expire(now=NOW), sanctions_expire(now=later)) == (0, 1)
    made.refresh_from_db()
    assert made.state == "expired"
    with pytest.raises(StaleDecision):
        sanction_lift(
            made.pk, version=made.version, actor=Actor.person(first), now=later
        )


def test_measure_is_imposed_once_lifted_once_and_needs_the_right(person, first):
    made = sanction(person, first, SanctionKind.BLOCK)

    assert sanction(person, first, SanctionKind.BLOCK) == made
    with pytest.raises(StaleDecision):
        sanction(person, first, SanctionKind.BLOCK, reason=Reason.ILLEGAL)
    for ends_at in (None, NOW):
        with pytest.raises(StaleDecision):
            sanction(person, first, SanctionKind.SUSPEND, ends_at=ends_at)
    with pytest.raises(NotAllowed):
        sanction(person, make_editor(), SanctionKind.WARN)
    for _ in range(2):
        lifted = sanction_lift(made.pk, version=1, actor=Actor.person(first), now=NOW)

    assert lifted.state == "lifted"
    assert list(person.decisions.order_by("pk").values_list("action", flat=True)) == [
        "sanction",
        "lift",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=made.pk).update(kind="suspend")


def test_granted_appeal_lifts_the_measure(person, first, second):
    made = sanction(person, first, SanctionKind.BLOCK, now=timezone.now())
    actor = Actor.author(participant_id=person.pk)
    with pytest.raises(ReplyNotFound):
        appeal(made.decision, actor=Actor.guest())
    sent = appeal(made.decision, actor=actor)

    with pytest.raises(FourEyes):
        judge(sent, first, is_granted=True)
    judge(sent, second, is_granted=True)

    made.refresh_from_db()
    assert made.state == "lifted"


def test_trust_grows_by_one_a_day_and_is_lost_at_once(thread, person, first):
    """Trust farming: twenty kind words in a night are worth one."""
    for _ in range(3):
        reply = Reply.objects.get(pk=submit(thread, person).reply_id)
        decide(reply, Action.APPROVE, user=first)
    person.refresh_from_db()
    farmed = person.trust
    decide(reply, Action.HIDE, reason="abuse", user=first)
    person.refresh_from_db()

    assert (farmed, person.trust) == (1, 0)
