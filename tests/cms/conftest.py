"""A site with a home page, and an article below it."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from . import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

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
def demo(loaded_demo: str, db: None) -> str:
    """Return what loading the demonstration as `make demo` does printed."""
    return loaded_demo


@pytest.fixture(scope="module")
def loaded_demo(
    shared_rows: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    printed = StringIO()
    media = tmp_path_factory.mktemp("demo")
    with override_settings(DEBUG=True, MEDIA_ROOT=str(media)):
        with shared_rows(), redirect_stdout(printed):
            call_command("demo")
        yield printed.getvalue()
