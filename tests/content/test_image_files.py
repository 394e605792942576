"""Which files an image is delivered as."""

from __future__ import annotations

import pytest

from health_content.image_files import (
    fallback_format,
    image_key,
    media_type,
    rendition_specs,
    spec_format,
)

WIDTHS = (400, 800, 1200)


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (300, [400]),
        (400, [400]),
        (401, [400, 800]),
        (800, [400, 800]),
        (1000, [400, 800, 1200]),
        (1200, [400, 800, 1200]),
        (9000, [400, 800, 1200]),
    ],
)
def test_no_file_is_wider_than_its_original_needs(
    width: int, widths: list[int]
) -> None:
    """The next width above the original gives the original's own, as Wagtail makes nothing larger."""
    specs = rendition_specs("a.jpg", width, formats=["webp"], widths=WIDTHS)

    assert specs == tuple(
        f"width-{each}|format-{form}" for form in ("webp", "jpeg") for each in widths
    )


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("a.jpg", ["avif", "webp", "jpeg"]),
        ("a.PNG", ["avif", "webp", "png"]),
        ("a.gif", ["avif", "webp", "png"]),
        ("a.tiff", ["avif", "webp", "jpeg"]),
        ("a.webp", ["avif", "webp"]),
        ("a.avif", ["avif", "webp", "jpeg"]),
        ("noending", ["avif", "webp", "png"]),
    ],
)
def test_the_last_format_is_one_that_every_browser_reads(
    name: str, formats: list[str]
) -> None:
    specs = rendition_specs(name, 100, formats=("avif", "webp"), widths=WIDTHS)

    assert [spec_format(spec) for spec in specs] == formats
    assert fallback_format(name) == formats[-1]


def test_only_our_specifications_name_a_format() -> None:
    assert spec_format("width-400|format-webp") == "webp"
    assert spec_format("width-400") == ""
    assert spec_format("max-165x165|format-webp") == ""
    assert spec_format("width-400|format-webp|bgcolor-fff") == ""


def test_media_types_follow_the_ending() -> None:
    assert media_type("images/a.b.JPG") == "image/jpeg"
    assert media_type("images/a.xyz") == "application/octet-stream"


def test_another_file_is_another_picture() -> None:
    keys = {image_key(1, "a.png"), image_key(1, "b.png"), image_key(2, "a.png")}

    assert len(keys) == 3
    assert image_key(1, "a.png") in keys
