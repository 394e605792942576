"""Topics: a small hierarchy in several languages, and the pages that name them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex

from health_content.blocks.aspects import HEALTH_ASPECT_CHOICES
from health_content.health_aspects import HEALTH_ASPECTS
from health_content.models import Topic
from health_content.pages.models import ArticlePage
from health_content.selectors import page_document
from health_content.selectors.related import related_ids
from health_content.selectors.topics import topics_of
from tests.factories import article, editor, faq, home_page, index, language, topic

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def muscles() -> Topic:
    return topic("Muscles and joints")


@pytest.fixture
def back(muscles: Topic) -> Topic:
    return topic("Back pain", parent=muscles)


def translated(original: Topic, name: str, locale: str = "es") -> Topic:
    copy = original.copy_for_translation(language(locale))
    copy.name, copy.slug = name, name.lower().replace(" ", "-")
    copy.save()
    return copy


def chosen(pages: list[ArticlePage]) -> list[tuple[int, ...]]:
    return [named["topics"] for named in related_ids(pages)]


def names(page: ArticlePage) -> list[str]:
    return [entry["name"] for entry in page_document(page)["topics"]]


# The hierarchy.


def test_a_topic_knows_those_above_it(back: Topic, muscles: Topic) -> None:
    sciatica = topic("Sciatica", parent=back)

    assert list(sciatica.above()) == [back, muscles]
    assert sciatica.trail == "Muscles and joints > Back pain > Sciatica"
    assert str(sciatica) == "Sciatica"


@pytest.mark.parametrize("parent", ["itself", "child"])
def test_a_topic_does_not_belong_to_itself(
    parent: str, back: Topic, muscles: Topic
) -> None:
    muscles.parent = muscles if parent == "itself" else back

    with pytest.raises(ValidationError) as refusal:
        muscles.full_clean()

    assert refusal.value.error_dict["parent"][0].code == "circle"


def test_there_are_three_levels_of_topics(back: Topic, muscles: Topic) -> None:
    sciatica = topic("Sciatica", parent=back)
    body = topic("Body")
    fourth = Topic(name="Left leg", slug="left-leg", locale=language(), parent=sciatica)
    muscles.parent = body

    for refused in (fourth, muscles):
        with pytest.raises(ValidationError) as refusal:
            refused.full_clean()
        assert refusal.value.error_dict["parent"][0].code == "levels"
    muscles.parent = None
    sciatica.full_clean()


def test_a_topic_belongs_to_one_of_its_language(muscles: Topic) -> None:
    spanish = Topic(
        name="Ciática", slug="ciatica", locale=language("es"), parent=muscles
    )

    with pytest.raises(ValidationError) as refusal:
        spanish.full_clean()

    assert refusal.value.error_dict["parent"][0].code == "locale"


def test_a_slug_is_unique_in_its_language(back: Topic) -> None:
    topic("Back pain", locale="es")

    with pytest.raises(ValidationError) as refusal:
        Topic(name="Back", slug="back-pain", locale=language()).full_clean()

    assert "slug" in refusal.value.error_dict


def test_a_circle_in_the_database_ends(back: Topic, muscles: Topic) -> None:
    Topic.objects.filter(pk=muscles.pk).update(parent=back)

    above = list(Topic.objects.get(pk=back.pk).above())

    assert len(above) == 3


def test_a_translation_belongs_to_the_translation_of_its_parent(
    back: Topic, muscles: Topic
) -> None:
    alone = translated(back, "Dolor de espalda")
    músculos = translated(muscles, "Músculos")
    sciatica = topic("Sciatica", parent=muscles)

    assert alone.parent is None
    assert translated(sciatica, "Ciática").parent == músculos
    assert translated(muscles, "Muscles", "fr").parent is None


# Pages.


def test_the_document_has_the_topics_in_order_of_name(
    back: Topic, muscles: Topic
) -> None:
    page = article(topics=[muscles, back])

    assert page_document(page)["topics"] == [
        {"slug": "back-pain", "name": "Back pain"},
        {"slug": "muscles-and-joints", "name": "Muscles and joints"},
    ]


def test_the_graph_says_what_the_page_is_about(back: Topic) -> None:
    page = page_document(article(topics=[back]))

    node = page["seo"]["jsonld"]["@graph"][0]
    assert node["about"] == [{"@type": "Thing", "name": "Back pain"}]


def test_an_index_page_has_no_topics() -> None:
    assert page_document(index())["topics"] == []


def test_a_draft_keeps_its_topics_to_itself(back: Topic, muscles: Topic) -> None:
    page = article(topics=[back])
    page.topics = [muscles]
    revision = page.save_revision()

    assert names(ArticlePage.objects.get(pk=page.pk)) == ["Back pain"]
    assert names(revision.as_object()) == ["Muscles and joints"]
    revision.publish()
    assert names(ArticlePage.objects.get(pk=page.pk)) == ["Muscles and joints"]


def test_a_revision_that_names_a_deleted_topic_publishes(
    back: Topic, muscles: Topic
) -> None:
    page = article()
    page.topics = [back, muscles]
    revision = page.save_revision()
    back.delete()

    revision.publish()

    assert names(ArticlePage.objects.get(pk=page.pk)) == ["Muscles and joints"]


def test_a_copy_has_the_topics(back: Topic) -> None:
    page = article(topics=[back])

    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert names(copy) == ["Back pain"]
    assert names(page) == ["Back pain"]


def test_a_page_shows_topics_in_its_own_language(back: Topic, muscles: Topic) -> None:
    translated(back, "Dolor de espalda")
    home = home_page()
    home.copy_for_translation(language("es"))
    page = article(topics=[back, muscles])
    copy = page.copy_for_translation(language("es"))

    # A topic without a translation is shown as it was chosen: better found than lost.
    assert names(copy) == ["Dolor de espalda", "Muscles and joints"]


def test_topics_of_many_pages_cost_as_many_queries_as_of_two(
    back: Topic, muscles: Topic
) -> None:
    pages = [article(topics=[back]), faq(topics=[muscles]), index()]
    pages += [article(topics=[muscles, back]) for _ in range(5)]
    fresh = [type(page).objects.get(pk=page.pk) for page in pages]

    with CaptureQueriesContext(
        connection,
    ) as few:
        topics_of(fresh[:3], chosen(fresh[:3]))
    with CaptureQueriesContext(connection) as many:
        found = topics_of(fresh, chosen(fresh))

    assert len(few) == len(many) == 2
    assert [len(each.shown) for each in found] == [1, 1, 0, 2, 2, 2, 2, 2]
    assert found[0].related == {back.pk, muscles.pk}


def test_the_reference_index_knows_who_uses_a_topic(back: Topic) -> None:
    page = article(topics=[back])

    groups = list(ReferenceIndex.get_grouped_references_to(back))

    assert [source.pk for source, _references in groups] == [page.pk]
    [reference] = groups[0][1]
    assert str(reference.describe_source_field()) == "Topics"


def test_the_reference_index_follows_what_is_published(
    back: Topic, muscles: Topic
) -> None:
    page = article()

    def used() -> set[Topic]:
        return {
            topic
            for topic in (back, muscles)
            for reference in ReferenceIndex.get_references_to(topic)
            if reference.model_path == "topics.item"
        }

    for chosen in ([back], [muscles, back], [muscles], []):
        page.topics.set(chosen)
        revision = page.save_revision()
        revision.publish()

        assert used() == set(chosen)


# The admin.


def test_the_form_offers_the_topics_of_the_language(
    admin_client: Client, back: Topic
) -> None:
    topic("Dolor", locale="es")
    page = article(topics=[back])

    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context[
        "form"
    ]

    labels = [label for _value, label in form.fields["topics"].choices]
    assert labels == ["Muscles and joints", "Muscles and joints > Back pain"]
    assert form["topics"].value() == [back.pk]


def test_a_translated_page_offers_its_topics_translated(
    admin_client: Client, back: Topic, muscles: Topic
) -> None:
    spanish = translated(back, "Dolor de espalda")
    home_page().copy_for_translation(language("es"))
    copy = article(topics=[back, muscles]).copy_for_translation(language("es"))

    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).context[
        "form"
    ]

    assert form["topics"].value() == [spanish.pk, muscles.pk]
    offered = {value for value, _label in form.fields["topics"].choices}
    assert offered == {spanish.pk, muscles.pk}


def test_the_list_shows_the_use_of_topics(admin_client: Client, back: Topic) -> None:
    article(topics=[back])

    response = admin_client.get(reverse(f"{Topic.snippet_viewset.url_namespace}:list"))

    [used] = [row for row in response.context["object_list"] if row.pk == back.pk]
    assert used.usage_count == 1
    assert "Muscles and joints" in response.content.decode()


def test_the_list_costs_as_many_queries_for_two_topics_as_for_twenty(
    client: Client, muscles: Topic
) -> None:
    # Wagtail's button “Translate” asks once a row; it is there for those who may submit translations.
    client.force_login(editor(model_permissions=("change_topic",)))
    url = reverse(f"{Topic.snippet_viewset.url_namespace}:list")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    topic("Knee pain", parent=muscles)
    cost()
    few = cost()
    for number in range(18):
        topic(f"Topic {number}", parent=muscles)

    assert cost() == few


def test_a_topic_is_made_in_the_admin(admin_client: Client, muscles: Topic) -> None:
    url = reverse(f"{Topic.snippet_viewset.url_namespace}:add")

    response = admin_client.post(
        url,
        {
            "name": "Neck",
            "slug": "neck",
            "parent": muscles.pk,
            "description": "",
            "disclaimers-count": "0",
        },
    )

    assert response.status_code == 302
    assert Topic.objects.get(slug="neck").trail == "Muscles and joints > Neck"


# Aspects.


def test_every_aspect_of_the_vocabulary_can_be_chosen() -> None:
    chosen = [value for value, _label in HEALTH_ASPECT_CHOICES]

    assert sorted(chosen) == sorted(HEALTH_ASPECTS)
    assert len(set(chosen)) == 29


def test_an_old_section_without_an_aspect_is_read() -> None:
    body = [{"type": "section", "value": {"heading": "Rest"}, "id": "one"}]
    page = article(body=json.dumps(body))

    [section] = page_document(page)["body"]
    assert section["health_aspect"] is None
