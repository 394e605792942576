"""What the admin's lists of what happened by itself share: nothing is added, edited or deleted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path
from wagtail.admin.viewsets.model import ModelViewSet

if TYPE_CHECKING:
    from django.urls import URLPattern


class LogViewSet(ModelViewSet):
    """A list of rows that no hand made, with no page to edit them."""

    add_to_reference_index = False
    copy_view_enabled = False
    index_results_template_name = "health_content/admin/listing_results.html"
    exclude_form_fields: tuple[str, ...] = ()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the list and its refresh."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Offer no addresses that do not exist."""
        missing = ("history", "usage", "add", "edit", "delete")
        return super().get_common_view_kwargs(**kwargs) | {
            f"{name}_url_name": None for name in missing
        }

    def register_admin_url_finder(self) -> None:
        """Register none: the rows have no edit page."""
