"""What the last audit found on public pages: those that would not go live today, and every finding by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .review import FINGERPRINT_MAX_LENGTH


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


class PageFinding(models.Model):
    """One thing that the gate says of a public page, blocking or not, for which nobody answered. Kept by the audit."""

    page_id = models.PositiveBigIntegerField(_("page"))
    check_id = models.CharField(_("check"), max_length=3, db_index=True)
    level = models.CharField(_("level"), max_length=10)
    code = models.CharField(_("code"), max_length=40)
    rule = models.CharField(_("rule"), max_length=20, blank=True, db_index=True)
    """The rule of the claim engine; empty for what is no claim."""
    fingerprint = models.CharField(_("reason"), max_length=FINGERPRINT_MAX_LENGTH)
    text = models.TextField(_("what it is about"), blank=True)
    message = models.TextField(_("what the rule says"), blank=True)
    suggestion = models.TextField(_("suggestion"), blank=True)
    found_at = models.DateTimeField(_("found at"))
    checked_at = models.DateTimeField(_("checked at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("finding on a public page")
        verbose_name_plural = _("findings on public pages")
        ordering = ("page_id", "pk")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("page_id", "check_id", "fingerprint"),
                name="health_page_finding",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id}: {self.check_id}"
