"""How often pages are reviewed, how strict the checks are, and who publishes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Orderable, RevisionMixin

from ..choices import ContentKind, JurisdictionProfile, OverdueAction, RiskTier
from ..policy_forms import OrganizationForm
from ..review_rules import ReviewRule as Rule
from ..review_rules import check_level_faults

MONTHS_MAX = 120  # Ten years: nothing about health holds longer unseen.
GRACE_DAYS_MAX = 366


def _months(**kwargs: Any) -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(
        _("months until the next review"),
        validators=[MinValueValidator(1), MaxValueValidator(MONTHS_MAX)],
        **kwargs,
    )


def _grace_days() -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(
        _("days of grace"),
        default=30,
        validators=[MaxValueValidator(GRACE_DAYS_MAX)],
        help_text=_("After the day of the review, before anything happens."),
    )


def _overdue_action() -> models.CharField[Any, Any]:
    return models.CharField(
        _("then"),
        max_length=20,
        choices=OverdueAction.choices,
        default=OverdueAction.REPORT,
    )


class ReviewPolicy(RevisionMixin, ClusterableModel):
    """For how long a medical review holds, and what the checks do before publication."""

    name = models.CharField(_("name"), max_length=120)
    months = _months(default=36)
    grace_days = _grace_days()
    overdue_action = _overdue_action()
    check_levels: models.JSONField[Any, Any] = models.JSONField(
        _("checks before publication"), default=dict, blank=True
    )

    class Meta:
        verbose_name = _("review policy")
        verbose_name_plural = _("review policies")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse levels of checks that there are not, or that weaken what nobody may.

        Raises:
            ValidationError: beside the checks.
        """
        super().clean()
        if faults := check_level_faults(self.check_levels):
            message = _("These checks cannot have that level: %(checks)s.")
            error = ValidationError(message, params={"checks": ", ".join(faults)})
            raise ValidationError({"check_levels": error})

    @property
    def all_rules(self) -> list[Rule]:
        """Return its rules, the general one among them. One query, unless they are loaded."""
        general = Rule(
            months=self.months,
            grace_days=self.grace_days,
            overdue_action=self.overdue_action,
        )
        return [general, *(rule.facts for rule in self.rules.all())]


class ReviewRule(Orderable):
    """What a policy says of pages of one kind, or of one risk."""

    policy = ParentalKey(ReviewPolicy, on_delete=models.CASCADE, related_name="rules")
    content_kind = models.CharField(
        _("for pages about"),
        max_length=20,
        choices=ContentKind.choices,
        blank=True,
        help_text=_("Leave it empty for pages of all kinds."),
    )
    risk_tier = models.CharField(
        _("with the risk"),
        max_length=20,
        choices=RiskTier.choices,
        blank=True,
        help_text=_("Leave it empty for pages of any risk."),
    )
    months = _months()
    grace_days = _grace_days()
    overdue_action = _overdue_action()

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("review rule")
        verbose_name_plural = _("review rules")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.content_kind or '*'} {self.risk_tier or '*'}: {self.months}"

    @property
    def facts(self) -> Rule:
        """Return it as the pure rules take it."""
        return Rule(
            content_kind=self.content_kind,
            risk_tier=self.risk_tier,
            months=self.months,
            grace_days=self.grace_days,
            overdue_action=self.overdue_action,
        )


class OrganizationSettings(BaseSiteSetting):
    """Who publishes a site, who pays for it, and by which rules it is judged."""

    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_(
            "Name of the organization, as documents give it. Empty: the setting PUBLISHER_NAME."
        ),
    )
    publisher_url = models.URLField(_("address of the publisher"), blank=True)
    funding = models.TextField(
        _("funding"),
        max_length=1_000,
        blank=True,
        help_text=_("Who pays for the site, in a sentence or two for readers."),
    )
    publishing_principles_url = models.URLField(
        _("address of the editorial policy"),
        blank=True,
        help_text=_("The page that says how content is made, checked and reviewed."),
    )
    corrections_policy_url = models.URLField(
        _("address of the corrections policy"), blank=True
    )
    jurisdiction_profiles: models.JSONField[Any, Any] = models.JSONField(
        _("profiles"), default=list, blank=True
    )
    default_review_policy = models.ForeignKey(
        ReviewPolicy,
        verbose_name=_("review policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For pages that name none of their own."),
    )

    base_form_class = OrganizationForm
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("publisher"),
                FieldPanel("publisher_url"),
                FieldPanel("funding"),
                FieldPanel("publishing_principles_url"),
                FieldPanel("corrections_policy_url"),
            ],
            heading=_("For readers"),
        ),
        MultiFieldPanel(
            [FieldPanel("jurisdiction_profiles"), FieldPanel("default_review_policy")],
            heading=_("Rules"),
        ),
    )

    class Meta:
        verbose_name = _("publisher and rules")
        verbose_name_plural = _("publishers and rules")

    def __str__(self) -> str:
        return self.publisher or str(self._meta.verbose_name)

    @property
    def profiles(self) -> list[str]:
        """Return the profiles that claims are judged by: `editorial` unless others were chosen."""
        return self.jurisdiction_profiles or [JurisdictionProfile.EDITORIAL.value]

    def clean(self) -> None:
        """Refuse profiles that there are not.

        Raises:
            ValidationError: beside the profiles.
        """
        super().clean()
        given = self.jurisdiction_profiles
        if not isinstance(given, list) or not set(map(str, given)) <= set(
            JurisdictionProfile.values
        ):
            message = _("Choose profiles of the list.")
            raise ValidationError({"jurisdiction_profiles": message}, code="choice")
