"""Webhooks by program: what the admin can do, on the token's sites, and secrets are shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, Site

from health_content import compat
from health_content.delivery.models import (
    DeliveryState,
    DisabledReason,
    WebhookDelivery,
    WebhookEndpoint,
)
from health_content.delivery.scopes import Scope
from health_content.delivery.webhooks.keys import endpoint_secret
from health_content.delivery.webhooks.outbox import Event, event_record
from health_content.delivery.webhooks.sending import deliveries_send, delivery_claim
from tests.factories import editor, home_page, index, user

from .caller import Caller, token_of
from .conftest import SINGLE_TYPES
from .test_recall_api import assert_shape, problem

if TYPE_CHECKING:
    from .conftest import Clock

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens"),
]
LIST = "webhooks/endpoints/"
LOG = "webhooks/deliveries/"
BODY = {
    "name": "App of a partner",
    "url": "https://hooks.example/in",
    "event_types": ["article.published", "article.withdrawn"],
    "sites": ["testserver"],
}


@pytest.fixture
def manager() -> Caller:
    """Return a client whose token manages webhooks of all sites."""
    home_page()
    return token_of(editor(model_permissions=("manage_webhooks",)), Scope.WEBHOOKS_MANAGE)  # fmt: skip


@pytest.fixture
def elsewhere() -> Site:
    """Return another site."""
    home_page()
    return Site.objects.create(hostname="b.example", port=8080, root_page=index(title="B"))  # fmt: skip


def happen(number: int = 1, event_type: str = "article.updated") -> WebhookDelivery:
    """Record an event and return its delivery."""
    event_record(Event(type=event_type, subject=f"page-{number}", facts={"page": number}))  # fmt: skip
    return WebhookDelivery.objects.select_related("endpoint").latest("pk")


def logged(endpoint: WebhookEndpoint) -> list[str]:
    """Return what Wagtail's history says was done, the oldest first."""
    entries = ModelLogEntry.objects.filter(object_id=str(endpoint.pk)).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_webhook_is_added_and_its_secret_shown_this_once(manager):
    answer = manager.post(LIST, BODY)

    endpoint = WebhookEndpoint.objects.get()
    assert answer.status_code == 201
    assert_shape(answer, "WebhookEndpointWithSecret")
    assert answer.headers["Location"] == f"/api/content/v1/{LIST}{endpoint.uuid}/"
    shown = answer.json()
    assert shown["secret"] == endpoint_secret(endpoint)
    assert shown["account"] == manager.owner.username
    assert {name: shown[name] for name in BODY} == BODY
    assert (endpoint.account, logged(endpoint)) == (manager.owner, ["wagtail.create"])
    for again in (manager.get(f"{LIST}{endpoint.uuid}/"), manager.get(LIST)):
        assert endpoint_secret(endpoint) not in again.content.decode()


@pytest.mark.parametrize(
    ("given", "pointer", "status"),
    [
        ({"url": "http://hooks.example/"}, "#/url", 422),
        ({"url": "https://127.1/"}, "#/url", 422),
        ({"url": "https://user@hooks.example/"}, "#/url", 422),
        ({"sites": ["nowhere.example"]}, "#/sites/0", 422),
        ({"sites": []}, "#/sites", 400),
        ({"sites": ["testserver", "testserver"]}, "#/sites/1", 400),
        ({"event_types": []}, "#/event_types", 400),
        ({"event_types": ["article.burned"]}, "#/event_types/0", 400),
        ({"event_types": ["webhook.test"]}, "#/event_types/0", 400),
        ({"name": "  "}, "#/name", 400),
        ({"secret": "whsec_mine"}, "#/secret", 400),
        ({"is_enabled": True}, "#/is_enabled", 400),
    ],
)
def test_webhook_that_cannot_be_is_refused(manager, settings, given, pointer, status):
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"WEBHOOK_REQUIRE_HTTPS": True}
    answer = manager.post(LIST, BODY | given)

    assert problem(answer)[0] == status
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert WebhookEndpoint.objects.count() == 0


def test_webhook_is_changed_in_what_the_body_names(manager, endpoint, elsewhere):
    path = f"{LIST}{endpoint.uuid}/"
    answer = manager.request("patch", path, {"name": "New name", "sites": ["b.example:8080"]})  # fmt: skip

    assert answer.status_code == 200
    assert_shape(answer, "WebhookEndpoint")
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.event_types) == ("New name", SINGLE_TYPES)
    assert list(endpoint.sites.all()) == [elsewhere]
    assert manager.request("patch", path, {}).json() == manager.get(path).json()
    assert logged(endpoint) == ["wagtail.edit"]


def test_webhook_is_disabled_and_enabled(manager, endpoint):
    path = f"{LIST}{endpoint.uuid}/"
    WebhookEndpoint.objects.update(failure_count=3)
    off = manager.request("patch", path, {"is_enabled": False}).json()
    on = manager.request("patch", path, {"is_enabled": True}).json()

    assert (off["is_enabled"], off["disabled_reason"]) == (False, DisabledReason.BY_HAND)  # fmt: skip
    assert (on["is_enabled"], on["disabled_reason"], on["failure_count"]) == (True, None, 0)  # fmt: skip
    assert logged(endpoint) == ["health_delivery.webhook.disable", "health_delivery.webhook.enable"]  # fmt: skip


def test_webhook_is_removed(manager, endpoint):
    happen()
    answer = manager.request("delete", f"{LIST}{endpoint.uuid}/", None)

    assert (answer.status_code, answer.content) == (204, b"")
    assert (WebhookEndpoint.objects.count(), WebhookDelivery.objects.count()) == (0, 0)
    assert logged(endpoint) == ["wagtail.delete"]


def test_secret_is_rotated_and_shown_this_once(manager, endpoint):
    before = endpoint_secret(endpoint)
    answer = manager.post(f"{LIST}{endpoint.uuid}/rotate/", None)

    endpoint.refresh_from_db()
    assert_shape(answer, "WebhookEndpointWithSecret")
    assert answer.json()["secret"] == endpoint_secret(endpoint) != before
    assert answer.json()["previous_secret_until"] is not None
    assert "secret" not in manager.get(f"{LIST}{endpoint.uuid}/").json()
    assert logged(endpoint) == ["health_delivery.webhook.rotate"]


def test_test_event_is_sent_at_once(manager, endpoint, receiver):
    answer = manager.post(f"{LIST}{endpoint.uuid}/test/", None)

    assert_shape(answer, "WebhookDeliveryDetail")
    assert receiver.types == ["webhook.test"]
    told = answer.json()
    assert (told["type"], told["state"], told["last_result"]) == (
        "webhook.test", "delivered", "204",
    )  # fmt: skip
    assert [attempt["result"] for attempt in told["attempts"]] == ["204"]


def test_deliveries_are_listed_by_webhook_state_and_type(
    manager, make_endpoint, receiver, clock
):
    first = make_endpoint(name="A")
    happen(1, "article.published")
    deliveries_send(clock=clock)
    second = make_endpoint(name="B")
    happen(2)
    happen(3, "article.withdrawn")

    def ids(query: str) -> list[tuple[str, str]]:
        answer = manager.get(f"{LOG}?{query}")
        assert_shape(answer, "WebhookDeliveryList")
        return [(item["subject"], item["endpoint"]) for item in answer.json()["items"]]

    a, b = str(first.uuid), str(second.uuid)
    assert sorted(ids("")) == sorted(
        [("page-3", a), ("page-3", b), ("page-2", a), ("page-2", b), ("page-1", a)]
    )
    assert ids(f"endpoint={b}") == [("page-3", b), ("page-2", b)]
    assert ids("state=delivered") == [("page-1", a)]
    assert sorted(ids("type=article.withdrawn")) == sorted([("page-3", a), ("page-3", b)])  # fmt: skip
    assert ids(f"endpoint={a}&state=waiting&type=article.updated") == [("page-2", a)]
    for query in ("state=lost", "type=other", "endpoint=1", "cursor=x", "x=1"):
        assert problem(manager.get(f"{LOG}?{query}")) == (400, "invalid-request")


def test_pages_of_the_log_are_gapless(manager, endpoint):
    for number in range(5):
        happen(number)
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        answer = manager.get(f"{LOG}?page_size=2{cursor}").json()
        seen += [item["subject"] for item in answer["items"]]
        cursor = f"&cursor={answer['next']}"

    assert seen == [f"page-{number}" for number in (4, 3, 2, 1, 0)]
    assert answer["next"] is None


@pytest.mark.parametrize("path", [LIST, LOG])
def test_lists_cost_as_many_queries_for_many_as_for_few(
    manager, make_endpoint, path, elsewhere
):
    token = token_of(manager.owner, Scope.WEBHOOKS_MANAGE, sites=list(Site.objects.all()))  # fmt: skip
    token.get(path)
    counts = []
    for number in (2, 6):
        for each in range(number):
            make_endpoint(account=user())
            happen(each)
        with CaptureQueriesContext(connection) as asked:
            assert len(token.get(path).json()["items"]) >= number
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_delivery_is_sent_again_with_the_same_id(manager, endpoint, receiver, clock):
    delivery = happen()
    receiver.status = 500
    deliveries_send(clock=clock)
    receiver.status = 204
    path = f"{LOG}{delivery.message_id}/"
    waiting = manager.get(path)
    assert_shape(waiting, "WebhookDeliveryDetail")
    assert (waiting.json()["state"], waiting.json()["due_at"] is not None) == ("waiting", True)  # fmt: skip

    first = manager.post(f"{path}redeliver/", None).json()
    second = manager.post(f"{path}redeliver/", None).json()

    assert (first["state"], second["state"]) == ("delivered", "delivered")
    assert [attempt["result"] for attempt in second["attempts"]] == ["500", "204", "204"]  # fmt: skip
    assert {request.headers["webhook-id"] for request in receiver.requests} == {delivery.message_id}  # fmt: skip
    assert logged(endpoint) == ["health_delivery.webhook.repeat"] * 2


def test_delivery_that_is_being_sent_is_left_alone(manager, endpoint, clock: Clock):
    delivery = happen()
    delivery_claim(now=clock(), pk=delivery.pk)
    answer = manager.post(f"{LOG}{delivery.message_id}/redeliver/", None)

    assert problem(answer) == (409, "delivery-busy")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING


def routes(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> list[tuple[str, str, Any]]:  # fmt: skip
    """Return every request that the API takes for webhooks."""
    one, sent = f"{LIST}{endpoint.uuid}/", f"{LOG}{delivery.message_id}/"
    return [
        ("get", LIST, None), ("post", LIST, BODY), ("get", one, None), ("patch", one, {"name": "Other"}),
        ("delete", one, None), ("post", f"{one}rotate/", None), ("post", f"{one}test/", None), ("get", LOG, None),
        ("get", sent, None), ("post", f"{sent}redeliver/", None),
    ]  # fmt: skip


def rows() -> tuple[Any, ...]:
    return (list(WebhookEndpoint.objects.values()), list(WebhookDelivery.objects.values()))  # fmt: skip


@pytest.mark.parametrize("who", ["anonymous", "bad token", "other scope", "user without the permission"])  # fmt: skip
def test_nobody_without_the_right_sees_or_does_anything(endpoint, receiver, who):
    delivery = happen()
    before = rows()
    client = {
        "anonymous": lambda: Caller(None),
        "bad token": lambda: Caller("nonsense"),
        "other scope": lambda: token_of(
            editor(model_permissions=("manage_webhooks",)), Scope.ACKS_WRITE
        ),
        "user without the permission": lambda: token_of(user(), Scope.WEBHOOKS_MANAGE),
    }[who]()

    for method, path, body in routes(endpoint, delivery):
        answer = client.request(method, path, body)
        expected = 401 if who in {"anonymous", "bad token"} else 403
        assert problem(answer)[0] == expected, path
        assert b"Front end" not in answer.content
        assert endpoint_secret(endpoint).encode() not in answer.content
    assert rows() == before
    assert receiver.requests == []


@pytest.mark.parametrize("reach", ["other site", "one of two sites"])
def test_webhook_of_a_site_that_is_not_the_tokens_does_not_exist(
    manager, endpoint, receiver, elsewhere, reach
):
    default = Site.objects.get(is_default_site=True)
    if reach == "one of two sites":
        endpoint.sites.add(elsewhere)
        token = token_of(manager.owner, Scope.WEBHOOKS_MANAGE, sites=[default])
    else:
        token = token_of(manager.owner, Scope.WEBHOOKS_MANAGE, sites=[elsewhere])
    delivery = happen()
    before = rows()

    for method, path, body in routes(endpoint, delivery):
        answer = token.request(method, path, body)
        if (method, path) in {("get", LIST), ("get", LOG)}:
            assert answer.json()["items"] == []
        elif (method, path) == ("post", LIST):
            is_own = reach == "one of two sites"
            assert answer.status_code == (201 if is_own else 422)
            WebhookEndpoint.objects.exclude(pk=endpoint.pk).delete()
        else:
            assert problem(answer) == (404, "not-found"), path
    assert rows() == before
    assert receiver.requests == []


def test_webhook_cannot_be_given_a_site_that_is_not_the_tokens(
    manager, endpoint, elsewhere
):
    default = Site.objects.get(is_default_site=True)
    token = token_of(manager.owner, Scope.WEBHOOKS_MANAGE, sites=[default])
    answer = token.request(
        "patch", f"{LIST}{endpoint.uuid}/", {"name": "Other", "sites": ["testserver", "b.example:8080"]}
    )  # fmt: skip

    assert problem(answer) == (422, "unprocessable-content")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/sites/1"]
    endpoint.refresh_from_db()
    assert (endpoint.name, list(endpoint.sites.all())) == ("Front end", [default])


def test_webhook_without_a_site_is_for_tokens_of_all_sites(manager, make_endpoint):
    make_endpoint(sites=[])
    default = Site.objects.get(is_default_site=True)
    token = token_of(manager.owner, Scope.WEBHOOKS_MANAGE, sites=[default])

    assert token.get(LIST).json()["items"] == []
    assert len(manager.get(LIST).json()["items"]) == 1


def test_what_is_not_there_is_not_found(manager) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    assert problem(manager.get(f"{LIST}{missing}/")) == (404, "not-found")
    assert problem(manager.get(f"{LIST}{'-' * 36}/")) == (404, "not-found")
    assert problem(manager.get(f"{LOG}msg_{'0' * 32}/")) == (404, "not-found")
