"""Takes off the schedule what could not go live when its time had come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from wagtail.log_actions import log

from .. import tasks
from ..after_commit import after_commit

if TYPE_CHECKING:
    from django.db.models import Model
    from wagtail.models import Revision

    from ..errors import PublishBlocked, WordingRefused

UNSCHEDULED_ACTION = "health_content.unscheduled"


def revision_unschedule(
    thing: Model,
    revision: Revision,
    refusal: PublishBlocked | WordingRefused | ValidationError,
) -> None:
    """Drop the schedule of *revision* of *thing*, log why it was refused, and tell whoever made it.

    An exception there would stop `publish_scheduled` for everything after this one.
    """
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    given = _reasons(refusal)
    tell = partial(tasks.tell_unscheduled.enqueue, revision.pk, given)
    after_commit(tell)
    data = {"reasons": given}
    log(instance=thing, action=UNSCHEDULED_ACTION, revision=revision, data=data)


def _reasons(refusal: PublishBlocked | WordingRefused | ValidationError) -> list[str]:
    if isinstance(refusal, ValidationError):
        return list(refusal.messages)
    return list(refusal.reasons)
