"""References in the admin: a citation in plain fields, and what it is worth."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn

from ..library_forms import ReferenceForm
from ..models import Reference
from .library import LibraryViewSet, UsageColumn


class ReferenceViewSet(LibraryViewSet):
    """The sources that pages cite."""

    model = Reference
    icon = "hp-references"
    menu_label = _("References")
    menu_name = "health-references"
    list_filter = ("kind", "certainty", "direction", "live")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("csl_type"),
                    FieldPanel("csl_title"),
                    FieldPanel("authors_text"),
                    FieldPanel("issued"),
                    FieldRowPanel(
                        [FieldPanel("container"), FieldPanel("container_short")]
                    ),
                    FieldRowPanel(
                        [FieldPanel("volume"), FieldPanel("issue"), FieldPanel("page")]
                    ),
                    FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]),
                    FieldRowPanel([FieldPanel("url"), FieldPanel("accessed")]),
                    FieldRowPanel(
                        [
                            FieldPanel("publisher"),
                            FieldPanel("publisher_place"),
                            FieldPanel("edition"),
                        ]
                    ),
                ],
                heading=_("Citation"),
            ),
            MultiFieldPanel(
                [FieldPanel("pasted")],
                heading=_("Or paste a citation"),
                classname="collapsed",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("kind"),
                    FieldPanel("certainty"),
                    FieldPanel("direction"),
                    FieldPanel("population"),
                ],
                heading=_("What it is worth"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("checked_at"),
                    FieldPanel("retracted_at"),
                    FieldPanel("superseded_by"),
                    FieldPanel("archived_url"),
                ],
                heading=_("Whether it still holds"),
            ),
        ],
        base_form_class=ReferenceForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "title",
            Column("authors", label=_("Authors")),
            Column("year", label=_("Year"), sort_key="year"),
            Column(
                "kind",
                label=_("Kind of source"),
                accessor="get_kind_display",
                sort_key="kind",
            ),
            Column("retracted_at", label=_("Retracted on"), sort_key="retracted_at"),
            UsageColumn("usage_count", label=_("Used on"), sort_key="usage_count"),
            LiveStatusTagColumn(),
            UpdatedAtColumn(),
        ]
