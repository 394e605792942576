"""When answers change by themselves: what goes live or expires, and what is due for review."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router
from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import Revision

from ...compat import page_model
from ...disclaimer_rules import has_rules
from ...models import DisclaimerSnippet
from ...selectors.pages import WAITING_DISCLAIMER
from ..library import LIBRARY
from ..models import PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from ...document_facts import Json, JsonObject, PageFacts

Subject: TypeAlias = "tuple[int, str]"
"""Content type and id, as revisions name what they are of."""

GO_LIVE_AT: Any = Revision._meta.get_field("approved_go_live_at")  # noqa: SLF001 - Django's documented name
# The next time at which a document that is in the read model changes by itself, and at which anything goes live.
NEXT_OWN = (
    f"(SELECT n.next_transition FROM {PublishedDocument._meta.db_table} n WHERE n.next_transition > %s "  # noqa: S608, SLF001 - names are the models' own
    "ORDER BY n.next_transition LIMIT 1)"
)
NEXT_GO_LIVE = (
    f"(SELECT g.approved_go_live_at FROM {Revision._meta.db_table} g WHERE g.approved_go_live_at > %s "  # noqa: S608, SLF001 - names are the models' own
    "ORDER BY g.approved_go_live_at LIMIT 1)"
)
NEXT_EXPIRIES = tuple(
    f"(SELECT MIN(e.expire_at) FROM {model._meta.db_table} e WHERE e.live AND e.expire_at > %s)"  # noqa: S608, SLF001 - names are the models' own
    for model in (page_model(require_ready=False), DisclaimerSnippet)
)


@dataclass(frozen=True, slots=True)
class _Related:
    """A page that a document shows, or would show once it is public."""

    id: int
    path: str
    translation_key: str
    locale: str
    expires_at: datetime | None


def next_transition(now: datetime) -> int | None:
    """Return the next time at which any document comes, goes or changes by schedule, in seconds since 1970.

    One query.
    """
    return _soonest((NEXT_OWN, NEXT_GO_LIVE), now)


def next_transition_of_all(now: datetime) -> int | None:
    """Return the next time at which anything goes live or expires, also disclaimers, and pages that are no documents.

    One query: for answers that name such things.
    """
    return _soonest((NEXT_OWN, NEXT_GO_LIVE, *NEXT_EXPIRIES), now)


def documents_overdue(now: datetime) -> list[int]:
    """Return the ids of the pages whose documents a date before *now* changes, and nobody has rebuilt since. One query."""
    overdue = PublishedDocument.objects.filter(next_transition__lte=now.timestamp())
    return list(overdue.order_by("pk").values_list("pk", flat=True))


def read_column(value: Any, field: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return *value* of the column *field*, as a cursor of the database gave it, as Python has it."""
    column = field.get_col("d")
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, column, connection)
    return value


def soonest(own: int | None, go_live_at: datetime | None) -> int | None:
    """Return the earlier of two moments, in seconds since 1970."""
    go_live = None if go_live_at is None else int(go_live_at.timestamp())
    return min((m for m in (own, go_live) if m is not None), default=None)


def documents_transitions(
    documents: Sequence[tuple[PageFacts, JsonObject]], now: datetime
) -> dict[int, int | None]:
    """Return when each document (its facts and its JSON) changes by itself next, by page, in seconds since 1970.

    That is the next go-live or expiry of the page, of a disclaimer, page or entry of the library that it shows, and of those that it would
    show, the day of its next review, and the day on which that is overdue. A constant number of queries.
    """
    related = _related_pages([facts for facts, _ in documents])
    general = _general_disclaimers(now)
    page_type = ContentType.objects.get_for_model(page_model()).pk
    disclaimer_type = ContentType.objects.get_for_model(DisclaimerSnippet).pk
    entry_types = {
        kind: ContentType.objects.get_for_model(model).pk
        for model, kind in LIBRARY.items()
    }
    subjects: dict[int, set[Subject]] = {}
    moments: dict[int, list[datetime | None]] = {}
    for facts, document in documents:
        pages = related[facts.id]
        named = general[facts.locale].union(
            _numbers(facts.dependencies, "disclaimer"),
            _numbers(facts.dependencies, WAITING_DISCLAIMER),
        )
        subjects[facts.id] = {(page_type, str(pk)) for pk in {facts.id, *pages}} | {
            (disclaimer_type, pk) for pk in named
        }
        for kind, entry_type in entry_types.items():
            subjects[facts.id] |= {
                (entry_type, pk) for pk in _numbers(facts.dependencies, kind)
            }
        moments[facts.id] = [
            facts.expires_at,
            review_moment(document),
            facts.review.overdue_at if facts.review else None,
            *(page.expires_at for page in pages.values()),
        ]
    go_live = _go_live(set().union(*subjects.values()), now)
    return {
        page_id: min(
            (
                int(moment.timestamp())
                for moment in (*found, *(go_live.get(s) for s in subjects[page_id]))
                if moment is not None and moment > now
            ),
            default=None,
        )
        for page_id, found in moments.items()
    }


def review_moment(document: Mapping[str, Json]) -> datetime | None:
    """Return the beginning of the day on which *document* is due for review, in the site's time zone; None: never."""
    safety = document.get("safety")
    review = safety.get("review") if isinstance(safety, dict) else None
    given = review.get("next_review") if isinstance(review, dict) else None
    if not isinstance(given, str):
        return None
    day = date.fromisoformat(given[: len("2026-01-31")])
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _related_pages(
    documents: Sequence[PageFacts],
) -> dict[int, dict[int, _Related]]:
    """Return, by document and by id, the pages whose schedules it follows. Two queries.

    Those that it names, public or not; their translations into its language, to which links lead; what is above it; and
    its own translations.
    """
    named = {
        facts.id: {int(pk) for pk in _numbers(facts.dependencies, "page")}
        for facts in documents
    }
    known = {
        page.id: page for page in _pages(Q(pk__in=set(named).union(*named.values())))
    }
    keys = {page.translation_key for page in known.values()}
    above = {
        path for page_id in named if page_id in known for path in _above(known[page_id])
    }
    around = _pages(Q(translation_key__in=keys) | Q(path__in=above))
    groups: dict[str, list[_Related]] = defaultdict(list)
    for page in around:
        groups[page.translation_key].append(page)
    by_path = {page.path: page for page in around}
    found: dict[int, dict[int, _Related]] = {}
    for facts in documents:
        own = known.get(facts.id)
        linked = [known[pk] for pk in named[facts.id] if pk in known]
        local = [
            other
            for page in linked
            for other in groups[page.translation_key]
            if other.locale == facts.locale
        ]
        ancestors = (
            [by_path[path] for path in _above(own) if path in by_path] if own else []
        )
        alternates = groups[own.translation_key] if own else []
        found[facts.id] = {
            page.id: page for page in (*linked, *local, *ancestors, *alternates)
        }
    return found


def _pages(condition: Q) -> list[_Related]:
    rows = page_model().objects.filter(condition).order_by()
    columns = (
        "pk",
        "path",
        "translation_key",
        "locale__language_code",
        "live",
        "expire_at",
    )
    return [
        _Related(pk, path, str(key), locale, expire_at if live else None)
        for pk, path, key, locale, live, expire_at in rows.values_list(*columns)
    ]


def _above(page: _Related) -> Iterable[str]:
    step: int = page_model().steplen
    return (page.path[:end] for end in range(2 * step, len(page.path), step))


def _general_disclaimers(now: datetime) -> dict[str, set[str]]:
    """Return the ids of the disclaimers that may be on any page once they go live, by language.

    One query, and one more where there are any.
    """
    waiting = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(DisclaimerSnippet),
        approved_go_live_at__gt=now,
    ).values_list("object_id", "content__applies_to_all", "content__applies_to")
    is_general = {pk: everywhere or has_rules(rules) for pk, everywhere, rules in waiting}  # fmt: skip
    found: dict[str, set[str]] = defaultdict(set)
    if is_general:
        rows = DisclaimerSnippet.objects.filter(pk__in=is_general)
        columns = ("pk", "locale__language_code", "applies_to_all", "applies_to")
        for pk, locale, everywhere, rules in rows.values_list(*columns):
            if everywhere or rules or is_general[str(pk)]:
                found[locale].add(str(pk))
    return found


def _go_live(subjects: Collection[Subject], now: datetime) -> dict[Subject, datetime]:
    """Return when a revision of each of *subjects* goes live, where one is to. One query."""
    by_type: dict[int, list[str]] = defaultdict(list)
    for content_type, pk in subjects:
        by_type[content_type].append(pk)
    condition = Q(pk__in=())
    for content_type, pks in by_type.items():
        condition |= Q(base_content_type=content_type, object_id__in=pks)
    scheduled = Revision.objects.filter(condition, approved_go_live_at__gt=now)
    rows = scheduled.order_by().values_list("base_content_type_id", "object_id")
    return {
        (content_type, pk): at
        for content_type, pk, at in rows.annotate(at=Min("approved_go_live_at"))
    }


def _soonest(subqueries: Sequence[str], now: datetime) -> int | None:
    """Return the earliest of the moments that *subqueries* find, `NEXT_OWN` first. One query."""
    connection = connections[router.db_for_read(PublishedDocument)]
    moment = connection.ops.adapt_datetimefield_value(now)
    arguments = [int(now.timestamp()), *[moment] * (len(subqueries) - 1)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(subqueries)}", arguments)
        own, *others = cursor.fetchone()
    found = [read_column(value, GO_LIVE_AT, connection) for value in others]
    moments = [int(at.timestamp()) for at in found if at is not None]
    return min([*moments, *([] if own is None else [own])], default=None)


def _numbers(tags: Iterable[str], kind: str) -> set[str]:
    prefix = f"{kind}-"
    return {tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)}
