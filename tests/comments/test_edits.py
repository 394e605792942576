"""Authors change and withdraw their replies; moderators redact and pin them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from comments.actors import Actor
from comments.assess.base import Signal
from comments.author_selectors import submitted_reply
from comments.errors import (
    NotAllowed,
    ReplyInvalid,
    ReplyNotFound,
    StaleDecision,
    ThreadNotFound,
)
from comments.models import (
    Action,
    Decision,
    OutboxMessage,
    Reply,
    ReplyRevision,
    ReviewItem,
    Thread,
)
from comments.selectors import public_thread, thread_tree
from comments.services import (
    Order,
    assessing,
    item_decide,
    reply_edit,
    reply_pin,
    reply_redact,
    reply_withdraw,
)

from .factories import (
    decide,
    make_moderator,
    make_published,
    make_reply,
    make_user,
)

pytestmark = pytest.mark.django_db


def edit(reply: Reply, body: str, **values) -> Reply:
    values = {
        "version": Reply.objects.get(pk=reply.pk).version,
        "actor": Actor.author(reply_id=reply.pk),
    } | values
    return reply_edit(
        reply.pk, body_raw=body, network="n", now=timezone.now(), **values
    )


def shown(thread: Thread) -> list[str]:
    public = public_thread(thread.page_id)
    return [n.reply.published_revision.body_text for n in thread_tree(public).nodes]


def flag(monkeypatch, code: str, *, score: float = 0.5) -> None:
    """Let a check see *code* in every text with the word "flag"."""

    class Check:
        name, version = "test", "1"

        def __call__(self, draft):
            seen = "flag" in draft.text
            signal = Signal(code=code, check="test", version="1", score=score)
            return (signal,) if seen else ()

    monkeypatch.setattr(assessing, "default_checks", lambda *_args: (Check(),))


def test_edit_after_approval_keeps_the_old_text_public_until_a_moderator_agrees(thread):
    reply = make_published(thread, body_raw="Old words.")
    version = Thread.objects.get().version

    edit(reply, "New words.")
    waiting = (shown(thread), Thread.objects.get().version)
    decide(reply, Action.APPROVE)

    assert waiting == (["Old words."], version)
    assert shown(thread) == ["New words."]
    assert Thread.objects.get().version == version + 1
    states = ReplyRevision.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["superseded", "approved"]


def test_refused_edit_leaves_the_old_text_public(thread):
    reply = make_published(thread, body_raw="Old words.")
    edit(reply, "New words.")

    decide(reply, Action.REJECT, reason="abuse")

    assert shown(thread) == ["Old words."]
    reply.refresh_from_db()
    assert (reply.status, reply.revisions.get(number=2).state) == (
        "published",
        "rejected",
    )


@pytest.mark.parametrize("code", ["crisis.self_harm", "personal_data.phone", "legal.x"])
def test_edit_with_grave_signals_hides_the_reply_at_once(thread, monkeypatch, code):
    reply = make_published(thread, body_raw="Old words.")
    flag(monkeypatch, code)

    edit(reply, "flag")

    item = ReviewItem.objects.get()
    assert shown(thread) == []
    assert Thread.objects.get().reply_count == 0
    assert (item.state, item.reasons[:2]) == ("open", ["edit.proposed", code])
    assert item.due_at is not None
    assert item.severity == ("elevated" if "personal" in code else code.split(".")[0])


def test_crisis_below_the_threshold_still_holds_and_comes_first(thread, monkeypatch):
    flag(monkeypatch, "crisis.self_harm", score=0.01)
    make_reply(thread)

    reply = make_reply(thread, body_raw="flag")

    item = ReviewItem.objects.order_by("-priority")[0]
    assert (item.reply, item.severity, item.priority) == (reply, "crisis", 100)


def test_edit_of_a_waiting_reply_replaces_the_text_to_be_judged(thread):
    reply = make_reply(thread)
    item = ReviewItem.objects.get()

    edit(reply, "Second words.")

    with pytest.raises(StaleDecision):
        decide(reply, Action.APPROVE, version=item.version)
    decide(reply, Action.APPROVE)
    assert shown(thread) == ["Second words."]


def test_decision_on_a_stale_revision_is_refused(thread):
    """The moderator saw kind words; the author changed them meanwhile."""
    reply = make_published(thread, body_raw="Kind words.")
    edit(reply, "Still kind words.")
    seen = ReviewItem.objects.get().version
    edit(reply, "Buy my pills.")

    with pytest.raises(StaleDecision):
        decide(reply, Action.APPROVE, version=seen)

    assert shown(thread) == ["Kind words."]


def test_edit_with_an_old_version_is_refused_and_stores_nothing(thread):
    reply = make_published(thread)
    edit(reply, "Second words.")

    with pytest.raises(StaleDecision):
        edit(reply, "Third words.", version=reply.version)

    assert ReplyRevision.objects.count() == 2


def test_edit_sent_twice_is_stored_once(thread):
    reply = make_published(thread)
    version = reply.version

    first = edit(reply, "Second words.", version=version)
    second = edit(reply, "Second words.", version=version)

    assert first.pk == second.pk
    assert ReplyRevision.objects.count() == 2


def test_edit_is_for_the_author_alone(thread):
    reply, other = make_published(thread), make_published(thread)
    strangers = [
        Actor.guest(),
        Actor.author(reply_id=other.pk),
        Actor.author(participant_id=other.participant_id),
        Actor.person(make_user()),
        Actor.person(make_moderator()),
    ]

    for stranger in strangers:
        with pytest.raises(ReplyNotFound):
            edit(reply, "Not mine.", actor=stranger)
        with pytest.raises(ReplyNotFound):
            reply_withdraw(reply.pk, version=None, actor=stranger, now=timezone.now())

    assert ReplyRevision.objects.count() == 2
    assert shown(thread).count("Not mine.") == 0


def test_author_with_an_account_or_a_proven_address_may_edit(thread):
    reply = make_published(thread)
    user = make_user()
    reply.participant.user = user
    reply.participant.save()

    edit(reply, "By account.", actor=Actor.person(user))
    edit(reply, "By proof.", actor=Actor.author(participant_id=reply.participant_id))

    assert ReplyRevision.objects.count() == 3


def test_edit_that_says_nothing_or_too_much_is_refused(thread):
    reply = make_published(thread)

    for body in ("", "   ", "\u200b", "a" * 5_001):
        with pytest.raises(ReplyInvalid):
            edit(reply, body)


def test_edit_under_a_page_that_is_not_public_is_refused(thread):
    reply = make_published(thread)
    thread.page.unpublish()

    with pytest.raises(ThreadNotFound):
        edit(reply, "New words.")


@pytest.mark.parametrize("steps", [(Action.REJECT,), (Action.SPAM,)])
def test_what_was_rejected_is_not_edited_back_to_life(thread, steps):
    reply = make_reply(thread)
    for action in steps:
        decide(reply, action, reason="abuse")

    with pytest.raises(StaleDecision):
        edit(reply, "New words.")


def test_clean_edit_is_public_at_once_where_the_policy_says_so(thread, settings):
    settings.COMMENTS |= {"POLICY": "post"}
    reply = make_reply(thread, body_raw="Old words.")

    edit(reply, "New words.")

    assert shown(thread) == ["New words."]
    latest = Decision.objects.latest("pk")
    assert (latest.action, latest.actor_kind, latest.policy) == (
        "approve",
        "rule",
        "post@1",
    )


def test_hidden_reply_is_not_published_by_an_edit_whatever_the_policy(thread, settings):
    reply = make_published(thread)
    decide(reply, Action.HIDE, reason="abuse")
    settings.COMMENTS |= {"POLICY": "post"}

    edit(reply, "New words.")

    assert shown(thread) == []
    assert ReviewItem.objects.get().state == "open"


def test_withdrawn_reply_leaves_a_tombstone_for_the_answers_below(thread):
    reply = make_published(thread, body_raw="My words.")
    make_published(thread, reply)

    reply_withdraw(
        reply.pk,
        version=None,
        actor=Actor.author(reply_id=reply.pk),
        now=timezone.now(),
    )

    [node] = thread_tree(public_thread(thread.page_id)).nodes
    assert (node.is_visible, len(node.children)) == (False, 1)
    assert Thread.objects.get().reply_count == 1
    assert ReviewItem.objects.filter(reply=reply).get().state == "resolved"


def test_withdrawal_twice_is_as_once_and_ends_everything(thread):
    reply = make_reply(thread)
    author = Actor.author(reply_id=reply.pk)

    for _ in range(2):
        reply_withdraw(reply.pk, version=None, actor=author, now=timezone.now())

    assert Decision.objects.filter(action="withdraw").count() == 1
    for act in (
        lambda: decide(reply, Action.APPROVE),
        lambda: edit(reply, "Back again."),
    ):
        with pytest.raises(StaleDecision):
            act()


def test_withdrawal_with_an_old_version_is_refused(thread):
    reply = make_published(thread)

    with pytest.raises(StaleDecision):
        reply_withdraw(
            reply.pk,
            version=1,
            actor=Actor.author(reply_id=reply.pk),
            now=timezone.now(),
        )


def test_record_of_an_author_names_nobody(thread):
    user = make_user(first_name="Ana")
    reply = make_published(thread)
    reply.participant.user = user
    reply.participant.save()

    reply_withdraw(reply.pk, version=None, actor=Actor.person(user), now=timezone.now())

    record = Decision.objects.latest("pk")
    assert record.actor is None
    assert record.actor_label == "author"


def redact(item: ReviewItem, text: str, **values):
    values = {"actor": Actor.person(make_moderator()), "version": item.version} | values
    return reply_redact(item.pk, source_raw=text, now=timezone.now(), **values)


def test_redaction_publishes_the_rest_and_says_why(thread):
    make_reply(thread, body_raw="Call me at 555-0100. Heat helped.")
    item = ReviewItem.objects.get()

    decision = redact(item, "Call me at […]. Heat helped.")

    assert shown(thread) == ["Call me at […]. Heat helped."]
    assert (decision.action, decision.reason) == ("redact", "personal_data")
    assert decision.public_reason
    revisions = ReplyRevision.objects.order_by("number")
    assert [(r.state, r.is_redaction) for r in revisions] == [
        ("superseded", False),
        ("approved", True),
    ]
    item.refresh_from_db()
    assert item.state == "resolved"


def test_redaction_needs_the_right_and_the_version(thread):
    make_reply(thread)
    item = ReviewItem.objects.get()

    with pytest.raises(NotAllowed):
        redact(item, "Less.", actor=Actor.guest())
    with pytest.raises(StaleDecision):
        redact(item, "Less.", version=7)
    decide(item.reply, Action.SPAM)
    item.refresh_from_db()
    with pytest.raises(StaleDecision):
        redact(item, "Less.")

    assert shown(thread) == []


def test_pin_is_seen_by_readers_and_ends_with_the_reply(thread):
    reply = make_published(thread)
    version = Thread.objects.get().version
    moderator = Actor.person(make_moderator())

    def pin(is_pinned: bool) -> None:
        reply.refresh_from_db()
        reply_pin(
            reply.pk,
            is_pinned=is_pinned,
            version=reply.version,
            actor=moderator,
            now=timezone.now(),
        )

    pin(True)
    pin(True)
    assert Thread.objects.get().version == version + 1
    with pytest.raises(NotAllowed):
        reply_pin(
            reply.pk,
            is_pinned=False,
            version=2,
            actor=Actor.guest(),
            now=timezone.now(),
        )
    decide(reply, Action.HIDE, reason="abuse")
    with pytest.raises(ReplyNotFound):
        pin(False)
    assert Decision.objects.filter(action="pin").count() == 1


def test_author_reads_the_reason_that_still_holds(thread):
    """A record without a statement, such as an edit's, does not hide the statement that came before it."""
    reply = make_published(thread)
    decide(reply, Action.HIDE, reason="abuse", public_reason="Please be kind.")
    edit(reply, "Kinder words.")

    assert submitted_reply(reply.pk).public_reason == "Please be kind."
    decide(reply, Action.APPROVE)
    assert submitted_reply(reply.pk).public_reason == ""


def test_author_without_a_proven_address_is_written_to_by_nobody(thread):
    reply = make_reply(thread, email_raw="victim@example.org")

    decide(reply, Action.REJECT, reason="abuse")

    assert OutboxMessage.objects.count() == 0


def test_author_with_an_account_is_told_once(thread):
    reply = make_reply(thread)
    reply.participant.user = make_user(email="ana@example.org")
    reply.participant.save()
    item = ReviewItem.objects.get()
    order = Order(action=Action.APPROVE)

    for _ in range(2):
        item_decide(
            item.pk, order, actor=Actor.person(make_moderator()), now=timezone.now()
        )

    message = OutboxMessage.objects.get()
    assert (message.kind, set(message.facts)) == ("decision", {"decision", "reply"})
