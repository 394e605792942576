"""Law 5: 304 if and only if the bytes are equal; HEAD and GET have equal headers; the ETag is strong and of the bytes."""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.graph import Node, graphs
from tests.delivery.laws.probes import probe_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODINGS = st.sampled_from(["", "gzip", "br", "gzip, br", "identity;q=0", "*"])
# What a body has and a 304 has not (RFC 9110, section 15.4.5).
OF_THE_BODY = frozenset(
    {
        "content-length",
        "content-type",
        "content-encoding",
        "content-digest",
        "content-language",
    }
)

# How many requests are left is another number at each of them.
COUNTERS = frozenset({"ratelimit", "ratelimit-policy"})


@contextmanager
def one_instant() -> Iterator[None]:
    """Stop the clocks: the law speaks of one instant. A second later, an answer that a schedule ends has less to live."""
    now = timezone.now()
    with (
        patch("time.time", return_value=now.timestamp()),
        patch("django.utils.timezone.now", return_value=now),
    ):
        yield


def headers_of(response: Any) -> dict[str, str]:
    """Return the headers of *response* by lower-case name."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return {name: headers[name] for name in headers.keys() - COUNTERS}


@LAW
@given(
    nodes=graphs(max_size=3), coding=CODINGS, stranger=st.text("abc+/=", max_size=44)
)
def test_law_5_not_modified_if_and_only_if_the_bytes_are_equal(
    build: Callable[..., Any], nodes: tuple[Node, ...], coding: str, stranger: str
) -> None:
    client = Client(headers={"Accept-Encoding": coding})
    with build(nodes) as world, one_instant():
        for url in map(API.__add__, probe_urls(world.subjects)):
            answer, head = client.get(url), client.head(url)
            assert headers_of(head) == headers_of(answer), url
            assert head.content == b"", url
            tag = answer.headers.get("ETag")
            if tag is None:
                continue
            digest = hashlib.sha256(answer.content).digest()
            assert tag == f'"{base64.b64encode(digest).decode()}"', url

            same = client.get(url, headers={"If-None-Match": f'"x", {tag}'})
            other = client.get(url, headers={"If-None-Match": f'"{stranger}"'})

            assert (same.status_code, same.content) == (304, b""), url
            expected = headers_of(answer)
            assert headers_of(same) == {
                name: value
                for name, value in expected.items()
                if name not in OF_THE_BODY
            }, url
            assert (other.status_code, other.content) == (200, answer.content), url
