"""Settings of the content part: the `HEALTH_CONTENT` dictionary, read once into a frozen `Conf`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SETTING = "HEALTH_CONTENT"
PURGERS = {
    "varnish": "VarnishPurger",
    "fastly": "FastlyPurger",
    "cloudflare": "CloudflarePurger",
    "akamai": "AkamaiPurger",
}
"""Kinds of cache that we bring, and their classes."""
PURGERS_MODULE = f"{__package__}.delivery.purge.backends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conf:
    """Every key of `HEALTH_CONTENT`; the setting has the field's name in capitals."""

    replies_provider: str | None = None
    """Dotted path of `callable(page_ids, *, if_opened=False) -> {page_id: {"open", "moderation", "count", "href"}}`, which
    leaves out pages without replies; *if_opened* asks what would be so if the pages were public and open to replies.
    None: no page has any."""

    publisher_name: str = ""
    """Who answers for the content, as readers and API clients see it."""

    license_url: str | None = None
    """URL of the licence under which others may reuse the content; None: not licensed for reuse."""

    attribution_text: str = ""
    """Sentence that whoever reuses the content must show."""

    image_formats: tuple[str, ...] = ("avif", "webp")
    """Formats that images are delivered in besides their own, best first; those that cannot be written are left out."""

    image_widths: tuple[int, ...] = (400, 800, 1200)
    """Widths in pixels that images are delivered in, ascending. Nothing is made wider than its original."""

    image_pixels_max: int = 128 * 1024 * 1024
    """Pixels of the largest original that is read: it takes about four bytes of memory for each."""

    worker_count: int | None = None
    """How many processes serve the site; None: not known. Checks ask."""

    public_versions: bool = False
    """Whether the content API shows what earlier versions of public pages said."""

    cache_tag_header: str = "Cache-Tag"
    """Name of the response header that carries cache tags: Cache-Tag, Surrogate-Key, Edge-Cache-Tag, xkey."""

    shared_cache_seconds: int = 300
    """How long a shared cache may answer by itself; less when a scheduled change comes sooner."""

    search_backend: str = "default"
    """Name, in Wagtail's `WAGTAILSEARCH_BACKENDS`, of the back end that answers searches."""

    purgers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Shared caches that are told what changed: their options by a name of your choice. `BACKEND` is `varnish`,
    `fastly`, `cloudflare`, `akamai`, or the dotted path of a class of yours."""

    gate_levels: Mapping[str, str] = field(default_factory=dict)
    """What checks of the gate do where no review policy says otherwise: `block`, `warn` or `off`, by the check's id."""

    deprecations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Routes of the API that are to go, by their name: `SINCE` and `SUNSET` as dates, `LINK` to what to do."""

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

    api_read_rate: tuple[int, int] = (1_200, 60)
    """(requests, seconds): reads that no shared cache may answer, at most so many in each window from one caller."""

    api_miss_rate: tuple[int, int] = (3_000, 60)
    """(requests, seconds): reads of public addresses where nothing is, or a redirect, at most so many from one address."""

    api_write_rate: tuple[int, int] = (120, 60)
    """(requests, seconds): writes through the content API, at most so many in each window from one caller."""

    unlock_rate: tuple[int, int] = (10, 600)
    """(attempts, seconds): wrong passwords, of any pages, at most so many in each window from one address."""

    unlock_minutes: int = 15
    """How long the bearer that a password gives is good."""

    trusted_proxy_count: int = 0
    """How many proxies of yours append to X-Forwarded-For; 0 trusts the socket's address alone."""

    preview_urls: Mapping[str, str] = field(default_factory=dict)
    """Where front ends take previews, by the host name of the site (with the port when it is not standard), `*` for
    every other: an absolute URL, or a path of this site. Pages of other sites are previewed as this site shows them."""

    def replies_summaries(
        self,
    ) -> Callable[..., Mapping[int, Mapping[str, Any]]] | None:
        """Return the provider of the summaries of pages' replies, imported, or None."""
        if self.replies_provider is None:
            return None
        provider: Callable[..., Mapping[int, Mapping[str, Any]]] = import_string(
            self.replies_provider
        )
        return provider

    def make_purger(self, name: str) -> Any:
        """Return the cache *name* of `PURGERS`, made of its options.

        Raises:
            ImportError: there is no such class.
            KeyError: no `BACKEND` is given.
            TypeError: its options are not those of its kind.
        """
        options = {key.lower(): value for key, value in self.purgers[name].items()}
        kind = options.pop("backend")
        path = f"{PURGERS_MODULE}.{PURGERS[kind]}" if kind in PURGERS else kind
        return import_string(path)(**options)


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
