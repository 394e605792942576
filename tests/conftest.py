"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Playwright keeps an event loop in the test's thread; Django's guard against blocking calls does not apply to it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

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


@pytest.fixture(scope="session")
def seed_article() -> Path:
    """Return the path of the reference article that the project is measured on, where it exists."""
    if not SEED_ARTICLE.exists():
        pytest.skip("the reference article is not part of the distribution")
    return SEED_ARTICLE


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the installed Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (apt-get install chromium)")
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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option by which `make schema` writes the snapshots anew."""
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="Write the OpenAPI snapshots instead of comparing with them.",
    )
