"""What a health page says of itself: what it is, who made it, on what sources, who paid, and how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .blocks import CitedReferencesBlock, ContributorsBlock
from .choices import AiAssistance, AudienceGroup, ContentKind, RiskTier
from .compat import api_field
from .fields import LeanStreamField
from .forms import TopicCheckboxes
from .permissions import OVERRIDE
from .topic_field import TopicsField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.admin.panels import Panel

GOVERNANCE_FIELDS = (
    "content_kind", "risk_tier", "audience_group", "about_conditions", "about_treatments", "contributors", "references",
    "conflict_statement", "sponsor", "is_commercial", "ai_assistance", "ai_note", "review_policy",
)  # fmt: skip


class GovernanceMixin(models.Model):
    """The fields of editorial safety. They belong to every health page, a site's own included."""

    content_kind = models.CharField(
        _("what the page is about"),
        max_length=20,
        choices=ContentKind.choices,
        blank=True,
        help_text=_(
            "It decides what readers expect here, and how often it is reviewed."
        ),
    )
    risk_tier = models.CharField(
        _("risk"),
        max_length=20,
        choices=RiskTier.choices,
        default=RiskTier.STANDARD,
        help_text=_(
            "What a mistake on this page could do. When in doubt, the higher one. A reviewer has to confirm what is lower than before, or than standard."
        ),
    )
    audience_group = models.CharField(
        _("written for"),
        max_length=20,
        choices=AudienceGroup.choices,
        default=AudienceGroup.PUBLIC,
        help_text=_("Whom you write for. Everybody can read it all the same."),
    )
    about_conditions = TopicsField(
        "health_content.Condition",
        verbose_name=_("conditions"),
        blank=True,
        related_name="+",
        help_text=_("Conditions of the library that the page is about."),
    )
    about_treatments = TopicsField(
        "health_content.Treatment",
        verbose_name=_("treatments"),
        blank=True,
        related_name="+",
        help_text=_("Treatments of the library that the page is about."),
    )
    contributors = LeanStreamField(
        ContributorsBlock(),
        blank=True,
        verbose_name=_("contributors"),
        help_text=_("Everybody who made the page, in the order readers see."),
    )
    references = LeanStreamField(
        CitedReferencesBlock(),
        blank=True,
        verbose_name=_("references"),
        help_text=_(
            "Sources of the library, numbered in this order after the text. A correction or retraction there reaches the "
            "page by itself."
        ),
    )
    conflict_statement = models.TextField(
        _("statement on interests"),
        max_length=1_000,
        blank=True,
        help_text=_(
            "For readers. What the contributors declare in the library is added by itself."
        ),
    )
    sponsor = models.CharField(
        _("sponsor"),
        max_length=200,
        blank=True,
        help_text=_("Who paid for this page, if anybody did."),
    )
    is_commercial = models.BooleanField(
        _("commercial"),
        default=False,
        help_text=_(
            "The page sells something, links to a shop for money, or was paid for."
        ),
    )
    ai_assistance = models.CharField(
        _("what artificial intelligence did"),
        max_length=20,
        choices=AiAssistance.choices,
        default=AiAssistance.NONE,
        help_text=_("Readers are told."),
    )
    ai_note = models.CharField(
        _("note on that"),
        max_length=300,
        blank=True,
        help_text=_("Which tool, and who checked what it made."),
    )
    review_policy: models.ForeignKey[Any, Any] = models.ForeignKey(
        "health_content.ReviewPolicy",
        verbose_name=_("review policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leave it empty to follow the policy of the site."),
    )

    governance_api_fields = tuple(
        api_field(name, writable=True)
        for name in GOVERNANCE_FIELDS
        if name != "review_policy"
    )
    governance_search_fields: ClassVar[Sequence[index.BaseField]] = (
        index.FilterField("content_kind"),
        index.FilterField("risk_tier"),
        index.FilterField("audience_group"),
    )
    health_about_panels: ClassVar[Sequence[Panel]] = (
        MultiFieldPanel(
            [
                FieldPanel("content_kind"),
                FieldPanel("audience_group"),
                FieldPanel("about_conditions", widget=TopicCheckboxes),
                FieldPanel("about_treatments", widget=TopicCheckboxes),
            ],
            heading=_("What it is about"),
            icon="help",
        ),
        FieldPanel("contributors", icon="user"),
        FieldPanel("references", icon="hp-references"),
    )
    governance_safety_panels: ClassVar[Sequence[Panel]] = (
        MultiFieldPanel(
            [FieldPanel("risk_tier"), FieldPanel("review_policy", permission=OVERRIDE)],
            heading=_("Risk and review"),
            icon="warning",
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_commercial"),
                FieldPanel("sponsor"),
                FieldPanel("conflict_statement"),
            ],
            heading=_("Money and interests"),
            icon="form",
        ),
        MultiFieldPanel(
            [FieldPanel("ai_assistance"), FieldPanel("ai_note")],
            heading=_("Artificial intelligence"),
            icon="cogs",
        ),
    )

    class Meta:
        abstract = True
