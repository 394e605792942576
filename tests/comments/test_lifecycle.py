"""Whatever authors and moderators do in whatever order, the books are right and readers' caches hear of all they must."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comments.actors import Actor
from comments.api.payloads import TreeQuery, tree_json
from comments.errors import CommentsError, StaleDecision
from comments.machines import REPLY, Case, step_for, target
from comments.models import (
    Action,
    Appeal,
    Decision,
    Removal,
    Reply,
    ReplyRevision,
    ReplyStatus,
    Report,
    ReviewItem,
    Thread,
)
from comments.models.review import LIVE_STATES
from comments.reasons import Reason, ReportReason
from comments.selectors import public_thread, thread_tree
from comments.services import (
    Order,
    appeal_decide,
    appeal_submit,
    item_decide,
    reply_edit,
    reply_pin,
    reply_redact,
    reply_withdraw,
    report_submit,
)
from comments.services.edits import reply_remove
from comments.services.transitions import thread_lock

from .factories import make_moderator, make_reply, make_thread

QUERY = TreeQuery(sort="oldest", depth=None, after=None, parent=None)


class Lifecycle(RuleBasedStateMachine):
    """A thread of a few replies, and a model of what each of them is."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.thread = make_thread()
        self.people = [make_moderator(), make_moderator()]
        self.replies: list = []
        self.model: dict = {}
        """Reply to (status, does a text wait)."""
        self.seen = (self.version(), self.public_bytes())
        self.number = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def version(self) -> int:
        return Thread.objects.get(pk=self.thread.pk).version

    def public_bytes(self) -> str:
        thread = public_thread(self.thread.page_id)
        return str(tree_json(thread_tree(thread), QUERY, thread.count))

    def pick(self, index: int) -> Reply:
        key = self.replies[index % len(self.replies)]
        return Reply.objects.select_related("thread", "participant").get(pk=key)

    @rule(parent=st.none() | st.integers(0, 9))
    def send(self, parent: int | None) -> None:
        above = self.pick(parent) if parent is not None and self.replies else None
        if above is not None and above.status != "published":
            above = None
        reply = make_reply(self.thread, above)
        self.replies.append(reply.pk)
        self.model[reply.pk] = ("pending", True)

    @precondition(lambda self: self.replies)
    @rule(
        index=st.integers(0, 9), action=st.sampled_from(Action), who=st.integers(0, 1)
    )
    def decide(self, index: int, action: Action, who: int) -> None:
        reply = self.pick(index)
        status, waits = self.model[reply.pk]
        item = ReviewItem.objects.get(reply=reply)
        step = step_for(
            action,
            Case(status=status, is_proposal=waits),
            is_live=item.state in LIVE_STATES,
        )
        if Appeal.objects.filter(
            decision__reply=reply, state__in=("submitted", "in_review")
        ):
            step = None
        count = Decision.objects.count()
        order = Order(action=action, reason=Reason.ABUSE, version=item.version)
        try:
            decision = item_decide(
                item.pk,
                order,
                actor=Actor.person(self.people[who]),
                now=timezone.now(),
            )
        except StaleDecision:
            assert step is None
            return
        if step is None:
            # A repetition, which writes nothing.
            assert Decision.objects.count() == count
            assert decision.action == action
            return
        is_settled = step.revision in {"approved", "rejected"}
        waits = step.revision == "proposed" or (waits and not is_settled)
        self.model[reply.pk] = (step.to_status, waits)
        again = item_decide(
            item.pk, order, actor=Actor.person(self.people[1 - who]), now=timezone.now()
        )
        assert again == decision
        assert Decision.objects.count() == count + 1

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9))
    def edit(self, index: int) -> None:
        reply = self.pick(index)
        status, _waits = self.model[reply.pk]
        self.number += 1
        to_status = target(REPLY, "edit", status)
        try:
            reply_edit(
                reply.pk,
                body_raw=f"Another text, number {self.number}.",
                version=reply.version,
                actor=Actor.author(reply_id=reply.pk),
                network="n",
                now=timezone.now(),
            )
        except StaleDecision:
            assert to_status is None
        else:
            self.model[reply.pk] = (to_status, True)

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9), removal=st.sampled_from(Removal))
    def remove(self, index: int, removal: Removal) -> None:
        reply = self.pick(index)
        actor = Actor.author(reply_id=reply.pk)
        if removal == Removal.AUTHOR:
            reply_withdraw(reply.pk, version=None, actor=actor, now=timezone.now())
        else:
            thread_lock(reply.thread_id)
            reply_remove(reply, removal, actor=actor, now=timezone.now())
        self.model[reply.pk] = ("removed", self.model[reply.pk][1])

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9), who=st.integers(0, 3))
    def report(self, index: int, who: int) -> None:
        reply = self.pick(index)
        try:
            report_submit(
                reply.pk,
                reason=ReportReason.ABUSE,
                text_raw="",
                actor=Actor.guest(),
                network=str(who),
                now=timezone.now(),
            )
        except CommentsError:
            assert self.model[reply.pk][0] != "published"

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9), is_granted=st.booleans())
    def appeal(self, index: int, is_granted: bool) -> None:
        reply = self.pick(index)
        decision = reply.decisions.exclude(reason="").order_by("-pk").first()
        if decision is None:
            return
        try:
            appeal = appeal_submit(
                decision.key,
                text_raw="",
                actor=Actor.author(reply_id=reply.pk),
                now=timezone.now(),
            )
        except CommentsError:
            return
        judge = next(p for p in self.people if p.pk != decision.actor_id)
        appeal_decide(
            appeal.pk,
            is_granted=is_granted,
            version=appeal.version,
            actor=Actor.person(judge),
            now=timezone.now(),
        )
        status, waits = self.model[reply.pk]
        if is_granted and decision.action in {"reject", "spam"}:
            if status in {"rejected", "spam", "published"}:
                waits = waits and status == "published" and decision.action == "spam"
                status = "published"
        elif is_granted:
            status = "published"
        self.model[reply.pk] = (status, waits)

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9))
    def redact(self, index: int) -> None:
        reply = self.pick(index)
        item = ReviewItem.objects.get(reply=reply)
        self.number += 1
        try:
            reply_redact(
                item.pk,
                source_raw=f"Less, number {self.number}.",
                version=item.version,
                actor=Actor.person(self.people[0]),
                now=timezone.now(),
            )
        except StaleDecision:
            return
        self.model[reply.pk] = ("published", False)

    @precondition(lambda self: self.replies)
    @rule(index=st.integers(0, 9), is_pinned=st.booleans())
    def pin(self, index: int, is_pinned: bool) -> None:
        reply = self.pick(index)
        try:
            reply_pin(
                reply.pk,
                is_pinned=is_pinned,
                version=reply.version,
                actor=Actor.person(self.people[0]),
                now=timezone.now(),
            )
        except CommentsError:
            assert self.model[reply.pk][0] != "published"

    @invariant()
    def statuses_are_the_models(self) -> None:
        found = dict(Reply.objects.values_list("pk", "status"))
        assert found == {key: status for key, (status, _) in self.model.items()}

    @invariant()
    def a_text_waits_where_the_model_says(self) -> None:
        for key, (status, waits) in self.model.items():
            if status == "removed":
                continue
            proposed = ReplyRevision.objects.filter(reply=key, state="proposed")
            assert proposed.count() == int(waits)
            item = ReviewItem.objects.get(reply=key)
            assert not waits or item.revision == proposed.get()
            assert not waits or item.state in LIVE_STATES

    @invariant()
    def a_public_reply_shows_its_one_approved_text(self) -> None:
        for reply in Reply.objects.filter(status="published"):
            approved = reply.revisions.filter(state="approved")
            assert [r.pk for r in approved] == [reply.published_revision_id]

    @invariant()
    def counters_are_exact(self) -> None:
        public = Reply.objects.filter(status="published")
        assert Thread.objects.get(pk=self.thread.pk).reply_count == public.count()
        for reply in Reply.objects.all():
            below = public.filter(path__startswith=reply.path).exclude(pk=reply.pk)
            assert reply.reply_count == below.count()

    @invariant()
    def version_grows_when_and_only_when_readers_see_a_change(self) -> None:
        now = (self.version(), self.public_bytes())
        assert now[0] >= self.seen[0]
        assert (now[0] == self.seen[0]) == (now[1] == self.seen[1])
        self.seen = now

    @invariant()
    def reports_wait_only_on_what_is_public_and_in_the_queue(self) -> None:
        for report in Report.objects.filter(state="received").select_related("reply"):
            assert report.reply.status == "published"
            assert ReviewItem.objects.get(reply=report.reply_id).state in LIVE_STATES

    @invariant()
    def removed_replies_have_nothing_waiting(self) -> None:
        removed = Reply.objects.filter(status=ReplyStatus.REMOVED)
        live = ReviewItem.objects.filter(reply__in=removed, state__in=LIVE_STATES)
        assert not live.exists()
        assert not Appeal.objects.filter(
            decision__reply__in=removed, state__in=("submitted", "in_review")
        ).exists()


@pytest.mark.django_db
def test_counters_versions_and_states_hold_in_every_story(settings):
    settings.COMMENTS |= {"APPEAL_TIME": timedelta(days=1)}

    run_state_machine_as_test(
        Lifecycle,
        settings=hypothesis_settings(
            hypothesis_settings.default,
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
        ),
    )
