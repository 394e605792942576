"""Webhooks by program: the same services as in the admin."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from ..outbound_rules import RefusedError
from ..scopes import Scope
from ..selectors.endpoints import (
    deliveries_managed,
    delivery_json,
    delivery_page,
    endpoint_json,
    endpoint_page,
    endpoints_managed,
    sites_named,
)
from ..webhooks import actions
from ..webhooks.endpoints import (
    EndpointValues,
    delivery_send_again,
    endpoint_change,
    endpoint_create,
    endpoint_delete,
    endpoint_rotate,
    endpoint_test,
)
from ..webhooks.keys import endpoint_secret
from ..webhooks.rules import check_address, is_one_line
from .base import query_string_of
from .body import read_body, unprocessable
from .body_bytes import field_error
from .caller_grammar import (
    ENDPOINT_CHANGES,
    ENDPOINT_FIELDS,
    read_delivery_query,
    read_endpoint_query,
)
from .caller_lists import page_response
from .grammar import read_no_query
from .problems import Problem, not_found
from .write import WriteView, empty_response, json_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Site

    from ..models import WebhookDelivery, WebhookEndpoint


class _ManageView(WriteView):
    """What the scope `webhooks:manage` opens, on the token's sites."""

    scope = Scope.WEBHOOKS_MANAGE

    def endpoint(self, endpoint_id: str) -> WebhookEndpoint:
        """Return the webhook that the path names, if all its sites are the token's."""
        managed = endpoints_managed(self.known_caller.site_ids)
        found = managed.filter(uuid=endpoint_id).first()
        if found is None:
            raise not_found("There is no such webhook on the token's sites.")
        return found

    def delivery(self, delivery_id: str) -> WebhookDelivery:
        """Return the delivery that the path names, if it is of such a webhook."""
        managed = deliveries_managed(self.known_caller.site_ids)
        found = managed.filter(message_id=delivery_id).first()
        if found is None:
            raise not_found("There is no such delivery on the token's sites.")
        return found

    def log(self, endpoint: WebhookEndpoint, action: str) -> None:
        """Note in Wagtail's history who did what."""
        log(instance=endpoint, action=action, user=self.known_caller.user)


class EndpointListView(_ManageView):
    """All webhooks of the token's sites."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of them, in order of their making."""
        query = read_endpoint_query(query_string_of(request))
        found = endpoint_page(
            self.known_caller.site_ids, cursor=query.cursor, page_size=query.page_size
        )
        return page_response(request, found, page_size=query.page_size)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add one, whose account is the token's, and show its secret, this once."""
        given = read_body(request, ENDPOINT_FIELDS)
        endpoint = endpoint_create(self._values(given), account=self.known_caller.user)
        self.log(endpoint, actions.CREATE)
        where = reverse("health_delivery:webhook-endpoint", args=[endpoint.uuid])
        return json_response(
            endpoint_json(endpoint) | {"secret": endpoint_secret(endpoint)},
            status=HTTPStatus.CREATED,
            headers={"Location": f"{where}/"},
        )

    def _values(self, given: dict[str, Any]) -> EndpointValues:
        return endpoint_values(given, self.known_caller.site_ids)


class EndpointView(_ManageView):
    """One webhook."""

    def get(self, request: HttpRequest, endpoint_id: str) -> HttpResponse:
        """Return it, without its secret."""
        read_no_query(query_string_of(request))
        return json_response(endpoint_json(self.endpoint(endpoint_id)))

    def patch(self, request: HttpRequest, endpoint_id: str) -> HttpResponse:
        """Change what the body names."""
        given = read_body(request, ENDPOINT_CHANGES)
        endpoint = self.endpoint(endpoint_id)
        values = endpoint_values(given, self.known_caller.site_ids)
        is_enabled = given.get("is_enabled")
        endpoint_change(endpoint, values, is_enabled=is_enabled, now=timezone.now())
        for action in actions.of_change(values, is_enabled=is_enabled):
            self.log(endpoint, action)
        return json_response(endpoint_json(endpoint))

    def delete(self, request: HttpRequest, endpoint_id: str) -> HttpResponse:
        """Remove it, with the log of its deliveries. Reports of recalls keep their lines."""
        read_body(request, ())
        endpoint = self.endpoint(endpoint_id)
        self.log(endpoint, actions.DELETE)
        endpoint_delete(endpoint)
        return empty_response()


class RotateView(_ManageView):
    """Exchanges the secret of a webhook."""

    def post(self, request: HttpRequest, endpoint_id: str) -> HttpResponse:
        """Return the webhook with its new secret, this once."""
        read_body(request, ())
        endpoint = self.endpoint(endpoint_id)
        self.log(endpoint, actions.ROTATE)
        endpoint_rotate(endpoint, now=timezone.now())
        return json_response(
            endpoint_json(endpoint) | {"secret": endpoint_secret(endpoint)}
        )


class TestView(_ManageView):
    """Sends a test event."""

    def post(self, request: HttpRequest, endpoint_id: str) -> HttpResponse:
        """Send it, now, and return its delivery with the answer."""
        read_body(request, ())
        endpoint = self.endpoint(endpoint_id)
        self.log(endpoint, actions.TEST)
        delivery = endpoint_test(endpoint)
        delivery.refresh_from_db()
        return json_response(delivery_json(delivery))


class DeliveryListView(_ManageView):
    """The log of deliveries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of it, the newest first."""
        query = read_delivery_query(query_string_of(request))
        found = delivery_page(self.known_caller.site_ids, query)
        return page_response(request, found, page_size=query.page_size)


class DeliveryView(_ManageView):
    """One delivery."""

    def get(self, request: HttpRequest, delivery_id: str) -> HttpResponse:
        """Return it with its attempts."""
        read_no_query(query_string_of(request))
        return json_response(delivery_json(self.delivery(delivery_id)))


class RedeliverView(_ManageView):
    """Sends a delivery again, with the same id."""

    def post(self, request: HttpRequest, delivery_id: str) -> HttpResponse:
        """Send it, now, and return it with what came of it."""
        read_body(request, ())
        delivery = self.delivery(delivery_id)
        self.log(delivery.endpoint, actions.REPEAT)
        if not delivery_send_again(delivery):
            raise delivery_busy()
        delivery.refresh_from_db()
        return json_response(delivery_json(delivery))


def endpoint_values(
    given: dict[str, Any], site_ids: frozenset[int] | None
) -> EndpointValues:
    """Return the values of a body, those that were *given*.

    Raises:
        Problem: 422, for an address that nothing is sent to, a name that is more than a line, and sites that are not the
            token's.
    """
    errors = []
    if "name" in given and not is_one_line(given["name"]):
        detail = "One line without control characters."
        errors.append(field_error("invalid-value", detail, "name"))
    if "url" in given and (refusal := _refusal(given["url"])):
        errors.append(field_error("invalid-value", refusal, "url"))
    sites: tuple[Site, ...] | None = None
    if "sites" in given:
        known = sites_named(given["sites"])
        allowed = {
            label: site
            for label, site in known.items()
            if site_ids is None or site.pk in site_ids
        }
        errors += [
            field_error("invalid-value", "The token has no such site.", "sites", number)
            for number, label in enumerate(given["sites"])
            if label not in allowed
        ]
        sites = tuple(allowed.values())
    if errors:
        raise unprocessable(errors)
    return EndpointValues(
        name=given.get("name"),
        url=given.get("url"),
        event_types=given.get("event_types"),
        sites=sites,
    )


def delivery_busy() -> Problem:
    """Return the 409 for a delivery that is being sent at this moment."""
    return Problem(
        HTTPStatus.CONFLICT, "delivery-busy", "It is being sent right now. Look again."
    )


def _refusal(url: str) -> str | None:
    """Return why nothing would be sent to *url*, as far as the address alone shows it; None when it may be."""
    try:
        check_address(url)
    except RefusedError as error:
        return f"Messages are not sent to such an address: {error.refusal}."
    return None
