"""Acknowledgements: consumers say what they did with their copies."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ...errors import AcknowledgementRefused
from ..models import AcknowledgedAction
from ..recalls.acknowledgements import Statement, acknowledgement_record
from ..scopes import Scope
from ..selectors.recalls import ack_page, acknowledgement_json
from .base import query_string_of
from .body import read_body, unprocessable
from .body_bytes import field_error
from .caller_grammar import ACK_FIELDS, check_ack, read_ack_query
from .caller_lists import page_response
from .write import WriteView, json_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AckListView(WriteView):
    """What the caller's account acknowledged, and its next acknowledgement."""

    scope = Scope.ACKS_WRITE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the account's own acknowledgements, the newest first."""
        query = read_ack_query(query_string_of(request))
        found = ack_page(
            self.known_caller.user.pk, cursor=query.cursor, page_size=query.page_size
        )
        return page_response(request, found, page_size=query.page_size)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record one: 201, or 200 for one that was recorded before."""
        caller = self.known_caller
        given = read_body(request, ACK_FIELDS)
        check_ack(given)
        statement = Statement(
            page_id=given["page"],
            action=AcknowledgedAction(given["action"]),
            number=given.get("cursor", 0),
            version=given.get("version", 0),
            endpoint=given.get("endpoint"),
        )
        try:
            recorded = acknowledgement_record(
                statement, account=caller.user, allows_site=caller.allows_site
            )
        except AcknowledgementRefused as error:
            fault = field_error("invalid-value", str(error), error.field)
            raise unprocessable([fault]) from error
        answer = acknowledgement_json(recorded.acknowledgement)
        return json_response(
            answer | {"withdrawals": list(recorded.settled)},
            status=HTTPStatus.CREATED if recorded.is_new else HTTPStatus.OK,
        )
