"""The review policy of the demonstration, and who publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from wagtail.models import Site

if TYPE_CHECKING:
    from .content import Block


@transaction.atomic
def policy_ensure(text: Block) -> Any:
    """Return the review policy with the name in *text*, made with its rules where it is missing."""
    model = apps.get_model("health_content", "ReviewPolicy")
    values = {key: value for key, value in text.items() if key != "rules"}
    policy: Any
    policy, is_new = model.objects.get_or_create(name=text["name"], defaults=values)
    if is_new:
        rule = apps.get_model("health_content", "ReviewRule")
        policy.rules = [
            rule(sort_order=index, **item) for index, item in enumerate(text["rules"])
        ]
        policy.save()
    return policy


def organization_ensure(text: Block, *, policy: Any) -> None:
    """Say who publishes the default site, unless somebody has."""
    model = apps.get_model("health_content", "OrganizationSettings")
    model.objects.get_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={**text, "default_review_policy": policy},
    )
