"""Topics and aspects in the read model: what a document is found by, and what follows a change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from health_content.delivery.models import DocumentFacet, PublishedDocument
from tests.factories import article, block, home_page, language, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from health_content.models import Topic

pytestmark = pytest.mark.django_db

ASPECT = "HowItWorksHealthAspect"


@pytest.fixture
def muscles() -> Topic:
    return topic("Muscles")


@pytest.fixture
def back(muscles: Topic) -> Topic:
    return topic("Back pain", parent=muscles)


def facets(page: Any) -> set[tuple[str, str]]:
    found = DocumentFacet.objects.filter(document=page.pk)
    return set(found.values_list("kind", "value"))


def section(aspect: str | None = ASPECT) -> dict[str, Any]:
    value = {"heading": "How it works", "blocks": [], "level": "2"}
    return block("section", value | {"health_aspect": aspect})


def changed_by(act: Callable[[], Any], committed: Callable[[], Any]) -> set[int]:
    """Return the pages whose documents have other bytes after *act*."""
    before = dict(PublishedDocument.objects.values_list("pk", "updated_at"))
    with committed():
        act()
    after = dict(PublishedDocument.objects.values_list("pk", "updated_at"))
    return {pk for pk, moment in after.items() if before.get(pk) != moment}


def test_a_document_is_found_by_its_topics_and_by_those_above(
    back: Topic, committed: Any
) -> None:
    with committed():
        page = article(topics=[back], body=json.dumps([section()]))

    assert facets(page) == {
        ("topic", "back-pain"),
        ("topic", "muscles"),
        ("health_aspect", ASPECT),
    }


def test_card_and_document_have_the_topics(
    back: Topic, committed: Any, get: Any
) -> None:
    with committed():
        page = article(topics=[back])

    shown = [{"slug": "back-pain", "name": "Back pain"}]
    assert get(f"articles/{page.pk}/").json()["topics"] == shown
    assert get("articles/").json()["items"][0]["topics"] == shown


def test_an_aspect_is_in_the_document_and_in_its_graph(
    committed: Any, get: Any
) -> None:
    stream = [section(), section("NoSuchAspect"), section(None)]
    with committed():
        page = article(body=json.dumps(stream))

    document = get(f"articles/{page.pk}/").json()
    aspects = [part["health_aspect"] for part in document["body"]]
    assert aspects == [ASPECT, None, None]
    [node] = document["seo"]["jsonld"]["@graph"][0]["hasPart"]
    assert node["hasHealthAspect"] == f"https://schema.org/{ASPECT}"
    assert node["name"] == "How it works"


def test_a_new_name_changes_exactly_the_documents_that_show_it(
    back: Topic, muscles: Topic, committed: Any, get: Any
) -> None:
    with committed():
        page = article(topics=[back])
        article(topics=[muscles])
        article()
    back.name = "Pain in the back"

    assert changed_by(back.save, committed) == {page.pk}
    [shown] = get(f"articles/{page.pk}/").json()["topics"]
    assert shown["name"] == "Pain in the back"


def test_a_new_slug_of_the_wider_topic_is_found_and_changes_no_bytes(
    back: Topic, muscles: Topic, committed: Any
) -> None:
    with committed():
        page = article(topics=[back])
    muscles.slug = "joints"

    assert changed_by(muscles.save, committed) == set()
    assert facets(page) == {("topic", "back-pain"), ("topic", "joints")}


def test_a_deleted_topic_is_gone_from_every_document(
    back: Topic, committed: Any, get: Any
) -> None:
    with committed():
        page = article(topics=[back])

    assert changed_by(back.delete, committed) == {page.pk}
    assert facets(page) == set()
    assert b"Back pain" not in get(f"articles/{page.pk}/").content
    assert b"back-pain" not in get("articles/").content


def test_a_new_translation_of_a_topic_is_shown_at_once(
    back: Topic, committed: Any, get: Any
) -> None:
    with committed():
        home_page().copy_for_translation(language("es"))
        page = article(topics=[back])
        copy = page.copy_for_translation(language("es"))
        copy.live = True
        copy.save()
    translation = back.copy_for_translation(language("es"))
    translation.name, translation.slug = "Dolor de espalda", "dolor-de-espalda"

    assert changed_by(translation.save, committed) == {copy.pk}
    [shown] = get(f"articles/{copy.pk}/").json()["topics"]
    assert shown == {"slug": "dolor-de-espalda", "name": "Dolor de espalda"}
    assert facets(copy) == {("topic", "dolor-de-espalda")}
    assert facets(page) == {("topic", "back-pain"), ("topic", "muscles")}


def test_a_draft_topic_of_a_page_does_not_leak(
    back: Topic, committed: Any, get: Any
) -> None:
    with committed():
        page = article()
        page.topics = [back]
        page.save_revision()

    assert b"Back pain" not in get(f"articles/{page.pk}/").content
    assert facets(page) == set()


def test_the_cache_tags_name_the_topics_shown(
    back: Topic, muscles: Topic, committed: Any, get: Any
) -> None:
    with committed():
        page = article(topics=[back])

    tags = get(f"articles/{page.pk}/")["Cache-Tag"].split(",")
    assert f"topic-{back.pk}" in tags
    assert f"topic-{muscles.pk}" not in tags


def test_a_document_without_a_review_says_so_in_its_columns(committed: Any) -> None:
    with committed():
        page = article()

    row = PublishedDocument.objects.get(pk=page.pk)
    assert (row.review_status, row.last_reviewed_at, row.next_review_at) == (
        "none",
        None,
        None,
    )
