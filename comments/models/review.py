"""What waits for people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .replies import Reply, ReplyRevision

LIVE_STATES = ("open", "claimed", "escalated")


class ItemState(models.TextChoices):
    """Where a review item stands."""

    OPEN = "open", _("Open")
    CLAIMED = "claimed", _("Claimed")
    ESCALATED = "escalated", _("Escalated")
    RESOLVED = "resolved", _("Resolved")


class Severity(models.TextChoices):
    """How much harm waiting or a wrong decision may do."""

    ROUTINE = "routine", _("Routine")
    ELEVATED = "elevated", _("Elevated")
    LEGAL = "legal", _("Legal")
    CRISIS = "crisis", _("Crisis")


class ReviewItem(models.Model):
    """A reply's text that a person must look at; one live item per reply.

    `reasons` are the codes that brought it here, the weightiest first. A higher `priority` is looked at first.
    """

    reply = models.ForeignKey(
        Reply, on_delete=models.CASCADE, related_name="review_items"
    )
    revision = models.ForeignKey(
        ReplyRevision, on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.OPEN)
    reasons = models.JSONField(default=list)
    severity = models.CharField(
        max_length=12, choices=Severity, default=Severity.ROUTINE
    )
    priority = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("review item")
        verbose_name_plural = _("replies")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["state", "-priority", "created_at", "id"], name="hcm_item_queue"
            ),
            models.Index(fields=["created_at"], name="hcm_item_created"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state__in=LIVE_STATES),
                name="hcm_item_one_live",
            )
        ]

    def __str__(self) -> str:
        """Name the item by its number."""
        return f"review item {self.pk}"
