"""What documents say of people, references and subjects: live ones only, nothing private, rebuilt when they change."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from health_content.delivery.models import PublishedDocument
from health_content.delivery.preview.source_map import build_source_map
from health_content.jsonld_governance import (
    citation_nodes,
    page_terms,
    person_nodes,
    publisher_node,
    subject_nodes,
    text_terms,
)
from health_content.models import (
    ConflictDeclaration,
    Credential,
    OrganizationSettings,
    PersonProfile,
)
from health_content.pages.models import ArticlePage
from health_content.selectors import page_document, pages_facts, surroundings_now
from tests import factories
from tests.factories import (
    article,
    block,
    condition,
    faq,
    home_page,
    index,
    language,
    person,
    reference,
    treatment,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
Get = Any
SECRET = "zqsecretx"
VICKERS = {
    "author": [{"family": "Vickers", "given": "AJ"}],
    "container-title-short": "J Pain",
    "issued": {"date-parts": [[2018]]},
    "volume": "19",
    "page": "455-474",
    "DOI": "10.1016/j.jpain.2017.11.005",
}


def contributors(*people: Any, role: str = "author") -> str:
    return json.dumps(
        [block("contributor", {"person": p.pk, "role": role}, p.key) for p in people]
    )


def cites(*references: Any, **value: str) -> str:
    return json.dumps(
        [
            block("reference", {"reference": r.pk, **value}, f"cite-{r.pk}")
            for r in references
        ]
    )


def ada(**fields: Any) -> Any:
    credentials = [
        Credential(
            title="MBBS",
            awarding_body="A university",
            registration_body="GMC",
            registration_number=SECRET,
            verified_at=date(2026, 1, 1),
            verified_by=factories.user(f"{SECRET}-clerk"),
            sort_order=0,
        ),
        Credential(
            title="Pain diploma",
            registration_number="42",
            is_number_public=True,
            sort_order=1,
        ),
    ]
    conflicts = [
        ConflictDeclaration(
            text="Paid for lectures", starts_on=date(2020, 1, 1), sort_order=0
        )
    ]
    values = {
        "name": "Ada Sample",
        "job_title": "Doctor",
        "specialties": "Pain",
        "orcid": "0000-0002-1825-0097",
        "user": factories.user(f"{SECRET}-ada"),
        "credentials": credentials,
        "conflicts": conflicts,
    }
    return person(**values | fields)


def spanish(entry: Any, name: str, *, live: bool = True) -> Any:
    copy = entry.copy_for_translation(language("es"))
    copy.name = name
    copy.save()
    if live:
        copy.save_revision().publish()
    return copy


# What the document says.


def test_the_document_names_its_people_without_what_is_private() -> None:
    author = ada()
    page = article(contributors=contributors(author), conflict_statement=" None. ")

    document = page_document(page)

    assert document["contributors"] == [
        {
            "key": "ada-sample",
            "role": "author",
            "name": "Ada Sample",
            "job_title": "Doctor",
            "bio": None,
            "photo": None,
            "specialties": ["Pain"],
            "orcid": "0000-0002-1825-0097",
            "credentials": [
                {
                    "title": "MBBS",
                    "awarding_body": "A university",
                    "register": "GMC",
                    "registration_number": None,
                    "valid_until": None,
                    "verified_at": "2026-01-01",
                },
                {
                    "title": "Pain diploma",
                    "awarding_body": None,
                    "register": None,
                    "registration_number": "42",
                    "valid_until": None,
                    "verified_at": None,
                },
            ],
        }
    ]
    assert document["conflicts"] == {
        "statement": "None.",
        "is_commercial": False,
        "sponsor": None,
        "declared": [
            {
                "contributor": "ada-sample",
                "text": "Paid for lectures",
                "from": "2020-01-01",
                "until": None,
            }
        ],
    }
    assert SECRET not in json.dumps(document)


def test_a_person_with_two_roles_declares_once() -> None:
    author = ada()
    roles = [
        block("contributor", {"person": author.pk, "role": role}, role)
        for role in ("author", "medical_reviewer")
    ]

    document = page_document(article(contributors=json.dumps(roles)))

    assert [c["role"] for c in document["contributors"]] == ["author", "medical_reviewer"]  # fmt: skip
    assert len(document["conflicts"]["declared"]) == 1


def test_a_photo_is_a_picture_of_the_document() -> None:
    picture = factories.image()
    page = article(contributors=contributors(person(photo=picture)))

    (contributor,) = page_document(page)["contributors"]

    assert contributor["photo"]["alt"] == "Ada Sample"
    assert contributor["photo"]["decorative"] is False


def test_the_document_cites_by_number_and_in_two_styles() -> None:
    newer = reference("A newer review", csl={"PMID": "29198932"})
    trial = reference(
        "Acupuncture for chronic pain",
        csl=VICKERS,
        kind="systematic_review",
        certainty="moderate",
        direction="supports",
        population="Adults",
        checked_at=date(2026, 1, 1),
        superseded_by=newer,
        archived_url="https://archive.example/1",
    )
    page = article(references=cites(trial, newer, locator="p. 460", note="It helps."))

    first, second = page_document(page)["references"]

    assert second["number"] == 2
    csl = first.pop("csl")
    assert csl == {"id": factories.block_id(f"cite-{trial.pk}"), **trial.csl}
    assert first == {
        "number": 1,
        "key": factories.block_id(f"cite-{trial.pk}"),
        "locator": "p. 460",
        "note": "It helps.",
        "kind": "systematic_review",
        "certainty": "moderate",
        "direction": "supports",
        "population": "Adults",
        "checked_at": "2026-01-01",
        "retracted_at": None,
        "superseded_by": {
            "title": "A newer review",
            "url": "https://pubmed.ncbi.nlm.nih.gov/29198932/",
        },
        "archived_url": "https://archive.example/1",
        "url": "https://doi.org/10.1016/j.jpain.2017.11.005",
        "formatted": {
            "ama": "Vickers AJ. Acupuncture for chronic pain. J Pain. 2018;19:455-474. doi:10.1016/j.jpain.2017.11.005",
            "vancouver": "Vickers AJ. Acupuncture for chronic pain. J Pain. 2018;19:455-74. doi: 10.1016/j.jpain.2017.11.005.",
        },
    }


def test_the_document_says_what_it_is_about_and_how_it_was_made() -> None:
    pain = condition(synonyms="Backache", icd11="ME84.2", body_location="Back")
    needles = treatment(
        procedure_type="percutaneous",
        medicine_system="TraditionalChinese",
        is_complementary=True,
        regulator_notes=SECRET,
    )
    page = article(
        content_kind="treatment",
        audience_group="carers",
        about_conditions=[pain],
        about_treatments=[needles],
        is_commercial=True,
        sponsor="Needle Works",
        ai_assistance="draft",
        ai_note="Checked.",
    )

    document = page_document(page)

    assert (document["content_kind"], document["audience_group"]) == (
        "treatment",
        "carers",
    )
    assert document["about"] == {
        "conditions": [
            {
                "key": "back-pain",
                "name": "Back pain",
                "synonyms": ["Backache"],
                "body_location": "Back",
                "codes": {"icd11": "ME84.2"},
            }
        ],
        "treatments": [
            {
                "key": "acupuncture",
                "name": "Acupuncture",
                "synonyms": [],
                "procedure_type": "percutaneous",
                "medicine_system": "TraditionalChinese",
                "is_complementary": True,
                "licensed_title": None,
            }
        ],
    }
    assert document["conflicts"]["sponsor"] == "Needle Works"
    assert document["ai_assistance"] == {"use": "draft", "note": "Checked."}
    assert SECRET not in json.dumps(document)


def test_a_page_that_says_nothing_has_every_key() -> None:
    for page in (article(), faq(), index()):
        document = page_document(page)

        assert document["content_kind"] is None
        assert document["audience_group"] == "public"
        assert document["about"] == {"conditions": [], "treatments": []}
        assert document["contributors"] == document["references"] == []
        assert document["ai_assistance"] == {"use": "none", "note": None}


def test_a_half_filled_stream_is_no_error() -> None:
    streams = [block("contributor", {"person": None, "role": None}), block("x", "y")]
    page = article(live=False)
    page.contributors = page.references = json.dumps(streams)

    document = page_document(page)

    assert document["contributors"] == document["references"] == []


# What is not live is not there.


def test_drafts_are_in_no_document() -> None:
    hidden = {
        "contributors": contributors(ada(live=False, bio=SECRET)),
        "references": cites(reference(SECRET, live=False)),
        "about_conditions": [condition(f"{SECRET} pain", live=False)],
        "about_treatments": [treatment(f"{SECRET} care", live=False)],
    }

    document = page_document(article(**hidden))

    assert SECRET not in json.dumps(document)
    assert document["conflicts"]["declared"] == []


def test_a_draft_over_a_live_entry_changes_nothing(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        author, trial = ada(), reference("A trial")
        page = article(contributors=contributors(author), references=cites(trial))
    before = PublishedDocument.objects.get(page=page).updated_at
    with committed():
        author.bio = SECRET
        author.credentials = [Credential(title=SECRET, sort_order=0)]
        author.save_revision()
        trial.csl = trial.csl | {"title": SECRET}
        trial.save_revision()

    answer = get(f"articles/{page.pk}/")

    assert SECRET not in answer.content.decode()
    assert PublishedDocument.objects.get(page=page).updated_at == before


def test_what_replaces_a_reference_is_named_when_it_is_live() -> None:
    newer = reference(SECRET, live=False)
    page = article(references=cites(reference("Old", superseded_by=newer)))

    (cited,) = page_document(page)["references"]

    assert cited["superseded_by"] is None


def test_an_entry_that_has_expired_is_gone_before_the_schedule_runs() -> None:
    author = ada()
    page = article(contributors=contributors(author))
    moment = timezone.now() + timedelta(hours=1)
    PersonProfile.objects.filter(pk=author.pk).update(expire_at=moment)
    (facts,) = pages_facts([page], surroundings_now())
    assert facts.expires_at == moment

    past = timezone.now() - timedelta(seconds=1)
    PersonProfile.objects.filter(pk=author.pk).update(expire_at=past)

    assert page_document(page)["contributors"] == []


# Languages.


def test_a_page_shows_each_entry_in_its_own_language() -> None:
    pain, author = condition(), ada()
    spanish(pain, "Dolor de espalda")
    spanish(author, "Ada Ejemplo", live=False)
    page = article(contributors=contributors(author), about_conditions=[pain])
    translated = page.copy_for_translation(language("es"), copy_parents=True)
    translated.save_revision().publish()
    fresh = ArticlePage.objects.get(pk=translated.pk)

    document = page_document(fresh)

    assert document["about"]["conditions"][0]["name"] == "Dolor de espalda"
    assert document["contributors"][0]["name"] == "Ada Sample"
    assert page_document(page)["about"]["conditions"][0]["name"] == "Back pain"


# Exactly what depends on an entry is rebuilt.


def changed(get: Get, since: str) -> set[int]:
    items = get("changes/", since=since).json()["items"]
    return {item["id"] for item in items}


def test_a_change_rebuilds_exactly_what_depends_on_it(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        author, trial, pain, needles = ada(), reference(), condition(), treatment()
        newer = reference("Newer", live=False)
        trial.superseded_by = newer
        trial.save_revision().publish()
        by_ada = article(contributors=contributors(author))
        citing = article(references=cites(trial))
        about = article(about_conditions=[pain])
        treating = faq(about_treatments=[needles])
        article(title="Untouched")
    changes: list[tuple[Callable[[], Any], int]] = [
        (lambda: _publish(author, bio="New words"), by_ada.pk),
        (lambda: author.credentials.first().delete(), by_ada.pk),
        (lambda: _publish(trial, retracted_at=date(2026, 2, 2)), citing.pk),
        (lambda: _publish(newer), citing.pk),
        (lambda: _publish(pain, name="Pain in the back"), about.pk),
        (lambda: pain.unpublish(), about.pk),
        (lambda: _publish(needles, procedure_type="percutaneous"), treating.pk),
    ]
    for change, page_id in changes:
        cursor = get("changes/").json()["cursor"]
        with committed():
            change()

        assert changed(get, cursor) == {page_id}
    document = get(f"articles/{citing.pk}/").json()
    assert document["references"][0]["retracted_at"] == "2026-02-02"
    assert document["references"][0]["superseded_by"]["title"] == "Newer"
    assert get(f"articles/{about.pk}/").json()["about"]["conditions"] == []


def _publish(entry: Any, **fields: Any) -> None:
    entry.refresh_from_db()
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save_revision().publish()


def test_a_new_translation_reaches_the_pages_of_its_language(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        pain = condition()
        page = article(about_conditions=[pain])
        translated = page.copy_for_translation(language("es"), copy_parents=True)
        translated.save_revision().publish()
    path = f"articles/{translated.pk}/"
    assert get(path).json()["about"]["conditions"][0]["name"] == "Back pain"

    with committed():
        spanish(pain, "Dolor de espalda")

    assert get(path).json()["about"]["conditions"][0]["name"] == "Dolor de espalda"


def test_a_schedule_of_an_entry_shortens_the_life_of_answers(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        author = ada(live=False)
        page = article(contributors=contributors(author))
    with committed():
        author.go_live_at = timezone.now() + timedelta(seconds=90)
        author.save_revision().publish()

    caching = get(f"articles/{page.pk}/").headers["Cache-Control"]

    seconds = int(caching.partition("s-maxage=")[2].partition(",")[0])
    assert seconds <= 90


def test_the_publisher_is_in_every_document_of_the_site(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        home_page()
        page = article()
    site = Site.objects.get(is_default_site=True)
    with committed():
        OrganizationSettings.objects.create(
            site=site,
            publisher="Harbour Health",
            publisher_url="https://harbour.example/",
            funding="Members pay.",
            publishing_principles_url="https://harbour.example/how/",
            corrections_policy_url="https://harbour.example/corrections/",
        )

    document = get(f"articles/{page.pk}/").json()

    assert document["organization"] == {
        "name": "Harbour Health",
        "url": "https://harbour.example/",
        "funding": "Members pay.",
        "publishing_principles": "https://harbour.example/how/",
        "corrections_policy": "https://harbour.example/corrections/",
    }
    assert document["safety"]["attribution"]["publisher"] == "Harbour Health"
    node = document["seo"]["jsonld"]["@graph"][0]
    assert node["publishingPrinciples"] == "https://harbour.example/how/"
    assert node["publisher"]["ownershipFundingInfo"] == "Members pay."


# Costs.


def full_page(number: int) -> ArticlePage:
    return article(
        contributors=contributors(ada(key=f"ada-{number}"), person(f"Bo {number}")),
        references=cites(reference(f"Trial {number}")),
        about_conditions=[condition(f"Pain {number}")],
        about_treatments=[treatment(f"Care {number}")],
    )


def test_facts_of_many_pages_cost_as_many_queries_as_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = iter(range(1_000))
    make_user = factories.user
    monkeypatch.setattr(
        factories, "user", lambda name: make_user(f"{name}-{next(numbers)}")
    )
    pages = [full_page(number) for number in range(6)]
    fresh = [ArticlePage.objects.get(pk=page.pk) for page in pages]
    costs = []
    for some in (fresh[:1], fresh):
        around = surroundings_now()
        with CaptureQueriesContext(connection) as queries:
            pages_facts(some, around)
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[1] <= 19


# JSON-LD and other forms.


def test_the_graph_names_people_subjects_and_sources(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        author, reviewer = ada(), person("Bo Sample")
        roles = [
            block("contributor", {"person": author.pk, "role": "author"}, "a"),
            block("contributor", {"person": author.pk, "role": "author"}, "again"),
            block("contributor", {"person": reviewer.pk, "role": "medical_reviewer"}, "b"),
            block("contributor", {"person": reviewer.pk, "role": "fact_checker"}, "c"),
        ]  # fmt: skip
        fields = {
            "contributors": json.dumps(roles),
            "references": cites(
                reference("Good", csl=VICKERS),
                reference("Bad", retracted_at=date(2026, 1, 1)),
                reference("A site", csl={"type": "webpage"}),
            ),
            "about_conditions": [
                condition(snomed="161891005", body_location="Back", synonyms="Backache")
            ],
            "about_treatments": [
                treatment(
                    procedure_type="percutaneous", medicine_system="TraditionalChinese"
                )
            ],
            "audience_group": "clinicians",
            "sponsor": "Needle Works",
        }
        page, questions = article(**fields), faq(**fields)

    graph = get(f"articles/{page.pk}/").json()["seo"]["jsonld"]["@graph"]
    faq_graph = get(f"faqs/{questions.pk}/").json()["seo"]["jsonld"]["@graph"]

    web_page, text = graph[0], graph[1]
    people = [node for node in graph if node["@type"] == "Person"]
    ada_id, bo_id = (node["@id"] for node in people)
    assert ada_id == "http://testserver/#person-ada-sample"
    assert people[0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert people[0]["hasCredential"][0] == {
        "@type": "EducationalOccupationalCredential",
        "name": "MBBS",
        "recognizedBy": {"@type": "Organization", "name": "A university"},
    }
    assert text["author"] == [{"@id": ada_id}]
    assert text["contributor"] == [{"@id": bo_id}]
    assert text["sponsor"] == {"@type": "Organization", "name": "Needle Works"}
    assert [c["name"] for c in text["citation"]] == ["Good", "A site"]
    # Nobody recorded a review: who is called its reviewer contributed.
    assert "reviewedBy" not in web_page
    assert web_page["audience"] == {"@type": "Audience", "audienceType": "clinicians"}
    assert web_page["about"] == [
        {
            "@type": "MedicalCondition",
            "name": "Back pain",
            "alternateName": ["Backache"],
            "code": [
                {
                    "@type": "MedicalCode",
                    "codeValue": "161891005",
                    "codingSystem": "SNOMED-CT",
                }
            ],
            "associatedAnatomy": {"@type": "AnatomicalStructure", "name": "Back"},
        },
        {
            "@type": "MedicalTherapy",
            "name": "Acupuncture",
            "procedureType": "https://schema.org/PercutaneousProcedure",
            "medicineSystem": "https://schema.org/TraditionalChinese",
        },
    ]
    assert faq_graph[0]["author"] == [{"@id": ada_id}]


def test_markdown_names_people_and_references(
    get: Get, committed: Callable[[], Any]
) -> None:
    with committed():
        page = article(
            title="Needles",
            contributors=contributors(ada()),
            references=cites(
                reference("Good", csl=VICKERS),
                reference("Bad", retracted_at=date(2026, 1, 1)),
                locator="p. 4",
            ),
            ai_assistance="summary",
        )

    text = get(f"articles/{page.pk}.md").content.decode()

    assert 'contributors: [{"role": "author", "name": "Ada Sample", "job_title": "Doctor"}]' in text  # fmt: skip
    assert '"text": "Paid for lectures"' in text
    assert 'ai_assistance: {"use": "summary", "note": null}' in text
    assert "1. Vickers AJ. Good. J Pain. 2018;19:455-474." in text
    assert r"2. **\[RETRACTED 2026-01-01\]**" in text
    assert SECRET not in text


def test_readers_of_the_site_see_who_made_the_page(
    client: Any, committed: Callable[[], Any]
) -> None:
    with committed():
        page = article(
            contributors=contributors(ada()),
            references=cites(
                reference("Good", csl=VICKERS, superseded_by=reference("Newer")),
                reference("Bad", retracted_at=date(2026, 1, 1)),
                note="It helps.",
            ),
            conflict_statement="None other.",
            is_commercial=True,
            sponsor="Needle Works",
            ai_assistance="draft",
            ai_note="Checked by Ada.",
        )

    html = client.get(page.get_url()).content.decode()

    for words in (
        "Author: <a href=\"https://orcid.org/0000-0002-1825-0097\"", "Ada Sample", "J Pain. 2018;19:455-474", "It helps.",
        "Superseded by: Newer", "Retracted", "Paid for by Needle Works.", "None other.",
        "Ada Sample: Paid for lectures", "Made with the help of artificial intelligence. Checked by Ada.",
    ):  # fmt: skip
        assert words in html, words
    assert SECRET not in html


def test_a_document_that_was_built_before_has_no_people_in_its_graph() -> None:
    earlier = {"safety": {"attribution": {"publisher": ""}}, "url": "u", "path": "p"}

    assert publisher_node(earlier) is None
    assert person_nodes(earlier) == subject_nodes(earlier) == []
    assert citation_nodes(earlier) == []
    assert text_terms(earlier) == page_terms(earlier) == {}


def test_each_part_leads_to_where_it_is_edited() -> None:
    page = article(
        contributors=contributors(ada()), references=cites(reference("A trial"))
    )
    document = page_document(page)
    fields = {field.name for field in ArticlePage._meta.get_fields()}

    places = build_source_map(document, fields=fields, chosen_disclaimers={})

    key = document["references"][0]["key"]
    assert places["/references/0"].content_path == f"references.{key}"
    assert places["/contributors"].content_path == "contributors"
    assert places["/ai_assistance/note"].content_path == "ai_note"
