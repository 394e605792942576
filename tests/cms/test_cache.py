"""The site reads and writes with Redis away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from tests.cms import sample

if TYPE_CHECKING:
    from django.test import Client

# Nobody listens on port 1.
AWAY = {
    "default": {
        "BACKEND": "cms.cache.ForgivingRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
}


@pytest.fixture(autouse=True)
def _away(settings) -> None:
    settings.CACHES = AWAY


def test_cache_without_redis_is_an_empty_cache(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cache.set("a", 1)
    cache.set_many({"a": 1})

    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a"]) == {}
    assert cache.get_or_set("a", 7) == 7
    assert cache.add("a", 1) is True
    assert not cache.has_key("a")
    assert not cache.touch("a")
    assert not cache.delete("a")
    cache.delete_many(["a"])
    cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert "Redis cannot be reached" in caplog.text


@pytest.mark.django_db
def test_pages_and_replies_are_read_without_redis(client: Client) -> None:
    page = sample.article_make(sample.home_page())

    answers = [
        client.get(path)
        for path in (page.url, f"/replies/pages/{page.pk}/", "/admin/login/")
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
