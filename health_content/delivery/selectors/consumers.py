"""Who keeps copies of what the site publishes, as far as the site knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from ...compat import api_token_model
from ..models import DeliveryScope, WebhookEndpoint
from ..scopes import Scope, known_scopes

if TYPE_CHECKING:
    from ...models import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """A system beyond the site: a webhook, or an account without one."""

    name: str
    endpoint_id: int | None = None
    account_id: int | None = None


def consumers_of(withdrawal: Withdrawal) -> list[Consumer]:
    """Return who is to confirm *withdrawal*. At most three queries.

    That is each webhook that asked for such an event, disabled ones included, and each account with a token that may
    acknowledge for the site, unless one of those webhooks is its own.
    """
    event_type = f"{withdrawal.document_type}.withdrawn"
    endpoints = WebhookEndpoint.objects.order_by("pk")
    if withdrawal.site_id is not None:
        endpoints = endpoints.filter(sites=withdrawal.site_id)
    wanting = [e for e in endpoints if event_type in e.event_types]
    own = {endpoint.account_id for endpoint in wanting}
    accounts = _accounts(withdrawal.site_id)
    return [
        *(Consumer(name=e.name, endpoint_id=e.pk) for e in wanting),
        *(
            Consumer(name=name, account_id=pk)
            for pk, name in sorted(accounts.items())
            if pk not in own
        ),
    ]


def _accounts(site_id: int | None) -> dict[int, str]:
    """Return the name of each active account with a good token that may acknowledge for the site."""
    model = api_token_model()
    if model is None:
        return {}
    scopes = DeliveryScope.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    )
    if site_id is not None:
        scopes = scopes.filter(Q(has_all_sites=True) | Q(sites=site_id))
    rows = scopes.values_list("token_id", "scopes")
    token_ids = [pk for pk, words in rows if Scope.ACKS_WRITE in known_scopes(words)]
    tokens = model.objects.filter(
        pk__in=token_ids, revoked_at=None, user__is_active=True
    ).select_related("user")
    return {token.user_id: token.user.get_username() for token in tokens}
