"""The only readers of this part, for the API, the templates and the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber, Substr
from django.utils import timezone

from .assess.base import Policy
from .compat import base_page_model
from .conf import get_conf
from .models import (
    ItemState,
    Reply,
    ReplyStatus,
    ReviewItem,
    Thread,
    ThreadMode,
)
from .models.replies import SEGMENT_LENGTH
from .pages import has_mode, page_mode
from .thread_row import ThreadRow, is_public_page, public_thread_row

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from wagtail.models import AbstractPage

    from .models import Credential

MAX_ID = 2**63 - 1
OLDEST, NEWEST = "oldest", "newest"
SORTS = (OLDEST, NEWEST)
_SHOWN_FIELDS = (
    "parent_id",
    "depth",
    "status",
    "kind",
    "author_name",
    "created_at",
    "published_at",
    "reply_count",
    "helpful_count",
    "pinned",
    "published_revision__body_html",
    "published_revision__body_text",
    "credential__profession",
    "credential__register",
    "credential__register_id",
    "credential__register_url",
    "credential__verified_on",
    "credential__expires_on",
)
"""What a shown reply needs; sources and signals stay where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicThread:
    """A thread that a reader may see. Hidden threads, and threads of pages that are not public, have none."""

    page_id: int
    id: int | None
    """None while nobody has replied and the page was not published since this part was installed."""
    mode: str
    version: int
    count: int
    """Published replies."""
    closes_at: datetime | None
    policy: Policy
    has_clinicians: bool = False
    """What is shown may change with the day: credentials run out."""
    created_at: object = None
    """Tells threads with one id apart, as after a restored backup; opaque."""

    def is_open(self, now: datetime) -> bool:
        """Return whether readers may reply."""
        return (
            self.mode == ThreadMode.OPEN
            and self.policy.mode != "closed"
            and (self.closes_at is None or now < self.closes_at)
        )


@dataclass(slots=True, kw_only=True)
class ReplyNode:
    """A reply and the shown ones below it, in reading order."""

    reply: Reply
    children: list[ReplyNode] = field(default_factory=list)
    credential: Credential | None = None
    """Of a clinician's answer, while it counts."""
    has_more: bool = False
    """There are replies below that this answer leaves out."""

    @property
    def is_visible(self) -> bool:
        """Whether the words are shown; a withdrawn reply leaves its place to the answers below it."""
        return self.reply.status == ReplyStatus.PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class TreePage:
    """One page of a thread."""

    nodes: list[ReplyNode]
    next_id: UUID | None
    """The last node shown, when there are more after it: pass it as `after`."""
    version: int | None = None
    """The thread's version in the very query that read the nodes; None when that found none of a thread with replies."""


def policy_for(name: str = "") -> Policy:
    """Return the policy of that name, the site's if it is empty."""
    conf = get_conf()
    return Policy(
        mode=name or conf.policy,
        trusted_from=conf.trusted_from,
        max_links=conf.max_links,
        min_fill_seconds=conf.min_fill_time.total_seconds(),
    )


def public_thread(page_id: int) -> PublicThread | None:
    """Return the thread of a live page that everybody may see, or None; hidden ones are None too.

    Cost: one query; two more for a page without a row of ours. Never writes.
    """
    if not 0 < page_id <= MAX_ID:
        return None
    row = public_thread_row(page_id)
    if row is not None:
        return _born_thread(page_id, row)
    if Thread.objects.filter(page_id=page_id).exists():
        return None
    page = live_page(page_id)
    return None if page is None else _unborn_thread(page)


def public_threads(page_ids: Collection[int]) -> dict[int, PublicThread]:
    """Return what `public_thread` does for each of the pages that has one. The number of queries does not grow."""
    threads = Thread.objects.filter(page_id__in=page_ids)
    rows = threads.filter(is_public_page("page__"))
    found = {
        page_id: _born_thread(page_id, ThreadRow._make(values))
        for page_id, *values in rows.values_list("page_id", *ThreadRow._fields)
    }
    unborn = set(page_ids) - found.keys()
    if unborn:
        unborn -= set(threads.values_list("page_id", flat=True))
    if unborn:
        pages: Any = base_page_model()._default_manager.filter(  # noqa: SLF001 - Django documents it
            is_public_page(), pk__in=unborn
        )
        found |= {page.pk: _unborn_thread(page) for page in pages.specific()}
    return {page_id: thread for page_id, thread in found.items() if thread is not None}


def opened_threads(page_ids: Collection[int]) -> dict[int, PublicThread]:
    """Return the thread that each of the pages would have if it were public and let readers reply. One query.

    A page that was never saved may be asked about by an id that is none, such as 0.
    """
    rows = Thread.objects.filter(page_id__in=page_ids)
    found = {page_id: _new_thread(page_id, ThreadMode.OPEN) for page_id in page_ids}
    for page_id, *values in rows.values_list("page_id", *ThreadRow._fields):
        row = ThreadRow._make(values)._replace(mode=ThreadMode.OPEN)
        found[page_id] = _born_thread(page_id, row) or found[page_id]
    return found


def _born_thread(page_id: int, row: ThreadRow) -> PublicThread | None:
    """Return the thread of a public page that has a row."""
    if row.mode == ThreadMode.HIDDEN:
        return None
    return PublicThread(
        page_id=page_id,
        id=row.id,
        mode=row.mode,
        version=row.version,
        count=row.reply_count,
        closes_at=row.closes_at,
        policy=policy_for(row.policy),
        has_clinicians=row.has_clinicians,
        created_at=row.created_at,
    )


def thread_for_page(page: AbstractPage) -> Thread | None:
    """Return the row of a page's thread, or None; says nothing about who may see it."""
    return Thread.objects.filter(page_id=page.pk).first()


def live_page(page_id: int) -> AbstractPage | None:
    """Return the specific page if it is live and everybody may see it, else None."""
    page = base_page_model()._default_manager.filter(is_public_page(), pk=page_id)  # noqa: SLF001 - Django documents it
    found: Any = page.first()
    return found.specific if found is not None else None


def page_language(page_id: int) -> str:
    """Return the language code of the page with *page_id*, public or not; empty without one. One query."""
    pages = base_page_model()._default_manager.filter(pk=page_id)  # noqa: SLF001 - Django documents it
    code: str | None = pages.values_list("locale__language_code", flat=True).first()
    return code or ""


def thread_tree(
    thread: PublicThread,
    *,
    sort: str = OLDEST,
    after: UUID | None = None,
    depth: int | None = None,
    page_size: int | None = None,
) -> TreePage:
    """Return the top-level replies after *after* and what is shown below them.

    *depth* is how many generations below the top level to include. Cost: one query, none for an empty thread.
    """
    if thread.id is None or not thread.count:
        return TreePage(nodes=[], next_id=None, version=thread.version)
    heads = _shown(Reply.objects.filter(thread_id=thread.id, depth=0))
    return _tree_page(
        heads, 0, sort=sort, after=after, depth=depth, page_size=page_size
    )


def reply_children(
    thread: PublicThread,
    parent_id: UUID,
    *,
    sort: str = OLDEST,
    after: UUID | None = None,
    depth: int | None = None,
) -> TreePage | None:
    """Return the replies directly below *parent_id* after *after*, with what is shown below them.

    None when there is no such shown reply in the thread. Cost: two queries, none for an empty thread.
    """
    if thread.id is None or not thread.count:
        return None
    parent = (
        _shown(Reply.objects.filter(thread_id=thread.id, pk=parent_id))
        .values_list("depth", flat=True)
        .first()
    )
    if parent is None:
        return None
    heads = _shown(Reply.objects.filter(parent_id=parent_id))
    return _tree_page(heads, parent + 1, sort=sort, after=after, depth=depth)


def published_reply(thread_id: int | None, reply_id: UUID) -> Reply | None:
    """Return a published reply of that thread, with its text, or None: hidden and absent look alike."""
    if thread_id is None:
        return None
    return (
        Reply.objects.filter(
            thread_id=thread_id, pk=reply_id, status=ReplyStatus.PUBLISHED
        )
        .select_related("published_revision")
        .first()
    )


def open_item_count(limit: int = 100) -> int:
    """Return how many items wait for a moderator, counted up to *limit*."""
    live = ReviewItem.objects.exclude(state=ItemState.RESOLVED)
    return live.order_by()[:limit].count()


def queue_items() -> QuerySet[ReviewItem]:
    """Return all items with what a row of the queue shows."""
    return ReviewItem.objects.select_related(
        "reply__thread__page", "revision", "assignee"
    )


def reply_lineage(reply: Reply) -> list[Reply]:
    """Return the replies above *reply*, the oldest first, with their published texts."""
    above = Reply.objects.filter(pk__in=reply.ancestor_ids)
    return list(above.select_related("published_revision").order_by("depth"))


def _unborn_thread(page: AbstractPage) -> PublicThread | None:
    """Return the thread that a public *page* without a row, in its specific class, would have.

    A page whose class says nothing of replies, such as an index, has one only where readers may begin it.
    """
    mode = page_mode(page)
    if mode == ThreadMode.HIDDEN or not (mode == ThreadMode.OPEN or has_mode(page)):
        return None
    return _new_thread(page.pk, mode)


def _new_thread(page_id: int, mode: str) -> PublicThread:
    return PublicThread(
        page_id=page_id,
        id=None,
        mode=mode,
        version=0,
        count=0,
        closes_at=None,
        policy=policy_for(),
    )


def _shown(replies: QuerySet[Reply]) -> QuerySet[Reply]:
    """Keep what readers see: published replies, and the places of withdrawn ones with published answers below."""
    return replies.filter(Q(status=ReplyStatus.PUBLISHED) | Q(reply_count__gt=0))


def _tree_page(
    heads: QuerySet[Reply],
    head_depth: int,
    *,
    sort: str,
    after: UUID | None,
    depth: int | None,
    page_size: int | None = None,
) -> TreePage:
    """Return *heads* (all at *head_depth*) from *after* on, with the generations below, in one query."""
    conf = get_conf()
    size = page_size or conf.page_size
    sign = "-" if sort == NEWEST else ""
    if after is not None:
        heads = heads.filter(**{"id__lt" if sign else "id__gt": after})
    head_paths = heads.order_by(f"{sign}id").values("path")[: size + 1]
    # All paths of a branch begin with its head's path, so the branch is the start of the path.
    branch = Substr("path", 1, Value((head_depth + 1) * SEGMENT_LENGTH))
    rows = (
        _shown(Reply.objects.all())
        .annotate(branch=branch, thread_version=F("thread__version"))
        .filter(
            root_id__in=heads.order_by(f"{sign}id").values("root_id")[: size + 1],
            branch__in=head_paths,
        )
        .annotate(rank=Window(RowNumber(), partition_by=[F("branch")], order_by="path"))
        .filter(rank__lte=conf.max_children + 2)
        .select_related("published_revision", "credential")
        .only(*_SHOWN_FIELDS)
        .order_by(f"{sign}branch", "path")
    )
    if depth is not None:
        rows = rows.filter(depth__lte=head_depth + depth)
    found: list[Any] = list(rows)
    nodes = _grow(found, head_depth, max_children=conf.max_children)
    has_next = len(nodes) > size
    nodes = nodes[:size]
    return TreePage(
        nodes=nodes,
        next_id=nodes[-1].reply.pk if has_next else None,
        version=found[0].thread_version if found else None,
    )


def _grow(rows: list[Reply], head_depth: int, *, max_children: int) -> list[ReplyNode]:
    """Return the trees of *rows*, which come branch by branch and in reading order."""
    heads: list[ReplyNode] = []
    nodes: dict[UUID, ReplyNode] = {}
    today = timezone.now().date()
    for reply in rows:
        node = ReplyNode(reply=reply, credential=reply.credential_on(today))
        if reply.depth == head_depth:
            heads.append(node)
            nodes = {}
        elif reply.parent_id not in nodes:
            continue
        elif len(nodes) > max_children:
            heads[-1].has_more = True
            continue
        else:
            nodes[reply.parent_id].children.append(node)
        nodes[reply.pk] = node
    return heads
