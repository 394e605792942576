"""The library in the admin's menu: everything that pages choose from and that has no page of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .people import PersonViewSet
from .policies import ReviewPolicyViewSet
from .references import ReferenceViewSet
from .subjects import ConditionViewSet, PermittedClaimViewSet, TreatmentViewSet


class LibraryViewSetGroup(SnippetViewSetGroup):
    """People, references, conditions, treatments, claims and policies, under one entry."""

    menu_label = _("Library")
    menu_name = "health-library"
    menu_icon = "folder-open-inverse"
    menu_order = 253
    items = (
        PersonViewSet,
        ReferenceViewSet,
        ConditionViewSet,
        TreatmentViewSet,
        PermittedClaimViewSet,
        ReviewPolicyViewSet,
    )
