"""The person behind a reply, as little of them as is needed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Participant(models.Model):
    """Someone who replied: a guest, or an account of the host.

    Guests who proved nothing never share a participant, so that nobody can act under another's name by typing their
    address. `email_hmac` recognizes an address, `email_sealed` is the address itself, encrypted, for what is to be sent
    there; both are useless to whoever reads the table. `trust` is 0 for strangers and grows with replies that people
    approved, by one a day at most; a reply kept from the public takes it back to 0.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    display_name = models.CharField(max_length=80)
    email_hmac = models.CharField(max_length=64, blank=True, db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    trust = models.PositiveSmallIntegerField(default=0)
    trusted_at = models.DateTimeField(null=True, blank=True)
    """When trust last grew."""
    email_sealed = models.TextField(blank=True)
    locale = models.CharField(max_length=20, blank=True)
    """Language code of the page on which they first replied: in which they are written to."""
    session_version = models.PositiveIntegerField(default=1)
    """Part of what a guest is remembered by; raised to forget all browsers."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["email_hmac"],
                condition=Q(verified_at__isnull=False, user__isnull=True)
                & ~Q(email_hmac=""),
                name="hcm_participant_one_proven",
            )
        ]

    def __str__(self) -> str:
        """Name the participant by number: the name they typed is theirs."""
        return f"participant {self.pk}"
