"""Does to public pages what their review policy says, once a review is overdue and the days of grace are over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from .. import tasks
from ..actors import System
from ..after_commit import after_commit
from ..choices import OverdueAction
from ..models import PublicationReason
from ..review_rules import review_standing
from ..selectors.overdue import kept_because
from ..selectors.policies import review_rule_of
from ..selectors.reviews import review_due_on, review_that_counts
from .audit import live_health_pages
from .publication import page_lock, publication_newest, publication_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..abstract import HealthPageMixin

OVERDUE_ACTION = "health_content.page.overdue_unpublished"
AUDITOR = System("audit")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverduePage:
    """A public page whose review is due or overdue, and what becomes of it."""

    page_id: int
    title: str
    due_on: date
    status: str
    """`due`, or `overdue` once the days of grace are over."""
    action: str
    """What its policy says; "" while it is only due."""
    kept: str = ""
    """Why it stays online although its policy says otherwise: `recall`, `emergency`; "" where nothing keeps it."""

    @property
    def is_unpublished(self) -> bool:
        """Return whether it is taken offline."""
        return self.action == OverdueAction.UNPUBLISH and not self.kept


def pages_overdue(*, is_applied: bool) -> Iterator[OverduePage]:
    """Yield every live health page whose review is due or overdue; with *is_applied* do what its policy says.

    Whoever does it twice does nothing the second time. Memory does not grow with the number of pages.
    """
    for page in live_health_pages():
        found = page_apply_policy(page) if is_applied else page_overdue(page)
        if found is not None:
            yield found


def page_overdue(page: HealthPageMixin) -> OverduePage | None:
    """Return how *page*, as it is in memory, stands with its review; None where that is current, or there is none."""
    base: Any = page
    review = review_that_counts(base)
    if review is None:
        return None
    due_on = review_due_on(review)
    standing = review_standing(due_on, review_rule_of(page), today=timezone.localdate())
    if standing.status == "current":
        return None
    is_to_go = standing.action == OverdueAction.UNPUBLISH
    return OverduePage(
        page_id=base.pk,
        title=base.title,
        due_on=due_on,
        status=standing.status,
        action=standing.action,
        kept=kept_because(page) if is_to_go else "",
    )


@transaction.atomic
def page_apply_policy(page: HealthPageMixin) -> OverduePage | None:
    """Do to *page* what its policy says; return what was done, None where its review is current.

    Its row is locked, and what is stored is what counts: a review that was recorded meanwhile keeps it online. A page
    that stays online is brought on record as it stands now, so that every reader is told.
    """
    base: Any = page
    page_lock(base.pk)
    pages = type(base)._base_manager.filter(pk=base.pk, live=True)  # noqa: SLF001 - Django's documented name
    stored: Any = pages.first()
    found = page_overdue(stored) if stored is not None else None
    if found is None:
        return None
    if not found.is_unpublished:
        if publication_newest(base.pk) is not None:
            publication_record(stored, actor=AUDITOR, reason=PublicationReason.REBUILD)
        return found
    UnpublishPageAction(stored, log_action=False).execute(skip_permission_checks=True)
    data = {"due": found.due_on.isoformat()}
    log(instance=stored, action=OVERDUE_ACTION, data=data)
    tell = partial(tasks.tell_overdue.enqueue, base.pk, found.due_on.isoformat())
    after_commit(tell)
    return found
