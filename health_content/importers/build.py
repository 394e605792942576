"""A document to what an article page stores: stream values, disclaimers, a report.

Nothing is written here; `services.article_import` does that. Ids are derived from
the page's key and the content, so that anchors survive a second import.
"""

from __future__ import annotations

import copy
import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

from ..blocks.base import ITEMS_MAX
from ..blocks.evidence import REFERENCES_MAX
from ..identifiers import parse_doi
from .document import (
    Callout,
    DocumentError,
    Faq,
    ItemList,
    ListRole,
    MarkKind,
    Paragraph,
    Section,
    Span,
    Table,
)
from .richtext import to_html, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .document import Content, Disclaimer, Document, Item, Question

MAX_TITLE = 255
"""Characters of a page title in Wagtail."""

NAMESPACE = uuid.UUID("3d3c8f0e-0b6f-5d55-9a8b-6f6f0c1f2f6a")
"""Our own, arbitrary; changing it would change every imported anchor."""

ROLE_BLOCKS = {
    ListRole.MECHANISMS: "mechanism_list",
    ListRole.BENEFITS: "benefit_list",
    ListRole.APPROACHES: "approach_list",
    ListRole.STEPS: "step_list",
}
# What an item of a list has besides, and a text does not say: an editor may add it.
OWN_FIELDS: dict[str, dict[str, Any]] = {
    "mechanism_list": {"status": "", "evidence": []},
    "benefit_list": {"evidence": []},
    "step_list": {"duration": ""},
}
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+")
NUMBERED_BLOCKS = frozenset({"mechanism_list", "approach_list"})

RawBlock: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltBlock:
    """A line of the report: a block, and the source lines it came from."""

    type: str
    start: int
    end: int
    items: int = 0
    """How many items or questions it has; 0 for blocks that have none."""
    section: str = ""
    """The heading of the section, for a section itself and for what is inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerText:
    """A disclaimer of the article, to be found in the library or added to it."""

    label: str
    body_html: str
    text: str
    placement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """A line a person may want to look at, though it has its place."""

    line: int
    text: str
    reason: str
    """`no_answer`: a question without one; `reply_form`: a label of a copied form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleValues:
    """What an article page stores, except the disclaimers, which need the library."""

    title: str
    introduction: str
    body: list[RawBlock]
    disclaimers: tuple[DisclaimerText, ...]
    replies_mode: str
    blocks: tuple[BuiltBlock, ...]
    notes: tuple[ImportNote, ...] = ()
    title_line: int = 0
    """Source line of the title; 0: the source has none."""
    replies_line: int = 0
    """Source line that first speaks of replies, such as "Leave a Reply"; 0: none does."""

    def count(self, block_type: str) -> int:
        """Return how many items the blocks of *block_type* hold."""
        return sum(block.items for block in self.blocks if block.type == block_type)


def build_article(
    document: Document, *, key: str, fallback: str, faq_heading: str = ""
) -> ArticleValues:
    """Return what a page with *key* stores of *document*.

    A document without a title takes *fallback*. Questions that stand beside sections,
    not in one, stand below *faq_heading*.

    Raises:
        DocumentError: the title does not fit.
    """
    title = document.title.text if document.title else fallback
    if len(title) > MAX_TITLE:
        line = document.title.span.start if document.title else 1
        raise DocumentError(
            "import.title_too_long",
            f"the title in line {line} has {len(title)} characters;"
            f" {MAX_TITLE} fit. Is a blank line missing below it?",
        )
    has_sections = any(isinstance(block, Section) for block in document.blocks)
    builder = _Builder(key, title, faq_heading=faq_heading if has_sections else "")
    builder.note("introduction", document.introduction)
    body = builder.stream(document.blocks, path="")
    return ArticleValues(
        title=title,
        introduction=to_html(document.introduction),
        body=body,
        disclaimers=tuple(
            _disclaimer(found, builder) for found in document.disclaimers
        ),
        replies_mode="open" if document.replies_open else "closed",
        blocks=tuple(builder.report),
        notes=_notes(document, builder.unanswered),
        title_line=document.title.span.start if document.title else 0,
        replies_line=next(
            (m.span.start for m in document.marks if m.kind is MarkKind.REPLIES), 0
        ),
    )


def _notes(document: Document, unanswered: list[Question]) -> tuple[ImportNote, ...]:
    """Return what the report says about *document* besides its blocks, in order."""
    notes = [
        ImportNote(line=question.span.start, text=question.text, reason="no_answer")
        for question in unanswered
    ]
    notes += [
        ImportNote(
            line=mark.span.start, text=" ".join(mark.text.split()), reason="reply_form"
        )
        for mark in document.marks
        if mark.kind is MarkKind.FORM
    ]
    return tuple(sorted(notes, key=lambda note: note.line))


def _disclaimer(disclaimer: Disclaimer, builder: _Builder) -> DisclaimerText:
    builder.report.append(
        BuiltBlock(
            type="disclaimer", start=disclaimer.span.start, end=disclaimer.span.end
        )
    )
    return DisclaimerText(
        label=disclaimer.label.text,
        body_html=to_html(disclaimer.blocks),
        text=to_text(disclaimer.blocks),
        placement="start" if disclaimer.is_leading else "end",
    )


@dataclass(slots=True)
class _Builder:
    """Makes stream values, and keeps the report and the ids in use."""

    key: str
    title: str
    faq_heading: str = ""
    report: list[BuiltBlock] = field(default_factory=list)
    section: str = ""
    unanswered: list[Question] = field(default_factory=list)
    _used: Counter[str] = field(default_factory=Counter)

    def stream(
        self, nodes: Sequence[Section | Content], *, path: str
    ) -> list[RawBlock]:
        """Return *nodes* as raw blocks; flowing text that is adjacent is one block."""
        blocks: list[RawBlock] = []
        flow: list[Paragraph | ItemList] = []
        for node in nodes:
            if _flows(node):
                flow.append(node)
                continue
            blocks += self._flow(flow, path)
            flow = []
            blocks += self._block(node, path)
        return blocks + self._flow(flow, path)

    def note(
        self, block_type: str, nodes: Sequence[Paragraph | ItemList], *, items: int = 0
    ) -> None:
        """Report a block made of *nodes*, if there are any."""
        if nodes:
            span = Span(start=nodes[0].span.start, end=nodes[-1].span.end)
            self._report(block_type, span, items=items)

    def _report(self, block_type: str, span: Span, *, items: int = 0) -> None:
        self.report.append(
            BuiltBlock(
                type=block_type,
                start=span.start,
                end=span.end,
                items=items,
                section=self.section,
            )
        )

    def _id(self, path: str) -> str:
        """Return the id for *path*; a path used before gets another one."""
        self._used[path] += 1
        return str(uuid.uuid5(NAMESPACE, f"{self.key}|{path}|{self._used[path]}"))

    def _raw(self, block_type: str, value: Any, path: str) -> RawBlock:
        return {"type": block_type, "value": value, "id": self._id(path)}

    def _flow(self, flow: list[Paragraph | ItemList], path: str) -> list[RawBlock]:
        self.note("rich_text", flow)
        return (
            [self._raw("rich_text", to_html(flow), f"{path}/rich_text")] if flow else []
        )

    def _block(self, node: Section | Content, path: str) -> list[RawBlock]:
        if isinstance(node, Section):
            return [self._section(node)]
        if isinstance(node, Faq):
            return self._faq(node, path)
        if isinstance(node, ItemList):
            is_cited = node.role is ListRole.REFERENCES
            return (self._references if is_cited else self._list)(node, path)
        if isinstance(node, Table):
            return [self._table(node, path)]
        assert isinstance(node, Callout)  # noqa: S101 - narrowing
        self._report("callout", node.span)
        value = {
            "tone": str(node.tone),
            "title": node.label.text,
            "body": to_html(node.blocks),
        }
        return [self._raw("callout", value, f"{path}/callout")]

    def _table(self, node: Table, path: str) -> RawBlock:
        self._report("table", node.span)
        columns = [{"type": "text", "heading": cell} for cell in node.columns.cells]
        rows = [{"values": list(row.cells)} for row in node.rows]
        value = {
            "caption": self.section or self.title,
            "table": {"columns": columns, "rows": rows, "caption": ""},
            "row_headings": True,
            "notes": "",
        }
        return self._raw("table", value, f"{path}/table")

    def _section(self, node: Section) -> RawBlock:
        self.section = node.heading.text
        self._report("section", node.span)
        path = f"/section:{node.heading.text}"
        value = {
            "heading": node.heading.text,
            "level": str(node.heading.level),
            "health_aspect": "",
            "standalone_safe": False,
            "blocks": self.stream(node.blocks, path=path),
        }
        self.section = ""
        return self._raw("section", value, path)

    def _list(self, node: ItemList, path: str) -> list[RawBlock]:
        """Return the list as one block, or as several when it has too many items."""
        block_type = ROLE_BLOCKS[node.role]
        lead = node.introduction
        made: list[RawBlock] = []
        for first in range(0, len(node.items), ITEMS_MAX):
            items = node.items[first : first + ITEMS_MAX]
            start = items[0].span.start if first or not lead else lead.span.start
            self._report(
                block_type,
                Span(start=start, end=items[-1].span.end),
                items=len(items),
            )
            value: dict[str, Any] = {
                "heading": "",
                "introduction": to_html([lead]) if lead and not first else "",
                "items": [self._item(item, block_type, path) for item in items],
            }
            if block_type in NUMBERED_BLOCKS:
                value["start"] = min(max(node.start, 1) + first, 999)
            made.append(self._raw(block_type, value, f"{path}/{block_type}"))
        return made

    def _item(self, item: Item, block_type: str, path: str) -> RawBlock:
        value: dict[str, Any] = {"title": item.label, "body": to_html(item.blocks)}
        value |= copy.deepcopy(OWN_FIELDS.get(block_type, {}))
        name = item.label or to_text(item.blocks)[:80]
        return self._raw("item", value, f"{path}/{block_type}/{name}")

    def _references(self, node: ItemList, path: str) -> list[RawBlock]:
        """Return the sources, each with all its words as the title; an editor may sort them into the other fields."""
        made: list[RawBlock] = []
        for first in range(0, len(node.items), REFERENCES_MAX):
            items = node.items[first : first + REFERENCES_MAX]
            span = Span(start=items[0].span.start, end=items[-1].span.end)
            self._report("references", span, items=len(items))
            sources = [self._reference(to_text(item.blocks), path) for item in items]
            value = {"heading": "", "items": sources}
            made.append(self._raw("references", value, f"{path}/references"))
        return made

    def _reference(self, text: str, path: str) -> RawBlock:
        value = {
            "title": text,
            "authors": "",
            "publication": "",
            "year": None,
            "doi": _doi(text),
            "pmid": "",
            "url": "",
        }
        return self._raw("item", value, f"{path}/references/{text[:80]}")

    def _faq(self, node: Faq, path: str) -> list[RawBlock]:
        made: list[RawBlock] = []
        self.unanswered += [item for item in node.items if not item.blocks]
        for first in range(0, len(node.items), ITEMS_MAX):
            items = node.items[first : first + ITEMS_MAX]
            span = Span(start=items[0].span.start, end=items[-1].span.end)
            self._report("faq", span, items=len(items))
            questions = [
                self._raw(
                    "item",
                    {"question": item.text, "answer": to_html(item.blocks)},
                    f"{path}/faq/{item.text}",
                )
                for item in items
            ]
            is_headed = bool(self.section or first)
            value = {
                "heading": "" if is_headed else self.faq_heading,
                "items": questions,
            }
            made.append(self._raw("faq", value, f"{path}/faq"))
        return made


def _doi(text: str) -> str:
    """Return the DOI in *text* without the punctuation of the sentence around it, or an empty string."""
    mark = _DOI.search(text)
    found = mark[0].rstrip(".,;]") if mark else ""
    if found.endswith(")") and "(" not in found:
        found = found[:-1]
    return parse_doi(found) or ""


def _flows(node: Section | Content) -> TypeGuard[Paragraph | ItemList]:
    is_plain = isinstance(node, ItemList) and node.role is ListRole.PLAIN
    return is_plain or isinstance(node, Paragraph)
