"""System checks: what is wrong with the installation, found at start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from .conf import find_problems


@register()
def check_settings(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Return an error for everything wrong in COMMENTS: health_comments.E001 to E010, E012 to E018."""
    problems = find_problems(getattr(settings, "COMMENTS", {}))
    return [
        Error(message, id=f"health_comments.{check}")
        for check, message in problems.items()
    ]


@register(Tags.database)
def check_database(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Return health_comments.E011 for a database whose upsert the rate limit cannot use."""
    if connection.vendor in {"sqlite", "postgresql"}:
        return []
    return [
        Error(
            "Reader replies need SQLite or PostgreSQL: the rate limit is one INSERT … ON CONFLICT … RETURNING.",
            id="health_comments.E011",
        )
    ]
