"""What may happen to a reply, and what goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction

from comments.actors import Actor
from comments.errors import (
    AppendOnlyError,
    BatchTooLarge,
    NotAllowed,
    RateLimited,
    ReasonRequired,
    ReplyNotFound,
    StaleDecision,
    ThreadNotFound,
)
from comments.machines import Case, step_for
from comments.models import (
    Action,
    Decision,
    IdempotencyRecord,
    RateWindow,
    Reply,
    ReplyRevision,
    ReviewItem,
    Thread,
)
from comments.ratelimit import Limit, hit
from comments.reasons import PUBLIC_TEXTS, Reason
from comments.selectors import public_thread
from comments.services import (
    Order,
    item_decide,
    items_decide,
    records_purge,
    reply_submit,
    thread_sync,
)
from comments.services.decisions import actions_for
from comments.signals import (
    reply_decided,
    reply_published,
    reply_submitted,
    thread_changed,
)
from comments.summaries import replies_summaries

from .factories import (
    NOW,
    decide,
    make_editor,
    make_moderator,
    make_page,
    make_published,
    make_reply,
    make_submission,
    make_thread,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """Return what the signals said, in order."""
    messages: list[tuple] = []
    names = {
        "thread_changed": thread_changed,
        "reply_submitted": reply_submitted,
        "reply_published": reply_published,
        "reply_decided": reply_decided,
    }

    def listen(signal, name):
        def receive(**values):
            messages.append((name, values["page_id"]))

        signal.connect(receive, weak=False, dispatch_uid=f"test.{name}")

    for name, signal in names.items():
        listen(signal, name)
    yield messages
    for name, signal in names.items():
        signal.disconnect(dispatch_uid=f"test.{name}")


def in_status(thread: Thread, status: str) -> Reply:
    """Return a reply that got to *status* by decisions."""
    steps = {
        "pending": (),
        "published": (Action.APPROVE,),
        "rejected": (Action.REJECT,),
        "spam": (Action.SPAM,),
        "hidden": (Action.APPROVE, Action.HIDE),
    }
    reply = make_reply(thread)
    for action in steps[status]:
        decide(reply, action, reason="abuse")
    reply.refresh_from_db()
    return reply


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(
    "status", ["pending", "published", "rejected", "spam", "hidden"]
)
def test_every_action_in_every_status(thread, status, action):
    reply = in_status(thread, status)
    decisions = Decision.objects.count()
    step = step_for(
        action,
        Case(status=status, is_proposal=status == "pending"),
        is_live=status == "pending",
    )
    expected = step.to_status if step else None
    latest = reply.decisions.last()
    is_repetition = latest is not None and latest.action == action

    item = ReviewItem.objects.select_related("reply", "revision").get(reply=reply)
    assert (action in actions_for(item)) == (expected is not None)
    if expected is not None:
        decide(reply, action, reason="abuse")
        decisions += 1
    elif is_repetition:
        assert decide(reply, action, reason="abuse") == latest
    else:
        with pytest.raises(StaleDecision):
            decide(reply, action, reason="abuse")

    reply.refresh_from_db()
    assert reply.status == (expected or status)
    assert Decision.objects.count() == decisions


def test_counters_and_version_follow_what_readers_see(thread):
    first = make_published(thread)
    second = make_published(thread, first)
    third = make_published(thread, second)
    version = Thread.objects.get().version

    decide(second, Action.HIDE, reason="abuse")
    hidden = [
        Reply.objects.get(pk=reply.pk).reply_count for reply in (first, second, third)
    ]
    decide(second, Action.RESTORE)
    restored = [
        Reply.objects.get(pk=reply.pk).reply_count for reply in (first, second, third)
    ]

    thread.refresh_from_db()
    assert hidden == [1, 1, 0]
    assert restored == [2, 1, 0]
    assert (thread.reply_count, thread.version) == (3, version + 2)


def test_first_day_of_publication_is_kept(thread):
    reply = make_published(thread)
    published_at = reply.published_at

    decide(reply, Action.HIDE, reason="abuse")
    decide(reply, Action.RESTORE)

    reply.refresh_from_db()
    assert reply.published_at == published_at


@pytest.mark.parametrize("actor", [Actor.guest(), Actor.rule("pre@1")])
def test_nobody_decides_without_the_right(thread, actor):
    item = ReviewItem.objects.get(reply=make_reply(thread))

    for decide_by in (
        lambda: item_decide(
            item.pk, Order(action=Action.APPROVE), actor=actor, now=NOW
        ),
        lambda: items_decide(
            [item.pk], Order(action=Action.APPROVE), actor=actor, now=NOW
        ),
    ):
        with pytest.raises(NotAllowed):
            decide_by()
    assert Reply.objects.get().status == "pending"


def test_editor_and_inactive_moderator_do_not_decide(thread):
    reply = make_reply(thread)

    for user in (make_editor(), make_moderator(is_active=False)):
        with pytest.raises(NotAllowed):
            decide(reply, Action.APPROVE, user=user)


def test_repeated_decision_is_the_same_decision(thread):
    reply = make_reply(thread)

    first = decide(reply, Action.APPROVE)
    second = decide(reply, Action.APPROVE, version=1)

    assert first == second
    assert Decision.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="health_comments.approve").count() == 1
    assert Thread.objects.get().reply_count == 1


def test_decision_on_an_old_version_is_stale(thread):
    reply = in_status(thread, "spam")
    decide(reply, Action.RESTORE)

    with pytest.raises(StaleDecision):
        decide(reply, Action.APPROVE, version=1)

    assert Reply.objects.get().status == "pending"


def test_lost_race_changes_nothing(thread, monkeypatch):
    """Another process moves the reply between reading and writing."""
    reply = make_reply(thread)

    def lose(*_args: object, **_values: object) -> None:
        Reply.objects.filter(pk=reply.pk).update(version=99)

    monkeypatch.setattr("comments.services.transitions.thread_lock", lose)
    with pytest.raises(StaleDecision):
        decide(reply, Action.APPROVE)

    assert Decision.objects.count() == 0
    assert ReviewItem.objects.get().state == "open"


def test_unknown_item_is_not_found():
    with pytest.raises(ReplyNotFound):
        item_decide(
            999,
            Order(action=Action.SPAM),
            actor=Actor.person(make_moderator()),
            now=NOW,
        )


def test_reason_is_required_and_standard_words_are_used(thread):
    reply = make_reply(thread)
    with pytest.raises(ReasonRequired):
        decide(reply, Action.REJECT)

    decision = decide(reply, Action.REJECT, reason="illegal")

    assert (decision.ground, decision.reason) == ("legal", "illegal")
    assert decision.public_reason == PUBLIC_TEXTS[Reason.ILLEGAL]
    assert set(PUBLIC_TEXTS) == set(Reason)


def test_batch_too_large_is_refused():
    with pytest.raises(BatchTooLarge):
        items_decide(
            list(range(101)),
            Order(action=Action.SPAM),
            actor=Actor.person(make_moderator()),
            now=NOW,
        )


def test_decision_is_written_once(thread):
    decision = decide(make_reply(thread), Action.APPROVE)

    for change in (
        decision.save,
        decision.delete,
        Decision.objects.all().delete,
        lambda: Decision.objects.update(action="spam"),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_decisions_outlive_their_page(thread):
    reply = make_published(thread, make_published(thread))
    page_id = thread.page_id

    thread.page.delete()

    assert (
        Reply.objects.count()
        == ReplyRevision.objects.count()
        == ReviewItem.objects.count()
        == 0
    )
    decision = Decision.objects.latest("pk")
    assert (decision.reply_id, decision.reply_key, decision.page_key) == (
        None,
        reply.pk,
        page_id,
    )


def test_decision_outlives_its_moderator(thread):
    moderator = make_moderator()
    decision = decide(make_reply(thread), Action.APPROVE, user=moderator)
    name = moderator.username

    moderator.delete()

    decision.refresh_from_db()
    assert (decision.actor, decision.actor_label) == (None, name)


def test_parent_with_answers_is_not_deleted_alone(thread):
    parent = make_published(thread)
    make_published(thread, parent)

    with pytest.raises(IntegrityError), transaction.atomic():
        parent.delete()


@pytest.mark.parametrize(
    "values",
    [
        {"status": "published", "published_revision": None},
        {"depth": 1},
    ],
)
def test_database_refuses_impossible_rows(thread, values):
    reply = make_reply(thread)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(**values)


def test_one_live_item_for_a_reply(thread):
    reply = make_reply(thread)
    item = ReviewItem.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.create(reply=reply, revision=item.revision, created_at=NOW)


def test_signals_come_after_the_commit(
    heard, thread, django_capture_on_commit_callbacks
):
    heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        reply = make_reply(thread)
        assert heard == []
    submitted = list(heard)
    heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decide(reply, Action.APPROVE)
        assert heard == []
    approved = list(heard)

    assert submitted == [("reply_submitted", thread.page_id)]
    assert sorted(approved) == [
        (name, thread.page_id)
        for name in ("reply_decided", "reply_published", "thread_changed")
    ]


def test_rejection_does_not_say_that_the_thread_changed(
    heard, thread, django_capture_on_commit_callbacks
):
    reply = make_reply(thread)
    with django_capture_on_commit_callbacks(execute=True):
        decide(reply, Action.REJECT, reason="abuse")

    assert heard == [("reply_decided", thread.page_id)]


def test_same_words_again_are_a_signal(thread):
    make_reply(thread, body_raw="Buy this  NOW")
    make_reply(thread, body_raw="buy this now")

    assert ReviewItem.objects.latest("pk").reasons == [
        "repetition.same_text",
        "policy.pre",
    ]


def test_revision_keeps_what_was_written_and_what_is_shown(thread):
    make_reply(thread, body_raw="**Bold** https://a.example")

    revision = ReplyRevision.objects.get()
    assert revision.source == "**Bold** https://a.example"
    assert revision.body_html.startswith("<p><strong>Bold</strong> <a href=")
    assert revision.renderer_version
    assert [item["code"] for item in revision.signals] == ["links.present"]


def test_account_has_one_participant(thread):
    actor = Actor.person(make_editor())

    for _ in range(2):
        reply_submit(
            make_submission(thread.page_id),
            actor=actor,
            network="x",
            now=timezone.now(),
        )

    first, second = Reply.objects.all()
    assert first.participant == second.participant
    assert first.participant.user == actor.user


def test_limits_count_each_network_and_purpose_apart():
    limits = [Limit(count=2, seconds=600)]
    moment = NOW + timedelta(seconds=30)

    waits = [hit("reply", "a", limits=limits, now=moment) for _ in range(3)]

    assert waits == [None, None, 570]
    assert hit("reply", "b", limits=limits, now=moment) is None
    assert hit("check", "a", limits=limits, now=moment) is None
    assert hit("reply", "a", limits=limits, now=NOW + timedelta(seconds=600)) is None
    assert RateWindow.objects.count() == 4


def test_longest_wait_counts():
    limits = [Limit(count=1, seconds=60), Limit(count=1, seconds=3_600)]

    assert hit("reply", "a", limits=limits, now=NOW) is None
    assert hit("reply", "a", limits=limits, now=NOW) == 3_600


def test_rate_limit_opens_when_the_database_cannot_count(monkeypatch, caplog):
    monkeypatch.setattr(
        "comments.ratelimit._UPSERT",
        "SELECT nonsense FROM {table} WHERE %s = %s AND %s = 1",
    )

    assert hit("reply", "a", limits=[Limit(count=1, seconds=60)], now=NOW) is None
    assert "could not be counted" in caplog.text


def test_refused_submission_leaves_no_row(thread, settings):
    settings.COMMENTS |= {"RATE_LIMITS": ((1, 600),)}

    def submit() -> None:
        submission = make_submission(thread.page_id)
        reply_submit(submission, actor=Actor.guest(), network="a", now=timezone.now())

    submit()
    with pytest.raises(RateLimited) as refused:
        submit()

    assert 1 <= refused.value.retry_after <= 600
    assert Reply.objects.count() == IdempotencyRecord.objects.count() == 1


def test_purge_deletes_what_has_expired(thread):
    make_reply(thread)
    hit(
        "reply",
        "a",
        limits=[Limit(count=1, seconds=60)],
        now=timezone.now() - timedelta(days=9),
    )
    rows = RateWindow.objects.count()

    assert records_purge(now=timezone.now()) == 1
    assert records_purge(now=timezone.now() + timedelta(days=9)) == rows
    assert RateWindow.objects.count() == IdempotencyRecord.objects.count() == 0
    assert Reply.objects.count() == 1


def test_saving_a_page_keeps_the_thread_in_step(
    heard, django_capture_on_commit_callbacks, monkeypatch
):
    page = make_page()
    page.replies_mode = "open"
    thread_sync(page)
    created = Thread.objects.get()
    page.replies_mode = "hidden"
    with django_capture_on_commit_callbacks(execute=True):
        thread_sync(page)
        thread_sync(page)

    thread = Thread.objects.get()
    assert (created.mode, thread.mode) == ("open", "hidden")
    assert created.site_id == page.get_site().pk
    assert created.locale_id == page.locale_id
    assert thread.version == created.version + 1
    assert heard == [("thread_changed", page.pk)]
    assert public_thread(page.pk) is None


def test_page_without_a_mode_gets_a_thread_only_with_its_first_reply(settings):
    page = make_page()
    page.save()

    assert Thread.objects.count() == 0
    settings.COMMENTS = {}
    assert replies_summaries([page.pk]) == {}


def test_draft_of_a_live_page_changes_no_mode(thread):
    page = thread.page
    page.replies_mode = "hidden"

    page.save_revision()
    after_draft = Thread.objects.get().mode
    page.save()

    assert (after_draft, Thread.objects.get().mode) == ("open", "hidden")


def test_unpublished_page_has_no_thread_for_readers(thread):
    thread.page.unpublish()

    assert public_thread(thread.page_id) is None
    with pytest.raises(ThreadNotFound):
        make_reply(thread)


def test_restriction_of_another_branch_does_not_matter(thread):
    other = make_page()
    PageViewRestriction.objects.create(page=other, restriction_type="login")

    assert public_thread(thread.page_id) is not None
    assert public_thread(other.pk) is None


def test_thread_of_a_page_with_a_mode_nobody_knows_uses_the_default(settings):
    page = make_page()
    page.replies_mode = "odd"
    settings.COMMENTS = {"DEFAULT_MODE": "read_only"}
    thread_sync(page)

    assert Thread.objects.get().mode == "read_only"


def test_permission_lives_with_replies():
    content_type = ContentType.objects.get_for_model(Reply)

    assert list(content_type.permission_set.values_list("codename", flat=True)) == [
        "moderate_reply"
    ]
    assert make_thread().replies.count() == 0


def test_purge_command_says_what_went(thread, capsys):
    hit(
        "reply",
        "a",
        limits=[Limit(count=1, seconds=60)],
        now=timezone.now() - timedelta(days=9),
    )

    call_command("purge_reply_records")

    assert capsys.readouterr().out == "1 rows deleted.\n"
