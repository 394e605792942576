"""The signature of requests to Akamai's API: EdgeGrid, EG1-HMAC-SHA256.

Source: https://techdocs.akamai.com/developer/docs/edgegrid.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime

MAX_SIGNED_BYTES = 131_072
"""Of a body, the beginning of which alone is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeGridKey:
    """The credentials of an API client."""

    client_token: str = field(repr=False)
    client_secret: str = field(repr=False)
    access_token: str = field(repr=False)


def authorization(key: EdgeGridKey, *, host: str, path: str, body: bytes) -> str:
    """Return the Authorization header of a POST now."""
    now = datetime.now(UTC)
    return sign(
        key, host=host, path=path, body=body, moment=now, nonce=str(uuid.uuid4())
    )


def sign(
    key: EdgeGridKey,
    *,
    host: str,
    path: str,
    body: bytes,
    moment: datetime,
    nonce: str,
    method: str = "POST",
) -> str:
    """Return the Authorization header of a request to `https://{host}{path}` that is made at *moment*."""
    timestamp = moment.astimezone(UTC).strftime("%Y%m%dT%H:%M:%S+0000")
    head = (
        f"EG1-HMAC-SHA256 client_token={key.client_token};access_token={key.access_token};"
        f"timestamp={timestamp};nonce={nonce};"
    )
    content = body[:MAX_SIGNED_BYTES]
    digest = (
        _base64(hashlib.sha256(content).digest())
        if content and method == "POST"
        else ""
    )
    signed = f"{method}\thttps\t{host}\t{path}\t\t{digest}\t{head}"
    signing_key = _mac(timestamp, key.client_secret)
    return f"{head}signature={_mac(signed, signing_key)}"


def _mac(text: str, secret: str) -> str:
    return _base64(hmac.digest(secret.encode(), text.encode(), "sha256"))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
