"""Whether the risk that a page says it has is lower than before, and whether a reviewer agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from ..gate_content import effective_tier, is_risk_unconfirmed
from ..gate_facts import ReviewScope, Risk, RiskTier
from .page_content import page_subject_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..abstract import HealthPageMixin
    from ..document_facts import JsonObject
    from ..models import MedicalReview, PublicationRecord, RiskConfirmation

RECORDS_MAX = 200
"""Newest publications that are looked at."""


def page_risk(page: HealthPageMixin) -> Risk:
    """Return what *page*, as it is in memory, says of its risk, as far as its kind lets it."""
    base: Any = page
    return Risk(
        content_kind=base.content_kind,
        tier=effective_tier(
            base.risk_tier, content_kind=base.content_kind, is_crisis=False
        ),
    )


def risk_waits(page: HealthPageMixin, *, is_plain: bool) -> bool:
    """Return whether a reviewer has to confirm the risk of *page*, as it is in memory. One query, three where it may be so.

    *is_plain* says that it is about no condition and no treatment, and that nothing was found in its text.
    """
    risk = page_risk(page)
    public, since = _public(page, risk)
    if not is_risk_unconfirmed(risk, public, (), is_plain=is_plain):
        return False
    confirmed = [*_confirmed(page, since)]
    return is_risk_unconfirmed(risk, public, confirmed, is_plain=is_plain)


def _public(page: HealthPageMixin, risk: Risk) -> tuple[Risk | None, datetime | None]:
    """Return what *page* said when it was public last, and since when reviewers may have agreed to *risk*.

    What they agreed to holds until the page is public with another risk.
    """
    records: type[PublicationRecord] = apps.get_model(
        "health_content", "PublicationRecord"
    )
    base: Any = page
    rows = records.objects.filter(page_id=base.pk or 0).exclude(reason="unpublish")
    newest = rows.order_by("-number").values_list("gate", "published_at")
    said = [(_said(gate), at) for gate, at in newest[:RECORDS_MAX]]
    since = next((at for each, at in said if each not in {None, risk}), None)
    return (said[0][0] if said else None), since


def _said(gate: JsonObject) -> Risk | None:
    tier, kind = gate.get("risk"), str(gate.get("content_kind", ""))
    if not isinstance(tier, str) or tier not in set(RiskTier):
        return None
    return Risk(content_kind=kind, tier=RiskTier(tier))


def _confirmed(page: HealthPageMixin, since: datetime | None) -> Iterator[Risk]:
    """Yield to what reviewers agreed since *since*, by a confirmation or by a review of the whole page."""
    subject = page_subject_id(page)
    given: type[RiskConfirmation] = apps.get_model("health_content", "RiskConfirmation")
    reviews: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    confirmed = given.objects.filter(page_id=subject)
    reviewed = reviews.objects.filter(page_id=subject, scope=ReviewScope.FULL)
    if since is not None:
        confirmed = confirmed.filter(confirmed_at__gte=since)
        reviewed = reviewed.filter(reviewed_at__gte=since)
    names = ("content_kind", "risk_tier")
    for kind, tier in [*confirmed.values_list(*names), *reviewed.values_list(*names)]:
        if tier in set(RiskTier):
            yield Risk(content_kind=kind, tier=RiskTier(tier))
