"""The gate in the editing form itself, for a Wagtail that lets nobody add a side panel."""

from __future__ import annotations

from django.forms import Media
from wagtail.admin.panels import Panel

GATE_MEDIA = Media(
    js=[
        f"health_content/{name}.js"
        for name in ("gate-text", "gate-marks", "gate-panel")
    ]
)


class GatePanel(Panel):
    """What the gate said of the page when the form was opened."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page, for one person; its template asks for the findings."""

        template_name = "health_content/admin/gate_tab.html"
        media = GATE_MEDIA
