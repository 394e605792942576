"""References: where a page's statements come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from ..identifiers import parse_doi, parse_pmid
from .base import GROUP_EVIDENCE, PREVIEW_TEMPLATE, ItemsBlock, heading_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

REFERENCES_MAX = 200
EVIDENCE_MAX = 20  # What rests on more is a review of its own.
REFERENCE_MODEL = "health_content.Reference"


def reference_chooser(*, required: bool = True) -> SnippetChooserBlock:
    """Return the chooser of a reference of the library."""
    return SnippetChooserBlock(
        REFERENCE_MODEL,
        required=required,
        label=_("Reference"),
        help_text=_(
            "From the library. Readers see references that are published there."
        ),
    )


def evidence_block(*, is_required: bool = False) -> blocks.ListBlock:
    """Return the references that one statement rests on."""
    return blocks.ListBlock(
        reference_chooser(),
        default=[],
        max_num=EVIDENCE_MAX,
        **({"min_num": 1} if is_required else {}),
        label=_("Evidence"),
        help_text=_(
            "The references that this statement rests on. They are numbered with those of the page."
        ),
    )


class ReferenceBlock(blocks.StructBlock):
    """One source. Identifiers are checked for their form; nothing is looked up."""

    title = blocks.CharBlock(
        max_length=500,
        label=_("Title"),
        help_text=_("Title of the article, guideline, book or web page."),
    )
    authors = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Authors"),
        help_text=_("As they appear in the source: “Vickers AJ, Vertosick EA”."),
    )
    publication = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Journal or publisher"),
        help_text=_("Name of the journal, organization or website."),
    )
    year = blocks.IntegerBlock(
        required=False,
        min_value=1800,
        max_value=2100,
        label=_("Year"),
    )
    doi = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("DOI"),
        help_text=_("Such as 10.1000/182. A doi.org address works too."),
    )
    pmid = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("PubMed identifier"),
        help_text=_("The number that PubMed shows as PMID."),
    )
    url = blocks.URLBlock(
        required=False,
        label=_("Web address"),
        help_text=_("For a source without DOI, or where readers may read it for free."),
    )

    def clean(self, value: Any) -> Any:
        """Return the value with bare identifiers; refuse malformed ones, in drafts too."""
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        for field, parse, message in _PARSERS:
            if text := (cleaned.get(field) or "").strip():
                parsed = parse(text)
                if parsed is None:
                    errors[field] = ValidationError(str(message), code="invalid")
                else:
                    cleaned[field] = parsed
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "link"
        label = _("Reference")
        label_format = "{title}"


_PARSERS: tuple[tuple[str, Callable[[str], str | None], _StrPromise], ...] = (
    ("doi", parse_doi, _("A DOI looks like 10.1000/182.")),
    ("pmid", parse_pmid, _("A PubMed identifier is a number of up to 8 digits.")),
)


class ReferencesBlock(ItemsBlock):
    """The sources of a page or section."""

    heading = heading_block()
    items = blocks.ListBlock(
        ReferenceBlock(),
        min_num=1,
        max_num=REFERENCES_MAX,
        collapsed=True,
        label=_("References"),
        form_classname="hp-numbered",
    )

    class Meta:
        icon = "hp-references"
        group = GROUP_EVIDENCE
        label = _("References")
        label_format = "{heading}"
        description = _("Sources with DOI, PubMed number or address.")
        template = "health_content/blocks/references.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": "Sources",
            "items": [
                {
                    "title": "WHO guideline for non-surgical management of chronic primary low back pain",
                    "authors": "World Health Organization",
                    "publication": "World Health Organization",
                    "year": 2023,
                    "url": "https://www.who.int/publications/i/item/9789240081789",
                }
            ],
        }


class CitedReferenceBlock(blocks.StructBlock):
    """A reference of the library, and what the page takes from it."""

    reference = reference_chooser()
    locator = blocks.CharBlock(
        required=False,
        max_length=100,
        label=_("Where in it"),
        help_text=_("For example “page 12” or “recommendation 1.2”."),
    )
    note = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("What it supports"),
        help_text=_("One sentence for readers: what this page takes from it."),
    )

    class Meta:
        icon = "hp-references"
        label = _("Reference")
        label_format = "{reference} {locator}"
        form_layout = blocks.BlockGroup(children=["reference", "locator", "note"])


class CitedReferencesBlock(blocks.StreamBlock):
    """The references of a page, in the order in which they are numbered."""

    reference = CitedReferenceBlock()

    class Meta:
        icon = "hp-references"
        required = False
        max_num = REFERENCES_MAX
