"""Each part of a document leads to where it is edited, and the editor finds that place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.preview.drafts import draft_content
from health_content.delivery.preview.source_map import Place, build_source_map
from health_content.document_blocks import BUILDERS
from health_content.models import DisclaimerSnippet
from tests.cms.sample import article_make, disclaimer_make
from tests.cms.sample import home_page as sample_home
from tests.factories import article, block, block_id, home_page

if TYPE_CHECKING:
    from health_content.pages.models import ArticlePage

EDITOR = "http://127.0.0.1:8000/admin"


def value_at(document: Any, pointer: str) -> Any:
    """Return what the JSON pointer (RFC 6901) leads to."""
    for step in pointer.split("/")[1:]:
        document = document[int(step) if isinstance(document, list) else step]
    return document


@pytest.fixture
def page(db: None) -> ArticlePage:
    everybodys = disclaimer_make("general", applies_to_all=True)
    chosen = disclaimer_make("chosen")
    stream = [block("disclaimer", {"disclaimer": chosen.pk, "placement": "start"})]
    assert everybodys.pk != chosen.pk
    return article_make(sample_home(), disclaimers=json.dumps(stream))


@pytest.fixture
def document(page: ArticlePage) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(draft_content(page).document)
    return made


@pytest.fixture
def places(page: ArticlePage) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(draft_content(page).source_map)
    return made


def test_every_pointer_leads_to_a_value_and_every_path_to_a_field(
    page: ArticlePage, document: dict[str, Any], places: dict[str, Any]
) -> None:
    fields = {field.name: field for field in page._meta.get_fields()}
    for pointer, place in places.items():
        value_at(document, pointer)
        if place["content_path"] is None:
            continue
        name, *steps = place["content_path"].split(".")
        assert name == place["field"]
        if steps:
            stream = getattr(page, name)
            # What Wagtail asks before it shows a comment on a block.
            found = fields[name].get_block_by_content_path(stream, steps)  # type: ignore[union-attr]
            assert found is not None, (pointer, place)


def test_every_block_item_and_text_has_a_place(
    document: dict[str, Any], places: dict[str, Any]
) -> None:
    """Only what is worked out, or counted, has none; a text inside a part is edited where the part is."""
    seen = set()

    def walk(value: Any, pointer: str) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("id"), str):  # A page's is a number.
                seen.add(value.get("type", "item"))
                assert places[pointer]["block_id"] == value["id"]
                members = set(value) - {"type", "id", "position"}
                assert all(f"{pointer}/{name}" in places for name in members)
            for name, child in value.items():
                walk(child, f"{pointer}/{name}")
        elif isinstance(value, list):
            for index, child in enumerate(value):
                walk(child, f"{pointer}/{index}")

    walk(document["body"], "/body")

    assert seen == {*BUILDERS, "item"}
    assert {"/title", "/slug", "/summary", "/topics", "/introduction", "/seo/title", "/seo/description", "/replies"} <= set(places)  # fmt: skip
    assert {f"/sources/{index}" for index in range(len(document["sources"]))} <= set(places)  # fmt: skip
    assert len(document["sources"]) > 0


def test_a_reference_that_a_statement_brings_is_edited_there(
    document: dict[str, Any], places: dict[str, Any]
) -> None:
    key = document["references"][0]["key"]

    path = places["/references/0"]["content_path"]

    assert path.startswith("body.")
    assert path.endswith(f".evidence.{key}")


def test_references_of_the_page_are_edited_there() -> None:
    statement = {
        "type": "stat",
        "id": "s",
        "evidence": [{"key": "r"}, {"key": "e"}, "?", {}],
    }
    document: dict[str, Any] = {
        "safety": None, "sources": None, "body": [statement, "?"],
        "references": [{"key": "r"}, {"key": "e"}],
    }  # fmt: skip

    places = build_source_map(
        document, fields=(), chosen_disclaimers={}, evidence={"e", "f"}
    )

    assert places["/references/0"].content_path == "references.r"
    assert places["/references/1"] == Place(
        content_path="body.s.evidence.e", block_id="e"
    )


def test_a_place_is_an_address_of_the_editor(
    page: ArticlePage, places: dict[str, Any], document: dict[str, Any]
) -> None:
    section = document["body"][1]
    mechanisms = section["blocks"][0]
    path = f"body.{section['id']}.blocks.{mechanisms['id']}.items.{mechanisms['items'][2]['id']}.title"

    place = places["/body/1/blocks/0/items/2/title"]

    assert place == {
        "kind": "page",
        "block_id": mechanisms["items"][2]["id"],
        "field": "body",
        "content_path": path,
        "edit_url": f"{EDITOR}/pages/{page.pk}/edit/#:w:contentpath={path}",
    }


def test_a_disclaimer_leads_to_the_library(
    places: dict[str, Any], document: dict[str, Any]
) -> None:
    shown = document["safety"]["disclaimers"]
    by_key = {d["key"]: places[f"/safety/disclaimers/{i}"] for i, d in enumerate(shown)}

    assert set(by_key) == {"chosen", "general", "inline"}
    for key, place in by_key.items():
        pk = DisclaimerSnippet.objects.get(key=key).pk
        assert place["edit_url"] == (
            f"{EDITOR}/snippets/health_content/disclaimersnippet/edit/{pk}/"
        )
        assert place["kind"] == "disclaimer"
    assert by_key["general"]["content_path"] is None
    assert by_key["chosen"]["content_path"] == f"disclaimers.{block_id('disclaimer')}"
    assert by_key["inline"]["content_path"].startswith("body.")


def test_a_page_that_is_not_saved_has_places_without_addresses(db: None) -> None:
    page = article(home_page(), live=False, body=json.dumps([block("rich_text", "x")]))
    page.pk = page.id = None

    places = json.loads(draft_content(page).source_map)

    assert places["/body/0/body"]["edit_url"] is None
    assert places["/body/0/body"]["content_path"] == f"body.{block_id('rich_text')}"


@pytest.mark.parametrize(
    ("place", "kind", "field"),
    [
        (Place(content_path="title"), "page", "title"),
        (Place(content_path="body.a.items.b.title", block_id="b"), "page", "body"),
        (Place(content_path="disclaimers.a", disclaimer="x"), "disclaimer", "disclaimers"),
        (Place(content_path=None, disclaimer="x"), "disclaimer", None),
    ],
)  # fmt: skip
def test_place_knows_what_is_edited_there(
    place: Place, kind: str, field: str | None
) -> None:
    assert (place.kind, place.field) == (kind, field)


def test_what_a_document_calls_otherwise_is_edited_under_its_own_name() -> None:
    document: dict[str, Any] = {
        "safety": {"disclaimers": []},
        "body": [
            {"type": "rich_text", "id": "r", "body": {"html": "x"}},
            {"type": "table", "id": "t", "caption": "C", "columns": [], "rows": []},
        ],
        "sources": [],
    }

    places = build_source_map(document, fields=(), chosen_disclaimers={})

    assert {pointer: place.content_path for pointer, place in places.items()} == {
        "/body/0": "body.r",
        "/body/0/body": "body.r",
        "/body/1": "body.t",
        "/body/1/caption": "body.t.caption",
        "/body/1/columns": "body.t.table",
        "/body/1/rows": "body.t.table",
    }


def test_a_reference_is_edited_where_its_list_item_is() -> None:
    """An id that stands twice is that of the first item: the editor goes there, too."""
    document: dict[str, Any] = {
        "safety": {"disclaimers": []},
        "body": [
            {"type": "references", "id": "r", "items": [{"id": "a", "position": 1}, {"id": "b", "title": "B"}]},
            {"type": "references", "id": "s", "items": [{"id": "b", "position": 1}]},
        ],
        "sources": [{"key": "b"}, {"key": "a"}, {"key": "c"}],
    }  # fmt: skip

    places = build_source_map(document, fields=(), chosen_disclaimers={})

    assert places["/sources/0"] == Place(content_path="body.r.items.b", block_id="b")
    assert places["/sources/1"] == Place(content_path="body.r.items.a", block_id="a")
    assert "/sources/2" not in places


def test_a_disclaimer_of_the_envelope_is_chosen_or_in_the_body_or_everybodys() -> None:
    document: dict[str, Any] = {
        "safety": {"disclaimers": [{"key": "chosen"}, {"key": "inline"}, {"key": "general"}]},
        "body": [
            {"type": "section", "id": "s", "blocks": [{"type": "disclaimer", "id": "d", "disclaimer": {"key": "inline"}}]},
            {"type": "disclaimer", "id": "e", "disclaimer": {"key": "chosen"}},
            {"type": "disclaimer", "id": "f", "disclaimer": None},
            {"type": "quote", "id": "q", "text": {"key": "general"}},
        ],
        "sources": [],
    }  # fmt: skip

    places = build_source_map(
        document, fields=(), chosen_disclaimers={"chosen": "c", "hidden": "h"}
    )

    shown = [places[f"/safety/disclaimers/{index}"] for index in range(3)]
    assert shown == [
        Place(content_path="disclaimers.c", block_id="c", disclaimer="chosen"),
        Place(content_path="body.s.blocks.d.disclaimer", block_id="d", disclaimer="inline"),
        Place(content_path=None, disclaimer="general"),
    ]  # fmt: skip
    assert len([pointer for pointer in places if pointer.startswith("/safety")]) == 3
    assert places["/body/2/disclaimer"].disclaimer is None


BLOCKS = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "id", "key", "items", "blocks", "disclaimer", "title", "evidence"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(BLOCKS)
def test_whatever_a_body_is_its_places_are_in_the_body(body: Any) -> None:
    safety = {"disclaimers": []}
    document: dict[str, Any] = {"safety": safety, "body": body, "sources": []}

    places = build_source_map(document, fields=(), chosen_disclaimers={})

    for pointer, place in places.items():
        value_at(document, pointer)
        assert str(place.content_path).startswith("body.")
        assert f".{place.block_id}" in str(place.content_path)


def test_odd_documents_have_the_places_that_can_be_told() -> None:
    document: dict[str, Any] = {
        "safety": {"disclaimers": [{"key": None}, "?", {"key": "a"}, {"key": "b"}]},
        "body": [
            "?",
            {"type": "rich_text", "id": "", "body": {}},
            {"type": "faq", "id": "f", "items": "?"},
            {"type": "disclaimer", "id": "d", "disclaimer": {"key": 7}},
        ],
        "sources": [{"key": "nowhere"}, "?", {"key": None}],
    }

    places = build_source_map(
        document, fields={"title"}, chosen_disclaimers={"a": "", "b": "x"}
    )

    assert places == {
        "/title": Place(content_path="title"),
        "/body/2": Place(content_path="body.f", block_id="f"),
        "/body/2/items": Place(content_path="body.f.items", block_id="f"),
        "/body/3": Place(content_path="body.d", block_id="d"),
        "/body/3/disclaimer": Place(content_path="body.d.disclaimer", block_id="d"),
        "/safety/disclaimers/2": Place(content_path="disclaimers", disclaimer="a"),
        "/safety/disclaimers/3": Place(
            content_path="disclaimers.x", block_id="x", disclaimer="b"
        ),
    }


def test_a_document_without_an_envelope_or_a_body_has_the_places_of_the_page() -> None:
    document: dict[str, Any] = {"safety": None, "body": None, "sources": None}

    places = build_source_map(document, fields={"slug"}, chosen_disclaimers={})

    assert places == {"/slug": Place(content_path="slug")}
