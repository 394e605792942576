"""Who may see and do what about webhooks, tokens and purges: one permission each, for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from ...compat import register_permission_policy
from ..models import CachePurge, DeliveryScope, WebhookDelivery, WebhookEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

MANAGE = "health_delivery.manage_webhooks"
MANAGE_TOKENS = "health_delivery.manage_api_tokens"
MANAGE_PURGES = "health_delivery.manage_purges"


class OnePermissionPolicy(ModelPermissionPolicy):
    """Whoever has *permission* may do each of *actions*; nobody anything else, superusers included."""

    def __init__(
        self, model: type[Model], *, actions: frozenset[str], permission: str = MANAGE
    ) -> None:
        super().__init__(model)
        self.actions = actions
        self.permission = permission

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether *user* may do *action*."""
        return action in self.actions and user.has_perm(self.permission)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Return whether *user* may do one of *actions*."""
        return any(self.user_has_permission(user, action) for action in actions)


endpoint_policy = OnePermissionPolicy(
    WebhookEndpoint, actions=frozenset({"add", "change", "delete", "view"})
)
token_policy = OnePermissionPolicy(
    DeliveryScope,
    actions=frozenset({"add", "change", "delete", "view"}),
    permission=MANAGE_TOKENS,
)
# Deliveries are made by events, and deleted by age.
delivery_policy = OnePermissionPolicy(
    WebhookDelivery, actions=frozenset({"change", "view"})
)
# Purges are made by changes, and gone once the cache heard them.
purge_policy = OnePermissionPolicy(
    CachePurge, actions=frozenset({"change", "view"}), permission=MANAGE_PURGES
)


def register() -> None:
    """Make Wagtail ask these policies wherever it meets the models."""
    for policy in (endpoint_policy, token_policy, delivery_policy, purge_policy):
        register_permission_policy(policy.model, policy)
