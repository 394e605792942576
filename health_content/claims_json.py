"""A finding of the claim checker as programs get it, from the command and by the API alike. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .claims import Finding
    from .document_facts import JsonObject


def finding_json(finding: Finding) -> JsonObject:
    """Return *finding* as JSON values; `start` and `end` count characters (code points) of the text as it was given."""
    return {
        "rule": finding.rule,
        "category": str(finding.category),
        "severity": str(finding.severity),
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "source": finding.source,
    }
