"""Answers of the content API: documents, lists, paths, headers, problems, and what they cost."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import brotli
import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from health_content.delivery.api.grammar import ORDERS
from health_content.delivery.api.problems import PROBLEM_TITLES
from health_content.delivery.api.views import RootView
from health_content.delivery.cursors import MAX_ID, MAX_KEY, Cursor, encode_cursor
from health_content.delivery.selectors import lists
from tests.factories import article, block, disclaimer, faq, home_page, index

from .conftest import API

if TYPE_CHECKING:
    from wagtail.models import Page

pytestmark = pytest.mark.django_db
Get = Callable[..., Any]
Committed = Callable[[], Any]
ROUTES = [
    "",
    "pages/",
    "articles/",
    "faqs/",
    "faqs/entries/",
    "routes/",
    "redirects/",
    "site/",
    "disclaimers/",
    "openapi.json",
    "docs/",
]


@pytest.fixture
def page(committed: Committed) -> Page:
    with committed():
        disclaimer("general", applies_to_all=True)
        return article(
            title="Sleep",
            slug="sleep",
            summary="Short.",
            body=json.dumps([block("rich_text", "<p>Long.</p>")]),
        )


def queries_of(action: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize(
    "route",
    [*ROUTES, "articles/{pk}/", "pages/{pk}/", "pages/{pk}.md", "disclaimers/general/"],
)
def test_every_route_answers_with_and_without_its_slash(
    route: str, get: Get, page: Page
) -> None:
    path = route.format(pk=page.pk).rstrip("/")

    assert get(path).status_code == 200
    assert get(f"{path}/" if path else "").status_code == 200


def test_the_prefix_itself_needs_no_slash(page: Page) -> None:
    assert Client().get(API.rstrip("/")).status_code == 200


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize(
    "route",
    [
        "articles/{pk}/",
        "articles/{pk}.md",
        "resolve/?path=/sleep/",
        "articles/",
        "articles/{pk}/?fields=title",
    ],
)
def test_headers_are_those_of_the_bytes(route: str, coding: str, page: Page) -> None:
    """ETag, Content-Digest and length are of the bytes sent; HEAD has the same; 304 only for equal bytes."""
    url = f"{API}{route.format(pk=page.pk)}"
    accept = {"Accept-Encoding": coding}
    client = Client()

    got = client.get(url, headers=accept)
    head = client.head(url, headers=accept)
    again = client.get(url, headers=accept | {"If-None-Match": got.headers["ETag"]})

    sha = base64.b64encode(hashlib.sha256(got.content).digest()).decode()
    assert got.headers["ETag"] == f'"{sha}"'
    assert got.headers["Content-Digest"] == f"sha-256=:{sha}:"
    assert got.headers["Content-Length"] == str(len(got.content))
    assert (dict(head.headers), head.content) == (dict(got.headers), b"")
    assert (again.status_code, again.content, again.headers["ETag"]) == (
        304,
        b"",
        got.headers["ETag"],
    )
    is_negotiated = route == "articles/{pk}/"
    assert got.headers["Vary"] == f"{'Accept, ' * is_negotiated}Accept-Encoding"
    assert "Set-Cookie" not in got.headers
    assert not client.cookies


def test_codings_hold_one_document_and_differ_in_their_validators(page: Page) -> None:
    def fetch(coding: str) -> Any:
        return Client().get(
            f"{API}articles/{page.pk}/", headers={"Accept-Encoding": coding}
        )

    plain, zipped, brotlied = fetch("identity"), fetch("gzip"), fetch("gzip, br")

    assert gzip.decompress(zipped.content) == plain.content
    assert brotli.decompress(brotlied.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert [r.headers["Content-Encoding"] for r in (zipped, brotlied)] == ["gzip", "br"]
    assert len({r.headers["ETag"] for r in (plain, zipped, brotlied)}) == 3
    other = Client().get(
        f"{API}articles/{page.pk}/",
        headers={"Accept-Encoding": "gzip", "If-None-Match": plain.headers["ETag"]},
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("*", 304),
        ('W/{tag}, "x"', 304),
        ('"x", {tag}', 304),
        ('"x"', 200),
        ("{tag", 200),
        ("", 200),
        ("\xff" * 2000, 200),
    ],
)
def test_if_none_match_is_read_leniently(
    header: str, status: int, get: Get, page: Page
) -> None:
    tag = get(f"articles/{page.pk}/").headers["ETag"]

    answer = get(
        f"articles/{page.pk}/", headers={"If-None-Match": header.replace("{tag}", tag)}
    )

    assert answer.status_code == status


def test_a_document_says_how_long_and_for_what(get: Get, page: Page) -> None:
    headers = get(f"articles/{page.pk}/").headers

    assert headers["Cache-Control"] == (
        "public, max-age=0, s-maxage=300, stale-while-revalidate=60, stale-if-error=86400"
    )
    assert headers["Content-Language"] == "en"
    assert headers["Link"] == (
        '<http://testserver/sleep/>; rel="canonical", '
        f'<{API}articles/{page.pk}.md>; rel="alternate"; type="text/markdown"'
    )
    assert headers["Cache-Tag"].split(",")[:2] == [f"page-{page.pk}", "type-article"]
    assert headers["Last-Modified"].endswith(" GMT")


@pytest.mark.parametrize(
    ("route", "is_of_one"),
    [
        ("articles/{pk}/?fields=title", True), ("articles/{pk}/?include=hast", True), ("articles/{pk}.md", True),
        ("resolve/?path=/sleep/&include=hast", True), ("articles/{pk}/?include=children", False),
        ("resolve/?path=/sleep/&include=navigation:main", False), ("articles/", False),
    ],
)  # fmt: skip
def test_what_is_made_of_one_document_says_when_it_changed(
    get: Get, page: Page, route: str, is_of_one: bool
) -> None:
    known = get(f"articles/{page.pk}/").headers["Last-Modified"]

    answer = get(route.format(pk=page.pk))

    assert answer.headers.get("Last-Modified") == (known if is_of_one else None)


def test_the_tag_header_has_the_name_of_the_cache(
    get: Get, page: Page, settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "CACHE_TAG_HEADER": "Surrogate-Key"
    }

    headers = get(f"articles/{page.pk}/").headers

    assert headers["Surrogate-Key"].split()[:2] == [f"page-{page.pk}", "type-article"]
    assert "Cache-Tag" not in headers


def test_types_have_their_own_collections(
    get: Get, committed: Committed, page: Page
) -> None:
    with committed():
        questions = faq()

    assert get(f"faqs/{page.pk}/").status_code == 404
    assert get(f"articles/{questions.pk}/").status_code == 404
    assert get(f"pages/{questions.pk}/").json()["type"] == "faq"
    assert [p["id"] for p in get("faqs/").json()["items"]] == [questions.pk]
    assert {p["type"] for p in get("pages/").json()["items"]} == {
        "article",
        "faq",
        "index",
    }
    assert [p["type"] for p in get("pages/", type="index").json()["items"]] == ["index"]


def test_fields_never_take_the_envelope_away(get: Get, page: Page) -> None:
    document = get(f"articles/{page.pk}/", fields="title").json()
    (card,) = get("articles/", fields="slug").json()["items"]

    assert list(document) == ["id", "type", "title", "safety"]
    assert list(card) == ["id", "type", "slug", "safety"]
    assert card["safety"]["disclaimers"][0]["key"] == "general"


def test_include_adds_to_fields_everywhere(get: Get, page: Page) -> None:
    query = {"fields": "title", "include": "seo,hast"}
    document = get(f"articles/{page.pk}/", **query).json()
    (card,) = get("articles/", fields="title", include="seo").json()["items"]
    whole = get(f"articles/{page.pk}/", include="seo").json()

    assert list(document) == list(card) == ["id", "type", "title", "safety", "seo"]
    assert whole == get(f"articles/{page.pk}/").json()


def test_include_adds_to_cards(get: Get, page: Page) -> None:
    (card,) = get("articles/").json()["items"]
    (with_body,) = get("articles/", include="body,seo").json()["items"]
    document = get(f"articles/{page.pk}/").json()

    assert set(document) - set(card) == {
        "introduction",
        "body",
        "sources",
        "contributors",
        "references",
        "conflicts",
        "organization",
        "aspect_coverage",
        "content_digest",
        "breadcrumbs",
        "alternates",
        "seo",
    }
    assert set(with_body) - set(card) == {
        "introduction",
        "body",
        "sources",
        "references",
        "seo",
    }
    assert {key: document[key] for key in with_body} == with_body
    assert get("articles/", include="replies_summary").json()["items"] == [card]


def test_children_are_cards_in_the_order_of_the_tree(
    get: Get, committed: Committed
) -> None:
    with committed():
        parent = index(slug="topics")
        first, second = article(parent, title="Z"), article(parent, title="A")
        article(parent, live=False)
        article(index(parent), title="Deep")

    children = get(f"pages/{parent.pk}/", include="children", fields="title").json()[
        "children"
    ]
    resolved = get("resolve/", path="/topics/", include="children").json()["page"]

    assert [c["id"] for c in children][:2] == [first.pk, second.pk]
    assert len(children) == 3
    assert resolved["children"] == children
    assert resolved["body"] == []
    assert resolved["more_children"] is None


def test_an_answer_says_that_there_are_more_children_than_it_has(
    get: Get, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "CHILDREN_MAX", 3)
    with committed():
        parent = index(slug="topics")
        first = [article(parent, title=title) for title in ("C", "B", "A")]
    pk = parent.pk
    whole = get(f"pages/{pk}/", include="children").json()
    assert [c["id"] for c in whole["children"]] == [page.pk for page in first]
    assert whole["more_children"] is None

    with committed():
        last = article(parent, title="Last")

    where = f"/api/content/v1/pages/?parent={pk}"
    for cut in (
        get(f"pages/{pk}/", include="children").json(),
        get(f"pages/{pk}/", include="children", fields="title").json(),
        get("resolve/", path="/topics/", include="children").json()["page"],
    ):
        assert [c["id"] for c in cut["children"]] == [page.pk for page in first]
        assert cut["more_children"] == where
    listed = get(where.removeprefix("/api/content/v1/")).json()["items"]
    assert {item["id"] for item in listed} == {page.pk for page in (*first, last)}
    assert "more_children" not in get(f"pages/{pk}/").json()


@pytest.mark.parametrize(
    "order",
    [
        "title",
        "-title",
        "id",
        "-id",
        "last_published_at",
        "-first_published_at",
        "-updated_at",
    ],
)
def test_pages_of_a_list_hold_everything_once(
    order: str, get: Get, committed: Committed
) -> None:
    with committed():
        pages = [article(title=title) for title in ("B", "A", "C", "A", "ü")]
    seen: list[int] = []
    query: dict[str, Any] = {"order": order, "page_size": 2}

    for _ in range(3):
        answer = get("articles/", **query)
        seen += [p["id"] for p in answer.json()["items"]]
        query["cursor"] = answer.json()["next"]

    whole = [p["id"] for p in get("articles/", order=order).json()["items"]]
    assert query["cursor"] is None
    assert seen == whole
    assert sorted(seen) == sorted(p.pk for p in pages)


def test_a_list_links_to_its_next_page(get: Get, committed: Committed) -> None:
    with committed():
        for _ in range(3):
            article()

    first = get("articles/", page_size=2, order="id", count="exact")

    url = first.headers["Link"].removeprefix("<").removesuffix('>; rel="next"')
    assert first.json()["count"] == 3
    assert len(Client().get(url).json()["items"]) == 1
    assert "Link" not in get("articles/").headers


def test_lists_are_filtered(get: Get, page: Page, committed: Committed) -> None:
    with committed():
        other = article(slug="other")
    updated = get(f"articles/{other.pk}/").json()

    assert [p["id"] for p in get("articles/", slug="other").json()["items"]] == [
        other.pk
    ]
    assert get("articles/", site="nowhere.example").json()["items"] == []
    assert len(get("articles/", site="testserver").json()["items"]) == 2
    assert get("articles/", updated_since="2100-01-01").json()["items"] == []
    assert (
        len(get("articles/", updated_since="2020-01-01T00:00:00Z").json()["items"]) == 2
    )
    assert len(get("articles/", ancestor=home_page().pk).json()["items"]) == 2
    assert get("articles/", ancestor=999).json()["items"] == []
    assert updated["locale"] == "en"


def test_a_path_is_resolved_however_it_is_written(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(slug="dolor-de-espalda-ñ")

    for path in (
        "/dolor-de-espalda-%c3%b1/",
        "/dolor-de-espalda-ñ/",
        "/dolor-de-espalda-%C3%B1",
    ):
        answer = get("resolve/", path=path)
        assert answer.json()["page"]["id"] == page.pk, path
    assert get("resolve/", path="/", locale="es").status_code == 404
    assert get("resolve/", path="/").json()["page"]["type"] == "index"


def test_every_advertised_path_resolves_to_itself(
    get: Get, page: Page, committed: Committed
) -> None:
    with committed():
        article(index(slug="topics"), slug="ü-b")

    items = get("pages/", include="breadcrumbs,alternates").json()["items"]

    assert len(items) == 4
    for item in items:
        assert get("resolve/", path=item["path"]).json()["page"]["id"] == item["id"]
        for crumb in item["breadcrumbs"]:
            assert (
                get("resolve/", path=crumb["path"]).json()["page"]["id"] == crumb["id"]
            )


def test_redirects_lead_to_public_pages_only(
    get: Get, page: Page, committed: Committed
) -> None:
    hidden = article(live=False, slug="hidden")
    Redirect.objects.create(old_path="/a", redirect_page=page)
    Redirect.objects.create(old_path="/b", redirect_page=hidden)
    Redirect.objects.create(
        old_path="/c", redirect_link="https://who.int/", is_permanent=False
    )
    Redirect.objects.create(old_path="/d", redirect_link="/sleep/?a=1#b")
    Redirect.objects.create(old_path="/e", redirect_link="/hidden/")
    Redirect.objects.create(old_path="/f", redirect_link="javascript:alert(1)")

    assert get("resolve/", path="/a/").json() == {
        "outcome": "redirect",
        "status": 301,
        "location": "/sleep/",
    }
    assert get("resolve/", path="/c").json() == {
        "outcome": "redirect",
        "status": 302,
        "location": "https://who.int/",
    }
    assert get("resolve/", path="/d").json()["location"] == "/sleep/?a=1#b"
    assert [
        get("resolve/", path=path).status_code for path in ("/b", "/e", "/f", "/g")
    ] == [404] * 4


def test_the_beginning_names_everything(get: Get, page: Page) -> None:
    root = get("").json()

    assert set(root["links"]) == {
        "resolve",
        "pages",
        "articles",
        "faqs",
        "questions",
        "disclaimers",
        "routes",
        "redirects",
        "search",
        "site",
        "changes",
        "feed",
        "openapi",
        "docs",
    }
    assert root["sites"] == [{"site": "testserver", "name": "", "is_default": True}]
    assert root["locales"] == ["en"]
    needed = {"resolve": {"path": "/"}, "search": {"q": "a"}}
    for name, path in root["links"].items():
        assert Client().get(path, needed.get(name, {})).status_code == 200


# Made by nobody: the lists in one order go on from numbers.
WORDY_CURSOR = encode_cursor(Cursor(order="question", key="x", id=1))
BAD_REQUESTS = [
    "articles/?nope=1", "articles/?page_size=1&page_size=2", "articles/?page_size=0", "articles/?page_size=101",
    "articles/?page_size=1e1", "articles/?page_size=99999999999999999999", "articles/?ancestor=9223372036854775808",
    "articles/?ancestor=-1", "articles/?order=path", "articles/?cursor=zzz", "articles/?cursor=", "articles/?type=faq",
    "articles/?slug=a/b", "articles/?slug=%00", "articles/?slug=%ff", "articles/?locale=en_US!", "articles/?site=a/b",
    "articles/?fields=nope", "articles/?fields=", "articles/?fields=title,title", "articles/?include=children", "articles/?include=hast",
    "articles/?count=yes", "articles/?updated_since=yesterday", "articles/?updated_since=0001-01-01T00:00:00%2B23:59",
    "articles/?updated_since=2026-01-01T00:00:00", "articles/?updated_since=2026-W05-1", "articles/?updated_since=2026-01-01%2000:00:00Z",
    "articles/?updated_since=20260101", "articles/?updated_since=2026-01-01T00:00Z", "pages/?type=video", "resolve/", "resolve/?path=", "resolve/?path=x",
    "resolve/?path=%00", "resolve/?path=/" + "x" * 2001, "resolve/?path=/&fields=title", "articles/1/?page_size=1",
    "articles/?slug=" + "x" * 5000, "articles/?" + "&".join(f"a{n}=1" for n in range(40)), "disclaimers/?page_size=101",
    "faqs/entries/?q=", "faqs/entries/?q=%20", "faqs/entries/?order=id", f"faqs/entries/?cursor={WORDY_CURSOR}",
    "routes/?page_size=1001", "routes/?q=x", "redirects/?locale=en", "site/?locale=en", "articles/1/versions/?q=x",
    "faqs/entries/?q=" + "x" * 101, "articles/1.md?fields=title",
    f"articles/1/sections/{'0' * 36}/?fields=title", f"articles/1/sections/{'0' * 36}/?include=children", "openapi.json?x=1", "docs/?x=1", "?x=1", "articles/?" + "%00=1", "articles/?slug=x&\xff=1",
]  # fmt: skip


@pytest.mark.parametrize("route", BAD_REQUESTS)
def test_what_the_grammar_does_not_know_is_refused(route: str, get: Get) -> None:
    response = get(route)

    problem = assert_problem(response, 400, "invalid-request")
    assert problem["errors"]
    assert {"location", "pointer", "detail", "code"} == set(problem["errors"][0])


@pytest.mark.parametrize("order", ORDERS)
def test_no_forged_cursor_is_a_fault_of_ours(order: str, get: Get) -> None:
    words = [
        encode_cursor(Cursor(order=order, key=key, id=number))
        for key in (None, 0, 1, MAX_KEY, MAX_KEY + 1, MAX_ID, "", "x", "\ud800", "é")
        for number in (0, MAX_ID)
    ]

    statuses = {get("pages/", order=order, cursor=w).status_code for w in words}

    assert statuses == {200, 400}


def assert_problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    problem: dict[str, Any] = json.loads(response.content)
    assert (response.status_code, problem["status"], problem["type"]) == (
        status,
        status,
        kind,
    )
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert problem["title"] == PROBLEM_TITLES[kind]
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    return problem


@pytest.mark.parametrize(
    "route", ["nope", "articles/x.md", "articles/99999999.md", "articles/x/", "articles/99999999/", "articles/99999999999999999999/", "a//b", "disclaimers/none/",
              "disclaimers/a%0A/", "resolve/?path=/nope/", "%2e%2e/", "pages/0/", "articles/1%0A"],
)  # fmt: skip
def test_what_is_not_there_is_a_problem_too(route: str, get: Get) -> None:
    assert_problem(get(route), 404, "not-found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "route", ["", "articles/", "articles/1/", "resolve/", "nope", "docs/"]
)
def test_other_methods_are_refused(method: str, route: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{API}{route}")

    assert_problem(response, 405, "method-not-allowed")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_options_tell_the_methods() -> None:
    response = Client().options(f"{API}articles/")

    assert (response.status_code, response.content) == (204, b"")
    assert "Content-Type" not in response.headers
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_a_script_of_any_origin_may_read(get: Get, page: Page) -> None:
    for route in (f"articles/{page.pk}/", "articles/", "nope"):
        assert get(route).headers["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_says_nothing(
    get: Get, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("the password is 12345")

    monkeypatch.setattr(RootView, "get", fail)

    problem = assert_problem(get(), 500, "internal-error")

    assert "12345" not in json.dumps(problem)
    assert "12345" in caplog.text


def test_a_head_of_a_problem_has_no_body() -> None:
    response = Client().head(f"{API}nope")

    assert (response.status_code, response.content) == (404, b"")
    assert int(response.headers["Content-Length"]) > 50


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml;q=x", "*", "\xff", "a/b;" * 300, ""]
)
def test_the_accept_header_changes_nothing(accept: str, get: Get, page: Page) -> None:
    response = get(
        f"articles/{page.pk}/", headers={"Accept": accept, "Range": "bytes=0-1"}
    )

    assert response.status_code == 200
    assert response.json()["title"] == "Sleep"


@pytest.mark.parametrize("path", ["%00", "%FF", "a%C3", "x" * 2048])
def test_what_no_route_should_see_is_refused(path: str) -> None:
    assert_problem(Client().get(f"{API}{path}"), 400, "invalid-request")


@pytest.mark.parametrize("path", ["%C3%B1", "ñ", "%20", "100%"])
def test_what_can_be_read_and_leads_nowhere_is_missing(path: str) -> None:
    assert_problem(Client().get(f"{API}{path}"), 404, "not-found")


def test_a_host_of_others_is_refused() -> None:
    with override_settings(ALLOWED_HOSTS=["example.org"]):
        answer = Client().get(API)

    assert_problem(answer, 400, "invalid-request")
    assert answer.json()["errors"][0]["pointer"] == "#/Host"


def test_a_pointer_escapes_the_name(get: Get) -> None:
    answer = Client().get(f"{API}?a/b~c%20d=1")

    assert answer.json()["errors"][0]["pointer"] == "#/a~1b~0c%20d"


def test_the_short_path_leaves_other_pages_alone() -> None:
    from health_content.delivery.middleware import ShortPathMiddleware

    passed: list[str] = []
    middleware = ShortPathMiddleware(lambda request: passed.append(request.path))  # type: ignore[arg-type,return-value,func-returns-value]

    for path in ("/", "/api/content/v1x", "/api/content/", "/admin/"):
        middleware(RequestFactory().get(path))
    assert passed == ["/", "/api/content/v1x", "/api/content/", "/admin/"]


def test_reads_cost_one_query(get: Get, page: Page) -> None:
    get(f"articles/{page.pk}/")

    assert len(queries_of(lambda: get(f"articles/{page.pk}/"))) == 1
    assert len(queries_of(lambda: get("resolve/", path="/sleep/"))) == 1
    assert (
        len(
            queries_of(
                lambda: get("resolve/", path="/sleep/", site="testserver", locale="en")
            )
        )
        == 1
    )
    assert len(queries_of(lambda: get(f"articles/{page.pk}/", include="children"))) == 3
    assert len(queries_of(lambda: get("articles/"))) == 1
    assert len(queries_of(lambda: get("articles/", count="exact"))) == 2


def test_queries_do_not_grow_with_the_list(
    get: Get, committed: Committed, page: Page
) -> None:
    routes = [
        "articles/?page_size=100", "articles/?page_size=100&include=body,seo", "pages/?page_size=100&order=title",
        "disclaimers/", "disclaimers/general/", "faqs/entries/?page_size=100", "routes/", "redirects/", "site/",
    ]  # fmt: skip
    with committed():
        article()
        disclaimer("linked", body=f'<a linktype="page" id="{page.pk}">x</a>')
    few = {route: len(queries_of(lambda r=route: get(r))) for route in routes}
    with committed():
        for number in range(18):
            article()
            disclaimer(
                f"more-{number}", body=f'<a linktype="page" id="{page.pk}">x</a>'
            )
    many = {route: len(queries_of(lambda r=route: get(r))) for route in routes}

    assert few == many
    assert max(many.values()) <= 11
    assert {many[route] for route in routes[:3]} == {1}


def test_a_read_writes_nothing(get: Get, page: Page) -> None:
    for route in (
        *ROUTES,
        f"articles/{page.pk}/",
        "resolve/?path=/sleep/",
        "resolve/?path=/nope/",
    ):
        for query in queries_of(lambda route=route: get(route)):
            assert query.split()[0] == "SELECT", query
