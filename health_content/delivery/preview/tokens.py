"""One-time codes, and the tokens they are exchanged for.

A code is random and travels in an address, where logs, histories and Referer headers see it; so it is good once and for
a minute. A token travels in a header only. It is signed, so that a made-up one costs no query, and it names a row, so
that it can be ended.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, TimestampSigner

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

CODE_LIFETIME = timedelta(seconds=60)
TOKEN_LIFETIME = timedelta(minutes=15)
# Tells people and secret scanners what it is, and the API that it is no token of an API client.
PREFIX = "hpp_"
SALT = "health_delivery.preview"
CODE_BYTES = 32


def code_new() -> str:
    """Return a new code: 43 characters that mean nothing."""
    return secrets.token_urlsafe(CODE_BYTES)


def code_hash(code: str) -> str:
    """Return what is stored of *code*: who reads the database cannot use it."""
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def token_of(grant_id: int) -> str:
    """Return the token of the grant; characters of RFC 6750 (b64token) only."""
    return PREFIX + _signer().sign(str(grant_id))


def token_grant(token_raw: str) -> int | None:
    """Return the grant that the token names, None for one that is not ours or is older than a token gets."""
    if not token_raw.startswith(PREFIX):
        return None
    try:
        value = _signer().unsign(token_raw.removeprefix(PREFIX), TOKEN_LIFETIME)
    except BadSignature:
        return None
    return int(value)


def login_hash(user: AbstractBaseUser) -> str:
    """Return what changes when *user* changes their password; nothing can be made from it."""
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()


def _signer() -> TimestampSigner:
    # The usual separator, a colon, is no character of bearer tokens.
    return TimestampSigner(salt=SALT, sep=".")
