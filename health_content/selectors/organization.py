"""Who publishes each site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from ..conf import get_conf
from ..governance_facts import Organization

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models import OrganizationSettings


def organizations_by_site() -> Mapping[int, Organization]:
    """Return what is known of the publisher of each site, by the site's id. One query."""
    model: type[OrganizationSettings] = apps.get_model(
        "health_content", "OrganizationSettings"
    )
    return {
        row.site_id: Organization(
            publisher=row.publisher,
            url=row.publisher_url,
            funding=row.funding,
            principles_url=row.publishing_principles_url,
            corrections_url=row.corrections_policy_url,
        )
        for row in model.objects.order_by("pk")
    }


def site_publisher(site_id: int) -> str:
    """Return who publishes the site with *site_id*, "" when nobody said so. One query."""
    organization = organizations_by_site().get(site_id, Organization())
    return organization.publisher or get_conf().publisher_name
