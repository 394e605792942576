"""What a webhook's body says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document import timestamp

if TYPE_CHECKING:
    from datetime import datetime

    from ...document_facts import Json, JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an event is about, as the public may know it when the event is sent."""

    id: int
    path: str | None = None
    version: int | None = None
    severity: str | None = None
    cursor: str | None = None
    tags: tuple[str, ...] = ()
    href: str | None = None
    safety: JsonObject | None = None
    """The document's safety envelope; None when there is no public document."""


def build_payload(
    event_type: str, occurred_at: datetime, subject: Subject, extra: JsonObject
) -> str:
    """Return the body: JSON with `type`, `timestamp` and `data`, whose keys are always there.

    *extra* are the keys that only some types have.
    """
    data: JsonObject = {
        "id": subject.id,
        "path": subject.path,
        "version": subject.version,
        "severity": subject.severity,
        "cursor": subject.cursor,
        "tags": list(subject.tags),
        "href": subject.href,
        "safety": None if subject.safety is None else thin_safety(subject.safety),
    }
    return json.dumps(
        {
            "type": event_type,
            "timestamp": timestamp(occurred_at),
            "data": data | extra,
        },
        separators=(",", ":"),
    )


def thin_safety(safety: JsonObject) -> JsonObject:
    """Return the safety envelope with each disclaimer's key, version and place, and without its wording."""
    disclaimers = safety.get("disclaimers")
    return safety | {
        "disclaimers": [
            _without_words(disclaimer)
            for disclaimer in (disclaimers if isinstance(disclaimers, list) else [])
            if isinstance(disclaimer, dict)
        ]
    }


def _without_words(disclaimer: JsonObject) -> Json:
    return {key: disclaimer.get(key) for key in ("key", "version", "placement")}
