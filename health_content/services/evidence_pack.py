"""All that a site can show of how a page came about: one document for those who assess it. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from ..claims.loader import load_rule_base
from ..gate_messages import reason_text
from ..models import (
    DisclaimerVersion,
    EmergencyPublication,
    GateOverride,
    MedicalReview,
    PublicationRecord,
    ReviewRejection,
    RiskConfirmation,
    Withdrawal,
)
from ..selectors.gate import page_decision
from ..selectors.page_content import page_digest, page_subject_id
from ..selectors.pages import page_document
from ..selectors.policies import organization_of, policy_of, review_rule_of
from .publication import publication_faults

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from ..abstract import HealthPageMixin
    from ..document_facts import Json, JsonObject
    from ..gate import GateDecision

FORMAT = "health-evidence-pack/1"
# What a document says of people, interests and machines.
MADE_BY = (
    "content_kind", "audience_group", "about", "contributors", "conflicts", "ai_assistance", "organization",
)  # fmt: skip


def evidence_pack(page: HealthPageMixin, *, now: datetime | None = None) -> JsonObject:
    """Return the evidence pack of *page*, as it is in memory: reviews, people, sources, decisions, publications, wordings.

    Texts are in the active language where they are the site's, else as somebody wrote them. Nothing of readers is in it,
    neither replies nor who they are. Cost: that of the gate and of the document, and nine queries.
    """
    moment = now or timezone.now()
    base: Any = page
    subject = page_subject_id(page)
    decision = page_decision(page, now=moment)
    document = page_document(page)
    rows = PublicationRecord.objects.filter(page_id=base.pk).order_by("number")
    records = list(rows)
    return {
        "format": FORMAT,
        "generated_at": _time(moment),
        "page": _page(page),
        "made_by": {name: document.get(name) for name in MADE_BY},
        "review_policy": _policy(page),
        "reviews": _reviews(subject, page_digest(page)),
        "references": document.get("references"),
        "gate": _gate(decision),
        "rejections": _rejections(subject),
        "risk_confirmations": _risks(subject),
        "overrides": _overrides(subject),
        "emergencies": _emergencies(subject),
        "withdrawals": _withdrawals(base.pk),
        "publications": [_publication(record) for record in records],
        "broken_publications": [*publication_faults(base.pk)],
        "disclaimers": _wordings(records),
        "rule_base": load_rule_base().version,
    }


def _page(page: HealthPageMixin) -> JsonObject:
    base: Any = page
    return {
        "id": base.pk,
        "translation_key": str(base.translation_key),
        "title": base.title,
        "language": base.locale.language_code,
        "url": base.full_url,
        "is_public": base.live,
        "risk": base.risk_tier,
        "first_published_at": _time(base.first_published_at),
        "last_published_at": _time(base.last_published_at),
        "content_digest": page_digest(page),
    }


def _policy(page: HealthPageMixin) -> JsonObject:
    policy, rule = policy_of(page, organization_of(page)), review_rule_of(page)
    return {
        "name": policy.name if policy else None,
        "months": rule.months,
        "grace_days": rule.grace_days,
        "when_overdue": rule.overdue_action,
    }


def _reviews(page_id: int, digest: str) -> list[Json]:
    rows = MedicalReview.objects.filter(page_id=page_id).order_by("reviewed_at", "pk")
    return [
        {
            "reviewer": row.reviewer_name,
            "credential": row.credential or None,
            "credential_until": _day(row.credential_until),
            "is_verified": row.is_verified,
            "has_shared_interest": row.has_shared_interest,
            "scope": row.scope,
            "standalone_sections": len(row.standalone_sections),
            "comment": row.comment,
            "reviewed_at": _time(row.reviewed_at),
            "next_review_due_at": _time(row.expires_at),
            "content_digest": row.content_digest,
            "is_of_this_content": row.content_digest == digest,
        }
        for row in rows
    ]


def _gate(decision: GateDecision) -> JsonObject:
    return {
        "status": decision.status,
        "rule_base": decision.rule_base or None,
        "findings": [
            {
                "check": str(outcome.check),
                "level": str(outcome.level),
                "text": reason_text(outcome.reason),
                "source": outcome.reason.source or None,
                "is_overridden": outcome.override is not None,
            }
            for outcome in decision.outcomes
        ],
    }


def _overrides(page_id: int) -> list[Json]:
    rows = GateOverride.objects.filter(page_id=page_id).select_related("approval")
    return [
        {
            "check": row.check_id,
            "about": row.sentence,
            "rule_base": row.rule_base or None,
            "kind": row.kind,
            "reason": row.reason,
            "given_as": row.standing,
            "given_by": row.user_name,
            "given_at": _time(row.created_at),
            "ends_at": _time(row.expires_at),
            "content_digest": row.content_digest or None,
            "approved_by": row.approval.user_name if hasattr(row, "approval") else None,
            "approved_at": _time(row.approval.approved_at)
            if hasattr(row, "approval")
            else None,
        }
        for row in rows.order_by("created_at", "pk")
    ]


def _rejections(page_id: int) -> list[Json]:
    rows = ReviewRejection.objects.filter(page_id=page_id)
    return [
        {
            "reviewer": row.reviewer_name,
            "reason": row.reason,
            "rejected_at": _time(row.rejected_at),
            "content_digest": row.content_digest,
        }
        for row in rows.order_by("rejected_at", "pk")
    ]


def _risks(page_id: int) -> list[Json]:
    rows = RiskConfirmation.objects.filter(page_id=page_id)
    return [
        {
            "content_kind": row.content_kind or None,
            "risk": row.risk_tier,
            "reason": row.reason,
            "confirmed_by": row.reviewer_name,
            "confirmed_at": _time(row.confirmed_at),
        }
        for row in rows.order_by("confirmed_at", "pk")
    ]


def _emergencies(page_id: int) -> list[Json]:
    rows = EmergencyPublication.objects.filter(page_id=page_id)
    return [
        {
            "reason": row.reason,
            "published_by": row.user_name,
            "published_at": _time(row.published_at),
            "review_due_at": _time(row.review_due_at),
            "content_digest": row.content_digest,
            "what_spoke_against_it": row.outcomes,
        }
        for row in rows.order_by("published_at", "pk")
    ]


def _withdrawals(page_id: int) -> list[Json]:
    rows = Withdrawal.objects.filter(page_id=page_id).order_by("withdrawn_at", "pk")
    return [
        {
            "reason": row.reason,
            "severity": row.severity,
            "withdrawn_at": _time(row.withdrawn_at),
            "lifted_at": _time(row.lifted_at),
        }
        for row in rows
    ]


def _publication(record: PublicationRecord) -> JsonObject:
    return {
        "number": record.number,
        "reason": record.reason,
        "published_at": _time(record.published_at),
        "published_by": record.user_name or None,
        "gate": record.gate.get("status"),
        "rule_base": record.gate.get("rule_base") or None,
        "digest": record.digest,
        "content_digest": record.content_digest or None,
        "previous_hash": record.prev_hash or None,
        "hash": record.hash,
        "disclaimers": [
            {"key": each["key"], "version": each["version"]} for each in _shown(record)
        ],
    }


def _shown(record: PublicationRecord) -> list[Any]:
    safety = record.document.get("safety") or {}
    shown: list[Any] = safety.get("disclaimers") or []
    return shown


def _wordings(records: Iterable[PublicationRecord]) -> list[Json]:
    """Return every wording that the page ever showed, as it was published."""
    shown = {
        (each["key"], record.locale, each["version"])
        for record in records
        for each in _shown(record)
    }
    wanted = Q(pk__in=())
    for key, locale, number in sorted(shown):
        wanted |= Q(key=key, locale=locale, number=number)
    rows = DisclaimerVersion.objects.filter(wanted).order_by("key", "locale", "number")
    return [
        {
            "key": row.key,
            "version": row.number,
            "language": row.locale,
            "title": row.title,
            "html": row.body_html,
            "published_at": _time(row.published_at),
            "published_by": row.user_name or None,
            "text_sha256": row.text_sha,
            "hash": row.hash,
        }
        for row in rows
    ]


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
