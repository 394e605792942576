"""Names of sites mean one thing, in queries, in Host headers and in documents."""

from __future__ import annotations

from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, Site

from health_content.delivery.hosts import is_same_host, parse_host
from tests.delivery.conftest import API
from tests.factories import article, home_page, index

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

ASCII, UNICODE = "xn--bcher-kva.example", "bücher.example"
# Python 3.13 writes it with dots.
MAPPED = str(IPv6Address("::ffff:a00:1"))


@pytest.mark.parametrize(
    ("label", "name", "port", "other_name"),
    [
        ("a.example", "a.example", None, "a.example"),
        ("A.Example", "a.example", None, "a.example"),
        ("a.example.", "a.example", None, "a.example"),
        ("a.example:8000", "a.example", 8000, "a.example"),
        ("a.example.:8000", "a.example", 8000, "a.example"),
        ("a.example:080", "a.example", 80, "a.example"),
        ("a.example:443", "a.example", 443, "a.example"),
        ("localhost:8000", "localhost", 8000, "localhost"),
        ("10.0.0.1:8000", "10.0.0.1", 8000, "10.0.0.1"),
        ("[::1]", "[::1]", None, "::1"),
        ("[::1]:8000", "[::1]", 8000, "::1"),
        ("::1", "[::1]", None, "::1"),
        ("::1:8000", "[::1:8000]", None, "::1:8000"),
        ("2001:DB8:0:0::1", "[2001:db8::1]", None, "2001:db8::1"),
        ("[2001:DB8:0:0::1]:443", "[2001:db8::1]", 443, "2001:db8::1"),
        ("[::ffff:10.0.0.1]:80", f"[{MAPPED}]", 80, MAPPED),
        (ASCII, ASCII, None, UNICODE),
        (UNICODE, ASCII, None, UNICODE),
        ("BÜCHER.example:8000", ASCII, 8000, UNICODE),
        ("bücher。example", ASCII, None, UNICODE),
        (f"{ASCII.upper()}:8000", ASCII, 8000, UNICODE),
        # What is no host is a name that no site has.
        ("", "", None, ""),
        (":8000", "", 8000, ""),
        ("a.example:", "a.example", None, "a.example"),
        ("a.example:port", "a.example:port", None, "a.example:port"),
        ("a.example:٣", "a.example:٣", None, "a.example:٣"),
        ("a.example:800000", "a.example:800000", None, "a.example:800000"),
        ("a:b:c", "a:b:c", None, "a:b:c"),
        ("[::1", "[::1]", None, "::1"),
        ("[a.example]:80", "[a.example]", 80, "[a.example]"),
        ("xn--.example", "xn--.example", None, "xn--.example"),
        ("ü" * 100, "ü" * 100, None, "ü" * 100),
    ],
)
def test_label_is_taken_apart(
    label: str, name: str, port: int | None, other_name: str
) -> None:
    found = parse_host(label)

    assert (found.name, found.port, found.other_name) == (name, port, other_name)


@pytest.mark.parametrize(
    ("label", "names", "ports", "spelling"),
    [
        ("A.Example", ("a.example", "a.example"), (80, 443), "a.example"),
        ("a.example:443", ("a.example", "a.example"), (443,), "a.example:443"),
        (f"{UNICODE}:8000", (ASCII, UNICODE), (8000,), f"{ASCII}:8000"),
        ("[0::1]:80", ("[::1]", "::1"), (80,), "[::1]:80"),
    ],
)
def test_host_is_known_by_both_names_and_by_each_port_that_is_meant(
    label: str, names: tuple[str, str], ports: tuple[int, ...], spelling: str
) -> None:
    found = parse_host(label)

    assert (found.names, found.ports, str(found)) == (names, ports, spelling)


@given(st.text())
def test_any_text_is_a_host_and_its_own_spelling(label: str) -> None:
    found = parse_host(label)

    assert parse_host(str(found)) == found or not label.isascii()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a.example", "A.example:443", True),
        ("a.example:80", "a.example", True),
        ("a.example:8000", "a.example", False),
        ("a.example:8000", "a.example:8001", False),
        ("a.example", "b.example", False),
        ("::1", "[::1]:80", True),
        (ASCII, UNICODE, True),
    ],
)
def test_labels_are_compared(one: str, other: str, expected: bool) -> None:
    assert is_same_host(one, other) is expected
    assert is_same_host(other, one) is expected


SITES = {
    "ported": ("a.example", 8000),
    "secure": ("a.example", 443),
    "literal": ("[::1]", 8000),
    "bare literal": ("[2001:db8::1]", 80),
    "ascii": (ASCII, 443),
    "script": ("δοκιμή.example", 443),
}
SCRIPT = "xn--jxalpdlp.example"


@pytest.fixture
def pages(db: None, committed: Committed) -> dict[str, int]:
    """Return the page with the path /here/ of each of the sites, and of the default one."""
    made: dict[str, int] = {}
    with committed():
        roots = {"default": home_page()}
        for name, (hostname, port) in SITES.items():
            root = index(Page.get_first_root_node(), slug=name.replace(" ", "-"))
            Site.objects.create(hostname=hostname, port=port, root_page=root)
            roots[name] = root
    with committed():
        for name, root in roots.items():
            made[name] = article(root, slug="here").pk
    return made


NAMED = [
    ("a.example", "secure"),
    ("A.EXAMPLE:443", "secure"),
    ("a.example:8000", "ported"),
    ("[::1]:8000", "literal"),
    ("[0:0:0:0:0:0:0:1]:8000", "literal"),
    ("[2001:db8::1]", "bare literal"),
    ("2001:DB8::1", "bare literal"),
    ("[2001:db8:0::1]:80", "bare literal"),
    (ASCII, "ascii"),
    (UNICODE, "ascii"),
    ("Bücher.example:443", "ascii"),
    (SCRIPT, "script"),
    ("δοκιμή.example", "script"),
]


def test_site_of_a_query(get: Get, pages: dict[str, int]) -> None:
    for label, name in NAMED:
        resolved = get("resolve/", path="/here/", site=label).json()["page"]
        assert resolved["id"] == pages[name], label
        for route in ("articles/", "routes/"):
            items = get(route, site=label).json()["items"]
            assert pages[name] in [item["id"] for item in items], label
            assert {item["site"] for item in items} == {resolved["site"]}, label
        assert get("site/", site=label).json()["site"] == resolved["site"], label


def test_each_site_is_found_by_the_name_that_documents_give_it(
    get: Get, pages: dict[str, int]
) -> None:
    for page_id in pages.values():
        label = get(f"pages/{page_id}/").json()["site"]
        found = get("resolve/", path="/here/", site=label).json()["page"]
        assert (found["id"], found["site"]) == (page_id, label)
        assert page_id in [p["id"] for p in get("pages/", site=label).json()["items"]]


HEADERS = {
    "a.example:8000": "ported",
    "A.Example:8000": "ported",
    "a.example:443": "secure",
    "[::1]:8000": "literal",
    "[2001:db8::1]": "bare literal",
    f"{ASCII}:443": "ascii",
    f"{SCRIPT}:443": "script",
    "testserver": "default",
    "unknown.example": "default",
    "[::2]": "default",
}


def test_site_of_the_host_header(pages: dict[str, int]) -> None:
    for host, name in HEADERS.items():
        answer = Client().get(
            f"{API}resolve/", {"path": "/here/"}, headers={"Host": host}
        )
        assert answer.json()["page"]["id"] == pages[name], host


@pytest.mark.parametrize("host", ["::1", "[::1", UNICODE, "a.example:port", "a/b"])
def test_host_header_that_is_none_is_refused(db: None, host: str) -> None:
    answer = Client().get(f"{API}resolve/", {"path": "/"}, headers={"Host": host})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (
        400,
        "invalid-host",
    )


@pytest.mark.parametrize("label", ["a/b", "a b", "a:b", "[::1", "a@b", "a%b", "a\\b"])
def test_site_that_is_none_is_refused(get: Get, db: None, label: str) -> None:
    assert get("resolve/", path="/", site=label).status_code == 400


@pytest.mark.parametrize(
    ("label", "canonical"),
    [
        ("A.Example:080", "a.example:80"),
        ("::1", "%5B::1%5D"),
        ("[0::1]:8000", "%5B::1%5D:8000"),
        (UNICODE, ASCII),
    ],
)
def test_site_has_one_spelling(get: Get, db: None, label: str, canonical: str) -> None:
    location = get("articles/", site=label).headers["Content-Location"]

    assert location == f"{API}articles/?site={canonical}"
