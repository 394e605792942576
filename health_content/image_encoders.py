"""Which formats the installed libraries can write."""

from __future__ import annotations

from functools import cache

from PIL import Image

from .conf import get_conf


@cache
def can_encode(image_format: str) -> bool:
    """Return whether Pillow can write *image_format*, by itself or by a plugin that registered with it."""
    Image.init()
    return image_format.upper() in Image.SAVE


def formats_made() -> tuple[str, ...]:
    """Return the modern formats that the setting names and that can be written here, in its order."""
    return tuple(form for form in get_conf().image_formats if can_encode(form))
