"""What readers say about others' replies, and about decisions on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .decisions import Decision
from .people import Participant
from .replies import Reply, ReplyRevision

if TYPE_CHECKING:
    from datetime import datetime


class ReportState(models.TextChoices):
    """Where a report stands."""

    RECEIVED = "received", _("Received")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    DUPLICATE = "duplicate", _("Duplicate")


class Report(models.Model):
    """A reader's word that a reply should not be public.

    `reporter_hash` is a keyed hash of a proven person, or of a network on one day: enough to count each once. The text
    is plain and for moderators only.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="reports")
    revision = models.ForeignKey(
        ReplyRevision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The text that they saw."""
    reporter = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    reporter_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=ReportState, default=ReportState.RECEIVED
    )
    version = models.PositiveIntegerField(default=1)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        indexes = [models.Index(fields=["reply", "state"], name="hcm_report_reply")]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "reporter_hash"],
                condition=Q(state="received"),
                name="hcm_report_one_each",
            )
        ]

    def __str__(self) -> str:
        """Name the report by its number."""
        return f"report {self.pk}"


class AppealState(models.TextChoices):
    """Where an appeal stands."""

    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    UPHELD = "upheld", _("Refused: the decision stands")
    OVERTURNED = "overturned", _("Granted: the decision was reversed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Appeal(models.Model):
    """An author's word against a decision; one for each decision, judged by somebody else than who decided."""

    decision = models.OneToOneField(
        Decision, on_delete=models.RESTRICT, related_name="appeal"
    )
    text = models.TextField(blank=True)
    """The author's reasons, in plain text, for moderators only."""
    state = models.CharField(
        max_length=12, choices=AppealState, default=AppealState.SUBMITTED
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.ForeignKey(
        Decision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "created_at"], name="hcm_appeal_queue")
        ]

    def __str__(self) -> str:
        """Name the appeal by its number."""
        return f"appeal {self.pk}"


class SanctionKind(models.TextChoices):
    """What a measure does. There is none that its subject would not notice."""

    WARN = "warn", _("Warning")
    HOLD_ALL = "hold_all", _("Every reply waits for a moderator")
    SUSPEND = "suspend", _("No replies for a while")
    BLOCK = "block", _("No replies")


class SanctionState(models.TextChoices):
    """Where a measure stands."""

    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Expired")
    LIFTED = "lifted", _("Lifted")


class Sanction(models.Model):
    """A measure against a person, with the decision that gives its reasons.

    It is in force while it is `active` and `ends_at` has not come: the clock ends it, not the job that writes so.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="sanctions"
    )
    kind = models.CharField(max_length=12, choices=SanctionKind)
    state = models.CharField(
        max_length=12, choices=SanctionState, default=SanctionState.ACTIVE
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.RESTRICT, related_name="sanction"
    )
    ends_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "ends_at"], name="hcm_sanction_expiry")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="suspend") | Q(ends_at__isnull=False),
                name="hcm_sanction_suspension_ends",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(state="active") & ~Q(kind="warn"),
                name="hcm_sanction_one_active",
            ),
        ]

    def __str__(self) -> str:
        """Name the measure by its number."""
        return f"measure {self.pk}"

    def is_in_force(self, now: datetime) -> bool:
        """Return whether the measure holds at that moment."""
        is_over = self.ends_at is not None and self.ends_at <= now
        return self.state == SanctionState.ACTIVE and not is_over
