"""HTML that was published before, read again: only its links that lead somewhere public today, and no pictures."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from .document_facts import Resources
from .document_html import expand_html

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING = Resources()
# As `expand_html` writes them: attributes double-quoted and escaped, one link never in another.
_LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_HREF = re.compile(r' href="([^"]*)"')


def find_hrefs(html: str) -> frozenset[str]:
    """Return where the links of *html* lead."""
    links = _LINK.findall(expand_html(html, NOTHING))
    return frozenset(_href(attributes) for attributes, _text in links)


def republish_html(html: str, may_follow: Callable[[str], bool]) -> str:
    """Return *html* with the links that *may_follow* admits; of the others, the text. Pictures are left out."""

    def replaced(found: re.Match[str]) -> str:
        return found[0] if may_follow(_href(found[1])) else found[2]

    return _LINK.sub(replaced, expand_html(html, NOTHING))


def _href(attributes: str) -> str:
    found = _HREF.search(attributes)
    return unescape(found[1]) if found else ""
