"""Recalled content: what must not be read any more, why, and what to read instead."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..compat import page_model_name


class Severity(models.TextChoices):
    """How much harm the content may do: the three classes of recall of 21 CFR 7.3(m), in words."""

    HIGH = "high", _("High: following it may cause serious harm or death")
    MODERATE = "moderate", _("Moderate: following it may cause harm that passes")
    LOW = "low", _("Low: it is wrong, and harm is unlikely")


class Withdrawal(models.Model):
    """The recall of a page. While it is in force the page cannot be published, and its address answers 410.

    It outlives the page. What it says is public, except who did it and the title; unless the page was behind a login or
    a password: then it is told to nobody who could not read it.
    """

    page_id = models.PositiveBigIntegerField(_("page"))
    document_type = models.CharField(_("type"), max_length=40)
    title = models.CharField(_("title"), max_length=255)
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    path = models.TextField(_("path"), blank=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    reason = models.TextField(
        _("reason"),
        max_length=1_000,
        help_text=_(
            "Readers, apps and partners are told this. Say what is wrong, and what to do."
        ),
    )
    replacement: models.ForeignKey[Any, Any] = models.ForeignKey(
        page_model_name(),
        verbose_name=_("replacement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page to read instead, if there is one."),
    )
    is_public = models.BooleanField(
        _("told to the public"), default=True, editable=False
    )
    """No view restriction was on the page or above it when it was withdrawn."""
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("-withdrawn_at",)
        default_permissions = ("add", "change", "view")
        constraints = (
            models.UniqueConstraint(
                fields=("page_id",),
                condition=models.Q(lifted_at=None),
                name="health_withdrawal_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.title
