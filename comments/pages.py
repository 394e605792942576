"""What this part asks of a page; pages answer by duck typing, so that any page can have replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conf import get_conf
from .models import ThreadMode

if TYPE_CHECKING:
    from wagtail.models import AbstractPage


def has_mode(page: AbstractPage) -> bool:
    """Return whether *page*, in its specific class, says itself what readers may do."""
    return getattr(page, "replies_mode", None) in ThreadMode.values


def page_mode(page: AbstractPage) -> str:
    """Return the mode that *page*, in its specific class, asks for; the site's default if it asks for none."""
    mode: str = page.replies_mode if has_mode(page) else get_conf().default_mode
    return mode
