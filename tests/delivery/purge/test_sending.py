"""What waits is merged, sent, tried again and given up; nothing is lost, and no editor waits."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from health_content.actors import System
from health_content.delivery.models import CachePurge
from health_content.delivery.purge import purgers, sending, timing
from health_content.delivery.purge.outbox import caches_purge
from health_content.delivery.purge.sending import purges_send
from health_content.services.withdrawals import page_withdraw
from tests.delivery.broken import BROKEN_QUEUE
from tests.factories import article, disclaimer

from .conftest import send_all
from .recorder import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_caches(cache: Any, settings: Any) -> Any:
    """Return the record of two caches."""
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "PURGERS": {
            name: {"BACKEND": BACKEND, "NAME": name} for name in ("edge", "shield")
        }
    }
    return cache


def test_without_a_cache_nothing_is_written(committed: Any) -> None:
    with committed():
        article()

    assert not CachePurge.objects.exists()


def test_two_hundred_edits_are_one_request(cache: Any, committed: Any) -> None:
    for number in range(200):
        caches_purge([f"self-{number}", "list-article"])

    send_all()

    [(_, request)] = cache.requests
    assert len(request.tags) == 201
    assert not request.is_hard
    assert not CachePurge.objects.exists()


def test_what_is_hard_for_one_is_hard(cache: Any) -> None:
    caches_purge(["self-1", "list-article"])
    caches_purge(["self-1"], is_hard=True)

    send_all()

    assert [(r.is_hard, r.tags) for _, r in cache.requests] == [
        (True, ["self-1"]),
        (False, ["list-article"]),
    ]


def test_a_change_that_is_rolled_back_purges_nothing(
    cache: Any, committed: Any
) -> None:
    def fail() -> None:
        with committed(), transaction.atomic():
            caches_purge(["self-1"])
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()

    assert send_all() == 0
    assert cache.requests == []


def test_a_recall_is_purged_at_once_hard_and_again(cache: Any, committed: Any) -> None:
    with committed():
        page, other = article(), article()
    send_all()
    cache.requests.clear()

    with committed():
        page_withdraw(page, actor=System("test"), reason="Wrong.", severity="high")

    # Nobody has sent what waits: this went with the commit.
    _, request = cache.requests[0]
    assert request.is_hard
    assert {f"self-{page.pk}", "list-article", "list-page"} <= set(request.tags)
    assert f"self-{other.pk}" not in cache.tags()
    cache.requests.clear()
    send_all()
    assert f"self-{page.pk}" in cache.tags(is_hard=True)


def test_one_cache_down_keeps_its_purges_and_no_other_waits(
    two_caches: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    make = purgers.purger

    def purger(name: str) -> Any:
        if name == "edge":
            raise RuntimeError("cannot even be made")
        return make(name)

    monkeypatch.setattr(sending, "purger", purger)
    caches_purge(["self-1"])
    now = timezone.now()

    with caplog.at_level(logging.WARNING):
        purges_send(clock=lambda: now)

    assert [name for name, _ in two_caches.requests] == ["shield"]
    [kept] = CachePurge.objects.all()
    assert (kept.purger, kept.last_result, kept.claim) == ("edge", "error", None)
    assert kept.due_at == now + timedelta(seconds=2)
    assert "Cache edge was not purged" in caplog.text


def test_failures_are_tried_again_ever_later_then_given_up(
    cache: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(cache, "is_down", True)
    caches_purge(["self-1"])
    start = now = timezone.now()
    waits = []
    for _ in range(12):
        purges_send(clock=lambda: now)  # noqa: B023 - called within the round
        due = CachePurge.objects.get().due_at
        waits.append((due - now).total_seconds())
        now = due

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]
    assert CachePurge.objects.get().last_result == "The answer was 503."
    # Loud from the third on.
    levels = [record.levelname for record in caplog.records]
    assert levels[:4] == ["WARNING", "WARNING", "ERROR", "ERROR"]

    purges_send(clock=lambda: start + timedelta(days=2))
    assert not CachePurge.objects.exists()
    assert "given up" in caplog.text


def test_what_failed_is_sent_with_what_is_new(
    cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "is_down", True)
    caches_purge(["self-1"])
    send_all()
    monkeypatch.setattr(cache, "is_down", False)
    caches_purge(["self-2"])

    purges_send(clock=lambda: timezone.now() + timedelta(hours=2))

    assert cache.tags() == {"self-1", "self-2"}
    assert not CachePurge.objects.exists()


def test_what_a_killed_process_claimed_is_sent_by_another(cache: Any) -> None:
    caches_purge(["self-1"])
    now = timezone.now()
    assert len(sending._claim(is_urgent_only=False, now=now)) == 1

    assert purges_send(clock=lambda: now) == 0
    assert purges_send(clock=lambda: now + timedelta(minutes=3)) == 1
    assert cache.tags() == {"self-1"}


def test_a_cache_that_left_the_settings_is_forgotten(cache: Any, settings: Any) -> None:
    caches_purge(["self-1"])
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PURGERS": {}}

    send_all()

    assert not CachePurge.objects.exists()


def test_a_bulk_edit_is_few_requests(cache: Any, committed: Any) -> None:
    with committed():
        general = disclaimer(applies_to_all=True)
        pages = [article(title=f"Page {n}").pk for n in range(60)]
    send_all()
    cache.requests.clear()

    with committed():
        general.body = "<p>Ask a doctor.</p>"
        general.save_revision().publish()
    send_all()

    assert len(cache.requests) == 1
    assert {f"self-{pk}" for pk in pages} <= cache.tags()


def test_the_command_sends_and_purges_by_hand(
    cache: Any, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches_purge(["self-1"])

    call_command("purge_caches")
    call_command("purge_caches", "--tag", "self-7", "--tag", "disclaimer-2")
    call_command("purge_caches", "--all", "--hard")

    assert [(r.is_hard, r.tags) for _, r in cache.requests] == [
        (False, ["self-1"]),
        (False, ["disclaimer-2", "self-7"]),
        (True, ["content-api"]),
    ]
    monkeypatch.setattr(cache, "is_down", True)
    with pytest.raises(CommandError, match=r"edge.*The answer was 503"):
        call_command("purge_caches", "--all")


def test_an_alarm_rings_once_however_often_it_is_set() -> None:
    rung: list[int] = []
    alarm = timing.Alarm(lambda: rung.append(1), is_daemon=True)

    for _ in range(3):
        alarm.set(timedelta(milliseconds=1_500))
    timer = alarm._timer
    assert timer is not None
    timer.join()

    assert rung == [1]
    alarm.set(timedelta(0))
    assert (again := alarm._timer) is None or again.join() is None
    assert len(rung) == 2


@pytest.mark.parametrize("is_urgent", [False, True])
def test_what_is_urgent_does_not_wait_for_the_alarm(
    is_urgent: bool, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(timing, "purges_send", lambda **how: calls.append(how))
    monkeypatch.setattr(timing._soon, "set", lambda delay: calls.append(delay))
    monkeypatch.setattr(timing._later, "set", lambda delay: calls.append(delay))

    timing.send_soon(is_urgent=is_urgent)

    quiet = timing.QUIET_TIME
    urgent = [{"is_urgent_only": True}, timing.REPEAT_DELAY, quiet]
    assert calls == (urgent if is_urgent else [quiet])


def test_when_the_alarm_rings_the_rest_is_looked_after(
    cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing.connections, "close_all", lambda: None)
    later: list[timedelta] = []
    monkeypatch.setattr(timing._later, "set", later.append)
    caches_purge(["self-1"])

    timing.send_now()
    assert (cache.tags(), later) == ({"self-1"}, [])

    monkeypatch.setattr(cache, "is_down", True)
    caches_purge(["self-2"])
    timing.send_now()
    assert [timedelta(seconds=1) <= delay <= timedelta(seconds=2) for delay in later] == [True]  # fmt: skip


def test_without_a_queue_the_alarm_sends_itself(
    cache: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing.connections, "close_all", lambda: None)
    settings.TASKS = BROKEN_QUEUE
    caches_purge(["self-1"])

    timing.send_now()

    assert cache.tags() == {"self-1"}
