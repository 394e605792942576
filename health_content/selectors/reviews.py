"""The medical reviews that pages show: the newest of exactly what they say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from ..compat import page_model
from ..document_facts import ReviewFacts
from ..gate_facts import ReviewScope
from ..review_rules import UNINDEXED, review_standing
from .page_content import page_digest, page_subject_id
from .policies import PolicyBook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from wagtail.models import AbstractPage
    from wagtail.query import PageQuerySet

    from ..models import MedicalReview


@dataclass(frozen=True, slots=True)
class PageReviews:
    """What reviewers said of a page."""

    current: ReviewFacts | None = None
    """The newest review of exactly what the page says."""
    cleared: frozenset[str] = frozenset()
    """Digests of the sections that the newest full review, of whatever the page said, lets stand alone."""


class _Outline(NamedTuple):
    """What tells whether a review counts, without reading it whole."""

    pk: int
    content_digest: str
    scope: str
    standalone_sections: list[str]


def reviews_of(
    pages: Sequence[AbstractPage],
    *,
    now: datetime,
    site_of: Callable[[AbstractPage], int],
) -> list[PageReviews]:
    """Return, for each of *pages* as it is in memory, what reviewers said of it.

    *site_of* gives the id of a page's site, whose policy counts where a page has none. One query; four more where
    anything was reviewed.
    """
    subjects = [_subject(page) for page in pages]
    found = _by_page({subject for subject in subjects if subject})
    current = [
        _current(page, found[subject]) if found.get(subject) else None
        for page, subject in zip(pages, subjects, strict=True)
    ]
    read = _read({pk for pk in current if pk})
    rows = [read.get(pk or 0) for pk in current]
    book = PolicyBook() if any(rows) else None
    return [
        PageReviews(
            None if row is None or book is None else _facts(page, row, book, now, site_of),
            _cleared(found.get(subject, ())),
        )
        for page, subject, row in zip(pages, subjects, rows, strict=True)
    ]  # fmt: skip


def pages_unindexed(pages: PageQuerySet, site_id: int) -> frozenset[int]:
    """Return the ids of those of *pages* whose review is overdue, and that leave search engines for it.

    One query where no review has ended; a constant number where some have.
    """
    now = timezone.now()
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    ended = model.objects.filter(expires_at__lte=now).order_by()
    ids = set(ended.values_list("page_id", flat=True))
    if not ids:
        return frozenset()
    reviewed = page_model().objects.filter(Q(pk__in=ids) | Q(alias_of__in=ids))
    found = list(reviewed.filter(pk__in=pages.values("pk")).specific())
    reviews = reviews_of(found, now=now, site_of=lambda _page: site_id)
    return frozenset(
        page.pk
        for page, review in zip(found, reviews, strict=True)
        if review.current and review.current.overdue_action in UNINDEXED
    )


def review_that_counts(page: AbstractPage) -> MedicalReview | None:
    """Return the newest review of exactly what *page*, as it is in memory, says; None without one. Two queries."""
    subject = _subject(page)
    pk = _current(page, _by_page({subject})[subject]) if subject else None
    return _read({pk})[pk] if pk else None


def review_due_on(review: MedicalReview) -> date:
    """Return the day of the next review, as the site counts days."""
    return _local(review.expires_at).date()


def _subject(page: Any) -> int:
    # An index page says nothing about health.
    return page_subject_id(page) if hasattr(page, "review_policy_id") else 0


def _by_page(page_ids: set[int]) -> dict[int, list[_Outline]]:
    """Return the outlines of the reviews of the pages, the newest first. Most are of what a page once said."""
    reviews: dict[int, list[_Outline]] = defaultdict(list)
    if not page_ids:
        return reviews
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    rows = model.objects.filter(page_id__in=page_ids).order_by("-reviewed_at", "-pk")
    for page_id, *outline in rows.values_list("page_id", *_Outline._fields):
        reviews[page_id].append(_Outline._make(outline))
    return reviews


def _read(pks: set[int]) -> dict[int, MedicalReview]:
    """Return the reviews by id, with who gave them and what they rest on. One query, none without ids."""
    if not pks:
        return {}
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    rows = model.objects.select_related("profile", "rests_on__profile")
    return rows.defer("content", "rests_on__content").in_bulk(pks)


def _current(page: Any, rows: Sequence[_Outline]) -> int | None:
    digest = page_digest(page)
    return next((row.pk for row in rows if row.content_digest == digest), None)


def _cleared(rows: Sequence[_Outline]) -> frozenset[str]:
    full = next((row for row in rows if row.scope == ReviewScope.FULL), None)
    return frozenset(full.standalone_sections if full else ())


def _facts(
    page: Any,
    row: MedicalReview,
    book: PolicyBook,
    now: datetime,
    site_of: Callable[[AbstractPage], int],
) -> ReviewFacts:
    standing = review_standing(
        review_due_on(row), book.rule_of(page, site_of(page)), today=_local(now).date()
    )
    full = row.full
    # The name of an account is nobody's business: only people of the library are named.
    profile = full.profile
    return ReviewFacts(
        reviewed_at=_local(full.reviewed_at),
        next_review_at=_local(row.expires_at),
        status=standing.status,
        reviewer=full.reviewer_name if profile else "",
        reviewer_key=profile.key if profile else "",
        credentials=_credentials(full.credential) if profile else "",
        overdue_action=standing.action,
        overdue_at=None
        if standing.status == "overdue"
        else datetime.combine(standing.overdue_on, time.min, timezone.get_default_timezone()),
    )  # fmt: skip


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _credentials(snapshot: Any) -> str:
    given = snapshot if isinstance(snapshot, dict) else {}
    names = (given.get("title"), given.get("registration_body"))
    return ", ".join(str(name) for name in names if name)
