"""Whether a page may go live, and what keeps it from that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from ..disclaimer_rules import read_choices
from ..document_blocks import find_stream_references
from ..errors import PublishBlocked
from ..refusals import refusal_note
from ..selectors.disclaimers import pinned_wordings
from ..selectors.page_content import page_digest, page_subject_id
from .gate import gate_faults, page_gate
from .publication import page_lock, rows_share
from .words import section_words_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage, Locale, Revision

    from ..document_facts import JsonObject
    from ..models import DisclaimerSnippet

BASE_FIELDS = ("title", "seo_title", "search_description")
"""What readers and search engines read of a page that its base row holds."""

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
    return [*found, *gate_faults(page)]


def disclaimer_faults(page: AbstractPage) -> dict[str, list[str]]:
    """Return why the disclaimers that *page* chose keep it from going live, by field; empty when none does.

    An alias shows its source's text, so it may show a disclaimer in the source's language. Cost: two queries, none
    without a disclaimer, and one for each disclaimer in another language.
    """
    chosen = _chosen_disclaimers(page)
    if not any(chosen.values()):
        return {}
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
    titles = {disclaimer.pk: disclaimer.title for disclaimer in disclaimers}
    unknown = _unknown_wordings(page, titles)
    by_field = {
        name: [found[pk] for pk in sorted(identifiers & found.keys())] + unknown[name]
        for name, identifiers in chosen.items()
    }
    return {name: faults for name, faults in by_field.items() if faults}


def withdrawal_fault(page: AbstractPage) -> str:
    """Return why *page* cannot go live because it is withdrawn, "" when it is not."""
    withdrawals = apps.get_model("health_content", "Withdrawal").objects
    if page.pk and withdrawals.filter(page_id=page.pk, lifted_at=None).exists():
        return _("It was withdrawn. Lift the withdrawal first.")
    return ""


def publication_faults_of(page: AbstractPage) -> list[str]:
    """Return why *page*, as it is in memory, may not go live, each reason once; empty when it may."""
    found = [fault for faults in disclaimer_faults(page).values() for fault in faults]
    if fault := withdrawal_fault(page):
        found.append(fault)
    return list(dict.fromkeys([*found, *_check_faults(page)]))


def page_guard_live(page: AbstractPage) -> JsonObject:
    """Refuse to make *page* live while something speaks against it; return what its record says of the gate.

    What speaks against it: it is withdrawn, its readers would not see a disclaimer that it chose, a check of the gate.

    The caller holds the transaction; until it ends the page stays locked, so that publications of it follow each other and
    each is judged by what is public then; and so does what lets it through, so that nobody takes that away meanwhile.

    Raises:
        PublishBlocked: with the reasons.
    """
    if page.pk:
        page_lock(page.pk)
    if page.locale_id is None:
        # Wagtail sets it later, when it cleans; what the page inherits depends on it.
        page.locale = page.get_default_locale()
    if fault := withdrawal_fault(page):
        raise PublishBlocked([fault])
    _share_review(page)
    _guard_disclaimers(page)
    return page_gate(page)


def section_guard_live(page: AbstractPage) -> None:
    """Refuse to make the section *page* live while it claims what must not stand, or chose a disclaimer that is not live.

    The caller holds the transaction; until it ends the disclaimers stay as they are.

    Raises:
        PublishBlocked: with the reasons.
    """
    _guard_disclaimers(page)
    if faults := section_words_faults(page):
        refusal = PublishBlocked(faults)
        refusal_note(refusal)
        raise refusal


def page_guard_base(page: AbstractPage) -> None:
    """Refuse to make a health page live, or to change what a live one says, through a row that knows not all its fields.

    Raises:
        PublishBlocked: with the reasons.
    """
    # Not `page.specific`, which stays with the page: it is about to be saved with other values.
    specific = page.get_specific()
    if not hasattr(specific, "gate_statement"):
        return
    if specific.live and all(
        getattr(specific, name) == getattr(page, name) for name in BASE_FIELDS
    ):
        return  # It was moved, or locked.
    specific.live = True
    for name in BASE_FIELDS:
        setattr(specific, name, getattr(page, name))
    with transaction.atomic():
        if hasattr(specific, "section_disclaimers"):
            section_guard_live(specific)
        else:
            page_guard_live(specific)


def revision_guard_schedule(revision: Revision) -> None:
    """Refuse to plan that *revision* goes live while a check speaks against it.

    What speaks against it only when its time has come, a disclaimer that is a draft until then among it, takes it off
    the schedule then: see `revision_unschedule`.

    Raises:
        PublishBlocked: with the reasons.
    """
    moment = revision.approved_go_live_at
    if moment is None or moment <= timezone.now():
        return
    if faults := _check_faults(revision.as_object()):
        raise PublishBlocked(faults)


def _check_faults(thing: Any) -> Sequence[str]:
    """Return what the checks say against publishing *thing*: the gate's of a health page, those of words of a section."""
    if hasattr(thing, "review_policy_id"):
        return gate_faults(thing)
    if hasattr(thing, "section_disclaimers"):
        return section_words_faults(thing)
    return ()


def _share_review(page: Any) -> None:
    """Keep the review of what *page* says as it is until the transaction ends."""
    if hasattr(page, "review_policy_id"):
        reviews = apps.get_model("health_content", "MedicalReview").objects
        vouching = reviews.filter(
            page_id=page_subject_id(page), content_digest=page_digest(page)
        )
        rows_share(vouching.order_by("pk"))


def _guard_disclaimers(page: AbstractPage) -> None:
    """Keep the disclaimers that *page* may show as they are until the transaction ends; refuse one that readers would not see.

    Publications of other pages may rest on the same ones at the same time.
    """
    chosen = _disclaimers(_chosen_disclaimers(page).values())
    rows_share((chosen | _inheritable_disclaimers(page)).order_by("pk"))
    faults = disclaimer_faults(page)
    if faults:
        reasons = [reason for reasons in faults.values() for reason in reasons]
        raise PublishBlocked(list(dict.fromkeys(reasons)))


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


def _unknown_wordings(
    page: AbstractPage, titles: Mapping[int, str]
) -> dict[str, list[str]]:
    """Return which wordings each stream of *page* keeps that nobody can show."""
    kept = {
        field.name: [
            (choice.id, choice.version)
            for choice in read_choices(getattr(page, field.name).get_prep_value())
            if choice.version is not None and choice.id in titles
        ]
        for field in _stream_fields(page)
    }
    known = pinned_wordings({pair for pairs in kept.values() for pair in pairs})
    sentence = _(
        "“%(title)s” has no published wording %(number)d. Choose another number, or leave it empty."
    )
    return {
        name: [
            sentence % {"title": titles[pk], "number": number}
            for pk, number in pairs
            if (pk, number) not in known
        ]
        for name, pairs in kept.items()
    }


def _disclaimers(identifiers: Iterable[frozenset[int]]) -> QuerySet[DisclaimerSnippet]:
    model: type[DisclaimerSnippet] = apps.get_model(
        "health_content", "DisclaimerSnippet"
    )
    return model.objects.filter(pk__in=frozenset().union(*identifiers))


def _inheritable_disclaimers(page: AbstractPage) -> QuerySet[DisclaimerSnippet]:
    model: type[DisclaimerSnippet] = apps.get_model(
        "health_content", "DisclaimerSnippet"
    )
    locale = page.locale_id or page.get_default_locale().pk
    return model.objects.filter(live=True, locale_id=locale)


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
