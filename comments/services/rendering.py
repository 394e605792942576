"""Renders stored replies again, when the rules of the renderer have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ..errors import ReplyTooLong
from ..models import Reply, ReplyRevision, ReplyStatus, Thread
from ..sanitize import RENDERER_VERSION, Rendered, render_reply
from .assessing import text_hash
from .threads import announce
from .transitions import thread_lock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

BATCH_SIZE = 200
"""Texts in one transaction: about 20 ms of writing, as rendering is done before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RerenderBatch:
    """What was done with one batch of texts."""

    seen: int
    changed: int
    """Texts whose HTML or plain text came out differently."""
    threads: int
    """Threads in which a reader sees a difference; each has a new version."""
    fallen_back: tuple[UUID, ...]
    """Replies with a text that is now shown as escaped text and was not before."""
    refused: tuple[UUID, ...]
    """Replies with a text over today's limit, which was left as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redone:
    """A stored text and what the renderer makes of it today; None when it refuses."""

    revision: ReplyRevision
    rendered: Rendered | None

    @property
    def is_changed(self) -> bool:
        stored = (self.revision.body_html, self.revision.body_text)
        return self.rendered is not None and stored != (
            self.rendered.html,
            self.rendered.text,
        )


def replies_rerender(
    *, is_dry_run: bool = False, is_forced: bool = False, batch_size: int = BATCH_SIZE
) -> Iterator[RerenderBatch]:
    """Render the stored texts of all replies, in every state, again from their source; yield what each batch did.

    Only texts that another version of the renderer made are looked at, so a run that was stopped goes on where it was;
    *is_forced* takes all. *is_dry_run* writes nothing. Safe while the site serves: each batch is one short transaction,
    which begins when its texts are rendered, and readers' caches hear of every thread that changed.
    """
    texts = ReplyRevision.objects.select_related("reply").order_by("pk")
    if not is_forced:
        texts = texts.exclude(renderer_version=RENDERER_VERSION)
    last = 0
    while batch := list(texts.filter(pk__gt=last)[:batch_size]):
        last = batch[-1].pk
        redone = [_redo(revision) for revision in batch]
        thread_count = _shown_threads(redone).count() if is_dry_run else _write(redone)
        yield RerenderBatch(
            seen=len(batch),
            changed=sum(text.is_changed for text in redone),
            threads=thread_count,
            fallen_back=tuple(
                text.revision.reply_id
                for text in redone
                if text.is_changed and text.rendered and text.rendered.is_fallback
            ),
            refused=tuple(
                text.revision.reply_id for text in redone if text.rendered is None
            ),
        )


def _redo(revision: ReplyRevision) -> _Redone:
    try:
        rendered = render_reply(revision.source)
    except ReplyTooLong:
        rendered = None
    return _Redone(revision=revision, rendered=rendered)


@transaction.atomic
def _write(redone: Sequence[_Redone]) -> int:
    """Store the new texts and return in how many threads readers see a difference."""
    changed = [text for text in redone if text.is_changed]
    # In one order, and first, as every change of a reply does: what is public cannot change before this is written.
    for thread_id in sorted({text.revision.reply.thread_id for text in changed}):
        thread_lock(thread_id)
    for text in changed:
        _store(text)
    same = [t.revision.pk for t in redone if t.rendered and not t.is_changed]
    ReplyRevision.objects.filter(pk__in=same).update(renderer_version=RENDERER_VERSION)
    shown = list(_shown_threads(redone))
    Thread.objects.filter(pk__in=[thread.pk for thread in shown]).update(
        version=F("version") + 1
    )
    for thread in shown:
        announce(thread.pk, thread.page_id)
    return len(shown)


def _store(text: _Redone) -> None:
    if text.rendered is not None:
        ReplyRevision.objects.filter(pk=text.revision.pk).update(
            body_html=text.rendered.html,
            body_text=text.rendered.text,
            text_hash=text_hash(text.rendered.text),
            renderer_version=text.rendered.version,
        )


def _shown_threads(redone: Sequence[_Redone]) -> QuerySet[Thread]:
    """Return the threads in which one of the changed texts is public."""
    changed = [text.revision.pk for text in redone if text.is_changed]
    public = Reply.objects.filter(
        status=ReplyStatus.PUBLISHED, published_revision_id__in=changed
    )
    return Thread.objects.filter(pk__in=public.values("thread_id")).order_by("pk")
