"""Webhooks: who wants to be told, what is to be told, and every attempt to tell it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MAX_EXCERPT = 1_000


class DisabledReason(models.TextChoices):
    """Why an endpoint gets nothing."""

    BY_HAND = "by_hand", _("Switched off here")
    GONE = "gone", _("The receiver answered 410: it wants nothing more")
    FAILING = "failing", _("Nothing could be delivered for days")


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class WebhookEndpoint(models.Model):
    """An address that is told of events.

    No secret is stored: `webhooks.keys` derives it from the site's own key, `uuid` and `generation`. A stolen or copied
    database signs nothing.
    """

    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("For people: which system this is, and who looks after it."),
    )
    url = models.CharField(
        _("address"),
        max_length=2000,
        help_text=_("Gets a signed POST for each event."),
    )
    event_types = models.JSONField(_("events"), default=list)
    sites: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "wagtailcore.Site",
        verbose_name=_("sites"),
        related_name="+",
        help_text=_("Only what happens on these sites is told."),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("API account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its tokens confirm recalls for this system."),
    )
    uuid = models.UUIDField(_("permanent id"), default=uuid.uuid4, unique=True)
    generation = models.PositiveIntegerField(_("number of the secret"), default=1)
    # Until then the secret before this one signs, too.
    previous_until = models.DateTimeField(
        _("previous secret valid until"), null=True, blank=True
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    disabled_at = models.DateTimeField(_("disabled at"), null=True, blank=True)
    disabled_reason = models.CharField(
        _("why it is disabled"), max_length=20, choices=DisabledReason, blank=True
    )
    # Health. Failures and deliveries given up are those since the last success.
    failure_count = models.PositiveIntegerField(_("failures in a row"), default=0)
    exhausted_count = models.PositiveIntegerField(_("given up in a row"), default=0)
    resting_until = models.DateTimeField(_("left alone until"), null=True, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_failure_at = models.DateTimeField(_("last failure"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name", "pk")
        default_permissions = ()
        permissions = (("manage_webhooks", _("Can manage webhooks")),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_enabled(self) -> bool:
        """Return whether events are told to it."""
        return self.disabled_at is None


class WebhookDelivery(models.Model):
    """One event for one endpoint: a row of the outbox until it is settled, of the log afterwards.

    It names things and holds no words of theirs: what is sent is read at the time it is sent.
    """

    endpoint = models.ForeignKey(
        WebhookEndpoint,
        verbose_name=_("webhook"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    message_id = models.CharField(_("message id"), max_length=64, unique=True)
    # No choices: a new type must not need a migration.
    type = models.CharField(_("event"), max_length=40)
    subject = models.CharField(_("about"), max_length=64)
    facts = models.JSONField(_("facts"), default=dict)
    occurred_at = models.DateTimeField(_("happened at"))
    is_urgent = models.BooleanField(_("goes first"), default=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=DeliveryState,
        default=DeliveryState.WAITING,
    )
    # When somebody may try; while somebody does, when their claim ends.
    due_at = models.DateTimeField(_("due at"))
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_result = models.CharField(_("last result"), max_length=40, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        default_permissions = ()
        indexes = (
            models.Index(
                fields=("-is_urgent", "due_at", "id"),
                condition=Q(state="waiting"),
                name="health_delivery_due",
            ),
            models.Index(
                fields=("endpoint", "subject"),
                condition=Q(state="waiting"),
                name="health_delivery_subject",
            ),
            models.Index(fields=("settled_at",), name="health_delivery_settled"),
        )

    def __str__(self) -> str:
        return self.message_id


class WebhookAttempt(models.Model):
    """One request of a delivery and what came of it."""

    delivery = models.ForeignKey(
        WebhookDelivery,
        verbose_name=_("delivery"),
        on_delete=models.CASCADE,
        related_name="attempts",
    )
    started_at = models.DateTimeField(_("started at"))
    duration_ms = models.PositiveIntegerField(_("duration in ms"))
    # A status, or the word of a failure: no choices, as for types.
    result = models.CharField(_("result"), max_length=40)
    excerpt = models.CharField(_("answer"), max_length=MAX_EXCERPT, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.result}"
