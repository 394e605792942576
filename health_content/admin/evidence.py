"""The evidence pack of a page: to read and print, and as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import Button

from ..abstract import HealthPageMixin
from ..choices import AiAssistance
from ..compat import page_model
from ..permissions import may_see_evidence
from ..services.evidence_pack import evidence_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from wagtail.models import AbstractPage

    from ..document_facts import Json, JsonObject

EVIDENCE_URL = "health_content_evidence"
EVIDENCE_FILE_URL = "health_content_evidence_file"


class _EvidenceMixin(View):
    """What both forms of the pack ask: a health page, and somebody who may see it."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may see it. Wagtail has no answer of the admin kept anywhere."""
        if not may_see_evidence(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def pack(self) -> JsonObject:
        """Return the pack of the newest draft of the page."""
        page = page_model().objects.filter(pk=self.kwargs["page_id"]).first()
        draft = page.get_latest_revision_as_object() if page else None
        if not isinstance(draft, HealthPageMixin):
            raise Http404
        return evidence_pack(draft)


class EvidenceView(_EvidenceMixin, TemplateView):
    """The pack as a page of paper: no menus, nothing to press but the way back and the file."""

    template_name = "health_content/admin/evidence_pack.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pack, its times as times."""
        page_id = self.kwargs["page_id"]
        pack = _with_times(self.pack())
        use = pack["made_by"]["ai_assistance"]["use"]
        return super().get_context_data(**kwargs) | {
            "pack": pack,
            "ai_label": dict(AiAssistance.choices)[use],
            "file_url": reverse(EVIDENCE_FILE_URL, args=[page_id]),
            "back_url": reverse("wagtailadmin_pages:edit", args=[page_id]),
        }


class EvidenceFileView(_EvidenceMixin, View):
    """The pack as a JSON file."""

    def get(self, _request: HttpRequest, page_id: int) -> HttpResponse:
        """Return the file."""
        text = evidence_json(self.pack())
        name = f"evidence-{page_id}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="application/json", headers=headers)


def evidence_json(pack: JsonObject) -> str:
    """Return *pack* as a file holds it."""
    return json.dumps(pack, ensure_ascii=False, indent=2) + "\n"


def evidence_urls() -> list[URLPattern]:
    """Return the addresses of both."""
    return [
        path("gate/page/<int:page_id>/evidence/", EvidenceView.as_view(), name=EVIDENCE_URL),
        path("gate/page/<int:page_id>/evidence.json", EvidenceFileView.as_view(), name=EVIDENCE_FILE_URL),
    ]  # fmt: skip


def evidence_buttons(page: AbstractPage, user: Any) -> Iterator[Button]:
    """Yield the button that shows the pack of *page*, for those who may see it."""
    is_health = issubclass(page.specific_class or object, HealthPageMixin)
    if is_health and may_see_evidence(user):
        url = reverse(EVIDENCE_URL, args=[page.pk])
        yield Button(_("Evidence pack"), url, icon_name="doc-full", priority=63)


def _with_times(value: Json) -> Any:
    """Return *value* with its times and days as such, for a template that writes them as people do."""
    if isinstance(value, dict):
        return {
            key: _time_of(key, each) or _with_times(each) for key, each in value.items()
        }
    return [_with_times(each) for each in value] if isinstance(value, list) else value


def _time_of(key: str, value: Json) -> Any:
    if not isinstance(value, str) or not key.endswith(("_at", "_until")):
        return None
    return parse_date(value) if key.endswith("_until") or len(value) == len("2026-01-01") else parse_datetime(value)  # fmt: skip
