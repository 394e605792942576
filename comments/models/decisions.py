"""What was decided, by whom and why; written once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..errors import AppendOnlyError
from .people import Participant
from .replies import Reply, ReplyRevision
from .review import ReviewItem


class Action(models.TextChoices):
    """What a moderator, or a policy in their place, does to a reply."""

    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    SPAM = "spam", _("Mark as spam")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Restore")


class Event(models.TextChoices):
    """What else is decided or done, and recorded like it."""

    VERIFY = "verify", _("Mail address proven")
    EDIT = "edit", _("Changed by its author")
    WITHDRAW = "withdraw", _("Withdrawn by its author")
    ERASE = "erase", _("Erased")
    REDACT = "redact", _("Redacted")
    PIN = "pin", _("Pinned")
    UNPIN = "unpin", _("No longer pinned")
    ESCALATE = "escalate", _("Passed on")
    REOPEN = "reopen", _("To be looked at again")
    OVERTURN = "overturn", _("Appeal granted")
    UPHOLD = "uphold", _("Appeal refused")
    SANCTION = "sanction", _("Measure against a person")
    LIFT = "lift", _("Measure lifted")


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
    `reply_key` and `page_key` say what it was about when the rows are gone. It holds no words of a reader.
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
    reply_key = models.UUIDField(null=True, db_index=True)
    page_key = models.PositiveBigIntegerField(null=True)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    """Whom a measure is against; null when the decision is about a reply."""
    key = models.UUIDField(unique=True, default=uuid4)
    """What the person concerned calls it by; says nothing of when or how many."""
    action = models.CharField(max_length=12, choices=[*Action.choices, *Event.choices])
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12, blank=True)
    item_version = models.PositiveIntegerField(null=True)
    """Version that the item had after the decision: while it has it, the same order is a repetition."""
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
