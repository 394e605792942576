"""Headers of routes that are to go: Deprecation (RFC 9745), Sunset (RFC 8594), and where to read more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = frozenset({"SINCE", "SUNSET", "LINK"})


def deprecation_headers(options: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a route with *options*: `SINCE`, and perhaps `SUNSET` and `LINK`.

    Raises:
        ValueError: an option is unknown, missing, no date, or the end comes before the beginning.
    """
    unknown = sorted(set(options) - KEYS)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    if "SINCE" not in options:
        raise ValueError("SINCE is missing")
    since = _midnight(options["SINCE"])
    headers = {"Deprecation": f"@{int(since.timestamp())}"}
    relations = ["deprecation"]
    if "SUNSET" in options:
        sunset = _midnight(options["SUNSET"])
        # RFC 9745, section 4: the sunset is not before the deprecation.
        if sunset < since:
            raise ValueError("SUNSET is before SINCE")
        headers["Sunset"] = format_datetime(sunset, usegmt=True)
        relations.append("sunset")
    if link := options.get("LINK"):
        headers["Link"] = f'<{link}>; rel="{" ".join(relations)}"'
    return headers


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.min, UTC)
