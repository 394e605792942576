"""Where the desk hangs in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from ..actors import may_moderate
from ..models import ReviewItem
from ..selectors import open_item_count
from .desk import DeskView
from .policy import policy
from .queue import QueueView

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLPattern

_MAX_COUNT = 99


class QueueMenuItem(MenuItem):
    """The way to the queue, with how many replies wait; only moderators see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may moderate."""
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:  # noqa: ARG002 - Wagtail's signature
        """Return the item with the count in its label."""
        count = open_item_count(_MAX_COUNT + 1)
        text = f"{_MAX_COUNT}+" if count > _MAX_COUNT else str(count)
        label = _("Replies (%(count)s)") % {"count": text} if count else self.label
        return LinkMenuItem(
            self.name, str(label), self.url, icon_name=self.icon_name, attrs=self.attrs
        )


class DeskViewSet(ModelViewSet):
    """The queue and the page of one item; there is nothing to add, edit or delete by hand."""

    model = ReviewItem
    name = "health_comments_desk"
    url_prefix = "replies"
    icon = "comment"
    permission_policy = policy
    add_to_admin_menu = True
    menu_label = _("Replies")
    menu_name = "replies"
    menu_order = 250
    menu_item_class = QueueMenuItem
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = QueueView
    exclude_form_fields: tuple[str, ...] = ()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the queue, its refresh, and the page of one item."""
        queue = self.construct_view(QueueView, **self.get_index_view_kwargs())
        results = self.construct_view(
            QueueView, **self.get_index_view_kwargs(), results_only=True
        )
        return [
            path("", queue, name="index"),
            path("results/", results, name="index_results"),
            path("<int:pk>/", DeskView.as_view(), name="detail"),
        ]

    def get_index_view_kwargs(self, **_kwargs: Any) -> dict[str, Any]:
        """Leave everything else to the view itself."""
        return {
            "index_url_name": self.get_url_name("index"),
            "index_results_url_name": self.get_url_name("index_results"),
        }

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Offer no addresses that do not exist."""
        return kwargs

    def register_admin_url_finder(self) -> None:
        """Register none: items have no edit page."""

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return the one permission of the desk, for the form of groups."""
        return Permission.objects.filter(
            content_type__app_label="health_comments", codename="moderate_reply"
        )
