"""A site with a home page, and an article below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from . import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from health_content.pages.models import ArticlePage, IndexPage


@pytest.fixture
def home(db: None) -> Iterator[IndexPage]:
    yield sample.home_page()
    sample.Site.clear_site_root_paths_cache()


@pytest.fixture
def article(home: IndexPage, django_capture_on_commit_callbacks: Any) -> ArticlePage:
    sample.disclaimer_make("everywhere", applies_to_all=True)
    # The files of images are made after the commit.
    with django_capture_on_commit_callbacks(execute=True):
        return sample.article_make(home)


@pytest.fixture
def demo(
    db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    django_capture_on_commit_callbacks: Any,
) -> str:
    """Load the demonstration as `make demo` does and return what it printed."""
    settings.DEBUG = True
    settings.MEDIA_ROOT = str(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("demo")
    return capsys.readouterr().out
