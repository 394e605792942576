"""Makes the files that images are delivered as: in a task, once for each image, never to answer a reader.

A page is published with the files that exist. What is missing is asked for here after the commit (`renditions_request`)
and made by a task (`renditions_make`), which then says that it is there: documents follow.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db.models import Q
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

from .. import tasks
from ..after_commit import after_commit
from ..conf import get_conf
from ..errors import ImageUnreadable
from ..models import RenditionJob, RenditionState
from ..selectors.media import ImageWork, image_work
from ..signals import renditions_changed
from .image_source import image_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from io import BytesIO

    from ..document_facts import PageFacts

logger = logging.getLogger(__name__)
# A worker that has not said anything for so long was killed: the slowest image takes a fraction of it.
CLAIM_AGE = timedelta(minutes=10)
# How often one task looks again whether more was asked for meanwhile.
ROUNDS_MAX = 3
REASON_MAX = 255


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why an image has not every file, for as long as it has this original."""

    state: RenditionState
    reason: str = ""


def renditions_follow(facts: Iterable[PageFacts]) -> None:
    """Ask, after the commit, for the files that the documents of *facts* do without so far."""
    pending = sorted(
        {
            image.id
            for each in facts
            for image in each.resources.images.values()
            if image.is_pending
        }
    )
    if pending:
        after_commit(partial(renditions_request, pending))


def renditions_request(
    identifiers: Collection[int], *, is_changed: bool = False
) -> None:
    """Enqueue a task for each of the images that has not all of its files, unless one is under way.

    An image that cannot be shown is not tried again before it is saved, or before `renditions_retry`. *is_changed* says
    that files of the images are not those that documents know.
    """
    now = timezone.now()
    for work in image_work(identifiers):
        if work.is_pending:
            if _is_new(work, now, is_changed=is_changed):
                after_commit(partial(tasks.make_renditions.enqueue, work.image.pk))
        elif is_changed:
            _announce(work.image.pk)


def renditions_renew(image_id: int) -> None:
    """Ask for the files of an image that was saved, whatever became of those of its last original.

    A new original may have the name of the old one, so the name does not tell whether the file is another.
    """
    jobs = RenditionJob.objects.filter(pk=image_id)
    jobs.exclude(state=RenditionState.WANTED).delete()
    jobs.update(requested_at=timezone.now())
    renditions_request([image_id])


def renditions_make(image_id: int) -> None:
    """Make the files of the image that are wanted and missing, and send `renditions_changed`.

    Of two workers at one image one does nothing. What cannot be made is noted with its reason, and the log says why.
    """
    for _round in range(ROUNDS_MAX):
        job = _claim(image_id)
        if job is None:
            return
        work = next(iter(image_work([image_id])), None)
        outcome = _make(work) if work and work.missing else None
        if _close(job, work, outcome):
            _announce(image_id)
            return
        # Asked for again meanwhile: the file was replaced, or files were deleted. Look once more.
        RenditionJob.objects.filter(pk=image_id).update(claimed_at=None)
    tasks.make_renditions.enqueue(image_id)


def renditions_retry() -> int:
    """Forget which images could not be shown, so that they are tried again when they are met; return their number."""
    return RenditionJob.objects.filter(state=RenditionState.FAILED).delete()[0]


def rendition_drop(image_id: int) -> None:
    """Forget the image."""
    RenditionJob.objects.filter(pk=image_id).delete()


def _is_new(work: ImageWork, now: datetime, *, is_changed: bool) -> bool:
    """Note that the files of an image are wanted; return whether nobody is known to make them."""
    name = work.image.file.name
    job, is_created = RenditionJob.objects.get_or_create(
        image_id=work.image.pk,
        defaults={"file": name, "requested_at": now, "queued_at": now},
    )
    if is_created:
        return True
    is_idle = job.state != RenditionState.WANTED or (
        max(job.queued_at, job.claimed_at or job.queued_at) < now - CLAIM_AGE
    )
    if is_idle or is_changed or job.file != name:
        job.file, job.requested_at = name, now
        job.state, job.reason = RenditionState.WANTED, ""
        job.queued_at = now if is_idle else job.queued_at
        # Not the claim: that is its worker's.
        job.save(
            update_fields=["file", "requested_at", "queued_at", "state", "reason"],
        )
    return is_idle


def _claim(image_id: int) -> RenditionJob | None:
    """Return the job of the image, now this worker's; None when there is none, or another one has it."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_AGE)
    wanted = RenditionJob.objects.filter(free, pk=image_id, state=RenditionState.WANTED)
    if not wanted.update(claimed_at=now):
        return None
    job: RenditionJob | None = RenditionJob.objects.filter(pk=image_id).first()
    return job


def _make(work: ImageWork) -> _Failure | None:
    """Make what is missing; return None when all of it is there now, else why it is not."""
    image: Any = work.image  # Its renditions are of whatever class the host has.
    conf = get_conf()
    try:
        with image.open_file() as original:
            source = image_source(
                original, width=max(conf.image_widths), pixels_max=conf.image_pixels_max
            )
    except (SourceImageIOError, ImageUnreadable) as error:
        logger.warning("Image %s has no files to show: %s", image.pk, error)
        return _Failure(RenditionState.FAILED, str(error))
    if source is None:
        return _Failure(RenditionState.WHOLE)
    reason = ""
    for spec in work.missing:
        try:
            _make_file(image, spec, source)
        except Exception as error:
            # One format that cannot be written leaves the others.
            logger.exception("Image %s has no file %s", image.pk, spec)
            reason = f"{spec}: {error}"
    return _Failure(RenditionState.FAILED, reason) if reason else None


def _make_file(image: Any, spec: str, source: BytesIO) -> None:
    """Make one file. Of two that are made at the same time one is kept."""
    wanted = Filter(spec)
    source.seek(0)
    original = File(source, name=image.file.name)
    file = image.generate_rendition_file(wanted, source=original)
    try:
        rendition, _is_created = image.renditions.get_or_create(
            filter_spec=spec,
            focal_point_key=wanted.get_cache_key(image),
            defaults={"file": file},
        )
        rendition.file.close()
    finally:
        file.close()


def _close(job: RenditionJob, work: ImageWork | None, failure: _Failure | None) -> bool:
    """Say how *job* ended; return False when more was asked for since it was claimed."""
    unchanged = RenditionJob.objects.filter(
        pk=job.pk, requested_at=job.requested_at, claimed_at=job.claimed_at
    )
    if work is None or failure is None:
        return bool(unchanged.delete()[0])
    return bool(
        unchanged.update(
            file=work.image.file.name,
            state=failure.state,
            reason=failure.reason[:REASON_MAX],
            claimed_at=None,
        )
    )


def _announce(image_id: int) -> None:
    renditions_changed.send(sender=get_image_model(), image_id=image_id)
