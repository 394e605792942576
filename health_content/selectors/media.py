"""Images and documents that pages use: files and addresses, looked up in bulk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import CollectionViewRestriction

from ..conf import get_conf
from ..document_facts import FocalPoint, ImageFacts, ImageSourceFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wagtail.images.models import AbstractImage, AbstractRendition

logger = logging.getLogger(__name__)
MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def images_by_id(identifiers: Collection[int]) -> Mapping[int, ImageFacts]:
    """Return the facts of the images with *identifiers*, making the files that are missing.

    An image whose original is lost is left out, and so is one whose files cannot be made. Two queries, plus those for
    files that are made; call it when something is published, never to answer a request.
    """
    if not identifiers:
        return {}
    specs = _specs()
    images = get_image_model().objects.filter(pk__in=identifiers)
    facts = {
        image.pk: _image(image, specs) for image in images.prefetch_renditions(*specs)
    }
    return {
        identifier: image for identifier, image in facts.items() if image is not None
    }


def document_urls(identifiers: Collection[int]) -> Mapping[int, str]:
    """Return the address of each of the documents that everybody may download. Two queries."""
    if not identifiers:
        return {}
    private = tuple(
        CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    )
    urls: dict[int, str] = {}
    documents = get_document_model().objects.filter(pk__in=identifiers)
    for document in documents.select_related("collection"):
        if not document.collection.path.startswith(private):
            try:
                urls[document.pk] = document.url
            except (
                NoReverseMatch
            ):  # The host serves no documents: there is nowhere to link to.
                continue
    return urls


def _specs() -> tuple[str, ...]:
    widths = get_conf().image_widths
    modern = tuple(f"width-{width}|format-webp" for width in widths)
    # One file in the original's own format, for readers that know no other.
    return (*modern, f"width-{widths[len(widths) // 2]}")


def _image(image: AbstractImage, specs: tuple[str, ...]) -> ImageFacts | None:
    if image.is_svg():
        sources: tuple[ImageSourceFacts, ...] = (
            ImageSourceFacts(
                src=image.file.url,
                width=image.width,
                height=image.height,
                type=MEDIA_TYPES["svg"],
            ),
        )
    else:
        sources = _sources(image, specs)
    if not sources:
        return None
    return ImageFacts(
        id=image.pk,
        alt=getattr(image, "description", "") or "",
        sources=sources,
        focal_point=_focal_point(image),
    )


def _sources(
    image: AbstractImage, specs: tuple[str, ...]
) -> tuple[ImageSourceFacts, ...]:
    try:
        renditions = image.get_renditions(*specs)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        logger.warning("Image %s has no files to show", image.pk, exc_info=True)
        return ()
    for rendition in renditions.values():
        rendition.file.close()  # A file made just now is still held open.
    # An original narrower than the widths asked for gives the same file several times.
    found = {_source(renditions[spec]): None for spec in specs}
    by_size = {(source.type, source.width): source for source in found}
    return tuple(by_size.values())


def _source(rendition: AbstractRendition) -> ImageSourceFacts:
    extension = rendition.file.name.rpartition(".")[2].lower()
    return ImageSourceFacts(
        src=rendition.url,
        width=rendition.width,
        height=rendition.height,
        type=MEDIA_TYPES.get(extension, "application/octet-stream"),
    )


def _focal_point(image: AbstractImage) -> FocalPoint | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return FocalPoint(
        x=round(image.focal_point_x / image.width, 4),
        y=round(image.focal_point_y / image.height, 4),
        width=round((image.focal_point_width or 0) / image.width, 4),
        height=round((image.focal_point_height or 0) / image.height, 4),
    )
