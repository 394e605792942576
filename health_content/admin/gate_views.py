"""The editor's views of health pages, with the gate's panel. Needs Wagtail 8: import it where `has_page_viewsets` says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from .findings import page_findings
from .gate_panel import GateSidePanel

if TYPE_CHECKING:
    from django.http import HttpRequest


class HealthEditView(EditView):
    """Wagtail's editor, with the panel."""

    def get_side_panels(self) -> Any:
        """Add the panel, but to the parts of a form that Wagtail fetches again."""
        panels = super().get_side_panels()
        if not self.expects_json_response and not self.hydrate_create_view:
            panels.append(GateSidePanel(self.page, self.request))
            panels.sort(key=lambda panel: panel.order)
        return panels


class HealthCreateView(CreateView):
    """Wagtail's form for a new page, with the panel."""

    def get_side_panels(self) -> Any:
        """Add the panel."""
        panels = super().get_side_panels()
        panels.append(GateSidePanel(self.page, self.request))
        panels.sort(key=lambda panel: panel.order)
        return panels


class _FindingsMixin:
    """Adds to what the preview answers what the gate says of what was typed: `health`, where the form is valid."""

    _valid_form: Any = None

    def validate_form(self, form: Any) -> bool:
        """Keep the form of the request, if it is valid."""
        base: Any = super()
        is_valid: bool = base.validate_form(form)
        if is_valid:
            self._valid_form = form
        return is_valid

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer as Wagtail does, with the findings."""
        base: Any = super()
        response: JsonResponse = base.post(request, *args, **kwargs)
        answer = json.loads(response.content)
        if not answer["is_valid"]:
            return response
        page = self._valid_form.save(commit=False)
        if not page.locale_id:
            page.locale = page.get_default_locale()
        return JsonResponse(answer | {"health": page_findings(page, request.user)})


class HealthPreviewOnEditView(_FindingsMixin, PreviewOnEditView):
    """The preview of a page that exists."""


class HealthPreviewOnCreateView(_FindingsMixin, PreviewOnCreateView):
    """The preview of a new page."""
