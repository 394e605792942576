"""Pages behind a password: the bearer that it gives opens exactly what the password guards, as long as it guards it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from health_content.delivery import unlock_tokens
from health_content.delivery.selectors.unlocked import unlock_by_token
from health_content.delivery.unlock_tokens import Unlock, unlock_read, unlock_sign
from health_content.services.withdrawals import page_withdraw
from tests.contracts.test_content_openapi import assert_conforms, assert_problem_schema
from tests.delivery.conftest import API
from tests.delivery.test_tokens import assert_refused, make_token, needs_tokens
from tests.factories import article, faq, home_page, index, superuser

if TYPE_CHECKING:
    from collections.abc import Callable

    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db
PASSWORD = "Corréct horse"
SECRET = "planted-marker"


def guard(page: Any, password: str = PASSWORD) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=page, restriction_type="password", password=password
    )


@pytest.fixture
def tree(committed: Committed) -> dict[str, Any]:
    """Return a guarded index with an article and questions below, an article beside it, and the restriction."""
    with committed():
        members = index(slug="members", title="Members")
        inside = article(members, slug="inside", title=SECRET)
        questions = faq(members, slug="questions")
        beside = article(slug="beside", title="Beside")
        restriction = guard(members)
    return {
        "members": members,
        "inside": inside,
        "questions": questions,
        "beside": beside,
        "guard": restriction,
    }


def send(page_id: int, password: Any, bearer: str = "", **extra: Any) -> Any:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return Client().post(
        f"{API}pages/{page_id}/unlock/",
        {"password": password},
        content_type="application/json",
        headers=headers,
        **extra,
    )


def unlock(page: Any, password: str = PASSWORD, bearer: str = "") -> str:
    response = send(page.pk, password, bearer)
    assert response.status_code == 200, response.content
    return response.json()["token"]


def read(path: str, bearer: str, **headers: str) -> Any:
    return Client().get(
        f"{API}{path}", headers={"Authorization": f"Bearer {bearer}", **headers}
    )


def status(page: Any, bearer: str) -> int:
    return read(f"pages/{page.pk}/", bearer).status_code


def test_a_password_gives_a_bearer(tree: dict[str, Any]) -> None:
    response = send(tree["inside"].pk, PASSWORD)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies
    answer = response.json()
    assert answer["page"] == {
        "id": tree["inside"].pk,
        "type": "article",
        "title": SECRET,
        "path": "/members/inside/",
        "url": "http://testserver/members/inside/",
    }
    lasts = timezone.datetime.fromisoformat(answer["expires_at"]) - timezone.now()
    assert timedelta(minutes=14) < lasts <= timedelta(minutes=15)
    assert PASSWORD not in answer["token"]
    check_schema(answer)


def check_schema(answer: Any) -> None:
    from health_content.delivery.api.schema import openapi_document

    components: Any = openapi_document("/")["components"]
    assert_conforms(
        {"$ref": "#/components/schemas/Unlock", "components": components}, answer
    )


def test_the_bearer_opens_the_page_in_every_form(tree: dict[str, Any]) -> None:
    bearer = unlock(tree["inside"])
    page = tree["inside"]

    for path in (
        f"pages/{page.pk}/",
        f"articles/{page.pk}/",
        f"articles/{page.pk}.md",
        f"pages/{page.pk}/?fields=title",
        f"pages/{page.pk}/?include=children,hast",
        "resolve/?path=/members/inside/",
        "resolve/?path=/members/inside&include=children,hast&site=testserver&locale=en",
    ):
        response = read(path, bearer)
        assert response.status_code == 200, path
        assert SECRET in response.content.decode(), path
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Authorization" in response.headers["Vary"]
        assert "Cache-Tag" not in response.headers
        assert not response.cookies
        again = read(path, bearer, **{"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
        head = Client().head(
            f"{API}{path}", headers={"Authorization": f"Bearer {bearer}"}
        )
        assert (head.content, head.headers["Content-Length"]) == (
            b"",
            response.headers["Content-Length"],
        )
    assert (
        read(f"pages/{page.pk}/", bearer, Accept="text/markdown")
        .headers["Content-Type"]
        .startswith("text/markdown")
    )
    document = read(f"pages/{page.pk}/", bearer).json()
    assert document["safety"]["audience"] == "password"
    assert document["seo"]["robots"] == "noindex, nofollow"
    assert document["replies"] is None
    assert document["version"] == 1
    found = read("resolve/?path=/members/inside/", bearer).json()
    assert found == {"outcome": "page", "page": document}
    assert read(f"faqs/{tree['questions'].pk}/", bearer).json()["type"] == "faq"
    assert read("resolve/?path=/members/", bearer).json()["page"]["title"] == "Members"


def test_the_schema_is_that_of_public_documents(tree: dict[str, Any]) -> None:
    from health_content.delivery.api.schema import openapi_document

    document = read(f"articles/{tree['inside'].pk}/", unlock(tree["inside"])).json()

    components: Any = openapi_document("/")["components"]
    assert_conforms(
        {"$ref": "#/components/schemas/ArticleDocument", "components": components},
        document,
    )


def test_nothing_else_is_opened(tree: dict[str, Any], committed: Committed) -> None:
    with committed():
        other = article(slug="other", title="Other")
        guard(other, "another password")
        login = article(tree["members"], slug="staff", title="Staff")
        PageViewRestriction.objects.create(page=login, restriction_type="login")
        group = article(tree["members"], slug="board", title="Board")
        restriction = PageViewRestriction.objects.create(
            page=group, restriction_type="groups"
        )
        restriction.groups.add(Group.objects.create(name="Board"))
        draft = article(tree["members"], slug="draft", live=False)
        expired = article(
            tree["members"],
            slug="expired",
            expire_at=timezone.now() - timedelta(hours=1),
        )
        unrecorded = article(tree["members"], slug="unrecorded", live=False)
        Page.objects.filter(pk=unrecorded.pk).update(live=True)
        withdrawn = article(tree["members"], slug="withdrawn")
    with committed():
        page_withdraw(withdrawn, actor=superuser(), reason="Wrong.", severity="high")
    bearer = unlock(tree["inside"])

    hidden = [other, login, group, draft, expired, unrecorded]
    assert [status(page, bearer) for page in hidden] == [404] * 6
    assert status(withdrawn, bearer) in {404, 410}
    for page in (*hidden, withdrawn):
        assert read(f"pages/{page.pk}.md", bearer).status_code in {404, 410}
    for slug in ("staff", "board", "draft", "expired", "unrecorded"):
        path = f"resolve/?path=/members/{slug}/"
        assert read(path, bearer).status_code == 404
    assert status(tree["beside"], bearer) == 200
    assert read(f"faqs/{tree['inside'].pk}/", bearer).status_code == 404
    assert read("resolve/?path=/members/inside/&locale=es", bearer).status_code == 404
    assert (
        read("resolve/?path=/members/inside/&site=other.x", bearer).status_code == 404
    )
    for path in (
        "pages/",
        "routes/",
        "changes/",
        "changes.atom",
        "faqs/entries/",
        "redirects/",
    ):
        answer = read(path, bearer)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()
    for path in (f"articles/{tree['inside'].pk}/versions/",):
        assert read(path, bearer).status_code == 404


def test_without_the_bearer_there_is_nothing(tree: dict[str, Any]) -> None:
    unlock(tree["inside"])

    for path in (f"pages/{tree['inside'].pk}/", "resolve/?path=/members/inside/"):
        answer = Client().get(f"{API}{path}")
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_links_and_children_still_obey_visibility(
    tree: dict[str, Any], committed: Committed
) -> None:
    """Those who read one page with a bearer see no more of others than everybody does."""
    with committed():
        linking = article(
            tree["members"],
            slug="linking",
            introduction=(
                f'<p><a linktype="page" id="{tree["inside"].pk}">in</a> '
                f'<a linktype="page" id="{tree["beside"].pk}">out</a></p>'
            ),
        )
    bearer = unlock(linking)

    document = read(f"pages/{linking.pk}/", bearer).json()
    parent = read(f"pages/{tree['members'].pk}/?include=children", bearer).json()

    assert document["introduction"]["html"] == '<p>in <a href="/beside/">out</a></p>'
    assert SECRET not in json.dumps(document)
    assert [link["title"] for link in document["breadcrumbs"]] == ["Home"]
    assert parent["children"] == []
    assert parent["more_children"] is None


@pytest.mark.parametrize(
    "wrong", ["", "wrong", "correct horse", "Corréct horse ", "x" * 256]
)
def test_a_wrong_password_opens_nothing(tree: dict[str, Any], wrong: str) -> None:
    response = send(tree["inside"].pk, wrong)

    assert response.status_code == (403 if 0 < len(wrong) < 256 else 400)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_answer_is_the_same_whatever_is_not_there(
    tree: dict[str, Any], committed: Committed, django_assert_num_queries: Any
) -> None:
    with committed():
        staff = article(slug="staff")
        PageViewRestriction.objects.create(page=staff, restriction_type="login")
        draft = article(tree["members"], slug="draft", live=False)
        empty = article(slug="empty")
        guard(empty, "")
    refused = []
    for page_id in (
        tree["inside"].pk,
        tree["beside"].pk,
        staff.pk,
        empty.pk,
        99_999,
        0,
        2**63,
        10**19,
    ):
        with django_assert_num_queries(2):
            refused.append(send(page_id, "wrong"))
    right = [send(draft.pk, PASSWORD), send(99_999, PASSWORD)]

    answers = [
        (r.status_code, {**r.json(), "instance": ""}, dict(r.headers))
        for r in (*refused, *right)
    ]
    assert answers[0][0] == 403
    assert answers[0][1]["type"] == "wrong-password"
    for name in ("RateLimit", "Content-Length"):
        for answer in answers:
            answer[2].pop(name)
    assert all(answer == answers[0] for answer in answers)
    assert_problem_schema(refused[0])


def test_a_bearer_dies_with_its_password(
    tree: dict[str, Any], committed: Committed
) -> None:
    bearer = unlock(tree["inside"])

    with committed():
        tree["guard"].password = "new"
        tree["guard"].save()
    assert_refused(read(f"pages/{tree['inside'].pk}/", bearer))
    assert_refused(read("pages/", bearer))

    newer = unlock(tree["inside"], "new")
    assert status(tree["inside"], newer) == 200
    with committed():
        tree["guard"].restriction_type = "login"
        tree["guard"].save()
    assert_refused(read(f"pages/{tree['inside'].pk}/", newer))

    with committed():
        tree["guard"].delete()
    assert_refused(read(f"pages/{tree['inside'].pk}/", newer))
    assert Client().get(f"{API}pages/{tree['inside'].pk}/").status_code == 200


def test_a_bearer_dies_in_time(tree: dict[str, Any]) -> None:
    now = timezone.now()
    guarded = tree["guard"]
    keys = {guarded.pk: unlock_tokens.password_trace(guarded)}
    text = unlock_sign(Unlock(keys=keys, expires_at=int(now.timestamp())))

    before = now - timedelta(seconds=1)
    assert unlock_by_token(text, now=before) is not None
    assert unlock_by_token(text, now=now) is None
    assert_refused(read("pages/", text))


def test_how_long_it_lasts_is_a_setting(tree: dict[str, Any], settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_MINUTES": 2}

    answer = send(tree["inside"].pk, PASSWORD).json()

    lasts = timezone.datetime.fromisoformat(answer["expires_at"]) - timezone.now()
    assert timedelta(minutes=1) < lasts <= timedelta(minutes=2)


def test_a_forged_bearer_is_refused(tree: dict[str, Any]) -> None:
    bearer = unlock(tree["inside"])
    body, _, signature = bearer.rpartition(".")
    other = signing.Signer(salt="other", sep=".").sign_object(
        {"keys": [[tree["guard"].pk, "x"]], "until": 2**40}
    )

    for forged in (
        f"{body}A.{signature}",
        f"{body}.{signature[:-1]}",
        f"unlock_{other}",
        "unlock_",
        "unlock_a.b",
        bearer.removeprefix("unlock_"),
        bearer.upper(),
    ):
        assert_refused(read(f"pages/{tree['inside'].pk}/", forged))
    assert unlock_read("wagtail_x", now=0) is None


def test_what_moves_is_judged_where_it_is(
    tree: dict[str, Any], committed: Committed
) -> None:
    bearer = unlock(tree["inside"])

    with committed():
        staff = index(slug="staff")
        PageViewRestriction.objects.create(page=staff, restriction_type="login")
        tree["inside"].move(staff, pos="last-child")
    assert status(tree["inside"], bearer) == 404

    with committed():
        Page.objects.get(pk=tree["inside"].pk).move(home_page(), pos="last-child")
    assert status(tree["inside"], bearer) == 200  # Everybody may see it now.
    assert Client().get(f"{API}pages/{tree['inside'].pk}/").status_code == 200

    with committed():
        Page.objects.get(pk=tree["beside"].pk).move(
            Page.objects.get(pk=tree["members"].pk), pos="last-child"
        )
    assert Client().get(f"{API}pages/{tree['beside'].pk}/").status_code == 404
    assert status(tree["beside"], bearer) == 200


def test_two_passwords_are_both_needed(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        inner = index(tree["members"], slug="inner")
        deep = article(inner, slug="deep", title="Deep")
        guard(inner, "second")

    first = send(deep.pk, PASSWORD).json()
    assert first["page"] is None
    assert status(deep, first["token"]) == 404
    assert status(tree["inside"], first["token"]) == 200

    second = send(deep.pk, "second").json()
    assert second["page"] is None
    assert status(deep, second["token"]) == 404
    assert status(tree["inside"], second["token"]) == 404

    both = send(deep.pk, "second", first["token"]).json()
    assert both["page"]["title"] == "Deep"
    assert both["expires_at"] <= second["expires_at"]
    assert status(deep, both["token"]) == 200
    assert status(tree["inside"], both["token"]) == 200
    check_schema(both)
    check_schema(first)


def test_one_password_for_two_restrictions_opens_both(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        guard(tree["inside"])

    assert status(tree["inside"], unlock(tree["inside"])) == 200


def test_a_second_password_does_not_prolong_the_first(
    tree: dict[str, Any], committed: Committed, settings: Any
) -> None:
    with committed():
        inner = article(tree["members"], slug="inner")
        guard(inner, "second")
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_MINUTES": 1}
    first = send(inner.pk, PASSWORD).json()
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_MINUTES": 60}

    both = send(inner.pk, "second", first["token"]).json()

    assert both["expires_at"] == first["expires_at"]


def test_a_bearer_stays_short_enough_to_be_sent() -> None:
    trace = "a" * 16
    keys = {2**31 + n: trace for n in range(unlock_tokens.MAX_RESTRICTIONS * 2)}

    assert len(unlock_sign(Unlock(keys=keys, expires_at=2**40))) < 1_000


def test_passwords_are_tried_a_few_times_only(
    tree: dict[str, Any], settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (3, 10**9)}
    page = tree["inside"]

    statuses = [send(page.pk, "wrong").status_code for _ in range(3)]
    late = send(page.pk, PASSWORD)

    assert statuses == [403, 403, 403]
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0
    assert late.headers["Cache-Control"] == "private, no-store"
    assert send(page.pk, PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_server_that_unlocks_for_its_readers_spends_nothing(
    tree: dict[str, Any], settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (2, 10**9)}
    page = tree["inside"].pk

    right = [send(page, PASSWORD).status_code for _ in range(5)]
    wrong = [send(page, "wrong").status_code for _ in range(3)]

    assert right == [200] * 5
    assert wrong == [403, 403, 429]


def test_all_pages_behind_a_password_are_one_budget(
    tree: dict[str, Any], settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (3, 10**9)}
    names = ("members", "inside", "questions")

    statuses = [send(tree[name].pk, "wrong").status_code for name in names]

    assert statuses == [403, 403, 403]
    assert [send(tree[name].pk, PASSWORD).status_code for name in names] == [429] * 3


@pytest.mark.parametrize("spent_on", ["inside", "beside", "elsewhere", "missing"])
def test_a_spent_budget_does_not_tell_which_pages_are_guarded(
    tree: dict[str, Any],
    settings: Any,
    spent_on: str,
    django_assert_num_queries: Any,
) -> None:
    """A budget for each password would: the page that is still answered is another one's than that which is not."""
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (2, 10**9)}
    elsewhere = article(slug="elsewhere")
    guard(elsewhere, "another")
    pages = {
        "inside": tree["inside"].pk,
        "beside": tree["beside"].pk,
        "elsewhere": elsewhere.pk,
        "missing": 99_999,
    }
    for _ in range(2):
        send(pages[spent_on], "wrong")

    with django_assert_num_queries(0):
        late = [send(pk, "wrong") for pk in pages.values()]

    told = [
        (
            answer.status_code,
            {**answer.json(), "instance": ""},
            answer.headers["RateLimit-Policy"],
        )
        for answer in late
    ]
    assert told[0][0] == 429
    assert told == [told[0]] * 4
    # The headers tell of the limit that was reached, not of that for all writes, which is far.
    left = {answer.headers["RateLimit"].partition(";t=")[0] for answer in late}
    assert len(left) == 1
    assert left.pop().endswith(";r=0")


def send_path(
    path: Any, password: Any = PASSWORD, bearer: str = "", **more: Any
) -> Any:
    """Unlock what a reader has the address of."""
    return Client().post(
        f"{API}resolve/unlock/",
        {"path": path, "password": password, **more},
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"} if bearer else {},
    )


@pytest.mark.parametrize(
    "more", [{}, {"site": "testserver"}, {"locale": "en"}], ids=str
)
def test_a_path_and_a_password_give_the_bearer_and_the_id(
    tree: dict[str, Any], more: dict[str, str]
) -> None:
    response = send_path("/members/inside", **more)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    answer = response.json()
    check_schema(answer)
    assert answer["page"] == send(tree["inside"].pk, PASSWORD).json()["page"]
    found = read("resolve/?path=/members/inside/", answer["token"]).json()
    assert found["page"]["id"] == answer["page"]["id"] == tree["inside"].pk


def test_a_path_is_refused_in_one_way(
    tree: dict[str, Any], committed: Committed
) -> None:
    """A wrong password, a page that everybody sees, another's password, no page, another place: nobody can tell which."""
    with committed():
        guard(article(slug="elsewhere"), "another")
        index(tree["members"], slug="draft").unpublish()
    tries: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("/members/inside/", "wrong", {}),
        ("/beside/", PASSWORD, {}),
        ("/beside/", "wrong", {}),
        ("/elsewhere/", PASSWORD, {}),
        ("/members/nothing/", PASSWORD, {}),
        ("/members/draft/", PASSWORD, {}),
        ("/inside/", PASSWORD, {}),
        ("/members/inside/", PASSWORD, {"site": "nowhere.example"}),
        ("/members/inside/", PASSWORD, {"locale": "es"}),
    )

    answers = [send_path(path, given, **more) for path, given, more in tries]

    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json() == send(99_999, "wrong").json() | {
        "instance": f"{API}resolve/unlock/"
    }


def test_a_wrong_password_asks_as_much_of_every_path(tree: dict[str, Any]) -> None:
    counts = []
    for path, given in (
        ("/members/inside/", "wrong"),
        ("/beside/", "wrong"),
        ("/nothing/", "wrong"),
        ("/nothing/", PASSWORD),
    ):
        with CaptureQueriesContext(connection) as queries:
            send_path(path, given)
        counts.append(len(queries))

    assert counts == [7] * 4


def test_paths_and_ids_share_a_budget(tree: dict[str, Any], settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (2, 10**9)}

    statuses = [
        send_path("/members/inside/").status_code,
        send_path("/members/inside/", "wrong").status_code,
        send(tree["inside"].pk, "wrong").status_code,
        send_path("/members/inside/").status_code,
        send(tree["inside"].pk, PASSWORD).status_code,
    ]

    assert statuses == [200, 403, 403, 429, 429]


def test_a_path_behind_two_passwords_is_opened_step_by_step(
    tree: dict[str, Any], committed: Committed
) -> None:
    with committed():
        inner = article(tree["members"], slug="inner")
        guard(inner, "second")

    first = send_path("/members/inner/").json()
    both = send_path("/members/inner/", "second", first["token"]).json()

    assert first["page"] is None
    assert both["page"]["id"] == inner.pk


@pytest.mark.parametrize(
    "body",
    [
        {"password": "x"},
        {"path": "/"},
        {"path": "members/", "password": "x"},
        {"path": "/a\u0000", "password": "x"},
        {"path": "/", "password": "x", "site": "a b"},
        {"path": "/", "password": "x", "locale": "?"},
    ],
    ids=str,
)
def test_a_path_that_is_none_is_refused(body: dict[str, str]) -> None:
    response = Client().post(
        f"{API}resolve/unlock/", body, content_type="application/json"
    )

    assert response.status_code == 400
    assert_problem_schema(response)
    # In words: nobody should read patterns.
    assert "form" not in response.content.decode()


def test_writes_are_counted_too(tree: dict[str, Any], settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_WRITE_RATE": (1, 10**9)}

    statuses = [send(pk, "wrong").status_code for pk in (1, 2)]

    assert statuses == [403, 429]


def test_reads_with_a_bearer_are_counted(tree: dict[str, Any], settings: Any) -> None:
    bearer = unlock(tree["inside"])
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": (1, 10**9)}

    assert [status(tree["inside"], bearer) for _ in range(2)] == [200, 429]


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_only_post_unlocks(tree: dict[str, Any], method: str) -> None:
    url = f"{API}pages/{tree['inside'].pk}/unlock/"

    response = getattr(Client(), method)(url)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b"password=x", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"password": null}', "application/json", 400),
        (b'{"password": ["x"]}', "application/json", 400),
        (b'{"password": "a\\u0000"}', "application/json", 400),
        (b'{"password": "\\ud800"}', "application/json", 400),
        (b'{"password": "x", "user": 1}', "application/json", 400),
        (b'{"password": "x", "password": "y"}', "application/json", 400),
        (b" " * 70_000, "application/json", 413),
    ],
)
def test_what_is_no_request_is_refused(
    content: bytes, content_type: str, expected: int
) -> None:
    response = Client().post(
        f"{API}pages/1/unlock/", content, content_type=content_type
    )

    assert response.status_code == expected
    assert response.headers["Content-Type"] == "application/problem+json"
    assert_problem_schema(response)


@needs_tokens
def test_a_bearer_of_a_password_has_no_scope_and_a_token_opens_no_password(
    tree: dict[str, Any],
) -> None:
    from health_content.delivery.api import access
    from health_content.delivery.scopes import Scope
    from tests.delivery.test_tokens import request_with

    bearer = unlock(tree["inside"])
    with pytest.raises(access.Problem) as refused:
        access.require_scope(request_with(bearer), Scope.ACKS_WRITE)
    assert refused.value.code == "insufficient-scope"
    assert access.caller_of(request_with(bearer)) is None

    _, text = make_token(*Scope, everywhere=True, owner=superuser("boss"))
    assert status(tree["inside"], text) == 404


def test_the_root_of_a_site_can_be_guarded(committed: Committed) -> None:
    with committed():
        root = home_page()
        below = article(root, slug="below")
        guard(root)
    bearer = unlock(below)

    found = read("resolve/?path=/", bearer).json()

    assert found["page"]["id"] == root.pk
    assert read("resolve/?path=/below/", bearer).json()["page"]["id"] == below.pk


def test_a_page_without_a_site_is_not_there(tree: dict[str, Any]) -> None:
    bearer = unlock(tree["inside"])

    assert read("resolve/?path=/nothing/", bearer).status_code == 404
    assert read(f"pages/{10**18}/", bearer).status_code == 404


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="threads share no SQLite connection"
)
@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_all_counted(settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"UNLOCK_RATE": (5, 10**9)}

    def attempt(_number: int) -> int:
        try:
            return send(1, "wrong").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(attempt, range(24)))

    assert sorted(statuses) == [403] * 5 + [429] * 19


def test_the_number_of_queries_is_that_of_one_document(
    tree: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    bearer = unlock(tree["inside"])

    with django_assert_max_num_queries(22):
        read(f"pages/{tree['inside'].pk}/", bearer)


def test_more_passwords_than_a_bearer_holds_begin_anew(tree: dict[str, Any]) -> None:
    more = [guard(tree["beside"], f"password {n}") for n in range(8)]
    full = unlock_sign(
        Unlock(
            keys={g.pk: unlock_tokens.password_trace(g) for g in more},
            expires_at=2**40,
        )
    )

    bearer = unlock(tree["inside"], PASSWORD, full)

    assert status(tree["inside"], bearer) == 200
    assert status(tree["beside"], full) == 200
    assert status(tree["beside"], bearer) == 404
