"""The person behind a reply, as little of them as is needed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Participant(models.Model):
    """Someone who replied: a guest, or an account of the host.

    No mail address is stored, only its keyed hash: enough to recognize a returning person once they prove the address,
    useless to whoever reads the table. Guests who proved nothing never share a participant, so that nobody can act
    under another's name by typing their address. `trust` is 0 for strangers; nothing raises it yet.
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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        default_permissions = ()

    def __str__(self) -> str:
        """Name the participant by number: the name they typed is theirs."""
        return f"participant {self.pk}"
