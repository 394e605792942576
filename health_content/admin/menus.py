"""The menus in the admin: list and form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Menu

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class MenuViewSet(SnippetViewSet):
    """The menus of all sites."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_name = "health-menus"
    menu_order = 252
    add_to_admin_menu = True
    list_per_page = 50
    index_results_template_name = "health_content/admin/listing_results.html"
    list_filter = ("site", "key")
    panels = (
        FieldPanel("title"),
        FieldPanel("items"),
        MultiFieldPanel(
            [FieldPanel("site"), FieldPanel("key")], heading=_("Where it is shown")
        ),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "title",
            "key",
            Column("site", label=_("Site"), sort_key="site__hostname"),
            LocaleColumn(sort_key=None),
            UpdatedAtColumn(),
        ]

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[Menu]:
        """Return the menus with their sites, in as many queries for two as for fifty."""
        return Menu.objects.select_related("site", "locale")
