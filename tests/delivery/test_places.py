"""Where pages live, where they moved, what a site is, and how often an article was published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from health_content.models import OrganizationSettings
from tests.factories import article, block, disclaimer, home_page, index, language

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


def test_routes_name_every_public_page_once(get: Get, committed: Committed) -> None:
    with committed():
        spanish = language("es")
        page = article(slug="sleep")
        article(slug="hidden", live=False)
        home = home_page().copy_for_translation(spanish)
        home.save_revision().publish()
        copy = page.copy_for_translation(spanish)
        copy.slug = "dormir"
        copy.save_revision().publish()
    seen: list[Any] = []
    query: dict[str, Any] = {"page_size": 2}

    while query.get("cursor", "") is not None:
        answer = get("routes/", **query).json()
        seen += answer["items"]
        query["cursor"] = answer["next"]

    assert [route["id"] for route in seen] == sorted(
        p["id"] for p in get("pages/").json()["items"]
    )
    route = next(route for route in seen if route["id"] == page.pk)
    assert route == {
        "type": "article", "id": page.pk, "site": "testserver", "locale": "en", "path": "/sleep/",
        "lastmod": route["lastmod"],
        "alternates": [{"id": copy.pk, "site": "testserver", "locale": "es", "path": "/es/dormir/"}],
    }  # fmt: skip
    assert {r["locale"] for r in get("routes/", locale="es").json()["items"]} == {"es"}
    assert get("routes/", site="elsewhere.example").json()["items"] == []
    for place in (*seen, *(a for r in seen for a in r["alternates"])):
        found = get("resolve/", path=place["path"]).json()["page"]
        assert found["id"] == place["id"]

    with committed():
        copy.refresh_from_db()
        copy.unpublish()
    alone = [r for r in get("routes/").json()["items"] if r["id"] == page.pk]
    assert alone[0]["alternates"] == []


def test_redirects_are_those_that_resolve_gives(get: Get, committed: Committed) -> None:
    with committed():
        page, hidden = article(slug="sleep"), article(slug="hidden", live=False)
        other_root = index(slug="other-home")
        other_root.move(Page.get_first_root_node(), pos="last-child")
    with committed():
        other = Site.objects.create(
            hostname="other.example", port=443, root_page_id=other_root.pk
        )
    own = Site.objects.get(is_default_site=True)
    for path, target in {
        "/a": {"redirect_page": page},
        "/b": {"redirect_page": hidden},
        "/c": {"redirect_link": "https://who.int/", "is_permanent": False},
        "/d": {"redirect_link": "/sleep/?a=1#b"},
        "/e": {"redirect_link": "/hidden/"},
        "/f": {"redirect_link": "javascript:alert(1)"},
        "/g": {"redirect_link": "http://testserver/sleep/", "site": own},
        "/h": {"redirect_link": "https://who.int/", "site": other},
        "/i": {"redirect_page": page, "redirect_page_route_path": "/tab/"},
        "/sleep": {"redirect_link": "https://who.int/"},
    }.items():
        Redirect.objects.create(old_path=path, **target)
    Redirect.objects.create(old_path="/g", redirect_link="https://who.int/")
    items: list[Any] = []
    query: dict[str, Any] = {"page_size": 3}

    while query.get("cursor", "") is not None:
        answer = get("redirects/", **query)
        items += answer.json()["items"]
        query["cursor"] = answer.json()["next"]

    assert [(r["path"], r["status"], r["location"]) for r in items] == [
        ("/a", 301, "/sleep/"),
        ("/c", 302, "https://who.int/"),
        ("/d", 301, "/sleep/?a=1#b"),
        ("/g", 301, "http://testserver/sleep/"),
        # An article has no routes below its own.
        ("/i", 301, "/sleep/"),
    ]
    for redirect in items:
        resolved = get("resolve/", path=redirect["path"]).json()
        assert resolved["location"] == redirect["location"]
    assert "s-maxage=0" in answer.headers["Cache-Control"]
    elsewhere = get("redirects/", site="other.example").json()["items"]
    assert {r["path"]: r["location"] for r in elsewhere}["/h"] == "https://who.int/"
    assert {r["path"]: r["location"] for r in elsewhere}["/a"].endswith("/sleep/")
    assert get("redirects/", site="nowhere.example").status_code == 404


def test_queries_do_not_grow_with_the_redirects(get: Get, committed: Committed) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert get(path).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        page = article()
        Redirect.objects.create(old_path=f"/p{number}", redirect_page=page)
        Redirect.objects.create(old_path=f"/l{number}", redirect_link=f"/x{number}/")

    with committed():
        add(0)
    few = count("redirects/"), count("routes/?page_size=100")
    with committed():
        for number in range(1, 12):
            add(number)

    assert (count("redirects/"), count("routes/?page_size=100")) == few
    assert max(few) <= 12


def test_a_site_says_where_it_begins(get: Get, committed: Committed) -> None:
    with committed():
        home_page()
        home = index()
        home.move(Page.get_first_root_node(), pos="last-child")
    with committed():
        Site.objects.create(
            hostname="b.example", port=443, root_page_id=home.pk, site_name="B"
        )
    homes = [{"id": home_page().pk, "locale": "en", "title": "Home", "path": "/"}]

    assert get("site/").json() == {
        "site": "testserver",
        "name": "",
        "url": "http://testserver",
        "is_default": True,
        "homes": homes,
        "navigation": [],
        "attribution": get(f"pages/{home_page().pk}/").json()["safety"]["attribution"],
    }
    assert get("site/", site="b.example").json()["name"] == "B"
    assert get("site/", site="nowhere.example").status_code == 404
    with committed():
        home_page().unpublish()
    assert get("site/").json()["homes"] == []


def test_a_site_says_who_publishes_it_as_its_documents_do(
    get: Get, committed: Any
) -> None:
    site = Site.objects.get(is_default_site=True)
    with committed():
        page = article()
        OrganizationSettings.objects.create(site=site, publisher="The Clinic")

    document = get(f"articles/{page.pk}/").json()
    assert get("site/").json()["attribution"] == document["safety"]["attribution"]
    assert document["safety"]["attribution"]["publisher"] == "The Clinic"


def test_versions_tell_when_and_not_what(get: Get, committed: Committed) -> None:
    with committed():
        disclaimer("general", applies_to_all=True)
        gone = disclaimer("gone")
        body = [block("disclaimer", {"disclaimer": gone.pk})]
        page = article(title="First wording", body=json.dumps(body))
    with committed():
        page.title, page.body = "Second", "[]"
        page.save_revision().publish()
    with committed():
        gone.refresh_from_db()
        gone.unpublish()
    with committed():
        page.unpublish()
    assert get(f"articles/{page.pk}/versions/").status_code == 404
    with committed():
        page.refresh_from_db()
        page.save_revision().publish()

    answer = get(f"articles/{page.pk}/versions/")

    items = answer.json()["items"]
    shown = [{"key": "general", "version": 1}]
    assert [i["reason"] for i in items] == ["publish"] * len(items)
    assert [i["number"] for i in items] == [4, 2, 1]
    assert [i["disclaimers"] for i in items] == [shown, shown, shown]
    assert len({i["digest"] for i in items[1:]}) == 2
    assert "First wording" not in answer.content.decode()
    assert "gone" not in answer.content.decode()
    first = get(f"articles/{page.pk}/versions/", page_size=2).json()
    assert [i["number"] for i in first["items"]] == [4, 2]
    rest = get(f"articles/{page.pk}/versions/", cursor=first["next"]).json()
    assert ([i["number"] for i in rest["items"]], rest["next"]) == ([1], None)
    assert get("articles/99999/versions/").status_code == 404
