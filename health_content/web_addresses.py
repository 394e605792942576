"""Addresses that somebody typed: which may be followed, what they name on a site of ours, and what readers get of them.

A browser reads more spellings as one address than a look-up does; what is to be hidden must be found by all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from .document_facts import Resources

# RFC 3986 schemes an editor's link may have; a link without one is relative.
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# WHATWG URL, "special scheme": slashes after it may be missing, doubled or backslashes. Only the web's are links here.
_WEB = re.compile(r"(https?):([/\\]*)(.*)", re.IGNORECASE | re.DOTALL)
# What a scheme implies, and what sites are named without.
_STANDARD_PORT = re.compile(r":(?:80|443)?$")


def safe_href(href: str) -> str | None:
    """Return *href* when a reader may follow it, else `None`.

    Browsers ignore control characters and spaces inside a scheme (WHATWG URL, "remove all ASCII tab or newline"),
    hence any of them refuses the link.
    """
    if any(ord(char) < 33 or ord(char) == 127 for char in href) or not href:
        return None
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return None
    if scheme:
        return href if scheme.lower() in LINK_SCHEMES else None
    return None if ":" in href.split("/", 1)[0].split("#", 1)[0] else href


def may_be_ours(href: str) -> bool:
    """Return whether a typed address may be that of something of ours: a path of any spelling, or one of the web."""
    if href.startswith(("#", "?")) or safe_href(href) is None:
        return False
    scheme = urlsplit(href).scheme.lower()
    return scheme in {"", "http", "https"}


def with_suffix(target: str, href: str) -> str:
    """Return *target* with the query and the fragment of *href*, which was typed for the same page."""
    path = re.split(r"[?#]", href, maxsplit=1)[0]
    return target + href.removeprefix(path)


def read_place(href: str, base: str = "/") -> tuple[str, str]:
    """Return the host and the path that a browser follows from *href*, typed on a page at the path *base*.

    The host is "" for that of the page itself. Empty segments go as well: a browser keeps them, many a server does not.
    """
    address = re.split(r"[?#]", href, maxsplit=1)[0].replace("\\", "/")
    web = _WEB.match(address)
    if web and web[2]:
        # One slash after the scheme of the page leads to a path of the same host; after another one, to a host.
        return _host_and_path(web[3]) if len(web[2]) > 1 else ("", _clean("/" + web[3]))
    if web:
        address = web[3]
    elif address.startswith("//"):
        return _host_and_path(address.lstrip("/"))
    if not address.startswith("/"):
        address = base.rpartition("/")[0] + "/" + address
    return "", _clean(address)


def public_href(href: str, resources: Resources) -> str | None:
    """Return where a typed link leads: to a page or file of ours only where it is public, by its present address."""
    if href in resources.addresses:
        target = resources.pages.get(resources.addresses[href])
    elif href in resources.files:
        target = resources.documents.get(resources.files[href])
    else:
        return safe_href(href)
    return None if target is None else with_suffix(target, href)


def public_url(url: str, resources: Resources) -> str | None:
    """Return *url* as it was typed, None when nobody should follow it or it leads to what is hidden."""
    return None if public_href(url, resources) is None else safe_href(url)


def _host_and_path(rest: str) -> tuple[str, str]:
    authority, _, path = rest.partition("/")
    host = unquote(authority.rpartition("@")[2]).lower()
    name = _STANDARD_PORT.sub("", host)
    return name.rstrip("."), _clean("/" + path)


def _clean(path: str) -> str:
    """Return *path* without empty segments and those of dots, escaped or not."""
    kept: list[str] = []
    last = ""
    for last in path.split("/"):
        plain = unquote(last)
        if plain == "..":
            del kept[-1:]
        elif plain not in {"", "."}:
            kept.append(last)
    is_folder = unquote(last) in {"", ".", ".."}
    return "/" + "/".join(kept) + ("/" if is_folder and kept else "")
