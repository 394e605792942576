"""Pictures and tables."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from .base import GROUP_MEDIA, HEADING_MAX_LENGTH, LINE_FEATURES, PREVIEW_TEMPLATE
from .stories import consent_date_block, consent_note_block, refuse_future_consent


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and credit."""

    image = ImageBlock(
        label=_("Picture"),
        help_text=_(
            "Describe what matters in it, or mark it as decorative: a screen reader then skips it."
        ),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Caption"),
        help_text=_("Optional. What the picture adds to the text."),
    )
    credit = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=_("Credit"),
        help_text=_("Who made it, and under which license."),
    )

    shows_patient = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("It shows a patient"),
        help_text=_(
            "A real person who can be recognized as a patient. Say below when they agreed."
        ),
    )
    consent_given_on = consent_date_block()
    consent_note = consent_note_block()

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse a consent that is still to be given."""
        cleaned = super().clean(value)
        refuse_future_consent(cleaned)
        return cleaned

    class Meta:
        icon = "image"
        group = GROUP_MEDIA
        label = _("Picture")
        label_format = "{caption}"
        description = _("A picture with alternative text, caption and credit.")
        form_layout = blocks.BlockGroup(
            children=["image", "caption", "credit"],
            settings=["shows_patient", "consent_given_on", "consent_note"],
        )
        template = "health_content/blocks/image.html"
        preview_template = "health_content/previews/image.html"
        preview_value = {
            "image": None,
            "caption": "Bend your knees and keep the load close to your body.",
            "credit": "our own drawing",
        }


def data_table_block() -> TypedTableBlock:
    """Return Wagtail's table with the kinds of column that health tables need."""
    return TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            ("number", blocks.FloatBlock(required=False, label=_("Number"))),
            (
                "rich_text",
                blocks.RichTextBlock(
                    required=False,
                    features=list(LINE_FEATURES),
                    label=_("Text with links"),
                ),
            ),
        ],
        label=_("Table"),
        help_text=_(
            "Give every column a heading: without one the table cannot be read aloud."
        ),
    )


class TableBlock(blocks.StructBlock):
    """A data table that a screen reader can read."""

    caption = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Caption"),
        help_text=_("Says what the table compares. It is read aloud before the table."),
    )
    table = data_table_block()
    row_headings = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("The first column holds the headings of the rows"),
    )
    notes = blocks.RichTextBlock(
        required=False,
        features=list(LINE_FEATURES),
        label=_("Notes"),
        help_text=_("Optional. Units, sources, abbreviations."),
    )

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse a table without columns or with an unnamed one, except in a draft."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            message = _table_problem(cleaned["table"])
            if message:
                error = ValidationError(message, code="headings")
                raise StructBlockValidationError(block_errors={"table": error})
        return cleaned

    class Meta:
        icon = "table"
        group = GROUP_MEDIA
        label = _("Table")
        label_format = "{caption}"
        form_classname = "struct-block hp-table-form"
        description = _("Figures side by side, with headings that are read aloud.")
        form_layout = blocks.BlockGroup(
            children=["caption", "table", "notes"], settings=["row_headings"]
        )
        template = "health_content/blocks/table.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "caption": "How active adults should be, per week",
            "table": {
                "columns": [
                    {"type": "text", "heading": "Effort"},
                    {"type": "number", "heading": "Minutes"},
                ],
                "rows": [
                    {"values": ["Moderate", 150]},
                    {"values": ["Vigorous", 75]},
                ],
                "caption": "",
            },
            "row_headings": True,
            "notes": "<p>Lower ends of the ranges in the WHO guidelines of 2020.</p>",
        }


def _table_problem(table: Any) -> str:
    """Return what is wrong with the table's shape, or an empty string."""
    if not table.columns or not table.row_data:
        return gettext("Add at least one column and one row.")
    if not all((column["heading"] or "").strip() for column in table.columns):
        return gettext("Give every column a heading.")
    return ""
