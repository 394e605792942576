"""Takes off the schedule what could not go live when its time had come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .. import tasks
from ..after_commit import after_commit
from ..errors import WordingRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from wagtail.models import Revision

    from ..errors import PublishBlocked

UNSCHEDULED_ACTION = "health_content.unscheduled"


def snippet_publish(
    snippet: Model,
    revision: Revision,
    publish: Callable[[], None],
    *,
    is_scheduled: bool,
) -> None:
    """Call *publish*, which publishes *revision* of *snippet*; take what cannot go live off the schedule, if that asked.

    Raises:
        WordingRefused: it claims what must not stand, and somebody (not the schedule) asked.
        ValidationError: a field speaks against it, and somebody asked.
        IntegrityError: another entry has its key by now, and somebody asked.
    """
    try:
        with transaction.atomic():
            publish()
    except (WordingRefused, ValidationError) as error:
        if not is_scheduled:
            raise
        revision_unschedule(snippet, revision, error)
    except IntegrityError:
        if not is_scheduled:
            raise
        taken = ValidationError(_("Another entry of this language has its key by now."))
        revision_unschedule(snippet, revision, taken)


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
