"""Short-lived rows that make requests count once and not too often."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdempotencyRecord(models.Model):
    """What came of a form's first accepted submission.

    One row per form token, so a form counts once; the row is written in the transaction of the reply. `key_hash` is of
    the client's Idempotency-Key, `fingerprint` of the submitted values. All are keyed hashes.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    key_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    retry_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """Of key and values together, so that a retry with another form is known; null when the key is short or absent."""
    outcome = models.CharField(max_length=12)
    """The status the reply got: `pending` or `published`. With the key it is all the answer is made of."""
    reply_key = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("idempotency record")
        verbose_name_plural = _("idempotency records")
        default_permissions = ()

    def __str__(self) -> str:
        """Name the record by its number."""
        return f"idempotency record {self.pk}"


class ChallengeUse(models.Model):
    """A link of a mail that was used; it counts once. Kept as long as the link would be good."""

    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("used link")
        verbose_name_plural = _("used links")
        default_permissions = ()

    def __str__(self) -> str:
        """Name the use by its number."""
        return f"used link {self.pk}"


class RateWindow(models.Model):
    """How often one network acted in one window of time.

    `bucket` is a keyed hash of the purpose, the window's length and the network (never an address); its key changes
    daily. Written by one SQL statement only: see `ratelimit`.
    """

    bucket = models.CharField(max_length=64)
    starts_at = models.BigIntegerField()
    """Start of the window in seconds since 1970."""
    n = models.PositiveIntegerField(default=0)
    expires_at = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("rate window")
        verbose_name_plural = _("rate windows")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "starts_at"], name="hcm_rate_unique_window"
            )
        ]

    def __str__(self) -> str:
        """Name the window by its number."""
        return f"rate window {self.pk}"
