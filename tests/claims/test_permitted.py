"""What regulators accept and guidelines advise against, from the starter data to the findings of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from health_content.claims.engine import check_page, check_text
from health_content.claims.facts import Block, Page, PermittedClaimFacts, Role, Stance
from health_content.claims.findings import Finding, Profile, Severity, Source
from health_content.claims.guidelines import unmentioned
from health_content.claims.loader import load_rule_base
from health_content.claims.permitted import find_stance
from health_content.starter import read_starter_data

BASE = load_rule_base()
AGAINST = "Acupuncture relieves low back pain."
NICE = "NICE does not recommend acupuncture for back pain."


def starter_rows() -> tuple[PermittedClaimFacts, ...]:
    """Return the rows of the starter data, as the engine takes them."""
    data = read_starter_data()
    names = {
        each.key: (each.name, *each.synonyms)
        for each in (*data.conditions, *data.treatments)
    }
    return tuple(
        PermittedClaimFacts(
            treatments=names[claim.treatment],
            conditions=names.get(claim.condition, ()),
            jurisdiction=claim.jurisdiction,
            stance=Stance(claim.stance),
            wording=claim.wording,
            source=Source(body=claim.source_title, ref=claim.wording, url=claim.source_url, checked=str(claim.checked_at)),
        )
        for claim in data.claims
        if claim.stance in set(Stance)
    )  # fmt: skip


ROWS = starter_rows()


def findings(
    *texts: str,
    profile: Profile = Profile.EDITORIAL,
    rows: tuple[PermittedClaimFacts, ...] = ROWS,
) -> list[Finding]:
    blocks = tuple(Block(id=str(n), text=text) for n, text in enumerate(texts))
    page = Page(locale="en", blocks=blocks, treatments=("Acupuncture",), permitted=rows)
    return list(check_page(page, profile=profile).findings)


def noted(*texts: str, **options: object) -> set[tuple[str, str]]:
    """Return category and severity of the findings that a row made graver."""
    stances = {"not_permitted", "guideline_against"}
    found = findings(*texts, **options)  # type: ignore[arg-type]
    return {(f.category.value, f.severity.value) for f in found if stances & {*f.notes}}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Acupuncture treats infertility.", "disease_claim"),
        ("Acupuncture therapy treats infertility.", "disease_claim"),
        ("Acupuncture helps with fertility problems.", "pregnancy_children"),
        ("Acupuncture relieves sleeplessness.", "disease_claim"),
        ("Acupuncture relieves back pain.", "disease_claim"),
        ("Acupuncture relieves lumbago.", "disease_claim"),
        ("Acupuncture relieves sciatic pain.", "disease_claim"),
        ("Acupuncture improves blood circulation.", "mechanism"),
    ],
)
def test_the_starter_rows_find_what_they_forbid_by_any_name(
    text: str, category: str
) -> None:
    before = check_text(text).findings

    assert (category, "warn") in {(f.category.value, f.severity.value) for f in before}
    assert noted(text) == {(category, "block")}


@pytest.mark.parametrize(
    "text",
    [
        "Acupuncture may give short-term relief of TMJ pain.",
        "Acupuncture treats migraines and gives short-term relief.",
        "Acupuncture offers short-term relief of tension headaches.",
        "Acupuncture is a temporary adjunctive treatment for pain of knee osteoarthritis.",
    ],
)
def test_the_starter_rows_permit_what_they_accept(text: str) -> None:
    words = text.lower().strip(".").replace("-", " ").split()

    found = find_stance(words, ROWS, Profile.UK_CLINIC)

    assert found is not None
    assert found.stance is Stance.PERMITTED


@pytest.mark.parametrize(
    "text",
    [
        "Acupuncture relieves shoulder pain.",
        "Acupuncture boosts your energy.",
        "Walking improves blood circulation.",
        "The needles relieve back pain.",
    ],
)
def test_a_row_is_silent_about_other_claims(text: str) -> None:
    assert noted(text) == set()


def test_a_permitted_wording_without_a_condition_counts_where_it_is_said() -> None:
    row = PermittedClaimFacts(treatments=("Acupuncture",), conditions=(), jurisdiction="uk", stance=Stance.PERMITTED, wording="treat back pain for a short time")  # fmt: skip

    (said,) = findings("Acupuncture treats back pain for a short time.", rows=(row,))
    (other,) = findings("Acupuncture treats back pain.", rows=(row,))

    assert (said.severity, said.notes) == (Severity.INFO, ("permitted_claim",))
    assert (other.severity, other.notes) == (Severity.WARN, ())


def test_a_permitted_wording_settles_no_mechanism() -> None:
    row = PermittedClaimFacts(treatments=("Acupuncture",), conditions=(), jurisdiction="uk", stance=Stance.PERMITTED, wording="improve blood circulation")  # fmt: skip

    found = findings("Acupuncture improves blood circulation.", rows=(row,))

    assert Severity.WARN in {each.severity for each in found}


def test_what_is_refused_anyway_is_not_refused_by_a_row() -> None:
    (cure,) = (
        each
        for each in findings("Acupuncture cures infertility for good.")
        if each.category == "cure_absolute"
    )

    assert (cure.severity, cure.notes) == (Severity.BLOCK, ())


def test_a_finding_says_who_forbids_it_and_where() -> None:
    (found,) = findings("Acupuncture treats insomnia.")

    assert found.message == (
        "A regulator does not accept this claim: ASA ruling on Eileen Mannion Acupuncture, A17-387447 (2017), upheld."
    )
    assert found.source.startswith("https://www.asa.org.uk/rulings/")
    assert len(found.sources) > 1


def test_a_row_without_a_source_leaves_the_message() -> None:
    rows = tuple(replace(row, source=None) for row in ROWS)

    (plain,) = check_text("Acupuncture treats insomnia.").findings
    (found,) = findings("Acupuncture treats insomnia.", rows=rows)

    assert (found.severity, found.message) == (Severity.BLOCK, plain.message)


# Guidelines that advise against it.


@pytest.mark.parametrize(
    "text",
    [
        NICE,
        "NICE guidelines say that acupuncture should not be offered for low back pain.",
        "Do not offer acupuncture for managing low back pain, says the guideline of 2016.",
        "The guideline advises against acupuncture for lower back pain.",
        "Acupuncture is no longer recommended for back pain by NICE.",
    ],
)
def test_advice_that_the_page_tells_does_not_count_against_it(text: str) -> None:
    assert noted(AGAINST) == {("disease_claim", "block")}
    assert noted(AGAINST, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "NICE recommends exercise for low back pain.",
        "NICE does not recommend acupuncture for sciatica.",
        "NICE does not recommend belts for low back pain.",
        "My neighbor does not recommend acupuncture for low back pain.",
        "NICE recommends acupuncture for low back pain.",
    ],
)
def test_other_advice_is_not_that_advice(text: str) -> None:
    assert ("disease_claim", "block") in noted(AGAINST, text)


def test_advice_lifts_nothing_that_a_regulator_forbids() -> None:
    text = "Guidelines do not recommend acupuncture for insomnia."

    assert noted("Acupuncture treats insomnia.", text) == {("disease_claim", "block")}


def test_advice_in_a_title_of_a_source_is_not_told() -> None:
    advice = Block(id="r", text=NICE, role=Role.REFERENCE)
    page = Page(locale="en", blocks=(advice,), permitted=ROWS)

    assert unmentioned(page, BASE) == ROWS
    told = unmentioned(replace(page, blocks=(Block(id="b", text=NICE),)), BASE)
    assert {row.wording for row in {*ROWS} - {*told}} == {
        "acupuncture for managing low back pain"
    }
