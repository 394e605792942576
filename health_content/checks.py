"""System checks of the content part: what would fail later, said at start."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.utils.module_loading import import_string
from wagtail.models import AbstractPage

from .abstract import DocumentMixin
from .conf import SETTING, get_conf, unknown_keys


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


def _is_whole(value: object, least: int, most: int) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and least <= value <= most
    )
