"""The writer of API tokens and of what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ..compat import api_token_model
from .models import DeliveryScope

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import APIToken, Site

    from .scopes import Scope


class TokensUnavailableError(RuntimeError):
    """The installed Wagtail has no API tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a token may do, where, and until when."""

    scopes: Collection[Scope]
    sites: Collection[Site] = ()
    has_all_sites: bool = False
    expires_at: datetime | None = None


@transaction.atomic
def token_create(
    owner: AbstractBaseUser, *, name: str, rights: Rights
) -> tuple[DeliveryScope, str]:
    """Make a token of *owner* and return its row and its text, which is nowhere else.

    Raises:
        TokensUnavailableError: Wagtail is older than 8.0.
    """
    model = api_token_model()
    if model is None:
        raise TokensUnavailableError
    token, text = model.create_token(user=owner, name=name)
    return rights_set(token, rights=rights), text


@transaction.atomic
def rights_set(token: APIToken, *, rights: Rights) -> DeliveryScope:
    """Let *token* do what *rights* say, and nothing else."""
    row, _ = DeliveryScope.objects.update_or_create(
        token_id=token.pk,
        defaults={
            "scopes": sorted(rights.scopes),
            "has_all_sites": rights.has_all_sites,
            "expires_at": rights.expires_at,
        },
    )
    row.sites.set(rights.sites)
    return row


@transaction.atomic
def token_change(token: APIToken, *, name: str, rights: Rights) -> DeliveryScope:
    """Rename *token*, and let it do what *rights* say."""
    type(token).objects.filter(pk=token.pk).update(name=name)
    return rights_set(token, rights=rights)


def token_touch(token: APIToken, *, now: datetime) -> None:
    """Note that *token* was used, as Wagtail's own API does: at most once in an interval, or never if that is None."""
    seconds: int | None = getattr(settings, "WAGTAILAPI_TOKEN_LAST_USED_INTERVAL", 60)
    if seconds is None:
        return
    is_due = token.last_used_at is None or now - token.last_used_at >= timedelta(
        seconds=seconds
    )
    if is_due:
        type(token).objects.filter(pk=token.pk).update(last_used_at=now)


def scope_forget(token_id: int) -> None:
    """Delete what a token that is no more could do."""
    DeliveryScope.objects.filter(token_id=token_id).delete()
