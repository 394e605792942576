"""An original becomes a clean picture, whatever the camera, the printer or an attacker made of it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from health_content.errors import ImageUnreadable
from health_content.services.image_source import image_source

PIXELS = 1_000_000


def saved(picture: Image.Image, form: str, **options: Any) -> BytesIO:
    data = BytesIO()
    picture.save(data, form, **options)
    data.seek(0)
    return data


def source(original: BytesIO, width: int = 100) -> Image.Image:
    made = image_source(original, width=width, pixels_max=PIXELS)
    assert made is not None
    return Image.open(made)


def test_a_picture_is_no_wider_than_asked_for_and_never_larger_than_it_was() -> None:
    picture = Image.new("RGB", (300, 150), "teal")

    assert source(saved(picture, "PNG")).size == (100, 50)
    assert source(saved(picture, "PNG"), 500).size == (300, 150)
    assert source(saved(Image.new("RGB", (900, 1)), "PNG")).size == (100, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright(orientation: int) -> None:
    """EXIF orientations 5 to 8 lie on their side; the corner that the camera says is up is red."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = Image.new("RGB", (160, 80), "white")
    upright.paste("red", (0, 0, 40, 40))
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    for step in undo.get(orientation, []):
        upright = upright.transpose(step)

    made = source(saved(upright, "JPEG", exif=exif, quality=95))

    assert made.size == (100, 50)
    red, green, _blue = made.getpixel((5, 5))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)


def test_nothing_says_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (IFDRational(48), IFDRational(51), IFDRational(30))
    original = saved(Image.new("RGB", (50, 50)), "JPEG", exif=exif, comment=b"home")
    assert b"Camera" in original.getvalue()

    made = image_source(original, width=100, pixels_max=PIXELS)

    assert made is not None
    assert b"Camera" not in made.getvalue()
    assert not Image.open(made).getexif()
    assert set(Image.open(made).info) == set()


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize("with_profile", [False, True])
def test_print_colors_become_screen_colors(form: str, with_profile: bool) -> None:
    red = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    # What is no profile is as if there were none.
    options = {"icc_profile": b"no profile"} if with_profile else {}

    made = source(saved(red, form, **options))

    assert made.mode == "RGB"
    assert made.getpixel((10, 10))[0] > 200  # type: ignore[index]
    assert made.getpixel((10, 10))[1] < 60  # type: ignore[index]


def test_a_profile_is_applied_and_left_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = saved(
        Image.new("RGB", (9, 9), (10, 200, 30)), "PNG", icc_profile=profile
    )

    made = source(original)

    assert "icc_profile" not in made.info
    assert all(
        abs(a - b) <= 2
        for a, b in zip(made.getpixel((4, 4)), (10, 200, 30), strict=True)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA"])
def test_transparency_is_kept(mode: str) -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    if mode == "P":
        original = saved(clear.convert("P"), "PNG", transparency=0)
    elif mode == "PA":
        original = saved(clear, "WEBP", lossless=True)
    else:
        original = saved(clear.convert(mode), "PNG")

    made = source(original)

    assert made.mode == "RGBA"
    assert made.getpixel((10, 10))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("mode", "color", "grey"),
    [("1", 1, 255), ("L", 128, 128), ("I;16", 40_000, 156)],
)
def test_grey_pictures_keep_their_grey(mode: str, color: int, grey: int) -> None:
    made = source(saved(Image.new(mode, (20, 20), color), "PNG"))

    assert made.mode == "RGB"
    assert made.getpixel((10, 10)) == (grey, grey, grey)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_picture_that_moves_is_left_as_it_is(form: str) -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    moving = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=9)
    still = saved(frames[0], form)

    assert image_source(moving, width=100, pixels_max=PIXELS) is None
    assert source(still).size == (20, 20)


def test_pages_of_a_scan_do_not_move() -> None:
    pages = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    scan = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    assert source(scan).getpixel((5, 5)) == (255, 0, 0)


def test_a_bomb_is_refused_by_its_header() -> None:
    """A few hundred bytes that would be 4 GB of pixels are never decoded."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b""))

    with pytest.raises(ImageUnreadable):
        image_source(data, width=100, pixels_max=2**40)
    with pytest.raises(ImageUnreadable, match="has 1001 by 1000 pixels"):
        image_source(
            saved(Image.new("1", (1001, 1000)), "PNG"), width=100, pixels_max=PIXELS
        )


def chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF"])
def test_broken_files_are_refused(form: str) -> None:
    whole = saved(Image.effect_noise((200, 200), 50).convert("RGB"), form).getvalue()

    for end in (10, len(whole) // 2):
        with pytest.raises(ImageUnreadable):
            image_source(BytesIO(whole[:end]), width=50, pixels_max=PIXELS)
    with pytest.raises(ImageUnreadable):
        image_source(BytesIO(b"<html>"), width=50, pixels_max=PIXELS)
