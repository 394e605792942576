"""The library of disclaimers in the admin: list, form, history of wordings, and refusals that say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.rich_text import get_text_for_indexing
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet, UnpublishView

from ..models import DisclaimerSnippet
from ..services.disclaimers import use_keeping, use_message
from ..usage import DisclaimerUse, disclaimer_use
from .library import UsageColumn, entries_with_state, snippet_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


class DisclaimerInspectView(InspectView):
    """Everything about a disclaimer, with each wording that was ever published."""

    def get_body_display_value(self) -> str:
        """Return the wording as text; the field holds HTML."""
        return get_text_for_indexing(self.object.body)

    def get_applies_to_all_display_value(self) -> str:
        """Return yes or no."""
        return gettext("Yes") if self.object.applies_to_all else gettext("No")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the versions, newest first."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        versions = self.object.versions.select_related("published_by")
        return context | {"versions": versions.order_by("-number")}


class DisclaimerUnpublishView(UnpublishView):
    """Unpublishing, refused with the reason while live pages show the disclaimer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the question, or the refusal."""
        response: HttpResponse = self.refusal() or super().get(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish, or refuse."""
        response: HttpResponse = self.refusal() or super().post(
            request, *args, **kwargs
        )
        return response

    def refusal(self) -> HttpResponse | None:
        """Return a redirect to the pages that hold the disclaimer, None if there are none."""
        use = disclaimer_use(self.object)
        return refuse(self.request, self.object, use) if use.is_needed else None


class DisclaimerViewSet(SnippetViewSet):
    """The library of disclaimers."""

    model = DisclaimerSnippet
    icon = "hp-disclaimer"
    menu_label = _("Disclaimers")
    menu_name = "health-disclaimers"
    menu_order = 250
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_class = DisclaimerInspectView
    inspect_template_name = "health_content/admin/disclaimer_inspect.html"
    inspect_view_fields = [
        "title",
        "body",
        "kind",
        "key",
        "placement",
        "applies_to_all",
    ]
    unpublish_view_class = DisclaimerUnpublishView
    list_filter = {"kind": ["exact"], "live": ["exact"], "applies_to_all": ["exact"]}
    list_per_page = 50
    index_results_template_name = "health_content/admin/listing_results.html"
    panels = (
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("body")], heading=_("Wording")
        ),
        MultiFieldPanel(
            [FieldPanel("placement"), FieldPanel("applies_to_all")],
            heading=_("Where it is shown"),
        ),
        FieldPanel("applies_to", icon="hp-disclaimer", classname="collapsed"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("key")],
            heading=_("For programs"),
        ),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "title",
            "key",
            Column(
                "kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"
            ),
            LocaleColumn(sort_key=None),
            UsageColumn("usage_count", label=_("Used on"), sort_key="usage_count"),
            LiveStatusTagColumn(),
            UpdatedAtColumn(),
        ]

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[DisclaimerSnippet]:
        """Return the disclaimers with their use, schedule and workflow, in as many queries for two as for fifty."""
        return entries_with_state(DisclaimerSnippet)


def refuse(
    request: HttpRequest, disclaimer: DisclaimerSnippet, use: DisclaimerUse
) -> HttpResponse:
    """Tell the editor what keeps *disclaimer*, and go where that is changed."""
    messages.error(request, use_message(disclaimer, use))
    is_own = use.is_everywhere or use.has_rules
    return redirect(snippet_url(disclaimer, "edit" if is_own else "usage"))


def refuse_deletion(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponse | None:
    """Return the refusal for the first of *instances* that is a disclaimer in use, else None."""
    for instance in instances:
        if isinstance(instance, DisclaimerSnippet):
            use = use_keeping(instance)
            if use.is_needed:
                return refuse(request, instance, use)
    return None
