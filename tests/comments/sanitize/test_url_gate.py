"""Which addresses a reply may link to, and how they are written."""

# ruff: noqa: RUF001 - letters that look alike are what is tested.

from __future__ import annotations

import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.url_gate import MAX_URL_CHARACTERS, sanitize_url

from .corpus import spelled_schemes, words


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://Example.ORG/Path?Q=1&b=2#F", "http://example.org/Path?Q=1&b=2#F"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org:0443/", "https://example.org:443/"),
        ("https://españa.es/añb", "https://xn--espaa-rta.es/a%C3%B1b"),
        ("https://xn--espaa-rta.es/", "https://xn--espaa-rta.es/"),
        ("https://日本語.example/", "https://xn--wgv71a119e.example/"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://example.org/a%20b%zz%", "https://example.org/a%20b%25zz%25"),
        (
            "https://example.org/\"'`<>{}|^",
            "https://example.org/%22%27%60%3C%3E%7B%7D%7C%5E",
        ),
        ("https://example.org?x=//@y:z", "https://example.org?x=//@y:z"),
        (
            "https://doi.org/10.1002/(SICI)1097[1]",
            "https://doi.org/10.1002/(SICI)1097[1]",
        ),
        ("mailto:Jo.Doe+x@Example.org", "mailto:Jo.Doe+x@example.org"),
        ("mailto:a@españa.es", "mailto:a@xn--espaa-rta.es"),
    ],
)
def test_an_honest_address_has_one_form(raw: str, expected: str) -> None:
    assert sanitize_url(raw) == expected
    assert sanitize_url(expected) == expected


@pytest.mark.parametrize(
    "raw",
    [
        address
        for address in words()["hostile addresses"]
        # These name a public host after IDNA mapping, which is what browsers do too.
        if address not in ("http://faß.example/", "http://ｅ.test/", "http://e。test/")
    ],
)
def test_a_hostile_address_is_refused(raw: str) -> None:
    assert sanitize_url(raw) is None


@pytest.mark.parametrize("raw", sorted(set(spelled_schemes())))
def test_another_scheme_is_refused(raw: str) -> None:
    assert sanitize_url(raw) is None


@pytest.mark.parametrize("character", words()["invisible"])
def test_nothing_unprintable_is_cleaned_away(character: str) -> None:
    assert sanitize_url(f"https://example.org/{character}") is None
    assert sanitize_url(f"{character}https://example.org/") is None


def test_a_long_address_is_refused() -> None:
    fits = "https://example.org/".ljust(MAX_URL_CHARACTERS, "x")

    assert sanitize_url(fits) == fits
    assert sanitize_url(f"{fits}x") is None
    assert sanitize_url("https://example.org/" + "é" * 400) is None
    assert sanitize_url(f"https://{'a.' * 130}org/") is None
    assert (
        sanitize_url(f"https://{'é' * 60}.{'é' * 60}.{'é' * 60}.{'é' * 60}.org/")
        is None
    )


@pytest.mark.parametrize(
    "host", ["gооgle.com", "pаypal.com", "bаnk.org", "xn--pypal-4ve.com", "αpple.com"]
)
def test_a_host_that_mixes_alphabets_is_refused(host: str) -> None:
    assert sanitize_url(f"https://{host}/") is None


URLS = st.one_of(
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "https", "HTTPS", "ftp", "javascript"]),
        st.text(alphabet="aé-.:@1x\\%[]", max_size=12),
        st.text(max_size=30),
    ),
    st.builds(
        "https://example.org/{}".format, st.text(alphabet=string.printable + "é😀")
    ),
    st.text(),
)


@given(URLS)
def test_a_result_is_a_fixed_point_and_plain(raw: str) -> None:
    url = sanitize_url(raw)

    if url is not None:
        assert sanitize_url(url) == url
        assert url.isascii()
        assert not set(url) & set(" \"'<>`\\")
        assert urlsplit(url).scheme in ("http", "https", "mailto")
