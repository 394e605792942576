"""System checks of delivery: what the installation cannot do, what stands beside it, and what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register  # noqa: A004 - Django's names
from django.urls import get_resolver
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend
from rest_framework.permissions import AllowAny

from ..compat import api_token_model, has_anonymous_api_v3
from ..conf import SETTING, get_conf, unknown_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLPattern, URLResolver

LOCALES = "django.middleware.locale.LocaleMiddleware"
SEARCH_BACKENDS = "WAGTAILSEARCH_BACKENDS"
API_V3_NAMESPACE = "wagtailapi_v3"
API_IDS = {"v2": "health_delivery.W002", "v3": "health_delivery.W003"}
BESIDE = "Its answers carry no safety envelope, and its relations name pages that are not public."


@register(Tags.compatibility)
def check_tokens(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W001) where Wagtail has no API tokens."""
    if api_token_model() is not None:
        return []
    return [
        Warning(
            "This Wagtail has no API tokens: the content API refuses every token, and what needs one cannot be used.",
            hint="Wagtail 8.0 has them. Public reads need none; silence this check if nobody else needs one.",
            id="health_delivery.W001",
        )
    ]


@register(Tags.urls)
def check_wagtail_apis(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning for Wagtail's API v2 (W002) and for its API v3 (W003), where anybody may read pages by them."""
    found: dict[str, str] = {}
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    for path, entry in _entries(get_resolver().url_patterns):
        if _is_public_v2(entry):
            found.setdefault("v2", path)
        elif _is_public_v3(entry):
            found.setdefault("v3", path)
    hints = {
        "v2": "Remove it, or give its viewsets permission_classes.",
        "v3": "Mount it where only your editors' tools come to, or wrap its URLs to ask for a token; then silence this.",
    }
    return [
        Warning(
            f"Wagtail's API {version} is mounted at {path}, beside the content API. {BESIDE}",
            hint=hints[version],
            id=API_IDS[version],
        )
        for version, path in sorted(found.items())
    ]


@register(Tags.caches)
def check_cache_of_workers(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W004) when several workers are known to serve, and each has a cache of its own.

    A number of workers that is none is an error (E001).
    """
    if unknown_keys():
        return []
    count: Any = get_conf().worker_count  # What the setting holds.
    if count is None or count == 1:
        return []
    if not isinstance(count, int) or count < 1:
        return [
            Error(
                "HEALTH_CONTENT: WORKER_COUNT must be None or a whole number of 1 or more.",
                id="health_delivery.E001",
            )
        ]
    return _cache_warning(f"{count} workers serve this site")


@register(Tags.caches, deploy=True)
def check_cache_of_deployment(**_kwargs: object) -> list[CheckMessage]:
    """Return the same warning (W004) for a deployment that does not say how many workers serve."""
    if unknown_keys() or get_conf().worker_count is not None or settings.DEBUG:
        return []
    return _cache_warning("It is not known how many workers serve this site")


@register(Tags.compatibility)
def check_search_backend(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E002) when no search back end has the name that the setting says: every search would fail."""
    if unknown_keys():
        return []
    name: Any = get_conf().search_backend  # What the setting holds.
    # Wagtail has a "default" of its own where the setting names none.
    known = {"default", *getattr(settings, SEARCH_BACKENDS, {})}
    if isinstance(name, str) and name in known:
        return []
    return [
        Error(
            f"{SETTING}: SEARCH_BACKEND is {name!r}, which is none of {SEARCH_BACKENDS}.",
            hint=f"There are: {', '.join(sorted(known))}.",
            id="health_delivery.E002",
        )
    ]


@register(Tags.compatibility)
def check_languages(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W005) when Django's LocaleMiddleware has a say in the answers of the API."""
    own = f"{__name__.rpartition('.')[0]}.middleware.ShortPathMiddleware"
    order = [name for name in settings.MIDDLEWARE if name in {own, LOCALES}]
    if LOCALES not in order or order[0] == own:
        return []
    return [
        Warning(
            "LocaleMiddleware sees the requests of the content API: shared caches keep an answer for each Accept-Language, "
            "and with i18n_patterns an unknown path of the API is redirected to a language.",
            hint=f"Put {own} before it, directly after SecurityMiddleware.",
            id="health_delivery.W005",
        )
    ]


@register(Tags.compatibility, deploy=True)
def check_tasks(**_kwargs: object) -> list[CheckMessage]:
    """Return a note (I001) for a deployment whose tasks run while somebody waits."""
    if not isinstance(task_backends["default"], ImmediateBackend):
        return []
    return [
        Info(
            "Tasks run at once: editors wait for images, for the documents of dependent pages and for webhooks.",
            hint="Set TASKS to a backend with a queue, and run its worker.",
            id="health_delivery.I001",
        )
    ]


def _cache_warning(reason: str) -> list[CheckMessage]:
    if not isinstance(caches["default"], (LocMemCache, DummyCache)):
        return []
    return [
        Warning(
            f"{reason}, and the default cache belongs to one process: rate limits count in each by itself.",
            hint="Use a cache that all share, such as Redis, or say HEALTH_CONTENT['WORKER_COUNT'] = 1.",
            id="health_delivery.W004",
        )
    ]


def _entries(
    patterns: list[URLPattern | URLResolver], prefix: str = "/"
) -> Iterator[tuple[str, URLPattern | URLResolver]]:
    """Yield every entry of the URL configuration with its path, includes before what is in them."""
    for entry in patterns:
        path = f"{prefix}{str(entry.pattern).removeprefix('^')}"
        yield path, entry
        yield from _entries(getattr(entry, "url_patterns", []), path)


def _is_public_v2(entry: Any) -> bool:
    """Return whether *entry* leads to a view of Wagtail's API v2 that asks nobody who they are."""
    view = getattr(getattr(entry, "callback", None), "cls", None)
    modules = {base.__module__ for base in getattr(view, "__mro__", ())}
    # The admin's own views are made of the same, and ask.
    is_admin = any(".admin." in module for module in modules)
    if "wagtail.api.v2.views" not in modules or is_admin:
        return False
    asks = {*getattr(view, "permission_classes", ())} - {AllowAny}
    return not asks


def _is_public_v3(entry: Any) -> bool:
    is_v3 = getattr(entry, "namespace", None) == API_V3_NAMESPACE
    return is_v3 and has_anonymous_api_v3()
