"""What the blocks share: rich text features, picker groups, and a list of items with stable ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Headings 3 and 4 belong inside running text; heading 2 is a section's, so that every page has one outline.
TEXT_FEATURES = (
    "h3", "h4", "bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link",
    "embed",
)  # fmt: skip
ITEM_FEATURES = (
    "bold",
    "italic",
    "superscript",
    "subscript",
    "ol",
    "ul",
    "link",
    "document-link",
)
LINE_FEATURES = ("bold", "italic", "superscript", "subscript", "link", "document-link")

PREVIEW_TEMPLATE = "health_content/previews/block.html"

GROUP_TEXT = gettext_lazy("Text")
GROUP_LISTS = gettext_lazy("Lists")
GROUP_EVIDENCE = gettext_lazy("Evidence")
GROUP_MEDIA = gettext_lazy("Media")
GROUP_SAFETY = gettext_lazy("Safety")

HEADING_MAX_LENGTH = 200  # Characters: two lines on a telephone.
ITEMS_MAX = 50  # A longer list is a page of its own.


def heading_block() -> blocks.CharBlock:
    """Return an optional heading."""
    return blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=gettext_lazy("Heading"),
        help_text=gettext_lazy(
            "Optional. Leave it empty when the section's heading already says it."
        ),
    )


def introduction_block() -> blocks.RichTextBlock:
    """Return an optional sentence or two before a list."""
    return blocks.RichTextBlock(
        required=False,
        features=list(LINE_FEATURES),
        label=gettext_lazy("Introduction"),
        help_text=gettext_lazy(
            "Optional. One or two sentences that lead into the list."
        ),
    )


class ListItemBlock(blocks.StructBlock):
    """One item of a list: an optional short title, and the text."""

    title = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy(
            "A few words, shown in bold before the text, for example “Pain relief”."
        ),
    )
    body = blocks.RichTextBlock(
        features=list(ITEM_FEATURES),
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "One to three sentences. Plain words first, then the medical term."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Item")
        label_format = "{title} {body}"


class ItemsBlock(blocks.StructBlock):
    """Base of the lists: `heading`, `introduction` and `items`, whose unique field no two items may share."""

    unique_field = "title"
    """Name of the item's field in which equal values are a mistake."""

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse two items with the same title, except in a draft."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            refuse_duplicates(cleaned["items"], self.unique_field)
        return cleaned

    def get_api_representation(
        self, value: Any, context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the block as data; each item carries its `position` and its stable `id`.

        The other keys are those that Wagtail's API reads back, so what it gave can be sent again.
        """
        data: dict[str, Any] = super().get_api_representation(value, context=context)
        first = data.get("start") or 1
        children = value["items"].bound_blocks
        data["items"] = [
            {"position": first + index, "id": child.id, **item}
            for index, (child, item) in enumerate(
                zip(children, data["items"], strict=True)
            )
        ]
        return data


def refuse_duplicates(items: Iterable[Mapping[str, Any]], field: str) -> None:
    """Raise a validation error that marks each item whose *field* repeats an earlier one; case is ignored.

    Raises:
        StructBlockValidationError: with the error beside each repeated field.
    """
    seen: dict[str, int] = {}
    errors: dict[int, ValidationError] = {}
    for index, item in enumerate(items):
        text = normalize_newlines(item.get(field) or "").strip().casefold()
        if text and text in seen:
            message = _("Item %(number)d says the same.") % {"number": seen[text] + 1}
            error = ValidationError(message, code="duplicate")
            errors[index] = StructBlockValidationError(block_errors={field: error})
        seen.setdefault(text, index)
    if errors:
        raise StructBlockValidationError(
            block_errors={"items": ListBlockValidationError(block_errors=errors)}
        )
