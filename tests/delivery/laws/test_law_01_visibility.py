"""Law 1: what the public may not see is in no byte of any answer, whatever refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given

from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.graph import OTHER_SITE, STATES, Node, World, graphs
from tests.delivery.laws.probes import (
    NOT_FOR_EVERYBODY,
    closed_urls,
    probe_urls,
    unprobed_routes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What the host shows beside the API.
PLACES_OF_THE_HOST = ("/", "/llms.txt", "/sitemap.xml")


def leaks(world: World) -> list[tuple[str, str]]:
    """Return each address whose answer has a secret, with the secret; fails on an error of the server."""
    client = Client()
    found = []
    urls = [API + url for url in probe_urls(world.subjects)]
    # A redirect to an address that no page has any more says what its editor typed.
    pages = sorted(path for path in world.paths if not path.startswith("/path-"))
    for url in (*urls, *PLACES_OF_THE_HOST, *pages):
        response = client.get(url)
        assert response.status_code < 500, url
        seen = response.content.decode() + str(dict(response.headers))
        # A page that asks for a password or a login says what for: the address that was asked for.
        found += [
            (url, word)
            for word in world.secrets
            if word in seen and (url.startswith(API) or word not in url)
        ]
    return found


def test_every_route_is_probed() -> None:
    assert unprobed_routes() == set()


def test_what_is_not_for_everybody_tells_nobody() -> None:
    answers = {url: Client().get(url).status_code for url in closed_urls()}

    assert len(answers) == len(NOT_FOR_EVERYBODY)
    assert {url: n for url, n in answers.items() if n not in {400, 401, 405}} == {}


@LAW
@given(nodes=graphs())
def test_law_1_what_is_hidden_is_in_no_byte(
    build: Callable[..., Any], nodes: tuple[Node, ...]
) -> None:
    with build(nodes) as world:
        assert leaks(world) == []


@LAW
@given(nodes=graphs())
def test_what_is_asked_of_one_site_is_of_that_site(
    build: Callable[..., Any], nodes: tuple[Node, ...]
) -> None:
    with build(nodes) as world:
        for site in (OTHER_SITE, "testserver"):
            urls = [url for url in probe_urls(world.subjects) if f"site={site}" in url]
            answers = [Client().get(API + url) for url in urls]
            told = {
                shown
                for answer in answers
                if answer.headers["Content-Type"] == "application/json"
                for shown in _sites(answer.json())
            }

            assert told == {site}


def _sites(answer: dict[str, Any]) -> Iterator[str]:
    """Yield the site of each thing that *answer* is of or lists."""
    for shown in [*answer.get("items", []), answer.get("page"), answer]:
        if isinstance(shown, dict):
            site = shown.get("document", shown).get("site")
            if isinstance(site, str):
                yield site


@pytest.mark.parametrize("is_late", [False, True], ids=["first", "afterwards"])
def test_no_state_leaks_to_its_neighbors(
    is_late: bool, build: Callable[..., Any]
) -> None:
    """Every state there is, each with a public page below it, in one tree."""
    size = len(STATES)
    kinds = ("article", "faq", "index")
    nodes = [
        Node(
            kind=kinds[number % 3],
            parent=-1,
            state=state,
            links=(number, (number + 1) % size),
            is_translated=number % 2 == 0,
            is_hidden_late=is_late,
            alias=("beside", "closet")[number % 2],
            has_picture=number % 4 == 0,
        )
        for number, state in enumerate(STATES)
    ]
    nodes += [
        Node(
            kind="article",
            parent=number,
            state="public",
            links=(0,),
            is_translated=False,
            is_hidden_late=is_late,
        )
        for number in range(size)
    ]
    # Without a page below it, the address of a hidden page is itself a secret; an article names each in every way.
    lonely = ("never_published", "unpublished", "withdrawn", "login", "expired_unnoticed")  # fmt: skip
    first = len(nodes)
    nodes += [_leaf(state, is_late=is_late) for state in lonely]
    links = tuple(range(first, len(nodes)))
    nodes.append(_leaf("public", is_late=is_late, links=links))
    with build(tuple(nodes)) as world:
        assert leaks(world) == []


def _leaf(state: str, *, is_late: bool, links: tuple[int, ...] = ()) -> Node:
    return Node(
        kind="article",
        parent=-1,
        state=state,
        links=links,
        is_translated=False,
        is_hidden_late=is_late,
    )


def test_a_public_word_is_seen(build: Callable[..., Any]) -> None:
    """The control: the search for words finds those that are there."""
    node = Node(
        kind="article",
        parent=-1,
        state="public",
        links=(),
        is_translated=False,
        is_hidden_late=False,
        alias="beside",
        has_picture=True,
    )
    with build((node, node)) as world:
        client = Client()
        seen = [
            url
            for url in probe_urls(world.subjects)
            if "plain1 title" in client.get(API + url).content.decode()
        ]

        document = client.get(f"{API}articles/{world.ids[1]}/").content.decode()

    for words in ("Ada Public", "Public trial", "Public pain", "Public care"):
        assert words in document
    assert "plain1 alt" in document
    assert "resolve/?path=/alias-1/" in seen
    assert f"articles/{world.ids[1]}/" in seen
    assert f"pages/{world.ids[1]}.md" in seen
    assert "changes.atom?page_size=100" in seen
    assert "resolve/?path=/plain-1/" in seen
