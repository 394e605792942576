"""Registration with Wagtail, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin.bulk import BULK_ACTIONS
from .admin.viewset import DeskViewSet

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

_LOG = (
    ("health_comments.approve", _("Approve reply"), _("Approved")),
    ("health_comments.reject", _("Reject reply"), _("Rejected")),
    ("health_comments.spam", _("Mark reply as spam"), _("Marked as spam")),
    ("health_comments.hide", _("Hide reply"), _("Hidden")),
    ("health_comments.restore", _("Restore reply"), _("Restored")),
)


@hooks.register("register_admin_viewset")
def register_desk() -> DeskViewSet:
    """Add the moderators' desk."""
    return DeskViewSet()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's site history show decisions on replies."""
    for action, label, message in _LOG:
        actions.register_action(action, label, message)


for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
