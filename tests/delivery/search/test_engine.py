"""OpenSearch by a setting, against a stub that speaks its protocol; and every way of its being away."""

from __future__ import annotations

import json
import logging
import socket
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from health_content.delivery.models import PublishedDocument, SearchEntry
from health_content.delivery.search.backends import (
    Kind,
    backend_kind,
    search_backend,
)
from tests.delivery.search.engine_stub import EngineStub, engine_stub
from tests.factories import article, block, faq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db
INDEX = "test_health_delivery_searchentry"
# Its client leaves its sockets to the garbage collector.
SOCKETS = pytest.mark.filterwarnings("ignore::ResourceWarning")


def opensearch(url: str) -> dict[str, Any]:
    return {
        "default": {
            "BACKEND": "wagtail.search.backends.opensearch3",
            "URLS": [url],
            "INDEX_PREFIX": "test_",
            "TIMEOUT": 2,
            "OPTIONS": {"max_retries": 0},
        }
    }


@pytest.fixture
def engine(settings: Any) -> Iterator[EngineStub]:
    """Return a running OpenSearch, chosen by the site's setting."""
    with engine_stub() as stub:
        settings.WAGTAILSEARCH_BACKENDS = opensearch(stub.url)
        yield stub


@pytest.fixture
def nowhere(settings: Any) -> None:
    """Choose an OpenSearch at a port where nobody listens."""
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings.WAGTAILSEARCH_BACKENDS = opensearch(f"http://127.0.0.1:{port}")


def page_about(text: str, title: str = "Page") -> Any:
    return article(title=title, body=json.dumps([block("rich_text", f"<p>{text}</p>")]))


def titles(answer: Any) -> list[str]:
    items = answer.json()["items"]
    return sorted(item.get("document", item)["title"] for item in items)


@SOCKETS
def test_what_is_published_is_found(
    engine: EngineStub, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("Acupuncture treatments for the lower back", title="A")
        page_about("Back surgery", title="B")
        faq(title="Back questions")

    assert backend_kind(search_backend()) is Kind.ENGINE
    assert titles(get("search/", q="treatment BACKS")) == ["A"]
    assert titles(get("search/", q='"lower back"')) == ["A"]
    assert titles(get("search/", q="back -surgery")) == ["A", "Back questions"]
    assert titles(get("search/", q="back", type="faq")) == ["Back questions"]
    assert titles(get("pages/", q="surgery")) == ["B"]
    assert titles(get("search/", q="back", site="elsewhere.example")) == []
    answer = get("search/", q="surgery").json()
    assert answer["items"][0]["highlights"][0]["parts"][-1]["match"] is True
    assert answer["facets"]["type"] == [{"value": "article", "count": 1}]


@SOCKETS
def test_letters_may_be_wrong(
    engine: EngineStub, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("Acupuncture", title="A")

    answer = get("search/", q="acupunctre")

    assert titles(answer) == ["A"]
    assert answer.json()["did_you_mean"] == "acupuncture"
    assert "fuzziness" in json.dumps(engine.searches[-1])


@SOCKETS
def test_a_hidden_page_is_no_hit_though_the_engine_has_it(
    engine: EngineStub, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page = page_about("pain")
    Page.objects.filter(pk=page.pk).update(live=False)

    assert titles(get("search/", q="pain")) == []
    assert get("search/", q="pain").json()["total"]["value"] == 0
    with committed():
        page.unpublish()
    assert str(page.pk) not in engine.indices[INDEX]


@SOCKETS
def test_update_index_makes_the_index_anew(
    engine: EngineStub, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("pain", title="A")
    engine.indices.clear()
    assert get("search/", q="pain").status_code == 503

    call_command("update_index", verbosity=0)

    names = [name for name in engine.indices if name.startswith(INDEX)]
    assert [len(engine.indices[name]) for name in names] == [
        SearchEntry.objects.count()
    ]


@SOCKETS
def test_when_it_is_away_everything_else_works(
    nowhere: None,
    get: Callable[..., Any],
    committed: Callable[[], Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, "health_content"), committed():
        page = page_about("pain", title="A")

    for path in ("search/", "pages/"):
        answer = get(path, q="pain")
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"] == "30"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json()["type"] == "search-unavailable"
    assert titles(get("articles/")) == ["A"]
    assert get(f"pages/{page.pk}/").status_code == 200
    assert get("search/", q="!").status_code == 200
    assert PublishedDocument.objects.filter(pk=page.pk).exists()


@SOCKETS
def test_what_it_missed_is_brought_in_by_the_next_rebuild(
    engine: EngineStub, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    engine.is_broken = True
    with committed():
        page = page_about("pain", title="A")
    assert SearchEntry.objects.get(pk=page.pk).indexed_as == ""
    assert get("search/", q="pain").status_code == 503
    engine.is_broken = False

    with committed():
        call_command("rebuild_documents", verbosity=0)

    assert titles(get("search/", q="pain")) == ["A"]
    entry = SearchEntry.objects.get(pk=page.pk)
    assert entry.indexed_as == entry.made_of


def test_a_back_end_that_does_not_exist_hinders_no_publication(
    settings: Any, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {"BACKEND": "wagtail.search.backends.database"},
        "gone": {"BACKEND": "no.such.backend"},
    }
    page = article(title="Before")
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"SEARCH_BACKEND": "gone"}

    with committed():
        call_command("rebuild_documents", verbosity=0)

    assert get(f"pages/{page.pk}/").status_code == 200
    assert SearchEntry.objects.get(pk=page.pk).indexed_as == ""
    assert get("search/", q="before").status_code == 503
