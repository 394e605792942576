"""Stored rich text to HTML for readers: links resolved, database attributes gone, markup allow-listed.

Wagtail expands rich text by one look-up a link; here everything that a text refers to is named first
(`find_references`), looked up in bulk by the caller, and then written (`expand_html`). A link whose target is not
among the *resources* becomes plain text: what cannot be seen is not named, not even by its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from .markup import read_markup
from .web_addresses import may_be_ours, public_href, public_url, safe_href

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .document_facts import EmbedFacts, ImageFacts, ImageSourceFacts, Resources

# What Wagtail's rich text features write, and what an importer may have written.
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "del",
        "dd",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
    ]
)
VOID_ELEMENTS = frozenset({"br", "hr"})
# Their text is program text or belongs to another document; it goes with the element.
OPAQUE_ELEMENTS = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "noscript",
        "math",
        "svg",
        "textarea",
        "title",
    ]
)
ATTRIBUTES = {
    "a": frozenset({"href", "rel", "title", "hreflang"}),
    "abbr": frozenset({"title"}),
    "ol": frozenset({"start"}),
}
GLOBAL_ATTRIBUTES = frozenset({"lang", "dir"})
# Width in pixels that an image inside running text is shown at, at most.
INLINE_IMAGE_WIDTH = 800
INLINE_IMAGE_SIZES = (
    f"(min-width: {INLINE_IMAGE_WIDTH}px) {INLINE_IMAGE_WIDTH}px, 100vw"
)
# One transparent pixel: holds the place of an image whose files are still to be made.
PLACEHOLDER = (
    "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
)
EMBED_KINDS = frozenset({"video", "photo", "rich", "link"})
# Pixels; what is larger is nobody's player.
EMBED_SIZE_MAX = 10_000
_IMAGE = re.compile(r"<img [^>]*>")
# What changes when files are made, with the picture as it was.
_FILES = re.compile(r' (?:src|width|height|srcset|sizes)="[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlReferences:
    """The ids that rich text names, and the addresses that somebody typed."""

    pages: frozenset[int] = field(default_factory=frozenset)
    documents: frozenset[int] = field(default_factory=frozenset)
    images: frozenset[int] = field(default_factory=frozenset)
    embeds: frozenset[str] = field(default_factory=frozenset)
    """Addresses."""
    addresses: frozenset[str] = field(default_factory=frozenset)
    """Of links and embeds that may be something of ours, though nobody chose it: with a path, or of the web."""


def find_references(html_raw: Sequence[str]) -> HtmlReferences:
    """Return what the stored rich texts *html_raw* refer to. Cost: O(total length)."""
    pages: set[int] = set()
    documents: set[int] = set()
    images: set[int] = set()
    embeds: set[str] = set()
    addresses: set[str] = set()
    for text in html_raw:
        if "type=" not in text and "href" not in text.lower():
            continue  # Neither linktype= nor embedtype=, and no address.
        finder = _Finder()
        read_markup(text, finder)
        pages |= finder.pages
        documents |= finder.documents
        images |= finder.images
        embeds |= finder.embeds
        addresses |= finder.addresses
    return HtmlReferences(
        pages=frozenset(pages),
        documents=frozenset(documents),
        images=frozenset(images),
        embeds=frozenset(embeds),
        addresses=frozenset(addresses),
    )


def expand_html(html_raw: str, resources: Resources) -> str:
    """Return well-formed, allow-listed HTML of the stored rich text *html_raw*.

    Elements are balanced, attributes are double-quoted, nothing of the database's own (`linktype`, `id`,
    `data-block-key`) is left. Idempotent for texts without images and embeds: expanding the result changes nothing.
    """
    if "<" not in html_raw and "&" not in html_raw:
        return escape(html_raw, quote=False)
    writer = _Writer(resources)
    read_markup(html_raw, writer)
    return writer.html()


def html_without_files(html: str) -> str:
    """Return expanded *html* without what says by which files its images are shown."""
    return _IMAGE.sub(lambda found: _FILES.sub("", found[0]), html)


def source_set(files: Sequence[ImageSourceFacts]) -> str:
    """Return the `srcset` of *files*, which are of one media type."""
    return ", ".join(f"{file.src} {file.width}w" for file in files)


def html_text(html: str) -> str:
    """Return the text of *html* with white space collapsed, for plain fields such as a description."""
    reader = _TextReader()
    read_markup(html, reader)
    return " ".join("".join(reader.parts).split())


def _integer(text: str | None) -> int | None:
    # Ids are 64 bit; longer runs of digits are nobody's id.
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


class _Finder(HTMLParser):
    """Collects the ids and addresses in links and embeds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: set[int] = set()
        self.documents: set[int] = set()
        self.images: set[int] = set()
        self.embeds: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "embed" and given.get("embedtype") == "media":
            url = given.get("url") or ""
            self.embeds.add(url)
            if may_be_ours(url):
                self.addresses.add(url)
        if tag == "a" and given.get("linktype") is None:
            href = given.get("href") or ""
            if may_be_ours(href):
                self.addresses.add(href)
            return
        identifier = _integer(given.get("id"))
        if identifier is None:
            return
        match tag, given.get("linktype") or given.get("embedtype"):
            case "a", "page":
                self.pages.add(identifier)
            case "a", "document":
                self.documents.add(identifier)
            case "embed", "image":
                self.images.add(identifier)


class _TextReader(HTMLParser):
    """Collects text; block elements separate words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 - the base class's signature
    ) -> None:
        if tag in {"p", "li", "br", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "hr"}:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


class _Writer(HTMLParser):
    """Writes the allowed part of what it reads."""

    def __init__(self, resources: Resources) -> None:
        super().__init__(convert_charrefs=True)
        self._resources = resources
        self._parts: list[str] = []
        self._open: list[str] = []
        self._opaque = 0

    def html(self) -> str:
        """Return what was written, every element closed."""
        closing = "".join(f"</{tag}>" for tag in reversed(self._open))
        return "".join(self._parts) + closing

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in OPAQUE_ELEMENTS:
            self._opaque += 1
        elif self._opaque:
            return
        elif tag == "embed":
            self._write_embed(dict(attrs))
        elif tag == "a":
            self._open_link(dict(attrs))
        elif tag in ELEMENTS:
            self._write_start(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in OPAQUE_ELEMENTS:
            return
        self.handle_starttag(tag, attrs)
        if tag in ELEMENTS and tag not in VOID_ELEMENTS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in OPAQUE_ELEMENTS:
            self._opaque = max(0, self._opaque - 1)
        elif not self._opaque and tag in self._open:
            while True:
                opened = self._open.pop()
                self._parts.append(f"</{opened}>")
                if opened == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._opaque:
            self._parts.append(escape(data, quote=False))

    def unknown_decl(self, data: str) -> None:
        """Drop what is neither element nor text, such as `<![CDATA[`."""

    def _write_start(self, tag: str, given: dict[str, str | None]) -> None:
        allowed = ATTRIBUTES.get(tag, frozenset()) | GLOBAL_ATTRIBUTES
        attributes = "".join(
            f' {name}="{escape(value)}"'
            for name, value in given.items()
            if name in allowed and value is not None
        )
        self._parts.append(f"<{tag}{attributes}>")
        if tag not in VOID_ELEMENTS:
            self._open.append(tag)

    def _open_link(self, given: dict[str, str | None]) -> None:
        href = self._target(given)
        if href is not None and "a" not in self._open:
            self._write_start("a", {**given, "href": href})

    def _target(self, given: dict[str, str | None]) -> str | None:
        linktype = given.get("linktype")
        if linktype is None:
            return public_href(given.get("href") or "", self._resources)
        identifier = _integer(given.get("id")) or 0
        known = {"page": self._resources.pages, "document": self._resources.documents}
        return known[linktype].get(identifier) if linktype in known else None

    def _write_embed(self, given: dict[str, str | None]) -> None:
        if given.get("embedtype") == "image":
            image = self._resources.images.get(_integer(given.get("id")) or 0)
            if image and (image.sources or image.is_pending):
                self._parts.append(_image_html(image, given.get("alt") or ""))
        elif given.get("embedtype") == "media" and "a" not in self._open:
            # A player would be another party's page inside the article, before the reader agreed to that. Readers get
            # its address; a front end that has asked them can make a player of what stands beside it.
            url = given.get("url") or ""
            if public_url(url, self._resources):
                self._parts.append(_embed_html(url, self._resources.embeds.get(url)))


def _image_html(image: ImageFacts, alt: str) -> str:
    kind = image.sources[-1].type if image.sources else ""
    files = [source for source in image.sources if source.type == kind]
    attributes: dict[str, str | int] = {"src": PLACEHOLDER, "alt": alt}
    if files:
        fitting = [file for file in files if file.width <= INLINE_IMAGE_WIDTH]
        shown = fitting[-1] if fitting else files[0]
        attributes |= {"src": shown.src, "width": shown.width, "height": shown.height}
    elif image.width and image.height:
        attributes |= {"width": image.width, "height": image.height}
    if len(files) > 1:
        attributes |= {"srcset": source_set(files), "sizes": INLINE_IMAGE_SIZES}
    if image.key:
        attributes["data-key"] = image.key
    return f"<img{_attributes(attributes)}>"


def _embed_html(url: str, embed: EmbedFacts | None) -> str:
    if embed is None:
        return f'<a href="{escape(url)}">{escape(url)}</a>'
    attributes: dict[str, str | int] = {"href": url}
    if embed.kind in EMBED_KINDS:
        attributes["data-embed"] = embed.kind
    if embed.provider:
        attributes["data-provider"] = embed.provider
    if embed.thumbnail_url.startswith("https://") and safe_href(embed.thumbnail_url):
        attributes["data-thumbnail"] = embed.thumbnail_url
    for name, value in (("width", embed.width), ("height", embed.height)):
        if value is not None and 0 < value <= EMBED_SIZE_MAX:
            attributes[f"data-{name}"] = value
    return f"<a{_attributes(attributes)}>{escape(embed.title or url, quote=False)}</a>"


def _attributes(given: Mapping[str, str | int]) -> str:
    return "".join(f' {name}="{escape(str(value))}"' for name, value in given.items())
