"""The inline half of the small Markdown: emphasis, code, links, addresses, line breaks.

Input is one paragraph's text; output is HTML made of `strong`, `em`, `code`, `a`, `br` and escaped text. Everything a
reader types as HTML is text. One pass over the text, a stack for brackets and a stack for emphasis whose searches are
bounded by what already failed (CommonMark 0.31 appendix, "openers_bottom"), so the cost is linear in the length.

Differences from CommonMark, on purpose: character references are text; reference links and images are off (an image
leaves its alternative text); a line end is a line break; a bare http(s) address becomes a link.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from .url_gate import MAX_URL_CHARACTERS, sanitize_url

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LINKS = 20
"""Links in one reply. People who help cite two or three; more is advertising, and every link costs a check."""

_TOKEN_RE = re.compile(
    r"""
    (?=[\\`<!\[\]*_h\n])  # one look rejects most characters: four times faster
    (?:
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<code>`+)
    | <(?P<angle>https?://[^\s<>]*)>
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<run>\*+|_+)
    | (?P<bare>(?<![A-Za-z0-9])https?://[^\s<>"\[\]`\\^{|}]+)
    | (?P<newline>\n)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DESTINATION_RE = re.compile(
    r"""
    \(\s*+
    (?: <(?P<angle>(?:[^<>\n\\]|\\.)*+)>
      | (?P<bare>(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+) )
    (?:\s++(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+
    \s*+\)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE_RE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ADDRESS_TAIL = frozenset("?!.,:;*_~'")
"""Characters at the end of a bare address that belong to the sentence (GFM section 6.9)."""


class MarkupBudgetError(Exception):
    """A reply asks for more markup than is rendered; it is kept as escaped text."""

    def __init__(self, reason: str) -> None:
        """Keep the stable reason code, one of `comments.sanitize.FALLBACK_REASONS`."""
        super().__init__(reason)
        self.reason = reason


class _Run:
    """A run of `*` or `_` and the tags that pairing has made of it."""

    __slots__ = ("can_close", "can_open", "char", "closes", "count", "length", "opens")

    def __init__(self, text: str, *, can_open: bool, can_close: bool) -> None:
        self.char = text[0]
        self.length = self.count = len(text)
        self.can_open = can_open
        self.can_close = can_close
        self.opens = ""
        self.closes = ""

    def html(self) -> str:
        """Return closing tags, the characters no pair used, opening tags."""
        return f"{self.closes}{self.char * self.count}{self.opens}"

    def fits(self, closer: _Run) -> bool:
        """Tell whether this run may open what *closer* closes (CommonMark rules 9 and 10)."""
        if self.char != closer.char:
            return False
        if not (self.can_close or closer.can_open):
            return True
        both_thirds = self.length % 3 == 0 and closer.length % 3 == 0
        return both_thirds or (self.length + closer.length) % 3 != 0


class _Address:
    """A bare address: a link unless it stands inside one."""

    __slots__ = ("text", "url")

    def __init__(self, *, text: str, url: str) -> None:
        self.text = text
        self.url = url

    def html(self) -> str:
        """Return the link."""
        return f'<a href="{escape_text(self.url)}">{escape_text(self.text)}</a>'


class _Bracket:
    """An open `[` or `![`: where it stands among the nodes and the runs."""

    __slots__ = ("end", "is_active", "is_image", "node", "run")

    def __init__(self, *, node: int, run: int, end: int, is_image: bool) -> None:
        self.node = node
        self.run = run
        self.end = end
        self.is_image = is_image
        self.is_active = True


class LinkCounter:
    """How many links a whole reply has made so far."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0

    def add(self) -> None:
        """Count one more link.

        Raises:
            MarkupBudgetError: it is one too many.
        """
        self.count += 1
        if self.count > MAX_LINKS:
            raise MarkupBudgetError("markup.too_many_links")


def escape_text(text: str) -> str:
    """Return *text* with the characters that could begin markup escaped.

    `>` stays: it begins nothing, and bleach spends 20 microseconds on each reference. nh3 writes it as `&gt;`.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")


def inline_html(text: str, links: LinkCounter) -> str:
    """Return the HTML of one paragraph's *text*, counting its links in *links*.

    Raises:
        MarkupBudgetError: too many links in the reply so far, or an address that is too long.
    """
    return _Inline(text, links).html()


class _Inline:
    """One paragraph while it is read."""

    def __init__(self, text: str, links: LinkCounter) -> None:
        self.text = text
        self.links = links
        self.nodes: list[str | _Run | _Address] = []
        self.runs: list[_Run] = []
        self.brackets: list[_Bracket] = []
        self.backticks: dict[int, list[int]] | None = None

    def html(self) -> str:
        """Read the text once and return its HTML."""
        readers: dict[str, Callable[[re.Match[str]], int]] = {
            "escaped": self._escaped,
            "code": self._code,
            "angle": self._address,
            "open": self._open,
            "close": self._close,
            "run": self._run,
            "bare": self._address,
            "newline": self._newline,
        }
        position = 0
        while match := _TOKEN_RE.search(self.text, position):
            self.nodes.append(escape_text(self.text[position : match.start()]))
            position = readers[str(match.lastgroup)](match)
        self.nodes.append(escape_text(self.text[position:]))
        _pair(self.runs)
        return "".join(
            node if isinstance(node, str) else node.html() for node in self.nodes
        )

    def _escaped(self, match: re.Match[str]) -> int:
        self.nodes.append(escape_text(match["escaped"]))
        return match.end()

    def _newline(self, match: re.Match[str]) -> int:
        self.nodes.append("<br>")
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        """Read a code span, or leave the backticks as text when no run of the same length follows."""
        if self.backticks is None:
            self.backticks = defaultdict(list)
            for run in re.finditer("`+", self.text):
                self.backticks[len(run[0])].append(run.start())
        length = len(match["code"])
        starts = self.backticks.get(length, [])
        index = bisect_left(starts, match.end())
        if index == len(starts):
            self.nodes.append(match["code"])
            return match.end()
        code = self.text[match.end() : starts[index]].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        self.nodes.append(f"<code>{escape_text(code)}</code>")
        return starts[index] + length

    def _address(self, match: re.Match[str]) -> int:
        """Link an address typed as it is; leave one that the gate refuses as text."""
        is_bare = match.lastgroup == "bare"
        text = _without_tail(match["bare"]) if is_bare else match["angle"]
        _check_length(text)
        # A host beyond ASCII may look like another one: it is linked only when the reader writes a link.
        host = text.split("/", 3)[2]
        url = sanitize_url(text) if host.isascii() else None
        if url:
            self.links.add()
            self.nodes.append(_Address(text=text, url=url))
        else:
            self.nodes.append(escape_text(text if is_bare else match[0]))
        return match.start() + len(text) if is_bare else match.end()

    def _open(self, match: re.Match[str]) -> int:
        self.brackets.append(
            _Bracket(
                node=len(self.nodes),
                run=len(self.runs),
                end=match.end(),
                is_image=match["open"] == "![",
            )
        )
        self.nodes.append(match["open"])
        return match.end()

    def _close(self, match: re.Match[str]) -> int:
        """Read the end of a link or an image, or leave the bracket as text."""
        bracket = self.brackets.pop() if self.brackets else None
        target = _DESTINATION_RE.match(self.text, match.end()) if bracket else None
        is_blank = bracket and not self.text[bracket.end : match.start()].strip()
        if bracket is None or target is None or is_blank or not bracket.is_active:
            self.nodes.append("]")
            return match.end()
        if bracket.is_image:
            self.nodes[bracket.node] = ""
        else:
            angle = target["angle"]
            self._link(bracket, target["bare"] if angle is None else angle)
        return target.end()

    def _link(self, bracket: _Bracket, destination_raw: str) -> None:
        """Wrap what stands since *bracket* in a link; when the gate refuses it, the text stays bare."""
        destination = _ESCAPE_RE.sub(r"\1", destination_raw)
        _check_length(destination)
        _pair(self.runs[bracket.run :])
        del self.runs[bracket.run :]
        url = sanitize_url(destination)
        self.nodes[bracket.node] = f'<a href="{escape_text(url)}">' if url else ""
        if url is None:
            return
        self.links.add()
        for index in range(bracket.node + 1, len(self.nodes)):
            node = self.nodes[index]
            if isinstance(node, _Address):
                self.nodes[index] = escape_text(node.text)
        self.nodes.append("</a>")
        for outer in self.brackets:
            outer.is_active = outer.is_image and outer.is_active

    def _run(self, match: re.Match[str]) -> int:
        """Note a run of emphasis characters and what it may open and close."""
        before = self.text[match.start() - 1] if match.start() else "\n"
        after = self.text[match.end()] if match.end() < len(self.text) else "\n"
        run = _flanking(match["run"], before=before, after=after)
        self.nodes.append(run)
        self.runs.append(run)
        return match.end()


def _flanking(text: str, *, before: str, after: str) -> _Run:
    """Return the run with what it may open and close (CommonMark section 6.2)."""
    left = not after.isspace() and (
        not _is_punctuation(after) or before.isspace() or _is_punctuation(before)
    )
    right = not before.isspace() and (
        not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
    )
    if text[0] == "*":
        return _Run(text, can_open=left, can_close=right)
    return _Run(
        text,
        can_open=left and (not right or _is_punctuation(before)),
        can_close=right and (not left or _is_punctuation(after)),
    )


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _pair(runs: list[_Run]) -> None:
    """Match closers with openers, innermost first; what stays unmatched is text."""
    openers: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        while run.can_close and run.count:
            key = (run.char, run.can_open, run.length % 3)
            index = len(openers) - 1
            bottom = bottoms.get(key, 0)
            while index >= bottom and not openers[index].fits(run):
                index -= 1
            if index < bottom:
                bottoms[key] = len(openers)
                break
            opener = openers[index]
            _join(opener, run)
            del openers[index + 1 if opener.count else index :]
            for other in bottoms:
                bottoms[other] = min(bottoms[other], len(openers))
        if run.can_open and run.count:
            openers.append(run)


def _join(opener: _Run, closer: _Run) -> None:
    """Use up two characters of each run for strong, or one for emphasis."""
    width = 2 if opener.count >= 2 and closer.count >= 2 else 1
    tag = "strong" if width == 2 else "em"
    opener.count -= width
    closer.count -= width
    opener.opens = f"<{tag}>{opener.opens}"
    closer.closes = f"{closer.closes}</{tag}>"


def _without_tail(address: str) -> str:
    """Return *address* without the punctuation of the sentence around it."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while address[end - 1] in _ADDRESS_TAIL or (
        address[end - 1] == ")" and surplus > 0
    ):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _check_length(address: str) -> None:
    if len(address) > MAX_URL_CHARACTERS:
        raise MarkupBudgetError("markup.url_too_long")
