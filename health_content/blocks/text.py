"""Running text, callouts and quotations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import (
    GROUP_SAFETY,
    GROUP_TEXT,
    HEADING_MAX_LENGTH,
    ITEM_FEATURES,
    PREVIEW_TEMPLATE,
    TEXT_FEATURES,
)

CALLOUT_TONES = [
    ("info", _("Information")),
    ("warning", _("Warning")),
    ("do", _("Do")),
    ("dont", _("Don't")),
    ("emergency", _("Emergency: get help now")),
]


def rich_text_block() -> blocks.RichTextBlock:
    """Return the block of running text. It is Wagtail's own; only its form is ours."""
    return blocks.RichTextBlock(
        features=list(TEXT_FEATURES),
        icon="pilcrow",
        group=GROUP_TEXT,
        label=_("Paragraphs"),
        description=_("Running text with links, bold text and short lists."),
        preview_template=PREVIEW_TEMPLATE,
        preview_value=(
            "<p>Most people with low back pain feel better within a few weeks.</p>"
            "<p>Keeping <b>gently active</b> usually helps more than resting in bed.</p>"
        ),
        template="health_content/blocks/rich_text.html",
    )


class CalloutBlock(blocks.StructBlock):
    """A box that stands out from the text."""

    tone = blocks.ChoiceBlock(
        choices=CALLOUT_TONES,
        default="info",
        label=_("Tone"),
        help_text=_("Decides color, icon and how a screen reader announces the box."),
    )
    title = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=_("Title"),
        help_text=_(
            "Optional. Say what the reader should do, for example “Call an ambulance if”."
        ),
    )
    body = blocks.RichTextBlock(
        features=list(ITEM_FEATURES),
        label=_("Text"),
        help_text=_("Keep it short: readers in a hurry read only this."),
    )

    class Meta:
        icon = "info-circle"
        group = GROUP_SAFETY
        label = _("Callout")
        label_format = "{tone}: {title}"
        description = _("A colored box for advice, warnings and emergencies.")
        template = "health_content/blocks/callout.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "tone": "warning",
            "title": "See a doctor if",
            "body": "<ul><li>the pain does not ease after a few weeks</li><li>you also have a fever</li></ul>",
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with their name."""

    text = blocks.TextBlock(
        label=_("Quotation"),
        help_text=_("The exact words, without quotation marks."),
        rows=3,
    )
    attribution = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=_("Who said it"),
        help_text=_("Name and role, for example “Ana Ruiz, physiotherapist”."),
    )
    source_url = blocks.URLBlock(
        required=False,
        label=_("Source"),
        help_text=_(
            "Address of the page where the words were published, if there is one."
        ),
    )

    class Meta:
        icon = "openquote"
        group = GROUP_TEXT
        label = _("Quotation")
        label_format = "{text}"
        description = _(
            "Somebody's own words. One person's experience is not evidence."
        )
        template = "health_content/blocks/quote.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "text": "Walking the dog every morning did more for me than lying down.",
            "attribution": "A reader, 54",
        }
