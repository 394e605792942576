"""A site with a home page, and an article below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from health_content.pages.models import ArticlePage, IndexPage


@pytest.fixture
def home(db: None) -> Iterator[IndexPage]:
    yield sample.home_page()
    sample.Site.clear_site_root_paths_cache()


@pytest.fixture
def article(home: IndexPage) -> ArticlePage:
    sample.disclaimer_make("everywhere", applies_to_all=True)
    return sample.article_make(home)
