"""What the tests of webhooks share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Site

from health_content.delivery.models import WebhookEndpoint
from health_content.delivery.webhooks.event_types import EVENT_TYPES
from tests.factories import home_page

from .receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# All but the one that tells of many pages at once.
SINGLE_TYPES = [name for name in EVENT_TYPES if name != "content.changed"]


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a running receiver on 127.0.0.1."""
    with Receiver.running() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    """Return a clock for the senders, a minute ahead: what the test records is due, on a slow machine, too."""
    made = Clock()
    made.forward(minutes=1)
    return made


@pytest.fixture
def reachable(settings: Any) -> None:
    """Let webhooks reach this machine, by http."""
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "WEBHOOK_REQUIRE_HTTPS": False,
        "WEBHOOK_PRIVATE_HOSTS": ["127.0.0.1"],
    }


@pytest.fixture
def make_endpoint(db: None, reachable: None, receiver: Receiver) -> Callable[..., Any]:
    """Return `make_endpoint(**fields)`: an endpoint for each event of the default site, at the receiver."""

    def make(**fields: Any) -> WebhookEndpoint:
        sites = fields.pop("sites", None)
        if sites is None:
            home_page()
            sites = [Site.objects.get(is_default_site=True)]
        values = {"name": "Front end", "url": receiver.url, "event_types": SINGLE_TYPES}  # fmt: skip
        endpoint = WebhookEndpoint.objects.create(**values | fields)
        endpoint.sites.set(sites)
        return endpoint

    return make


@pytest.fixture
def endpoint(make_endpoint: Callable[..., WebhookEndpoint]) -> WebhookEndpoint:
    """Return an endpoint for each event of the default site, at the receiver."""
    return make_endpoint()
