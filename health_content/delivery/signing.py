"""Signatures of webhooks, by Standard Webhooks 1.0.0 (symmetric, `v1`)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from standardwebhooks import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

SECRET_PREFIX = "whsec_"  # noqa: S105 - the specification's prefix of every secret, not one
MIN_KEY_BYTES = 24


def format_secret(key: bytes) -> str:
    """Return *key* as a receiver enters it: `whsec_` and base64.

    Raises:
        ValueError: fewer than 24 bytes (Standard Webhooks, "Signature scheme").
    """
    if len(key) < MIN_KEY_BYTES:
        raise ValueError(f"A webhook's key has {MIN_KEY_BYTES} bytes or more.")
    return SECRET_PREFIX + base64.b64encode(key).decode("ascii")


def sign(
    message_id: str, sent_at: datetime, body: str, *, secrets: Iterable[str]
) -> dict[str, str]:
    """Return the three headers of a message, signed with each of *secrets*, the newest first.

    *sent_at* is aware, in UTC. While a secret is rotated there are two, and a receiver accepts what either signed.
    """
    signatures = [Webhook(key).sign(message_id, sent_at, body) for key in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
