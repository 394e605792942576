"""Front ends that were made for wagtail-headless-preview 0.9: their address, and the requests they then make."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from health_content.delivery.api.schema import openapi_document
from health_content.delivery.models import PreviewGrant
from tests.contracts.test_content_openapi import assert_conforms
from tests.factories import article

from ..conftest import API
from .conftest import Editor, exchange, query_of, read

if TYPE_CHECKING:
    from health_content.pages.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ArticlePage:
    return article(title="Sleep", slug="sleep", live=False)


@pytest.fixture
def anna() -> Editor:
    return Editor()


def client(query: dict[str, str], *, identifier: str = "1/") -> Any:
    """Do what the client in that package's documentation does with the query of its address."""
    address = (
        f"{API}preview/page_preview/{identifier}"
        f"?content_type={quote(query['content_type'])}&token={quote(query['token'])}&format=json"
    )
    return Client().get(address, headers={"Origin": "http://localhost:8020"})


def test_the_documented_client_shows_the_draft_as_often_as_it_asks(
    anna: Editor, page: ArticlePage
) -> None:
    """A Next.js client asks in its API route, keeps the token in its draft cookie, and asks again for each page view."""
    query = query_of(anna.press(page))

    answers = [client(query), client(query), client(query, identifier="")]

    body = answers[0].json()
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (body["id"], body["title"]) == (page.pk, "Sleep")
    assert body["meta"] == {
        "type": "health_pages.ArticlePage",
        "detail_url": None,
        "html_url": "http://testserver/sleep/",
        "slug": "sleep",
        "seo_title": "Sleep",
        "search_description": "",
        "first_published_at": None,
        "locale": "en",
    }
    assert answers[0].headers["Access-Control-Allow-Origin"] == "*"
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    document: Any = openapi_document("/")
    schema = {"$ref": "#/components/schemas/PagePreview"}
    assert_conforms({**schema, "components": document["components"]}, body)


def test_its_token_is_no_bearer_and_ends_the_same_way(
    anna: Editor, page: ArticlePage
) -> None:
    query = query_of(anna.press(page))
    client(query)

    assert read("preview/document/", query["token"]).status_code == 401
    PreviewGrant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = client(query)
    assert (response.status_code, response.json()["type"]) == (403, "code-refused")


def test_a_code_is_for_one_of_the_two(anna: Editor, page: ArticlePage) -> None:
    """Who has exchanged it has closed page_preview for all who find it in a log, and who tries there ends it."""
    exchanged, shown = query_of(anna.press(page)), query_of(anna.press(page))
    token = exchange(exchanged["code"]).json()["token"]
    client(shown)

    assert client(exchanged).status_code == 403
    assert read("preview/document/", token).status_code == 401
    assert exchange(shown["code"]).status_code == 403
    assert client(shown).status_code == 403


def test_it_is_over_with_the_editor(anna: Editor, page: ArticlePage) -> None:
    query = query_of(anna.press(page))
    client(query)

    anna.client.logout()

    assert client(query).status_code == 403


def test_it_begins_within_a_minute(anna: Editor, page: ArticlePage) -> None:
    query = query_of(anna.press(page))
    PreviewGrant.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))

    assert client(query).status_code == 403


def test_another_type_of_page_is_not_there(anna: Editor, page: ArticlePage) -> None:
    query = query_of(anna.press(page))

    response = client(query | {"content_type": "health_pages.faqpage"})

    assert (response.status_code, response.json()["type"]) == (404, "not-found")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "content_type=a.b",
        "token=0123456789012345678901234567890",
        "content_type=../x&token=0123456789012345678901234567890",
        "content_type=a.b&token=a",
        "content_type=a.b&token=0123456789012345678901234567890&format=html",
    ],
)
def test_what_is_no_preview_is_a_bad_request(query: str) -> None:
    response = Client().get(f"{API}preview/page_preview/?{query}")

    assert response.status_code == 400


def test_a_bearer_has_no_place_there(anna: Editor, page: ArticlePage) -> None:
    token = anna.token(page)
    query = query_of(anna.press(page))

    address = f"preview/page_preview/?content_type={query['content_type']}&token={query['token']}"

    assert read(address, token).status_code == 401
