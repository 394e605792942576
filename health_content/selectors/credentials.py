"""The credentials of reviewers that end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import date

    from ..models import Credential

NOTICE = timedelta(days=30)
"""How long before its end a credential is named: registers renew in weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingCredential:
    """A credential on which reviews rest, and its last day."""

    person: str
    title: str
    valid_until: date


def credentials_ending() -> list[EndingCredential]:
    """Return the credentials of people who review, that ended or end within the notice, the soonest first. One query."""
    model: type[Credential] = apps.get_model("health_content", "Credential")
    reviews = apps.get_model("health_content", "MedicalReview").objects
    rows = model.objects.filter(
        person__is_active=True,
        person__in=reviews.exclude(profile=None).values("profile"),
        valid_until__lte=timezone.localdate() + NOTICE,
    )
    return [
        EndingCredential(
            person=row.person.name, title=row.title, valid_until=row.valid_until
        )
        for row in rows.select_related("person").order_by("valid_until", "pk")
        if row.valid_until is not None
    ]
