"""Asks the gate about what is public already: what was fine when it went live need not be fine today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..compat import page_model
from ..gate_messages import reason_text
from ..models import PageDrift
from ..selectors.gate import page_decision
from ..selectors.gate_reports import health_page_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document_facts import Json
    from ..gate import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAudit:
    """What the gate says today of a public page."""

    page_id: int
    title: str
    faults: tuple[Outcome, ...]

    @property
    def reasons(self) -> list[str]:
        """Return a sentence for each check that it fails, in the active language."""
        return list(dict.fromkeys(reason_text(fault.reason) for fault in self.faults))


def pages_audit() -> Iterator[PageAudit]:
    """Ask the gate about every live health page, one at a time, and keep what would fail for the report.

    Whoever stops half way leaves the rest of the report as it was. Memory does not grow with the number of pages.
    """
    for page in live_health_pages():
        audit = PageAudit(
            page_id=page.pk,
            title=page.title,
            faults=page_decision(page).blockers,
        )
        _keep(audit)
        yield audit
    live = page_model().objects.filter(live=True).values("pk")
    PageDrift.objects.exclude(page_id__in=live).delete()


def live_health_pages() -> Iterator[Any]:
    """Yield every live health page, one at a time."""
    for model in health_page_models():
        yield from _live(model)


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
