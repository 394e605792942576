"""Earlier versions: their words in the frame of today, and nothing that is hidden today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from health_content.delivery.selectors.public_links import links_public
from health_content.services.withdrawals import page_withdraw
from tests.factories import article, block, disclaimer, faq, home_page, index, superuser

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_versions(settings: Any) -> None:
    settings.HEALTH_CONTENT = {**settings.HEALTH_CONTENT, "PUBLIC_VERSIONS": True}


def text(html: str, name: str = "text") -> dict[str, Any]:
    return block("rich_text", html, name)


def republished(page: Any, committed: Committed, **fields: Any) -> Any:
    with committed():
        page.refresh_from_db()
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
    return page


def test_a_version_has_its_own_words_and_says_that_it_is_old(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(title="Old title", body=json.dumps([text("<p>Old words</p>")]))
    republished(
        page,
        committed,
        title="New title",
        slug="new",
        body=json.dumps([text("<p>New</p>")]),
    )

    answer = get(f"articles/{page.pk}/versions/1/")

    old, now = answer.json(), get(f"articles/{page.pk}/").json()
    assert old["title"] == "Old title"
    assert old["body"][0]["body"]["html"] == "<p>Old words</p>"
    assert old["version"] == 1
    assert old["superseded"]["version"] == 2
    assert old["superseded"]["at"] is not None
    assert old["seo"]["robots"] == "noindex"
    assert old["seo"]["title"] == "Old title"
    assert old["seo"]["jsonld"]["@graph"][0]["name"] == "Old title"
    for name in ("path", "url", "slug", "safety", "breadcrumbs", "alternates"):
        assert old[name] == now[name]
    assert old["seo"]["canonical"] == now["url"]
    assert "s-maxage=0" in answer["Cache-Control"]
    assert not [name for name in answer.headers if name.lower().startswith("x-robots")]


def test_the_version_of_today_is_not_superseded(get: Get, committed: Committed) -> None:
    with committed():
        page = faq()

    answer = get(f"faqs/{page.pk}/versions/1/")

    assert answer.json()["superseded"] is None
    assert answer.json()["body"] == get(f"faqs/{page.pk}/").json()["body"]
    assert get(f"faqs/{page.pk}/versions/").json()["items"][0]["number"] == 1
    assert get(f"articles/{page.pk}/versions/1/").status_code == 404


def hide(page: Any, how: str) -> None:
    match how:
        case "unpublished":
            page.unpublish()
        case "restricted":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "deleted":
            page.delete()
        case "withdrawn":
            page_withdraw(page, actor=superuser(), severity="low", reason="Wrong.")
        case "moved":
            page.slug = "elsewhere"
            page.save_revision().publish()


@pytest.mark.parametrize(
    "how", ["unpublished", "restricted", "deleted", "withdrawn", "moved"]
)
def test_a_link_of_an_old_version_leads_nowhere_hidden(
    get: Get, committed: Committed, how: str
) -> None:
    with committed():
        secret = article(title="Marker", slug="marker-path")
        seen = article(slug="seen")
        html = f'<p><a linktype="page" id="{secret.pk}">words</a> <a linktype="page" id="{seen.pk}">seen</a> <a href="https://who.int/">who</a></p>'
        page = article(introduction=html, body=json.dumps([text(html)]))
    assert b"marker-path" in get(f"articles/{page.pk}/versions/1/").content
    republished(page, committed, introduction="", body="[]")

    with committed():
        hide(secret, how)

    answer = get(f"articles/{page.pk}/versions/1/")
    assert b"arker" not in answer.content
    wanted = '<p>words <a href="/seen/">seen</a> <a href="https://who.int/">who</a></p>'
    assert answer.json()["introduction"]["html"] == wanted
    assert answer.json()["body"][0]["body"]["html"] == wanted


def test_a_file_that_became_private_is_no_longer_linked(
    get: Get, committed: Committed
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Files")
    file = get_document_model().objects.create(
        title="Leaflet", file="leaflet.pdf", collection=collection
    )
    with committed():
        page = article(
            introduction=f'<p><a linktype="document" id="{file.pk}">read</a></p>'
        )
    assert (
        "href" in get(f"articles/{page.pk}/versions/1/").json()["introduction"]["html"]
    )

    with committed():
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="login"
        )

    old = get(f"articles/{page.pk}/versions/1/").json()
    assert old["introduction"]["html"] == "<p>read</p>"


def test_disclaimers_are_those_of_today(get: Get, committed: Committed) -> None:
    kept, gone = disclaimer("kept"), disclaimer("gone", body="<p>Marker</p>")
    blocks = [block("disclaimer", {"disclaimer": d.pk}, d.key) for d in (kept, gone)]
    with committed():
        page = article(body=json.dumps(blocks))
    republished(page, committed, body=json.dumps(blocks[:1]))
    with committed():
        kept.body = "<p>Better</p>"
        kept.save_revision().publish()
        gone.unpublish()

    old = get(f"articles/{page.pk}/versions/1/")

    first, second = old.json()["body"]
    assert first["disclaimer"]["body"]["html"] == "<p>Better</p>"
    assert second["disclaimer"] is None
    assert b"Marker" not in old.content
    assert old.json()["safety"] == get(f"articles/{page.pk}/").json()["safety"]


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted", "withdrawn"])
def test_a_page_that_is_not_public_has_no_versions(
    get: Get, committed: Committed, how: str
) -> None:
    with committed():
        page = article()
    republished(page, committed, title="New")

    with committed():
        hide(page, how)

    answer = get(f"articles/{page.pk}/versions/1/")
    assert answer.status_code == (410 if how == "withdrawn" else 404)


def test_what_was_no_version_is_not_found(get: Get, committed: Committed) -> None:
    with committed():
        page = article()
        page.unpublish()
    republished(page, committed)

    numbers = [
        v["number"] for v in get(f"articles/{page.pk}/versions/").json()["items"]
    ]

    assert numbers == [3, 1]
    for number in (0, 2, 4, 2**31, 9_999_999_999):
        assert get(f"articles/{page.pk}/versions/{number}/").status_code == 404
    assert get(f"articles/{page.pk}/versions/1/").json()["superseded"]["version"] == 3
    assert get(f"articles/{page.pk}/versions/1/?x=1").status_code == 400


def test_versions_are_shown_only_where_a_site_wants_that(
    get: Get, committed: Committed, settings: Any
) -> None:
    with committed():
        page = article()
    settings.HEALTH_CONTENT = {**settings.HEALTH_CONTENT, "PUBLIC_VERSIONS": False}

    assert get(f"articles/{page.pk}/versions/1/").status_code == 404
    assert get(f"articles/{page.pk}/versions/").status_code == 200


def test_a_version_costs_as_many_queries_for_one_link_as_for_twenty(
    get: Get, committed: Committed
) -> None:
    def cost(pages: list[Any]) -> int:
        html = "".join(f'<p><a linktype="page" id="{p.pk}">x</a></p>' for p in pages)
        with committed():
            page = article(introduction=html)
        with CaptureQueriesContext(connection) as queries:
            assert get(f"articles/{page.pk}/versions/1/").status_code == 200
        return len(queries)

    with committed():
        pages = [article() for _ in range(20)]

    assert cost(pages[:1]) == cost(pages) <= 5


def test_links_elsewhere_are_followed_and_what_is_ours_and_unknown_is_not(
    committed: Committed,
) -> None:
    with committed():
        home_page()
        index(slug="here")
    hrefs = {
        "/here/", "/here", "http://testserver/here/", "/admin/", "/nowhere/", "https://who.int/", "#part",
        "mailto:a@b.example", "tel:1", "/documents/999/gone.pdf", "http://testserver:8000/here/",
    }  # fmt: skip

    assert links_public(hrefs, "testserver") == {
        "/here/", "/here", "http://testserver/here/", "https://who.int/", "#part", "mailto:a@b.example", "tel:1",
    }  # fmt: skip
    assert links_public([], "testserver") == frozenset()
