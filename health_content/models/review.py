"""Who vouched for a page, and who let one pass: rows that are written once and bound to the content they are about."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..gate_facts import Check, Waiver
from ..review_forms import REASON_MIN_LENGTH
from .append_only import AppendOnlyModel
from .records import DIGEST_LENGTH

FINGERPRINT_MAX_LENGTH = 500


class ReviewScope(models.TextChoices):
    """What a reviewer vouched for."""

    FULL = "full", _("The whole page")
    SECTION = "section", _("A part of the page")
    MINOR_CHANGE = "minor_change", _("A change that alters no statement")


class MedicalReview(AppendOnlyModel):
    """A medical review of one content of a page, with the reviewer's credential as it was on that day.

    There is no foreign key to the page: the row outlives it.
    """

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    content_digest = models.CharField(
        _("digest of the content"), max_length=DIGEST_LENGTH
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    profile = models.ForeignKey(
        "health_content.PersonProfile",
        verbose_name=_("profile of the reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewer_name = models.CharField(_("name of the reviewer"), max_length=200)
    content = models.JSONField(_("content"), default=dict)
    """What was reviewed, field by field as stored, so that a later change can be judged whatever became of revisions."""
    rests_on: models.ForeignKey[Any, Any] = models.ForeignKey(
        "self",
        verbose_name=_("confirms"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "The full review whose statements a minor change left as they were."
        ),
    )
    specialties = models.JSONField(_("specialties"), default=list)
    credential = models.JSONField(_("credential"), default=dict)
    credential_until = models.DateField(
        _("credential valid until"), null=True, blank=True
    )
    is_verified = models.BooleanField(_("credential was verified"), default=False)
    has_shared_interest = models.BooleanField(
        _("has an interest in what the page is about"), default=False
    )
    content_kind = models.CharField(
        _("what the page was about"), max_length=20, blank=True
    )
    risk_tier = models.CharField(_("risk"), max_length=20, blank=True)
    scope = models.CharField(
        _("scope"),
        max_length=20,
        choices=ReviewScope.choices,
        default=ReviewScope.FULL,
    )
    standalone_sections = models.JSONField(
        _("sections that may be shown alone"), default=list, blank=True
    )
    """Their digests, as `standalone` makes them."""
    comment = models.TextField(_("comment"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"))
    expires_at = models.DateTimeField(_("next review due"))
    task_state = models.ForeignKey(
        "wagtailcore.TaskState",
        verbose_name=_("task"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")
        ordering = ("page_id", "reviewed_at", "pk")
        default_permissions = ("view",)
        permissions = (("review_medically", _("Can review pages medically")),)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.reviewer_name}"

    @property
    def full(self) -> MedicalReview:
        """Return the review in which the whole page was read: itself, or the one that it confirms."""
        full: MedicalReview = self.rests_on or self
        return full


class ReviewRejection(AppendOnlyModel):
    """A reviewer's word that a content of a page is not fit to be public, and what has to change."""

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    content_digest = models.CharField(
        _("digest of the content"), max_length=DIGEST_LENGTH
    )
    reason = models.TextField(_("what has to change"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewer_name = models.CharField(_("name of the reviewer"), max_length=200)
    rejected_at = models.DateTimeField(_("rejected at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rejected medical review")
        verbose_name_plural = _("rejected medical reviews")
        ordering = ("page_id", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.reviewer_name}"


class RiskConfirmation(AppendOnlyModel):
    """A reviewer's word that a page does no more harm than it says, though it says less than it did, or than is usual."""

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    content_kind = models.CharField(
        _("what the page is about"), max_length=20, blank=True
    )
    risk_tier = models.CharField(_("risk"), max_length=20)
    reason = models.TextField(
        _("reason"), validators=[MinLengthValidator(REASON_MIN_LENGTH)]
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewer_name = models.CharField(_("name"), max_length=200)
    confirmed_at = models.DateTimeField(_("confirmed at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("confirmation of a risk")
        verbose_name_plural = _("confirmations of risks")
        ordering = ("page_id", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.risk_tier}"


class OverrideKind(models.TextChoices):
    """Why a page may pass a check that it fails."""

    QUOTATION = "quotation", _("It is quoted, not claimed")
    FALSE_POSITIVE = "false_positive", _("The finding is wrong")
    EVIDENCE = "evidence", _("There is evidence, which the page names")
    LEGAL_ADVICE = "legal_advice", _("Our lawyers allow it")
    SATIRE = "satire", _("It is satire")
    EMERGENCY = "emergency", _("It cannot wait")
    OTHER = "other", _("Another reason")


class GateOverride(AppendOnlyModel):
    """Somebody's decision that a page may pass a check. It ends by itself: by its date, or when the content changes.

    One that answers a claim is bound to the sentence, every other to the whole content.
    """

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    check_id = models.CharField(
        _("check"), max_length=3, choices=[(str(c), str(c)) for c in Check]
    )
    fingerprint = models.CharField(
        _("reason that it answers"), max_length=FINGERPRINT_MAX_LENGTH
    )
    content_digest = models.CharField(
        _("digest of the content"), max_length=DIGEST_LENGTH, blank=True
    )
    sentence = models.TextField(_("what it is about"), blank=True)
    rule_base = models.CharField(_("version of the rules"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OverrideKind.choices)
    reason = models.TextField(
        _("reason"), validators=[MinLengthValidator(REASON_MIN_LENGTH)]
    )
    standing = models.CharField(
        _("given as"), max_length=20, choices=[(str(w), str(w)) for w in Waiver]
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("name"), max_length=200)
    created_at = models.DateTimeField(_("given at"))
    expires_at = models.DateTimeField(_("ends at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ("page_id", "pk")
        default_permissions = ("view",)
        permissions = (
            ("override_gate", _("Can let pages pass checks that they fail")),
            ("publish_emergency", _("Can publish in an emergency, unchecked")),
        )

    def __str__(self) -> str:
        return f"{self.page_id}: {self.check_id}"


class OverrideApproval(AppendOnlyModel):
    """The second person's consent to an override that one person cannot give alone."""

    override = models.OneToOneField(
        GateOverride,
        verbose_name=_("override"),
        on_delete=models.PROTECT,
        related_name="approval",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("name"), max_length=200)
    approved_at = models.DateTimeField(_("approved at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval of an override")
        verbose_name_plural = _("approvals of overrides")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.override_id}: {self.user_name}"


class EmergencyPublication(AppendOnlyModel):
    """A publication that passed no gate, because what was public could not stay so. It is to be reviewed within a day."""

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    content_digest = models.CharField(
        _("digest of the content"), max_length=DIGEST_LENGTH
    )
    reason = models.TextField(
        _("reason"), validators=[MinLengthValidator(REASON_MIN_LENGTH)]
    )
    outcomes = models.JSONField(_("what spoke against it"), default=list)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("name"), max_length=200)
    published_at = models.DateTimeField(_("published at"))
    review_due_at = models.DateTimeField(_("review due"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("emergency publication")
        verbose_name_plural = _("emergency publications")
        ordering = ("page_id", "pk")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.published_at:%Y-%m-%d}"
