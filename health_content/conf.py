"""Settings of the content part: the `HEALTH_CONTENT` dictionary, read once into a frozen `Conf`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SETTING = "HEALTH_CONTENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conf:
    """Every key of `HEALTH_CONTENT`; the setting has the field's name in capitals."""

    replies_provider: str | None = None
    """Dotted path of `callable(page_id) -> {"open", "moderation", "count", "href"} | None`; None: no replies."""

    publisher_name: str = ""
    """Who answers for the content, as readers and API clients see it."""

    license_url: str | None = None
    """URL of the licence under which others may reuse the content; None: not licensed for reuse."""

    attribution_text: str = ""
    """Sentence that whoever reuses the content must show."""

    image_widths: tuple[int, ...] = (400, 800, 1200)
    """Widths in pixels of the image renditions made at publish time, ascending."""

    cache_tag_header: str = "Cache-Tag"
    """Name of the response header that carries cache tags: Cache-Tag, Surrogate-Key, Edge-Cache-Tag, xkey."""

    shared_cache_seconds: int = 300
    """How long a shared cache may answer by itself; less when a scheduled change comes sooner."""

    webhook_require_https: bool = True
    """Whether webhooks go to https addresses only."""

    webhook_private_hosts: tuple[str, ...] = ()
    """Host names that webhooks may reach although their addresses are not public."""

    webhook_timeout_seconds: int = 10
    """From the connection to the end of the answer; then an attempt has failed."""

    webhook_rotation_hours: int = 24
    """How long the secret before the newest still signs."""

    webhook_retention_days: int = 30
    """How long settled deliveries are kept in the log."""

    def replies_summary(self) -> Callable[[int], Mapping[str, Any] | None] | None:
        """Return the provider of a page's replies summary, imported, or None."""
        if self.replies_provider is None:
            return None
        provider: Callable[[int], Mapping[str, Any] | None] = import_string(
            self.replies_provider
        )
        return provider


def unknown_keys() -> list[str]:
    """Return the keys of the setting that mean nothing, sorted."""
    known = {field.name.upper() for field in fields(Conf)}
    return sorted(set(getattr(settings, SETTING, {})) - known)


@cache
def get_conf() -> Conf:
    """Return the settings; cached until a test or the host changes them.

    Raises:
        ImproperlyConfigured: a key is unknown (the system check health_content.E001 says so at start).
    """
    unknown = unknown_keys()
    if unknown:
        raise ImproperlyConfigured(f"{SETTING} has unknown keys: {', '.join(unknown)}.")
    values: dict[str, Any] = {
        key.lower(): tuple(value) if isinstance(value, list) else value
        for key, value in getattr(settings, SETTING, {}).items()
    }
    return Conf(**values)


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == SETTING:
        get_conf.cache_clear()


setting_changed.connect(_forget, dispatch_uid="health_content.conf")
