"""Disclaimers by language and by time: one well-defined answer, and what it said then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from health_content.delivery.cursors import Cursor, encode_cursor
from health_content.models import DisclaimerVersion
from tests.factories import article, block, disclaimer, home_page, index, language

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def dated(saved: Any, *days: int) -> None:
    """Let the versions of *saved* have been published on these days of January."""
    for version, day in zip(saved.versions.order_by("number"), days, strict=True):
        # The table is append-only for everybody but this test.
        DisclaimerVersion.objects.filter(pk=version.pk)._update(  # type: ignore[attr-defined]
            [
                (
                    DisclaimerVersion._meta.get_field("published_at"),
                    None,
                    START + (day - 1) * DAY,
                )
            ]
        )


def reworded(saved: Any, body: str, committed: Committed) -> None:
    with committed():
        saved.body = body
        saved.save_revision().publish()


@pytest.fixture
def general(committed: Committed) -> Any:
    with committed():
        saved = disclaimer(
            "general", title="One", body="<p>First</p>", applies_to_all=True
        )
        article()
    reworded(saved, "<p>Second</p>", committed)
    dated(saved, 1, 10)
    return saved


@pytest.mark.parametrize(
    ("at", "version", "html"),
    [
        ("2026-01-01", 1, "<p>First</p>"),
        ("2026-01-09T23:59:59Z", 1, "<p>First</p>"),
        ("2026-01-10", 2, "<p>Second</p>"),
    ],
)
def test_the_wording_that_was_live_then(
    get: Get, general: Any, at: str, version: int, html: str
) -> None:
    answer = get("disclaimers/general/", at=at)

    found = answer.json()
    assert (found["version"], found["body"]["html"]) == (version, html)
    assert found["superseded_at"] == ("2026-01-10T00:00:00Z" if version == 1 else None)
    assert len(found["shown_on"]) == version - 1


def test_before_the_first_wording_there_was_none(get: Get, general: Any) -> None:
    assert get("disclaimers/general/", at="2025-12-31").status_code == 404
    assert get("disclaimers/general/", at="once").status_code == 400


def test_nobody_knows_what_will_be_public(get: Get, general: Any) -> None:
    answer = get("disclaimers/general/", at="2099-01-01")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/at"


def test_what_is_not_live_now_says_nothing_of_the_past(
    get: Get, committed: Committed
) -> None:
    with committed():
        saved = disclaimer("gone")
        saved.unpublish()

    assert get("disclaimers/gone/", at="2026-01-01").status_code == 404
    assert get("disclaimers/gone/").status_code == 404


def test_an_old_wording_links_to_nothing_hidden(get: Get, committed: Committed) -> None:
    with committed():
        page = article(slug="marker")
        body = f'<p><a linktype="page" id="{page.pk}">Here</a></p>'
        saved = disclaimer("linked", body=body)
    reworded(saved, "<p>New</p>", committed)
    dated(saved, 1, 2)
    assert (
        "/marker/" in get("disclaimers/linked/", at="2026-01-01").json()["body"]["html"]
    )

    with committed():
        page.unpublish()

    answer = get("disclaimers/linked/", at="2026-01-01")
    assert answer.json()["body"]["html"] == "<p>Here</p>"


def test_where_it_is_shown_is_named_as_the_documents_name_it(
    get: Get, committed: Committed
) -> None:
    """A path alone does not tell a page of another site, or of another language."""
    with committed():
        saved = disclaimer("chosen")
        chosen = [block("disclaimer", {"disclaimer": saved.pk})]
        other_home = index(Page.get_first_root_node(), slug="other")
        Site.objects.create(hostname="b.example", port=8080, root_page=other_home)
        third_home = index(Page.get_first_root_node(), slug="third")
        Site.objects.create(hostname="c.example", port=443, root_page=third_home)
    with committed():
        pages = [
            article(parent, slug=slug, disclaimers=chosen)
            for parent, slug in (
                (home_page(), "pain"),
                (other_home, "pain"),
                (third_home, "zinc"),
            )
        ]

    shown = get("disclaimers/chosen/").json()["shown_on"]

    names = ("id", "title", "path", "url", "site", "locale")
    documents = [get(f"pages/{page.pk}/").json() for page in pages]
    assert shown == [{name: each[name] for name in names} for each in documents]
    assert [(each["site"], each["url"]) for each in shown] == [
        ("testserver", "http://testserver/pain/"),
        ("b.example:8080", "http://b.example:8080/pain/"),
        ("c.example", "https://c.example/zinc/"),
    ]


def test_without_a_language_the_default_one_answers_or_nobody(
    get: Get, committed: Committed
) -> None:
    with committed():
        english, _ = (
            disclaimer("general"),
            disclaimer("general", locale="es", title="Hola"),
        )
        disclaimer("only-spanish", locale="es")

    answer = get("disclaimers/general/")

    assert answer.json()["locale"] == answer["Content-Language"] == "en"
    href = "/api/content/v1/disclaimers/general/?locale=es"
    assert answer.json()["alternates"] == [{"locale": "es", "href": href}]
    assert answer["Link"] == f'<{href}>; rel="alternate"; hreflang="es"'
    spanish = get("disclaimers/general/", locale="es")
    assert spanish.json()["title"] == "Hola"
    assert spanish["Content-Language"] == "es"
    assert [a["locale"] for a in spanish.json()["alternates"]] == ["en"]
    assert get("disclaimers/only-spanish/").status_code == 404
    assert get("disclaimers/only-spanish/", locale="es").status_code == 200
    assert get("disclaimers/general/", locale="fr").status_code == 404
    with committed():
        english.unpublish()
    assert get("disclaimers/general/").status_code == 404
    assert language("es").language_code == "es"


def test_the_library_costs_as_many_queries_for_two_as_for_twenty(
    get: Get, committed: Committed
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert get("disclaimers/").status_code == 200
        return len(queries)

    with committed():
        disclaimer()
        disclaimer(locale="es")
    few = cost()
    with committed():
        for number in range(9):
            disclaimer(f"key-{number}")
            disclaimer(f"key-{number}", locale="es")

    assert cost() == few


def test_list_has_the_grammar_of_lists(get: Get, db: None) -> None:
    spanish = language("es")
    for key in ("c", "a-long-key", "b"):
        translated = disclaimer(key).copy_for_translation(spanish)
        translated.save()
        translated.save_revision().publish()
    disclaimer("draft", live=False)
    found: list[tuple[str, str]] = []
    query: dict[str, Any] = {"page_size": 2, "count": "exact"}
    while query:
        answer = get("disclaimers/", **query)
        body = answer.json()
        assert (body["count"], body["page_size"]) == (6, 2)
        found += [(item["key"], item["locale"]) for item in body["items"]]
        assert ('rel="next"' in answer.headers.get("Link", "")) is bool(body["next"])
        query = query | {"cursor": body["next"]} if body["next"] else {}

    assert found == [(key, loc) for key in ("a-long-key", "b", "c") for loc in ("en", "es")]  # fmt: skip
    one = get("disclaimers/", locale="es", page_size=1).json()
    assert "count" not in one
    rest = get("disclaimers/", locale="es", cursor=one["next"]).json()
    assert [item["key"] for item in rest["items"]] == ["b", "c"]
    assert rest["next"] is None


@pytest.mark.parametrize("order", ["route", "disclaimer"])
def test_list_refuses_the_cursor_of_another_list(
    get: Get, db: None, order: str
) -> None:
    cursor = encode_cursor(Cursor(order=order, key=3, id=1))

    assert get("disclaimers/", cursor=cursor).status_code == 400


def test_list_costs_the_same_whatever_it_holds(get: Get, db: None) -> None:
    counts = []
    for keys in (("a", "b"), ("c", "d", "e", "f")):
        for key in keys:
            disclaimer(key, applies_to_all=True)
        with CaptureQueriesContext(connection) as queries:
            get("disclaimers/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
