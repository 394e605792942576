"""Reading replies the short way, the long way and from memory: the same bytes, and never old ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from comments import checks
from comments.byte_cache import ENTRY_OVERHEAD, REPLY_BYTES, ByteCache
from comments.middleware import RepliesShortPathMiddleware
from comments.models import Action, Reply, Thread
from comments.selectors import public_thread

from .factories import decide, make_published, make_thread
from .sending import assert_problem

pytestmark = pytest.mark.django_db
API = "/api/replies/v1"
HOST_HEADERS = {"Vary", "Content-Language"}
"""Of the host's middleware, which the short way does not pass: replies are the same in every language."""


@pytest.fixture
def address(thread) -> str:
    """Return where the replies of a thread with two replies are."""
    make_published(thread, make_published(thread, body_raw="First"))
    return f"{API}/threads/{thread.page_id}/replies/"


@pytest.fixture
def new_client():
    """Return the class of clients: each loads the middleware anew."""
    return Client


@pytest.fixture
def long_way(settings):
    """Return a function that turns the short way off."""

    def turn_off() -> None:
        name = RepliesShortPathMiddleware.__name__
        settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if name not in m]

    return turn_off


def facts(answer) -> tuple:
    """Return what this API says in an answer."""
    headers = {k: v for k, v in answer.headers.items() if k not in HOST_HEADERS}
    return (answer.status_code, answer.content, headers)


@pytest.mark.parametrize("query", ["", "?sort=newest", "?depth=0", "?parent={id}"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_every_way_gives_the_same_answer(
    new_client, address, settings, long_way, query, method
):
    url = address + query.format(id=Reply.objects.get(depth=0).pk)

    def ask():
        return facts(getattr(new_client(), method)(url))

    read, remembered = ask(), ask()
    kept = len(REPLY_BYTES)
    settings.COMMENTS |= {"REPLY_CACHE_BYTES": 0}
    short = ask()
    nothing_kept = len(REPLY_BYTES)
    long_way()
    long = ask()

    assert read == remembered == short == long
    assert (read[0], kept, nothing_kept) == (200, 1, 0)


def test_head_has_the_headers_of_get_and_no_body(client, address):
    got, asked = client.get(address), client.head(address)

    assert dict(asked.headers) == dict(got.headers)
    assert asked.content == b""
    assert int(got["Content-Length"]) == len(got.content) > 0


def test_a_known_answer_is_304_by_either_way(new_client, address, long_way):
    tag = new_client().get(address)["ETag"]

    short = new_client().get(address, headers={"If-None-Match": tag})
    long_way()
    long = new_client().get(address, headers={"If-None-Match": tag})

    assert (short.status_code, short.content, short["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in short
    assert {k: v for k, v in facts(long)[2].items() if k != "Content-Length"} == (
        facts(short)[2]
    )


@pytest.mark.parametrize("tail", ["?sort=best", "?cursor=x", "?parent=x", "x/"])
def test_faults_are_the_same_with_and_without(new_client, address, long_way, tail):
    language = {"Accept-Language": "es"}
    short = new_client().get(address + tail, headers=language)
    long_way()
    long = new_client().get(address + tail, headers=language)

    assert (short.content, dict(short.headers)) == (long.content, dict(long.headers))
    assert short["Content-Type"] == "application/problem+json"


def test_what_is_kept_costs_one_query(client, address, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_empty_thread_costs_one_query_and_is_kept(
    client, thread, django_assert_num_queries
):
    address = f"{API}/threads/{thread.page_id}/replies/"
    for _ in range(2):
        with django_assert_num_queries(1):
            empty = client.get(address)
        assert len(REPLY_BYTES) == 1

    make_published(thread)

    assert empty.json() == {"items": [], "next": None, "count": 0}
    assert len(client.get(address).json()["items"]) == 1


@pytest.mark.parametrize("change", ["unpublish", "restrict", "restrict_above", "hide"])
def test_what_may_no_longer_be_seen_is_404_at_once(client, thread, address, change):
    tag = client.get(address)["ETag"]
    page = thread.page
    match change:
        case "unpublish":
            type(page)._default_manager.filter(pk=page.pk).update(live=False)
        case "restrict":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "restrict_above":
            PageViewRestriction.objects.create(
                page=page.get_parent(), restriction_type="login"
            )
        case "hide":
            Thread.objects.filter(pk=thread.pk).update(mode="hidden")

    assert_problem(client.get(address), 404, "not-found")
    known = client.get(address, headers={"If-None-Match": tag})
    assert_problem(known, 404, "not-found")


def test_every_decision_changes_the_bytes_at_once(client, thread, address):
    before = client.get(address)
    reply = make_published(thread, body_raw="Third")
    shown = client.get(address)
    decide(reply, Action.HIDE, reason="abuse")
    hidden = client.get(address)
    decide(reply, Action.RESTORE)
    restored = client.get(address)

    assert b"Third" in shown.content
    assert b"Third" in restored.content
    assert hidden.content == before.content
    tags = {answer["ETag"] for answer in (before, shown, hidden, restored)}
    assert len(tags) == 4


def test_bytes_follow_the_settings(client, address, thread, settings):
    make_published(thread)
    assert client.get(address).json()["next"] is None

    settings.COMMENTS |= {"PAGE_SIZE": 1}

    assert client.get(address).json()["next"] is not None


def test_replies_read_at_another_version_are_not_kept(
    client, address, thread, monkeypatch
):
    def late(page_id):
        found = public_thread(page_id)
        Thread.objects.filter(pk=thread.pk).update(version=found.version + 1)
        return found

    monkeypatch.setattr("comments.api.public.public_thread", late)

    assert client.get(address).status_code == 200
    assert len(REPLY_BYTES) == 0


def test_a_closing_time_is_read_as_django_reads_it(db):
    closes_at = timezone.now() + timedelta(hours=1)
    thread = make_thread(closes_at=closes_at)

    found = public_thread(thread.page_id)

    assert repr(found.closes_at) == repr(Thread.objects.get().closes_at)
    assert found.closes_at == closes_at


def test_everything_else_goes_the_long_way(address):
    passed: list[str] = []
    middleware = RepliesShortPathMiddleware(lambda r: passed.append(r.path))
    paths = [f"{API}/openapi.json", f"{API}x", "/"]
    for path in paths:
        middleware(RequestFactory().get(path))
    middleware(RequestFactory().post(address))

    assert passed == [*paths, address]


def test_a_refusal_is_in_the_readers_language(address, client, monkeypatch):
    """Not in that of the request before, which Django leaves to the thread."""
    spoken: list[str | None] = []
    monkeypatch.setattr(
        "comments.middleware.refuse_unknown_host",
        lambda _request: spoken.append(translation.get_language()),
    )
    for before, asked in (("es", "en"), ("en", "es")):
        with translation.override(before):
            client.get(address, headers={"accept-language": asked})
            assert translation.get_language() == before

    assert spoken == ["en", "es"]


def test_an_api_that_is_not_mounted_is_no_concern(settings):
    settings.ROOT_URLCONF = "comments.urls"
    middleware = RepliesShortPathMiddleware(lambda request: request.path)

    assert middleware(RequestFactory().get(f"{API}/x")) == f"{API}/x"


def test_memory_is_bounded_by_bytes_and_by_entries():
    limit = 3 * (ENTRY_OVERHEAD + 10)
    cache = ByteCache(max_entries=2)
    for key in "abc":
        cache.put(key, bytes(10), max_bytes=limit)
    assert [cache.get(key) is None for key in "abc"] == [True, False, False]

    cache.get("b")
    cache.put("d", bytes(10), max_bytes=limit)
    assert [cache.get(key) is None for key in "bcd"] == [False, True, False]

    cache.put("e", bytes(limit), max_bytes=limit)
    assert cache.get("e") is None
    cache.put("f", bytes(limit - ENTRY_OVERHEAD), max_bytes=limit)
    assert (len(cache), cache.size) == (1, limit)
    cache.put("f", b"", max_bytes=limit)
    assert (len(cache), cache.size) == (1, ENTRY_OVERHEAD)

    cache.clear()
    assert (len(cache), cache.size) == (0, 0)


@pytest.mark.parametrize("value", [-1, "8 MB", True])
def test_memory_must_be_a_number_of_bytes(settings, value):
    settings.COMMENTS = {"REPLY_CACHE_BYTES": value}

    assert [m.id for m in checks.check_settings(None)] == ["health_comments.E012"]
