"""An earlier version of a document as it may be shown today.

What was published and what is public are not the same: a link may lead to a page that was taken back, a picture may be
deleted, a disclaimer may have a new wording. So the words are those of the version, and all that surrounds them is of
today: where the page is, its safety envelope, its breadcrumbs and translations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..jsonld import build_jsonld
from ..published_html import find_hrefs, republish_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..document_facts import Json, JsonObject

# What a version says by itself. Everything else is that of the public document.
OWN_FIELDS = (
    "title", "summary", "introduction", "body", "sources", "version", "first_published_at", "last_published_at",
    "aspect_coverage", "content_digest",
)  # fmt: skip
# Those of the body and the sources; "URL" is that of CSL-JSON.
ADDRESS_FIELDS = frozenset({"url", "source_url", "URL"})
# Those of a link to another page, and of nothing else.
LINK_FIELDS = frozenset({"id", "title", "path", "url"})
# What says by which files a picture is shown now.
FILE_FIELDS = ("width", "height", "pending", "sources")


def superseded_document(
    recorded: JsonObject,
    current: JsonObject,
    *,
    superseded: Json,
    may_follow: Callable[[str], bool],
) -> JsonObject:
    """Return the *recorded* document in the frame of the *current* one, with `superseded` added.

    *may_follow* says whether a link leads somewhere public. Pictures and disclaimers are shown as far as the current
    document has them, with its files and its wording.
    """
    frame = _Frame(current, may_follow)
    said = {**current, **recorded}
    own = {name: said[name] for name in OWN_FIELDS if name in said}
    own["introduction"] = frame.filtered(own["introduction"])
    own["body"] = frame.filtered(own["body"])
    own["sources"] = frame.filtered(own["sources"])
    document: JsonObject = {**current, **own}
    document["seo"] = _seo(recorded, document)
    document["superseded"] = superseded
    return document


def find_links(document: JsonObject) -> frozenset[str]:
    """Return where the rich texts of *document* lead, and what its plain addresses are."""
    own = [document.get(name) for name in ("introduction", "body", "sources")]
    texts = _texts(own, frozenset({"html"}))
    found = {href for text in texts for href in find_hrefs(text)}
    return frozenset(found.union(_texts(own, ADDRESS_FIELDS)))


class _Frame:
    """What of a version may be shown in the frame of the current document."""

    def __init__(self, current: JsonObject, may_follow: Callable[[str], bool]) -> None:
        self.may_follow = may_follow
        self.pictures = {
            picture["key"]: {name: picture[name] for name in FILE_FIELDS}
            for picture in _pictures(current["body"])
        }
        safety = _object(current["safety"])
        self.disclaimers = {d["key"]: d for d in _objects(safety["disclaimers"])}

    def filtered(self, value: Json) -> Json:
        """Return *value*, a part of the version, without what is not public."""
        if isinstance(value, list):
            return [self.filtered(item) for item in value if not self._is_hidden(item)]
        if not isinstance(value, dict):
            return value
        if self._is_hidden(value):
            return None
        block: JsonObject = {
            name: shown
            for name, child in value.items()
            # CSL-JSON has no empty values.
            if (shown := self._field(name, child)) is not None or name != "URL"
        }
        match block.get("type"):
            case "image":
                picture = _object(block.get("image"))
                files = self.pictures.get(picture.get("key"))
                block["image"] = None if files is None else {**picture, **files}
            case "disclaimer":
                key = _object(block.get("disclaimer")).get("key")
                wording = self.disclaimers.get(key)
                block["disclaimer"] = (
                    None if wording is None else {**wording, "placement": "inline"}
                )
            case "faq_ref" if not _object(block.get("question")).get("source"):
                # The words are those of the page that asked it.
                block["question"] = None
        return block

    def _is_hidden(self, value: Json) -> bool:
        """Return whether *value* is a link to a page that is not public any more."""
        is_link = isinstance(value, dict) and value.keys() == LINK_FIELDS
        return is_link and not self.may_follow(str(_object(value)["url"]))

    def _field(self, name: str, value: Json) -> Json:
        if not isinstance(value, str):
            return self.filtered(value)
        if name == "html":
            return republish_html(value, self.may_follow)
        is_hidden = name in ADDRESS_FIELDS and not self.may_follow(value)
        return None if is_hidden else value


def _seo(recorded: JsonObject, document: JsonObject) -> JsonObject:
    said, frame = _object(recorded.get("seo")), _object(document["seo"])
    description = said.get("description", frame["description"])
    return {
        **frame,
        "title": said.get("title", frame["title"]),
        "description": description,
        # Search engines show the page as it is now.
        "robots": "noindex",
        "jsonld": build_jsonld(document, str(description)),
    }


def _texts(value: Json, names: frozenset[str]) -> Iterator[str]:
    """Yield each text in *value* that has one of *names*."""
    if isinstance(value, list):
        for child in value:
            yield from _texts(child, names)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name in names and isinstance(child, str):
                yield child
            else:
                yield from _texts(child, names)


def _pictures(value: Json) -> Iterator[JsonObject]:
    for block in _objects(value):
        if block.get("type") == "image" and isinstance(block.get("image"), dict):
            yield _object(block["image"])
        yield from _pictures(block.get("blocks"))


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: Json) -> list[JsonObject]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
