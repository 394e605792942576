"""What the token of a preview reads: its page in the live shape, and nothing else at all."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from health_content.delivery.api.urls import urlpatterns
from health_content.delivery.models import PreviewDraft
from health_content.pages.models import ArticlePage
from health_content.services.publication import publication_newest
from tests.factories import (
    article,
    block,
    disclaimer,
    governance_form,
    home_page,
    index,
)

from ..conftest import API
from .conftest import Editor, exchange, query_of, read

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
MARKER = "planted-3f9c"


@pytest.fixture
def anna() -> Editor:
    return Editor()


@pytest.fixture
def page(django_capture_on_commit_callbacks: Any) -> ArticlePage:
    with django_capture_on_commit_callbacks(execute=True):
        disclaimer("general", applies_to_all=True)
        return article(
            title="Sleep",
            slug="sleep",
            summary="Short.",
            body=json.dumps([block("rich_text", "<p>As <b>published</b>.</p>")]),
        )


def typed(page: ArticlePage, **fields: Any) -> dict[str, Any]:
    """Return what the editor's form posts, with *fields* typed into it."""
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "quote",
        "body-0-id": str(uuid4()),
        "body-0-value-text": "Typed, not saved",
        "body-0-value-attribution": "",
        "body-0-value-source_url": "",
        "disclaimers-count": "0",
    }
    own = {"title": page.title, "slug": page.slug, "introduction": "null", "summary": "", "replies_mode": "open", "seo_title": "", "search_description": ""}  # fmt: skip
    return own | governance_form() | body | fields


def test_a_draft_has_the_shape_of_the_published_page(
    anna: Editor, page: ArticlePage
) -> None:
    """All that differs is what a publication says of itself."""
    live = Client().get(f"{API}articles/{page.pk}/").json()

    draft = read(f"preview/pages/{page.pk}/", anna.token(page)).json()

    assert publication_newest(page.pk) is not None
    assert list(draft) == list(live)
    assert live["safety"].pop("gate") == "passed"
    assert draft["safety"].pop("gate") == "unchecked"
    digest = live.pop("content_digest")
    assert draft.pop("content_digest") is None
    assert live["seo"]["jsonld"]["@graph"][0].pop("version") == digest
    assert draft | {"version": 1} == live


def test_what_is_typed_is_previewed_before_it_is_saved(
    anna: Editor, page: ArticlePage
) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = anna.client.post(url, typed(page, title="Typed", slug="dreams"))
    response = anna.client.get(url, {"mode": "front_end", "in_preview_panel": "true"})
    body = exchange(query_of(response)["code"]).json()

    draft = read("preview/document/", body["token"]).json()

    assert sent.json()["is_valid"] is sent.json()["is_available"] is True
    assert (draft["id"], draft["title"], draft["path"]) == (
        page.pk,
        "Typed",
        "/dreams/",
    )
    assert draft["body"][0]["text"] == "Typed, not saved"
    assert body["path"] == "/dreams/"
    assert ArticlePage.objects.get(pk=page.pk).title == "Sleep"


def test_a_page_that_is_being_made_is_previewed(anna: Editor) -> None:
    """It has no id yet, and no row: its editor may add pages there, and that is asked again."""
    home = home_page()
    args = ["health_pages", "articlepage", home.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=args)
    anna.client.post(url, typed(ArticlePage(title="New", slug="new")))
    response = anna.client.get(url, {"mode": "front_end"})
    body = exchange(query_of(response)["code"]).json()
    draft = read("preview/document/?include=source_map", body["token"])

    again = read("preview/resolve/?path=/new/", body["token"])

    assert (body["page"], body["path"]) == (None, "/new/")
    assert (draft.json()["id"], draft.json()["title"]) == (0, "New")
    assert draft.json()["locale"] == "en"
    assert again.json()["page"]["title"] == "New"
    assert ArticlePage.objects.count() == 0
    anna.user.groups.get().page_permissions.all().delete()
    assert read("preview/document/", body["token"]).status_code == 401


def test_a_preview_follows_what_its_editor_saves(
    anna: Editor, page: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    anna.client.post(url, typed(page))
    code = query_of(anna.client.get(url, {"mode": "front_end"}))["code"]
    token = exchange(code).json()["token"]
    before = read("preview/document/", token)

    page.title = "Ben's"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=Editor().user)
    not_hers = read("preview/document/", token)
    page.title = "Anna's"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=anna.user)
        disclaimer("other").save_revision(user=anna.user)

    assert not_hers.content == before.content
    assert read("preview/document/", token).json()["title"] == "Anna's"


def test_an_old_revision_stays_what_it_is(
    anna: Editor, page: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    token = anna.token(page)

    page.title = "Newer"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=anna.user)

    assert read("preview/document/", token).json()["title"] == "Sleep"
    assert not PreviewDraft.objects.get().is_followed


def test_answers_are_nobody_elses_and_are_not_sent_twice(
    anna: Editor, page: ArticlePage
) -> None:
    token = anna.token(page)
    url = f"preview/pages/{page.pk}/"
    got = read(url, token)

    again = read(url, token, {"If-None-Match": got.headers["ETag"]})

    assert got.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in got.headers["Vary"]
    assert "ETag" in got.headers["Access-Control-Expose-Headers"]
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-store"
    assert not got.cookies


def test_a_new_version_is_sent(anna: Editor, page: ArticlePage) -> None:
    token = anna.token(page)
    etag = read("preview/document/", token).headers["ETag"]
    page.title = "Changed"
    page.save_revision(user=anna.user)
    anna.press(page)

    again = read("preview/document/", token, {"If-None-Match": etag})

    assert (again.status_code, again.json()["title"]) == (200, "Changed")


def test_includes_and_fields_are_those_of_live_reads(
    anna: Editor, page: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article(page, title="Below", live=True)
        article(page, title=MARKER, live=False)
    token = anna.token(page)

    whole = read("preview/document/?include=children,hast,source_map", token).json()
    part = read("preview/document/?fields=title&include=source_map", token).json()

    assert [card["title"] for card in whole["children"]] == ["Below"]
    assert whole["body"][0]["body"]["hast"]["type"] == "root"
    assert list(part) == ["id", "type", "title", "safety", "source_map"]
    assert part["source_map"] == whole["source_map"]
    assert read("preview/document/?include=nothing", token).status_code == 400


def test_a_path_leads_to_the_draft_as_a_live_one_does(
    anna: Editor, page: ArticlePage
) -> None:
    token = anna.token(page)
    draft = read("preview/document/", token).json()

    found = read("preview/resolve/?path=/sleep&site=testserver&locale=en", token)

    assert found.json() == {"outcome": "page", "page": draft}
    for query in ("path=/", "path=/sleep/&site=a.example", "path=/sleep/&locale=es"):
        other = read(f"preview/resolve/?{query}", token)
        assert (other.status_code, other.json()["type"]) == (
            403,
            "preview-of-another-page",
        )


def test_a_draft_shows_nothing_of_other_hidden_pages(
    anna: Editor, django_capture_on_commit_callbacks: Any
) -> None:
    """Not their titles, addresses or ids: the editor may see them, whoever the preview is shown to may not."""
    with django_capture_on_commit_callbacks(execute=True):
        hidden_parent = index(title=MARKER, slug=MARKER, live=False)
        draft = article(title=MARKER, slug=f"{MARKER}-a", live=False)
        private = article(title=MARKER, slug=f"{MARKER}-b")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        wording = disclaimer("hidden", body=f"<p>{MARKER}</p>", live=False)
        links = "".join(
            f'<a linktype="page" id="{p.pk}">here</a> ' for p in (draft, private)
        )
        page = article(
            hidden_parent,
            live=False,
            slug="shown",
            body=json.dumps(
                [
                    block("rich_text", f"<p>{links}</p>"),
                    block("disclaimer", {"disclaimer": wording.pk}),
                ]
            ),
        )
    token = anna.token(page)

    answer = read("preview/document/?include=hast,children,source_map", token)

    body = answer.json()
    assert body["body"][0]["body"]["html"] == "<p>here here </p>"
    assert body["body"][1]["disclaimer"] is None
    assert [link["title"] for link in body["breadcrumbs"]] == ["Home"]
    text = answer.content.decode().replace(f"/{MARKER}/shown/", "")
    assert MARKER not in text


# Law 9.

READS: dict[str, Callable[..., str]] = {
    "preview/document/": lambda page: "preview/document/",
    "preview/pages/{id}/": lambda page: f"preview/pages/{page.pk}/",
    "preview/resolve/": lambda page: f"preview/resolve/?path={page.url}",
}


def routes() -> list[str]:
    """Return the routes of the API by name."""
    return [str(p.name) for p in urlpatterns if isinstance(p, URLPattern) and p.name]


def address(name: str, page_id: int) -> str:
    """Return the address of the route *name*, for the page *page_id* where it takes one; the rest is made up."""
    pattern = next(p for p in urlpatterns if isinstance(p, URLPattern) and p.name == name)  # fmt: skip
    names = list(pattern.pattern.regex.groupindex)  # type: ignore[union-attr]
    made_up = [1, str(uuid4()), f"msg_{uuid4().hex}", "general"]
    words = [[page_id] if word == "page_id" else made_up for word in names]
    for chosen in product(*words):
        with suppress(NoReverseMatch):
            path: str = reverse(
                f"health_delivery:{name}", kwargs=dict(zip(names, chosen, strict=True))
            )
            return path
    raise AssertionError(f"No made-up word fits {name}.")


METHODS = ("get", "head", "post", "put", "patch", "delete")


@pytest.mark.parametrize("name", sorted(set(routes()) - {"missing"}))
def test_law_9_a_preview_token_reads_its_page_alone_and_writes_nothing(
    name: str, anna: Editor, page: ArticlePage
) -> None:
    """Law 9: every route, every method, its own page and another one."""
    other = article(title=MARKER, live=False)
    bearer = {"Authorization": f"Bearer {anna.token(page)}"}
    before = list(PreviewDraft.objects.values_list("pk", "version"))

    for method, page_id in product(METHODS, (page.pk, other.pk)):
        answer = getattr(Client(), method)(address(name, page_id), headers=bearer)

        is_read = method in {"get", "head"}
        is_own = name == "preview-document" or page_id == page.pk
        opens = is_read and is_own and name in {"preview-document", "preview-page"}
        assert (answer.status_code == 200) is opens, answer.content
        assert opens or answer.status_code in {400, 401, 403, 405}, answer.content
        if is_read and not name.startswith("preview-"):
            assert answer.status_code == (405 if "Allow" in answer.headers else 401)
        assert MARKER not in answer.content.decode()
    assert list(PreviewDraft.objects.values_list("pk", "version")) == before


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_id_and_no_path_makes_a_token_read_another_page(
    data: st.DataObject, anna: Editor, page: ArticlePage
) -> None:
    """Law 9, for ids and paths that nobody thought of."""
    token = anna.token(page)
    identifier = data.draw(st.integers(0, 10**19))
    path = data.draw(st.text(st.characters(codec="utf-8"), max_size=40))
    query = data.draw(st.sampled_from(["", "?include=children", "?fields=title"]))

    by_id = read(f"preview/pages/{identifier}/{query}", token)
    by_path = Client().get(
        f"{API}preview/resolve/",
        {"path": f"/{path}"},
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (by_id.status_code == 200) is (identifier == page.pk)
    found = [by_id.json()] if by_id.status_code == 200 else []
    if by_path.status_code == 200:
        found.append(by_path.json()["page"])
    assert [document["id"] for document in found] == [page.pk] * len(found)


def test_previews_are_for_those_with_a_token(page: ArticlePage) -> None:
    for make in READS.values():
        answer = Client().get(f"{API}{make(page)}")
        assert (answer.status_code, answer.json()["type"]) == (
            401,
            "authentication-required",
        )


def test_a_read_costs_the_same_for_short_and_long_drafts(
    anna: Editor, page: ArticlePage
) -> None:
    counts = []
    for paragraphs in (1, 40):
        page.body = json.dumps(
            [block("rich_text", "<p>x</p>", str(n)) for n in range(paragraphs)]
        )
        page.save_revision()
        token = anna.token(page)
        read("preview/document/", token)
        with CaptureQueriesContext(connection) as queries:
            read("preview/document/", token)
        counts.append(len(queries))
        assert not any(
            q["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for q in queries
        )

    assert counts[0] == counts[1]
    assert counts[0] <= 8
