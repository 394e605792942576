"""System checks of delivery, each both ways."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import registry
from django.urls import path

from health_content import compat
from health_content.delivery import checks, middleware
from health_content.delivery.checks import (
    LOCALES,
    check_cache_of_deployment,
    check_cache_of_workers,
    check_languages,
    check_search_backend,
    check_tasks,
    check_wagtail_apis,
)

from .wagtail_apis import Guarded, Open

LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NONE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
SHARED = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}  # fmt: skip


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def test_the_host_mounts_neither_of_wagtails_apis() -> None:
    assert check_wagtail_apis() == []


def test_api_v2_for_everybody_is_a_warning(settings: Any) -> None:
    settings.ROOT_URLCONF = Open

    (warning,) = check_wagtail_apis()
    assert (warning.id, "/deep/api/v2/" in warning.msg) == (
        "health_delivery.W002",
        True,
    )


def test_api_v2_that_asks_and_the_admins_own_are_none(settings: Any) -> None:
    settings.ROOT_URLCONF = Guarded

    assert check_wagtail_apis() == []


def test_a_host_without_urls_mounts_nothing(settings: Any) -> None:
    settings.ROOT_URLCONF = None

    assert check_wagtail_apis() == []


@pytest.mark.skipif(not compat.IS_WAGTAIL_8, reason="API v3 came with Wagtail 8")
def test_api_v3_is_a_warning_while_it_answers_everybody(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail.api.v3.urls import api

    class Host:
        urlpatterns = [path("api/v3/", api.urls)]

    settings.ROOT_URLCONF = Host
    (warning,) = check_wagtail_apis()
    assert (warning.id, "/api/v3/" in warning.msg) == ("health_delivery.W003", True)

    monkeypatch.setattr(api, "_routers", [])
    assert check_wagtail_apis() == []
    assert compat.has_anonymous_api_v3() is False


def test_before_wagtail_8_there_is_no_api_v3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compat, "IS_WAGTAIL_8", False)

    assert compat.has_anonymous_api_v3() is False


@pytest.mark.parametrize(
    ("workers", "cache", "expected"),
    [
        (None, LOCAL, []),
        (1, LOCAL, []),
        (2, LOCAL, ["health_delivery.W004"]),
        (2, NONE, ["health_delivery.W004"]),
        (2, SHARED, []),
        (0, SHARED, ["health_delivery.E001"]),
        ("2", SHARED, ["health_delivery.E001"]),
    ],
)
def test_workers_share_a_cache(
    settings: Any, workers: Any, cache: Any, expected: list[str]
) -> None:
    settings.HEALTH_CONTENT = {"WORKER_COUNT": workers}
    settings.CACHES = cache

    assert ids(check_cache_of_workers()) == expected


SHORT = f"{middleware.__name__}.ShortPathMiddleware"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([], []),
        ([SHORT], []),
        ([SHORT, LOCALES], []),
        ([LOCALES], ["health_delivery.W005"]),
        ([LOCALES, SHORT], ["health_delivery.W005"]),
    ],
)
def test_languages_have_no_say_in_the_api(
    settings: Any, order: list[str], expected: list[str]
) -> None:
    settings.MIDDLEWARE = order

    assert ids(check_languages()) == expected


@pytest.mark.parametrize(
    ("debug", "workers", "cache", "expected"),
    [
        (False, None, LOCAL, ["health_delivery.W004"]),
        (False, None, SHARED, []),
        (False, 1, LOCAL, []),
        (True, None, LOCAL, []),
    ],
)
def test_a_deployment_says_how_many_workers_it_has(
    settings: Any, debug: bool, workers: Any, cache: Any, expected: list[str]
) -> None:
    settings.DEBUG = debug
    settings.HEALTH_CONTENT = {"WORKER_COUNT": workers}
    settings.CACHES = cache

    assert ids(check_cache_of_deployment()) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("default", []),
        ("readers", []),
        ("reader", ["health_delivery.E002"]),
        ("", ["health_delivery.E002"]),
        ("wagtail.search.backends.database", ["health_delivery.E002"]),
        (None, ["health_delivery.E002"]),
        ({"BACKEND": "readers"}, ["health_delivery.E002"]),
    ],
)
def test_searches_are_answered_by_a_back_end_that_there_is(
    settings: Any, name: Any, expected: list[str]
) -> None:
    database = {"BACKEND": "wagtail.search.backends.database"}
    settings.WAGTAILSEARCH_BACKENDS = {"default": database, "readers": database}
    settings.HEALTH_CONTENT = {"SEARCH_BACKEND": name}

    assert ids(check_search_backend()) == expected


def test_the_error_of_a_search_back_end_names_those_that_there_are(
    settings: Any,
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"readers": {}}
    settings.HEALTH_CONTENT = {"SEARCH_BACKEND": "reader"}

    (error,) = check_search_backend()
    assert error.msg == (
        "HEALTH_CONTENT: SEARCH_BACKEND is 'reader', which is none of WAGTAILSEARCH_BACKENDS."
    )
    assert error.hint == "There are: default, readers."


def test_without_back_ends_of_its_own_a_site_has_wagtails_default(
    settings: Any,
) -> None:
    del settings.WAGTAILSEARCH_BACKENDS
    settings.HEALTH_CONTENT = {}

    assert check_search_backend() == []


def test_unknown_settings_are_said_once(settings: Any) -> None:
    settings.HEALTH_CONTENT = {"UNKNOWN": 1}

    assert check_cache_of_workers() == check_cache_of_deployment() == []
    assert check_search_backend() == []


def test_tasks_that_run_at_once_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(check_tasks()) == ["health_delivery.I001"]

    monkeypatch.setattr(checks, "task_backends", {"default": SimpleNamespace()})
    assert check_tasks() == []


def test_checks_are_registered() -> None:
    always = registry.registry.registered_checks
    deployed = registry.registry.deployment_checks

    always_asked = {check_wagtail_apis, check_cache_of_workers, check_search_backend}
    assert always_asked <= always
    assert {check_cache_of_deployment, check_tasks} <= deployed
