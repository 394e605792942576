"""What schemathesis cannot know: a cursor is opaque, and no document lists the pages of a site.

A request that is meant to be good gets a good cursor, and half of them (all that follow links) the ids, sites and
languages of what is there; a request that is meant to be bad stays as it is. Where a token may be sent but need not, half of the requests have one.
"""

from __future__ import annotations

import zlib
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import requests
import schemathesis
from schemathesis import Case, GenerationMode, HookContext, Response
from schemathesis.generation.meta import TestPhase

from health_content.delivery.cursors import (
    CHANGES_ORDER,
    Cursor,
    CursorInvalidError,
    decode_cursor,
    encode_cursor,
)

from . import tally
from .known import (
    WORLD,
    Known,
    known_values,
    next_code,
    page_preview_code,
    preview_token,
    unlock_token,
)

if TYPE_CHECKING:
    from schemathesis import AuthContext

DEFAULT_ORDER = "-last_published_at"
SEARCH = "/search/"
# Lists that are in one order only, by the path of the operation.
ORDERS = {
    SEARCH: "search",
    "/faqs/entries/": "question",
    "/routes/": "route",
    "/redirects/": "redirect",
    "/disclaimers/": "disclaimer",
    "/articles/{id}/versions/": "version",
    "/faqs/{id}/versions/": "version",
    "/withdrawals/": "withdrawal",
    "/acks/": "ack",
    "/webhooks/endpoints/": "endpoint",
    "/webhooks/deliveries/": "delivery",
    "/changes/": CHANGES_ORDER,
    "/changes.atom": CHANGES_ORDER,
}
# Lists whose order is by a text.
TEXT_ORDERS = {"title", "-title", "disclaimer"}
# The operations of the replies of a page, whose cursors and forms are of that page alone.
REPLIES = "/threads/{page_id}/replies/"
ACKS = "/acks/"
WITHDRAW = "/pages/{id}/withdraw/"
UNLOCK = "/pages/{id}/unlock/"
PATH_UNLOCK = "/resolve/unlock/"
SESSIONS = "/preview/sessions/"
# Before anything was public, and as late as can be asked.
INSTANTS = ("2020-01-01T00:00:00Z", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
PAGE_PREVIEW = "/preview/page_preview/"
# What a bearer of `unlock/` opens.
GUARDED = {"/pages/{id}/", "/pages/{id}.md", "/articles/{id}/", "/articles/{id}.md"}
ACCEPTED = {201, 202}
# Of the replies that were accepted in this run.
TOKENS: list[str] = []
# How often each operation was called.
TURNS: Counter[str] = Counter()
# Filters that leave nothing of most lists.
NARROW = ("ancestor", "parent", "slug", "q", "updated_since")


@schemathesis.auth(refresh_interval=None)
class Bearer:
    """The token that an operation wants; none where every token is refused."""

    def get(self, case: Case, _context: AuthContext) -> str | None:
        """Return the token."""
        schemes = {name for each in _security(case) for name in each}
        if not WORLD or not schemes:
            return None
        if "preview" in schemes:
            return preview_token(str(case.operation.base_url))
        token: str = WORLD["token"]
        return token

    def set(self, case: Case, data: str, _context: AuthContext) -> None:
        """Send it."""
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Make a request that must succeed one that can."""
    # The same request is always treated alike, so that a run can be repeated.
    given = f"{case.path} {case.path_parameters} {case.query} {case.body}"
    number = zlib.crc32(given.encode(errors="replace"))
    TURNS[case.operation.label] += 1
    if {} in _security(case) and TURNS[case.operation.label] % 2:
        case.headers.pop("Authorization", None)
    mode = case.meta.generation.mode if case.meta else GenerationMode.POSITIVE
    if mode is not GenerationMode.POSITIVE:
        return
    if case.query:
        _mend_cursor(case, case.query)
    if case.query and "at" in case.query:
        # No document can say which instants have come.
        case.query["at"] = INSTANTS[number % 2]
    # One that follows links does so to come to what there is.
    if number % 2 or _is_stateful(case):
        _fill(case, number // 2)
    if case.path == WITHDRAW and case.path_parameters:
        # One page is enough to withdraw; of the others, the rest of the run asks much.
        case.path_parameters["id"] = WORLD["withdrawn"]
    if case.path == ACKS and isinstance(case.body, dict) and "cursor" in case.body:
        case.body["cursor"] = _good(str(case.body["cursor"]), CHANGES_ORDER)
    if case.path == REPLIES and case.method == "POST" and isinstance(case.body, dict):
        _fill_form(case)


@schemathesis.hook
def after_call(context: HookContext, case: Case, response: Response) -> None:
    """Count the answer, and keep what the author of a reply asks with, later."""
    tally.count(case, response)
    if (
        case.path == REPLIES
        and case.method == "POST"
        and response.status_code in ACCEPTED
    ):
        TOKENS.append(response.json()["status_url"].rstrip("/").rpartition("/")[2])


def _is_stateful(case: Case) -> bool:
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


def _security(case: Case) -> list[dict[str, Any]]:
    """Return what the operation wants to be sent, any of it: an empty one is nothing."""
    schema = case.operation.schema.raw_schema
    found: list[dict[str, Any]] = case.operation.definition.raw.get(
        "security", schema.get("security", [{}])
    )
    return found


def _mend_cursor(case: Case, query: dict[str, Any]) -> None:
    if case.path == REPLIES:
        query.pop("cursor", None)
        return
    for name in ("cursor", "since"):
        if name in query:
            order = ORDERS.get(case.path, query.get("order", DEFAULT_ORDER))
            query[name] = _good(str(query[name]), order)


def _good(word: str, order: str) -> str:
    try:
        decode_cursor(word, order=order)
    except CursorInvalidError:
        key = "m" if order in TEXT_ORDERS else 1
        return encode_cursor(Cursor(order=order, key=key, id=1))
    return word


def _fill(case: Case, number: int) -> None:
    """Have the request name what there is."""
    base_url = str(case.operation.base_url)
    known = known_values(base_url)
    _fill_path(case, known, number)
    if case.query:
        _fill_query(case.path, case.query, known, number)
    if isinstance(case.body, dict):
        _fill_body(case, case.body, known, number)
    if case.path.startswith("/preview/"):
        _fill_preview(case)
    elif case.path in GUARDED and number % 4 == 0:
        case.path_parameters["id"] = WORLD["guarded"]
        case.headers["Authorization"] = f"Bearer {unlock_token(base_url)}"


def _fill_path(case: Case, known: Known, number: int) -> None:
    path = case.path_parameters
    if not path:
        return
    collection = case.path.split("/")[1]
    if "block_id" in path:
        pair = _known((path["id"], path["block_id"]), known.sections, number)
        path["id"], path["block_id"] = pair
    elif "number" in path:
        pair = _known((path["id"], path["number"]), known.versions[collection], number)
        path["id"], path["number"] = pair
    elif "id" in path:
        ids = known.pages.get(collection, known.pages["pages"])
        path["id"] = _known(path["id"], ids, number)
    if "page_id" in path:
        path["page_id"] = _pick(known.pages["articles"], number)
    if "token" in path and TOKENS:
        path["token"] = _pick(TOKENS, number)
    if "key" in path:
        keys = known.menus if collection == "navigation" else known.keys
        path["key"] = _known(path["key"], keys, number)


def _fill_query(path: str, query: dict[str, Any], known: Known, number: int) -> None:
    for name, values in (
        ("site", known.sites),
        ("locale", known.locales),
        ("path", known.paths),
        ("topic", WORLD.get("topics", [])),
    ):
        if name in query:
            query[name] = _known(query[name], values, number)
    if number % 2:
        for name in NARROW:
            query.pop(name, None)
        if path == SEARCH:
            query["q"] = _pick(known.words, number)


def _fill_body(case: Case, body: dict[str, Any], known: Known, number: int) -> None:
    """Name a page and sites that there are, and an address that messages may go to."""
    if "page" in body:
        body["page"] = _pick(known.pages["articles"], number)
    if "url" in body:
        body["url"] = f"https://hooks{number % 7}.example/"
    if "sites" in body:
        body["sites"] = known.sites[:1]
    # A message to a receiver, or the place of a page that is gone, is a thing of another request.
    for name in ("endpoint", "replacement"):
        body.pop(name, None)
    if case.path == UNLOCK and case.path_parameters:
        case.path_parameters["id"] = WORLD["guarded"]
        body["password"] = WORLD["password"]
    if case.path == PATH_UNLOCK:
        body.update(path=WORLD["guarded_path"], password=WORLD["password"])
        # Of another site or language there is no such page.
        body.pop("site", None)
        body.pop("locale", None)


def _fill_preview(case: Case) -> None:
    """Ask for the draft that the token, or the code, is of."""
    draft = WORLD["draft"]
    if case.path == SESSIONS and isinstance(case.body, dict):
        case.body["code"] = next_code()
        if "site" in case.body:
            case.body["site"] = draft["site"]
    if case.path.startswith(PAGE_PREVIEW):
        case.query |= {"content_type": draft["model"], "token": page_preview_code()}
    elif case.path_parameters:
        case.path_parameters["id"] = draft["page"]
    for name in ("path", "site", "locale"):
        if case.query and name in case.query:
            case.query[name] = draft[name]


def _fill_form(case: Case) -> None:
    """Begin a form as a reader's browser does; what was made up is filled into it."""
    answer = requests.post(
        f"{case.operation.base_url}/challenges/",
        json={"page": case.path_parameters["page_id"]},
        timeout=30,
    )
    if answer.ok:
        case.body["form_token"] = answer.json()["form_token"]


def _known(value: Any, values: list[Any], number: int) -> Any:
    """Return *value* when it is one of *values*, as what a link led to is, or else one of them."""
    return value if value in values or not values else _pick(values, number)


def _pick(values: list[Any], number: int) -> Any:
    return values[number % len(values)]
