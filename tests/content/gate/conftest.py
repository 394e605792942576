"""What the tests of the gate share: a qualified reviewer, and pages with something to say for or against them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from health_content.models import Credential
from health_content.services.reviews import review_record
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

FINE = "<p>Ask a nurse if the pain stays.</p>"
BAD = "<p>Acupuncture cures back pain for good.</p>"
BLOCKER = "Acupuncture cures back pain for good."


def body(html: str) -> str:
    return json.dumps([factories.block("rich_text", html, "text")])


@pytest.fixture
def home(db: None) -> Any:
    """Return the home page, on a site where every page shows a disclaimer."""
    home = factories.home_page()
    factories.disclaimer("general", applies_to_all=True)
    return home


@pytest.fixture
def doctor(db: None) -> Any:
    """Return a reviewer with a verified credential, who may review and nothing else."""
    user = factories.user("doctor", first_name="Rae", last_name="Sample")
    factories.person(
        "Rae Sample (fictional)",
        user=user,
        credentials=[
            Credential(
                title="MBBS",
                registration_body="GMC",
                valid_until=timezone.localdate() + timedelta(days=365),
                verified_at=date(2026, 1, 5),
            )
        ],
    )
    group, _ = Group.objects.get_or_create(name="Medical reviewers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(Permission.objects.get(codename="review_medically"))
    user.groups.add(group)
    return user


@pytest.fixture
def draft(home: Any, doctor: Any) -> Callable[..., Any]:
    """Return `draft(html)`: a page that was never public, with its text reviewed by the doctor."""

    def make(html: str = FINE, *, reviewed: bool = True, **fields: Any) -> Any:
        page = factories.article(live=False, body=body(html), **fields)
        page.save_revision()
        if reviewed:
            review_record(page.latest_revision.as_object(), reviewer=doctor)
        return page

    return make


@pytest.fixture
def lead(db: None) -> Callable[[str], Any]:
    """Return `lead(name)`: a health lead, who may override checks."""

    def make(name: str) -> Any:
        user = factories.user(name)
        for codename in ("override_gate", "publish_emergency"):
            user.user_permissions.add(Permission.objects.get(codename=codename))
        return user

    return make


def allow(user: Any, *codenames: str) -> Any:
    """Return *user*, who has the permissions besides; fetched anew, since Django remembers what they had."""
    for codename in codenames:
        user.user_permissions.add(Permission.objects.get(codename=codename))
    return type(user).objects.get(pk=user.pk)


def signed_in(user: Any) -> tuple[Client, Any]:
    client = Client()
    client.force_login(user)
    return client, user


@pytest.fixture
def unreviewed(settings: Any) -> None:
    """Let pages go live that nobody reviewed, on a site that asks for no review; all else is asked of them."""
    own = getattr(settings, "HEALTH_CONTENT", {})
    settings.HEALTH_CONTENT = own | {"GATE_LEVELS": {"G03": "off"}}
