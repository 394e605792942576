"""Conditions, treatments and what may be said of them, in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import (
    BooleanColumn,
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import Condition, PermittedClaim, Treatment
from .library import LibraryViewSet, UsageColumn

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class ConditionViewSet(LibraryViewSet):
    """The conditions that pages are about."""

    model = Condition
    icon = "help"
    menu_label = _("Conditions")
    menu_name = "health-conditions"
    list_filter = ("supervision_required", "is_crisis", "live")
    panels = (
        MultiFieldPanel(
            [
                TitleFieldPanel("name", targets=["key"], placeholder=False),
                FieldPanel("synonyms"),
                FieldPanel("body_location"),
            ],
            heading=_("For readers"),
        ),
        MultiFieldPanel(
            [FieldPanel("supervision_required"), FieldPanel("is_crisis")],
            heading=_("Safety"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldRowPanel([FieldPanel("snomed"), FieldPanel("mesh")]),
                FieldRowPanel([FieldPanel("icd10"), FieldPanel("icd11")]),
            ],
            heading=_("For programs"),
        ),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "name",
            BooleanColumn(
                "supervision_required", label=_("Needs a qualified professional")
            ),
            BooleanColumn("is_crisis", label=_("Crisis")),
            LocaleColumn(sort_key=None),
            UsageColumn("usage_count", label=_("Used on"), sort_key="usage_count"),
            LiveStatusTagColumn(),
        ]


class TreatmentViewSet(LibraryViewSet):
    """The treatments that pages are about."""

    model = Treatment
    icon = "cogs"
    menu_label = _("Treatments")
    menu_name = "health-treatments"
    list_filter = ("is_complementary", "procedure_type", "medicine_system", "live")
    panels = (
        MultiFieldPanel(
            [
                TitleFieldPanel("name", targets=["key"], placeholder=False),
                FieldPanel("synonyms"),
                FieldPanel("procedure_type"),
                FieldPanel("medicine_system"),
                FieldPanel("is_complementary"),
                FieldPanel("licensed_title"),
            ],
            heading=_("For readers"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contraindications"),
                FieldPanel("harms"),
                FieldPanel("regulator_notes"),
            ],
            heading=_("Safety"),
        ),
        MultiFieldPanel([FieldPanel("key")], heading=_("For programs")),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "name",
            Column(
                "procedure_type",
                label=_("How it is done"),
                accessor="get_procedure_type_display",
            ),
            BooleanColumn("is_complementary", label=_("Complementary")),
            LocaleColumn(sort_key=None),
            UsageColumn("usage_count", label=_("Used on"), sort_key="usage_count"),
            LiveStatusTagColumn(),
        ]


class PermittedClaimViewSet(SnippetViewSet):
    """What regulators and guidelines say to claims."""

    model = PermittedClaim
    icon = "clipboard-list"
    menu_label = _("Permitted claims")
    menu_name = "health-claims"
    list_per_page = 50
    index_results_template_name = "health_content/admin/listing_results.html"
    list_filter = ("treatment", "condition", "jurisdiction", "stance")
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("treatment"),
                FieldPanel("condition"),
                FieldPanel("jurisdiction"),
            ],
            heading=_("What it is about"),
        ),
        MultiFieldPanel(
            [FieldPanel("stance"), FieldPanel("wording"), FieldPanel("qualifier")],
            heading=_("What may be said"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldPanel("source_url"),
                FieldPanel("checked_at"),
            ],
            heading=_("Where it says so"),
        ),
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "wording",
            Column("treatment", label=_("Treatment"), sort_key="treatment__name"),
            Column("condition", label=_("Condition"), sort_key="condition__name"),
            Column(
                "jurisdiction",
                label=_("Where it holds"),
                accessor="get_jurisdiction_display",
                sort_key="jurisdiction",
            ),
            Column(
                "stance",
                label=_("What is said"),
                accessor="get_stance_display",
                sort_key="stance",
            ),
            Column("checked_at", label=_("Checked on"), sort_key="checked_at"),
        ]

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[PermittedClaim]:
        """Return the claims with what they are about, in one query."""
        return PermittedClaim.objects.select_related("treatment", "condition")
