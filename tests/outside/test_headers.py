"""What httplint says of every kind of answer, and what a cache in JavaScript would do with it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import RequestFactory
from django.utils.http import http_date

from health_content.delivery.api.problems import (
    Problem,
    gone,
    problem_response,
    search_unavailable,
)
from health_content.delivery.api.throttles import Quota, too_many_requests

from .linting import Message, Remark, exchange, remarks

if TYPE_CHECKING:
    from .conftest import Node, Site

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("site")]
API = "/api/content/v1/"
# Notes that we accept, each with its reason.
ACCEPTED = {
    "STATUS_BAD_REQUEST": "It says what a 400 is, and we mean it.",
    "CC_CONFLICTING": "`private, no-store`: caches that read only one of the two must not keep it either.",
    "STORE_PUBLIC_UNNECESSARY": "s-maxage implies it (RFC 9111); older caches ask for the word.",
}


@dataclass(frozen=True, slots=True)
class Pages:
    """Ids and paths of the demonstration."""

    article: int
    version: int
    path: str
    moved: str
    """Path of a redirect."""
    section: str
    """Id of a section that nobody has cleared to stand alone."""
    faq: int
    disclaimer: str
    menu: str


@pytest.fixture(scope="module")
def pages(site: Site) -> Pages:
    def items(path: str) -> list[Any]:
        found: list[Any] = json.loads(site.read(f"{API}{path}"))["items"]
        return found

    article = items("articles/?locale=en")[0]
    redirects = items("redirects/")
    return Pages(
        article=article["id"],
        version=article["version"],
        path=article["path"],
        moved=redirects[0]["path"],
        section=next(
            block["id"]
            for block in json.loads(site.read(f"{API}articles/{article['id']}/"))[
                "body"
            ]
            if block["type"] == "section" and not block["standalone_safe"]
        ),
        faq=items("faqs/")[0]["id"],
        disclaimer=items("disclaimers/")[0]["key"],
        menu=json.loads(site.read(f"{API}site/"))["navigation"][0],
    )


def addresses(pages: Pages) -> list[str]:
    """Return an address of each kind that anybody may read."""
    article = f"articles/{pages.article}"
    return [
        "", "openapi.json", "docs/", f"resolve/?path={pages.path}", f"resolve/?path={pages.moved}", "pages/", "articles/",
        "articles/?page_size=1&include=body", "faqs/", f"pages/{pages.article}/", f"{article}/", f"{article}",
        f"{article}/?fields=title", f"{article}/?include=children,hast", f"{article}.md", f"{article}/versions/", f"{article}/versions/{pages.version}/",
        f"faqs/{pages.faq}/", "faqs/entries/", "disclaimers/", f"disclaimers/{pages.disclaimer}/", "routes/", "redirects/",
        "site/", f"navigation/{pages.menu}/", "changes/", "changes.atom", "search/?q=pain",
    ]  # fmt: skip


FAULTS = [
    ("articles/999999/", "GET", 404),
    ("nothing/here/", "GET", 404),
    ("articles/?nope=1", "GET", 400),
    ("resolve/", "GET", 400),
    ("articles/", "POST", 405),
    ("articles/", "OPTIONS", 204),
]


# What a site that is well and has no limits never says.
SELDOM = [
    gone("It was wrong.", "https://www.example/articles/sleep/"),
    search_unavailable(),
    too_many_requests(
        Quota(name="read", limit=5, seconds=60, remaining=-1, resets_in=42)
    ),
]


def faults(pages: Pages) -> list[tuple[str, str, int]]:
    """Return path, method and status of each kind of fault that can be asked for."""
    later = base64.urlsafe_b64encode(b'["changes",999999999,0]').decode().rstrip("=")
    return [
        *FAULTS,
        (f"articles/{pages.article}/sections/{pages.section}/", "GET", 403),
        (f"changes/?since={later}", "GET", 410),
    ]


def seldom(problem: Problem) -> Message:
    """Return the answer of *problem*, with the date that servers add."""
    answer = problem_response(RequestFactory().get(f"{API}search/"), problem)
    answer.headers["Date"] = http_date()
    return Message(
        method="GET",
        url=f"http://testserver{API}search/",
        sent={},
        status=answer.status_code,
        reason=answer.reason_phrase,
        headers=tuple(answer.items()),
        body=answer.content,
    )


def messages(site: Site, pages: Pages) -> list[Message]:
    """Return the answer to each request that there is a kind of."""
    found: list[Message] = []
    for path in addresses(pages):
        url = f"{site.url}{API}{path}"
        plain = exchange(url)
        assert plain.status == 200, path
        found += [
            plain,
            exchange(url, "HEAD"),
            exchange(url, Accept_Encoding="gzip"),
            exchange(url, Accept_Encoding="br"),
        ]
        if plain["ETag"]:
            again = exchange(url, If_None_Match=plain["ETag"])
            assert again.status == 304, path
            found.append(again)
    markdown = exchange(
        f"{site.url}{API}articles/{pages.article}/", Accept="text/markdown"
    )
    found.append(markdown)
    for path, method, status in faults(pages):
        asks = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
        headers = asks if method == "OPTIONS" else {}
        answer = exchange(f"{site.url}{API}{path}", method, **headers)
        assert answer.status == status, path
        found.append(answer)
    found.append(exchange(f"{site.url}{API}articles/", Authorization="Bearer nobody"))
    found.append(exchange(f"{site.url}/llms.txt"))
    found += [seldom(problem) for problem in SELDOM]
    return found


def test_httplint_finds_nothing_wrong(site: Site, pages: Pages) -> None:
    found: dict[Remark, str] = {}
    for message in messages(site, pages):
        for remark in remarks(message):
            found.setdefault(remark, f"{message.method} {message.url} {message.status}")

    wrong = [
        f"{remark.name} {remark.summary} {where}"
        for remark, where in found.items()
        if remark.name not in ACCEPTED
    ]
    assert sorted(wrong) == []
    # A reason for what nobody remarks any more is no reason.
    assert {remark.name for remark in found} >= set(ACCEPTED)


def test_get_and_head_have_equal_headers(site: Site, pages: Pages) -> None:
    for path in addresses(pages):
        url = f"{site.url}{API}{path}"
        for coding in ("identity", "gzip", "br"):
            get, head = (
                exchange(url, method, Accept_Encoding=coding).by_name
                for method in ("GET", "HEAD")
            )
            for headers in (get, head):
                # They tell of the moment and the caller.
                for name in ("date", "ratelimit"):
                    headers.pop(name, None)
            assert head == get, f"{path} {coding}"


def test_a_304_says_what_the_200_would(site: Site, pages: Pages) -> None:
    """RFC 9110, section 15.4.5."""
    kept = ("cache-control", "content-location", "etag", "vary", "cache-tag")
    for path in addresses(pages):
        url = f"{site.url}{API}{path}"
        whole = exchange(url)
        if not whole["ETag"]:
            continue
        again = exchange(url, If_None_Match=f'"other", {whole["ETag"]}')
        assert (again.status, again.body) == (304, b""), path
        assert [again[name] for name in kept] == [whole[name] for name in kept], path
        assert "content-type" not in again.by_name
        assert exchange(url, If_None_Match='"other"').status == 200, path


def test_a_cache_in_javascript_does_what_we_say(
    site: Site, pages: Pages, node: Node
) -> None:
    node.copy("caching.mjs")
    asked = {path: exchange(f"{site.url}{API}{path}") for path in addresses(pages)}
    fault = exchange(f"{site.url}{API}articles/999999/")
    called = exchange(f"{site.url}{API}articles/", Authorization="Bearer nobody")
    exchanges = [
        _described(name, message)
        for name, message in {**asked, "fault": fault, "called": called}.items()
    ]
    node.put("exchanges.json", json.dumps(exchanges))

    answers = json.loads(node.succeed("node", "caching.mjs"))

    assert answers["fault"]["isStorable"] is answers["called"]["isStorable"] is False
    for path, message in asked.items():
        answer, control = answers[path], message["Cache-Control"]
        name = "s-maxage=" if "s-maxage" in control else "max-age="
        seconds = int(control.partition(name)[2].partition(",")[0])
        assert answer["isStorable"] is True, path
        assert answer["lifetime"] == seconds, path
        assert answer["isFresh"] is (seconds > 0), path
        # Another coding is another answer.
        varies = "accept-encoding" in message["Vary"].lower()
        assert answer["isFreshForOtherCoding"] is (seconds > 0 and not varies), path
        assert answer["isStaleLater"] is True, path
        assert answer["mayServeStaleWhileRevalidating"] is (
            "stale-while-revalidate=60" in control
        ), path
        assert answer["mayServeStaleForLong"] is False, path
        if message["ETag"]:
            assert answer["ifNoneMatch"] == message["ETag"], path
            assert answer["isUnmodifiedBy304"] is True, path


def _described(name: str, message: Message) -> dict[str, Any]:
    sent = {"accept-encoding": "identity"} | {
        n.lower(): v for n, v in message.sent.items()
    }
    return {
        "name": name,
        "request": {"method": message.method, "url": message.url, "headers": sent},
        "response": {"status": message.status, "headers": message.by_name},
    }
