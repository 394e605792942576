"""Files of the site that may be linked to: documents that everybody may download."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ...selectors.media import document_urls
from ...selectors.typed import file_at

if TYPE_CHECKING:
    from collections.abc import Iterable


def files_public(paths: Iterable[str]) -> set[str]:
    """Return those of *paths* at which the host serves a document that everybody may download. Two queries at most."""
    named = {path: pk for path in paths if (pk := file_at(path)) is not None}
    urls = document_urls(set(named.values()))
    return {
        path
        for path, pk in named.items()
        if unquote(urlsplit(urls.get(pk, "")).path) == unquote(path)
    }
