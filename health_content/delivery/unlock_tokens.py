"""Bearers that open what a password guards: signed, short-lived, and nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.models import PageViewRestriction

PREFIX = "unlock_"
SALT = "health_delivery.unlock"
# RFC 6750 takes no colon in a token, which is Django's separator.
SEPARATOR = "."
# More passwords than anybody puts on top of each other; a bearer must stay shorter than a header may be.
MAX_RESTRICTIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """Which passwords a client has given."""

    keys: Mapping[int, str]
    """Id of each restriction, and the trace of its password: another password has another."""
    expires_at: int
    """Seconds since 1970."""

    @property
    def restriction_ids(self) -> frozenset[int]:
        """The restrictions that are open."""
        return frozenset(self.keys)


def password_trace(restriction: PageViewRestriction) -> str:
    """Return what tells one password of *restriction* from another, without telling it."""
    value = f"{restriction.pk} {restriction.password}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:16]


def is_password(restriction: PageViewRestriction, password_raw: str) -> bool:
    """Return whether *password_raw* is the password of *restriction*, in a time that tells nothing of either."""
    given, right = (
        salted_hmac(SALT, text, algorithm="sha256").digest()
        for text in (password_raw, restriction.password)
    )
    return constant_time_compare(given, right) and restriction.password != ""


def unlock_sign(unlock: Unlock) -> str:
    """Return the bearer of *unlock*."""
    value = {"keys": list(unlock.keys.items()), "until": unlock.expires_at}
    return PREFIX + _signer().sign_object(value)


def unlock_read(bearer: str, *, now: int) -> Unlock | None:
    """Return what *bearer* opens at *now*, seconds since 1970; None when it is not ours or has expired.

    Whether its passwords are still those is for the caller to ask.
    """
    if not bearer.startswith(PREFIX):
        return None
    try:
        value = _signer().unsign_object(bearer.removeprefix(PREFIX))
    except signing.BadSignature:
        return None
    unlock = Unlock(keys=dict(value["keys"]), expires_at=value["until"])
    return unlock if now < unlock.expires_at else None


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=SEPARATOR)
