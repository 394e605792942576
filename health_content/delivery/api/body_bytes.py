"""The bytes of a JSON body: how many there may be, and what they must be before any grammar is asked."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote

from .problems import FieldError, Problem, invalid_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from ...document_facts import Json

# More than most clients need: the largest body, but for texts to check, is a webhook's address with its events.
MAX_BYTES = 65_536
MAX_DEPTH = 8
MEDIA_TYPE = "application/json"
# RFC 8259 leaves no choice of charset; clients that name the one there is are not wrong.
CONTENT_TYPE = re.compile(r'application/json *(; *charset="?utf-8"?)? *', re.IGNORECASE)
# In JSON's escapes such text is well-formed; no database and no encoder takes it.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class RepeatedNameError(ValueError):
    """An object has a name twice."""


def field_error(code: str, detail: str, *at: str | int) -> FieldError:
    """Return the fault of the body at the JSON pointer (RFC 6901) that *at* makes."""
    steps = (str(step)[:64].replace("~", "~0").replace("/", "~1") for step in at)
    pointer = "".join(f"/{quote(step, safe='~', errors='replace')}" for step in steps)
    return FieldError(location="body", pointer=f"#{pointer}", code=code, detail=detail)


def read_content(request: HttpRequest, max_bytes: int) -> bytes:
    """Return the bytes, or raise the 413 for more than *max_bytes*."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise _too_large(max_bytes)
    content = request.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise _too_large(max_bytes)
    return content


def require_json(request: HttpRequest) -> None:
    """Raise the 415 for what does not say that it is JSON, as it is."""
    coding = request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
    media_type = request.META.get("CONTENT_TYPE", "")
    if coding != "identity" or not CONTENT_TYPE.fullmatch(media_type.strip()):
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Send JSON, not compressed, with `Content-Type: application/json`.",
            headers={"Accept": MEDIA_TYPE, "Accept-Encoding": "identity"},
        )


def load_json(content: bytes) -> Json:
    """Return the value, or raise the 400 for what is no JSON, nested too deep, or of text that cannot be kept."""
    try:
        body: Json = json.loads(
            content.decode(),
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except UnicodeDecodeError as error:
        raise body_fault("invalid-encoding", "The body is not UTF-8.") from error
    except RepeatedNameError as error:
        raise invalid_request(
            [field_error("repeated-field", "Give this field once.", str(error))]
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise body_fault("invalid-json", "The body is not JSON.") from error
    _check_values(body, 0)
    return body


def _check_values(value: Json, depth: int) -> None:
    """Refuse text that cannot be kept, and objects in objects in objects."""
    if depth > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, str):
        if UNREADABLE.search(value):
            raise body_fault(
                "invalid-encoding", "The body has a NUL, or half a character."
            )
    elif isinstance(value, list):
        for item in value:
            _check_values(item, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_values(name, depth)
            _check_values(item, depth + 1)


def _unique(pairs: Sequence[tuple[str, Json]]) -> Mapping[str, Json]:
    found: dict[str, Json] = {}
    for name, value in pairs:
        if name in found:
            raise RepeatedNameError(name)
        found[name] = value
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _too_deep() -> Problem:
    return body_fault("too-deep", f"The body is nested more than {MAX_DEPTH} deep.")


def _too_large(max_bytes: int) -> Problem:
    return Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too-large",
        f"The body is larger than {max_bytes} bytes.",
    )


def body_fault(code: str, detail: str) -> Problem:
    """Return the 400 for a fault of the whole body."""
    return invalid_request([field_error(code, detail)])
