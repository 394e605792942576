"""Who may see and do what about webhooks: one permission, for all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from ...compat import register_permission_policy
from ..models import WebhookDelivery, WebhookEndpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

MANAGE = "health_delivery.manage_webhooks"


class WebhookPolicy(ModelPermissionPolicy):
    """Whoever may manage webhooks may do each of *actions*; nobody anything else, superusers included."""

    def __init__(self, model: type[Model], *, actions: frozenset[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether *user* may do *action*."""
        return action in self.actions and user.has_perm(MANAGE)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Return whether *user* may do one of *actions*."""
        return any(self.user_has_permission(user, action) for action in actions)


endpoint_policy = WebhookPolicy(
    WebhookEndpoint, actions=frozenset({"add", "change", "delete", "view"})
)
# Deliveries are made by events, and deleted by age.
delivery_policy = WebhookPolicy(WebhookDelivery, actions=frozenset({"change", "view"}))


def register() -> None:
    """Make Wagtail ask these policies wherever it meets the models."""
    for policy in (endpoint_policy, delivery_policy):
        register_permission_policy(policy.model, policy)
