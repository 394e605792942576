"""People in the admin: who they are, what they are qualified for, what they declare."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import (
    BooleanColumn,
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)

from ..library_forms import PersonForm
from ..models import PersonProfile
from .library import LibraryViewSet, UsageColumn

CREDENTIAL_PANELS = (
    FieldRowPanel([FieldPanel("title"), FieldPanel("awarding_body")]),
    FieldRowPanel([FieldPanel("registration_body"), FieldPanel("registration_number")]),
    FieldPanel("is_number_public"),
    FieldRowPanel([FieldPanel("valid_until"), FieldPanel("verified_at")]),
)
CONFLICT_PANELS = (
    FieldPanel("text"),
    FieldPanel("parties"),
    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
)


class PersonViewSet(LibraryViewSet):
    """The people whom pages name."""

    model = PersonProfile
    icon = "user"
    menu_label = _("People")
    menu_name = "health-people"
    list_filter = ("is_active", "live")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            TitleFieldPanel("name", targets=["key"], placeholder=False),
                            FieldPanel("job_title"),
                            FieldPanel("photo"),
                            FieldPanel("bio"),
                            FieldPanel("specialties"),
                        ],
                        heading=_("For readers"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("orcid"), FieldPanel("key")],
                        heading=_("For programs"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("user"), FieldPanel("is_active")],
                        heading=_("For us"),
                    ),
                ],
                heading=_("Person"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "credentials",
                        panels=CREDENTIAL_PANELS,
                        heading=_("Credentials"),
                        label=_("Credential"),
                        help_text=_(
                            "What the person is qualified for. Look each one up in its register, and note the day."
                        ),
                    )
                ],
                heading=_("Credentials"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "conflicts",
                        panels=CONFLICT_PANELS,
                        heading=_("Conflicts of interest"),
                        label=_("Conflict of interest"),
                        help_text=_(
                            "Money, shares, posts or relations that readers should know of. Keep those that have ended."
                        ),
                    )
                ],
                heading=_("Conflicts of interest"),
            ),
        ],
        base_form_class=PersonForm,
    )

    @cached_property
    def list_display(self) -> list[Any]:
        """Return the columns of the list. They are translated, so they are made when they are first shown."""
        return [
            "name",
            Column("job_title", label=_("Job title")),
            BooleanColumn("is_active", label=_("Works with us")),
            LocaleColumn(sort_key=None),
            UsageColumn("usage_count", label=_("Used on"), sort_key="usage_count"),
            LiveStatusTagColumn(),
            UpdatedAtColumn(),
        ]
