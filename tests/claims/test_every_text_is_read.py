"""No text that readers read escapes the checker: each text of each block is read, or is named here as one that says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from health_content.abstract import ArticleMixin, FAQMixin, HealthPageMixin
from health_content.selectors.claims import page_claims
from tests import factories as make

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wagtail.blocks import Block

SILENT = {
    "quote.source_url": "an address",
    "personal_story.consent_note": "for editors",
    "image.consent_note": "for editors",
    "video.consent_note": "for editors",
    "video.url": "an address",
    "faq_ref.question": "read on the page that answers it",
    "faq_ref.question_id": "an id",
    "references.items.title": "somebody else's words",
    "references.items.authors": "somebody else's words",
    "references.items.publication": "somebody else's words",
    "references.items.doi": "a number",
    "references.items.pmid": "a number",
    "references.items.url": "an address",
    "reference.locator": "a place in somebody else's words",
}
"""Texts of blocks that the checker does not read, and why. What a disclaimer says is read where it is written."""
SILENT_FIELDS = {
    "disclaimers_replace_reason": "for editors",
    "sponsor": "a name",
}
STREAMS = frozenset({"body", "references", "disclaimers", "contributors"})
"""Fields that hold blocks; disclaimers and contributors are chosen from the library."""
TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)
MUTE = (
    blocks.ChoiceBlock,
    blocks.BooleanBlock,
    blocks.IntegerBlock,
    blocks.FloatBlock,
    blocks.DateBlock,
    blocks.ChooserBlock,
)
"""Blocks that hold no words."""


def filled(block: Block, path: str) -> tuple[Any, list[str]]:
    """Return a stored value of *block* with a word of its own in each text, and the paths of those."""
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>{word(path)}</p>", [path]
    if isinstance(block, TEXTS):
        return word(path), [path]
    if isinstance(block, MUTE):
        return None, []
    if isinstance(block, ImageBlock):
        return {"image": 1, "alt_text": word(path), "decorative": False}, [path]
    if isinstance(block, TypedTableBlock):
        return _filled_table(block, path)
    if isinstance(block, blocks.ListBlock):
        value, paths = filled(block.child_block, path)
        return [{"type": "item", "value": value, "id": path}], paths
    assert isinstance(block, (blocks.StructBlock, blocks.StreamBlock)), path
    children = {
        name: filled(child, f"{path}.{name}".removeprefix("."))
        for name, child in block.child_blocks.items()
    }
    paths = [each for _value, found in children.values() for each in found]
    if isinstance(block, blocks.StructBlock):
        return {name: value for name, (value, _paths) in children.items()}, paths
    return [
        {"type": name, "value": value, "id": name}
        for name, (value, _paths) in children.items()
    ], paths


def _filled_table(block: TypedTableBlock, path: str) -> tuple[Any, list[str]]:
    kinds = list(block.child_blocks)
    cells = {kind: filled(block.child_blocks[kind], f"{path}.{kind}") for kind in kinds}
    headings = [f"{path}.{kind}.heading" for kind in kinds]
    value = {
        "columns": [
            {"type": kind, "heading": word(heading)}
            for kind, heading in zip(kinds, headings, strict=True)
        ],
        "rows": [{"values": [value for value, _paths in cells.values()]}],
        "caption": "",
    }
    return value, headings + [p for _value, paths in cells.values() for p in paths]


def word(path: str) -> str:
    return "Zq" + path.replace(".", "zq").replace("_", "qz") + "zx"


def unread(content: Mapping[str, Any], paths: list[str]) -> list[str]:
    """Return those of *paths* whose words the checker was not given."""
    page = make.article(title="Backs")
    found = page_claims(
        page, profiles=["editorial"], conditions=[], treatments=[], content=content
    )
    texts = " ".join(found.texts)
    return [path for path in paths if word(path) not in texts]


def mixin_blocks(mixin: type[models.Model]) -> set[str]:
    field: Any = mixin._meta.get_field("body")
    return set(field.stream_block.child_blocks)


def texts_of(mixin: type[models.Model]) -> Iterator[str]:
    """Yield the names of the fields of *mixin* that hold text without choices."""
    for field in mixin._meta.get_fields():
        is_text = isinstance(field, (models.CharField, models.TextField))
        if is_text and not getattr(field, "choices", None):
            yield field.name


@pytest.mark.parametrize("mixin", [ArticleMixin, FAQMixin])
def test_every_text_of_a_body_is_read_or_known_to_be_silent(
    mixin: type[models.Model], db: None
) -> None:
    field: Any = mixin._meta.get_field("body")
    value, paths = filled(field.stream_block, "")

    found = unread({"body": value}, paths)

    silent = {path for path in SILENT if path.split(".")[0] in mixin_blocks(mixin)}
    assert {path.removeprefix("section.blocks.") for path in found} == silent


def test_every_text_of_a_reference_is_read_or_known_to_be_silent(db: None) -> None:
    field: Any = HealthPageMixin._meta.get_field("references")
    value, paths = filled(field.stream_block, "")
    value[0]["value"]["reference"] = make.reference(live=False).pk

    found = unread({"references": value}, paths)

    assert paths == ["reference.locator", "reference.note"]
    assert found == ["reference.locator"]


def test_every_text_of_a_page_is_read_or_known_to_be_silent(db: None) -> None:
    names = {"title", "seo_title", "search_description", *texts_of(HealthPageMixin)}
    names -= STREAMS
    content = {name: word(name) for name in names}

    assert set(unread(content, sorted(names))) == set(SILENT_FIELDS)


def test_the_note_on_artificial_intelligence_is_that_of_the_page(db: None) -> None:
    page = make.article(title="Backs")
    page.ai_note = "Acupuncture cures back pain for good."

    found = page_claims(page, profiles=["editorial"], conditions=[], treatments=[])

    assert {claim.block_id for claim in found.claims} == {"ai_note"}


def test_what_a_page_takes_from_a_reference_rests_on_it(db: None) -> None:
    good = make.reference(kind="systematic_review", certainty="high", direction="supports")  # fmt: skip
    cited = {"reference": good.pk, "locator": "", "note": "Acupuncture stimulates the release of endorphins."}  # fmt: skip
    page = make.article(title="Backs", references=[make.block("reference", cited)])

    (found,) = page_claims(
        page, profiles=["editorial"], conditions=[], treatments=[]
    ).claims

    assert (found.block_id, found.severity) == (make.block_id("reference"), "info")
