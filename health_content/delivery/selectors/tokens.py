"""Who a token is: its user and its rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...compat import api_token_model
from ..models import DeliveryScope
from ..scopes import SCOPES, Scope, known_scopes

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import APIToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A client that has shown a good token."""

    token: APIToken
    user: AbstractBaseUser
    """Who answers for the token: it can do no more than they may."""
    scopes: frozenset[Scope]
    site_ids: frozenset[int] | None
    """The sites that the token works for; None: all."""

    def allows_site(self, site_id: int) -> bool:
        """Return whether the token works for the site."""
        return self.site_ids is None or site_id in self.site_ids

    def may(self, scope: Scope) -> bool:
        """Return whether the token has *scope*, and its user the permission that goes with it."""
        permission = SCOPES[scope].permission
        has_permission = permission is None or self.user.has_perm(permission)  # type: ignore[attr-defined]  # every user that Wagtail takes has it
        return scope in self.scopes and has_permission


def caller_by_token(bearer: str, *, now: datetime) -> Caller | None:
    """Return whose token *bearer* is at *now*; None for one that is unknown, revoked or expired, or whose user is not active.

    No query for what cannot be a token, by its check sum; then at most three.
    """
    model = api_token_model()
    if model is None or not model.validate_token_format(bearer):
        return None
    token = (
        model.objects.select_related("user")
        .filter(
            key_hash__in=model.candidate_key_hashes(bearer), revoked_at__isnull=True
        )
        .first()
    )
    if token is None or not token.user.is_active:
        return None
    scope = DeliveryScope.objects.filter(token_id=token.pk).first()
    if scope is None:
        return Caller(
            token=token, user=token.user, scopes=frozenset(), site_ids=frozenset()
        )
    if scope.expires_at is not None and scope.expires_at <= now:
        return None
    return Caller(
        token=token,
        user=token.user,
        scopes=known_scopes(scope.scopes),
        site_ids=None if scope.has_all_sites else _site_ids(scope),
    )


def _site_ids(scope: DeliveryScope) -> frozenset[int]:
    return frozenset(scope.sites.values_list("pk", flat=True))
