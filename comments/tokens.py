"""Signed, stateless tokens and keyed hashes. Each is bound to one purpose; none holds a secret of a reader."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from datetime import datetime

_FORM_SALT = "health_comments.form"
_STATUS_SALT = "health_comments.status"
MAX_TOKEN_LENGTH = 400
"""Ours have fewer than 200 characters; anything longer is not looked at."""


class InvalidTokenError(ValueError):
    """The token is not ours, was changed, or is for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToken:
    """What a form's token says: for which page and when the form was drawn, in seconds since 1970."""

    page_id: int
    drawn_at: int


def make_form_token(page_id: int, *, now: datetime) -> str:
    """Return a token for one reply to that page; two are never equal."""
    return signing.dumps(
        [page_id, int(now.timestamp()), secrets.token_urlsafe(9)], salt=_FORM_SALT
    )


def read_form_token(token_raw: str) -> FormToken:
    """Return what the token says, however old it is: age is for the checks to weigh.

    Raises:
        InvalidTokenError: it was not made by `make_form_token` with this site's key.
    """
    match _loads(token_raw, salt=_FORM_SALT):
        case [int(page_id), int(drawn_at), str()]:
            return FormToken(page_id=page_id, drawn_at=drawn_at)
    raise InvalidTokenError


def make_status_token(reply_id: UUID) -> str:
    """Return the private token with which an author follows a reply; it never expires and may be asked for twice."""
    # Without a time in it, so that a repeated request can give the very same answer.
    return signing.Signer(salt=_STATUS_SALT).sign_object(reply_id.hex)


def read_status_token(token_raw: str) -> UUID:
    """Return the key of the reply that the token follows.

    Raises:
        InvalidTokenError: it was not made by `make_status_token` with this site's key.
    """
    _refuse_unlikely(token_raw)
    try:
        value = signing.Signer(salt=_STATUS_SALT).unsign_object(token_raw)
    except (signing.BadSignature, ValueError) as error:
        raise InvalidTokenError from error
    return UUID(hex=value)


def keyed_hash(purpose: str, *values: object) -> str:
    """Return 64 hexadecimal digits that only this site can make from *values* for that *purpose*.

    Values are told apart by their place and type, so no two lists of values share a hash.
    """
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return salted_hmac(
        f"health_comments.{purpose}", text, algorithm="sha256"
    ).hexdigest()


def _loads(token_raw: str, *, salt: str) -> object:
    _refuse_unlikely(token_raw)
    try:
        return signing.loads(token_raw, salt=salt)
    except (signing.BadSignature, ValueError) as error:
        raise InvalidTokenError from error


def _refuse_unlikely(token_raw: str) -> None:
    if len(token_raw) > MAX_TOKEN_LENGTH or not token_raw.isascii():
        raise InvalidTokenError
