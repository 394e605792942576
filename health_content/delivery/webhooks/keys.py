"""Secrets of endpoints. None is stored: each is derived from the site's key when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

from ..signing import format_secret

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import WebhookEndpoint

SALT = "health_delivery.webhook"


def endpoint_secret(endpoint: WebhookEndpoint) -> str:
    """Return the secret that the receiver is to know."""
    return _secret(endpoint, endpoint.generation, settings.SECRET_KEY)


def endpoint_secrets(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    """Return the secrets that sign at *now*, the newest first.

    The one before the last rotation is among them until its time is over, and so are those of the site's former keys
    (`SECRET_KEY_FALLBACKS`): neither change cuts a receiver off.
    """
    generations = [endpoint.generation]
    if endpoint.previous_until is not None and now < endpoint.previous_until:
        generations.append(endpoint.generation - 1)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_secret(endpoint, number, key) for key in keys for number in generations]


def _secret(endpoint: WebhookEndpoint, generation: int, key: str | bytes) -> str:
    name = f"{endpoint.uuid}:{generation}"
    return format_secret(
        salted_hmac(SALT, name, secret=key, algorithm="sha256").digest()
    )
