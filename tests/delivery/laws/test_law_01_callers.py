"""Law 1 for those who show a token or a password: it opens what it is for, and no byte of anything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from health_content import compat
from health_content.delivery.scopes import Scope
from tests.delivery.conftest import API
from tests.delivery.laws.graph import Node, World, marker
from tests.delivery.laws.probes import closed_urls
from tests.delivery.preview.conftest import Editor, exchange, read
from tests.delivery.preview.conftest import _front_end as _front_end
from tests.delivery.webhooks.caller import token_of
from tests.factories import editor

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STATES = ("never_published", "password", "withdrawn", "draft_over_live", "login", "unpublished")  # fmt: skip

LISTS = ("pages/?page_size=100", "faqs/entries/", "search/?q=other", "changes/?include=body", "navigation/main/")  # fmt: skip


@pytest.fixture
def nodes() -> tuple[Node, ...]:
    """Return articles in the states that somebody may be let into, each with links to all others."""
    return tuple(
        Node(
            kind="article",
            parent=-1,
            state=state,
            links=tuple(range(len(STATES))),
            is_translated=False,
            is_hidden_late=True,
            alias="beside",
            has_picture=number == 0,
        )
        for number, state in enumerate(STATES)
    )


def assert_silent(world: World, answer: Any, *, but: str = "") -> None:
    """Fail if *answer* has a secret of *world*; *but* is one that it may have."""
    assert answer.status_code < 500
    seen = answer.content.decode() + str(dict(answer.headers))
    assert [word for word in world.secrets - {but} if word in seen] == []


def check_preview(world: World) -> None:
    """A preview shows its draft and nothing that another page hides."""
    number = STATES.index("never_published")
    page, word = world.pages[number], marker(number)
    session = exchange(Editor().code(page))
    token = session.json()["token"]
    own = read("preview/document/?include=children,hast,navigation:main", token)
    assert word in own.content.decode()
    paths = [f"preview/pages/{pk}/" for pk in world.ids]
    paths += [f"preview/resolve/?path={path}" for path in sorted(world.paths)]
    for answer in [session, own, *(read(path, token) for path in paths)]:
        assert_silent(world, answer, but=word)


def check_unlock(world: World) -> None:
    """A password opens its page alone."""
    number = STATES.index("password")
    client, word = Client(), marker(number)

    def unlock(page_id: int, password: str) -> Any:
        return client.post(f"{API}pages/{page_id}/unlock/", {"password": password}, content_type="application/json")  # fmt: skip

    answer = unlock(world.ids[number], "x")
    assert_silent(world, answer, but=word)
    token = answer.json()["token"]
    urls = [f"pages/{pk}/?include=children,hast" for pk in world.ids]
    urls += [f"articles/{pk}.md" for pk in world.ids]
    urls += [f"resolve/?path={path}" for path in sorted(world.paths)]
    seen = [read(url, token) for url in (*urls, *LISTS)]
    assert any(word in answer.content.decode() for answer in seen)
    refused = [unlock(world.ids[number], "wrong"), unlock(world.ids[0], "x")]
    refused += [
        client.post(f"{API}resolve/unlock/", {"path": path, "password": "wrong"}, content_type="application/json")
        for path in sorted(world.paths)[:3]
    ]  # fmt: skip
    assert {answer.status_code for answer in refused} <= {403, 429}
    for answer in [*seen, *refused]:
        assert_silent(world, answer, but=word)


def check_callers(world: World) -> None:
    """Who manages recalls and webhooks reads of no hidden page, but of those that were recalled."""
    rights = ("manage_webhooks", "add_withdrawal", "change_withdrawal", "view_withdrawal")  # fmt: skip
    caller = token_of(editor("publish", model_permissions=rights), *Scope)
    number = STATES.index("withdrawn")
    listed = caller.get("withdrawals/").json()["items"]
    assert world.ids[number] in [item["page"] for item in listed]
    paths = ["withdrawals/?page_size=100", "acks/", "webhooks/endpoints/", "webhooks/deliveries/"]  # fmt: skip
    for path in (*paths, *(f"withdrawals/{item['id']}/" for item in listed), *LISTS):
        answer = caller.get(path)
        assert answer.status_code == 200, path
        assert_silent(world, answer, but=marker(number))


def check_nobody(world: World) -> None:
    """Who has no token writes nothing, and is told nothing."""
    for url in closed_urls():
        body = json.dumps({"page": world.ids[0], "reason": "x", "password": ""})
        answer = Client().post(url, body, content_type="application/json")
        assert 400 <= answer.status_code < 500, url
        assert answer.headers["Content-Type"] == "application/problem+json", url
        assert_silent(world, answer)


def test_who_shows_a_token_or_a_password_reads_no_more_than_it_opens(
    build: Callable[..., Any], nodes: tuple[Node, ...]
) -> None:
    """One world for all: to build it costs more than to ask about it."""
    with build(nodes) as world:
        check_nobody(world)
        check_preview(world)
        check_unlock(world)
        if compat.IS_WAGTAIL_8:  # Wagtail 7.4 has no tokens.
            check_callers(world)
