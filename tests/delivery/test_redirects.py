"""Redirects lead where Wagtail's own would, never in circles, and never to what the public may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from health_content.delivery.paths import path_key
from health_content.delivery.selectors.links_to import tags_of_links_to
from health_content.delivery.selectors.redirect_links import read_link
from tests.delivery.conftest import API
from tests.factories import article, home_page, index

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db
MOVED, FOUND = 301, 302


def asked(path: str, **query: str) -> Any:
    """Return what resolve/ says: the id of a page, the status and location of a redirect, or the status of a refusal."""
    response = Client().get(f"{API}resolve/", {"path": path, **query})
    answer = response.json()
    if response.status_code != 200:
        return response.status_code
    if answer["outcome"] == "page":
        return answer["page"]["id"]
    return answer["status"], answer["location"]


def listed(**query: str) -> dict[str, str]:
    """Return the locations of the redirects that are listed, by path."""
    response = Client().get(f"{API}redirects/", {"page_size": "100", **query})
    return {item["path"]: item["location"] for item in response.json()["items"]}


def send(old_path: str, to: str | Page, **fields: Any) -> Redirect:
    return Redirect.add_redirect(old_path, redirect_to=to, **fields)


def rename(page: Any, slug: str, committed: Committed) -> None:
    with committed():
        fresh = type(page).objects.get(pk=page.pk)
        fresh.slug = slug
        fresh.save_revision().publish()


@pytest.fixture
def tree(committed: Committed) -> dict[str, Any]:
    """Return an index page /pain/ with an article /pain/back/, and an index page /body/."""
    with committed():
        pain = index(slug="pain")
        back = article(pain, slug="back")
        body = index(slug="body")
    return {"pain": pain, "back": back, "body": body}


@pytest.fixture
def other(committed: Committed) -> dict[str, Any]:
    """Return another site, https://other.example/, with an article /there/ and a draft /draft/."""
    with committed():
        home_page()
        root = index(Page.get_first_root_node(), slug="other")
        site = Site.objects.create(hostname="other.example", port=443, root_page=root)
    with committed():
        there = article(root, slug="there")
        article(root, slug="draft", live=False)
    return {"site": site, "root": root, "there": there}


# What Wagtail makes when pages get other addresses.


def test_a_new_slug_leads_from_the_old_path_and_those_below(
    tree: dict[str, Any], committed: Committed
) -> None:
    rename(tree["pain"], "aches", committed)

    assert asked("/pain/") == (MOVED, "/aches/")
    assert asked("/pain/back/") == (MOVED, "/aches/back/")
    assert asked("/aches/back/") == tree["back"].pk
    assert listed() == {"/pain": "/aches/", "/pain/back": "/aches/back/"}


def test_a_move_leads_from_the_old_path_and_those_below(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        tree["pain"].move(tree["body"], pos="last-child")

    assert asked("/pain/") == (MOVED, "/body/pain/")
    assert asked("/pain/back/") == (MOVED, "/body/pain/back/")
    assert asked("/body/pain/back/") == tree["back"].pk


def test_the_oldest_path_leads_to_the_newest_at_once(
    tree: dict[str, Any], committed: Committed
) -> None:
    for slug in ("aches", "complaints"):
        rename(tree["pain"], slug, committed)

    assert asked("/pain/") == asked("/aches/") == (MOVED, "/complaints/")
    assert asked("/pain/back/") == (MOVED, "/complaints/back/")
    assert asked("/aches/back/") == (MOVED, "/complaints/back/")


def test_renamed_there_and_back_a_page_is_a_page(
    tree: dict[str, Any], committed: Committed
) -> None:
    for slug in ("aches", "pain"):
        rename(tree["pain"], slug, committed)

    assert asked("/pain/back/") == tree["back"].pk
    assert asked("/aches/back/") == (MOVED, "/pain/back/")
    assert listed() == {"/aches": "/pain/", "/aches/back": "/pain/back/"}


def test_pages_that_change_places_are_pages(
    tree: dict[str, Any], committed: Committed
) -> None:
    rename(tree["pain"], "free", committed)
    rename(tree["body"], "pain", committed)
    rename(tree["pain"], "body", committed)

    assert asked("/pain/") == tree["body"].pk
    assert asked("/body/") == tree["pain"].pk
    assert asked("/free/") == (MOVED, "/body/")
    assert listed() == {
        "/free": "/body/",
        "/free/back": "/body/back/",
        "/pain/back": "/body/back/",
    }


def test_pages_without_a_document_never_lead_in_circles(committed: Committed) -> None:
    """`resolve/` does not deliver them, so it would ask the redirects of each for the other."""
    home = home_page()
    first, second = (
        home.add_child(instance=Page(title=slug, slug=slug, locale=home.locale))
        for slug in ("one", "two")
    )
    assert Client().get("/one/").status_code == 200
    send("/two", first)
    send("/one", second)
    send("/itself", first)
    send("/one/?a=b", first)

    assert asked("/one/") == asked("/two/") == asked("/one/?a=b") == 404
    assert asked("/itself/") == (MOVED, "/one/")
    assert listed() == {"/itself": "/one/"}


def test_a_redirect_made_by_hand_over_a_page_is_none(tree: dict[str, Any]) -> None:
    send("/pain", tree["body"])

    assert asked("/pain/") == tree["pain"].pk
    assert listed() == {}


@pytest.mark.parametrize("why", ["unpublished", "private", "deleted"])
def test_a_hidden_page_is_not_led_to(
    tree: dict[str, Any], committed: Committed, why: str
) -> None:
    rename(tree["pain"], "aches", committed)
    back = Page.objects.get(pk=tree["back"].pk)
    with committed():
        match why:
            case "unpublished":
                back.unpublish()
            case "private":
                PageViewRestriction.objects.create(page=back, restriction_type="login")
            case "deleted":
                back.delete()

    assert asked("/pain/back/") == 404
    assert asked("/pain/") == (MOVED, "/aches/")
    assert listed() == {"/pain": "/aches/"}


def test_a_page_below_a_private_one_is_not_led_to(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        PageViewRestriction.objects.create(page=tree["body"], restriction_type="login")
        tree["pain"].move(tree["body"], pos="last-child")

    assert asked("/pain/") == asked("/pain/back/") == 404
    assert listed() == {}


# Which path a redirect begins at.


@pytest.mark.parametrize(
    ("old_path", "path", "is_found"),
    [
        ("/old", "/old", True),
        ("/old", "/old/", True),
        ("/old/", "/old", True),
        ("/old", "/OLD/", False),
        ("/Old", "/Old/", True),
        ("/Old", "/old/", False),
        ("/old", "/old/part/", False),
        ("/old", "/old/?utm_source=x", True),
        ("/old?id=3", "/old/?id=3", True),
        ("/old/?id=3", "/old?id=3", True),
        ("/old?id=3", "/old/", False),
        ("/old?id=3", "/old/?id=4", False),
        ("/old?b=2&a=1", "/old?a=1&b=2", True),
        ("/old?q=é", "/old?q=%C3%A9", True),
        ("/café", "/caf%C3%A9/", True),
        ("/café", "/café/", True),
        ("/caf%C3%A9", "/café/", True),
        ("/a%20b", "/a b/", True),
        ("/a%20b", "/a%20b/", True),
        ("/old;b;a", "/old;a;b", True),
        ("/old", "/old;a", False),
        ("/old", "//old", False),
        ("/old", "//host/old", False),
    ],
)
def test_path_that_is_asked_for(
    tree: dict[str, Any], old_path: str, path: str, is_found: bool
) -> None:
    send(old_path, tree["back"])

    assert asked(path) == ((MOVED, "/pain/back/") if is_found else 404)
    # The test client takes two slashes for a host, and Django escapes the semicolon that Wagtail looks for.
    if not path.startswith("//") and ";" not in path:
        html = Client().get(path.replace(" ", "%20"), follow=True)
        assert (("/pain/back/", MOVED) in html.redirect_chain) is is_found


def test_a_redirect_with_the_query_comes_before_one_without(
    tree: dict[str, Any],
) -> None:
    send("/old?id=3", tree["back"])
    send("/old", tree["pain"])

    assert asked("/old?id=3") == (MOVED, "/pain/back/")
    assert asked("/old?id=4") == (MOVED, "/pain/")
    assert asked("/old/") == (MOVED, "/pain/")


def test_a_query_is_no_part_of_the_path_of_a_page(
    tree: dict[str, Any], get: Get, committed: Committed
) -> None:
    rename(tree["body"], "trunk", committed)
    rename(tree["body"], "body", committed)

    assert asked("/body/?utm_source=x") == tree["body"].pk
    answer = get("resolve/", path="/body?b=2&a=%C3%A9")
    where = answer.headers["Content-Location"]
    assert where == f"{API}resolve/?path=/body/%3Fb%3D2%26a%3D%25C3%25A9"
    assert Client().get(where).content == answer.content


def test_a_redirect_of_the_site_comes_before_one_of_all(
    tree: dict[str, Any], other: dict[str, Any]
) -> None:
    own = Site.objects.get(is_default_site=True)
    send("/old", tree["back"])
    send("/old", tree["pain"], site=own, is_permanent=False)

    assert asked("/old/") == (FOUND, "/pain/")
    assert asked("/old/", site="other.example") == (
        MOVED,
        "http://testserver/pain/back/",
    )


# Where a redirect leads.


def test_other_sites_are_led_to_where_they_show_it(
    tree: dict[str, Any], other: dict[str, Any]
) -> None:
    for path, to in {
        "/page": other["there"],
        "/link": "https://other.example/there/?a=b",
        "/any-port": "http://other.example/there/",
        "/upper": "https://OTHER.example./there/",
        "/elsewhere": "https://other.example:8443/draft/",
        "/draft": "https://other.example/draft/",
        "/draft-port": "http://other.example:80/draft/",
        "/draft-case": "https://Other.Example/draft/",
        "/draft-dot": "https://other.example./draft/",
        "/draft-user": "https://user@other.example/draft/",
        "/draft-escape": "https://other.example/dr%61ft/",
        "/draft-host": "https://othe%72.example/draft/",
        "/nothing": "https://other.example/nothing/",
    }.items():
        send(path, to)

    assert listed() == {
        "/page": "https://other.example/there/",
        "/link": "https://other.example/there/?a=b",
        "/any-port": "http://other.example/there/",
        "/upper": "https://OTHER.example./there/",
        "/elsewhere": "https://other.example:8443/draft/",
    }
    for redirect in Redirect.objects.all():
        location = listed().get(redirect.old_path)
        assert asked(redirect.old_path) == ((MOVED, location) if location else 404)


def test_sites_that_lead_to_each_other_lead_nowhere(
    tree: dict[str, Any], other: dict[str, Any]
) -> None:
    own = Site.objects.get(is_default_site=True)
    send("/loop", "https://other.example/loop/", site=own)
    send("/loop", "http://testserver/loop/", site=other["site"])

    assert asked("/loop/") == asked("/loop/", site="other.example") == 404
    assert listed() == listed(site="other.example") == {}


def test_a_chain_of_links_leads_to_its_end_at_once(
    tree: dict[str, Any], other: dict[str, Any]
) -> None:
    own = Site.objects.get(is_default_site=True)
    send("/a", "/b/?x=y")
    send("/b", "http://testserver/c")
    send("/c", tree["back"])
    send("/temporary", "/d/")
    send("/d", "/c/", is_permanent=False)
    send("/away", "/e/")
    send("/e", "https://who.int/")
    send("/over", "https://other.example/back/", site=own)
    send("/back", "http://testserver/c/", site=other["site"])
    send("/through", "https://other.example/to-there/", site=own)
    send("/to-there", other["there"], site=other["site"])

    assert {path: asked(path) for path in listed()} == {
        "/a": (MOVED, "/pain/back/"),
        "/b": (MOVED, "/pain/back/"),
        "/c": (MOVED, "/pain/back/"),
        "/temporary": (FOUND, "/pain/back/"),
        "/d": (FOUND, "/pain/back/"),
        "/away": (MOVED, "https://who.int/"),
        "/e": (MOVED, "https://who.int/"),
        "/over": (MOVED, "/pain/back/"),
        "/through": (MOVED, "https://other.example/there/"),
    }


def test_a_chain_that_ends_nowhere_or_never_leads_nowhere(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        draft = article(slug="draft", live=False)
    send("/itself", "/itself/")
    send("/query", "/query/?a=b")
    send("/one", "/two/")
    send("/two", "/three")
    send("/three", "/one/")
    send("/hidden", "/to-hidden/")
    send("/to-hidden", draft)
    for number in range(8):
        send(f"/long-{number}", f"/long-{number + 1}/")
    send("/long-8", tree["back"])

    paths = ("/itself", "/query", "/one", "/two", "/three", "/hidden", "/to-hidden")
    assert [asked(path) for path in paths] == [404] * 7
    assert asked("/long-0") == 404
    assert asked("/long-4") == (MOVED, "/pain/back/")


def test_the_answer_of_a_chain_goes_with_each_of_its_parts(
    tree: dict[str, Any], get: Get
) -> None:
    rows = [send("/a", "/b/"), send("/b", tree["back"])]

    tags = get("resolve/", path="/a").headers["Cache-Tag"].split(",")

    assert {f"redirect-{row.pk}" for row in rows} < set(tags)


def test_the_queries_do_not_grow_with_the_chains(tree: dict[str, Any]) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert listed() != {}
        return len(captured)

    def add(number: int) -> None:
        send(f"/first-{number}", f"/second-{number}/")
        send(f"/second-{number}", f"/third-{number}/")
        send(f"/third-{number}", tree["back"])

    add(0)
    few = count()
    for number in range(1, 9):
        add(number)

    assert count() == few


def test_a_route_of_a_page_that_has_none_is_left_out(tree: dict[str, Any]) -> None:
    send("/old", tree["back"], page_route_path="/tab/")

    assert asked("/old/") == (MOVED, "/pain/back/")


@pytest.mark.parametrize(
    ("link", "location"),
    [
        ("https://who.int/a?b=c#d", "https://who.int/a?b=c#d"),
        ("HTTPS://who.int/", "HTTPS://who.int/"),
        ("//who.int/a?b=c", "https://who.int/a?b=c"),
        ("//who.int", "https://who.int"),
        ("//testserver/pain/back/?a=b#c", "/pain/back/?a=b#c"),
        ("//other.example/there/", "https://other.example/there/"),
        ("/pain/back/", "/pain/back/"),
        ("//testserver/nothing/", None),
        ("///who.int/", None),
        ("//", None),
        ("https:///who.int", None),
        ("https:who.int", None),
        ("http:/pain/back/", None),
        ("/\\who.int/", None),
        ("https:\\\\who.int", None),
        ("pain/back/", None),
        ("#part", None),
        ("?a=b", None),
        ("", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("JavaScript://who.int/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@example.org", None),
        ("tel:+1", None),
        ("ftp://who.int/", None),
        ("https://who.int/\r\nSet-Cookie: a=b", None),
        ("https://who.int/\ta", None),
        ("https://who.int/\x00", None),
        ("https://who.int/\x85", None),
        ("https://who.int/a b", None),
        (" https://who.int/", None),
        ("https://[::1", None),
        ("https://who.int:port/", None),
        ("https://who.int:99999/", None),
    ],
)
def test_link_is_followed_by_http_only(
    tree: dict[str, Any], other: dict[str, Any], link: str, location: str | None
) -> None:
    if "\x00" in link:  # PostgreSQL keeps no NUL.
        assert read_link(link) is None
        return
    Redirect.objects.create(old_path="/old", redirect_link=link)

    assert asked("/old") == ((MOVED, location) if location else 404)
    assert listed() == ({"/old": location} if location else {})


def test_a_link_that_is_none_keeps_nothing_from_being_purged(
    tree: dict[str, Any],
) -> None:
    """Imports write links that no form would take."""
    Redirect.objects.create(old_path="/broken", redirect_link="https://[::1")
    led = send("/led", "/pain/back/?a=b")
    begun = send("/pain/back?a=b", "https://who.int/")
    own = Site.objects.get(is_default_site=True)

    tags = tags_of_links_to([], [(own.pk, path_key("/pain/back/"))])

    assert tags == {f"redirect-{led.pk}", f"redirect-{begun.pk}", "list-redirect"}
