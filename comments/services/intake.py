"""Reads a reader's submission: from raw values to good ones, or to everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ..assess.base import FormFacts
from ..conf import get_conf
from ..errors import FaultCode, ReplyInvalid, ReplyTooLong
from ..normalize import normalize_line, normalize_text
from ..sanitize import Rendered, render_reply
from ..selectors import PublicThread, published_reply
from ..tokens import FormToken, InvalidTokenError, read_form_token

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Reply

Errors = dict[str, tuple[FaultCode, str]]
"""What is wrong, by field: (code, message)."""

MAX_NAME = 80
MAX_EMAIL = 254  # RFC 5321, section 4.5.3.1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a reader sent, as it came in."""

    page_id: int
    form_token_raw: str
    name_raw: str
    email_raw: str
    body_raw: str
    parent_raw: str
    """Key of the reply this answers; empty for the article itself."""
    website_raw: str
    """The honeypot: a field that people do not see."""
    key_raw: str = ""
    """The client's Idempotency-Key; empty stands for the form token itself."""
    origin: str = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A submission whose every value is known to be good."""

    name: str
    email: str
    source: str
    rendered: Rendered
    parent: Reply | None
    form: FormFacts


def accept(submission: Submission, thread: PublicThread, now: datetime) -> Accepted:
    """Return the values in the form they are used, or raise `ReplyInvalid` with all that is wrong."""
    errors: Errors = {}
    token = _read_form(submission, errors)
    name = _read_name(submission, errors)
    email = _read_email(submission, errors)
    rendered = _read_body(submission.body_raw, errors)
    parent = _read_parent(submission, thread, errors)
    if errors or token is None or rendered is None:
        raise ReplyInvalid(errors)
    return Accepted(
        name=name,
        email=email,
        source=normalize_text(submission.body_raw),
        rendered=rendered,
        parent=parent,
        form=_form_facts(token, submission, now),
    )


def _read_form(submission: Submission, errors: Errors) -> FormToken | None:
    try:
        token = read_form_token(submission.form_token_raw)
    except InvalidTokenError:
        token = None
    if token is None or token.page_id != submission.page_id:
        errors["form_token"] = (
            FaultCode.INVALID_FORM,
            _("This form is not valid any more. Please send it again."),
        )
        return None
    return token


def _read_name(submission: Submission, errors: Errors) -> str:
    name = normalize_line(submission.name_raw, MAX_NAME + 1)
    if not any(character.isalnum() for character in name):
        errors["name"] = (
            FaultCode.MISSING_VALUE,
            _("Please tell us what to call you."),
        )
    elif len(name) > MAX_NAME:
        errors["name"] = (
            FaultCode.TOO_LONG,
            _("Please use a name of at most %(limit)d characters.")
            % {"limit": MAX_NAME},
        )
    return name


def _read_email(submission: Submission, errors: Errors) -> str:
    email = submission.email_raw.strip()
    if email and not is_email(email):
        errors["email"] = (
            FaultCode.INVALID_VALUE,
            _("Please give a complete mail address, or none."),
        )
    return email


def is_email(text: str) -> bool:
    """Return whether *text* is a complete mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= MAX_EMAIL


def body_read(body_raw: str) -> Rendered:
    """Return a text as it would be shown, or raise `ReplyInvalid` if it is too long or says nothing."""
    errors: Errors = {}
    rendered = _read_body(body_raw, errors)
    if errors or rendered is None:
        raise ReplyInvalid(errors)
    return rendered


def _read_body(body_raw: str, errors: Errors) -> Rendered | None:
    try:
        rendered = render_reply(body_raw)
    except ReplyTooLong as error:
        errors["body"] = (
            FaultCode.TOO_LONG,
            _("Your reply has %(length)d characters; please keep it to %(limit)d.")
            % {"length": error.length, "limit": error.limit},
        )
        return None
    if not rendered.text.strip():
        errors["body"] = (FaultCode.MISSING_VALUE, _("Please write a reply."))
    return rendered


def _read_parent(
    submission: Submission, thread: PublicThread, errors: Errors
) -> Reply | None:
    if not submission.parent_raw:
        return None
    try:
        parent = published_reply(thread.id, UUID(submission.parent_raw))
    except ValueError:
        parent = None
    if parent is None:
        errors["parent"] = (
            FaultCode.NOT_FOUND,
            _("The reply you answer is not here any more."),
        )
        return None
    if parent.depth < get_conf().max_depth:
        return parent
    # The last generation answers side by side.
    return parent.parent if parent.parent_id is not None else None


def _form_facts(token: FormToken, submission: Submission, now: datetime) -> FormFacts:
    seconds = now.timestamp() - token.drawn_at
    return FormFacts(
        honeypot=submission.website_raw,
        fill_seconds=seconds if seconds >= 0 else None,
        has_expired=seconds > get_conf().form_token_age.total_seconds(),
    )
