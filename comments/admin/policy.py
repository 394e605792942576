"""Who may see the desk: one permission, for everything on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

from ..actors import may_moderate
from ..compat import register_permission_policy
from ..models import ReviewItem

if TYPE_CHECKING:
    from collections.abc import Iterable

VIEW, MODERATE = "view", "change"


class ModerationPolicy(ModelPermissionPolicy):
    """Moderators see and decide; nobody adds or deletes an item by hand, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether *user* may view or decide; other actions do not exist."""
        return action in {VIEW, MODERATE} and may_moderate(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Return whether *user* may do one of *actions*."""
        return any(self.user_has_permission(user, action) for action in actions)


policy = ModerationPolicy(ReviewItem)


def register() -> None:
    """Make Wagtail ask the policy wherever it meets a review item."""
    register_permission_policy(ReviewItem, policy)
