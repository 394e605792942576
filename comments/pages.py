"""What this part asks of a page; pages answer by duck typing, so that any page can have replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conf import get_conf
from .models import ThreadMode

if TYPE_CHECKING:
    from wagtail.models import AbstractPage


def page_mode(page: AbstractPage) -> str:
    """Return the mode that *page*, in its specific class, asks for; the site's default if it asks for none."""
    mode = getattr(page, "replies_mode", None)
    return mode if mode in ThreadMode.values else get_conf().default_mode
