"""The list of what waits, and of what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.generic import IndexView

from ..models import ItemState, ReviewItem
from ..selectors import queue_items
from .filters import QueueFilterSet
from .labels import reason_label
from .policy import MODERATE, policy

if TYPE_CHECKING:
    from django.db.models import QuerySet

DETAIL_URL = "health_comments_desk:detail"
QUEUE_URL = "health_comments_desk:index"
_EXCERPT = 120


def excerpt(item: ReviewItem) -> str:
    """Return the first words of the item's text; plain text, for the template to escape."""
    words = " ".join(item.revision.body_text.split())
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rstrip() + "…"


def detail_url(item: ReviewItem) -> str:
    """Return where the item is read and decided."""
    return reverse(DETAIL_URL, args=[item.pk])


class ReasonsColumn(Column):
    """Why an item is here: one label for each reason."""

    cell_template_name = "health_comments/admin/reasons_cell.html"

    def get_value(self, instance: ReviewItem) -> list[str]:
        """Return the reasons in words; that everything waits is only said when nothing else is."""
        codes = [code for code in instance.reasons if code != "policy.pre"]
        return [reason_label(code) for code in codes or instance.reasons]


class QueueView(IndexView):
    """Items, the most urgent first; those that wait unless a filter asks for others."""

    model = ReviewItem
    permission_policy = policy
    permission_required = MODERATE
    any_permission_required = [MODERATE]
    page_title = _("Replies")
    header_icon = "comment"
    template_name = "health_comments/admin/queue.html"
    results_template_name = "health_comments/admin/queue_results.html"
    filterset_class = QueueFilterSet
    search_fields = ["revision__body_text", "reply__author_name"]
    search_backend_name = None
    is_searchable = True
    default_ordering = ("-priority", "created_at", "pk")
    paginate_by = 50
    add_url_name = edit_url_name = delete_url_name = copy_url_name = None
    inspect_url_name = None
    _show_breadcrumbs = True

    @cached_property
    def columns(self) -> list[Column]:
        """What a row shows; all of it comes with the one query of the list."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="reviewitem"),
            TitleColumn(
                "text",
                label=_("Reply"),
                accessor=excerpt,
                get_url=detail_url,
                get_title_id=lambda item: f"reviewitem_{item.pk}_title",
            ),
            Column("author", label=_("Author"), accessor="reply.author_name"),
            Column("page", label=_("Article"), accessor="reply.thread.page.title"),
            ReasonsColumn("reasons", label=_("Why it is here")),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="reply.get_status_display",
                primary=lambda item: item.state != ItemState.RESOLVED,
            ),
            DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[ReviewItem]:
        """Return the items that wait; all of them when the moderator asks for a status."""
        items = queue_items()
        if self.request.GET.getlist("status"):
            return items
        return items.exclude(state=ItemState.RESOLVED)

    def order_queryset(self, queryset: QuerySet[ReviewItem]) -> QuerySet[ReviewItem]:
        """Return the items in the order asked for, always a total one."""
        ordering = self.ordering
        names = (ordering,) if isinstance(ordering, str) else tuple(ordering)
        return queryset.order_by(*names, "pk")

    def get_page_subtitle(self) -> str:
        """Return nothing: the title says it."""
        return ""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Tell the footer of bulk actions which model it acts on."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"model_opts": ReviewItem._meta}  # noqa: SLF001 - Django documents _meta
