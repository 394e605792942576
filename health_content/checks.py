"""System checks of the content part: what would fail later, said at start."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.utils.module_loading import import_string
from wagtail.models import AbstractPage

from .abstract import DocumentMixin
from .conf import SETTING, get_conf, unknown_keys
from .deprecation import deprecation_headers
from .image_encoders import can_encode
from .image_files import MODERN_FORMATS


@register(Tags.compatibility)
def check_settings(**_kwargs: object) -> list[CheckMessage]:
    """Return errors for unknown keys (E001) and for a provider that cannot be imported (E002)."""
    unknown = unknown_keys()
    if unknown:
        return [
            Error(
                f"{SETTING} has unknown keys: {', '.join(unknown)}.",
                hint="See the reference of settings for the keys there are.",
                id="health_content.E001",
            )
        ]
    path = get_conf().replies_provider
    if path is None:
        return []
    try:
        import_string(path)
    except ImportError as error:
        return [
            Error(
                f"{SETTING}['REPLIES_PROVIDER'] cannot be imported: {error}",
                id="health_content.E002",
            )
        ]
    return []


@register(Tags.models)
def check_page_classes(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E003) for each page class on which the mixin stands after the page: its save() is not seen."""
    return [
        Error(
            f"{model.__qualname__} inherits from {DocumentMixin.__name__} after the page class.",
            hint="Name the mixin first: class ArticlePage(ArticleMixin, Page).",
            obj=model,
            id="health_content.E003",
        )
        for model in apps.get_models()
        if issubclass(model, DocumentMixin) and not has_mixin_first(model)
    ]


def has_mixin_first(model: type[DocumentMixin]) -> bool:
    """Return whether the mixin's `save()` comes before the page's in *model*."""
    order = model.__mro__
    return AbstractPage not in order or order.index(DocumentMixin) < order.index(
        AbstractPage
    )


@register(Tags.translation)
def check_i18n(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W001) when the site has several content languages and Wagtail's translation is off."""
    languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())
    if len(languages) < 2 or getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    return [
        Warning(
            "WAGTAIL_CONTENT_LANGUAGES names several languages, but WAGTAIL_I18N_ENABLED is off.",
            hint="Set WAGTAIL_I18N_ENABLED = True, or every page is in the default language.",
            id="health_content.W001",
        )
    ]


@register(Tags.compatibility)
def check_settings_app(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W003) when nobody can edit who publishes a site and by which rules."""
    if apps.is_installed("wagtail.contrib.settings"):
        return []
    return [
        Warning(
            "Who publishes a site, and by which rules it is judged, cannot be edited in the admin.",
            hint="Add wagtail.contrib.settings to INSTALLED_APPS.",
            id="health_content.W003",
        )
    ]


@register(Tags.compatibility)
def check_refusals(**_kwargs: object) -> list[CheckMessage]:
    """Return a warning (W004) when editors are told that they may not, instead of why a page was not published."""
    name = f"{__package__}.middleware.RefusalMiddleware"
    if name in settings.MIDDLEWARE:
        return []
    return [
        Warning(
            "Where Wagtail's own views refuse to publish a page, editors read that they lack the permission, not why.",
            hint=f"Add {name} to MIDDLEWARE, after MessageMiddleware.",
            id="health_content.W004",
        )
    ]


@register(Tags.compatibility)
def check_webhook_settings(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E004) for each setting of webhooks that is not of its kind."""
    if unknown_keys():
        return []
    conf: Any = get_conf()  # What the setting holds, which need not be what it should.
    hosts = conf.webhook_private_hosts
    wrong = {
        "WEBHOOK_REQUIRE_HTTPS must be True or False": not isinstance(
            conf.webhook_require_https, bool
        ),
        "WEBHOOK_PRIVATE_HOSTS must be a sequence of host names": not isinstance(
            hosts, tuple
        )
        or any(not isinstance(host, str) or not host or "/" in host for host in hosts),
        "WEBHOOK_TIMEOUT_SECONDS must be a whole number from 1 to 60": not _is_whole(
            conf.webhook_timeout_seconds, 1, 60
        ),
        "WEBHOOK_ROTATION_HOURS must be a whole number from 0 to 720": not _is_whole(
            conf.webhook_rotation_hours, 0, 720
        ),
        "WEBHOOK_RETENTION_DAYS must be a whole number from 1 to 3650": not _is_whole(
            conf.webhook_retention_days, 1, 3650
        ),
    }
    return [
        Error(f"{SETTING}: {message}.", id="health_content.E004")
        for message, is_wrong in wrong.items()
        if is_wrong
    ]


@register(Tags.compatibility)
def check_image_settings(**_kwargs: object) -> list[CheckMessage]:
    """Return errors (E006) for settings of images, and a warning (W002) for each format that cannot be written here."""
    if unknown_keys():
        return []
    conf: Any = get_conf()  # What the setting holds, which need not be what it should.
    widths, formats = conf.image_widths, conf.image_formats
    has_formats = isinstance(formats, tuple) and all(
        form in MODERN_FORMATS for form in formats
    )
    wrong = {
        "IMAGE_WIDTHS must be different whole numbers from 16 to 8192, ascending": not (
            isinstance(widths, tuple)
            and widths
            and all(_is_whole(width, 16, 8192) for width in widths)
            and list(widths) == sorted(set(widths))
        ),
        f"IMAGE_FORMATS must be a sequence of {', '.join(MODERN_FORMATS)}": not has_formats,
        "IMAGE_PIXELS_MAX must be a whole number of 1 or more": not _is_whole(
            conf.image_pixels_max, 1, 2**40
        ),
    }
    errors: list[CheckMessage] = [
        Error(f"{SETTING}: {message}.", id="health_content.E006")
        for message, is_wrong in wrong.items()
        if is_wrong
    ]
    missing = [f for f in formats if not can_encode(f)] if has_formats else []
    return errors + [
        Warning(
            f"Pillow cannot write {form.upper()} here: images are delivered without it.",
            hint=f"Install a Pillow with {form.upper()}, or leave it out of {SETTING}['IMAGE_FORMATS'].",
            id="health_content.W002",
        )
        for form in missing
    ]


@register(Tags.compatibility)
def check_access_settings(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E005) for each setting of rates and proxies that is not of its kind."""
    if unknown_keys():
        return []
    conf: Any = get_conf()  # What the setting holds, which need not be what it should.
    pair = "must be two whole numbers from 1: (requests, seconds)"
    wrong = {
        f"API_READ_RATE {pair}": not _is_rate(conf.api_read_rate),
        f"API_MISS_RATE {pair}": not _is_rate(conf.api_miss_rate),
        f"API_WRITE_RATE {pair}": not _is_rate(conf.api_write_rate),
        f"UNLOCK_RATE {pair}": not _is_rate(conf.unlock_rate),
        "UNLOCK_MINUTES must be a whole number from 1 to 1440": not _is_whole(
            conf.unlock_minutes, 1, 1440
        ),
        "TRUSTED_PROXY_COUNT must be a whole number from 0 to 20": not _is_whole(
            conf.trusted_proxy_count, 0, 20
        ),
    }
    return [
        Error(f"{SETTING}: {message}.", id="health_content.E005")
        for message, is_wrong in wrong.items()
        if is_wrong
    ]


@register(Tags.compatibility)
def check_preview_urls(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E010) when the setting of front ends is not of its kind."""
    if unknown_keys():
        return []
    urls: Any = get_conf().preview_urls
    if isinstance(urls, dict) and all(_is_preview_url(*pair) for pair in urls.items()):
        return []
    return [
        Error(
            f"{SETTING}: PREVIEW_URLS must lead from host names, or '*', to URLs.",
            hint="{'www.example.org': 'https://www.example.org/api/preview'}; a path of this site will do, too.",
            id="health_content.E010",
        )
    ]


def _is_preview_url(site: object, url: object) -> bool:
    if not isinstance(site, str) or not isinstance(url, str) or not site:
        return False
    if "/" in site:
        return False
    parts = urlsplit(url)
    is_absolute = parts.scheme in {"http", "https"} and bool(parts.netloc)
    is_path = not parts.scheme and not parts.netloc and url.startswith("/")
    return is_absolute or is_path


def _is_rate(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and all(_is_whole(number, 1, 10_000_000) for number in value)
    )


@register(Tags.caches)
def check_purgers(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E011) for each cache of `PURGERS` that cannot be made of its options."""
    if unknown_keys():
        return []
    conf = get_conf()
    purgers: Any = conf.purgers
    if not isinstance(purgers, dict):
        return [_purgers_error("PURGERS must be a dictionary")]
    found: list[CheckMessage] = []
    for name, options in purgers.items():
        fault = _purger_fault(conf, name, options)
        if fault:
            found.append(_purgers_error(f"PURGERS[{name!r}] {fault}"))
    return found


@register(Tags.compatibility)
def check_deprecations(**_kwargs: object) -> list[CheckMessage]:
    """Return an error (E012) for each entry of `DEPRECATIONS` that makes no headers."""
    if unknown_keys():
        return []
    deprecations: Any = get_conf().deprecations
    faults: dict[str, str] = {}
    if not isinstance(deprecations, dict):
        faults[""] = "must be a dictionary"
    else:
        for name, options in deprecations.items():
            try:
                deprecation_headers(options)
            except (ValueError, TypeError) as error:
                faults[f"[{name!r}]"] = f"is wrong: {error}"
    return [
        Error(f"{SETTING}: DEPRECATIONS{name} {fault}.", id="health_content.E012")
        for name, fault in faults.items()
    ]


def _purger_fault(conf: Any, name: object, options: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= 70 or ":" in name:
        return "needs a name of at most 70 characters, without a colon"
    if not isinstance(options, dict) or not isinstance(options.get("BACKEND"), str):
        return "must be a dictionary with BACKEND"
    try:
        made = conf.make_purger(name)
    except (ImportError, TypeError, ValueError) as error:
        return f"cannot be made: {error}"
    return "" if callable(getattr(made, "purge", None)) else "has no method purge"


def _purgers_error(message: str) -> CheckMessage:
    return Error(
        f"{SETTING}: {message}.",
        hint="See the guide to caching for the options of each cache.",
        id="health_content.E011",
    )


def _is_whole(value: object, least: int, most: int) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value <= most
    )
