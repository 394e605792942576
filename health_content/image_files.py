"""Which files an image is delivered as: the names of Wagtail's renditions, and what their media types are."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
MODERN_FORMATS = ("avif", "webp")
"""Formats that a host may ask for besides the original's own; a browser takes the first it can read."""
# The original's own format, for readers that know no newer one. Some are not what a browser shows, or not what every
# browser does; a still GIF is smaller, and no poorer, as PNG.
FALLBACKS = {
    "avif": "jpeg",
    "bmp": "png",
    "gif": "png",
    "heic": "jpeg",
    "heif": "jpeg",
    "jfif": "jpeg",
    "jpeg": "jpeg",
    "jpg": "jpeg",
    "png": "png",
    "tif": "jpeg",
    "tiff": "jpeg",
    "webp": "webp",
}
SPEC = re.compile(r"width-[0-9]+\|format-([a-z]+)")
# Every specification of ours starts so.
SPEC_PREFIX = "width-"


def image_key(image_id: int, file_name: str) -> str:
    """Return what names the picture in the file *file_name* of the image: equal keys, equal pictures."""
    return hashlib.sha256(f"{image_id}/{file_name}".encode()).hexdigest()[:16]


def extension(file_name: str) -> str:
    """Return the ending of *file_name* in small letters, without its dot."""
    return file_name.rpartition(".")[2].lower()


def media_type(file_name: str) -> str:
    """Return the media type of the picture in the file *file_name*."""
    return MEDIA_TYPES.get(extension(file_name), "application/octet-stream")


def fallback_format(file_name: str) -> str:
    """Return the format that readers of no modern one get of the original *file_name*."""
    return FALLBACKS.get(extension(file_name), "png")


def rendition_specs(
    file_name: str, width: int, *, formats: Iterable[str], widths: Sequence[int]
) -> tuple[str, ...]:
    """Return the specifications of the renditions of an original that is *width* pixels wide, best format first.

    Of the ascending *widths* those narrower than the original, and the next one, which gives it as wide as it is:
    nothing is made larger.
    """
    fitting = [each for each in widths if each < width]
    fitting += [each for each in widths if each >= width][:1]
    fallback = fallback_format(file_name)
    chosen = [*(form for form in formats if form != fallback), fallback]
    return tuple(f"width-{each}|format-{form}" for form in chosen for each in fitting)


def spec_format(spec: str) -> str:
    """Return the format that the specification *spec* names, "" when it is none of ours."""
    found = SPEC.fullmatch(spec)
    return found[1] if found else ""
