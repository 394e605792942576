"""What recalls, acknowledgements and webhooks are asked and told: queries and bodies, declared once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from ...models import Severity
from ...services.withdrawals import MAX_REASON
from ..cursors import CHANGES_ORDER, MAX_LENGTH, CursorInvalidError, decode_cursor
from ..models import AcknowledgedAction, DeliveryState
from ..queries import PAGE_SIZE, DeliveryQuery, KeysetQuery, WithdrawalQuery
from ..selectors.endpoints import DELIVERIES_ORDER, ENDPOINTS_ORDER
from ..selectors.recalls import ACKS_ORDER, WITHDRAWALS_ORDER
from ..webhooks.event_types import EVENT_TYPES, TEST_TYPE
from .body import (
    Field,
    FieldInvalidError,
    Kind,
    boolean,
    choice,
    field_error,
    integer,
    list_of,
    nullable,
    text,
)
from .grammar import ID_SCHEMA, PAGE_SIZE_PARAMETER, read_cursor, text_of
from .list_grammar import CURSOR_PARAMETER
from .problems import invalid_request
from .query import (
    ONE_LINE,
    SPEAKING,
    SPEAKING_FORM,
    Parameter,
    ValueInvalidError,
    parse_query,
    read_choice,
    read_integer,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...document_facts import Json, JsonObject
    from ..cursors import Cursor
    from .query import Value

UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UUID_SCHEMA: JsonObject = {
    "type": "string",
    "format": "uuid",
    "pattern": f"^{UUID_PATTERN}$",
}
TYPES = (*EVENT_TYPES, TEST_TYPE)
MAX_SITES = 100


def _read_uuid(value: Json) -> UUID:
    try:
        found = UUID(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != value:
        raise FieldInvalidError("A UUID in lower case.")
    return found


def _read_position(value: Json) -> int:
    """Return the number of the change that a cursor of the change feed stands after."""
    try:
        key = decode_cursor(str(value), order=CHANGES_ORDER).key
    except CursorInvalidError:
        key = ""
    if not isinstance(value, str) or not isinstance(key, int) or key < 1:
        raise FieldInvalidError("A cursor of the change feed, of a change.")
    return key


ID = integer(1)
UUID_KIND = Kind(schema=UUID_SCHEMA, read=_read_uuid)
POSITION = Kind(
    schema={"type": "string", "minLength": 1, "maxLength": MAX_LENGTH},
    read=_read_position,
)

WITHDRAW_FIELDS = (
    Field(
        name="reason",
        description="What readers, apps and partners are told.",
        kind=text(MAX_REASON, pattern=SPEAKING, form=SPEAKING_FORM),
        is_required=True,
    ),
    Field(
        name="severity",
        description="How much harm the content may do.",
        kind=choice(Severity.values),
        is_required=True,
    ),
    Field(
        name="replacement",
        description="Id of the page to read instead, which the public can see now.",
        kind=nullable(ID),
    ),
)
# An acknowledgement names a point in time by one of these, or by both.
ACK_POINTS = ("cursor", "version")
ACK_FIELDS = (
    Field(name="page", description="Id of the page.", kind=ID, is_required=True),
    Field(
        name="action",
        description="What you did with your copy.",
        kind=choice(AcknowledgedAction.values),
        is_required=True,
    ),
    Field(
        name="cursor",
        description="Up to which change: the `cursor` of the change, or of the webhook's message.",
        kind=POSITION,
    ),
    Field(
        name="version",
        description="Up to which version of the page. Give this, `cursor`, or both.",
        kind=ID,
    ),
    Field(
        name="endpoint",
        description="Id of your webhook that this is about; without it, all your systems.",
        kind=UUID_KIND,
    ),
)
_EVENT_TYPES = list_of(choice(EVENT_TYPES), min_items=1, max_items=len(EVENT_TYPES))
_SITES = list_of(text(261), min_items=1, max_items=MAX_SITES)


_SPEAKING_NAME = text(100, pattern=SPEAKING, form=SPEAKING_FORM)
# The view refuses control characters in words; the description says so in a pattern.
_NAME = replace(
    _SPEAKING_NAME, schema={**_SPEAKING_NAME.schema, "pattern": f"^{ONE_LINE}$"}
)


def _endpoint_fields(*, are_required: bool) -> tuple[Field, ...]:
    described = (
        ("name", "Which system this is, and who looks after it: one line, without control characters.", _NAME),
        ("url", "Gets a signed POST for each event. On the public internet, unless the settings name its host.", text(2_000)),
        ("event_types", "What it is told.", _EVENT_TYPES),
        ("sites", "Only what happens on these sites is told: host names, with the port when it is not 80 or 443.", _SITES),
    )  # fmt: skip
    return tuple(
        Field(name=name, description=words, kind=kind, is_required=are_required)
        for name, words, kind in described
    )


ENDPOINT_FIELDS = _endpoint_fields(are_required=True)
ENDPOINT_CHANGES = (
    *_endpoint_fields(are_required=False),
    Field(
        name="is_enabled",
        description="`false` disables it; `true` enables it and forgives what failed.",
        kind=boolean(),
    ),
)


def _choice_parameter(
    name: str, description: str, choices: tuple[str, ...]
) -> Parameter:
    return Parameter(
        name=name,
        description=description,
        schema={"type": "string", "enum": list(choices)},
        read=read_choice(choices),
    )


def _read_uuid_text(word: str) -> str:
    try:
        return str(_read_uuid(word))
    except FieldInvalidError as error:
        raise ValueInvalidError(str(error)) from error


PAGED = (PAGE_SIZE_PARAMETER, CURSOR_PARAMETER)
DELIVERY_PARAMETERS = (
    Parameter(
        name="endpoint",
        description="Only those of this webhook.",
        schema=UUID_SCHEMA,
        read=_read_uuid_text,
    ),
    _choice_parameter("state", "Only those that stand there.", tuple(DeliveryState.values)),
    _choice_parameter("type", "Only those of this event.", TYPES),
    *PAGED,
)  # fmt: skip
WITHDRAWAL_PARAMETERS = (
    Parameter(
        name="page",
        description="Only those of this page.",
        schema=dict(ID_SCHEMA),
        read=read_integer(1),
    ),
    _choice_parameter(
        "state", "`in_force`: not lifted; `lifted`.", ("in_force", "lifted")
    ),
    *PAGED,
)


def check_ack(given: Mapping[str, Any]) -> None:
    """Refuse an acknowledgement of no point in time.

    Raises:
        Problem: 400.
    """
    if not any(name in given for name in ACK_POINTS):
        detail = "Give `cursor`, `version`, or both."
        raise invalid_request([field_error("missing-field", detail, "cursor")])


def read_delivery_query(query_string: str) -> DeliveryQuery:
    """Return the query of `webhooks/deliveries/` that *query_string* makes."""
    given = parse_query(query_string, DELIVERY_PARAMETERS)
    endpoint = text_of(given, "endpoint")
    return DeliveryQuery(
        page_size=_size(given),
        cursor=_cursor(given, DELIVERIES_ORDER),
        endpoint=UUID(endpoint) if endpoint else None,
        state=text_of(given, "state"),
        type=text_of(given, "type"),
    )


def read_withdrawal_query(query_string: str) -> WithdrawalQuery:
    """Return the query of `withdrawals/` that *query_string* makes."""
    given = parse_query(query_string, WITHDRAWAL_PARAMETERS)
    state, page = text_of(given, "state"), text_of(given, "page")
    return WithdrawalQuery(
        page_size=_size(given),
        cursor=_cursor(given, WITHDRAWALS_ORDER),
        page=int(page) if page else None,
        is_in_force=None if state is None else state == "in_force",
    )


def read_endpoint_query(query_string: str) -> KeysetQuery:
    """Return the query of `webhooks/endpoints/` that *query_string* makes."""
    return _paged(query_string, ENDPOINTS_ORDER)


def read_ack_query(query_string: str) -> KeysetQuery:
    """Return the query of `acks/` that *query_string* makes."""
    return _paged(query_string, ACKS_ORDER)


def _paged(query_string: str, order: str) -> KeysetQuery:
    given = parse_query(query_string, PAGED)
    return KeysetQuery(page_size=_size(given), cursor=_cursor(given, order))


def _size(given: Mapping[str, Value]) -> int:
    return int(str(given.get("page_size", PAGE_SIZE)))


def _cursor(given: Mapping[str, Value], order: str) -> Cursor | None:
    word = text_of(given, "cursor")
    return None if word is None else read_cursor(word, order)
