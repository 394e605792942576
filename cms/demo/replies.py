"""The replies of the demonstration, sent and decided through the same services as real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from comments.actors import Actor
from comments.models import Action, Reply, ReviewItem
from comments.normalize import normalize_text
from comments.reasons import Reason
from comments.services import Order, Submission, item_decide, reply_submit
from comments.tokens import make_form_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser

    from .content import ReplyText

READING_TIME = timedelta(
    minutes=2
)  # Sooner than a few seconds would count as a robot's.
ACTIONS = {
    "published": (Action.APPROVE,),
    "rejected": (Action.REJECT,),
    "spam": (Action.SPAM,),
    "hidden": (Action.APPROVE, Action.HIDE),
    "pending": (),
}


@dataclass(slots=True, kw_only=True)
class ReplyBuilder:
    """Sends the replies that are missing and brings each to its state."""

    moderator: AbstractBaseUser
    pages: Mapping[str, Any]
    """Pages by slug."""
    ids: dict[str, UUID] = field(default_factory=dict)
    """Replies by the key that the file gives them."""

    def build(self, texts: Iterable[ReplyText]) -> int:
        """Return how many replies were sent; one that is there already, whatever its state, is left alone."""
        known = self._known()
        sent = 0
        for text in texts:
            identity = (self.pages[text.page].pk, text.name, normalize_text(text.body))
            if identity in known:
                self.ids[text.key] = known[identity]
            else:
                self._send(text)
                sent += 1
        return sent

    def _known(self) -> dict[tuple[int, str, str], UUID]:
        rows = Reply.objects.filter(revisions__number=1).values_list(
            "thread__page_id", "author_name", "revisions__source", "pk"
        )
        return {(page, name, source): key for page, name, source, key in rows}

    @transaction.atomic
    def _send(self, text: ReplyText) -> None:
        now = timezone.now()
        page_id = self.pages[text.page].pk
        submission = Submission(
            page_id=page_id,
            form_token_raw=make_form_token(page_id, now=now - READING_TIME),
            name_raw=text.name,
            email_raw=text.email,
            body_raw=text.body,
            parent_raw=str(self.ids[text.parent]) if text.parent else "",
            website_raw="",
            origin="demo",
        )
        result = reply_submit(
            submission, actor=Actor.guest(), network=f"demo:{text.key}", now=now
        )
        self.ids[text.key] = result.reply_id
        self._decide(result.reply_id, text)

    def _decide(self, reply_id: UUID, text: ReplyText) -> None:
        item = ReviewItem.objects.get(reply_id=reply_id)
        for action in ACTIONS[text.state]:
            is_approval = action == Action.APPROVE
            order = Order(
                action=action,
                reason=Reason(text.reason) if text.reason and not is_approval else None,
                internal_note="" if is_approval else text.note,
            )
            actor = Actor.person(self.moderator)
            item_decide(item.pk, order, actor=actor, now=timezone.now())
