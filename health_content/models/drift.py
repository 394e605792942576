"""Pages that are public and would not go live today."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageDrift(models.Model):
    """What speaks against a public page since its last audit. The next audit brings it up to date, or takes it away."""

    page_id = models.PositiveBigIntegerField(_("page"), unique=True)
    outcomes = models.JSONField(_("what speaks against it"), default=list)
    """`[{"check", "code", "text", "message", "suggestion"}]`: sentences are made when somebody reads them, in their language."""
    found_at = models.DateTimeField(_("found at"))
    checked_at = models.DateTimeField(_("checked at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page that would fail today")
        verbose_name_plural = _("pages that would fail today")
        ordering = ("page_id",)
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.checked_at:%Y-%m-%d}"
