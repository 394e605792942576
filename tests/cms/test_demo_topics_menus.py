"""The demonstration's topics and menus: what front ends get of them, and that loading them again changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model

from cms.demo.content import MenuText, load_pages, load_site
from cms.demo.menus import menus_ensure
from health_content.models import Menu, Topic

if TYPE_CHECKING:
    from django.test import Client

API = "/api/content/v1/"
SITE = load_site()
TOPIC_KEYS = {(text.locale, text.key) for text in SITE.topics}


def get(client: Client, path: str) -> Any:
    """Return what the API answers."""
    response = client.get(API + path)
    assert response.status_code == 200, response.content
    return response.json()


def links(items: list[dict[str, Any]]) -> list[Any]:
    """Return the labels of a menu: a text for a link, a pair of label and links for a group."""
    return [
        (item["label"], links(item["items"]))
        if item["type"] == "group"
        else item["label"]
        for item in items
    ]


def test_every_topic_is_there_in_both_languages() -> None:
    english = {text.key for text in SITE.topics if text.locale == "en"}

    assert {text.key for text in SITE.topics if text.locale == "es"} == english
    assert len(english) == 8


def test_topics_stand_on_two_levels() -> None:
    tops = {(t.locale, t.key) for t in SITE.topics if not t.parent}

    assert {(t.locale, t.parent) for t in SITE.topics if t.parent} == tops


def test_every_article_has_a_topic_that_there_is() -> None:
    for page in load_pages():
        assert page.topics, page.slug
        assert {(page.locale, key) for key in page.topics} <= TOPIC_KEYS


def test_both_menus_are_there_in_both_languages() -> None:
    keys = {(menu.key, menu.locale) for menu in SITE.menus}

    assert keys == {
        ("main", "en"),
        ("main", "es"),
        ("footer", "en"),
        ("footer", "es"),
    }


def test_menus_lead_to_the_public_pages_of_their_language(
    demo: str, client: Client
) -> None:
    main = get(client, "navigation/main/")
    footer = get(client, "navigation/footer/")

    assert main["title"] == "Main"
    assert links(main["items"]) == [
        "Articles",
        "Questions and answers",
        (
            "Back pain",
            [
                "Acupuncture for back pain: what to expect and what the evidence says",
                "Common questions",
            ],
        ),
    ]
    assert footer["title"] == "About this library"
    assert links(footer["items"]) == [
        "Start page",
        (
            "Where our facts come from",
            ["NICE guidelines", "Cochrane Library", "World Health Organization"],
        ),
    ]
    # A Spanish menu leads to Spanish pages, and is a translation.
    main = get(client, "navigation/main/?locale=es")
    footer = get(client, "navigation/footer/?locale=es")

    assert main["title"] == "Principal"
    assert links(main["items"]) == [
        "Artículos",
        (
            "Dolor de espalda",
            [
                "Acupuntura para el dolor de espalda: qué esperar y qué dicen los estudios"
            ],
        ),
    ]
    assert main["items"][0]["href"] == "/es/articulos/"
    assert links(footer["items"]) == [
        "Página de inicio",
        (
            "De dónde vienen nuestros datos",
            ["MedlinePlus", "Biblioteca Cochrane", "Organización Mundial de la Salud"],
        ),
    ]
    for key in ("main", "footer"):
        menus = Menu.objects.filter(key=key)

        assert menus.values("translation_key").distinct().count() == 1
        assert [menu.latest_revision is not None for menu in menus] == [True, True]


def test_lists_of_the_wider_topic_have_the_pages_of_the_narrower(
    demo: str, client: Client
) -> None:
    def slugs(topic: str) -> set[str]:
        found = get(client, f"articles/?topic={topic}")["items"]
        return {item["slug"] for item in found}

    assert slugs("back-pain") == {"acupuncture-for-back-pain"}
    assert slugs("muscles-and-joints") == {"acupuncture-for-back-pain"}
    assert slugs("sleep-problems") == {"sleeping-better"}
    assert slugs("blood-pressure") == {"blood-pressure-at-home"}
    # The Spanish article has them in Spanish.
    path = "/es/articulos/acupuntura-dolor-de-espalda/"
    page = get(client, f"resolve/?path={path}")["page"]

    assert [topic["name"] for topic in page["topics"]] == [
        "Acupuntura",
        "Dolor de espalda",
    ]
    spanish = Topic.objects.get(slug="dolor-de-espalda")
    english = Topic.objects.get(slug="back-pain")
    assert spanish.translation_key == english.translation_key
    assert spanish.trail == "Músculos y articulaciones > Dolor de espalda"


def test_the_summary_names_an_address_for_each(demo: str, client: Client) -> None:
    addresses = re.findall(r"http://127\.0\.0\.1:8000/api/content/v1/(\S+)", demo)

    assert {
        "navigation/main/",
        "navigation/footer/?locale=es",
        "search/?q=needles&topic=back-pain",
        "articles/?topic=muscles-and-joints",
    } <= set(addresses)
    found = get(client, "search/?q=needles&topic=back-pain")["items"]
    assert "acupuncture-for-back-pain" in {hit["document"]["slug"] for hit in found}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/back-pain/", "/articles/acupuncture-for-back-pain/"),
        ("/dolor-de-espalda/", "/es/articulos/acupuntura-dolor-de-espalda/"),
    ],
)
def test_addresses_on_leaflets_lead_to_their_page(
    demo: str, client: Client, path: str, target: str
) -> None:
    assert get(client, f"resolve/?path={path}") == {
        "outcome": "redirect",
        "status": 301,
        "location": target,
    }


def test_menus_that_are_there_stay_as_they_are(demo: str) -> None:
    Menu.objects.filter(key="main", locale__language_code="en").update(title="Mine")
    user = get_user_model().objects.get(username="editor")

    menus_ensure(SITE.menus, pages={}, user=user)

    assert Menu.objects.get(key="main", locale__language_code="en").title == "Mine"
    assert Menu.objects.count() == 4
    # One that names a page that is not there is refused.
    text = MenuText(
        key="other",
        locale="en",
        title="Other",
        items=({"type": "page", "page": "nowhere"},),
    )

    with pytest.raises(KeyError, match="nowhere"):
        menus_ensure([text], pages={}, user=user)
    assert not Menu.objects.filter(key="other").exists()


def test_editors_may_manage_topics_and_menus(demo: str) -> None:
    users = {user.username: user for user in get_user_model().objects.all()}

    for permission in ("add_menu", "change_menu", "add_topic", "change_topic"):
        allowed = {
            name
            for name, user in users.items()
            if user.has_perm(f"health_content.{permission}")
        }
        assert allowed == {"admin", "editor"}, permission
