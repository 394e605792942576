"""Those who may manage webhooks do so in the admin; nobody else sees or does anything there."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from health_content.delivery.models import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from health_content.delivery.webhooks.event_types import EVENT_TYPES
from health_content.delivery.webhooks.keys import endpoint_secret
from health_content.delivery.webhooks.outbox import Event, event_record
from health_content.delivery.webhooks.sending import delivery_claim
from tests.factories import editor, home_page, superuser, user

pytestmark = pytest.mark.django_db
INDEX = "/admin/webhooks/"
LOG = "/admin/webhook-deliveries/"


def happen(number: int = 1) -> WebhookDelivery:
    """Record an event about the page *number* and return its delivery."""
    event_record(Event(type="article.updated", subject=f"page-{number}", facts={"page": number}))  # fmt: skip
    return WebhookDelivery.objects.latest("pk")


def detail(endpoint: WebhookEndpoint) -> str:
    return f"{INDEX}{endpoint.pk}/"


def form(**values: Any) -> dict[str, Any]:
    site = Site.objects.get(is_default_site=True)
    return {
        "name": "Front end",
        "url": "https://hooks.example/in",
        "event_types": ["article.published"],
        "sites": [site.pk],
    } | values


@pytest.fixture
def manager(client: Any) -> Any:
    """Return somebody who may manage webhooks, and is logged in."""
    someone = editor(model_permissions=("manage_webhooks",))
    client.force_login(someone)
    return someone


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor"])
def test_nobody_without_the_permission_sees_or_does_anything(client, endpoint, who):
    delivery = happen()
    if who != "anonymous":
        client.force_login(user() if who == "reader" else editor("change", "publish"))
    before = (list(WebhookEndpoint.objects.values()), list(WebhookDelivery.objects.values()))  # fmt: skip

    answers = [
        client.get(INDEX), client.get(LOG), client.get(detail(endpoint)), client.get(f"{LOG}{delivery.pk}/"),
        client.get(f"{INDEX}new/"), client.get(f"{INDEX}edit/{endpoint.pk}/"),
        client.post(f"{INDEX}new/", form()), client.post(f"{INDEX}edit/{endpoint.pk}/", form()),
        client.post(f"{INDEX}delete/{endpoint.pk}/"), client.post(f"{LOG}{delivery.pk}/"),
        *(client.post(detail(endpoint), {"action": name}) for name in ("rotate", "test", "enable", "disable")),
        client.get(f"{INDEX}history/{endpoint.pk}/"), client.get(f"{INDEX}usage/{endpoint.pk}/"),
    ]  # fmt: skip

    # Wagtail sends them elsewhere.
    assert {answer.status_code for answer in answers} == {302}
    assert endpoint_secret(endpoint).encode() not in b"".join(a.content for a in answers)  # fmt: skip
    assert before == (list(WebhookEndpoint.objects.values()), list(WebhookDelivery.objects.values()))  # fmt: skip
    if who == "editor":
        menu = client.get("/admin/").content.decode()
        assert "webhook" not in menu.lower()


def test_manager_finds_both_lists_in_the_menu(client, manager):
    menu = client.get("/admin/").content.decode()

    assert INDEX in menu
    assert LOG in menu


def test_permission_is_offered_for_groups(client):
    client.force_login(superuser())

    assert "Can manage webhooks" in client.get(reverse("wagtailusers_groups:add")).content.decode()  # fmt: skip


def test_webhook_is_added_and_its_secret_shown_once(client, manager):
    home_page()
    answer = client.post(f"{INDEX}new/", form(event_types=list(EVENT_TYPES)), follow=True)  # fmt: skip

    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.name, endpoint.url) == ("Front end", "https://hooks.example/in")
    assert endpoint.event_types == list(EVENT_TYPES)
    assert [site.is_default_site for site in endpoint.sites.all()] == [True]
    assert answer.request["PATH_INFO"] == detail(endpoint)
    secret = endpoint_secret(endpoint)
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert secret not in client.get(detail(endpoint)).content.decode()
    assert secret not in json.dumps(dict(client.session))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://hooks.example/", "begin with https://"),
        ("ftp://hooks.example/", "begin with https://"),
        ("https://user:word@hooks.example/", "messages are signed"),
        ("https://2130706433/", "usable host name"),
        ("https://hooks.example:0/", "usable port"),
        ("https://hooks.example/#x", "whole address"),
        ("", "required"),
    ],
)
def test_address_that_could_not_be_used_is_refused_in_words(client, manager, url, message):  # fmt: skip
    home_page()
    answer = client.post(f"{INDEX}new/", form(url=url))

    assert message in answer.content.decode()
    assert WebhookEndpoint.objects.count() == 0


@pytest.mark.parametrize("name", ["event_types", "sites", "name"])
def test_nothing_is_chosen_silently(client, manager, name):
    home_page()
    values = form()
    del values[name]
    client.post(f"{INDEX}new/", values)

    assert WebhookEndpoint.objects.count() == 0


def test_only_site_is_chosen_in_a_new_form(client, manager):
    home_page()

    assert "checked" in client.get(f"{INDEX}new/").content.decode()


def test_webhook_is_changed_and_deleted(client, manager, endpoint):
    happen()
    client.post(f"{INDEX}edit/{endpoint.pk}/", form(name="Renamed", event_types=["faq.moved"]))  # fmt: skip
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.event_types) == ("Renamed", ["faq.moved"])

    client.post(f"{INDEX}delete/{endpoint.pk}/")

    assert (WebhookEndpoint.objects.count(), WebhookDelivery.objects.count()) == (0, 0)


def test_rotation_shows_the_new_secret_once(client, manager, endpoint):
    old = endpoint_secret(endpoint)
    answer = client.post(detail(endpoint), {"action": "rotate"}, follow=True)

    endpoint.refresh_from_db()
    new = endpoint_secret(endpoint)
    assert new != old
    page = answer.content.decode()
    assert new in page
    assert old not in page
    assert "previous secret signs until" in page
    assert new not in client.get(detail(endpoint)).content.decode()


def test_secret_is_shown_for_the_webhook_it_is_of_only(client, manager, make_endpoint):
    first, second = make_endpoint(), make_endpoint()
    client.post(detail(first), {"action": "rotate"})

    assert "whsec_" not in client.get(detail(second)).content.decode()
    assert "whsec_" in client.get(detail(first)).content.decode()


def test_history_says_who_did_what_and_no_secret(client, manager, endpoint, caplog):
    caplog.set_level(logging.DEBUG)
    for action in ("rotate", "disable", "enable", "test"):
        client.post(detail(endpoint), {"action": action}, follow=True)
    client.post(f"{LOG}{WebhookDelivery.objects.get().pk}/")
    endpoint.refresh_from_db()

    entries = ModelLogEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == [
        f"health_delivery.webhook.{name}"
        for name in ("rotate", "disable", "enable", "test", "repeat")
    ]
    assert {entry.user for entry in entries} == {manager}
    history = client.get(f"{INDEX}history/{endpoint.pk}/").content.decode()
    assert "Secret rotated" in history
    key = endpoint_secret(endpoint).removeprefix("whsec_")
    logged = json.dumps(list(entries.values()), default=str)
    assert key not in logged + history + caplog.text


def test_unknown_button_does_nothing(client, manager, endpoint):
    assert client.post(detail(endpoint), {"action": "destroy"}).status_code == 400
    assert ModelLogEntry.objects.count() == 0


@pytest.mark.parametrize("path", [f"{INDEX}999/", f"{LOG}999/"])
def test_what_is_not_there_is_not_found(client, manager, path):
    assert client.get(path).status_code == 404


def test_webhook_is_disabled_and_enabled(client, manager, endpoint):
    client.post(detail(endpoint), {"action": "disable"})
    endpoint.refresh_from_db()
    assert endpoint.disabled_reason == DisabledReason.BY_HAND
    assert "Switched off here" in client.get(INDEX).content.decode()

    answer = client.post(detail(endpoint), {"action": "enable"}, follow=True)

    endpoint.refresh_from_db()
    assert (endpoint.is_enabled, endpoint.disabled_reason) == (True, "")
    assert "is enabled" in answer.content.decode()


def test_list_says_that_a_webhook_fails(client, manager, endpoint):
    WebhookEndpoint.objects.update(failure_count=3)

    assert "Failing" in client.get(INDEX).content.decode()


def test_test_event_is_sent_and_its_answer_shown_escaped(client, manager, endpoint, receiver):  # fmt: skip
    receiver.status, receiver.body = 500, b"<script>alert(1)</script>"
    answer = client.post(detail(endpoint), {"action": "test"}, follow=True)

    assert receiver.types == ["webhook.test"]
    page = answer.content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "The answer to the test was: 500" in page


def test_log_is_filtered(client, manager, make_endpoint):
    first, second = make_endpoint(name="First"), make_endpoint(name="Second")
    happen()
    WebhookDelivery.objects.filter(endpoint=first).update(
        type="faq.moved", state=DeliveryState.FAILED
    )

    def shown(**query: Any) -> int:
        return client.get(LOG, query).context["page_obj"].paginator.count

    assert shown() == 2
    assert shown(endpoint=second.pk) == 1
    assert shown(type="faq.moved") == 1
    assert shown(state="failed", endpoint=second.pk) == 0
    assert "First" in client.get(f"{LOG}results/").content.decode()


def test_settled_delivery_is_sent_again(client, manager, endpoint, receiver):
    delivery = happen()
    for _ in range(2):
        answer = client.post(f"{LOG}{delivery.pk}/", follow=True)

    assert "It was delivered." in answer.content.decode()
    ids = {request.headers["webhook-id"] for request in receiver.requests}
    assert (len(receiver.requests), ids) == (2, {delivery.message_id})


def test_delivery_that_fails_again_says_so(client, manager, endpoint, receiver):
    receiver.status = 503
    delivery = happen()
    answer = client.post(f"{LOG}{delivery.pk}/", follow=True)

    assert "It was not delivered: 503" in answer.content.decode()
    assert "Next attempt" in answer.content.decode()


def test_delivery_that_is_being_sent_is_left_alone(client, manager, endpoint, receiver):
    delivery = happen()
    delivery_claim(now=datetime.now(UTC))
    answer = client.post(f"{LOG}{delivery.pk}/", follow=True)

    assert "It is being sent right now." in answer.content.decode()
    assert receiver.requests == []


@pytest.mark.parametrize("page", ["webhooks", "log", "webhook", "delivery"])
def test_pages_cost_as_many_queries_for_many_rows_as_for_few(
    client, manager, make_endpoint, page
):
    endpoint = make_endpoint()
    delivery = happen()
    paths = {
        "webhooks": INDEX, "log": LOG, "webhook": detail(endpoint), "delivery": f"{LOG}{delivery.pk}/",
    }  # fmt: skip

    def grow(count: int) -> int:
        for number in range(count):
            make_endpoint(name=f"Webhook {number}")
            happen(number + 2)
            WebhookAttempt.objects.create(
                delivery=delivery, started_at=datetime.now(UTC), duration_ms=5, result="500"
            )  # fmt: skip
        client.get(paths[page])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(paths[page])
        return len(queries)

    assert grow(2) == grow(18)


def test_health_is_shown(client, manager, endpoint):
    WebhookEndpoint.objects.update(
        failure_count=7, last_failure_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    happen()
    page = client.get(detail(endpoint)).content.decode()

    assert "Failures since the last success" in page
    assert "<dd>7</dd>" in page
    assert "article.updated" in page


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("WEBHOOK_REQUIRE_HTTPS", "yes"),
        ("WEBHOOK_PRIVATE_HOSTS", "hooks.example"),
        ("WEBHOOK_PRIVATE_HOSTS", ["http://hooks.example"]),
        ("WEBHOOK_TIMEOUT_SECONDS", 0),
        ("WEBHOOK_TIMEOUT_SECONDS", 61),
        ("WEBHOOK_ROTATION_HOURS", -1),
        ("WEBHOOK_RETENTION_DAYS", 0),
        ("WEBHOOK_RETENTION_DAYS", True),
    ],
)
def test_wrong_setting_is_said_at_start(settings, key, value):
    assert [e for e in run_checks() if e.id == "health_content.E004"] == []
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {key: value}

    [error] = [e for e in run_checks() if e.id == "health_content.E004"]
    assert key in error.msg
