"""The gate's panel, for templates of the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from ..admin.gate_panel import panel_context

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..abstract import HealthPageMixin

register = template.Library()


@register.inclusion_tag("health_content/admin/gate_panel.html")
def gate_panel(request: HttpRequest, page: HealthPageMixin) -> dict[str, Any]:
    """Render what the gate says of *page*."""
    return panel_context(request, page)
