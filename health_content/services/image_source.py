"""An original, read once, into what all its files are made of: upright, in sRGB, no wider than the widest of them."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image, ImageCms, ImageOps

from ..errors import ImageUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

# It lives in memory for a moment: size does not matter, time does.
PNG_LEVEL = 1
# An iPhone's photographs (MPO) and scans (TIFF) have several pictures as well, and do not move.
MOVING_FORMATS = frozenset({"AVIF", "GIF", "PNG", "WEBP"})
# Modes that can be made smaller without a loss; the others become RGB first.
SMOOTH_MODES = frozenset({"CMYK", "L", "LA", "RGB", "RGBA", "YCbCr"})


def image_source(original: BinaryIO, *, width: int, pixels_max: int) -> BytesIO | None:
    """Return the picture in *original* as PNG, at most *width* pixels wide; None when it moves.

    Nothing of the camera's notes is left, such as the place where a photograph was taken. Memory: the decoded original,
    of *pixels_max* pixels at most, and one copy of it.

    Raises:
        ImageUnreadable: it is no picture, is broken, or has more than *pixels_max* pixels.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns below the limit that is checked here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(original) as picture:
                return _read(picture, width=width, pixels_max=pixels_max)
    except ImageUnreadable:
        raise
    # What decoders raise on broken files is no family: OSError, SyntaxError, ValueError, struct.error and more.
    except Exception as error:
        raise ImageUnreadable(f"cannot be read: {error}") from error


def _read(picture: Picture, *, width: int, pixels_max: int) -> BytesIO | None:
    if picture.width * picture.height > pixels_max:
        raise ImageUnreadable(
            f"has {picture.width} by {picture.height} pixels, {pixels_max} are allowed"
        )
    if getattr(picture, "is_animated", False) and picture.format in MOVING_FORMATS:
        return None
    # A JPEG file can be read at a fraction of its size. Twice the width, whichever side that is, loses nothing.
    share = min(1.0, 2 * width / min(picture.size))
    picture.draft(None, (round(picture.width * share), round(picture.height * share)))
    shown = ImageOps.exif_transpose(picture)
    if shown.mode not in SMOOTH_MODES:
        shown = _in_rgb(shown)
    if shown.width > width:
        height = max(1, round(shown.height * width / shown.width))
        shown = shown.resize((width, height), Image.Resampling.LANCZOS)
    return _as_png(_in_srgb(shown))


def _in_srgb(picture: Picture) -> Picture:
    """Return *picture* in RGB, with its transparency, its colors those of its profile."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            done = None  # A profile that is none.
        if done is not None:
            return done
    return _in_rgb(picture)


def _in_rgb(picture: Picture) -> Picture:
    if picture.mode.startswith("I;16"):
        # 16 bits a pixel: the upper eight.
        return (
            picture.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
        )
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _as_png(picture: Picture) -> BytesIO:
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)  # The pixels alone.
    data = BytesIO()
    clean.save(data, "PNG", compress_level=PNG_LEVEL)
    data.seek(0)
    return data
