"""Recalls beyond the site: who was to be told of a withdrawal, what became of it, and what consumers say they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .webhooks import WebhookEndpoint

MAX_NAME = 150


class AcknowledgedAction(models.TextChoices):
    """What a consumer did with its copy."""

    REMOVED = "removed", _("Removed")
    REPLACED = "replaced", _("Replaced")
    UPDATED = "updated", _("Updated")


class NoticeState(models.TextChoices):
    """How far a consumer is with a recall."""

    NOT_TOLD = "not_told", _("Not told")
    TOLD = "told", _("Told")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    FAILED = "failed", _("Failed")


class Acknowledgement(models.Model):
    """A consumer's statement that its copy of a page is as the site wants it. Never changed, never repeated.

    The consumer is an account, or one of the account's webhooks.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The account's name when it said so: the statement outlives it.
    name = models.CharField(_("consumer"), max_length=MAX_NAME)
    # The webhook's permanent id, which outlives it; empty when the statement is about all systems of the account.
    endpoint = models.CharField(_("webhook"), max_length=36, blank=True)
    page_id = models.PositiveBigIntegerField(_("page"))
    action = models.CharField(_("action"), max_length=10, choices=AcknowledgedAction)
    # Up to which change, or which version of the page; 0 where it was not said.
    number = models.PositiveBigIntegerField(_("number of the change"), default=0)
    version = models.PositiveBigIntegerField(_("version"), default=0)
    acknowledged_at = models.DateTimeField(_("acknowledged at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("account", "endpoint", "page_id", "action", "number", "version"),
                name="health_acknowledgement_once",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("account", "-id"), name="health_ack_own"),
            models.Index(fields=("endpoint",), name="health_ack_endpoint"),
        )

    def __str__(self) -> str:
        return f"{self.name}: page {self.page_id} {self.action}"


class Recall(models.Model):
    """Where a withdrawal stands in the change feed, so that a consumer's position can be compared with it."""

    withdrawal = models.OneToOneField(
        "health_content.Withdrawal",
        verbose_name=_("withdrawal"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    number = models.PositiveBigIntegerField(_("number of the change"))
    version = models.PositiveBigIntegerField(_("last public version"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.withdrawal_id}: {self.number}"


class RecallNotice(models.Model):
    """A line of a recall's report: one consumer, whether it was told, and whether it confirmed.

    Written when the page is withdrawn and as things happen. It outlives the log of deliveries, which is deleted by age,
    the webhook and the account.
    """

    recall = models.ForeignKey(
        Recall,
        verbose_name=_("recall"),
        on_delete=models.CASCADE,
        related_name="notices",
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        verbose_name=_("webhook"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("consumer"), max_length=MAX_NAME)
    # No foreign key: deliveries go, this stays.
    message_id = models.CharField(_("message id"), max_length=64, blank=True)
    attempt_count = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_result = models.CharField(_("last result"), max_length=40, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    acknowledgement = models.ForeignKey(
        Acknowledgement,
        verbose_name=_("acknowledgement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notice of a recall")
        verbose_name_plural = _("notices of recalls")
        ordering = ("name", "pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("recall", "endpoint"), name="health_notice_endpoint"
            ),
            models.UniqueConstraint(
                fields=("recall", "account"), name="health_notice_account"
            ),
        )
        indexes = (
            models.Index(
                fields=("message_id",),
                condition=~models.Q(message_id=""),
                name="health_notice_message",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def state(self) -> NoticeState:
        """Return how far the consumer is: what it confirmed counts most, then what reached it."""
        if self.acknowledgement_id is not None:
            return NoticeState.ACKNOWLEDGED
        if self.told_at is not None:
            return NoticeState.TOLD
        return NoticeState.NOT_TOLD if self.failed_at is None else NoticeState.FAILED
