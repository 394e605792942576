"""What is to be sent by mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Participant


class MessageKind(models.TextChoices):
    """What a message is about."""

    VERIFY = "verify", _("Prove a mail address")
    SIGN_IN = "sign_in", _("Sign-in link")
    DECISION = "decision", _("Decision on a reply")
    APPEAL = "appeal", _("Outcome of an appeal")
    SANCTION = "sanction", _("Measure against a person")
    NEW_REPLY = "new_reply", _("New reply in a thread")


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")


class OutboxMessage(models.Model):
    """One mail, written in the transaction of what it tells of and sent later, at least once.

    `facts` are keys and numbers, never a word of a reader. The address is the participant's, read when it is sent, or
    `address_sealed` while nobody has proven it; that is emptied when the message is settled. `key` names what the
    message tells of, so nothing is told twice.
    """

    kind = models.CharField(max_length=12, choices=MessageKind)
    key = models.CharField(max_length=100, unique=True)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    address_sealed = models.TextField(blank=True)
    locale = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=12, choices=MessageState, default=MessageState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="hcm_outbox_due")]

    def __str__(self) -> str:
        """Name the message by its number."""
        return f"message {self.pk}"
