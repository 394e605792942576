"""The library in the admin: people, references, conditions, treatments and what may be said of them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from health_content.models import (
    Condition,
    Credential,
    PermittedClaim,
    PersonProfile,
    Reference,
    Treatment,
)
from tests import factories
from tests.factories import condition, language, person, reference, treatment

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def url(model: Any, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def person_form(**fields: Any) -> dict[str, Any]:
    values = {
        "name": "Ada Sample",
        "key": "ada-sample",
        "is_active": "on",
        "credentials": inline_formset([]),
        "conflicts": inline_formset([]),
    } | fields
    return nested_form_data(values)


def reference_form(**fields: Any) -> dict[str, Any]:
    return {
        "csl_type": "article-journal",
        "csl_title": "Acupuncture for chronic pain",
        "authors_text": "Vickers AJ\nWorld Health Organization",
        "container": "The Journal of Pain",
        "issued": "2018-05",
        "doi": "https://doi.org/10.1016/j.jpain.2017.11.005",
        "kind": "systematic_review",
    } | fields


def claim(**fields: Any) -> PermittedClaim:
    values = {
        "treatment": fields.pop("treatment", None) or treatment(),
        "jurisdiction": "uk",
        "stance": "permitted",
        "wording": "short-term relief",
        "source_title": "A ruling",
        "source_url": "https://regulator.example/1",
        "checked_at": date(2026, 1, 2),
    } | fields
    return PermittedClaim.objects.create(**values)


# People.


def test_life_of_a_person(admin_client: Client) -> None:
    credential = {
        "title": "MBBS",
        "registration_body": "GMC",
        "registration_number": "1234567",
        "verified_at": "2026-05-01",
    }
    conflict = {"text": "Paid for lectures", "starts_on": "2024-01-01"}
    form = person_form(
        orcid="https://orcid.org/0000-0002-1825-0097",
        specialties="Pain\n\nPain\n Sleep ",
        credentials=inline_formset([credential]),
        conflicts=inline_formset([conflict]),
    )

    draft = admin_client.post(url(PersonProfile, "add"), form)

    assert draft.status_code == 302
    ada = PersonProfile.objects.get()
    assert (ada.live, ada.orcid) == (False, "0000-0002-1825-0097")
    assert ada.specialty_list == ["Pain", "Sleep"]
    made = ada.get_latest_revision_as_object().credentials.get()
    assert made.verified_by.get_username() == "admin"
    assert str(made) == "MBBS"
    assert made.facts.verified_at == date(2026, 5, 1)

    published = person_form(name="Ada Sample (fictional)") | {"action-publish": "1"}
    assert admin_client.post(url(PersonProfile, "edit", ada.pk), published)
    ada.refresh_from_db()
    assert (ada.live, str(ada)) == (True, "Ada Sample (fictional)")
    declared = ada.conflicts.get()
    assert (str(declared), declared.facts.ends_on) == ("Paid for lectures", None)
    for view in ("edit", "history", "usage", "delete", "unpublish"):
        address = url(PersonProfile, view, ada.pk)
        assert admin_client.get(address).status_code == 200, view


def test_who_looked_a_credential_up_stays_until_the_day_changes(
    admin_client: Client,
) -> None:
    other = factories.user("register-clerk")
    checked = Credential(
        title="RN", verified_at=date(2026, 1, 1), verified_by=other, sort_order=0
    )
    ada = person(credentials=[checked])
    row = ada.credentials.get()
    same = {"id": row.pk, "title": "RGN", "verified_at": "2026-01-01"}

    def save(values: dict[str, Any]) -> Any:
        rows = inline_formset([values], initial=1)
        form = person_form(credentials=rows) | {"action-publish": "1"}
        admin_client.post(url(PersonProfile, "edit", ada.pk), form)
        return Credential.objects.get()

    assert (save(same).title, save(same).verified_by) == ("RGN", other)
    assert save(same | {"verified_at": ""}).verified_by is None
    later = save(same | {"verified_at": "2026-02-01"})
    assert later.verified_by.get_username() == "admin"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "An ORCID iD has 16 digits"),
        ({"key": "taken"}, "There is an entry with this key in this language."),
        (
            {
                "conflicts": inline_formset(
                    [{"text": "x", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}]
                )
            },
            "The end is before the beginning.",
        ),
    ],
)
def test_a_mistake_is_said_beside_the_field(
    fields: dict[str, Any], sentence: str, admin_client: Client
) -> None:
    person("Taken")

    response = admin_client.post(url(PersonProfile, "add"), person_form(**fields))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert PersonProfile.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: person(bio="Knows needles.", photo=factories.image(), credentials=[Credential(title="MBBS", registration_body="GMC", registration_number="7654321", sort_order=0)]), ["Knows needles.", "GMC"]),
        (lambda: condition(synonyms="Backache"), ["Backache"]),
        (lambda: treatment(procedure_type="percutaneous", medicine_system="Ayurvedic"), ["Through the skin", "Ayurveda"]),
        (lambda: reference(retracted_at=date(2026, 1, 1), csl={"DOI": "10.1000/182"}), ["Retracted", "doi:10.1000/182", "doi: 10.1000/182."]),
    ],
    ids=["person", "condition", "treatment", "reference"],
)  # fmt: skip
def test_previews_show_what_readers_may_see(make: Any, words: list[str], rf) -> None:
    snippet = make()

    response = snippet.make_preview_request(preview_mode="")

    text = response.rendered_content if hasattr(response, "rendered_content") else ""
    text = text or response.content.decode()
    assert [word for word in words if word not in text] == []
    assert "7654321" not in text


def test_a_translation_begins_as_a_draft() -> None:
    spanish = person().copy_for_translation(language("es"))
    spanish.save()

    assert (spanish.live, spanish.key) == (False, "ada-sample")


# References.


def test_life_of_a_reference(admin_client: Client) -> None:
    response = admin_client.post(url(Reference, "add"), reference_form())

    assert response.status_code == 302
    made = Reference.objects.get()
    assert str(made) == "Acupuncture for chronic pain (2018)"
    assert made.authors == "Vickers, World Health Organization"
    assert made.csl == {
        "type": "article-journal",
        "title": "Acupuncture for chronic pain",
        "container-title": "The Journal of Pain",
        "author": [
            {"family": "Vickers", "given": "AJ"},
            {"literal": "World Health Organization"},
        ],
        "issued": {"date-parts": [[2018, 5]]},
        "DOI": "10.1016/j.jpain.2017.11.005",
    }
    form = admin_client.get(url(Reference, "edit", made.pk)).content.decode()
    assert "Vickers AJ\nWorld Health Organization" in form
    assert 'value="2018-05"' in form
    changed = reference_form(volume="19", url="", accessed="2026-01-02")
    publish = changed | {"action-publish": "1"}
    assert admin_client.post(url(Reference, "edit", made.pk), publish)
    made.refresh_from_db()
    assert made.live
    assert made.csl["volume"] == "19"
    assert made.csl["accessed"] == {"date-parts": [[2026, 1, 2]]}
    for view in ("history", "usage", "delete", "unpublish"):
        assert admin_client.get(url(Reference, view, made.pk)).status_code == 200


def test_a_citation_is_pasted(admin_client: Client) -> None:
    pasted = [{"type": "thesis", "title": "Needles", "editor": [{"family": "Berg"}]}]

    form = reference_form(pasted=json.dumps(pasted))
    response = admin_client.post(url(Reference, "add"), form)

    assert response.status_code == 302
    made = Reference.objects.get()
    assert made.csl == pasted[0]
    edited = admin_client.get(url(Reference, "edit", made.pk)).content.decode()
    assert '<option value="thesis" selected>' in edited
    plain = reference_form(csl_type="thesis", csl_title="Pins", doi="")
    admin_client.post(url(Reference, "edit", made.pk), plain | {"action-publish": "1"})
    made.refresh_from_db()
    assert made.csl["editor"] == [{"family": "Berg"}]
    assert made.title == "Pins"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"csl_title": ""}, "A reference needs “title”."),
        ({"doi": "11.1/x"}, "“DOI” is not written as such an identifier is."),
        ({"issued": "spring"}, "“issued” must be a date"),
        ({"pasted": "{"}, "This is not JSON."),
        ({"pasted": "[]"}, "A reference is one object in CSL-JSON"),
        ({"pasted": "{}"}, "is not a type of CSL-JSON"),
        ({"pasted": "[" * 100_000}, "This is not JSON."),
    ],
)
def test_a_wrong_citation_is_refused_beside_the_field(
    fields: dict[str, str], sentence: str, admin_client: Client
) -> None:
    response = admin_client.post(url(Reference, "add"), reference_form(**fields))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Reference.objects.exists()


def test_a_reference_does_not_supersede_itself() -> None:
    trial = reference()
    trial.superseded_by = trial

    with pytest.raises(Exception, match="superseded by itself"):
        trial.full_clean()
    trial.superseded_by, trial.csl = None, {"type": "article-journal"}
    with pytest.raises(Exception, match="A reference needs"):
        trial.full_clean()


def test_a_row_with_a_damaged_citation_can_be_listed() -> None:
    damaged = Reference(csl=[], kind="rct")
    damaged.save()

    assert (str(damaged), damaged.year) == ("", None)


# Conditions, treatments, claims.


def test_codes_of_a_condition_are_checked(admin_client: Client) -> None:
    form = {"name": "Back pain", "key": "back-pain", "snomed": "161891005"}

    wrong = admin_client.post(url(Condition, "add"), form | {"snomed": "161891006"})
    right = admin_client.post(url(Condition, "add"), form | {"icd11": "me84.2"})

    assert "A SNOMED CT concept has 6 to 18 digits." in wrong.content.decode()
    assert right.status_code == 302
    assert Condition.objects.get().icd11 == "ME84.2"
    assert str(Condition.objects.get()) == "Back pain"


def test_a_claim_is_about_one_language(admin_client: Client) -> None:
    spanish = condition("Dolor", locale="es")
    rule = claim()
    rule.condition = spanish

    with pytest.raises(Exception, match="in the language of the treatment"):
        rule.full_clean()
    rule.condition = condition()
    rule.full_clean()
    rule.condition = None
    rule.full_clean()
    assert str(rule) == "short-term relief"
    PermittedClaim(wording="x").clean()
    assert admin_client.get(url(PermittedClaim, "edit", rule.pk)).status_code == 200


# All of them.


def test_what_is_in_use_is_not_deleted(admin_client: Client) -> None:
    needles = treatment(synonyms="Needling")
    rule = claim(treatment=needles)

    response = admin_client.post(url(Treatment, "delete", needles.pk), follow=True)

    assert response.redirect_chain == [(url(Treatment, "usage", needles.pk), 302)]
    assert (
        "“Acupuncture” is used by 1 object (short-term relief). Remove it there first."
        in response.content.decode()
    )
    with pytest.raises(ProtectedError):
        needles.delete()
    rule.delete()
    assert needles.synonym_list == ["Needling"]
    admin_client.post(url(Treatment, "delete", needles.pk))
    assert not Treatment.objects.exists()


MAKERS = {
    PersonProfile: lambda n: person(f"Person {n}"),
    Reference: lambda n: reference(f"Trial {n}"),
    Condition: lambda n: condition(f"Condition {n}"),
    Treatment: lambda n: treatment(f"Treatment {n}"),
    PermittedClaim: lambda n: claim(
        treatment=treatment(f"T {n}"), condition=condition(f"C {n}")
    ),
}


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_a_list_costs_the_same_for_two_and_for_twenty(
    model: Any, client: Client
) -> None:
    """The "Translate" button of Wagtail's simple_translation costs a query a row; this editor has none."""
    codename = f"change_{model._meta.model_name}"
    client.force_login(factories.editor(model_permissions=(codename,)))
    costs = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            MAKERS[model](number)
        client.get(url(model, "list"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url(model, "list"))
        assert response.status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_the_library_is_for_those_who_have_its_permissions(
    model: Any, client: Client
) -> None:
    entry = MAKERS[model](1)
    codename = f"change_{model._meta.model_name}"
    addresses = [url(model, "list"), url(model, "edit", entry.pk)]

    anonymous = [client.get(address).status_code for address in addresses]
    client.force_login(factories.editor("add", "change", "publish"))
    without = [client.get(address).status_code for address in addresses]
    posted = client.post(addresses[1], {"name": "Mine"}).status_code
    client.force_login(factories.editor(model_permissions=(codename,)))
    with_it = [client.get(address).status_code for address in addresses]

    assert (anonymous, without, posted) == ([302, 302], [302, 302], 302)
    assert with_it == [200, 200]
    assert str(model.objects.get(pk=entry.pk)) == str(entry)
