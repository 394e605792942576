"""Paths as keys: one key for every way to write a path."""

from __future__ import annotations

import hashlib
import unicodedata
from urllib.parse import unquote


def path_key(path: str) -> str:
    """Return the key by which a site-relative *path* is looked up, whatever its escapes and its closing slash.

    A hash, because no database indexes texts of any length.
    """
    plain = unicodedata.normalize("NFC", unquote(path)).rstrip("/") or "/"
    data = plain.encode("utf-8", "surrogatepass")
    return hashlib.blake2s(data, digest_size=16).hexdigest()
