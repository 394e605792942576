"""A page's facts to its document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.disclaimer_rules import Origin, Shown, Why
from health_content.document import (
    build_document,
    canonical_json,
    document_digest,
    document_restated,
    timestamp,
)
from health_content.document_blocks import (
    BUILDERS,
    StreamReferences,
    build_blocks,
    find_stream_references,
)
from health_content.document_evidence import find_evidence
from health_content.document_facts import (
    Attribution,
    DisclaimerFacts,
    FocalPoint,
    ImageFacts,
    ImageSourceFacts,
    PageFacts,
    PageLink,
    Resources,
)

GENERAL = DisclaimerFacts(
    id=1, key="general", version=2, title="General", kind="medical_information", placement="end",
    body="<p>No advice.</p>", applies_to_all=True,
)  # fmt: skip
EXTRA = DisclaimerFacts(
    id=2,
    key="extra",
    version=1,
    title="Extra",
    kind="other",
    placement="end",
    body="<p>Extra.</p>",
)
PICTURE = ImageFacts(
    id=7, alt="A spine", sources=(ImageSourceFacts(src="/m/a.webp", width=400, height=300, type="image/webp"),),
    focal_point=FocalPoint(x=0.5, y=0.25, width=0.1, height=0.1), key="k7", width=1600, height=1200,
)  # fmt: skip
RESOURCES = Resources(images={7: PICTURE}, disclaimers={1: GENERAL, 2: EXTRA})
MOMENT = datetime(2026, 11, 19, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
FACTS = PageFacts(
    id=3, type="article", model="health_pages.ArticlePage", translation_key="k", site="example.org", locale="en",
    title="Sleep", slug="sleep", path="/sleep/", url="https://example.org/sleep/", first_published_at=MOMENT,
    last_published_at=MOMENT, version=4, introduction="<p>About <b>sleep</b>.</p>", summary="", body=[], seo_title="",
    search_description="", audience="public", resources=RESOURCES,
    breadcrumbs=(PageLink(id=2, title="Home", path="/", url="https://example.org/", locale="en"),), alternates=(),
    attribution=Attribution(publisher="Harbour", licence=None, required_text=None),
    disclaimers=(Shown(id=1, placement="end", why=Why(code=Origin.EVERY_PAGE)),),
)  # fmt: skip


def built(kind: str, value: Any) -> Any:
    return build_blocks([{"type": kind, "value": value, "id": "b"}], RESOURCES)[0]


def children(*values: Any) -> list[Any]:
    return [{"type": "item", "value": v, "id": f"i{n}"} for n, v in enumerate(values)]


def rich(html: str) -> dict[str, str]:
    return {"html": html}


TITLED = {"title": "Heat", "body": "<p>Warm</p>"}
TITLED_ITEM = {"position": 1, "id": "i0", "title": "Heat", "body": rich("<p>Warm</p>")}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("rich_text", "<p>x</p>", {"body": rich("<p>x</p>")}),
        (
            "section",
            {"heading": "H", "level": "3", "blocks": [{"type": "rich_text", "value": "y", "id": "c"}]},
            {
                "heading": "H", "level": 3, "health_aspect": None, "standalone_safe": False,
                "blocks": [{"type": "rich_text", "id": "c", "body": rich("y")}],
            },
        ),
        (
            "mechanism_list",
            {"heading": "", "introduction": "<p></p>", "start": 4, "items": children(TITLED)},
            {
                "heading": None, "introduction": None, "start": 4,
                "items": [TITLED_ITEM | {"position": 4, "status": None, "evidence": []}],
            },
        ),
        (
            "benefit_list",
            {"heading": "Good", "introduction": "<p>I</p>", "items": children({"title": "", "body": "b"})},
            {
                "heading": "Good", "introduction": rich("<p>I</p>"),
                "items": [{"position": 1, "id": "i0", "title": None, "body": rich("b"), "evidence": []}],
            },
        ),
        (
            "approach_list",
            {"items": children(TITLED)},
            {"heading": None, "introduction": None, "start": 1, "items": [TITLED_ITEM | {"page": None, "evidence": []}]},
        ),
        (
            "step_list",
            {"items": children(TITLED | {"duration": "5 minutes"})},
            {"heading": None, "introduction": None, "items": [TITLED_ITEM | {"duration": "5 minutes"}]},
        ),
        ("callout", {"tone": "dont", "title": "T", "body": "b"}, {"tone": "dont", "title": "T", "body": rich("b")}),
        ("callout", {"tone": "loud"}, {"tone": "info", "title": None, "body": rich("")}),
        (
            "quote",
            {"text": "T", "attribution": "A", "source_url": "javascript:x"},
            {"text": "T", "attribution": "A", "source_url": None},
        ),
        (
            "image",
            {"image": {"image": 7, "alt_text": "Back", "decorative": False}, "caption": "C", "credit": ""},
            {
                "image": {
                    "alt": "Back", "decorative": False,
                    "focal_point": {"x": 0.5, "y": 0.25, "width": 0.1, "height": 0.1},
                    "key": "k7", "width": 1600, "height": 1200, "pending": False,
                    "sources": [{"src": "/m/a.webp", "width": 400, "height": 300, "type": "image/webp"}],
                },
                "caption": "C", "credit": None,
            },
        ),
        ("image", {"image": {"image": 99}}, {"image": None, "caption": None, "credit": None}),
        (
            "table",
            {
                "caption": "C",
                "table": {
                    "columns": [
                        {"type": "text", "heading": "A"}, {"type": "number", "heading": "B"},
                        {"type": "rich_text", "heading": "D"},
                    ],
                    "rows": [{"values": ["x", 1.5, "<b>y</b>"]}, {"values": [None, None]}],
                },
                "row_headings": False, "notes": "",
            },
            {
                "caption": "C", "row_headings": False,
                "columns": [
                    {"heading": "A", "type": "text"}, {"heading": "B", "type": "number"},
                    {"heading": "D", "type": "rich_text"},
                ],
                "rows": [
                    {"cells": [
                        {"type": "text", "text": "x"}, {"type": "number", "value": 1.5},
                        {"type": "rich_text", "body": rich("<b>y</b>")},
                    ]},
                    {"cells": [{"type": "text", "text": ""}, {"type": "number", "value": None}]},
                ],
                "notes": None,
            },
        ),
        (
            "faq",
            {"heading": "Q", "items": children({"question": "Why?", "answer": "a"})},
            {"heading": "Q", "items": [{"id": "i0", "question": "Why?", "answer": rich("a"), "health_aspect": None, "evidence": []}]},
        ),
        (
            "disclaimer",
            {"disclaimer": 2},
            {"disclaimer": {
                "key": "extra", "version": 1, "title": "Extra", "kind": "other", "placement": "inline",
                "why": {"code": "text", "name": None}, "wording": "latest", "body": rich("<p>Extra.</p>"),
            }},
        ),
        ("disclaimer", {"disclaimer": 99}, {"disclaimer": None}),
        ("disclaimer", None, {"disclaimer": None}),
        (
            "references",
            {"items": children({"title": "T", "year": 2023, "doi": "10.1/x", "url": ""})},
            {"heading": None, "items": [{
                "position": 1, "id": "i0", "title": "T", "authors": None, "publication": None, "year": 2023,
                "doi": "10.1/x", "pmid": None, "url": None,
            }]},
        ),
    ],
)  # fmt: skip
def test_a_stored_block_becomes_a_typed_one(
    kind: str, value: Any, expected: dict[str, Any]
) -> None:
    assert built(kind, value) == {"type": kind, "id": "b"} | expected


def test_unknown_blocks_and_nested_sections_are_left_out() -> None:
    inner = {"type": "section", "value": {"heading": "No"}, "id": "s"}

    blocks = build_blocks(
        [
            {"type": "hologram", "value": {}, "id": "v"},
            {"type": "section", "value": {"blocks": [inner]}, "id": "x"},
            "?",
        ],
        RESOURCES,
    )

    assert [b["type"] for b in blocks] == ["section"]
    assert blocks[0]["blocks"] == []


NAMED_TEXT = '<p><a linktype="page" id="3">a</a></p>'


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (None, StreamReferences()),
        ("rich_text", StreamReferences()),
        (["?", {"type": "rich_text"}, {}], StreamReferences()),
        # Texts: what has no markup names nothing.
        ([{"type": "rich_text", "value": "words"}], StreamReferences()),
        ([{"type": "rich_text", "value": NAMED_TEXT}], StreamReferences(html=(NAMED_TEXT,))),
        (
            [{"type": "faq", "value": {"heading": "Q", "items": [
                {"type": "item", "value": {"question": "Why?", "answer": "<p>1</p>"}},
                {"type": "item", "value": {"question": "a < b", "answer": "<p>2</p>"}},
            ]}}],
            StreamReferences(html=("<p>1</p>", "a < b", "<p>2</p>")),
        ),
        (
            [{"type": "table", "value": {"table": {"rows": [{"values": [1.5, None, True, "<b>y</b>"]}]}}}],
            StreamReferences(html=("<b>y</b>",)),
        ),
        # Pictures, whose words are no markup.
        (
            [
                {"type": "image", "value": {"image": {"image": 7, "alt_text": "<b>"}, "caption": "<b>"}},
                {"type": "image", "value": {"image": {"image": 7}}}, {"type": "image", "value": {"image": {"image": 8}}},
                {"type": "image", "value": {"image": {"image": None}}}, {"type": "image", "value": {"image": 9}},
                {"type": "image", "value": {"image": {"image": True}}}, {"type": "image", "value": None},
            ],
            StreamReferences(images=frozenset({7, 8})),
        ),
        # Disclaimers: alone or in a struct.
        (
            [
                {"type": "disclaimer", "value": 1}, {"type": "disclaimer", "value": {"disclaimer": 2}},
                {"type": "disclaimer", "value": None}, {"type": "disclaimer", "value": {"disclaimer": "3"}},
                {"type": "disclaimer", "value": {}}, {"type": "disclaimer"},
            ],
            StreamReferences(disclaimers=frozenset({1, 2})),
        ),
        # Sections: what is in them, and nothing twice.
        (
            [
                {"type": "section", "value": {"heading": "a < b", "blocks": [
                    {"type": "rich_text", "value": NAMED_TEXT}, {"type": "disclaimer", "value": 4},
                    {"type": "section", "value": {"blocks": [{"type": "image", "value": {"image": {"image": 5}}}]}},
                ]}},
                {"type": "section", "value": None}, {"type": "section", "value": {"blocks": "x"}},
            ],
            StreamReferences(html=(NAMED_TEXT,), images=frozenset({5}), disclaimers=frozenset({4})),
        ),
    ],
)  # fmt: skip
def test_references_of_a_stream_are_found_in_one_walk(
    stream: Any, expected: StreamReferences
) -> None:
    assert find_stream_references(stream) == expected


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["type", "value", "id", "items", "body", "title", "table", "rows", "values", "columns",
                             "image", "disclaimer", "blocks", "start", "level", "heading", "introduction", "evidence",
                             "status", "frequency", "criteria", "numerator", "denominator", "studies"]),
            inner, max_size=4,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


class Asked(dict[int, Any]):
    """A table of things that notes which of them were asked for."""

    def __init__(self) -> None:
        self.ids: set[int] = set()

    def get(self, key: int, default: Any = None) -> Any:
        self.ids.add(key)
        return default


CHOICES = st.integers(0, 9).map(
    lambda n: {"image": {"image": n}, "disclaimer": n, "evidence": [n], "items": [{"evidence": [{"value": n}]}]}
)  # fmt: skip
KINDS = st.sampled_from(sorted(BUILDERS))
STREAMS = st.lists(
    st.fixed_dictionaries({"type": KINDS, "value": CHOICES | JSON_VALUES})
    | st.fixed_dictionaries({
        "type": st.just("section"),
        "value": st.fixed_dictionaries({"blocks": st.lists(st.fixed_dictionaries({"type": KINDS, "value": CHOICES}))}),
    }),
    max_size=5,
)  # fmt: skip


@given(STREAMS)
def test_whatever_blocks_ask_for_was_named_before(stream: Any) -> None:
    """What is not named is not looked up, so a reader would miss it without an error."""
    images, disclaimers, references = Asked(), Asked(), Asked()

    found = find_stream_references(stream)
    build_blocks(
        stream,
        Resources(images=images, disclaimers=disclaimers, references=references),
    )

    assert images.ids - {0} <= found.images
    assert disclaimers.ids - {0} <= found.disclaimers
    assert references.ids <= {identifier for _key, identifier in find_evidence(stream)}


@given(st.sampled_from(sorted(BUILDERS)), JSON_VALUES)
def test_any_stored_value_gives_a_block(kind: str, value: Any) -> None:
    """Drafts are half filled, and a broken value must not make a page unreadable."""
    block = built(kind, value)

    assert block["type"] == kind
    json.dumps(block, allow_nan=False)


def test_document_has_every_key_and_utc_times() -> None:
    document = build_document(FACTS)

    assert list(document) == [
        "id", "type", "model", "translation_key", "site", "locale", "title", "slug", "path", "url",
        "first_published_at", "last_published_at", "version", "summary", "topics", "safety", "introduction", "body", "sources",
        "content_kind", "audience_group", "about", "contributors", "references", "conflicts", "ai_assistance",
        "organization", "aspect_coverage", "content_digest", "breadcrumbs", "alternates", "seo",
    ]  # fmt: skip
    assert document["last_published_at"] == "2026-11-19T11:00:00Z"
    assert document["introduction"] == {"html": "<p>About <b>sleep</b>.</p>"}
    assert document["seo"]["description"] == "About sleep."
    assert document["breadcrumbs"] == [
        {"id": 2, "title": "Home", "path": "/", "url": "https://example.org/"}
    ]
    assert document["safety"]["review"] == {
        "status": "none", "last_reviewed": None, "next_review": None, "reviewed_by": [],
        "overdue_action": None,
    }  # fmt: skip


def test_disclaimers_say_why_they_are_shown_and_those_not_live_are_left_out() -> None:
    body = [
        {"type": "section", "id": "s", "value": {"blocks": [
            {"type": "disclaimer", "value": {"disclaimer": 2}, "id": "d"},
            {"type": "disclaimer", "value": {"disclaimer": 1}, "id": "e"},
            {"type": "disclaimer", "value": {"disclaimer": 9}, "id": "f"},
        ]}},
    ]  # fmt: skip
    facts = replace(
        FACTS,
        body=body,
        disclaimers=(
            Shown(id=1, placement="start", why=Why(code=Origin.TOPIC, name="Sleep")),
            Shown(id=2, placement="inline", why=Why(code=Origin.TEXT)),
            Shown(id=9, placement="inline", why=Why(code=Origin.TEXT)),
        ),
    )

    found = build_document(facts)["safety"]["disclaimers"]

    assert [(d["key"], d["placement"], d["version"]) for d in found] == [
        ("general", "start", 2),
        ("extra", "inline", 1),
    ]
    assert [d["why"] for d in found] == [
        {"code": "topic", "name": "Sleep"},
        {"code": "text", "name": None},
    ]
    assert {d["wording"] for d in found} == {"latest"}


def test_references_become_sources_in_csl() -> None:
    item = {
        "title": "T", "authors": "A. B.", "publication": "Spine", "year": 2020, "doi": "10.1/<x>", "pmid": "1",
    }  # fmt: skip
    body = [
        {
            "type": "references",
            "id": "r",
            "value": {"items": children(item, {"title": "U"})},
        }
    ]

    sources = build_document(replace(FACTS, body=body))["sources"]

    assert sources == [
        {
            "key": "i0",
            "csl": {
                "id": "i0", "type": "article-journal", "title": "T", "author": [{"literal": "A. B."}],
                "container-title": "Spine", "issued": {"date-parts": [[2020]]}, "DOI": "10.1/<x>", "PMID": "1",
                "URL": "https://doi.org/10.1/%3Cx%3E",
            },
            "url": "https://doi.org/10.1/%3Cx%3E",
        },
        {"key": "i1", "csl": {"id": "i1", "type": "document", "title": "U"}, "url": None},
    ]  # fmt: skip


def test_jsonld_types_the_page_by_its_questions() -> None:
    faq = {
        "type": "faq",
        "id": "f",
        "value": {"items": children({"question": "Why?", "answer": "<p>So.</p>"})},
    }
    plain = build_document(FACTS)["seo"]["jsonld"]
    asked = build_document(
        replace(
            FACTS, body=[{"type": "section", "id": "s", "value": {"blocks": [faq]}}]
        )
    )

    page = asked["seo"]["jsonld"]["@graph"][0]
    assert plain["@context"] == "https://schema.org"
    assert [node["@type"] for node in plain["@graph"]] == [
        "MedicalWebPage",
        "Article",
        "BreadcrumbList",
    ]
    assert page["@type"] == ["MedicalWebPage", "FAQPage"]
    assert page["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Why?",
            "acceptedAnswer": {"@type": "Answer", "text": "<p>So.</p>"},
        }
    ]
    assert "lastReviewed" not in page


def test_a_document_says_what_its_sections_cover_and_what_readers_miss() -> None:
    aspects = ("OverviewHealthAspect", "SelfCareHealthAspect", "", "OverviewHealthAspect")  # fmt: skip
    body = [
        {"type": "section", "id": str(n), "value": {"health_aspect": a, "blocks": []}}
        for n, a in enumerate(aspects)
    ]
    about = replace(FACTS.governance, content_kind="condition")

    of_condition = build_document(replace(FACTS, body=body, governance=about))
    of_nothing = build_document(FACTS)

    assert of_condition["aspect_coverage"] == {
        "covered": ["OverviewHealthAspect", "SelfCareHealthAspect"],
        "missing": [
            f"{name}HealthAspect"
            for name in ("Symptoms", "Causes", "Treatments", "SeeDoctor")
        ],
    }
    assert of_nothing["aspect_coverage"] == {"covered": [], "missing": []}


def test_jsonld_names_the_content_and_carries_every_disclaimer() -> None:
    plain: Any = build_document(replace(FACTS, disclaimers=()))
    document: Any = build_document(replace(FACTS, content_digest="ab12"))

    page = document["seo"]["jsonld"]["@graph"][0]
    assert document["content_digest"] == page["version"] == "ab12"
    assert page["usageInfo"] == [
        {
            "@type": "CreativeWork",
            "@id": "https://example.org/sleep/#disclaimer-general-2",
            "name": "General",
            "text": "No advice.",
            "version": 2,
        }
    ]
    assert plain["content_digest"] is None
    assert not {"version", "usageInfo"} & plain["seo"]["jsonld"]["@graph"][0].keys()
    # It says from what the document was made; two that say the same are the same.
    assert document_digest(document) == document_digest(build_document(FACTS))


def test_an_index_is_a_collection_and_no_article() -> None:
    graph = build_document(replace(FACTS, type="index", breadcrumbs=()))["seo"][
        "jsonld"
    ]["@graph"]

    assert [node["@type"] for node in graph] == ["CollectionPage"]


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"version": 9}, True),
        ({"last_published_at": None}, True),
        ({"title": "Other"}, False),
        ({"path": "/other/"}, False),
        ({"first_published_at": None}, False),
        (
            {
                "attribution": Attribution(
                    publisher="Other", licence=None, required_text=None
                )
            },
            False,
        ),
        ({"resources": Resources()}, False),
    ],
)
def test_digest_tells_what_readers_get(change: dict[str, Any], is_same: bool) -> None:
    other = build_document(replace(FACTS, **change))

    assert (document_digest(other) == document_digest(build_document(FACTS))) is is_same


IMAGE_EVERYWHERE = [
    {"type": "image", "id": "b", "value": {"image": {"image": 7, "alt_text": "A"}}},
    {"type": "faq", "id": "c", "value": {"items": children({"question": '<img src="1">', "answer": '<embed embedtype="image" id="7" alt="A"/>'})}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"sources": (), "is_pending": True, "width": 9, "height": 9}, True),
        ({"key": "other"}, False),
        ({"focal_point": None}, False),
    ],
)
def test_digest_tells_pictures_apart_and_not_their_files(
    change: dict[str, Any], is_same: bool
) -> None:
    facts = replace(FACTS, body=IMAGE_EVERYWHERE)
    other = Resources(images={7: replace(PICTURE, **change)})
    documents = [
        build_document(replace(facts, resources=r))
        for r in (Resources(images={7: PICTURE}), other)
    ]
    assert documents[0] != documents[1]

    assert len({document_digest(d) for d in documents}) == (1 if is_same else 2)


def test_digest_takes_words_about_markup_for_words() -> None:
    """Only HTML of ours has elements; everywhere else they are what somebody wrote."""
    digests = {
        document_digest(build_document(replace(FACTS, body=IMAGE_EVERYWHERE, title=t)))
        for t in ('<img src="1">', '<img src="2">')
    }

    assert len(digests) == 2


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    """A database that stores JSON in its own order must not change a digest."""
    document = build_document(FACTS)
    turned = json.loads(json.dumps(document, sort_keys=True))

    assert document_digest(turned) == document_digest(document)
    assert document_digest({}) == document_digest({"version": 1})
    assert document_digest({"seo": {"jsonld": {}}}) == document_digest(
        {"seo": {"jsonld": {}}, "version": 2}
    )


def test_descriptions_end_at_a_word() -> None:
    seo = build_document(replace(FACTS, summary="word " * 100))["seo"]

    assert len(seo["description"]) <= 300
    assert seo["description"].endswith("word…")


def test_times_are_whole_seconds() -> None:
    assert timestamp(None) is None
    assert (
        timestamp(datetime(2026, 1, 2, 3, 4, 5, 999999, tzinfo=UTC))
        == "2026-01-02T03:04:05Z"
    )


def test_a_lone_surrogate_has_bytes() -> None:
    assert canonical_json("\ud800") == b'"\\ud800"'


@pytest.mark.parametrize("kind", ["article", "faq", "index"])
def test_a_restated_document_is_the_one_that_would_be_built_anew(kind: str) -> None:
    later = datetime(2026, 11, 30, tzinfo=UTC)
    facts = replace(FACTS, type=kind)
    document = build_document(facts)
    before = canonical_json(document)

    restated = document_restated(
        document, version=7, last_published_at="2026-11-30T00:00:00Z"
    )

    assert restated == build_document(
        replace(facts, version=7, last_published_at=later)
    )
    assert document_digest(restated) == document_digest(document)
    assert canonical_json(document) == before


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ([{"dateModified": "2026-01-01T00:00:00Z"}], [{"dateModified": "2026-11-30T00:00:00Z"}]),
        ([{"dateModified": None, "name": "n"}], [{"dateModified": "2026-11-30T00:00:00Z", "name": "n"}]),
        ([{"datePublished": "2026-01-01T00:00:00Z"}, "node", None], [{"datePublished": "2026-01-01T00:00:00Z"}, "node", None]),
        ([], []),
        (None, []),
    ],
)  # fmt: skip
def test_only_nodes_that_say_when_they_changed_are_restated(
    graph: Any, expected: Any
) -> None:
    document = {"seo": {"title": "T", "jsonld": {"@context": "c", "@graph": graph}}}

    restated = document_restated(
        document, version=7, last_published_at="2026-11-30T00:00:00Z"
    )

    assert restated == {
        "version": 7,
        "last_published_at": "2026-11-30T00:00:00Z",
        "seo": {"title": "T", "jsonld": {"@context": "c", "@graph": expected}},
    }


def test_a_document_without_search_engine_data_is_restated_too() -> None:
    document = build_document(FACTS) | {"seo": None}

    restated = document_restated(
        document, version=7, last_published_at="2026-11-30T00:00:00Z"
    )

    assert (restated["version"], restated["seo"]) == (7, None)
    assert restated["last_published_at"] == "2026-11-30T00:00:00Z"
