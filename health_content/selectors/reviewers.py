"""Whether somebody may review a page medically."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from ..credentials import CredentialState, best_state
from ..gate_facts import Check, Level
from .gate import page_policy
from .page_content import page_as_draft, page_digest
from .policies import organization_of
from .review_states import page_interests, page_writers, review_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from ..abstract import HealthPageMixin
    from ..models import PersonProfile


def review_fault(page: HealthPageMixin, user: AbstractUser) -> str:
    """Return why a review by *user* would not count for *page*, as it is in memory; "" when it would.

    Of a page that a view loaded without its own fields the newest revision is meant.
    """
    page = page_as_draft(page)
    rows, digest = review_rows(page), page_digest(page)
    if page_writers(page, rows, digest, among={user.pk}):
        return _("You wrote it. Somebody else has to review it.")
    profile = reviewer_profile(user)
    if profile and (shared := page_interests(page, {profile.pk})):
        message = _("You declared an interest that the page shares: %(names)s.")
        return message % {"names": ", ".join(shared)}
    levels = page_policy(page, organization_of(page)).levels
    if levels.get(Check.REVIEWER_UNQUALIFIED, Level.BLOCK) is not Level.BLOCK:
        return ""
    if profile is None:
        return _("You have no profile under People that names your account.")
    credentials: Any = profile.credentials.all()
    today = timezone.localdate()
    match best_state([credential.facts for credential in credentials], on=today):
        case CredentialState.VALID:
            return ""
        case CredentialState.EXPIRED:
            return _("Your credential has expired.")
        case CredentialState.UNVERIFIED:
            return _("Nobody looked your credential up yet.")
    return _("Your profile names no credential.")


def reviewer_profile(user: AbstractUser) -> PersonProfile | None:
    """Return the live profile of *user*; None for somebody without one, or who no longer works with us."""
    people: type[PersonProfile] = apps.get_model("health_content", "PersonProfile")
    found = people.objects.filter(user_id=user.pk, is_active=True, live=True)
    return found.order_by("pk").first()
