"""Disclaimers: written once as a snippet, shown in the text or around the page."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from .base import GROUP_SAFETY, PREVIEW_TEMPLATE

DISCLAIMER_MODEL = "health_content.DisclaimerSnippet"

PLACEMENTS = [("start", _("Before the text")), ("end", _("After the text"))]


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

    class Meta:
        icon = "hp-disclaimer"
        label = _("Disclaimer")
        label_format = "{disclaimer} ({placement})"
        form_layout = blocks.BlockGroup(children=["disclaimer", "placement"])


class PageDisclaimersBlock(blocks.StreamBlock):
    """The disclaimers that an editor chose for a page."""

    disclaimer = PlacedDisclaimerBlock()

    class Meta:
        icon = "hp-disclaimer"
