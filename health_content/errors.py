"""Errors of the content part. Each has a stable `code`, which callers may compare and documentation lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPagePermissionError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ContentError(Exception):
    """Base of the content part's errors."""

    code = "content.error"


class RecordIsFinal(ContentError):
    """Somebody tried to change or delete a row of an append-only table."""

    code = "content.record_is_final"


class DisclaimerInUse(ContentError, PermissionDenied):
    """A disclaimer that live pages show cannot be unpublished.

    It is a `PermissionDenied`, so that a route which does not know it answers 403 and never 500.
    """

    code = "content.disclaimer_in_use"

    def __init__(
        self, key: str, titles: Sequence[str], *, is_everywhere: bool = False
    ) -> None:
        self.key = key
        self.titles = tuple(titles)
        super().__init__(in_use_message(key, titles, is_everywhere=is_everywhere))


def in_use_message(
    key: str, titles: Sequence[str], *, is_everywhere: bool = False
) -> str:
    """Return the sentence that tells an editor which pages show the disclaimer *key*, and what to do first."""
    shown_on = ngettext(
        "“%(key)s” is shown on %(count)d page (%(titles)s).",
        "“%(key)s” is shown on %(count)d pages (%(titles)s).",
        len(titles),
    )
    remedy = (
        _("First publish it without “show on every health page of this language”.")
        if is_everywhere
        else _("Remove it there first.")
    )
    sentence = f"{shown_on} {remedy}"
    shown = ", ".join(titles[:3]) + (_(" and others") if len(titles) > 3 else "")
    return sentence % {"key": key, "count": len(titles), "titles": shown}


class PublishBlocked(ContentError, PublishPagePermissionError):
    """A page cannot go live as it is; `reasons` say why, one line each.

    It is Wagtail's own refusal, so that every route to publication answers it as it answers a missing permission.
    """

    code = "content.publish_blocked"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


class WithdrawalRefused(ContentError):
    """A page cannot be withdrawn, or a withdrawal not be lifted; the message says why in one line."""

    code = "content.withdrawal_refused"


class ImportRefused(ContentError):
    """A source cannot become an article; the message says why in one line, and nothing was written."""

    code = "content.import_refused"
