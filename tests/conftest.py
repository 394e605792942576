"""What every test may use."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser

# Playwright keeps an event loop in the test's thread; Django's guard against blocking calls does not apply to it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Two runs of the same code ask the same, so that a red one means a change, and a slow machine is none.
# HYPOTHESIS_PROFILE=default makes up anew.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SEED_ARTICLE = (
    Path(__file__).resolve().parents[2] / "shared/seed/acupuncture-back-pain.txt"
)


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Begin with an empty cache and the default language: what a process keeps outlives a test's transaction.

    Wagtail caches the paths of sites; Django's LocaleMiddleware leaves the language of the last request active.
    """
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    translation.deactivate()


@pytest.fixture(autouse=True)
def _open_gate(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages go live that nobody reviewed, but in tests marked `gated`: most are about something else."""
    from django.apps import apps

    has_gate = "health_content" in apps.app_configs
    if has_gate and request.node.get_closest_marker("gated") is None:
        _open(monkeypatch)


def _open(monkeypatch: pytest.MonkeyPatch) -> None:
    from health_content.gate import GateDecision
    from health_content.services import gate, words

    monkeypatch.setattr(gate, "page_decision", lambda _page: GateDecision(outcomes=()))
    monkeypatch.setattr(words, "words_claims", lambda *_words, **_how: ())


@pytest.fixture(scope="module")
def shared_rows(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Return a context manager: the rows made in it are there, as if committed, for every test of the module.

    For modules all of whose tests want the same large world. What a test does to it is rolled back after the test.
    """
    from django.db import transaction
    from django.test import TestCase

    @contextmanager
    def making() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as monkeypatch:
            _open(monkeypatch)
            with TestCase.captureOnCommitCallbacks(execute=True):
                yield

    with django_db_blocker.unblock(), transaction.atomic():
        yield making
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def seed_article() -> Path:
    """Return the path of the reference article that the project is measured on, where it exists."""
    if not SEED_ARTICLE.exists():
        pytest.skip("the reference article is not part of the distribution")
    return SEED_ARTICLE


@pytest.fixture(scope="session")
def lacking(request: pytest.FixtureRequest) -> Callable[[str], NoReturn]:
    """Return what a test calls when a program that it needs is missing: it is skipped, or fails with `--all-tools`."""
    has_all = request.config.getoption("--all-tools")

    def say(what: str) -> NoReturn:
        if has_all:
            pytest.fail(f"{what}, and --all-tools was given")
        pytest.skip(what)

    return say


@pytest.fixture(scope="session")
def chromium(lacking: Callable[[str], NoReturn]) -> str:
    """Return the path of the installed Chromium."""
    if not Path(CHROMIUM).exists():
        lacking(f"no Chromium at {CHROMIUM} (apt-get install chromium)")
    return CHROMIUM


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Return one Chromium for all tests of a process: Playwright's synchronous face starts only once in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database, so that the rest can run by itself, and fast."""
    for item in items:
        is_asking = item.get_closest_marker("django_db") is not None
        fixtures = set(getattr(item, "fixturenames", ()))
        if is_asking or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of `make schema` and `make proofs`."""
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="Write the OpenAPI snapshots instead of comparing with them.",
    )
    parser.addoption(
        "--all-tools",
        action="store_true",
        help="Fail where a program that a test needs is missing, instead of skipping.",
    )
    parser.addoption(
        "--fuzz-examples",
        type=int,
        help="How many requests of a kind schemathesis makes up; its seed is then a new one.",
    )
