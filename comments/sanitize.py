"""Reader text becomes HTML here and nowhere else.

`render_reply` runs the whole pipeline: normalize, budget, small Markdown, bleach (html5lib's parser) with our own
address gate and link filter, nh3 (html5ever's parser) with the same allow-list, and an invariant on the result. What
fails closed: a text over the budgets or a result outside the invariant is kept as escaped text, and the reply has to be
held for the reason given. Nothing is half-cleaned.

Decisions: docs/adr/0006-two-sanitizers-in-series.md, docs/adr/0010-a-small-markdown-of-our-own.md.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from html import unescape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import bleach
import nh3
from bleach.html5lib_shim import Filter

from .errors import ReplyTooLong
from .markdown import MAX_DEPTH, MAX_TAGS, markdown_html
from .markdown_inline import MAX_LINKS, MarkupBudgetError
from .normalize import normalize_text
from .url_gate import MAX_URL_CHARACTERS, sanitize_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ALLOWED_TAGS",
    "FALLBACK_REASONS",
    "LINK_REL",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_LINKS",
    "MAX_TAGS",
    "MAX_URL_CHARACTERS",
    "RENDERER_VERSION",
    "Rendered",
    "render_reply",
    "sanitize_html",
    "sanitize_url",
]

RENDERER_VERSION: Final = f"1/bleach-{version('bleach')}/nh3-{version('nh3')}"
"""What made a stored HTML. The first number changes with this part's own rules; then every reply is rendered again."""

MAX_CHARACTERS: Final = 5_000
"""Of a reply, after normalization: about 800 words, four times the longest reply that people read."""

MAX_RAW_CHARACTERS: Final = 20_000
"""Longer input is refused before it is even normalized, which takes about a microsecond a character."""

MAX_LESS_THAN: Final = 250
MAX_AMPERSANDS: Final = 500
"""Each becomes a character reference, on which bleach spends about 20 microseconds."""

FALLBACK_REASONS: Final = (
    "markup.too_many_angles",
    "markup.too_many_ampersands",
    "markup.too_many_links",
    "markup.too_many_tags",
    "markup.too_deep",
    "markup.url_too_long",
    "markup.not_canonical",
)
"""Why a reply is kept as escaped text. `not_canonical` means the output invariant failed: that is a bug or an attack."""

LINK_REL: Final = "nofollow ugc noopener noreferrer"
"""On every link: `nofollow ugc` takes the reward from spam (Google Search Central, "Qualify your outbound links");
`noopener` keeps the page out of reach; `noreferrer` keeps the address of a page about somebody's illness private."""

_INLINE: Final = frozenset({"strong", "em", "code", "a", "br"})
_BLOCK: Final = frozenset({"p", "pre", "blockquote", "ul", "ol"})
_CONTENT: Final[Mapping[str, frozenset[str]]] = {
    "": _BLOCK,
    "p": _INLINE,
    "pre": frozenset({"code"}),
    "code": frozenset(),
    "blockquote": _BLOCK,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": _BLOCK | _INLINE,
    "strong": _INLINE,
    "em": _INLINE,
    "a": _INLINE - {"a"},
}
"""Which elements may stand directly in which; "" is the reply itself."""

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_TEXT_PARENTS: Final = frozenset({"p", "code", "li", "strong", "em", "a"})

ALLOWED_TAGS: Final = frozenset(_CONTENT) - {""} | {"br"}
"""Every element a reply can hold. The only attributes are `href` and `rel`, on `a`."""

_STARTS = "|".join(sorted(ALLOWED_TAGS - {"a"}))
_ENDS = "|".join(sorted(ALLOWED_TAGS - {"br"}))
_TAG_RE = re.compile(
    rf'<(?:(?P<start>{_STARTS})|a href="(?P<href>[^"<>]*)" rel="{LINK_REL}"|/(?P<end>{_ENDS}))>'
)
_TEXT_RE = re.compile(r"(?:[^<>&\xa0]|&(?:amp|lt|gt|nbsp);)*+")
_BREAK_RE = re.compile(r"(<br>|<li>)|(</?(?:p|pre|blockquote|ul|ol)>)|<[^>]*>")
_BLANK_LINES_RE = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A reply as it is stored and shown."""

    html: str
    """Safe HTML, byte for byte what a browser's `innerHTML` gives back. Empty when there is nothing to show."""
    text: str
    """The same content as plain text, for mails, feeds and checks. Not HTML: escape it wherever it is shown."""
    version: str
    """`RENDERER_VERSION` of the pipeline that made this."""
    is_fallback: bool
    """The source is shown as escaped text, and the reply has to wait for a moderator."""
    reasons: tuple[str, ...]
    """Why, from `FALLBACK_REASONS`; empty when nothing fell back."""


def render_reply(source_raw: str) -> Rendered:
    """Return what a reader typed as safe HTML and as plain text.

    HTML typed by the reader is shown as typed, never kept as HTML. A link that the gate refuses leaves its text.

    Raises:
        ReplyTooLong: more than `MAX_CHARACTERS` after normalization, or `MAX_RAW_CHARACTERS` before.

    Cost: linear; any 5,000 characters stay under 100 ms (benchmarks/sanitize.py). Safe to call from several threads.
    """
    if len(source_raw) > MAX_RAW_CHARACTERS:
        raise ReplyTooLong(length=len(source_raw), limit=MAX_CHARACTERS)
    source = normalize_text(source_raw)
    if len(source) > MAX_CHARACTERS:
        raise ReplyTooLong(length=len(source), limit=MAX_CHARACTERS)
    try:
        html = _rendered_html(source)
    except MarkupBudgetError as error:
        return _rendered(_escaped_html(source), reasons=(error.reason,))
    return _rendered(html)


def sanitize_html(html_raw: str) -> str:
    """Return *html_raw* with nothing but allowed elements and links, parsed and written by two sanitizers in turn.

    A fixed point on everything `render_reply` returns. It has no budget of its own: `render_reply` bounds what it is
    given, and no other caller may pass reader text.
    """
    return _sanitizers.nh3.clean(_sanitizers.bleach.clean(html_raw))


def _rendered_html(source: str) -> str:
    """Return the HTML of a normalized source.

    Raises:
        MarkupBudgetError: it has to be shown as escaped text.
    """
    if source.count("<") > MAX_LESS_THAN:
        raise MarkupBudgetError("markup.too_many_angles")
    if source.count("&") > MAX_AMPERSANDS:
        raise MarkupBudgetError("markup.too_many_ampersands")
    html = sanitize_html(markdown_html(source))
    if not _is_canonical(html):
        raise MarkupBudgetError("markup.not_canonical")
    return html


def _rendered(html: str, *, reasons: tuple[str, ...] = ()) -> Rendered:
    return Rendered(
        html=html,
        text=_plain_text(html),
        version=RENDERER_VERSION,
        is_fallback=bool(reasons),
        reasons=reasons,
    )


def _escaped_html(source: str) -> str:
    """Return *source* as one paragraph of escaped text; linear, and without bleach, whose cost grows with references."""
    escaped = source.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return _sanitizers.nh3.clean(f"<p>{escaped}</p>")


def _plain_text(html: str) -> str:
    """Return the text of HTML that this module wrote: blocks apart by a blank line, items by a line end."""
    spaced = _BREAK_RE.sub(
        lambda match: "\n" if match[1] else "\n\n" if match[2] else "", html
    )
    return _BLANK_LINES_RE.sub("\n\n", unescape(spaced)).strip()


def _is_canonical(html: str) -> bool:
    """Tell whether *html* is well-formed and written exactly as this module writes it.

    Every `<` begins one allowed tag in its one form, elements nest as `_CONTENT` says and at most `MAX_DEPTH` deep,
    every `&` begins one of four references, every address passes the gate unchanged. Any HTML parser then builds the
    same tree from it.
    """
    stack = [""]
    position = 0
    while position < len(html):
        text = _TEXT_RE.match(html, position)
        if text and text.end() > position:
            if stack[-1] not in _TEXT_PARENTS:
                return False
            position = text.end()
            continue
        tag = _TAG_RE.match(html, position)
        if tag is None or not _is_nested(tag, stack):
            return False
        position = tag.end()
    return stack == [""]


def _is_nested(tag: re.Match[str], stack: list[str]) -> bool:
    """Tell whether *tag* may stand at this point, and keep the *stack* of open elements."""
    if tag["end"]:
        return stack.pop() == tag["end"]
    name = tag["start"] or "a"
    if name not in _CONTENT[stack[-1]]:
        return False
    if name == "a" and sanitize_url(unescape(tag["href"])) != unescape(tag["href"]):
        return False
    if name != "br":
        stack.append(name)
    return len(stack) <= MAX_DEPTH + 1


def _is_allowed_attribute(tag: str, name: str, value: str) -> bool:
    """Tell bleach whether to keep an attribute; *value* still holds its character references."""
    return (tag, name) == ("a", "href") and sanitize_url(unescape(value)) is not None


class _LinkFilter(Filter):
    """Writes each link's address and `rel` in their one form, and unwraps a link without an address.

    Linear, unlike bleach's LinkifyFilter. Bare addresses became links in `markdown_inline`, where code and links are
    known.
    """

    def __iter__(self) -> Iterator[dict[str, Any]]:
        is_link: list[bool] = []
        for token in super().__iter__():
            # A character reference has a name too: "&a;" is an Entity token named "a".
            if token.get("name") != "a" or token["type"] == "Entity":
                yield token
            elif token["type"] == "EndTag":
                if is_link.pop():
                    yield token
            else:
                url = sanitize_url(unescape(token["data"].get((None, "href"), "")))
                is_link.append(url is not None)
                if url is not None:
                    href = url.replace("&", "&amp;")
                    token["data"] = {(None, "href"): href, (None, "rel"): LINK_REL}
                    yield token


class _Sanitizers(threading.local):
    """One pair of sanitizers for each thread.

    A bleach cleaner's parser holds the document it works on: shared by threads, one reader's text comes out as
    another's. nh3's cleaner costs more to build than to run.
    """

    def __init__(self) -> None:
        self.bleach = bleach.Cleaner(
            tags=ALLOWED_TAGS,
            attributes=_is_allowed_attribute,
            # bleach's own check reads `localhost:` and `javascript:1` as host and port; ours has answered before.
            protocols=_SCHEMES,
            strip=True,
            strip_comments=True,
            filters=[_LinkFilter],
        )
        self.nh3 = nh3.Cleaner(
            tags=set(ALLOWED_TAGS),
            # Without the "*" entry, nh3 lets `title` and `lang` pass on every element.
            attributes={"*": set(), "a": {"href", "rel"}},
            url_schemes=set(_SCHEMES),
            link_rel=None,
            strip_comments=True,
        )


_sanitizers = _Sanitizers()
