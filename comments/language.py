"""In which language the words around a thread are said: its page's, whatever the reader's browser asks for."""

from __future__ import annotations

from django.utils import translation

from .selectors import page_language


def thread_language(page_id: int) -> str | None:
    """Return the language of the page among those the site's frame speaks, None if it is not one. One query."""
    try:
        return translation.get_supported_language_variant(page_language(page_id))
    except LookupError:
        return None
