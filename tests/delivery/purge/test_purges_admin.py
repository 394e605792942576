"""Those who may manage purges see in the admin what caches were not told, and have it tried again; nobody else does."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from health_content.delivery.models import CachePurge
from health_content.delivery.purge.outbox import caches_purge
from health_content.delivery.purge.sending import purges_send
from health_content.delivery.selectors.purges import CacheState, cache_states
from tests.factories import editor, superuser, user

from .recorder import BACKEND

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

pytestmark = pytest.mark.django_db
INDEX = "/admin/cache-purges/"
RETRY = "/admin/cache-purges/retry/"


def fail(*tags: str, cache: Any) -> None:
    """Have the cache refuse to drop *tags*, so that they are kept for later."""
    caches_purge(tags)
    cache.is_down = True
    purges_send()
    cache.is_down = False


def rows() -> list[dict[str, Any]]:
    return list(CachePurge.objects.order_by("pk").values())


@pytest.fixture
def manager(client: Client, cache: Any) -> Any:
    """Return somebody who may manage purges, and is logged in."""
    someone = editor(model_permissions=("manage_purges",))
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor", "webhooks"])
def test_nobody_without_the_permission_sees_or_does_anything(
    client: Client, cache: Any, who: str
) -> None:
    people = {
        "reader": user,
        "editor": lambda: editor("add", "change", "publish"),
        "webhooks": lambda: editor(model_permissions=("manage_webhooks",)),
    }
    fail("self-1", cache=cache)
    if who != "anonymous":
        client.force_login(people[who]())
    before = rows()

    answers = [
        client.get(INDEX),
        client.get(f"{INDEX}results/"),
        client.get(RETRY),
        client.post(RETRY),
    ]

    # Wagtail sends them elsewhere.
    assert {answer.status_code for answer in answers} == {302}
    assert (rows(), cache.requests) == (before, [])
    if who in {"editor", "webhooks"}:
        assert INDEX not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("who", ["manager", "superuser"])
def test_those_who_may_see_it_and_find_it_in_the_menu(
    client: Client, manager: Any, who: str
) -> None:
    if who == "superuser":
        client.force_login(superuser())

    assert client.get(INDEX).status_code == 200
    assert client.get(RETRY).status_code == 200
    assert INDEX in client.get("/admin/").content.decode()


def test_the_menu_leads_nowhere_where_no_cache_is_told(
    client: Client, manager: Any, settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PURGERS": {}}

    assert INDEX not in client.get("/admin/").content.decode()


def test_nothing_can_be_added_changed_or_deleted_by_hand(
    client: Client, manager: Any, cache: Any
) -> None:
    fail("self-1", cache=cache)
    pk = CachePurge.objects.get().pk

    for path in ("new/", f"edit/{pk}/", f"delete/{pk}/", f"history/{pk}/"):
        assert client.get(INDEX + path).status_code == 404
    assert "/new/" not in client.get(INDEX).content.decode()


def test_the_permission_is_offered_for_groups(client: Client) -> None:
    client.force_login(superuser())

    form = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can manage purges of caches" in form


def test_the_list_says_what_waits_what_failed_since_when_and_why(
    client: Client, manager: Any, cache: Any
) -> None:
    fail("self-1", "list-article", cache=cache)
    caches_purge(["self-2"], is_hard=True)
    caches_purge(["self-3"])
    CachePurge.objects.filter(tags=["self-3"]).update(
        claim=uuid.uuid4(), due_at=timezone.now() + timedelta(minutes=1)
    )
    failed = CachePurge.objects.earliest("pk")

    def cells(**query: Any) -> list[list[str]]:
        table = client.get(INDEX, query).context["table"]
        return [
            [str(column.get_value(row)) for column in table.columns.values()]
            for row in table.data
        ]

    being_sent, waiting, refused = cells()
    assert refused == [
        "edge", "Failed", "2 tags", str(failed.recorded_at), "1", "The answer was 503.", str(failed.due_at),
    ]  # fmt: skip
    assert waiting[:3] + waiting[4:6] == [
        "edge",
        "Waiting",
        "1 tag, at once",
        "0",
        "",
    ]
    assert being_sent[1] == "Being sent"
    assert [row[1] for row in cells(state="failed")] == ["Failed"]
    assert [row[1] for row in cells(state="waiting")] == ["Being sent", "Waiting"]
    assert len(cells(purger="edge")) == 3
    assert "503" in client.get(f"{INDEX}results/").content.decode()


def test_addresses_are_counted_too(client: Client, manager: Any) -> None:
    CachePurge.objects.create(
        purger="wagtail:front",
        tags=["self-1"],
        urls=["https://example.org/", "https://example.org/a/"],
        recorded_at=timezone.now(),
        due_at=timezone.now(),
    )

    assert "1 tag, 2 addresses" in client.get(INDEX).content.decode()


def test_the_summary_has_a_line_for_each_cache(
    client: Client, manager: Any, cache: Any, settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "PURGERS": {name: {"BACKEND": BACKEND} for name in ("edge", "shield")}
    }
    fail("self-1", cache=cache)
    CachePurge.objects.filter(purger="shield").delete()
    caches_purge(["self-2"])
    CachePurge.objects.filter(purger="shield").delete()
    failed, waiting = CachePurge.objects.order_by("pk")
    CachePurge.objects.create(
        purger="gone", recorded_at=failed.recorded_at, due_at=failed.due_at
    )

    assert cache_states() == [
        CacheState(
            name="edge",
            waiting_count=1,
            failed_count=1,
            since=failed.recorded_at,
            next_at=min(failed.due_at, waiting.due_at),
            last_result="The answer was 503.",
        ),
        CacheState(name="shield"),
        CacheState(
            name="gone",
            waiting_count=1,
            since=failed.recorded_at,
            next_at=failed.due_at,
        ),
    ]
    page = client.get(RETRY).content.decode()
    assert "The answer was 503." in page
    assert page.index("edge") < page.index("shield") < page.index("gone")


def test_what_failed_is_tried_again_at_once_and_logged(
    client: Client, manager: Any, cache: Any
) -> None:
    fail("self-1", cache=cache)
    caches_purge(["self-2"])

    answer = client.post(RETRY, follow=True)

    assert answer.request["PATH_INFO"] == RETRY
    assert "The caches were told all that waited." in answer.content.decode()
    assert [request.tags for _, request in cache.requests] == [["self-1", "self-2"]]
    assert rows() == []
    [entry] = ModelLogEntry.objects.all()
    assert (entry.action, entry.user, entry.label) == (
        "health_delivery.purge.retry",
        manager,
        "edge: 1",
    )


def test_what_fails_again_is_said_and_kept(
    client: Client, manager: Any, cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail("self-1", cache=cache)
    monkeypatch.setattr(cache, "is_down", True)

    answer = client.post(RETRY, follow=True)

    assert (
        "Not told, and tried again later: edge (The answer was 503.)"
        in answer.content.decode()
    )
    [row] = CachePurge.objects.all()
    assert (row.attempt_count, row.claim) == (2, None)


def test_what_another_process_sends_and_what_comes_later_is_left_alone(
    client: Client, manager: Any, cache: Any
) -> None:
    later = timezone.now() + timedelta(seconds=30)
    claim = uuid.uuid4()

    def kept(**values: Any) -> CachePurge:
        moments: dict[str, datetime] = {"recorded_at": timezone.now(), "due_at": later}
        return CachePurge.objects.create(purger="edge", tags=["a"], **moments, **values)

    sending = kept(claim=claim, last_result="The answer was 503.", attempt_count=2)
    repetition = kept(is_urgent=True, is_hard=True)

    answer = client.post(RETRY, follow=True)

    assert "Not told" in answer.content.decode()
    assert cache.requests == []
    sending.refresh_from_db()
    repetition.refresh_from_db()
    assert (sending.claim, sending.due_at, sending.attempt_count) == (claim, later, 2)
    assert (repetition.due_at, repetition.attempt_count) == (later, 0)


@pytest.mark.parametrize("path", [INDEX, RETRY])
def test_pages_cost_as_many_queries_for_many_rows_as_for_few(
    client: Client, manager: Any, cache: Any, path: str
) -> None:
    def grow(count: int) -> int:
        for number in range(count):
            fail(f"self-{number}", cache=cache)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    assert grow(2) == grow(18)
