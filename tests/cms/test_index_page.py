"""What an index page lists: what everybody may see below it, and the newest articles of its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Page, PageViewRestriction

from . import sample
from .reading import queries_of, read, texts

if TYPE_CHECKING:
    from django.test import Client

    from health_content.pages.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db


def test_an_index_lists_what_everybody_may_see(
    client: Client, article: ArticlePage
) -> None:
    home = article.get_parent().specific
    hidden = sample.faq_make(home)
    hidden.unpublish()

    tree = read(client, "/")

    assert texts(tree, ".hp-card__title") == ["Moving with a sore back"]
    assert texts(tree, ".hp-card__summary") == ["Why moving helps, and how to begin."]


def subject_make(home: IndexPage, slug: str = "subject") -> IndexPage:
    subject = sample.IndexPage(title=slug.title(), slug=slug, locale=home.locale)
    home.add_child(instance=subject)
    return subject


def short_article_make(home: Page, title: str, slug: str) -> Page:
    page = sample.ArticlePage(title=title, slug=slug, summary="Short.", body=[])
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_home_shows_the_newest_articles_of_its_subjects(
    client: Client, home: IndexPage, django_assert_max_num_queries: Any
) -> None:
    short_article_make(home, title="Own child", slug="own")
    subject, secret = subject_make(home), subject_make(home, "secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    short_article_make(secret, title="Restricted", slug="restricted")
    short_article_make(subject, title="Draft", slug="draft").unpublish()
    short_article_make(subject, title="Article 0", slug="a0")
    few = queries_of(client, django_assert_max_num_queries, "/")
    for i in range(1, 8):
        short_article_make(subject, title=f"Article {i}", slug=f"a{i}")

    many = queries_of(client, django_assert_max_num_queries, "/")
    tree = read(client, "/")

    assert texts(tree, ".hp-cards h2") == ["Own child", "Subject"]
    assert texts(tree, ".site-newest h3") == [
        f"Article {i}" for i in (7, 6, 5, 4, 3, 2)
    ]
    assert len(tree.select(".site-newest .hp-card__summary")) == 6
    assert len(tree.select(".site-newest time[datetime]")) == 6
    assert many == few


def test_a_page_without_subjects_has_no_newest_articles(
    client: Client, article: ArticlePage
) -> None:
    short_article_make(article, title="Below an article", slug="below")

    assert read(client, "/").select(".site-newest") == []
