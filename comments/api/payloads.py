"""The JSON of the reader API, from what selectors and services return; and the values of requests."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ..conf import get_conf
from ..errors import FaultCode, ReplyInvalid
from ..models import MAX_DEPTH, ReplyKind
from ..sanitize import MAX_CHARACTERS
from ..selectors import OLDEST, SORTS
from ..services import Submission
from ..tokens import make_status_token
from .problems import invalid_request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ..models import Credential
    from ..selectors import PublicThread, ReplyNode, TreePage
    from ..services import SubmitResult

UNAVAILABLE = "unavailable"
MAX_KEY_LENGTH = 255

_FIELDS: dict[str, tuple[type | tuple[type, ...], bool]] = {
    "form_token": (str, True),
    "name": (str, True),
    "email": ((str, type(None)), False),
    "body": (str, True),
    "parent": ((str, type(None)), False),
    "website": ((str, type(None)), False),
    "altcha": ((str, type(None)), False),
}
"""Fields of a submission: (types, is it required)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeQuery:
    """The parameters of a list of replies."""

    sort: str
    depth: int | None
    after: UUID | None
    parent: UUID | None


def disclaimer_json(language: str) -> dict[str, Any]:
    """Return what stands above the replies, in *language*."""
    conf = get_conf()
    with translation.override(language):
        text = str(conf.disclaimer)
    return {"version": conf.disclaimer_version, "locale": language, "text": text}


def thread_json(
    thread: PublicThread, now: datetime, disclaimer: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a thread: what it holds and what readers may do."""
    is_open = thread.is_open(now)
    return {
        "page": thread.page_id,
        "mode": thread.mode,
        "open": is_open,
        "moderation": thread.policy.mode,
        "count": thread.count,
        "closes_at": moment_json(thread.closes_at),
        "disclaimer": disclaimer,
        "replies_href": reverse("health_comments_api:replies", args=[thread.page_id]),
        "capabilities": {
            "reply": is_open,
            "max_depth": get_conf().max_depth,
            "max_characters": MAX_CHARACTERS,
        },
    }


def tree_json(tree: TreePage, query: TreeQuery, count: int) -> dict[str, Any]:
    """Return a page of replies, each with those below it."""
    next_cursor = (
        make_cursor(query.sort, tree.next_id) if tree.next_id is not None else None
    )
    return {
        "items": [node_json(node) for node in tree.nodes],
        "next": next_cursor,
        "count": count,
    }


def node_json(node: ReplyNode) -> dict[str, Any]:
    """Return a reply and those below it; generations are few, so this may call itself."""
    shown = _words(node) if node.is_visible else _no_words()
    return {
        "id": str(node.reply.pk),
        "parent": str(node.reply.parent_id) if node.reply.parent_id else None,
        "depth": node.reply.depth,
        "anchor": node.reply.anchor,
        **shown,
        "reply_count": node.reply.reply_count,
        "has_more": node.has_more,
        "replies": [node_json(child) for child in node.children],
    }


def result_json(result: SubmitResult) -> dict[str, Any]:
    """Return the answer to a submission; made of nothing but the result, so that a repetition is the same."""
    return {
        "id": str(result.reply_id),
        "status": result.status,
        "status_url": reverse(
            "health_comments_api:submission", args=[make_status_token(result.reply_id)]
        ),
    }


def make_cursor(sort: str, last_id: UUID) -> str:
    """Return the opaque text that leads to what follows *last_id*."""
    raw = f"{sort[0]}{last_id.hex}".encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(cursor_raw: str, sort: str) -> UUID:
    """Return the id in a cursor that was made for the same order."""
    try:
        raw = base64.b64decode(
            cursor_raw + "=" * (-len(cursor_raw) % 4), altchars=b"-_", validate=True
        ).decode("ascii")
        if raw[:1] == sort[0] and len(raw) == 1 + 32:
            return UUID(hex=raw[1:])
    except (binascii.Error, ValueError):
        pass
    raise invalid_request(
        "query", "cursor", FaultCode.INVALID_VALUE, _("Use a cursor as it was given.")
    )


def read_tree_query(query: Mapping[str, str]) -> TreeQuery:
    """Return the parameters of a list, or the 400 that says which is wrong."""
    sort = query.get("sort", OLDEST)
    if sort not in SORTS:
        detail = _("Use one of: %(values)s.") % {"values": ", ".join(SORTS)}
        raise invalid_request("query", "sort", FaultCode.INVALID_VALUE, detail)
    cursor = query.get("cursor")
    return TreeQuery(
        sort=sort,
        depth=_read_depth(query.get("depth")),
        after=read_cursor(cursor, sort) if cursor is not None else None,
        parent=_read_parent(query.get("parent")),
    )


def read_submission(
    data: Mapping[str, Any], *, page_id: int, key_raw: str
) -> Submission:
    """Return the submission in a JSON body, or raise `ReplyInvalid` for fields that are missing, unknown or no text."""
    errors = {
        name: (FaultCode.UNKNOWN_FIELD, _("There is no such field."))
        for name in list(data)[:20]
        if name not in _FIELDS
    }
    for name, (types, is_required) in _FIELDS.items():
        if name not in data:
            if is_required:
                errors[name] = (FaultCode.MISSING_FIELD, _("This field is required."))
        elif not isinstance(data[name], types):
            errors[name] = (FaultCode.INVALID_VALUE, _("This field must be text."))
    if errors:
        raise ReplyInvalid(errors)
    return Submission(
        page_id=page_id,
        form_token_raw=data["form_token"],
        name_raw=data["name"],
        email_raw=data.get("email") or "",
        body_raw=data["body"],
        parent_raw=data.get("parent") or "",
        website_raw=data.get("website") or "",
        key_raw=read_key(key_raw),
    )


def read_key(key_raw: str) -> str:
    """Return the value of an Idempotency-Key header, or raise the 400 for one that cannot be one."""
    key = key_raw.strip()
    if len(key) > MAX_KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise invalid_request(
            "header",
            "Idempotency-Key",
            FaultCode.INVALID_VALUE,
            _("Use at most 255 printable ASCII characters."),
        )
    return key


def _words(node: ReplyNode) -> dict[str, Any]:
    reply = node.reply
    revision = reply.published_revision
    return {
        "status": "published",
        "kind": _kind(node),
        "author": {
            "name": reply.author_name,
            "credential": _credential(node.credential),
        },
        "body_html": revision.body_html if revision else "",
        "body_text": revision.body_text if revision else "",
        "created_at": moment_json(reply.created_at),
        "published_at": moment_json(reply.published_at),
        "helpful_count": reply.helpful_count,
        "pinned": reply.pinned,
    }


def _kind(node: ReplyNode) -> str:
    """Return what the reply is; a clinician's answer is one only as long as its credential counts."""
    is_lost = node.reply.kind == ReplyKind.CLINICIAN_ANSWER and node.credential is None
    return ReplyKind.REPLY if is_lost else node.reply.kind


def _credential(credential: Credential | None) -> dict[str, Any] | None:
    if credential is None:
        return None
    return {
        "profession": credential.profession,
        "register": credential.register,
        "register_id": credential.register_id,
        "register_url": credential.register_url or None,
        "verified_on": credential.verified_on.isoformat(),
        "expires_on": credential.expires_on.isoformat(),
    }


def moment_json(moment: datetime | None) -> str | None:
    """Return a time as both APIs write it: UTC, to the second, with a Z."""
    if moment is None:
        return None
    whole = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{whole.isoformat()}Z"


def _no_words() -> dict[str, Any]:
    """Return the same keys for a reply that was withdrawn, so that it keeps its place and nothing else."""
    return {
        "status": UNAVAILABLE,
        "kind": "reply",
        "author": None,
        "body_html": None,
        "body_text": None,
        "created_at": None,
        "published_at": None,
        "helpful_count": 0,
        "pinned": False,
    }


def _read_depth(depth_raw: str | None) -> int | None:
    if depth_raw is None:
        return None
    if depth_raw in {str(depth) for depth in range(MAX_DEPTH + 1)}:
        return int(depth_raw)
    detail = _("Use a whole number from 0 to %(limit)d.") % {"limit": MAX_DEPTH}
    raise invalid_request("query", "depth", FaultCode.INVALID_VALUE, detail)


def _read_parent(parent_raw: str | None) -> UUID | None:
    if parent_raw is None:
        return None
    try:
        return UUID(parent_raw)
    except ValueError as error:
        raise invalid_request(
            "query", "parent", FaultCode.INVALID_VALUE, _("Use the id of a reply.")
        ) from error
