"""Errors of the content part. Each has a stable `code`, which callers may compare and documentation lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPagePermissionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .gate import GateDecision


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
        self,
        key: str,
        titles: Sequence[str],
        *,
        holders: Sequence[str] = (),
        is_everywhere: bool = False,
        has_rules: bool = False,
    ) -> None:
        self.key = key
        self.titles = tuple(titles)
        self.holders = tuple(holders)
        super().__init__(
            in_use_message(
                key,
                titles,
                holders=holders,
                is_everywhere=is_everywhere,
                has_rules=has_rules,
            )
        )


class WordingRefused(ContentError, PermissionDenied):
    """A disclaimer cannot go live since it claims what must not stand; `reasons` say what, one line each.

    It is a `PermissionDenied`, so that a route which does not know it answers 403 and never 500.
    """

    code = "content.wording_refused"

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


def in_use_message(
    key: str,
    titles: Sequence[str],
    *,
    holders: Sequence[str] = (),
    is_everywhere: bool = False,
    has_rules: bool = False,
) -> str:
    """Return the sentence that tells an editor where the disclaimer *key* is shown, and what to do first.

    *titles* are those of pages, *holders* the names of topics and sections that chose it for their pages.
    """
    shown_on = ngettext(
        "“%(key)s” is shown on %(count)d page (%(titles)s).",
        "“%(key)s” is shown on %(count)d pages (%(titles)s).",
        len(titles),
    )
    if not titles:
        shown_on = _("“%(key)s” is chosen for other pages.")
    if is_everywhere:
        remedy = _("First publish it without “show on every health page of this language”.")  # fmt: skip
    elif has_rules:
        remedy = _("First publish it without the rules under “show on pages like these”.")  # fmt: skip
    elif holders:
        remedy = _("First remove it from %(holders)s.")
    else:
        remedy = _("Remove it there first.")
    return f"{shown_on} {remedy}" % {
        "key": key,
        "count": len(titles),
        "titles": _few(titles),
        "holders": _few(holders),
    }


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (_(" and others") if len(names) > 3 else "")


def library_message(name: str, titles: Sequence[str]) -> str:
    """Return the sentence that tells an editor what refers to the entry *name*, and what to do first."""
    sentence = ngettext(
        "“%(name)s” is used by %(count)d object (%(titles)s). Remove it there first.",
        "“%(name)s” is used by %(count)d objects (%(titles)s). Remove it there first.",
        len(titles),
    )
    return sentence % {"name": name, "count": len(titles), "titles": _few(titles)}


class PublishBlocked(ContentError, PublishPagePermissionError):
    """A page cannot go live as it is; `reasons` say why, one line each.

    It is Wagtail's own refusal, so that every route to publication answers it as it answers a missing permission.
    """

    code = "content.publish_blocked"

    def __init__(
        self, reasons: Sequence[str], *, decision: GateDecision | None = None
    ) -> None:
        self.reasons = tuple(reasons)
        self.decision = decision
        """All that the gate says, where it was the gate that refused."""
        super().__init__(" ".join(reasons))


class WithdrawalRefused(ContentError):
    """A page cannot be withdrawn, or a withdrawal not be lifted; the message says why in one line."""

    code = "content.withdrawal_refused"


class ReplacementRefused(WithdrawalRefused):
    """A page cannot be named as what to read instead of a withdrawn one; the message says why in one line."""

    code = "content.replacement_refused"


class ImportRefused(ContentError):
    """A source cannot become an article; the message says why in one line, and nothing was written."""

    code = "content.import_refused"


class AcknowledgementRefused(ContentError):
    """A consumer confirmed something that does not exist, or is not its own; nothing was stored."""

    code = "content.acknowledgement_refused"

    def __init__(self, field: str, detail: str) -> None:
        self.field = field
        """What is wrong: `page`, `cursor`, `version` or `endpoint`."""
        super().__init__(detail)


class PreviewCodeRefused(ContentError):
    """A preview code is not ours, was used, has expired, is of another site, or its editor may no longer see the page."""

    code = "content.preview_code_refused"

    def __init__(self) -> None:
        super().__init__(_("Open the preview again from the editor."))


class ImageUnreadable(ContentError):
    """An image's original cannot be shown; the message says why, without its name."""

    code = "content.image_unreadable"


class OverrideRefused(ContentError):
    """An override cannot be given or approved; nothing was stored."""

    code = "content.override_refused"

    def __init__(self, field: str, detail: str) -> None:
        self.field = field
        """What is wrong: `fingerprint`, `check`, `user`, `reason`, `days` or `override`."""
        super().__init__(detail)


class EmergencyRefused(ContentError):
    """A page is not published in an emergency without a reason that another person can judge."""

    code = "content.emergency_refused"

    def __init__(self, characters: int) -> None:
        message = _("Give a reason of at least %(count)d characters.")
        super().__init__(message % {"count": characters})


class ConfirmationRefused(ContentError):
    """Nobody can confirm that no statement of the page changed; nothing was stored. The message says why in one line."""

    code = "content.confirmation_refused"


class MendingRefused(ContentError):
    """A plan cannot be carried out on a page; the message says why in one line, and nothing was written."""

    code = "content.mending_refused"


class ReviewRefused(ContentError):
    """A medical review cannot be given now; nothing was stored. The message says why in one line."""

    code = "content.review_refused"
