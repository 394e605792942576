"""What people do with webhooks, as Wagtail's history names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .endpoints import EndpointValues

# Wagtail's own.
CREATE, EDIT, DELETE = "wagtail.create", "wagtail.edit", "wagtail.delete"
ROTATE = "health_delivery.webhook.rotate"
TEST = "health_delivery.webhook.test"
ENABLE = "health_delivery.webhook.enable"
DISABLE = "health_delivery.webhook.disable"
REPEAT = "health_delivery.webhook.repeat"


def of_change(values: EndpointValues, *, is_enabled: bool | None) -> Iterator[str]:
    """Yield what a change by program did."""
    if any((values.name, values.url, values.event_types, values.sites)):
        yield EDIT
    if is_enabled is not None:
        yield ENABLE if is_enabled else DISABLE
