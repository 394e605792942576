"""What waits for people, and what they decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..errors import AppendOnlyError
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


class Action(models.TextChoices):
    """What was done to a reply."""

    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    SPAM = "spam", _("Mark as spam")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Restore")


class ActorKind(models.TextChoices):
    """What kind of actor decided."""

    HUMAN = "human", _("A person")
    RULE = "rule", _("A rule")
    MODEL = "model", _("A model")


class Ground(models.TextChoices):
    """On what ground a reply is kept from the public (DSA, Article 17(3)(d) and (e))."""

    TERMS = "terms", _("Our rules")
    LEGAL = "legal", _("The law")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, which are written once."""

    def update(self, **values: Any) -> int:  # noqa: ARG002 - Django's signature
        """Refuse: what was decided stays decided."""
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: what was decided stays decided."""
        raise AppendOnlyError


class Decision(models.Model):
    """One decision, never changed; a later one may reverse it.

    The fields follow the statement of reasons of the EU Digital Services Act, Article 17(3). It outlives its reply:
    `reply_key` and `page_key` say what it was about when the rows are gone.
    """

    item = models.ForeignKey(
        ReviewItem, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    reply = models.ForeignKey(
        Reply, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    revision = models.ForeignKey(
        ReplyRevision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply_key = models.UUIDField(db_index=True)
    page_key = models.PositiveBigIntegerField()
    action = models.CharField(max_length=12, choices=Action)
    from_status = models.CharField(max_length=12)
    to_status = models.CharField(max_length=12)
    policy = models.CharField(max_length=40, blank=True)
    """Name and version of the policy in force, such as "pre@1"."""
    ground = models.CharField(max_length=8, choices=Ground, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    public_reason = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField(max_length=200)
    """Who decided, as they were called then."""
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    automated_detection = models.BooleanField(default=False)
    territorial_scope = models.CharField(max_length=40, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["created_at"], name="hcm_decision_created")]

    def __str__(self) -> str:
        """Name the decision by its number and what it did."""
        return f"decision {self.pk}: {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new decision; refuse to change one."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 - Django's signature
        """Refuse: what was decided stays decided."""
        raise AppendOnlyError
