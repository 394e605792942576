"""The table of permitted claims in the gate: by every name, by a wording alone, and with a guideline that the page tells."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from wagtail.models import Site

from health_content.models import OrganizationSettings, PermittedClaim, Treatment
from health_content.selectors.claims import page_claims
from health_content.selectors.gate import page_outcomes
from tests import factories

if TYPE_CHECKING:
    from health_content.gate import Outcome

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

ENDORPHINS = "Acupuncture releases endorphins and improves blood circulation."


def about_needles(*texts: str) -> Any:
    """Return an article about acupuncture, with the library that the package brings."""
    call_command("load_starter_data", verbosity=0)
    body = "".join(f"<p>{text}</p>" for text in texts)
    page = factories.article(
        live=False, body=[factories.block("rich_text", body, "text")]
    )
    page.about_treatments = [Treatment.objects.get(key="acupuncture")]
    return page


def forbidden(page: Any) -> list[Outcome]:
    return [each for each in page_outcomes(page) if each.check == "G21"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Acupuncture treats infertility.", "ASA ruling"),
        ("Acupuncture relieves back pain.", "NICE guideline NG59"),
        ("Acupuncture improves blood circulation.", "CAP's advice"),
    ],
)
def test_the_gate_names_who_forbids_a_claim(text: str, source: str) -> None:
    (outcome,) = forbidden(about_needles(text))

    assert (outcome.level, outcome.reason.text) == ("warn", text)
    assert source in outcome.reason.message
    assert outcome.reason.source.startswith("https://")


def test_a_guideline_that_the_page_tells_is_no_reason() -> None:
    text = "Acupuncture relieves back pain."
    told = "NICE does not recommend acupuncture for low back pain."

    assert forbidden(about_needles(text, told)) == []


def test_evidence_does_not_hide_what_a_regulator_forbids() -> None:
    weak = factories.reference(kind="rct", certainty="low", direction="supports").pk
    item = {"title": "", "body": f"<p>{ENDORPHINS}</p>", "evidence": [factories.item(weak, "weak")]}  # fmt: skip
    page = about_needles()
    page.body = [factories.block("benefit_list", {"heading": "", "introduction": "", "items": [factories.item(item, "item")]})]  # fmt: skip

    (outcome,) = forbidden(page)

    assert "A regulator does not accept this claim" in outcome.reason.message


def test_of_two_profiles_the_one_counts_that_refuses_by_itself() -> None:
    page = about_needles("Acupuncture treats infertility.")
    subjects: Any = {"conditions": [], "treatments": page.about_treatments.all()}

    (editorial,) = page_claims(page, profiles=["editorial"], **subjects).claims
    (both,) = page_claims(
        page, profiles=["editorial", "us-commerce"], **subjects
    ).claims

    assert (editorial.severity, editorial.is_about_permitted_wording) == ("warn", True)
    assert both.severity == "block"


def test_a_row_makes_no_claim_lighter_that_is_refused_anyway() -> None:
    page = about_needles("Acupuncture treats infertility.")
    PermittedClaim.objects.update(jurisdiction="us")
    subjects: Any = {"conditions": [], "treatments": page.about_treatments.all()}

    (claim,) = page_claims(page, profiles=["us-commerce"], **subjects).claims

    assert claim.severity == "block"


# The command says what the gate says.


def checked(page: Any, *options: str) -> Any:
    out = StringIO()
    call_command("check_claims", "--page", str(page.pk), "--format", "json", *options, stdout=out)  # fmt: skip
    return json.loads(out.getvalue())


def test_the_command_finds_what_the_gate_finds() -> None:
    site = Site.objects.get(is_default_site=True)
    OrganizationSettings.objects.create(
        site=site, jurisdiction_profiles=["editorial", "uk-clinic"]
    )
    page = about_needles(
        "Acupuncture relieves lumbago.",
        "Acupuncture may give short-term relief of TMD.",
    )
    page.save_revision()

    found = checked(page)

    outcomes = [each.reason for each in page_outcomes(page) if each.reason.sentence]
    assert found["profiles"] == ["editorial", "uk-clinic"]
    assert {(f["message"], f["sentence"]) for f in found["findings"]} == {
        (reason.message, reason.text) for reason in outcomes
    }
    assert "NICE guideline NG59" in found["findings"][0]["message"]


def test_the_command_takes_the_profile_that_it_is_given() -> None:
    page = about_needles("Acupuncture treats infertility.")
    PermittedClaim.objects.all().delete()
    page.save_revision()

    assert [f["severity"] for f in checked(page)["findings"]] == ["warn"]
    clinic = checked(page, "--profile", "uk-clinic")
    assert [f["severity"] for f in clinic["findings"]] == ["block"]
    assert (clinic["profile"], clinic["profiles"]) == ("uk-clinic", ["uk-clinic"])


def test_the_command_reads_sections_too() -> None:
    section = factories.index(
        live=False, introduction="<p>Acupuncture cures eczema for good.</p>"
    )
    section.save_revision()

    assert "CUR-001" in [f["rule"] for f in checked(section)["findings"]]
