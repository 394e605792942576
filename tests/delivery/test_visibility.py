"""A secret planted in everything the public may not see never appears in any byte of any route."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from health_content.delivery.models import PublishedDocument
from health_content.pages.models import FAQPage
from tests.factories import (
    article,
    block,
    block_id,
    clear_sections,
    disclaimer,
    faq,
    home_page,
    index,
    item,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "zq-planted-marker"
GATE = "health_content.services.publishable.disclaimer_faults"
pytestmark = pytest.mark.django_db
# States that a public page can get into, by a way that says so. A row changed by `QuerySet.update` is gone itself at
# once; what links to it learns of it by `rebuild_documents`, or when the schedule runs.
HIDING = {
    "unpublished",
    "expired",
    "login",
    "password",
    "groups",
    "deleted",
    "scheduled",
}

STATES = [
    "never_published", "unpublished", "expired", "expired_unnoticed", "login", "password", "groups", "below_private",
    "below_private_later", "off_site", "updated_live", "updated_dead", "deleted", "scheduled",
]  # fmt: skip


def secret_body() -> str:
    """Return a body with the secret in its text, in a question and in the answer."""
    asked = {"question": f"{SECRET}?", "answer": f"<p>{SECRET}</p>"}
    return json.dumps(
        [
            block("rich_text", f"<p>{SECRET}</p>"),
            block("faq", {"items": [item(asked, "secret question")]}),
        ]
    )


def secret_page(state: str) -> Page:
    """Return a page with the secret in each of its texts, in a *state* that hides it."""
    fields = {
        "title": f"{SECRET} title", "slug": SECRET, "introduction": f"<p>{SECRET}</p>", "summary": SECRET,
        "body": secret_body(),
    }  # fmt: skip
    match state:
        case "never_published" | "updated_live":
            page = faq(live=False, **fields)
            if state == "updated_live":
                Page.objects.filter(pk=page.pk).update(live=True)
        case "below_private":
            parent = index(title=f"{SECRET} parent", slug=f"{SECRET}-parent")
            restrict(parent)
            page = faq(parent, **fields)
        case "below_private_later":
            parent = index(title=f"{SECRET} parent", slug=f"{SECRET}-parent")
            page = faq(parent, **fields)
            restrict(parent)
        case "off_site":
            root = Page.get_first_root_node()
            page = FAQPage(locale=home_page().locale, **fields)
            root.add_child(instance=page)
        case _:
            page = faq(**fields)
            hide(page, state)
    return page


def hide(page: Page, state: str) -> None:
    match state:
        case "unpublished":
            page.unpublish()
        case "expired":
            page.unpublish(set_expired=True)
        case "expired_unnoticed":
            Page.objects.filter(pk=page.pk).update(
                expire_at=timezone.now() - timedelta(seconds=1)
            )
        case "login" | "password" | "groups":
            restrict(page, state)
        case "updated_dead":
            Page.objects.filter(pk=page.pk).update(live=False)
        case "deleted":
            page.delete()
        case "scheduled":
            page.unpublish()
            page.go_live_at = timezone.now() + timedelta(days=1)
            page.save_revision().publish()


def restrict(page: Page, kind: str = "login") -> None:
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="x"
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Staff"))


def witness(secret: Page, *, is_first: bool = False) -> Page:
    """Return a public page that refers to the secret one in every way there is."""
    link = f'<p>See <a linktype="page" id="{secret.pk}">the other page</a>.</p>'
    draft = disclaimer("draft-only", live=False, title=SECRET, body=f"<p>{SECRET}</p>")
    body = [
        block("rich_text", link),
        block("callout", {"tone": "info", "body": link}),
        block("mechanism_list", {"introduction": link, "items": [item({"title": "", "body": link}, "m")]}),
        block("disclaimer", {"disclaimer": draft.pk}),
        block("section", {"heading": "S", "level": "2", "standalone_safe": True, "blocks": [
            block("faq", {"items": [item({"question": "Q", "answer": link}, "f")]}, "inner"),
            block("related", {"heading": "", "pages": [item(secret.pk, "r")]}),
            block("faq_ref", {"page": secret.pk, "question": "As it was called", "question_id": block_id("secret question")}),
        ]}),
    ]  # fmt: skip
    chosen = [block("disclaimer", {"disclaimer": draft.pk, "placement": "start"})]
    # The gate would refuse it; what came in beside the gate, as by a fixture, must not leak either.
    with patch(GATE, return_value={}):
        made = article(
            title="Witness",
            slug="witness",
            introduction=link,
            body=json.dumps(body),
            disclaimers=json.dumps(chosen),
        )
    return clear_sections(made)


def routes(page: Page, secret: Page) -> Iterator[str]:
    """Yield every route there is, by every filter that could name the secret page."""
    yield from (
        "",
        "openapi.json",
        "docs/",
        "disclaimers/",
        "disclaimers/draft-only/",
        "disclaimers/shown/",
        "routes/?page_size=1000",
        "redirects/",
        "site/",
        "faqs/entries/",
        "faqs/entries/?q=other",
        "search/?q=other",
        "search/?q=witness&page_size=1",
        f"search/?q={SECRET}",
        "search/?q=planted",
        "search/?q=plantedd%20markerr",
        f"search/?q=page&ancestor={secret.pk}",
        "pages/?q=planted&count=exact",
        "changes/",
        "changes/?include=body,breadcrumbs,alternates,seo,jsonld,replies_summary&page_size=100",
        "changes.atom",
    )
    for collection in ("pages/", "articles/", "faqs/"):
        for query in (
            "", "?include=body,breadcrumbs,alternates,seo,jsonld,replies_summary", "?count=exact&order=title",
            f"?ancestor={secret.pk}", f"?parent={secret.pk}", f"?slug={SECRET}", "?locale=es", "?updated_since=2020-01-01",
        ):  # fmt: skip
            yield f"{collection}{query}"
        for pk in (page.pk, secret.pk, home_page().pk):
            yield f"{collection}{pk}/"
            yield f"{collection}{pk}.md"
            yield f"{collection}{pk}/?include=children&fields=title,body"
            yield f"{collection}{pk}/?include=children,hast"
            yield f"articles/{pk}/versions/"
            yield f"articles/{pk}/sections/{block_id('section')}/?include=hast"
    for path in (
        "/",
        "/witness/",
        f"/{SECRET}/",
        f"/{SECRET}-parent/{SECRET}/",
        "/to-page/",
        "/to-link/",
        "/to-url/",
    ):
        yield f"resolve/?path={path}"
        yield f"resolve/?path={path}&include=children,hast&site=testserver"


@pytest.fixture
def disclaimers_too(committed: Callable[[], Any]) -> None:
    with committed():
        link = '<p><a linktype="page" id="987654">x</a> a wording</p>'
        disclaimer("shown", applies_to_all=True, body=link)


@pytest.mark.parametrize(
    ("state", "order"),
    [(state, "secret first") for state in STATES]
    + [(state, "secret last") for state in sorted(HIDING)],
)
def test_the_secret_is_in_no_byte(
    state: str,
    order: str,
    get: Callable[..., Any],
    committed: Callable[[], Any],
    disclaimers_too: None,
) -> None:
    with committed():
        home_page()
    if order == "secret first":
        with committed():
            secret = secret_page(state)
        with committed():
            page = witness(secret)
    else:
        with committed():
            secret = faq(
                title=f"{SECRET} title",
                slug=SECRET,
                introduction=SECRET,
                summary=SECRET,
                body=secret_body(),
            )
        with committed():
            page = witness(secret)
        with committed():
            hide(secret, state)
    with committed():
        if secret.pk and Page.objects.filter(pk=secret.pk).exists():
            Redirect.objects.create(old_path="/to-page", redirect_page_id=secret.pk)
        Redirect.objects.create(old_path="/to-link", redirect_link=f"/{SECRET}/?a=b")
        Redirect.objects.create(
            old_path="/to-url", redirect_link=f"http://testserver/{SECRET}/"
        )

    assert SECRET not in Client().get("/llms.txt").content.decode()
    for route in routes(page, secret):
        response = get(route)
        # What was asked for is in the address: it may come back in a problem's `instance`, never elsewhere.
        seen = response.content.decode() + str(dict(response.headers))
        assert SECRET not in seen, route
        assert response.status_code < 500, route
    document = get(f"pages/{page.pk}/").json()
    assert document["introduction"] == {"html": "<p>See the other page.</p>"}
    assert document["body"][3]["disclaimer"] is None
    assert [d["key"] for d in document["safety"]["disclaimers"]] == ["shown"]


def test_a_witness_names_a_public_page(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    """The control: the same references, to a page that everybody may see."""
    with committed():
        other = faq(title="Public", slug="public", body=secret_body())
        page = witness(other)

    document = get(f"pages/{page.pk}/").json()

    assert document["introduction"] == {
        "html": '<p>See <a href="/public/">the other page</a>.</p>'
    }
    _faq, related, question = document["body"][4]["blocks"]
    assert [link["id"] for link in related["pages"]] == [other.pk]
    assert SECRET in question["question"]["answer"]["html"]


def test_a_row_made_live_behind_our_back_has_no_document(
    get: Callable[..., Any],
) -> None:
    page = article(live=False)
    Page.objects.filter(pk=page.pk).update(live=True)

    assert get(f"articles/{page.pk}/").status_code == 404
    assert not PublishedDocument.objects.filter(page_id=page.pk).exists()


@pytest.mark.parametrize("state", ["expired_unnoticed", "updated_dead"])
def test_a_row_changed_behind_our_back_is_gone_itself(
    state: str, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page = article(title=SECRET, slug="secret")
    with committed():
        hide(page, state)

    for route in (
        f"articles/{page.pk}/",
        "articles/",
        "pages/?include=body",
        "resolve/?path=/secret/",
    ):
        assert SECRET not in get(route).content.decode(), route


def test_a_restriction_hides_before_the_commit(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    """A rebuild of many pages takes time; none of it may pass with the restriction in force and the pages readable."""
    with committed():
        parent = index()
        child = article(parent)
    assert get(f"articles/{child.pk}/").status_code == 200

    restrict(parent)

    assert get(f"articles/{child.pk}/").status_code == 404


def test_a_restriction_that_is_lifted_shows_again(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        parent = index()
        child = article(parent)
        page = witness(child)
    with committed():
        restrict(parent)
    assert get(f"articles/{child.pk}/").status_code == 404
    assert get(f"articles/{page.pk}/").json()["introduction"] == {
        "html": "<p>See the other page.</p>"
    }

    with committed():
        PageViewRestriction.objects.get().delete()

    assert get(f"articles/{child.pk}/").status_code == 200
    assert child.url in get(f"articles/{page.pk}/").json()["introduction"]["html"]


def test_documents_of_two_sites_do_not_mix(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        article(title="Here", slug="same")
        other_root = index(title="Other home", slug="other-home")
        root = Page.get_first_root_node()
        other_root.move(root, pos="last-child")
        Site.objects.create(
            hostname="other.example", port=443, root_page_id=other_root.pk
        )
    with committed():
        other_root.refresh_from_db()
        there = article(other_root, title="There", slug="same")

    assert get("resolve/", path="/same/").json()["page"]["title"] == "Here"
    assert (
        get("resolve/", path="/same/", site="other.example").json()["page"]["title"]
        == "There"
    )
    assert (
        get("resolve/", path="/", site="other.example").json()["page"]["title"]
        == "Other home"
    )
    assert get("resolve/", path="/same/", site="unknown.example").status_code == 404
    assert [
        p["id"] for p in get("articles/", site="other.example").json()["items"]
    ] == [there.pk]
    assert (
        get("articles/", site="other.example:443").json()["items"][0]["url"]
        == "https://other.example/same/"
    )


def test_a_page_of_another_kind_is_linked_and_not_delivered(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    """A site's own page types have no document; links to them follow their visibility all the same."""
    with committed():
        plain = Page(title="Plain", slug="plain", locale=home_page().locale)
        home_page().add_child(instance=plain)
        page = faq(introduction=f'<a linktype="page" id="{plain.pk}">x</a>')
    assert get(f"faqs/{page.pk}/").json()["introduction"] == {
        "html": '<a href="/plain/">x</a>'
    }
    assert get(f"pages/{plain.pk}/").status_code == 404

    with committed():
        plain.unpublish()

    assert get(f"faqs/{page.pk}/").json()["introduction"] == {"html": "x"}
