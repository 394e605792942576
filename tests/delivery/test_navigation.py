"""Menus: what the public may see of them, at once, in one request with the page."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from health_content.delivery.models import PublishedNavigation
from health_content.delivery.navigation.services import navigations_refresh
from health_content.services.withdrawals import page_withdraw
from health_content.signals import navigation_changed
from tests.factories import (
    article,
    block,
    home_page,
    index,
    language,
    menu,
    menu_page,
    superuser,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """Return what `navigation_changed` said, as it says it."""
    heard: list[dict[str, Any]] = []

    def hear(**given: Any) -> None:
        heard.append(given)

    navigation_changed.connect(hear)
    yield heard
    navigation_changed.disconnect(hear)


def labels(get: Get, key: str = "main", **query: Any) -> list[str]:
    return [
        item["label"] for item in get(f"navigation/{key}/", **query).json()["items"]
    ]


def translated(page: Any, code: str, **fields: Any) -> Any:
    copy = page.copy_for_translation(language(code))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy


# What it says.


def test_a_menu_has_pages_links_and_groups(get: Get, committed: Committed) -> None:
    with committed():
        page, other = article(title="Sleep", slug="sleep"), article(title="Pain")
        items = [
            menu_page(page, name="a"),
            menu_page(other, "All about pain", name="b"),
            block("link", {"label": "WHO", "url": "https://www.who.int/"}, "c"),
            block(
                "group", {"label": "More", "items": [menu_page(page, name="d")]}, "e"
            ),
        ]
        menu("main", *items, title="Main menu")

    answer = get("navigation/main/")

    content = answer.json()
    assert answer["Content-Language"] == "en"
    assert {name: content[name] for name in ("key", "site", "locale", "title")} == {
        "key": "main", "site": "testserver", "locale": "en", "title": "Main menu",
    }  # fmt: skip
    first, second, link, group = content["items"]
    assert first == {
        "type": "page",
        "id": items[0]["id"],
        "label": "Sleep",
        "href": "/sleep/",
        "page": {"id": page.pk, "title": "Sleep", "path": "/sleep/", "url": "http://testserver/sleep/"},
    }  # fmt: skip
    assert second["label"] == "All about pain"
    assert link == {
        "type": "link", "id": items[2]["id"], "label": "WHO", "href": "https://www.who.int/",
    }  # fmt: skip
    assert group["label"] == "More"
    assert [item["page"]["id"] for item in group["items"]] == [page.pk]


def test_a_typed_address_of_a_page_is_followed(get: Get, committed: Committed) -> None:
    def hrefs() -> list[str]:
        return [item["href"] for item in get("navigation/main/").json()["items"]]

    with committed():
        page = article(title="Sleep", slug="sleep")
        menu(
            "main",
            block("link", {"label": "", "url": "/sleep/?a=1#top"}),
            block("link", {"label": "No page", "url": "/nobody/"}),
        )
    first = get("navigation/main/").json()["items"][0]
    with committed():
        page.slug = "rest"
        page.save_revision().publish()
    renamed = hrefs()
    with committed():
        page.unpublish()

    assert (first["type"], first["label"], first["page"]["id"]) == ("page", "Sleep", page.pk)  # fmt: skip
    assert first["href"] == "/sleep/?a=1#top"
    assert renamed == ["/rest/?a=1#top", "/nobody/"]
    assert hrefs() == ["/nobody/"]


def test_pages_below_grow_by_themselves(get: Get, committed: Committed) -> None:
    with committed():
        subject = index(title="Pain")
        article(subject, title="Back", show_in_menus=True)
        article(subject, title="Not in menus")
        menu("main", block("pages_below", {"page": subject.pk}))
    assert labels(get) == ["Back"]

    with committed():
        knee = article(subject, title="Knee", show_in_menus=True)
    assert labels(get) == ["Back", "Knee"]

    with committed():
        knee.show_in_menus = False
        knee.save()
    assert labels(get) == ["Back"]


def test_a_page_on_another_site_has_an_absolute_address(
    get: Get, committed: Committed
) -> None:
    with committed():
        menu("main")
        root = index(slug="other", title="Other")
        root.move(Page.get_first_root_node(), pos="last-child")
    with committed():
        root = Page.objects.get(pk=root.pk).specific
        Site.objects.create(hostname="other.example", port=80, root_page=root)
    with committed():
        menu("footer", menu_page(root))

    [item] = get("navigation/footer/").json()["items"]

    assert item["href"] == item["page"]["url"] == "http://other.example/"
    assert get("navigation/footer/", site="other.example").status_code == 404
    assert get("site/").json()["navigation"] == ["footer", "main"]
    assert get("site/", site="other.example").json()["navigation"] == []


# Who sees what.


def secret_states() -> dict[str, Callable[[Any], Any]]:
    return {
        "unpublished": lambda page: page.unpublish(),
        "deleted": lambda page: page.delete(),
        "restricted": lambda page: PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        ),
        "withdrawn": lambda page: page_withdraw(
            page, actor=superuser(), severity="high", reason="Wrong."
        ),
        "moved": lambda page: page.move(Page.get_first_root_node(), pos="last-child"),
        "expired": lambda page: Page.objects.filter(pk=page.pk).update(
            expire_at=timezone.now() - timedelta(hours=1)
        ),
        "taken offline in the database": lambda page: Page.objects.filter(
            pk=page.pk
        ).update(live=False),
    }


@pytest.mark.parametrize("state", secret_states())
@pytest.mark.parametrize("kind", ["page", "group", "below", "ancestor"])
def test_what_the_public_cannot_see_leaves_no_word(
    get: Get, committed: Committed, state: str, kind: str
) -> None:
    with committed():
        subject = index(title="Marker subject", slug="marker")
        page = article(subject, title="Marker title", slug="marker", show_in_menus=True)
        seen = article(title="Seen")
        item = menu_page(page, "Marker label")
        if kind == "group":
            item = block("group", {"label": "Marker group", "items": [item]})
        if kind == "below":
            item = block("pages_below", {"page": subject.pk})
        menu("main", item, menu_page(seen))
    assert b"Marker" in get("navigation/main/").content
    hidden = subject if kind == "ancestor" and state != "withdrawn" else page
    if kind == "ancestor" and state in {
        "unpublished",
        "expired",
        "taken offline in the database",
    }:
        hidden = page  # Wagtail's pages below an offline page stay public.

    with committed():
        secret_states()[state](hidden)

    for answer in (
        get("navigation/main/"),
        get(f"articles/{seen.pk}/", include="navigation:main"),
        get("resolve/", path=f"/{seen.slug}/", include="navigation:main"),
    ):
        assert answer.status_code == 200
        assert b"Seen" in answer.content
        assert b"Marker" not in answer.content
        assert b"marker" not in answer.content
        assert b"marker" not in str(answer.headers).encode()


def test_at_no_moment_is_a_restricted_page_named(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(title="Marker")
        menu("main", menu_page(page))

    # Its rebuild waits for the commit, which never comes here.
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert labels(get) == []


def test_a_hidden_page_comes_into_the_menu_when_it_is_public(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(title="Later", live=False)
        menu("main", menu_page(page))
    assert labels(get) == []

    with committed():
        page.save_revision().publish()

    assert labels(get) == ["Later"]


# What follows a change.


def test_a_menu_follows_its_pages(get: Get, committed: Committed) -> None:
    with committed():
        subject = index(title="Pain", slug="pain")
        page = article(subject, title="Back", slug="back")
        menu("main", menu_page(page))

    with committed():
        page.title = "The back"
        page.save()
    assert labels(get) == ["The back"]

    with committed():
        subject.slug = "aches"
        subject.save_revision().publish()
    [item] = get("navigation/main/").json()["items"]
    assert item["href"] == "/aches/back/"

    with committed():
        page.refresh_from_db()
        page.move(home_page(), pos="last-child")
    [item] = get("navigation/main/").json()["items"]
    assert item["href"] == "/back/"


def test_a_changed_menu_is_told_once_and_an_unchanged_one_is_not(
    committed: Committed, told: list[dict[str, Any]]
) -> None:
    with committed():
        page = article(title="Sleep")
        saved = menu("main", menu_page(page))
        menu("footer")
    assert [(t["key"], t["is_removed"]) for t in told] == [
        ("main", False),
        ("footer", False),
    ]
    site = Site.objects.get(is_default_site=True)
    assert told[0]["tags"] == (
        f"navigation-{saved.pk}", "navigation-key-main", f"home-{site.pk}",
    )  # fmt: skip
    told.clear()

    with committed():
        article()
        page.save()
    assert told == []

    with committed():
        page.title = "Good sleep"
        page.save()
    assert [(t["key"], t["tags"]) for t in told] == [
        ("main", (f"navigation-{saved.pk}",))
    ]
    told.clear()

    with committed():
        saved.delete()
    assert [(t["key"], t["is_removed"]) for t in told] == [("main", True)]
    assert not PublishedNavigation.objects.filter(key="main").exists()


def test_a_menu_that_gets_another_key_is_gone_under_the_old_one(
    get: Get, committed: Committed, told: list[dict[str, Any]]
) -> None:
    with committed():
        saved = menu("main")
    told.clear()

    with committed():
        saved.key = "header"
        saved.save()

    assert get("navigation/main/").status_code == 404
    assert get("navigation/header/").status_code == 200
    assert [(t["key"], t["is_removed"]) for t in told] == [
        ("header", False),
        ("main", True),
    ]


# Languages.


def test_a_menu_leads_to_its_own_language(get: Get, committed: Committed) -> None:
    with committed():
        page = article(title="Sleep", slug="sleep")
        translated(home_page(), "es")
        copy = translated(page, "es", title="Dormir", slug="dormir")
        english = menu("main", menu_page(page))
    # Until there is a Spanish menu, Spanish pages have the default language's.
    assert labels(get, locale="es") == ["Sleep"]
    assert get("navigation/main/", locale="es")["Content-Language"] == "en"

    with committed():
        spanish = english.copy_for_translation(language("es"))
        spanish.save()

    answer = get("navigation/main/", locale="es")
    assert answer["Content-Language"] == "es"
    [item] = answer.json()["items"]
    assert (item["label"], item["href"]) == ("Dormir", "/es/dormir/")
    assert item["page"]["id"] == copy.pk
    assert labels(get) == ["Sleep"]
    resolved = get("resolve/", path="/es/dormir/", include="navigation:main").json()
    assert resolved["page"]["navigation"]["main"]["locale"] == "es"
    assert labels(get, locale="fr") == ["Sleep"]


def test_a_new_translation_of_a_page_is_in_the_menu(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(title="Sleep", slug="sleep")
        translated(home_page(), "es")
        menu("main", menu_page(page), locale="es")
    assert labels(get, locale="es") == ["Sleep"]

    with committed():
        translated(page, "es", title="Dormir", slug="dormir")

    assert labels(get, locale="es") == ["Dormir"]


# One request.


@pytest.mark.parametrize("path", ["resolve", "articles"])
def test_menus_come_with_the_page(get: Get, committed: Committed, path: str) -> None:
    with committed():
        page = article(slug="sleep")
        menu("main", menu_page(page))
        menu("footer")
    include = "navigation:main,navigation:footer,navigation:none,children,hast"

    if path == "resolve":
        answer = get("resolve/", path="/sleep/", include=include)
        document = answer.json()["page"]
    else:
        answer = get(f"articles/{page.pk}/", include=include)
        document = answer.json()

    assert document["navigation"]["main"] == get("navigation/main/").json()
    assert document["navigation"]["footer"]["items"] == []
    assert set(document["navigation"]) == {"main", "footer"}
    assert document["children"] == []
    tags = answer["Cache-Tag"].split(",")
    assert {
        "navigation-key-main",
        "navigation-key-footer",
        "navigation-key-none",
    } <= set(tags)
    assert len(tags) == len(set(tags))


def test_a_page_view_with_menus_costs_two_queries_whatever_their_length(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(slug="sleep")
        saved = menu("main", menu_page(page))
        menu("footer", menu_page(page))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = get(
                "resolve/", path="/sleep/", include="navigation:main,navigation:footer"
            )
            assert answer.status_code == 200
        return len(queries)

    few = cost()
    with committed():
        saved.items = json.dumps([menu_page(article(), name=str(n)) for n in range(20)])
        saved.save()

    assert cost() == few == 2


def test_refreshing_costs_as_many_queries_for_one_menu_as_for_many(
    committed: Committed,
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            navigations_refresh()
        return len(queries)

    with committed():
        subject = index()
        article(subject, show_in_menus=True)
        item = block("pages_below", {"page": subject.pk})
        menu("main", item, menu_page(subject))
    navigations_refresh()
    few = cost()
    with committed():
        for number in range(8):
            article(subject, show_in_menus=True)
            menu(f"menu-{number}", item, menu_page(article()))

    assert cost() == few


def test_caches_let_go_of_a_menu_when_a_page_of_it_expires(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(expire_at=timezone.now() + timedelta(seconds=60))
        seen = article(slug="seen")
        menu("main", menu_page(page))

    for answer in (
        get("navigation/main/"),
        get("resolve/", path="/seen/", include="navigation:main"),
    ):
        seconds = int(answer["Cache-Control"].split("s-maxage=")[1].split(",")[0])
        assert seconds <= 60
    assert "s-maxage=300" in get(f"articles/{seen.pk}/")["Cache-Control"]


@pytest.mark.parametrize(
    "include",
    [
        "navigation:",
        "navigation:a/b",
        "navigation:main,navigation:main",
        "navigation",
        ",".join(f"navigation:{n}" for n in range(6)),
    ],
)
def test_what_is_no_menu_is_refused(get: Get, include: str) -> None:
    answer = get("resolve/", path="/", include=include)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/include"


def test_lists_have_no_menus(get: Get) -> None:
    assert get("pages/", include="navigation:main").status_code == 400


def test_unknown_menus_and_sites_are_not_found(get: Get) -> None:
    home_page()

    assert get("navigation/main/").status_code == 404
    assert get("navigation/main/", site="nowhere.example").status_code == 404
