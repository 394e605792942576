"""What pages say of themselves, the policies they follow, and who publishes the site: forms and models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from health_content.checks import check_refusals, check_settings_app
from health_content.models import OrganizationSettings, PersonProfile, ReviewPolicy
from health_content.pages.models import ArticlePage
from tests.content.test_pages import article_form, edit_url
from tests.factories import (
    article,
    block,
    condition,
    editor,
    language,
    person,
    reference,
    treatment,
)

if TYPE_CHECKING:
    from django.test import Client
    from wagtail.models import Page

pytestmark = pytest.mark.django_db


def policy_form(**fields: Any) -> dict[str, Any]:
    values = {
        "name": "Clinical",
        "months": "24",
        "grace_days": "14",
        "overdue_action": "banner",
        "rules": inline_formset([]),
    }
    return nested_form_data(values | fields)


def url(view: str, *args: object) -> str:
    return reverse(ReviewPolicy.snippet_viewset.get_url_name(view), args=args)


# Pages.


def test_an_editor_says_who_made_a_page_and_on_what_sources(
    home: Page, admin_client: Client
) -> None:
    ada, trial = person(), reference()
    pain, needles = condition(), treatment()
    condition("Dolor", locale="es")
    page = article(home)
    form = article_form([]) | {
        "title": page.title,
        "slug": page.slug,
        "content_kind": "treatment",
        "risk_tier": "high",
        "audience_group": "carers",
        "about_conditions": [pain.pk],
        "about_treatments": [needles.pk],
        "contributors-count": "1",
        "contributors-0-deleted": "",
        "contributors-0-order": "0",
        "contributors-0-type": "contributor",
        "contributors-0-id": "",
        "contributors-0-value-person": ada.pk,
        "contributors-0-value-role": "medical_reviewer",
        "references-count": "1",
        "references-0-deleted": "",
        "references-0-order": "0",
        "references-0-type": "reference",
        "references-0-id": "",
        "references-0-value-reference": trial.pk,
        "references-0-value-locator": "p. 3",
        "references-0-value-note": "",
        "ai_assistance": "draft",
        "ai_note": "Checked by Ada.",
        "is_commercial": "on",
        "sponsor": "Needle Works",
        "action-publish": "1",
    }

    shown = admin_client.get(edit_url(page)).content.decode()
    response = admin_client.post(edit_url(page), form)

    assert "About and sources" in shown
    assert "Back pain" in shown
    assert "Dolor" not in shown
    assert response.status_code == 302
    page = ArticlePage.objects.get(pk=page.pk)
    assert (page.content_kind, page.risk_tier, page.audience_group) == (
        "treatment",
        "high",
        "carers",
    )
    assert list(page.about_conditions.all()) == [pain]
    assert list(page.about_treatments.all()) == [needles]
    (contributor,) = page.contributors
    assert contributor.value["person"] == ada
    (cited,) = page.references
    assert (cited.value["reference"], cited.value["locator"]) == (trial, "p. 3")
    assert (page.sponsor, page.ai_note) == ("Needle Works", "Checked by Ada.")


def test_a_translated_page_is_offered_its_own_conditions(
    home: Page, admin_client: Client
) -> None:
    pain = condition()
    dolor = pain.copy_for_translation(language("es"))
    dolor.name = "Dolor de espalda"
    dolor.save()
    page = article(home, about_conditions=[pain])
    spanish = page.copy_for_translation(language("es"), copy_parents=True)

    shown = admin_client.get(edit_url(spanish)).content.decode()

    assert "Dolor de espalda" in shown
    assert f'value="{dolor.pk}"' in shown
    assert f'name="about_conditions" value="{pain.pk}"' not in shown


def test_a_person_whom_a_page_names_is_not_deleted(
    home: Page, admin_client: Client
) -> None:
    ada = person()
    stream = [block("contributor", {"person": ada.pk, "role": "author"})]
    article(home, live=False, title="Needles", contributors=json.dumps(stream))
    name = PersonProfile.snippet_viewset.get_url_name("delete")

    response = admin_client.post(reverse(name, args=[ada.pk]), follow=True)

    assert "is used by 1 object (Needles)" in response.content.decode()
    with pytest.raises(ProtectedError):
        ada.delete()


# Policies.


def test_life_of_a_review_policy(admin_client: Client) -> None:
    rule = {
        "content_kind": "",
        "risk_tier": "high",
        "months": "12",
        "grace_days": "7",
        "overdue_action": "noindex",
    }
    form = policy_form(rules=inline_formset([rule]))
    levels = {f"check_levels_G{n:02}": "warn" for n in (1, 9, 11)}

    response = admin_client.post(url("add"), form | levels)

    assert response.status_code == 302
    policy = ReviewPolicy.objects.get()
    assert policy.check_levels == {"G01": "warn"}  # The others are so anyway.
    general, high = policy.all_rules
    assert (general.months, high.months, high.risk_tier) == (24, 12, "high")
    assert str(policy.rules.get()) == "* high: 12"
    shown = admin_client.get(url("edit", policy.pk)).content.decode()
    assert "No medical disclaimer" in shown
    fixed = shown.partition('name="check_levels_G05"')[2].partition("</select>")[0]
    assert fixed.count("<option") == 1
    assert '<option value="warn" selected>' in shown
    for view in ("history", "usage", "delete"):
        assert admin_client.get(url(view, policy.pk)).status_code == 200
    again = policy_form(rules=inline_formset([])) | levels
    admin_client.post(url("edit", policy.pk), again | {"check_levels_G01": "block"})
    policy.refresh_from_db()
    assert policy.check_levels == {}


def test_what_nobody_may_weaken_is_not_weakened(admin_client: Client) -> None:
    form = policy_form() | {"check_levels_G05": "off"}

    response = admin_client.post(url("add"), form)

    assert response.status_code == 200
    assert not ReviewPolicy.objects.exists()
    with pytest.raises(ValidationError, match="These checks cannot have that level"):
        ReviewPolicy(name="X", check_levels={"G05": "off"}).full_clean()


def test_the_list_of_policies_costs_the_same_for_2_and_20(client: Client) -> None:
    client.force_login(editor(model_permissions=("change_reviewpolicy",)))
    costs = []
    for count in (2, 18):
        for number in range(count):
            ReviewPolicy.objects.create(name=f"Policy {number}")
        client.get(url("list"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("list")).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


# The publisher.


def organization_url() -> str:
    site = Site.objects.get(is_default_site=True)
    names = ("health_content", "organizationsettings", site.pk)
    return reverse("wagtailsettings:edit", args=names)


def test_an_administrator_says_who_publishes(admin_client: Client) -> None:
    policy = ReviewPolicy.objects.create(name="House")
    form = {
        "publisher": "Harbour Health",
        "publisher_url": "https://harbour.example/",
        "funding": "Paid by members.",
        "jurisdiction_profiles": ["editorial", "uk-clinic"],
        "default_review_policy": policy.pk,
    }

    assert admin_client.get(organization_url()).status_code == 200
    response = admin_client.post(organization_url(), form)

    assert response.status_code == 302
    saved = OrganizationSettings.objects.get()
    assert str(saved) == "Harbour Health"
    assert saved.profiles == ["editorial", "uk-clinic"]
    assert saved.default_review_policy == policy
    admin_client.post(organization_url(), form | {"jurisdiction_profiles": []})
    saved.refresh_from_db()
    assert saved.profiles == ["editorial"]
    refused = admin_client.post(
        organization_url(), form | {"jurisdiction_profiles": ["mars"]}
    )
    assert refused.status_code == 200


def test_profiles_are_those_of_the_list() -> None:
    site = Site.objects.get(is_default_site=True)
    for wrong in (["mars"], "editorial", [["editorial"]]):
        with pytest.raises(ValidationError, match="Choose profiles of the list"):
            OrganizationSettings(site=site, jurisdiction_profiles=wrong).full_clean()
    assert str(OrganizationSettings(site=site)) == "publisher and rules"


def test_the_publisher_is_for_those_who_have_the_permission(client: Client) -> None:
    client.force_login(editor("add", "change", "publish"))
    refused = client.post(organization_url(), {"publisher": "Mine"})
    client.force_login(editor(model_permissions=("change_organizationsettings",)))

    assert refused.status_code == 302
    assert not OrganizationSettings.objects.exclude(publisher="").exists()
    assert client.get(organization_url()).status_code == 200


def test_a_site_without_the_settings_app_is_warned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert check_settings_app() == []

    monkeypatch.setattr(apps, "is_installed", lambda _name: False)

    (warning,) = check_settings_app()
    assert warning.id == "health_content.W003"


def test_a_site_that_does_not_say_why_pages_stay_drafts_is_warned(
    settings: Any,
) -> None:
    assert check_refusals() == []

    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "Refusal" not in m]

    (warning,) = check_refusals()
    assert warning.id == "health_content.W004"
