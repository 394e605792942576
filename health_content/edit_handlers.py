"""The editing form of a page type: the panels of the site's base page, and ours in tabs of their own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel, ObjectList, TabbedInterface

from .abstract import DocumentMixin, HealthPageMixin
from .compat import has_page_viewsets
from .gate_tab import GatePanel


def health_edit_handler(
    page_class: type[Any], mixin: type[DocumentMixin]
) -> TabbedInterface:
    """Return the editing form: the base page's panels, with the mixin's in tabs of their own purpose.

    *page_class* is the site's base page, whose `content_panels`, `promote_panels` and `settings_panels` are kept.
    """
    tabs = [
        ObjectList(
            [*page_class.content_panels, *mixin.health_content_panels],
            heading=_("Content"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [*mixin.health_promote_panels],
                    heading=_("In lists and search results"),
                ),
                *page_class.promote_panels,
            ],
            heading=_("Promote"),
        ),
    ]
    if mixin.health_safety_panels:
        safety = ObjectList([*mixin.health_safety_panels], heading=_("Safety"))
        tabs.insert(1, safety)
    if mixin.health_about_panels:
        about = ObjectList([*mixin.health_about_panels], heading=_("About and sources"))
        tabs.insert(1, about)
    if issubclass(mixin, HealthPageMixin) and not has_page_viewsets():
        tabs.insert(1, ObjectList([GatePanel()], heading=_("Health")))
    if page_class.settings_panels:
        tabs.append(ObjectList([*page_class.settings_panels], heading=_("Settings")))
    return TabbedInterface(tabs)
