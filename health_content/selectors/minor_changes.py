"""What became of a page since its medical review, and whether a reviewer may confirm that no statement changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..claims.engine import language_of
from ..claims.gazetteer import with_names
from ..claims.loader import load_rule_base
from ..gate_facts import ReviewScope
from ..minor_change import find_differences, is_minor
from .claims import page_claims, page_locale, subject_names
from .page_content import page_as_draft, page_content, page_digest
from .policies import site_profiles
from .related import related_objects
from .review_states import review_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..abstract import HealthPageMixin
    from ..gate_facts import ClaimState
    from ..minor_change import Difference
    from ..models import MedicalReview


def review_to_confirm(page: HealthPageMixin) -> MedicalReview | None:
    """Return the full review that may be confirmed for what *page*, as it is in memory, says; None: it needs another.

    Of a page that a view loaded without its own fields the newest revision is meant. Cost: that of `is_change_minor`, and
    two queries.
    """
    page = page_as_draft(page)
    rows = review_rows(page)
    digest = page_digest(page)
    if any(row.content_digest == digest for row in rows):
        return None
    return _minor_base(page, rows)


def is_change_minor(
    page: HealthPageMixin,
    rows: Sequence[MedicalReview],
    claims: Sequence[ClaimState],
) -> bool:
    """Return whether *page*, of which *claims* were found, states what its newest full review of *rows* vouched for.

    Changes are compared with that review, however many were confirmed since: small steps do not add up to a large one.
    Cost: a query for the reviewed content, and its claims, which are kept by paragraph.
    """
    return _minor_base(page, rows, claims) is not None


def review_differences(
    page: HealthPageMixin, review: MedicalReview
) -> tuple[Difference, ...]:
    """Return the sentences in which *page* differs from what *review* vouched for."""
    return find_differences(review.content, page_content(page)) or ()


def _minor_base(
    page: HealthPageMixin,
    rows: Sequence[MedicalReview],
    claims: Sequence[ClaimState] | None = None,
) -> MedicalReview | None:
    full = next((row for row in rows if row.scope == ReviewScope.FULL), None)
    language = language_of(page_locale(page))
    # Without rules for the language nobody can tell which words carry a statement.
    if full is None or language is None or full.expires_at <= timezone.now():
        return None
    base: Any = page
    conditions = related_objects(base, "about_conditions")
    treatments = related_objects(base, "about_treatments")
    subjects: dict[str, Any] = {
        "profiles": site_profiles(page),
        "conditions": conditions,
        "treatments": treatments,
    }
    if claims is None:
        claims = page_claims(page, **subjects).claims
    reviewed = page_claims(page, **subjects, content=full.content).claims
    is_same = is_minor(
        full.content,
        page_content(page),
        with_names(
            load_rule_base(language),
            subject_names(treatments),
            subject_names(conditions),
        ),
        claims_before=frozenset(claim.fingerprint for claim in reviewed),
        claims_after=frozenset(claim.fingerprint for claim in claims),
    )
    return full if is_same else None
