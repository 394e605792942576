"""The addresses that editors type as the target of a redirect: what a client can follow, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..hosts import parse_host

# Control characters, spaces, and the backslash, which browsers read as a slash (WHATWG URL, "special scheme").
_UNUSABLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a link leads."""

    text: str
    """What a client follows: an absolute URL, or a path on the same site."""
    host: str
    """In the one spelling of `hosts.Host.name`; empty for a path on the same site."""
    port: int
    """0 for a path on the same site."""
    has_scheme: bool
    """Whoever typed it said by which scheme."""
    path: str
    query: str
    fragment: str

    @property
    def resource(self) -> str:
        """All but the scheme and the host."""
        query = f"?{self.query}" if self.query else ""
        return self.path + query + (f"#{self.fragment}" if self.fragment else "")


def read_link(link_raw: str) -> Link | None:
    """Return what *link_raw* leads to by http or https, None when no client should follow it.

    A link that begins with two slashes leads to a host, by https: a client that has no page to start from could not tell
    how. One that is relative to the page, such as `part/` or `#part`, leads nowhere: the page is what is not there.
    """
    if _UNUSABLE.search(link_raw) or link_raw.startswith("///"):
        return None
    is_path = link_raw.startswith("/") and not link_raw.startswith("//")
    text = f"https:{link_raw}" if link_raw.startswith("//") else link_raw
    try:
        parts = urlsplit(text)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if not is_path and (not port or not parts.hostname or "%" in parts.netloc):
        return None
    return Link(
        text=text,
        host=parse_host(parts.hostname or "").name,
        port=port,
        has_scheme=text == link_raw and not is_path,
        path=parts.path or "/",
        query=parts.query,
        fragment=parts.fragment,
    )
