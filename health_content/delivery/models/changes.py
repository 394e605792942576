"""The change feed's tables: what changed last about each page, in the order in which it became public."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeCounter(models.Model):
    """The number of the newest change: one row, whose lock puts all changes in one order.

    A sequence of the database would not do: numbers taken from it may become visible out of order, and a client that
    has seen 8 would never ask for 7 again.
    """

    SINGLE = 1

    value = models.PositiveBigIntegerField(_("value"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("counter of changes")
        verbose_name_plural = _("counters of changes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.value)


class Change(models.Model):
    """The newest change of one page's public document. There is one row for every page that was ever public.

    No title, no path: what a page was called while it was public is nobody's business afterwards.
    """

    # No foreign key: the row outlives the page.
    page_id = models.PositiveBigIntegerField(_("page"), primary_key=True)
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    entry_id = models.UUIDField(_("permanent id in feeds"))
    is_removal = models.BooleanField(_("is a removal"))
    changed_at = models.DateTimeField(_("changed at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}: page {self.page_id}"
