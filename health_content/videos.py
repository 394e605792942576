"""Videos of other parties: which hosts a site allows, and whether there is a video at an address."""

from __future__ import annotations

from django.apps import apps
from wagtail.embeds.exceptions import EmbedException
from wagtail.embeds.finders import get_finders

from .web_addresses import safe_href


def is_allowed(url: str) -> bool:
    """Return whether a finder of the site takes *url* (Wagtail's `WAGTAILEMBEDS_FINDERS`). Nobody is asked."""
    is_safe = safe_href(url) is not None
    return is_safe and any(finder.accept(url) for finder in get_finders())


def video_is_there(url: str) -> bool:
    """Return whether the provider knows the video at *url*, and keep what it says of it.

    Asks the provider only when Wagtail has nothing stored. True where Wagtail stores nothing.
    """
    if not apps.is_installed("wagtail.embeds"):
        return True
    # Its models are there only when it is installed.
    from wagtail.embeds.embeds import get_embed

    try:
        get_embed(url)
    except EmbedException:
        return False
    return True
