"""An address of our own that somebody typed is a link like one that was chosen: followed, and never to what is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from health_content.document_html import expand_html
from health_content.models import OrganizationSettings, Reference
from health_content.selectors import html_resources, page_facts
from tests.factories import (
    article,
    block,
    disclaimer,
    home_page,
    index,
    item,
    language,
    menu,
    reference,
)

pytestmark = pytest.mark.django_db
Get = Callable[..., Any]
Committed = Callable[[], Any]


def typed(href: str) -> str:
    return f'<p><a href="{href}">x</a></p>'


def introduction(get: Get, page: Page) -> str:
    html: str = get(f"articles/{page.pk}/").json()["introduction"]["html"]
    return html


@pytest.fixture
def target(committed: Committed) -> Any:
    with committed():
        return article(title="Target", slug="target")


@pytest.mark.parametrize(
    ("href", "shown"),
    [
        ("/target/", "/target/"),
        ("/target", "/target/"),
        ("/target/?a=1&amp;b=2#top", "/target/?a=1&amp;b=2#top"),
        ("http://{host}/target/", "/target/"),
        ("HTTP://{HOST}/target/#x", "/target/#x"),
        ("https://example.org/target/", "https://example.org/target/"),
        ("/nobody/", "/nobody/"),
        ("#top", "#top"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//other.example/target/", "//other.example/target/"),
    ],
)
def test_it_leads_where_it_was_meant_to(
    get: Get, committed: Committed, target: Any, href: str, shown: str
) -> None:
    host = Site.objects.get(is_default_site=True).root_url.partition("://")[2]
    href = href.replace("{host}", host).replace("{HOST}", host.upper())
    with committed():
        page = article(introduction=typed(href))

    assert introduction(get, page) == typed(shown)


def test_it_follows_its_page(get: Get, committed: Committed, target: Any) -> None:
    with committed():
        page = article(introduction=typed("/target/"))
    before = introduction(get, page)

    with committed():
        target.unpublish()
    hidden = introduction(get, page)
    with committed():
        fresh(target).save_revision().publish()
    shown_again = introduction(get, page)

    assert (before, hidden, shown_again) == (typed("/target/"), "<p>x</p>", typed("/target/"))  # fmt: skip


@pytest.mark.parametrize("change", ["slug", "move", "above"])
def test_it_follows_without_a_transaction_around_it(
    get: Get, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Wagtail makes the redirect after the page's own transaction: what follows the page's save comes too early."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_how: call())
    section = index(title="Section", slug="section")
    target = article(section, title="Target", slug="target")
    page = article(introduction=typed("/section/target/"))

    if change == "move":
        fresh(target).move(fresh(home_page()), pos="last-child")
    else:
        renamed = fresh(target if change == "slug" else section)
        renamed.slug = "renamed"
        renamed.save_revision().publish()

    shown = {"slug": "/section/renamed/", "move": "/target/", "above": "/renamed/target/"}  # fmt: skip
    assert introduction(get, page) == typed(shown[change])


def test_a_redirect_and_a_page_may_come_later(
    get: Get, committed: Committed, target: Any
) -> None:
    with committed():
        page = article(introduction=typed("/later/"))
    before = introduction(get, page)

    with committed():
        redirect = Redirect.add_redirect("/later", redirect_to=target)
    redirected = introduction(get, page)
    with committed():
        redirect.delete()
    without = introduction(get, page)
    with committed():
        Redirect.add_redirect("/later", redirect_to=target)
        later = article(title="Later", slug="later")
    there = introduction(get, page)
    with committed():
        later.unpublish()

    assert (before, redirected, without, there) == (
        typed("/later/"), typed("/target/"), typed("/later/"), typed("/later/"),
    )  # fmt: skip
    assert introduction(get, page) == "<p>x</p>"


def test_it_follows_its_page_to_another_place(
    get: Get, committed: Committed, target: Any
) -> None:
    with committed():
        page = article(introduction=typed("/target/?a=1#top"))
        section = index(title="Section", slug="section")

    with committed():
        fresh(target).move(section, pos="last-child")
    moved = introduction(get, page)
    with committed():
        renamed = fresh(target)
        renamed.slug = "renamed"
        renamed.save_revision().publish()
    renamed_to = introduction(get, page)
    with committed():
        fresh(target).unpublish()

    assert moved == typed("/section/target/?a=1#top")
    assert renamed_to == typed("/section/renamed/?a=1#top")
    assert introduction(get, page) == "<p>x</p>"


def test_a_redirect_of_the_site_comes_first(
    get: Get, committed: Committed, target: Any
) -> None:
    site = Site.objects.get(is_default_site=True)
    with committed():
        theirs = article(title="Of all sites", slug="all-sites")
        Redirect.add_redirect("/old", redirect_to=theirs)
        Redirect.add_redirect("/old", redirect_to=target, site=site)
        Redirect.add_redirect("/older", redirect_to=theirs)
        Redirect.add_redirect("/away", redirect_to="https://example.org/")
        page = article(introduction=typed("/old/") + typed("/older") + typed("/away/"))

    assert introduction(get, page) == typed("/target/") + typed("/all-sites/") + typed("/away/")  # fmt: skip


def test_a_draft_is_no_link_until_it_is_public(get: Get, committed: Committed) -> None:
    with committed():
        draft = article(title="Draft", slug="draft", live=False)
        page = article(introduction=typed("/draft/"))
    before = introduction(get, page)

    with committed():
        draft.save_revision().publish()

    assert (before, introduction(get, page)) == ("<p>x</p>", typed("/draft/"))


def test_the_same_path_is_another_page_on_another_site(
    get: Get, committed: Committed, target: Any
) -> None:
    root_url = Site.objects.get(is_default_site=True).root_url
    with committed():
        root = Page.get_first_root_node()
        other = root.add_child(instance=type(home_page())(title="Other", slug="other", locale=language()))  # fmt: skip
        Site.objects.create(hostname="other.example", port=443, root_page=other)
        other.save_revision().publish()
        article(other, title="Theirs", slug="target", live=False)
        here = article(
            introduction=typed("/target/") + typed("https://other.example/target/")
        )
        there = article(
            other,
            slug="there",
            introduction=typed("/target/") + typed(f"{root_url}/target/"),
        )

    assert introduction(get, here) == typed("/target/") + "<p>x</p>"
    assert introduction(get, there) == "<p>x</p>" + typed(f"{root_url}/target/")


def test_disclaimers_and_templates_follow_it_too(
    get: Get, committed: Committed, target: Any
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True, body=typed("/target/"))
        page = article()
    site = Site.objects.get(is_default_site=True)

    def bodies() -> list[str]:
        document = get(f"articles/{page.pk}/").json()
        own = get("disclaimers/general/", locale="en").json()
        resources = html_resources([typed("/target/")], site.pk)
        return [
            document["safety"]["disclaimers"][0]["body"]["html"],
            own["body"]["html"],
            expand_html(typed("/target/"), resources),
        ]

    shown = bodies()
    with committed():
        target.unpublish()

    assert shown == [typed("/target/"), typed(f"{site.root_url}/target/"), typed("/target/")]  # fmt: skip
    assert bodies() == ["<p>x</p>"] * 3


def test_a_hundred_cost_what_one_costs(target: Any) -> None:
    def cost(count: int) -> int:
        for number in range(count):
            article(slug=f"many-{count}-{number}")
        text = "".join(typed(f"/many-{count}-{number}/") for number in range(count))
        page = article(body=json.dumps([block("rich_text", text)]))
        with CaptureQueriesContext(connection) as queries:
            resources = page_facts(page).resources
        assert len(resources.pages) == count
        return len(queries)

    assert cost(100) == cost(1)


def test_what_leads_elsewhere_costs_nothing(target: Any) -> None:
    plain = article(body=json.dumps([block("rich_text", "<p>x</p>")]))
    linked = article(body=json.dumps([block("rich_text", typed("https://example.org/"))]))  # fmt: skip

    def cost(page: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            page_facts(page)
        return len(queries)

    assert cost(linked) == cost(plain)


def test_the_home_page_of_a_section_is_found(get: Get, committed: Committed) -> None:
    with committed():
        section = index(title="Section", slug="section")
        page = article(section, introduction=typed("/") + typed("/section/"))

    assert introduction(get, page) == typed("/") + typed("/section/")


@pytest.mark.parametrize("href", ["/a b/", "/%00/", "/%zz/", "http://[", "/" + "a" * 9_000 + "/"])  # fmt: skip
def test_an_odd_address_harms_nobody(get: Get, committed: Committed, href: str) -> None:
    with committed():
        page = article(introduction=typed(href))

    assert introduction(get, page) in {typed(href), "<p>x</p>"}


SPELLINGS = (
    "/section/draft/", "/section/./draft/", "/section//draft/", "/es/../section/draft/", "/section/%2e/draft/",
    "/x/.%2E/section/draft", "../draft/", ".././draft/#top", "\\section\\draft/", "/section\\draft/",
    "http:/section/draft/", "http:\\\\testserver\\section\\draft/", "//testserver/section/draft/", "http:///testserver/section/draft/",
    "http://somebody:x@testserver/section/draft/", "http://testserver:80/section/draft/", "https://testserver./section/draft/",
)  # fmt: skip


def test_no_spelling_of_a_draft_escapes(get: Get, committed: Committed) -> None:
    with committed():
        section = index(title="Section", slug="section")
        draft = article(section, title="Draft", slug="draft", live=False)
        page = article(section, introduction="".join(map(typed, SPELLINGS)))
        section.introduction = typed("draft/") + typed("./draft")
        section.save_revision().publish()

    def shown() -> str:
        above: str = get(f"pages/{section.pk}/").json()["introduction"]["html"]
        return introduction(get, page) + above

    hidden = shown()
    with committed():
        draft.save_revision().publish()

    assert hidden == "<p>x</p>" * (len(SPELLINGS) + 2)
    assert shown().count('<a href="/section/draft/') == len(SPELLINGS) + 2


def test_a_file_is_a_link_for_as_long_as_everybody_may_have_it(
    get: Get, committed: Committed
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Leaflets")
    leaflet = get_document_model().objects.create(
        title="Leaflet",
        file=ContentFile(b"x", name="leaflet.txt"),
        collection=collection,
    )
    with committed():
        page = article(
            introduction=typed(f"{leaflet.url}#p2") + typed(f"/.{leaflet.url}")
        )
        menu("main", block("link", {"url": leaflet.url, "label": "Leaflet"}, "1"))
    public = introduction(get, page)
    items = get("navigation/main/").json()["items"]
    with committed():
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="login"
        )

    assert public == typed(f"{leaflet.url}#p2") + typed(leaflet.url)
    assert [item["href"] for item in items] == [leaflet.url]
    assert introduction(get, page) == "<p>x</p>" * 2
    assert get("navigation/main/").json()["items"] == []


def test_a_plain_address_of_a_hidden_page_is_null(
    get: Get, committed: Committed
) -> None:
    home_page()
    site = Site.objects.get(is_default_site=True)
    address = f"{site.root_url}/draft/"
    with committed():
        draft = article(title="Draft", slug="draft", live=False)
        OrganizationSettings.objects.create(
            site=site,
            publisher_url=address,
            publishing_principles_url=address,
            corrections_policy_url=address,
        )
        newer = reference("Newer", csl={"URL": address})
        older = reference("Older", csl={"URL": address}, superseded_by=newer)
        Reference.objects.filter(pk=older.pk).update(archived_url=address)
        cited = {"title": "T", "url": address}
        page = article(
            body=json.dumps(
                [
                    block("quote", {"text": "Q", "source_url": "/./draft/"}, "1"),
                    block("references", {"items": [item(cited, "2")]}, "3"),
                    block("rich_text", f'<embed embedtype="media" url="{address}"/>'),
                ]
            ),
            references=json.dumps([block("reference", {"reference": older.pk}, "4")]),
        )

    def answers() -> tuple[list[Any], str]:
        answer = get(f"articles/{page.pk}/", include="seo,jsonld")
        markdown = get(f"articles/{page.pk}.md").content.decode()
        document = answer.json()
        organization, [named] = document["organization"], document["references"]
        return [
            document["body"][0]["source_url"],
            document["sources"][0]["url"],
            document["sources"][0]["csl"].get("URL"),
            named["url"],
            named["csl"].get("URL"),
            named["archived_url"],
            named["superseded_by"]["url"],
            organization["url"],
            organization["publishing_principles"],
            organization["corrections_policy"],
        ], f"{answer.content.decode()}{markdown}"

    hidden, text = answers()
    with committed():
        draft.save_revision().publish()
    shown, shown_text = answers()
    with committed():
        fresh(draft).unpublish()

    assert hidden == [None] * 10
    assert "draft/" not in text
    assert shown == ["/./draft/"] + [address] * 9
    assert "correctionsPolicy" in shown_text
    assert answers()[0] == hidden


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)
