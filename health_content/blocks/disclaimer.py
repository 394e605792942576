"""Disclaimers: written once as a snippet, shown in the text or around the page."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from ..choices import ContentKind, RiskTier
from .base import GROUP_SAFETY, PREVIEW_TEMPLATE

DISCLAIMER_MODEL = "health_content.DisclaimerSnippet"
TOPIC_MODEL = "health_content.Topic"

PLACEMENTS = [("start", _("Before the text")), ("end", _("After the text"))]
TRAITS = [
    ("commercial", _("It sells something, or was paid for")),
    ("ai", _("Artificial intelligence helped to write it")),
    ("translation", _("It is a translation")),
    ("replies_open", _("Readers may reply")),
]


def disclaimer_chooser() -> SnippetChooserBlock:
    """Return the chooser of a disclaimer."""
    return SnippetChooserBlock(
        DISCLAIMER_MODEL,
        label=_("Disclaimer"),
        help_text=_(
            "Choose one in the language of the page. A page goes live only with published ones."
        ),
    )


class DisclaimerBlock(blocks.StructBlock):
    """A disclaimer at this place in the text."""

    disclaimer = disclaimer_chooser()

    def get_preview_value(self) -> Any:
        """Return a sample that is not saved, so that the preview needs no disclaimer in the database."""
        model = apps.get_model(DISCLAIMER_MODEL)
        sample = model(
            key="sample",
            title=gettext("General information"),
            body=gettext(
                "<p>This page gives general information. It does not replace a doctor's advice.</p>"
            ),
        )
        return blocks.StructValue(self, [("disclaimer", sample)])

    class Meta:
        icon = "hp-disclaimer"
        group = GROUP_SAFETY
        label = _("Disclaimer")
        description = _("A disclaimer from the library, at this place in the text.")
        template = "health_content/blocks/disclaimer.html"
        preview_template = PREVIEW_TEMPLATE


class PlacedDisclaimerBlock(blocks.StructBlock):
    """A disclaimer of the whole page, and where it stands."""

    disclaimer = disclaimer_chooser()
    placement = blocks.ChoiceBlock(
        choices=PLACEMENTS,
        default="end",
        label=_("Where"),
        help_text=_(
            "Before the text when readers must know it first; otherwise after it."
        ),
    )

    version = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label=_("Keep wording number"),
        help_text=_(
            "Leave it empty to follow the newest wording. With the number of a published one, that wording stays until "
            "you publish another number here."
        ),
    )

    class Meta:
        icon = "hp-disclaimer"
        label = _("Disclaimer")
        label_format = "{disclaimer} ({placement})"
        form_layout = blocks.BlockGroup(
            children=["disclaimer", "placement"], settings=["version"]
        )


class PageDisclaimersBlock(blocks.StreamBlock):
    """The disclaimers that an editor chose for a page, or for all pages of a topic or a section."""

    disclaimer = PlacedDisclaimerBlock()

    class Meta:
        icon = "hp-disclaimer"


class DisclaimerRulesBlock(blocks.StreamBlock):
    """Which pages show a disclaimer that nobody chose for them: those of which one of these is true."""

    topic = SnippetChooserBlock(
        TOPIC_MODEL,
        label=_("It is about a topic"),
        help_text=_("Or about one that belongs to it."),
    )
    content_kind = blocks.ChoiceBlock(
        choices=ContentKind.choices, label=_("It is about")
    )
    risk_tier = blocks.ChoiceBlock(choices=RiskTier.choices, label=_("Its risk is"))
    trait = blocks.ChoiceBlock(choices=TRAITS, label=_("Something is true of it"))

    class Meta:
        icon = "hp-disclaimer"
        required = False
