"""Signed, stateless tokens and keyed hashes. Each is bound to one purpose; none holds a secret of a reader."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_FORM_SALT = "health_comments.form"
_STATUS_SALT = "health_comments.status"
_GUEST_SALT = "health_comments.guest"
GUEST_AGE = timedelta(days=180)
"""How long a browser is remembered after a mail address was proven."""
SEALED_TO = 64
"""Bytes: addresses are filled up to whole multiples of this, so that the length says little."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a link in a mail proves: that whoever follows it reads mail sent to an address."""

    purpose: str
    """`verify` a reply's author, or `sign_in`."""
    site_id: int | None
    """The site for which it was made; it counts nowhere else."""
    subject: str
    """The reply's key, or the participant's number."""
    email_hmac: str


def make_proof_token(proof: Proof) -> str:
    """Return a token for one link; its use is recorded, so it counts once."""
    values = [proof.site_id, proof.subject, proof.email_hmac, secrets.token_urlsafe(9)]
    return signing.dumps([proof.purpose, *values], salt=_proof_salt(proof.purpose))


def read_proof_token(token_raw: str, *, max_age: Mapping[str, timedelta]) -> Proof:
    """Return what the token proves; *max_age* is how long each purpose is good for.

    Raises:
        InvalidTokenError: it was not made for one of these purposes with this site's key, or is too old.
    """
    for purpose, age in max_age.items():
        try:
            values = _loads(token_raw, salt=_proof_salt(purpose), max_age=age)
        except InvalidTokenError:
            continue
        match values:
            case [
                str(stated),
                int() | None as site_id,
                str(subject),
                str(email),
                str(),
            ]:
                if stated == purpose:
                    return Proof(
                        purpose=purpose,
                        site_id=site_id,
                        subject=subject,
                        email_hmac=email,
                    )
    raise InvalidTokenError


def make_guest_token(participant_id: int, session_version: int) -> str:
    """Return what a browser keeps to be remembered as a participant."""
    return signing.dumps([participant_id, session_version], salt=_GUEST_SALT)


def read_guest_token(token_raw: str) -> tuple[int, int]:
    """Return the participant's number and the session version that the token was made for.

    Raises:
        InvalidTokenError: it was not made by `make_guest_token` with this site's key, or is too old.
    """
    match _loads(token_raw, salt=_GUEST_SALT, max_age=GUEST_AGE):
        case [int(participant_id), int(session_version)]:
            return participant_id, session_version
    raise InvalidTokenError


def email_hash(email: str) -> str:
    """Return the keyed hash of a mail address; case does not count."""
    return keyed_hash("email", email.strip().casefold())


def email_seal(email: str) -> str:
    """Return the address encrypted for the database."""
    plain = email.encode()
    return (
        _seals().encrypt(plain.ljust(-(-len(plain) // SEALED_TO) * SEALED_TO)).decode()
    )


def email_unseal(sealed: str) -> str:
    """Return an address from the database; "" when it was changed, or its key is not known any more."""
    try:
        return _seals().decrypt(sealed.encode()).decode().rstrip()
    except InvalidToken:
        return ""


def keyed_hash(purpose: str, *values: object) -> str:
    """Return 64 hexadecimal digits that only this site can make from *values* for that *purpose*.

    Values are told apart by their place and type, so no two lists of values share a hash.
    """
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return salted_hmac(
        f"health_comments.{purpose}", text, algorithm="sha256"
    ).hexdigest()


def _proof_salt(purpose: str) -> str:
    return f"health_comments.proof.{purpose}"


def _seals() -> MultiFernet:
    """Return what seals with the site's key, and opens what was sealed before that changed."""
    keys = (
        salted_hmac("health_comments.seal", "email", secret=secret, algorithm="sha256")
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet(Fernet(base64.urlsafe_b64encode(k.digest())) for k in keys)


def _loads(token_raw: str, *, salt: str, max_age: timedelta | None = None) -> object:
    _refuse_unlikely(token_raw)
    try:
        return signing.loads(token_raw, salt=salt, max_age=max_age)
    except (signing.BadSignature, ValueError) as error:
        raise InvalidTokenError from error


def _refuse_unlikely(token_raw: str) -> None:
    if len(token_raw) > MAX_TOKEN_LENGTH or not token_raw.isascii():
        raise InvalidTokenError
