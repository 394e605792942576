"""Files of the site that may be linked to: documents that everybody may download."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from ...selectors.media import document_urls

if TYPE_CHECKING:
    from collections.abc import Iterable

SERVE = "wagtaildocs_serve"


def files_public(paths: Iterable[str]) -> set[str]:
    """Return those of *paths* at which the host serves a document that everybody may download. Two queries at most."""
    named: dict[str, int] = {}
    for path in paths:
        try:
            match = resolve(unquote(path))
        except Resolver404:
            continue
        if match.url_name == SERVE:
            named[path] = int([*match.args, *match.kwargs.values()][0])
    urls = document_urls(set(named.values()))
    return {
        path
        for path, pk in named.items()
        if unquote(urlsplit(urls.get(pk, "")).path) == unquote(path)
    }
