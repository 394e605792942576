"""Which addresses a reply may link to, and the one way they are written.

`sanitize_url` is the only judge of a link in reader text: the Markdown reader asks it, bleach's attribute callable asks
it again on the decoded value, and the output invariant a third time. It accepts little, so that every parser of
addresses (Python, WHATWG, mail programs) reads the result the same way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

import idna

from .normalize import is_visible

MAX_URL_CHARACTERS = 1_000
"""Longer addresses are tracking or attacks; browsers and mail programs start to differ on them."""

MAX_HOST_CHARACTERS = 253
"""RFC 1035 section 2.3.4. Checked before IDNA, whose cost grows with the length of a label."""

_WEB_RE = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE)
_MAIL_RE = re.compile(r"mailto:([a-z0-9.!#$&*+/=_{|}~-]{1,64})@([^@]+)", re.IGNORECASE)
_AUTHORITY_RE = re.compile(r"([^:@\[\]\\%]+)(?::([0-9]{1,5}))?")
_HOST_RE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
_LONE_PERCENT_RE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT_IN_PATH = "/?#:@!$&()*+,;=~[]%-._"
_SCRIPTS_WRITTEN_WITH_LATIN = frozenset(
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
)
"""First words of Unicode names that may share a label with Latin: UTS 39 section 5.2, moderately restrictive."""


def sanitize_url(url_raw: str) -> str | None:
    """Return the canonical ASCII form of an http, https or mailto address, or None.

    None: any other or missing scheme, user information, a host that is an IP address, a single label or not valid
    IDNA 2008, a port outside 1..65535, a backslash, anything not printable, a mailto with header fields, more than
    `MAX_URL_CHARACTERS`. The result holds only URL characters other than quotes and angle brackets, and is a fixed
    point: `sanitize_url(result) == result`.
    """
    if len(url_raw) > MAX_URL_CHARACTERS:
        return None
    return _canonical(url_raw)


@lru_cache(maxsize=128)  # a reply asks four times about each of its addresses
def _canonical(url_raw: str) -> str | None:
    """Return what `sanitize_url` returns, for an address of bounded length."""
    if not url_raw.isprintable() or not is_visible(url_raw):
        return None
    if " " in url_raw or "\\" in url_raw:
        return None
    if match := _WEB_RE.fullmatch(url_raw):
        url = _web_url(*match.groups())
    elif match := _MAIL_RE.fullmatch(url_raw):
        host = _ascii_host(match[2])
        url = f"mailto:{match[1]}@{host}" if host else None
    else:
        return None
    # Percent-encoding makes an address longer, at most ninefold.
    return url if url and len(url) <= MAX_URL_CHARACTERS else None


def _web_url(scheme: str, authority: str, rest: str) -> str | None:
    """Return the canonical address of these three parts, or None when the authority is not a public host."""
    match = _AUTHORITY_RE.fullmatch(authority)
    host = _ascii_host(match[1]) if match else None
    if match is None or host is None:
        return None
    port = ""
    if match[2] is not None:
        if not 1 <= int(match[2]) <= 65_535:
            return None
        port = f":{int(match[2])}"
    path = quote(_LONE_PERCENT_RE.sub("%25", rest), safe=_KEPT_IN_PATH)
    return f"{scheme.lower()}://{host}{port}{path}"


def _ascii_host(host_raw: str) -> str | None:
    """Return a registered-name host in lower-case A-labels, or None."""
    if len(host_raw) > MAX_HOST_CHARACTERS:
        return None
    host = host_raw.lower()
    if not host.isascii() or "xn--" in host:
        try:
            unicode_host = idna.decode(host, uts46=True)
            host = idna.encode(unicode_host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return None
        if any(_mixes_scripts(label) for label in unicode_host.split(".")):
            return None
    if len(host) > MAX_HOST_CHARACTERS or _HOST_RE.fullmatch(host) is None:
        return None
    return host


def _mixes_scripts(label: str) -> bool:
    """Tell whether a label writes Latin letters beside another alphabet, the usual form of a look-alike host."""
    scripts = {
        unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()
    }
    return "LATIN" in scripts and not scripts <= _SCRIPTS_WRITTEN_WITH_LATIN
