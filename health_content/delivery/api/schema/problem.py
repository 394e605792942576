"""The one shape of all refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import PROBLEM_TITLES
from .parts import INTEGER, TEXT, array, described, enum, record

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def problem_schema() -> JsonObject:
    """Return the schema of a problem document (RFC 9457)."""
    fault = record(
        {
            "location": enum("query", "path", "header", "body"),
            "pointer": TEXT,
            "detail": TEXT,
            "code": TEXT,
        }
    )
    return record(
        {
            "type": enum(*PROBLEM_TITLES),
            "title": TEXT,
            "status": INTEGER,
            "detail": TEXT,
            "instance": TEXT,
            "errors": array(fault),
            "replacement": described(TEXT, "Where to go instead of withdrawn content."),
        },
        "RFC 9457 problem details.",
        optional={"errors", "replacement"},
    )
