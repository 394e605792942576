"""Law 10: reads work with the cache, the worker and the search back end down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings
from django.utils import translation
from django_tasks import task_backends
from django_tasks.exceptions import InvalidTaskBackendError
from hypothesis import given
from modelsearch.backends import InvalidSearchBackendError, get_search_backend

from tests.delivery.broken import BROKEN_CACHE, Down
from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.graph import Node, graphs
from tests.delivery.laws.probes import probe_urls

if TYPE_CHECKING:
    from collections.abc import Callable


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DOWN = {
    "CACHES": BROKEN_CACHE,
    "TASKS": {"default": {"BACKEND": "tests.delivery.laws.test_law_10_independence.X"}},
    "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "no.such.backend"}},
}
SEARCHES = ("search/", "pages/?q=")


@LAW
@given(nodes=graphs(max_size=3))
def test_law_10_reads_need_neither_cache_nor_worker_nor_search(
    build: Callable[..., Any], nodes: tuple[Node, ...]
) -> None:
    client = Client()
    with build(nodes) as world:
        urls = [u for u in probe_urls(world.subjects) if not u.startswith(SEARCHES)]
        before = {url: client.get(API + url) for url in urls}
        with override_settings(**DOWN):
            for url, expected in before.items():
                answer = client.get(API + url)

                assert answer.status_code == expected.status_code, url
                assert answer.content == expected.content, url


def test_no_answer_is_in_the_language_of_the_request_before() -> None:
    """Django leaves a thread the language of the request it served last, and the short way asks for none."""
    client = Client()
    for url in ("docs/", "changes.atom", "articles/?nope=1", "changes/"):
        translation.deactivate()
        in_english = client.get(API + url).content
        translation.activate("es")

        assert client.get(API + url).content == in_english, url


def test_a_search_without_its_back_end_says_so() -> None:
    with override_settings(**DOWN):
        for url in ("search/?q=a", "pages/?q=a"):
            answer = Client().get(API + url)

            assert answer.status_code == 503
            assert answer.json()["type"] == "search-unavailable"
            assert answer.headers["Retry-After"] == "30"


def test_what_the_law_switches_off_is_off() -> None:
    with override_settings(**DOWN):
        with pytest.raises(Down):
            caches["default"].get("a")
        with pytest.raises(InvalidSearchBackendError):
            get_search_backend()
        with pytest.raises(InvalidTaskBackendError):
            task_backends["default"].check()
