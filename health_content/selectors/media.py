"""Images, documents and embeds that pages use: files and addresses, looked up in bulk. Nothing is made here."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import NoReverseMatch
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction

from ..conf import get_conf
from ..document_facts import EmbedFacts, FocalPoint, ImageFacts, ImageSourceFacts
from ..image_encoders import formats_made
from ..image_files import (
    SPEC_PREFIX,
    image_key,
    media_type,
    rendition_specs,
    spec_format,
)
from ..models import RenditionJob, RenditionState
from ..videos import is_allowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from wagtail.images.models import AbstractImage, AbstractRendition


@dataclass(frozen=True, slots=True)
class ImageWork:
    """An image, the files of it that are there, and those that are still wanted."""

    image: AbstractImage
    files: Mapping[str, AbstractRendition] = field(default_factory=dict)
    """By the specification; files of other widths are among them."""
    wanted: tuple[str, ...] = ()
    job: RenditionJob | None = None
    """Why some are missing, when that is known; None when none are."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the specifications of the files that are wanted and not there."""
        return tuple(spec for spec in self.wanted if spec not in self.files)

    @property
    def is_pending(self) -> bool:
        """Return whether files are wanted that can, for all we know, be made."""
        settled = self.job is not None and self.job.state != RenditionState.WANTED
        return bool(self.missing) and not settled


def image_work(identifiers: Collection[int]) -> list[ImageWork]:
    """Return what there is, and what is wanted, of the images with *identifiers*. Three queries at most."""
    if not identifiers:
        return []
    model = get_image_model()
    renditions: dict[int, dict[str, AbstractRendition]] = defaultdict(dict)
    found = model.get_rendition_model().objects.filter(
        image_id__in=identifiers, focal_point_key="", filter_spec__startswith=SPEC_PREFIX
    )  # fmt: skip
    for rendition in found.order_by("pk"):
        if spec_format(rendition.filter_spec):
            renditions[rendition.image_id][rendition.filter_spec] = rendition
    images = model.objects.filter(pk__in=identifiers).order_by("pk")
    work = [
        ImageWork(image, renditions[image.pk], _wanted_specs(image)) for image in images
    ]
    jobs = _jobs([each.image for each in work if each.missing])
    return [
        ImageWork(each.image, each.files, each.wanted, jobs.get(each.image.pk))
        for each in work
    ]


def images_by_id(identifiers: Collection[int]) -> Mapping[int, ImageFacts]:
    """Return the facts of the images with *identifiers*, with the files that exist.

    An image of which no file can be made is left out. One whose files are still to be made is there, and pending.
    Three queries at most.
    """
    facts = {work.image.pk: _image(work) for work in image_work(identifiers)}
    return {pk: image for pk, image in facts.items() if image is not None}


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


def embeds_by_url(urls: Collection[str]) -> Mapping[str, EmbedFacts]:
    """Return what Wagtail stored of the embeds at *urls* when editors chose them. One query, and never a network."""
    if not urls or not apps.is_installed("wagtail.embeds"):
        return {}
    by_hash = {embed_hash(url): url for url in urls}
    found = apps.get_model("wagtailembeds", "Embed").objects.filter(hash__in=by_hash)
    # The provider's markup stays where it is.
    return {
        by_hash[embed.hash]: EmbedFacts(
            kind=embed.type,
            title=embed.title,
            provider=embed.provider_name,
            thumbnail_url=embed.thumbnail_url,
            width=embed.width,
            height=embed.height,
        )
        for embed in found.defer("html")
    }


def videos_allowed(urls: Collection[str]) -> frozenset[str]:
    """Return those of *urls* whose host the site allows for videos. No query."""
    return frozenset(url for url in urls if is_allowed(url))


def embed_hash(url: str) -> str:
    """Return the name under which Wagtail stores what it learned of the embed at *url*."""
    return hashlib.md5(url.encode("utf-8"), usedforsecurity=False).hexdigest()


def _wanted_specs(image: AbstractImage) -> tuple[str, ...]:
    if image.is_svg() or not image.file.name:
        return ()
    return rendition_specs(
        image.file.name,
        image.width,
        formats=formats_made(),
        widths=get_conf().image_widths,
    )


def _jobs(images: Iterable[AbstractImage]) -> dict[int, RenditionJob]:
    files = {image.pk: image.file.name for image in images}
    if not files:
        return {}
    jobs = RenditionJob.objects.filter(pk__in=files)
    return {job.image_id: job for job in jobs if job.file == files[job.image_id]}


def _image(work: ImageWork) -> ImageFacts | None:
    image = work.image
    is_whole = work.job is not None and work.job.state == RenditionState.WHOLE
    sources = _original(image) if image.is_svg() or is_whole else _sources(work)
    if not sources and not work.is_pending:
        return None
    width, height = _upright_size(image, sources)
    return ImageFacts(
        id=image.pk,
        alt=getattr(image, "description", "") or "",
        sources=sources,
        focal_point=_focal_point(image),
        key=image_key(image.pk, image.file.name),
        width=width,
        height=height,
        is_pending=work.is_pending,
    )


def _original(image: AbstractImage) -> tuple[ImageSourceFacts, ...]:
    if not image.file.name:
        return ()
    source = ImageSourceFacts(
        src=image.file.url,
        width=image.width,
        height=image.height,
        type=media_type(image.file.name),
    )
    return (source,)


def _sources(work: ImageWork) -> tuple[ImageSourceFacts, ...]:
    """Return the files that are wanted; while some are missing, whatever widths there are in those formats."""
    formats = dict.fromkeys(spec_format(spec) for spec in work.wanted)
    specs: Iterable[str] = work.files if work.missing else work.wanted
    found = [
        _source(work.files[spec])
        for form in formats
        for spec in specs
        if spec_format(spec) == form
    ]
    # An original that a camera held upright may be narrower than its row says: the same file under two names.
    by_size = {(source.type, source.width): source for source in found}
    types = list(dict.fromkeys(source.type for source in found))
    ordered = sorted(by_size.values(), key=lambda s: (types.index(s.type), s.width))
    return tuple(ordered)


def _source(rendition: AbstractRendition) -> ImageSourceFacts:
    return ImageSourceFacts(
        src=rendition.url,
        width=rendition.width,
        height=rendition.height,
        type=media_type(rendition.file.name),
    )


def _upright_size(
    image: AbstractImage, sources: Sequence[ImageSourceFacts]
) -> tuple[int, int]:
    """Return the size of *image* as it is shown: its row knows nothing of how the camera was held."""
    size = (image.width, image.height)
    if sources and (sources[0].width < sources[0].height) != (size[0] < size[1]):
        return (size[1], size[0])
    return size


def _focal_point(image: AbstractImage) -> FocalPoint | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return FocalPoint(
        x=round(image.focal_point_x / image.width, 4),
        y=round(image.focal_point_y / image.height, 4),
        width=round((image.focal_point_width or 0) / image.width, 4),
        height=round((image.focal_point_height or 0) / image.height, 4),
    )
