"""Links in the HTML of a page obey the document's rule: what the public may not see is neither linked nor named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from health_content.blocks import BodyBlock
from health_content.pages.models import ArticlePage, IndexPage

from . import sample

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def target_make(home: IndexPage, slug: str, *, live: bool = True) -> ArticlePage:
    page = ArticlePage(title=f"Title of {slug}", slug=slug, live=live)
    home.add_child(instance=page)
    if live:
        page.save_revision().publish()
    return page


def invisible_pages(home: IndexPage) -> list[ArticlePage]:
    """Return a draft, a page never published, an unpublished and a private one."""
    draft = target_make(home, "target-draft", live=False)
    draft.save_revision()
    never = target_make(home, "target-never", live=False)
    withdrawn = target_make(home, "target-withdrawn")
    withdrawn.unpublish()
    private = target_make(home, "target-private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    return [draft, never, withdrawn, private]


def links(*pages: Any) -> str:
    anchors = " ".join(
        f'<a linktype="page" id="{page.pk}">words {page.pk}</a>' for page in pages
    )
    return f"<p>See {anchors} here.</p>"


def body_with(html: str) -> list[dict[str, Any]]:
    """Return a body with *html* in every place that takes rich text."""
    item = [{"title": "A", "body": html}]
    table = {
        "columns": [{"type": "rich_text", "heading": "Text"}],
        "rows": [{"values": [html]}],
        "caption": "",
    }
    lists = [
        sample.block(
            kind,
            {"heading": "", "introduction": html, "items": sample.items(item, kind)},
        )
        for kind in ("mechanism_list", "benefit_list", "approach_list", "step_list")
    ]
    questions = sample.items([{"question": "Q?", "answer": html}], "faq")
    blocks = [
        sample.block("rich_text", html, "inner"),
        *lists,
        sample.block("faq", {"heading": "", "items": questions}),
        sample.block("callout", {"tone": "info", "title": "", "body": html}),
        sample.block("table", {"caption": "C", "table": table, "notes": html}),
        sample.block(
            "disclaimer",
            {"disclaimer": sample.disclaimer_make("within", body=html).pk},
        ),
    ]
    section = {"heading": "H", "level": "2", "blocks": blocks}
    return [sample.block("rich_text", html), sample.block("section", section)]


def linked_article(home: IndexPage, html: str) -> ArticlePage:
    sample.disclaimer_make("everywhere", applies_to_all=True, body=html)
    chosen = sample.disclaimer_make("chosen", body=html)
    page = ArticlePage(
        title="Full of links",
        slug="full",
        introduction=html,
        body=body_with(html),
        disclaimers=[
            sample.block("disclaimer", {"disclaimer": chosen.pk, "placement": "start"})
        ],
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


PLACES = 18
"""Introduction, three disclaimers, two texts, four lists twice, answer, callout, cell, notes: one is counted in each."""


def test_links_to_what_the_public_may_not_see_become_text(
    client: Client, home: IndexPage
) -> None:
    hidden = invisible_pages(home)
    shown = target_make(home, "target-live")
    linked_article(home, links(shown, *hidden))

    html = client.get("/full/").content.decode()

    main = BeautifulSoup(html, "html5lib").select_one("main")
    assert main is not None
    for page in hidden:
        assert page.slug not in html
        assert main.get_text().count(f"words {page.pk} ") == PLACES
    assert "linktype" not in html
    anchors = [a for a in main.select("a") if a.get_text() == f"words {shown.pk}"]
    assert [a.get("href") for a in anchors] == ["/target-live/"] * PLACES


def test_an_index_obeys_the_same_rule(client: Client, home: IndexPage) -> None:
    hidden = invisible_pages(home)
    shown = target_make(home, "target-live")
    home.introduction = links(shown, *hidden)
    home.save_revision().publish()

    html = client.get("/").content.decode()

    lead = BeautifulSoup(html, "html5lib").select_one(".hp-lead")
    assert lead is not None
    assert [a.get("href") for a in lead.select("a")] == ["/target-live/"]
    # A private page is a card of nobody's list either.
    assert all(page.slug not in html for page in hidden)


def test_a_preview_shows_links_as_publishing_would(home: IndexPage) -> None:
    hidden = invisible_pages(home)
    shown = target_make(home, "target-live")
    html = links(shown, *hidden)
    page = ArticlePage(
        title="New",
        slug="new",
        introduction=html,
        body=[sample.block("rich_text", html)],
        locale=home.locale,
    )
    page.set_url_path(home)

    content = page.make_preview_request().content.decode()

    assert content.count('<a href="/target-live/">') == 2
    assert all(target.slug not in content for target in hidden)


def test_a_block_outside_of_a_page_obeys_the_same_rule(home: IndexPage) -> None:
    hidden = invisible_pages(home)
    shown = target_make(home, "target-live")
    stream = BodyBlock().to_python([sample.block("rich_text", links(shown, *hidden))])

    html = stream.render_as_block()

    assert html.count("<a ") == 1
    assert f'/target-live/">words {shown.pk}</a>' in html
    assert all(page.slug not in html for page in hidden)


def test_text_without_links_outside_of_a_page_asks_the_database_nothing(
    home: IndexPage, django_assert_num_queries: Any
) -> None:
    stream = BodyBlock().to_python([sample.block("rich_text", "<p>Plain.</p>")])

    with django_assert_num_queries(0):
        html = stream.render_as_block()

    assert "<p>Plain.</p>" in html


def test_links_cost_the_same_queries_whatever_their_number(
    client: Client, home: IndexPage, django_assert_max_num_queries: Any
) -> None:
    targets = [target_make(home, f"target-{number}") for number in range(12)]
    page = linked_article(home, links(*targets[:2]))
    few = queries_of(client, django_assert_max_num_queries)
    page.introduction = links(*targets)
    page.body = body_with_links_only(links(*targets), page)
    page.save_revision().publish()

    many = queries_of(client, django_assert_max_num_queries)

    assert many == few


def body_with_links_only(html: str, page: ArticlePage) -> list[dict[str, Any]]:
    """Return the body of *page* with one more block full of links."""
    return [*page.body.get_prep_value(), sample.block("rich_text", html, "more")]


def queries_of(client: Client, assert_max: Any) -> int:
    client.get("/full/")  # Warm: content types, site paths.
    with assert_max(60) as queries:
        client.get("/full/")
    return len(queries)
