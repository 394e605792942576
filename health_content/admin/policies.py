"""Review policies in the admin: for how long a review holds, and how strict the checks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import ReviewPolicy
from ..policy_forms import ReviewPolicyForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

RULE_PANELS = (
    FieldRowPanel([FieldPanel("content_kind"), FieldPanel("risk_tier")]),
    FieldRowPanel([FieldPanel("months"), FieldPanel("grace_days")]),
    FieldPanel("overdue_action"),
)


class ReviewPolicyViewSet(SnippetViewSet):
    """The policies that pages and sites follow."""

    model = ReviewPolicy
    icon = "calendar-check"
    menu_label = _("Review policies")
    menu_name = "health-review-policies"
    list_per_page = 50
    index_results_template_name = "health_content/admin/listing_results.html"
    search_fields = ("name",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("months"), FieldPanel("grace_days")]),
                    FieldPanel("overdue_action"),
                ],
                heading=_("For all pages"),
            ),
            InlinePanel(
                "rules",
                panels=RULE_PANELS,
                heading=_("For some pages"),
                label=_("Rule"),
                help_text=_(
                    "The most particular rule counts: one for the risk comes before one for the kind of page."
                ),
            ),
            FieldPanel("check_levels"),
        ],
        base_form_class=ReviewPolicyForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "name",
            Column("months", label=_("Months"), sort_key="months"),
            Column(
                "overdue_action", label=_("Then"), accessor="get_overdue_action_display"
            ),
            Column("usage_count", label=_("Used on"), sort_key="usage_count"),
            UpdatedAtColumn(),
        ]

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[ReviewPolicy]:
        """Return the policies with their use, in one query."""
        usage = ReferenceIndex.usage_count_subquery(ReviewPolicy)
        return ReviewPolicy.objects.annotate(usage_count=usage)
