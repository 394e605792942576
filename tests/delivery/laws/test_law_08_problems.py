"""Law 8: every refusal is a problem document, whatever was asked; nothing that anybody can send is a 500."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from health_content import compat
from health_content.delivery.api.grammar import LIST_PARAMETERS
from health_content.delivery.scopes import SCOPES
from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.probes import PROBES, Subjects, closed_urls
from tests.delivery.test_tokens import make_token
from tests.factories import article, home_page, superuser

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY")
KEYS = {"type", "title", "status", "detail", "instance"}
SUBJECTS = Subjects(
    page_ids=(1, 2**70),
    paths=("/", "/nowhere/"),
    block_ids=("16042a6d-d440-5fbd-9553-6414640a38b1",),
    disclaimer_keys=("unknown",),
)
ADDRESSES = sorted({url for probe in PROBES.values() for url in probe(SUBJECTS)})
NAMES = st.sampled_from([p.name for p in LIST_PARAMETERS] + ["path", "nonsense", "q"])
WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "\0", "-1", "1e9", "9" * 40, "x" * 5_000, "2020-99-99", "%00", "en,en"]
    ),
)
BYTES = st.sampled_from(["%FF", "%C3", "%ED%A0%80", "%00", "%u0041"])


@st.composite
def addresses(draw: Any) -> str:
    """Draw an address below the prefix: a known one with words that may fit, or anything at all."""
    base = draw(st.sampled_from(ADDRESSES) | st.text(max_size=30).map(quote) | BYTES)
    pairs = draw(st.lists(st.tuples(NAMES, WORDS), max_size=3))
    query = "&".join(f"{name}={quote(word)}" for name, word in pairs)
    query += draw(st.sampled_from(["", "&&", "&=", "&a", "&%FF=1", "&q=%00"]))
    return base + ("&" if "?" in base else "?") + query if query else base


@settings(LAW, max_examples=150)
@given(address=addresses(), method=st.sampled_from(METHODS))
def test_law_8_every_refusal_is_a_problem(
    committed: Callable[[], Any], address: str, method: str
) -> None:
    if not home_page().get_children().exists():
        with committed():
            article()

    response = Client().generic(method, API + address)

    assert_refusal(response, address, method)


# What clients send by mistake, and what others send on purpose.
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
BODY_KEYS = st.sampled_from(["page", "reason", "severity", "replacement", "name", "url", "event_types", "sites", "password", "code", "cursor", "endpoint"])  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=50),
    JSON_VALUES.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(BODY_KEYS, JSON_VALUES, max_size=6).map(lambda value: json.dumps(value).encode()),
    st.sampled_from([b"", b"[" * 100_000, b'{"a":' * 5_000, b'{"page":1,"page":2}', b'"\\ud800"', b"\xff\xfe{}"]),
)  # fmt: skip
CONTENT_TYPES = st.sampled_from(
    ["application/json", "application/json; charset=utf-16", "text/plain", "x", ""]
)


@pytest.mark.skipif(not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens")
@settings(LAW, max_examples=50)
@given(
    address=st.sampled_from(sorted(closed_urls())),
    method=st.sampled_from(("POST", "PUT", "PATCH", "DELETE")),
    body=BODIES,
    content_type=CONTENT_TYPES,
)
def test_no_body_is_an_error_of_ours(
    address: str, method: str, body: bytes, content_type: str
) -> None:
    """Sent by somebody who may do everything, so that no refusal of the token stands before it."""
    cache.clear()  # Or the limit of writes is all that answers.
    _, text = make_token(*SCOPES, everywhere=True, owner=superuser_once())

    response = Client().generic(
        method,
        address,
        body,
        content_type=content_type,
        headers={"Authorization": f"Bearer {text}"},
    )

    # Previews and locked pages ask for another secret than a token.
    is_other = "preview" in address or address.endswith("/unlock/")
    assert is_other or response.status_code not in {401, 403}, address
    assert_refusal(response, address, method)


def superuser_once() -> Any:
    """Return the one administrator."""
    known = get_user_model().objects.filter(is_superuser=True).first()
    return known or superuser()


def assert_refusal(response: Any, address: str, method: str) -> None:
    """Fail unless *response* is no refusal, or a problem document."""
    assert response.status_code < 500, address
    if response.status_code < 400:
        return
    assert response.headers["Content-Type"] == "application/problem+json", address
    assert "no-store" in response.headers["Cache-Control"], address
    if method == "HEAD":
        assert response.content == b"", address
        return
    problem = json.loads(response.content)
    assert problem.keys() >= KEYS, address
    assert problem["status"] == response.status_code, address
    assert "Traceback" not in response.content.decode(), address
    if response.status_code in {400, 422}:
        assert problem["errors"], address
        for error in problem["errors"]:
            assert error.keys() == {"location", "pointer", "detail", "code"}, address
