"""The topics in the admin: list and form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column, LocaleColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Topic
from ..models.topics import TOPICS_ABOVE

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class TopicViewSet(SnippetViewSet):
    """The topics that editors choose from."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "health-topics"
    menu_order = 251
    add_to_admin_menu = True
    list_per_page = 100
    index_results_template_name = "health_content/admin/listing_results.html"
    list_filter = ("parent",)
    search_fields = ("name", "slug")
    panels = (
        MultiFieldPanel(
            [
                TitleFieldPanel("name", targets=["slug"], placeholder=False),
                FieldPanel("slug", widget=SlugInput),
            ],
            heading=_("Name"),
        ),
        FieldPanel("parent"),
        FieldPanel("description"),
        FieldPanel("disclaimers", icon="hp-disclaimer", classname="collapsed"),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "name",
            Column("parent", label=_("Belongs to"), sort_key="parent__name"),
            "slug",
            LocaleColumn(sort_key=None),
            Column("usage_count", label=_("Used on"), sort_key="usage_count"),
        ]

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[Topic]:
        """Return the topics with their use, in as many queries for two as for a hundred."""
        topics = Topic.objects.select_related(TOPICS_ABOVE)
        return topics.annotate(usage_count=ReferenceIndex.usage_count_subquery(Topic))
