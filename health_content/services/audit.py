"""Asks the gate about what is public already: what was fine when it went live need not be fine today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..compat import page_model
from ..gate_messages import reason_text
from ..models import PageDrift, PageFinding
from ..selectors.gate import page_decision
from ..selectors.gate_reports import health_page_models
from ..selectors.remedies import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..document_facts import Json
    from ..gate import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAudit:
    """What the gate says today of a public page."""

    page_id: int
    title: str
    faults: tuple[Outcome, ...]
    """What blocks."""
    findings: tuple[Outcome, ...] = ()
    """What blocks or warns, and nobody answered for."""

    @property
    def reasons(self) -> list[str]:
        """Return a sentence for each check that it fails, in the active language."""
        return list(dict.fromkeys(reason_text(fault.reason) for fault in self.faults))


def pages_audit() -> Iterator[PageAudit]:
    """Ask the gate about every live health page, one at a time, and keep what would fail for the report.

    Whoever stops half way leaves the rest of the report as it was. Memory does not grow with the number of pages.
    """
    for model in health_page_models():
        for page in _live(model):
            decision = page_decision(page)
            audit = PageAudit(
                page_id=page.pk,
                title=page.title,
                faults=decision.blockers,
                findings=(*decision.blockers, *decision.warnings),
            )
            _keep(audit)
            _keep_findings(audit)
            yield audit
    live = page_model().objects.filter(live=True).values("pk")
    PageDrift.objects.exclude(page_id__in=live).delete()
    PageFinding.objects.exclude(page_id__in=live).delete()


def _live(model: type[Any]) -> Iterator[Any]:
    last = 0
    pages = model._base_manager.filter(live=True).order_by("pk")  # noqa: SLF001 - Django's documented name
    while page := pages.filter(pk__gt=last).first():
        last = page.pk
        # A class below it has its turn, too.
        if type(page) is page.specific_class:
            yield page


def _keep(audit: PageAudit) -> None:
    rows = PageDrift.objects.filter(page_id=audit.page_id)
    if not audit.faults:
        rows.delete()
        return
    now = timezone.now()
    outcomes: list[Json] = [
        {
            "check": str(fault.check),
            "code": fault.reason.code,
            "text": fault.reason.text,
            "message": fault.reason.message,
            "suggestion": fault.reason.suggestion,
        }
        for fault in audit.faults
    ]
    values = {"outcomes": outcomes, "checked_at": now}
    PageDrift.objects.update_or_create(
        page_id=audit.page_id,
        defaults=values,
        create_defaults=values | {"found_at": now},
    )


def _keep_findings(audit: PageAudit) -> None:
    """Add what is new, take away what is gone; the rest keeps the day on which it was found."""
    now = timezone.now()
    found = {_key(outcome): outcome for outcome in audit.findings}
    rows = PageFinding.objects.filter(page_id=audit.page_id)
    known = {(row.check_id, row.fingerprint): row for row in rows}
    gone = [row.pk for key, row in known.items() if key not in found]
    if gone:
        rows.filter(pk__in=gone).delete()
    rows.update(checked_at=now)
    PageFinding.objects.bulk_create(
        _finding(audit.page_id, outcome, now)
        for key, outcome in found.items()
        if key not in known
    )


def _key(outcome: Outcome) -> tuple[str, str]:
    return str(outcome.check), outcome.reason.fingerprint


def _finding(page_id: int, outcome: Outcome, now: datetime) -> PageFinding:
    reason = outcome.reason
    return PageFinding(
        page_id=page_id,
        check_id=str(outcome.check),
        level=str(outcome.level),
        code=reason.code,
        rule=rule_of(reason.sentence),
        fingerprint=reason.fingerprint,
        text=reason.text,
        message=reason.message,
        suggestion=reason.suggestion,
        found_at=now,
        checked_at=now,
    )
