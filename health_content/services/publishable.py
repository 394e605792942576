"""Whether a draft has all that publishing demands, as the editor's form would find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.models import AbstractPage

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
    for field in page._meta.get_fields():  # noqa: SLF001 - documented in spite of its name
        if not isinstance(field, StreamField):
            continue
        value = getattr(page, field.name)
        try:
            field.stream_block.clean(value)
        except ValidationError as error:
            found += _lines(error, value, (field.name,))
    return found


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
