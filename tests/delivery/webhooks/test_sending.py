"""Deliveries are sent once each if all goes well, again and again if not, and by nobody twice at the same time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from health_content.delivery.management.commands import send_webhooks
from health_content.delivery.models import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from health_content.delivery.safe_http import FailedError, Failure, Rules
from health_content.delivery.webhooks import sending, tasks
from health_content.delivery.webhooks.endpoints import (
    deliveries_purge,
    delivery_repeat,
    endpoint_disable,
    endpoint_enable,
    endpoint_rotate,
    endpoint_test,
)
from health_content.delivery.webhooks.keys import endpoint_secret, endpoint_secrets
from health_content.delivery.webhooks.outbox import Event, event_record
from health_content.delivery.webhooks.schedule import DELAYS
from health_content.delivery.webhooks.sending import (
    deliveries_send,
    delivery_attempt,
    delivery_claim,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Clock
    from .receiver import Received, Receiver

pytestmark = pytest.mark.django_db


def happen(number: int = 1, event_type: str = "article.updated") -> None:
    """Record an event about the page *number*, which does not exist."""
    event_record(Event(type=event_type, subject=f"page-{number}", facts={"page": number}))  # fmt: skip


def only() -> WebhookDelivery:
    """Return the one delivery."""
    return WebhookDelivery.objects.select_related("endpoint").get()


def results() -> list[str]:
    """Return what came of each attempt, the oldest first."""
    return list(WebhookAttempt.objects.order_by("pk").values_list("result", flat=True))


def is_signed(request: Received, secret: str) -> bool:
    """Verify as Standard Webhooks 1.0.0 says, with Python's own hmac."""
    headers = request.headers
    content = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), request.body])  # fmt: skip
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest())
    given = [word.split(",") for word in headers["webhook-signature"].split(" ")]
    assert {version for version, _ in given} == {"v1"}
    return expected.decode() in {signature for _, signature in given}


def test_delivery_is_signed_and_settled(endpoint, receiver, clock):
    receiver.status, receiver.body = 200, b"thanks\0\xff"
    happen()

    assert deliveries_send(clock=clock) == 1

    delivery, [request] = only(), receiver.requests
    assert delivery.state == DeliveryState.DELIVERED
    assert (delivery.settled_at, delivery.claim) == (clock.now, None)
    assert (delivery.attempt_count, delivery.last_result) == (1, "200")
    attempt = delivery.attempts.get()
    assert (attempt.result, attempt.excerpt, attempt.started_at) == ("200", "thanks\ufffd", clock.now)  # fmt: skip
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["webhook-id"] == delivery.message_id
    assert request.headers["webhook-timestamp"] == str(int(clock.now.timestamp()))
    assert is_signed(request, endpoint_secret(endpoint))
    assert not is_signed(request, "whsec_" + base64.b64encode(b"x" * 32).decode())
    endpoint.refresh_from_db()
    assert endpoint.last_success_at == clock.now
    assert deliveries_send(clock=clock) == 0


def test_delivery_that_fails_is_tried_by_the_schedule_and_given_up(
    endpoint, receiver, clock, monkeypatch
):
    monkeypatch.setattr(sending.secrets, "randbelow", lambda _bound: 0)
    receiver.status = 500
    happen()
    started_at = only().due_at
    tried: list[timedelta] = []
    for _ in DELAYS:
        clock.now = only().due_at
        assert deliveries_send(clock=clock) == 1
        tried.append(clock.now - started_at)
        assert deliveries_send(clock=clock) == 0

    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert waits == list(DELAYS[1:])
    assert (only().state, only().settled_at) == (DeliveryState.FAILED, clock.now)
    assert results() == ["500"] * 10
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    endpoint.refresh_from_db()
    assert (endpoint.failure_count, endpoint.exhausted_count) == (10, 1)
    assert endpoint.is_enabled


def test_retries_are_spread(endpoint, receiver, clock, monkeypatch):
    monkeypatch.setattr(sending.secrets, "randbelow", lambda bound: bound // 2)
    receiver.status = 503
    happen()
    deliveries_send(clock=clock)

    assert only().due_at == clock.now + timedelta(seconds=5.5)


@pytest.mark.parametrize("status", [301, 302, 304, 307, 308])
def test_redirect_is_a_failure_and_not_followed(endpoint, receiver, clock, status):
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    happen()
    deliveries_send(clock=clock)

    assert only().state == DeliveryState.WAITING
    assert results() == [str(status)]


def test_gone_disables_the_endpoint(endpoint, receiver, clock, caplog):
    receiver.status = 410
    happen(1)
    happen(2)
    deliveries_send(clock=clock)

    endpoint.refresh_from_db()
    assert endpoint.disabled_reason == DisabledReason.GONE
    assert endpoint.disabled_at == clock.now
    assert results() == ["410"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    happen(3)
    assert WebhookDelivery.objects.count() == 2


def test_endpoint_is_disabled_when_deliveries_are_given_up_in_a_row(
    endpoint, receiver, clock
):
    receiver.status = 500
    for number in (1, 2, 3):
        happen(number)
    WebhookDelivery.objects.update(attempt_count=len(DELAYS) - 1)
    for _ in range(2):
        deliveries_send(clock=clock)
        clock.forward(minutes=6)
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.exhausted_count) == (True, 2)
    deliveries_send(clock=clock)

    endpoint.refresh_from_db()
    assert endpoint.disabled_reason == DisabledReason.FAILING
    endpoint_enable(endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.exhausted_count) == (True, 0)


def test_success_between_forgives_what_was_given_up(endpoint, receiver, clock):
    happen()
    WebhookEndpoint.objects.update(exhausted_count=2, failure_count=30)
    deliveries_send(clock=clock)

    endpoint.refresh_from_db()
    assert (endpoint.exhausted_count, endpoint.failure_count) == (0, 0)


@pytest.mark.parametrize(
    ("header", "seconds"), [("3600", 3600), ("9999999", 86_400), ("1", 5)]
)
def test_retry_after_is_honoured_within_bounds(
    endpoint, receiver, clock, monkeypatch, header, seconds
):
    monkeypatch.setattr(sending.secrets, "randbelow", lambda _bound: 0)
    receiver.status, receiver.headers = 429, {"Retry-After": header}
    happen()
    deliveries_send(clock=clock)

    assert only().due_at == clock.now + timedelta(seconds=seconds)
    endpoint.refresh_from_db()
    assert endpoint.resting_until == clock.now + timedelta(seconds=seconds)


def test_endpoint_that_fails_rests_and_the_others_do_not_wait_for_it(
    make_endpoint, receiver, clock
):
    # Nobody listens there.
    broken = make_endpoint(url="http://127.0.0.1:1/")
    make_endpoint()
    for number in range(5):
        happen(number)

    assert deliveries_send(clock=clock) == 6
    assert len(receiver.requests) == 5
    assert broken.deliveries.exclude(last_result="").count() == 1
    assert broken.deliveries.filter(last_result="connection").count() == 1
    clock.forward(seconds=5)
    assert deliveries_send(clock=clock) == 1


def test_recall_goes_first_and_does_not_wait_for_a_resting_endpoint(
    endpoint, receiver, clock
):
    WebhookEndpoint.objects.update(
        event_types=["article.updated", "article.withdrawn"],
        resting_until=clock.now + timedelta(hours=5),
    )
    happen(1)
    happen(2, "article.withdrawn")

    assert deliveries_send(clock=clock, limit=1) == 1
    assert receiver.types == ["article.withdrawn"]
    happen(3, "article.withdrawn")
    deliveries_send(clock=clock)
    assert receiver.types == ["article.withdrawn"] * 2 + ["article.updated"]


def test_address_that_is_not_public_is_refused_and_nothing_is_sent(
    make_endpoint, receiver, clock, settings
):
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"WEBHOOK_PRIVATE_HOSTS": []}
    make_endpoint()
    happen()
    deliveries_send(clock=clock)

    assert results() == ["refused-address"]
    assert receiver.requests == []


def test_http_is_refused_unless_the_site_says_so(make_endpoint, receiver, clock, settings):  # fmt: skip
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"WEBHOOK_REQUIRE_HTTPS": True}
    make_endpoint()
    happen()
    deliveries_send(clock=clock)

    assert results() == ["refused-scheme"]
    assert receiver.requests == []


def test_settings_reach_the_request(endpoint, clock, monkeypatch, settings):
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "WEBHOOK_PRIVATE_HOSTS": ["Hooks.Example"], "WEBHOOK_TIMEOUT_SECONDS": 3,
    }  # fmt: skip
    seen: list[Rules] = []

    def post(_url: str, *, rules: Rules, **_kwargs: Any) -> Any:
        seen.append(rules)
        raise FailedError(Failure.TIMEOUT)

    monkeypatch.setattr(sending, "post", post)
    happen()
    deliveries_send(clock=clock)

    assert seen == [
        Rules(is_http_allowed=True, private_hosts=frozenset({"hooks.example"}), timeout_seconds=3)
    ]  # fmt: skip
    assert results() == ["timeout"]


def test_delivery_that_cannot_be_made_does_not_keep_the_others(
    make_endpoint, receiver, clock, caplog
):
    make_endpoint()
    happen(1)
    WebhookDelivery.objects.update(facts={})
    with caplog.at_level(logging.ERROR):
        assert deliveries_send(clock=clock) == 1
    clock.forward(seconds=5)
    happen(2)
    WebhookEndpoint.objects.update(resting_until=None)
    deliveries_send(clock=clock)

    assert results()[0] == "error"
    assert receiver.types == ["article.updated"]
    assert caplog.records[0].exc_info is not None


def test_event_that_came_while_an_older_one_was_tried_replaces_it(
    endpoint, receiver, clock
):
    receiver.status = 500
    happen()
    claimed = delivery_claim(now=clock())
    assert claimed is not None
    happen()  # The older one is being sent, so it stays.
    assert WebhookDelivery.objects.count() == 2
    delivery_attempt(claimed, clock=clock)

    older, newer = WebhookDelivery.objects.order_by("pk")
    assert (older.state, newer.state) == (DeliveryState.SUPERSEDED, DeliveryState.WAITING)  # fmt: skip


@pytest.mark.parametrize(
    ("newer", "state"),
    [
        ("article.updated", DeliveryState.WAITING),
        ("article.unpublished", DeliveryState.WAITING),
        ("article.published", DeliveryState.SUPERSEDED),
    ],
)
@pytest.mark.parametrize("when", ["before", "while", "after"])
def test_recall_is_replaced_by_a_publication_only(endpoint, receiver, clock, newer, state, when):  # fmt: skip
    """A recall that comes late must not take away what is public again."""
    receiver.status = 500
    happen(1, "article.withdrawn")
    if when == "before":
        happen(1, newer)
        types = WebhookDelivery.objects.values_list("type", flat=True)
        replaced = state == DeliveryState.SUPERSEDED
        assert ("article.withdrawn" in types) is not replaced
        return
    claimed = delivery_claim(now=clock())
    assert claimed is not None
    if when == "while":
        happen(1, newer)
    delivery_attempt(claimed, clock=clock)
    if when == "after":
        happen(1, newer)

    claimed.refresh_from_db()
    assert claimed.state == state


def test_event_replaces_an_older_one_that_failed(endpoint, receiver, clock):
    receiver.status = 500
    happen()
    deliveries_send(clock=clock)
    happen()

    older, newer = WebhookDelivery.objects.order_by("pk")
    assert (older.state, newer.attempt_count) == (DeliveryState.SUPERSEDED, 0)
    assert newer.due_at < older.due_at


def test_claimed_delivery_is_nobody_elses_until_the_claim_ends(endpoint, clock):
    happen()
    first = delivery_claim(now=clock())
    assert first is not None
    assert delivery_claim(now=clock()) is None
    assert delivery_claim(now=clock(), pk=first.pk) is None
    clock.forward(seconds=129)
    assert delivery_claim(now=clock()) is None
    clock.forward(seconds=1)
    second = delivery_claim(now=clock())

    assert second is not None
    assert (second.pk, second.attempt_count) == (first.pk, 2)
    assert second.claim != first.claim


def test_one_who_lost_the_claim_settles_nothing(endpoint, receiver, clock):
    happen()
    first = delivery_claim(now=clock())
    clock.forward(minutes=5)
    second = delivery_claim(now=clock())
    assert first is not None
    assert second is not None
    receiver.status = 500
    delivery_attempt(first, clock=clock)
    assert only().claim == second.claim
    receiver.status = 204
    delivery_attempt(second, clock=clock)

    assert only().state == DeliveryState.DELIVERED
    assert results() == ["500", "204"]


def test_endpoint_deleted_while_its_delivery_is_sent_leaves_nothing(
    endpoint, receiver, clock
):
    happen()
    claimed = delivery_claim(now=clock())
    assert claimed is not None
    endpoint.delete()
    delivery_attempt(claimed, clock=clock)

    assert len(receiver.requests) == 1
    assert WebhookAttempt.objects.count() == 0


def test_costs_of_sending_do_not_grow_with_the_queue(endpoint, clock, django_assert_num_queries):  # fmt: skip
    happen(1)
    with django_assert_num_queries(12):
        deliveries_send(limit=1, clock=clock)
    for number in range(2, 40):
        happen(number)
    with django_assert_num_queries(12):
        deliveries_send(limit=1, clock=clock)


def test_secret_is_in_no_row_and_no_log(endpoint, receiver, clock, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.status = 500
    happen()
    deliveries_send(clock=clock)
    secret = endpoint_secret(endpoint).removeprefix("whsec_")

    rows = [list(model.objects.values()) for model in (WebhookEndpoint, WebhookDelivery, WebhookAttempt)]  # fmt: skip
    assert secret not in json.dumps(rows, default=str)
    assert secret not in caplog.text


def test_rotation_signs_with_both_secrets_until_the_old_ones_time_is_over(
    endpoint, receiver, clock
):
    old = endpoint_secret(endpoint)
    endpoint_rotate(endpoint, now=clock())
    new = endpoint_secret(endpoint)
    assert new != old
    for number, hours in enumerate((0, 23, 25)):
        clock.now += timedelta(hours=hours) if number else timedelta(0)
        happen(number)
        deliveries_send(clock=clock)

    signed = [(is_signed(r, new), is_signed(r, old)) for r in receiver.requests]
    assert signed == [(True, True), (True, True), (True, False)]


def test_second_rotation_ends_the_first_secret_at_once(endpoint, clock):
    first = endpoint_secret(endpoint)
    endpoint_rotate(endpoint, now=clock())
    second = endpoint_secret(endpoint)
    endpoint_rotate(endpoint, now=clock())

    assert endpoint_secrets(endpoint, now=clock()) == [endpoint_secret(endpoint), second]  # fmt: skip
    assert first not in endpoint_secrets(endpoint, now=clock())


def test_new_key_of_the_site_signs_beside_the_former_one(endpoint, clock, settings):
    before = endpoint_secret(endpoint)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]  # fmt: skip

    assert endpoint_secret(endpoint) != before
    assert endpoint_secrets(endpoint, now=clock()) == [endpoint_secret(endpoint), before]  # fmt: skip


def test_secrets_of_endpoints_differ(make_endpoint):
    assert endpoint_secret(make_endpoint()) != endpoint_secret(make_endpoint())


def test_test_event_is_sent_at_once_also_to_a_disabled_endpoint(
    endpoint, receiver, clock
):
    endpoint_disable(endpoint, now=clock())
    delivery = endpoint_test(endpoint, clock=clock)

    assert receiver.events[0]["type"] == "webhook.test"
    assert receiver.events[0]["data"]["id"] == 0
    assert delivery.attempts.get().result == "204"


def test_test_event_that_fails_is_not_tried_again(endpoint, receiver, clock):
    receiver.status = 500
    delivery = endpoint_test(endpoint, clock=clock)
    delivery.refresh_from_db()
    endpoint.refresh_from_db()

    assert delivery.state == DeliveryState.FAILED
    assert (endpoint.failure_count, endpoint.exhausted_count) == (1, 0)


def test_settled_delivery_is_sent_again_with_the_same_id(endpoint, receiver, clock):
    happen()
    deliveries_send(clock=clock)
    assert delivery_repeat(only(), clock=clock)

    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert (only().state, only().attempt_count) == (DeliveryState.DELIVERED, 1)
    assert only().attempts.count() == 2


def test_waiting_delivery_is_not_sent_again(endpoint, receiver, clock):
    happen()

    assert not delivery_repeat(only(), clock=clock)
    assert receiver.requests == []


def test_purge_deletes_old_settled_deliveries_only(endpoint, clock, monkeypatch, capsys):  # fmt: skip
    monkeypatch.setattr("health_content.delivery.webhooks.endpoints.PURGE_BATCH", 2)
    for number in range(5):
        happen(number)
    deliveries_send(clock=clock)
    happen(6)
    clock.forward(days=30)
    assert deliveries_purge(now=clock()) == 0
    clock.forward(seconds=1)
    assert deliveries_purge(now=clock()) == 5

    assert (only().state, WebhookAttempt.objects.count()) == (DeliveryState.WAITING, 0)
    call_command("purge_webhooks")
    assert capsys.readouterr().out == "0 deliveries deleted.\n"


def test_command_sends_what_is_due(endpoint, receiver, capsys):
    happen()
    call_command("send_webhooks", "--once")

    assert receiver.types == ["article.updated"]
    assert capsys.readouterr().out == "1 attempts.\n"


def test_task_sends_what_is_due(endpoint, receiver):
    happen()
    tasks.send_webhooks.call()

    assert receiver.types == ["article.updated"]


def test_command_outlives_a_database_that_is_away(monkeypatch, caplog):
    handlers: dict[int, Any] = {}
    calls: list[int] = []

    def send(limit: int, is_over: Callable[[], bool]) -> int:
        calls.append(limit)
        if len(calls) == 1:
            raise OperationalError
        handlers[signal.SIGTERM]()
        assert is_over()
        return 0

    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(send_webhooks, "deliveries_send", send)
    call_command("send_webhooks", "--interval", "0")

    assert calls == [send_webhooks.BATCH] * 2
    assert "trying again" in caplog.text


def worker(*arguments: str) -> subprocess.Popen[str]:
    """Start `manage.py` with *arguments* on the test's database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    environment = os.environ | {
        "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.delivery.webhooks.worker_settings",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_killed_worker_loses_nothing_and_nobody_sends_twice_meanwhile(
    make_endpoint: Callable[..., WebhookEndpoint], receiver: Receiver, clock: Clock
) -> None:
    endpoint = make_endpoint(sites=[])
    happen(1)
    happen(2)
    receiver.is_silent = True
    killed = worker("send_webhooks", "--interval", "0.01")
    try:
        assert receiver.arrived.wait(60)
    finally:
        killed.kill()
        killed.communicate(timeout=60)
    assert killed.returncode == -9
    receiver.is_silent = False

    # The one in the middle is claimed; the other goes out, and nothing else does.
    clock.now = datetime.now(UTC)
    assert deliveries_send(clock=clock) == 1
    assert [event["data"]["id"] for event in receiver.events] == [1, 2]
    clock.forward(minutes=5)
    assert deliveries_send(clock=clock) == 1

    assert [event["data"]["id"] for event in receiver.events] == [1, 2, 1]
    first, _, again = receiver.requests
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert endpoint.deliveries.filter(state=DeliveryState.DELIVERED).count() == 2


@pytest.mark.django_db(transaction=True)
def test_worker_killed_before_it_could_send_loses_nothing(
    make_endpoint: Callable[..., WebhookEndpoint], receiver: Receiver, clock: Clock
) -> None:
    endpoint = make_endpoint(sites=[])
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        WebhookEndpoint.objects.update(url=f"http://127.0.0.1:{deaf.getsockname()[1]}/")
        happen()
        killed = worker("send_webhooks", "--interval", "0.01")
        deaf.settimeout(60)
        connection_, _ = deaf.accept()  # It is there; nobody reads what it says.
        killed.kill()
        killed.communicate(timeout=60)
        connection_.close()
    WebhookEndpoint.objects.update(url=endpoint.url)

    assert (only().state, only().attempt_count, results()) == (DeliveryState.WAITING, 1, [])  # fmt: skip
    clock.now = datetime.now(UTC) + timedelta(minutes=5)
    assert deliveries_send(clock=clock) == 1

    assert len(receiver.requests) == 1
    assert only().state == DeliveryState.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_worker_killed_between_the_answer_and_the_commit_sends_once_more_and_no_more(
    make_endpoint: Callable[..., WebhookEndpoint], receiver: Receiver, clock: Clock
) -> None:
    """The worker cannot write down the answer: somebody holds what it has to lock. Then it is killed."""
    make_endpoint(sites=[])
    happen()
    receiver.is_silent = True
    receiver.is_patient = True
    killed = worker("send_webhooks", "--interval", "0.01")
    try:
        assert receiver.arrived.wait(60)
        with transaction.atomic():
            WebhookDelivery.objects.update(last_result="")
            receiver.answer()
            assert receiver.answered.wait(60)
            killed.kill()
            killed.communicate(timeout=60)
    finally:
        killed.kill()
    receiver.is_silent = False

    assert (only().state, results()) == (DeliveryState.WAITING, [])
    clock.now = datetime.now(UTC) + timedelta(minutes=5)
    assert deliveries_send(clock=clock) == 1
    assert deliveries_send(clock=clock) == 0

    first, again = receiver.requests
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    assert (only().state, results()) == (DeliveryState.DELIVERED, ["204"])


@pytest.mark.django_db(transaction=True)
def test_worker_ends_when_told_to(
    make_endpoint: Callable[..., WebhookEndpoint], receiver: Receiver
) -> None:
    make_endpoint(sites=[])
    happen()
    running = worker("send_webhooks", "--interval", "30")
    assert receiver.arrived.wait(60)
    running.terminate()
    output, _ = running.communicate(timeout=60)

    assert (running.returncode, output) == (0, "")
    assert only().state == DeliveryState.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_never_take_the_same_delivery(
    make_endpoint: Callable[..., WebhookEndpoint], receiver: Receiver, clock: Clock
) -> None:
    make_endpoint(sites=[])
    for number in range(24):
        happen(number)

    def work(_worker: int) -> int:
        try:
            return deliveries_send(clock=clock)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) == 24
    told = [request.headers["webhook-id"] for request in receiver.requests]
    assert (len(told), len(set(told))) == (24, 24)
    assert set(WebhookDelivery.objects.values_list("attempt_count", flat=True)) == {1}
