"""Who made a page, on what sources and for whose money: facts to the document, its graph and its Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from health_content.delivery.preview.source_map import build_source_map
from health_content.document import build_document
from health_content.document_facts import ReviewFacts
from health_content.document_governance import governance_addresses
from health_content.document_markdown import document_markdown
from health_content.governance_facts import (
    Citation,
    ConditionFacts,
    ConflictLine,
    Contributor,
    CredentialLine,
    Governance,
    Organization,
    PersonFacts,
    ReferenceFacts,
    TreatmentFacts,
)
from tests.delivery.test_document import FACTS

ADA = PersonFacts(
    id=1,
    key="ada",
    name="Ada Sample",
    job_title="Nurse",
    bio="Writes.",
    photo=7,
    specialties=("Pain",),
    orcid="0000-0002-1825-0097",
    credentials=(
        CredentialLine(
            title="RN",
            awarding_body="",
            registration_body="NMC",
            registration_number="",
            valid_until=date(2027, 1, 1),
            verified_at=None,
        ),
        CredentialLine(
            title="Diploma",
            awarding_body="",
            registration_body="",
            registration_number="",
            valid_until=None,
            verified_at=None,
        ),
    ),
    conflicts=(ConflictLine(text="Paid talks", starts_on=None, ends_on=None),),
)
BEN = replace(
    ADA, id=2, key="ben", name="Ben Sample", photo=None, orcid="", credentials=(),
    conflicts=(), job_title="", bio="", specialties=(),
)  # fmt: skip
TRIAL = ReferenceFacts(
    id=3,
    csl={"type": "article-journal", "title": "A trial", "DOI": "10.1000/182"},
    kind="rct",
    certainty="low",
    direction="supports",
    population="20 adults",
    checked_at=date(2026, 1, 2),
    retracted_at=None,
    archived_url="",
    superseded_by={"type": "webpage", "title": "Newer", "URL": "https://e.org/n"},
)
GONE = replace(
    TRIAL, id=4, csl={"type": "webpage", "title": "Gone"}, retracted_at=date(2026, 2, 3), superseded_by=None
)  # fmt: skip
WHOLE = Governance(
    content_kind="treatment",
    audience_group="carers",
    contributors=(
        Contributor(person=ADA, role="author"),
        Contributor(person=ADA, role="medical_reviewer"),
        Contributor(person=BEN, role="medical_reviewer"),
        Contributor(person=BEN, role="lived_experience"),
        Contributor(person=BEN, role="fact_checker"),
        Contributor(person=BEN, role="a role of tomorrow"),
    ),
    citations=(
        Citation(key="c1", reference=TRIAL, locator="p. 3", note="Small."),
        Citation(key="c2", reference=GONE, locator="", note=""),
    ),
    conditions=(
        ConditionFacts(
            id=5, key="pain", name="Pain", synonyms=("Ache",), body_location="Back",
            codes={"mesh": "D010146"},
        ),
        ConditionFacts(
            id=6, key="ache", name="Ache", synonyms=(), body_location="", codes={}
        ),
    ),
    treatments=(
        TreatmentFacts(
            id=7, key="needles", name="Acupuncture", synonyms=("Needling",),
            procedure_type="percutaneous", medicine_system="traditional_chinese",
            is_complementary=True, licensed_title="Licensed acupuncturist",
        ),
        TreatmentFacts(
            id=8, key="rest", name="Rest", synonyms=(), procedure_type="",
            medicine_system="", is_complementary=False, licensed_title="",
        ),
    ),
    conflict_statement="Nobody paid.",
    sponsor="A foundation",
    is_commercial=True,
    ai_assistance="draft",
    ai_note="Checked by hand.",
    organization=Organization(
        publisher="Harbour", url="https://e.org/", funding="Donations",
        principles_url="https://e.org/p", corrections_url="https://e.org/c",
    ),
)  # fmt: skip


def document(governance: Governance = WHOLE, **changes: Any) -> Any:
    return build_document(replace(FACTS, governance=governance, **changes))


def test_every_typed_address_is_named_once() -> None:
    archived = replace(TRIAL, archived_url="https://a.org/t")
    cited = Citation(key="c3", reference=archived, locator="", note="")

    found = governance_addresses(replace(WHOLE, citations=(*WHOLE.citations, cited)))

    own = {"https://e.org/", "https://e.org/p", "https://e.org/c"}
    assert found == own | {"https://e.org/n", "https://a.org/t"}
    assert governance_addresses(Governance()) == frozenset()


def node(given: Any, kind: str) -> Any:
    graph = given["seo"]["jsonld"]["@graph"]
    return next(n for n in graph if kind in str(n["@type"]))


def test_the_document_says_who_made_the_page_and_what_they_declare() -> None:
    given = document()

    first = given["contributors"][0]
    assert [(c["key"], c["role"]) for c in given["contributors"]][:3] == [
        ("ada", "author"), ("ada", "medical_reviewer"), ("ben", "medical_reviewer"),
    ]  # fmt: skip
    assert first["photo"]["alt"] == "Ada Sample"
    assert given["contributors"][2]["photo"] is None
    assert first["credentials"][0] == {
        "title": "RN", "awarding_body": None, "register": "NMC",
        "registration_number": None, "valid_until": "2027-01-01", "verified_at": None,
    }  # fmt: skip
    assert given["conflicts"]["declared"] == [
        {"contributor": "ada", "text": "Paid talks", "from": None, "until": None}
    ]


def test_the_document_numbers_its_references_and_says_what_became_of_them() -> None:
    trial, gone = document()["references"]

    assert (trial["number"], trial["locator"], trial["certainty"]) == (1, "p. 3", "low")
    assert trial["superseded_by"] == {"title": "Newer", "url": "https://e.org/n"}
    assert trial["formatted"]["ama"].startswith("A trial")
    assert (gone["number"], gone["retracted_at"], gone["superseded_by"]) == (2, "2026-02-03", None)  # fmt: skip


def test_the_graph_names_people_once_and_cites_nothing_retracted() -> None:
    given = document()
    text = str(given["seo"]["jsonld"])

    assert text.count("'name': 'Ada Sample'") == 1
    assert "https://orcid.org/0000-0002-1825-0097" in text
    assert "A trial" in text
    assert "'name': 'Gone'" not in text
    assert "A foundation" in text
    page = node(given, "WebPage")
    assert page["audience"] == {"@type": "Audience", "audienceType": "carers"}
    assert "reviewedBy" not in page
    assert page["publishingPrinciples"] == "https://e.org/p"


REVIEW = ReviewFacts(
    reviewed_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    next_review_at=datetime(2029, 3, 1, 23, tzinfo=UTC),
    status="current",
    reviewer="Ben S.",
    reviewer_key="ben",
    credentials="RN",
)


@pytest.mark.parametrize(
    ("review", "reviewed_by", "contributors"),
    [
        (None, None, ["ada", "ben"]),
        (REVIEW, [{"@id": "ben"}], ["ada"]),
        (replace(REVIEW, status="due"), [{"@id": "ben"}], ["ada"]),
        (replace(REVIEW, status="overdue"), None, ["ada", "ben"]),
        (replace(REVIEW, reviewer_key="cy"), [{"@type": "Person", "name": "Ben S."}], ["ada", "ben"]),
        (replace(REVIEW, reviewer_key=""), [{"@type": "Person", "name": "Ben S."}], ["ada", "ben"]),
        (replace(REVIEW, reviewer_key="", reviewer=""), None, ["ada", "ben"]),
    ],
)  # fmt: skip
def test_a_reviewer_is_one_by_a_recorded_valid_review_and_else_a_contributor(
    review: ReviewFacts | None, reviewed_by: Any, contributors: list[str]
) -> None:
    roles = [(ADA, "author"), (ADA, "medical_reviewer"), (BEN, "medical_reviewer")]
    named = tuple(Contributor(person=person, role=role) for person, role in roles)
    given = document(replace(WHOLE, contributors=named), review=review)
    page, text = node(given, "WebPage"), node(given, "Article")

    def keys(nodes: Any) -> Any:
        return nodes and [
            {"@id": each["@id"].partition("#person-")[2]} if "@id" in each else each
            for each in nodes
        ]

    assert keys(page.get("reviewedBy")) == reviewed_by
    assert keys(text.get("contributor")) == [{"@id": key} for key in contributors]
    assert page.get("expires") == (review and "2029-03-01")
    assert page.get("lastReviewed") == (review and "2026-03-01")


def test_search_engines_leave_out_what_is_overdue_where_the_policy_says_so() -> None:
    def robots(action: str) -> str:
        review = replace(REVIEW, overdue_action=action)
        return str(document(review=review)["seo"]["robots"])

    assert [robots(action) for action in ("noindex", "unpublish")] == ["noindex, follow"] * 2  # fmt: skip
    assert all(robots(action).startswith("index") for action in ("", "report", "banner"))  # fmt: skip
    assert document(audience="password")["seo"]["robots"] == "noindex, nofollow"


def test_the_graph_says_what_the_page_is_about() -> None:
    text = str(document()["seo"]["jsonld"])

    assert "'codeValue': 'D010146'" in text
    assert "'alternateName': ['Ache']" in text
    assert "Percutaneous" in text
    assert "'name': 'Rest'" in text


def test_a_page_that_says_nothing_of_itself_has_every_key() -> None:
    given = document(Governance())

    assert given["contributors"] == []
    assert given["conflicts"] == {
        "statement": None, "is_commercial": False, "sponsor": None, "declared": [],
    }  # fmt: skip
    assert given["ai_assistance"] == {"use": "none", "note": None}
    assert "reviewedBy" not in str(given["seo"]["jsonld"])


def test_markdown_says_who_made_the_page_and_which_source_was_retracted() -> None:
    text = document_markdown(document())

    assert '"name": "Ada Sample"' in text
    assert "conflicts: {" in text
    assert 'ai_assistance: {"use": "draft"' in text
    assert "**\\[RETRACTED 2026-02-03\\]**" in text
    assert "p. 3" in text


def test_references_lead_to_the_blocks_that_cite_them() -> None:
    places = build_source_map(document(), fields=(), chosen_disclaimers={})

    assert {"/references/0", "/references/1"} <= set(places)


@pytest.mark.parametrize("status", ["current", "due", "overdue"])
@pytest.mark.parametrize(
    ("facts", "people"),
    [
        ({}, [{"key": "ben", "name": "Ben S.", "role": None, "credentials": "RN"}]),
        ({"reviewer_key": ""}, [{"key": None, "name": "Ben S.", "role": None, "credentials": "RN"}]),
        ({"reviewer": ""}, []),
    ],
)  # fmt: skip
def test_the_envelope_says_who_reviewed_it_and_until_when(
    facts: dict[str, str], people: list[Any], status: str
) -> None:
    action = "banner" if status == "overdue" else ""
    review = replace(REVIEW, status=status, overdue_action=action, **facts)

    assert document(review=review)["safety"]["review"] == {
        "status": status,
        "last_reviewed": "2026-03-01",
        "next_review": "2029-03-01",
        "reviewed_by": people,
        "overdue_action": action or None,
    }


def test_a_reference_without_a_key_leads_nowhere() -> None:
    given = document() | {"references": [{"key": None}, "none", {"key": "c9"}]}

    places = build_source_map(given, fields=(), chosen_disclaimers={})

    assert {p for p in places if p.startswith("/references/")} == {"/references/2"}


def test_a_site_that_names_no_publisher_has_none_in_its_graph() -> None:
    nobody = replace(FACTS.attribution, publisher="")

    given = build_document(replace(FACTS, attribution=nobody, governance=WHOLE))

    assert "'publisher'" not in str(given["seo"]["jsonld"])
