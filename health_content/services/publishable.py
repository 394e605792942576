"""Whether a page may go live, and what keeps it from that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.log_actions import log

from ..document_blocks import find_stream_references
from ..errors import PublishBlocked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage, Locale, Revision

    from ..models import DisclaimerSnippet

UNSCHEDULED_ACTION = "health_content.page.unscheduled"

MAX_NAME = 80
"""Characters of a heading or a question that names a place."""

NAMES = ("question", "heading", "title")
"""What names a block to a person, the first that it has."""


def missing_for_publication(page: AbstractPage) -> list[str]:
    """Return what keeps *page* from being published, one line each: the place, then what is wrong there."""
    found: list[str] = []
    try:
        page.full_clean()
    except ValidationError as error:
        found += _model_lines(error)
    for field in _stream_fields(page):
        value = getattr(page, field.name)
        try:
            field.stream_block.clean(value)
        except ValidationError as error:
            found += _lines(error, value, (field.name,))
    for name, faults in disclaimer_faults(page).items():
        found += [f"{name}: {fault}" for fault in faults]
    if fault := withdrawal_fault(page):
        found.append(fault)
    return found


def disclaimer_faults(page: AbstractPage) -> dict[str, list[str]]:
    """Return why the disclaimers that *page* chose keep it from going live, by field; empty when none does.

    An alias shows its source's text, so it may show a disclaimer in the source's language. Cost: one query, none
    without a disclaimer, and one for each disclaimer in another language.
    """
    chosen = _chosen_disclaimers(page)
    disclaimers = _disclaimers(chosen.values()).select_related("locale")
    locale = page.locale if page.locale_id else page.get_default_locale()
    found: dict[int, str] = {}
    for disclaimer in disclaimers:
        if not disclaimer.live:
            found[disclaimer.pk] = _(
                "“%(title)s” is not published. Publish it under Disclaimers first, or remove it here."
            ) % {"title": disclaimer.title}
        elif disclaimer.locale_id != locale.pk and not page.alias_of_id:
            found[disclaimer.pk] = _wrong_language(disclaimer, locale)
    by_field = {
        name: [found[pk] for pk in sorted(identifiers & found.keys())]
        for name, identifiers in chosen.items()
    }
    return {name: faults for name, faults in by_field.items() if faults}


def withdrawal_fault(page: AbstractPage) -> str:
    """Return why *page* cannot go live because it is withdrawn, "" when it is not."""
    withdrawals = apps.get_model("health_content", "Withdrawal").objects
    if page.pk and withdrawals.filter(page_id=page.pk, lifted_at=None).exists():
        return _("It was withdrawn. Lift the withdrawal first.")
    return ""


def page_guard_live(page: AbstractPage) -> None:
    """Refuse to make *page* live while it is withdrawn, or with a disclaimer that its readers would not see.

    The caller holds the transaction; until it ends the disclaimers stay locked, so that none is unpublished meanwhile.

    Raises:
        PublishBlocked: with the reasons.
    """
    if fault := withdrawal_fault(page):
        raise PublishBlocked([fault])
    locked = _disclaimers(_chosen_disclaimers(page).values()).select_for_update()
    list(locked.order_by("pk").values_list("pk", flat=True))
    faults = disclaimer_faults(page)
    if faults:
        reasons = [reason for reasons in faults.values() for reason in reasons]
        raise PublishBlocked(list(dict.fromkeys(reasons)))


def page_unschedule(
    page: AbstractPage, revision: Revision, why: PublishBlocked
) -> None:
    """Drop the schedule of *revision*, which could not go live, and log why.

    An exception here would stop `publish_scheduled` for every page after this one.
    """
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    data = {"reasons": list(why.reasons)}
    log(instance=page, action=UNSCHEDULED_ACTION, revision=revision, data=data)


def _stream_fields(page: AbstractPage) -> list[StreamField]:
    fields = page._meta.get_fields()  # noqa: SLF001 - documented in spite of its name
    return [field for field in fields if isinstance(field, StreamField)]


def _chosen_disclaimers(page: AbstractPage) -> dict[str, frozenset[int]]:
    """Return the ids of the disclaimers that each stream of *page* chose."""
    streams = {
        field.name: getattr(page, field.name).get_prep_value()
        for field in _stream_fields(page)
    }
    return {
        name: find_stream_references(stream).disclaimers
        for name, stream in streams.items()
    }


def _disclaimers(identifiers: Iterable[frozenset[int]]) -> QuerySet[DisclaimerSnippet]:
    model: type[DisclaimerSnippet] = apps.get_model(
        "health_content", "DisclaimerSnippet"
    )
    return model.objects.filter(pk__in=frozenset().union(*identifiers))


def _wrong_language(disclaimer: DisclaimerSnippet, locale: Locale) -> str:
    translation = disclaimer.get_translation_or_none(locale)
    facts = {
        "title": disclaimer.title,
        "language": disclaimer.locale,
        "page_language": locale,
        "translation": translation,
    }
    if translation is None:
        return (
            _(
                "“%(title)s” is in %(language)s, this page in %(page_language)s. Translate it, or choose another."
            )
            % facts
        )
    return (
        _(
            "“%(title)s” is in %(language)s, this page in %(page_language)s. Choose its translation “%(translation)s”."
        )
        % facts
    )


def _model_lines(error: ValidationError) -> list[str]:
    return [
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _lines(error: ValidationError, value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of *error*, which was found in *value* at *path*."""
    inner = getattr(error, "block_errors", {})
    own = getattr(error, "non_block_errors", None)
    for message in error.messages if own is None else own:
        yield " > ".join(path) + f": {message}"
    for key, child_error in inner.items():
        child = value[key]
        # A stream gives a block with its value, a list and a struct the value itself.
        step = getattr(child, "block_type", key)
        child_value = getattr(child, "value", child)
        yield from _lines(child_error, child_value, (*path, _step(step, child_value)))


def _step(step: str | int, value: Any) -> str:
    """Return *step* with the name of what is there, so that a person finds it."""
    kind = _("item %d") % (step + 1) if isinstance(step, int) else step
    names = (value.get(name) for name in NAMES) if hasattr(value, "get") else ()
    name = next(filter(None, names), "")
    return f"{kind} “{Truncator(name).chars(MAX_NAME)}”" if name else kind
