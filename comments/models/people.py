"""The person behind a reply, as little of them as is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..names import name_skeleton

if TYPE_CHECKING:
    from datetime import date


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
    name_skeleton = models.CharField(max_length=160, blank=True, db_index=True)
    """What `display_name` looks like: see `names`."""
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the name looks like beside it."""
        self.name_skeleton = name_skeleton(self.display_name)[:160]
        super().save(*args, **kwargs)


class Credential(models.Model):
    """That a participant belongs to a health profession, as somebody looked up in its register.

    It counts through the day `expires_on`; what it gave is then lost everywhere, by the clock and not by a job.
    """

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="credential"
    )
    profession = models.CharField(max_length=80)
    register = models.CharField(max_length=120)
    register_id = models.CharField(max_length=80)
    register_url = models.URLField(blank=True)
    """Where readers can look the person up."""
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verified_on = models.DateField()
    expires_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("verified_on")),
                name="hcm_credential_ends_later",
            )
        ]

    def __str__(self) -> str:
        """Name the credential by its number."""
        return f"credential {self.pk}"

    def is_in_force(self, today: date) -> bool:
        """Return whether the credential counts on that day."""
        return self.verified_on <= today <= self.expires_on
