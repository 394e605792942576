"""Encrypts mail addresses for the database: a keystream of HMAC-SHA256 in counter mode, then an HMAC over it all.

The construction is textbook (a pseudorandom function in counter mode; encrypt, then authenticate) and needs nothing but
the standard library. A nonce must never be used twice under one key: callers pass 16 random bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

NONCE_LENGTH = 16
_TAG_LENGTH = 32
_BLOCK = 32
_PADDED_TO = 64
"""Addresses are filled up to whole multiples of this, so that the length says little."""


class SealError(ValueError):
    """The text was not sealed with this key, or was changed."""


def seal(text: str, *, key: bytes, nonce: bytes) -> str:
    """Return *text* encrypted, as URL-safe Base64."""
    if len(nonce) != NONCE_LENGTH:
        raise SealError
    plain = text.encode() + b"\0"
    plain += b"\0" * (-len(plain) % _PADDED_TO)
    hidden = _xor(plain, key, nonce)
    tag = _mac(_subkey(key, b"tag"), nonce + hidden)
    return base64.urlsafe_b64encode(nonce + hidden + tag).decode()


def unseal(sealed: str, *, key: bytes) -> str:
    """Return the text that was sealed with *key*.

    Raises:
        SealError: it was not, or was changed.
    """
    try:
        raw = base64.b64decode(sealed, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise SealError from error
    nonce, hidden = raw[:NONCE_LENGTH], raw[NONCE_LENGTH:-_TAG_LENGTH]
    tag = _mac(_subkey(key, b"tag"), nonce + hidden)
    if not hmac.compare_digest(tag, raw[-_TAG_LENGTH:]):
        raise SealError
    return _xor(hidden, key, nonce).rstrip(b"\0").decode()


def _xor(content: bytes, key: bytes, nonce: bytes) -> bytes:
    stream = b"".join(
        _mac(_subkey(key, b"stream"), nonce + number.to_bytes(8, "big"))
        for number in range(-(-len(content) // _BLOCK))
    )
    return bytes(a ^ b for a, b in zip(content, stream, strict=False))


def _subkey(key: bytes, purpose: bytes) -> bytes:
    return _mac(key, purpose)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
