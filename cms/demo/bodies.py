"""Turn the blocks of a TOML file into the data that a StreamField stores."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .content import Block

BETWEEN_PARAGRAPHS = re.compile(r"(?<=>) (?=<(?:p|ul|ol)>)")
INTERNAL_LINK = re.compile(r'href="page:([a-z0-9-]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Primary keys of what a body points to, by the names that the files use."""

    images: Mapping[str, int]
    disclaimers: Mapping[str, int]
    pages: Mapping[str, int]
    library: Mapping[str, int]
    """The library's references."""
    questions: Mapping[tuple[str, str], str]
    """Ids of the questions that pages ask, by the page's name and their words: the editor's form fills them in."""


@dataclass(frozen=True, slots=True)
class BodyBuilder:
    """Builds stream data for one page. Ids follow from *seed* and the position, so they are the same on every machine."""

    seed: str
    references: References

    def body(self, blocks: Iterable[Block]) -> list[Block]:
        """Return *blocks* as stream data."""
        return self._stream(blocks, self.seed)

    def disclaimers(self, chosen: Iterable[Block]) -> list[Block]:
        """Return the page's chosen disclaimers as stream data."""
        return [
            {
                "type": "disclaimer",
                "value": {
                    "disclaimer": self.references.disclaimers[item["key"]],
                    "placement": item["placement"],
                },
                "id": block_id(f"{self.seed}/disclaimers/{index}"),
            }
            for index, item in enumerate(chosen)
        ]

    def text(self, html: str) -> str:
        """Return rich text as it is stored: one line, links to pages by id."""
        joined = BETWEEN_PARAGRAPHS.sub("", " ".join(html.split()))
        return INTERNAL_LINK.sub(self._link, joined)

    def _link(self, match: re.Match[str]) -> str:
        return f'linktype="page" id="{self.references.pages[match[1]]}"'

    def _stream(self, blocks: Iterable[Block], path: str) -> list[Block]:
        return [
            {
                "type": block["type"],
                "value": self._value(block, f"{path}/{index}"),
                "id": block_id(f"{path}/{index}"),
            }
            for index, block in enumerate(blocks)
        ]

    def _value(self, block: Block, path: str) -> Any:
        builders: dict[str, Callable[[Block, str], Any]] = {
            "section": self._section,
            "rich_text": lambda block, _path: self.text(block["html"]),
            "callout": self._callout,
            "care_card": self._care_card,
            "stat": self._sourced,
            "evidence_summary": self._sourced,
            "personal_story": self._story,
            "medicine_info": lambda block, _path: _take(
                block, "generic_name", "form", "availability"
            ),
            "quote": lambda block, _path: _take(
                block, "text", "attribution", "source_url"
            ),
            "image": self._image,
            "table": self._table,
            "disclaimer": lambda block, _path: {
                "disclaimer": self.references.disclaimers[block["key"]]
            },
            "faq_ref": lambda block, _path: {
                "page": self.references.pages[block["page"]],
                "question": block["question"],
                "question_id": self.references.questions[
                    block["page"], block["question"]
                ],
            },
            "related": self._related,
            "faq": self._list,
            "references": self._list,
        }
        return builders.get(block["type"], self._list)(block, path)

    def _section(self, block: Block, path: str) -> Block:
        blocks = self._stream(block["blocks"], path)
        return {
            **_take(block, "heading", "level"),
            "health_aspect": block.get("aspect", ""),
            "standalone_safe": block.get("standalone_safe", False),
            "blocks": blocks,
        }

    def _callout(self, block: Block, _path: str) -> Block:
        return {**_take(block, "tone", "title"), "body": self.text(block["body"])}

    def _care_card(self, block: Block, path: str) -> Block:
        return {
            **_take(block, "level", "title"),
            "criteria": [
                _child(sign, f"{path}/criteria/{index}")
                for index, sign in enumerate(block["criteria"])
            ],
            "action": self.text(block.get("action", "")),
        }

    def _story(self, block: Block, _path: str) -> Block:
        """Return a story; those of the demonstration are all made up."""
        return {
            "body": self.text(block["body"]),
            "person": block["person"],
            "is_fictional": True,
            "consent_given_on": None,
            "consent_note": "",
        }

    def _sourced(self, block: Block, path: str) -> Block:
        """Return a block whose fields are those of the file, and that names its sources."""
        fields = {key: value for key, value in block.items() if key != "type"}
        return fields | {"evidence": self._evidence(block, path)}

    def _evidence(self, item: Block, path: str) -> list[Block]:
        return [
            _child(self.references.library[key], f"{path}/evidence/{index}")
            for index, key in enumerate(item.get("evidence", ()))
        ]

    def _image(self, block: Block, _path: str) -> Block:
        image = {
            "image": self.references.images[block["image"]],
            "alt_text": block["alt"],
            "decorative": block.get("decorative", False),
        }
        return {"image": image, **_take(block, "caption", "credit")}

    def _related(self, block: Block, path: str) -> Block:
        pages = [
            _child(self.references.pages[slug], f"{path}/pages/{index}")
            for index, slug in enumerate(block["pages"])
        ]
        return {"heading": block["heading"], "pages": pages}

    def _table(self, block: Block, _path: str) -> Block:
        return {
            "caption": block["caption"],
            "table": {
                "columns": [
                    {"type": "text", "heading": text} for text in block["columns"]
                ],
                "rows": [{"values": row} for row in block["rows"]],
                "caption": "",
            },
            "row_headings": True,
            "notes": self.text(block.get("notes", "")),
        }

    def _list(self, block: Block, path: str) -> Block:
        """Return any of the blocks that are a list of items."""
        value: Block = {"heading": block.get("heading", "")}
        if "introduction" in block:
            value["introduction"] = self.text(block["introduction"])
        if block["type"] in {"mechanism_list", "approach_list"}:
            value["start"] = 1
        value["items"] = [
            _child(self._item(item, f"{path}/items/{index}"), f"{path}/items/{index}")
            for index, item in enumerate(block["items"])
        ]
        return value

    def _item(self, item: Block, path: str) -> Block:
        """Return an item; its `html` is a question's answer, or else the item's body."""
        if "html" not in item:
            return {**item, "year": int(item["year"]) if item.get("year") else None}
        name = "answer" if "question" in item else "body"
        rest = {key: value for key, value in item.items() if key != "html"}
        if "evidence" in item:
            rest["evidence"] = self._evidence(item, path)
        return {**rest, name: self.text(item["html"])}


def _take(block: Block, *names: str) -> Block:
    return {name: block.get(name, "") for name in names}


def _child(value: Any, path: str) -> Block:
    """Return a child of a list as it is stored."""
    return {"type": "item", "value": value, "id": block_id(path)}


def block_id(path: str) -> str:
    """Return the id that *path* stands for, the same on every machine."""
    return str(uuid5(NAMESPACE_URL, f"wagtail-healthpress:demo/{path}"))
