"""The gate in the editor: a side panel that follows what is typed, and what stands on the button that publishes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import PublishMenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel

from ..abstract import HealthPageMixin
from ..compat import has_page_viewsets, page_viewsets
from ..gate_tab import GATE_MEDIA
from ..permissions import may_see_evidence
from .evidence import EVIDENCE_URL
from .findings import page_findings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.action_menu import ActionMenuItem
    from wagtail.admin.viewsets.base import ViewSet

    from ..document_facts import JsonObject

PUBLISH = "action-publish"
# Between Wagtail's status and its comments.
ORDER = 150
# What the panel's script says.
TEXTS = {
    "replaced": gettext_lazy(
        "The sentence was replaced. “Undo” in its field takes that back."
    ),
    "missing": gettext_lazy(
        "The sentence was not found in its field, so nothing was changed."
    ),
    "ambiguous": gettext_lazy(
        "The sentence stands there more than once, so nothing was changed. Go there, and change the one that you mean."
    ),
    "references": gettext_lazy("Add a reference here."),
    "note": gettext_lazy("%(level)s: finding %(number)s of %(count)s"),
    "revealed": gettext_lazy("Shown in the preview. Escape leads back to the panel."),
    "unseen": gettext_lazy("The preview does not show this sentence."),
    "elsewhere": gettext_lazy(
        "The preview is a page of another address, in which nothing can be marked. Choose another preview mode."
    ),
    "invalid": gettext_lazy("The form has errors, so the preview cannot be shown."),
}


class GateSidePanel(BaseSidePanel):
    """Everything that speaks against publishing the page, and what to do about it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button of the panel, with the number of what blocks."""

        aria_label = gettext_lazy("Toggle health")
        icon_name = "warning"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Add the number."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            findings = findings_of(self.panel.request, self.panel.object)
            return context | {"count": findings["blocking"]}

    name = "health"
    title = gettext_lazy("Health")
    template_name = "health_content/admin/gate_panel.html"
    order = ORDER

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add the findings."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | panel_context(self.request, self.object)

    media = GATE_MEDIA


def gate_viewsets() -> list[ViewSet]:
    """Return the viewset of health pages; none where Wagtail does not know such."""
    if not has_page_viewsets():
        return []
    # Wagtail 7.4 has not got what they build on.
    from .gate_views import (
        HealthCreateView,
        HealthEditView,
        HealthPreviewOnCreateView,
        HealthPreviewOnEditView,
    )

    return page_viewsets(
        HealthPageMixin,
        add_view=HealthCreateView,
        edit_view=HealthEditView,
        preview_on_add_view=HealthPreviewOnCreateView,
        preview_on_edit_view=HealthPreviewOnEditView,
    )


def relabel_publication(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Put the number of what blocks on the button that publishes. It stays: who presses it is told why."""
    page = context.get("page")
    if not isinstance(page, HealthPageMixin):
        return
    for place, item in enumerate(items):
        if item.name == PUBLISH and (label := findings_of(request, page)["publish"]):
            # Wagtail keeps one item for all requests.
            items[place] = copy.copy(item)
            items[place].label = label


def findings_of(request: Any, page: HealthPageMixin) -> JsonObject:
    """Return the findings of *page*; the panel, its button and the menu of one answer ask once."""
    known = getattr(request, "health_findings", None)
    if known is None or known[0] is not page:
        known = request.health_findings = (page, page_findings(page, request.user))
    findings: JsonObject = known[1]
    return findings


def panel_context(request: HttpRequest, page: HealthPageMixin) -> dict[str, Any]:
    """Return what the panel's template needs."""
    return {
        "findings": findings_of(request, page),
        # What Wagtail itself writes on the button.
        "publish_plain": PublishMenuItem.label,
        "texts": {key: str(text) for key, text in TEXTS.items()},
        "evidence_url": _evidence_url(request, page),
    }


def _evidence_url(request: HttpRequest, page: HealthPageMixin) -> str:
    base: Any = page
    is_shown = base.pk and may_see_evidence(request.user)
    return reverse(EVIDENCE_URL, args=[base.pk]) if is_shown else ""
