"""The body of `unlock/`."""

from __future__ import annotations

from .body import Field, text

UNLOCK_FIELDS = (
    Field(
        name="password",
        description="The shared password of the page, or of one above it.",
        kind=text(255),
        is_required=True,
    ),
)
