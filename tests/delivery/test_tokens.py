"""Tokens: who is known by one, what they may do, and that a bad one is never a stranger."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Site

from health_content import compat
from health_content.delivery.api import access
from health_content.delivery.api.base import ContentView
from health_content.delivery.api.write import WriteView, json_response
from health_content.delivery.models import DeliveryScope
from health_content.delivery.scopes import SCOPES, Scope
from health_content.delivery.selectors import tokens as selector
from tests.delivery.conftest import API
from tests.factories import article, user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

pytestmark = pytest.mark.django_db
needs_tokens = pytest.mark.skipif(
    not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens"
)
ROUTES = [
    "", "pages/", "articles/", "articles/{pk}/", "articles/{pk}.md", "articles/{pk}/versions/", "faqs/entries/",
    "resolve/?path=/", "resolve/?path=/nothing/", "disclaimers/", "disclaimers/none/", "routes/", "redirects/", "site/",
    "changes/", "changes.atom", "openapi.json", "docs/", "no/such/path", "pages/999999/", "pages/?x=1",
]  # fmt: skip


def make_token(
    *scopes: str, sites: Any = (), everywhere: bool = False, **fields: Any
) -> tuple[Any, str]:
    """Return a token of an active user and its text."""
    owner = fields.pop("owner", None) or user()
    token, text = compat.api_token_model().create_token(user=owner, name="Partner")  # type: ignore[union-attr]
    row = DeliveryScope.objects.create(
        token_id=token.pk, scopes=list(scopes), has_all_sites=everywhere, **fields
    )
    row.sites.set(sites)
    return token, text


def ask(path: str, authorization: str, **headers: str) -> Any:
    return Client().get(
        f"{API}{path}", headers={"Authorization": authorization, **headers}
    )


def request_with(text: str | None, method: str = "post") -> HttpRequest:
    headers = {} if text is None else {"Authorization": f"Bearer {text}"}
    return getattr(RequestFactory(), method)("/", headers=headers)


def assert_refused(response: Any) -> None:
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["type"] == "invalid-token"
    assert (
        response.headers["WWW-Authenticate"]
        == 'Bearer realm="content", error="invalid_token"'
    )
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Authorization"
    assert not response.cookies


@pytest.fixture
def page(committed: Callable[[], Any]) -> Page:
    with committed():
        return article()


@needs_tokens
@pytest.mark.parametrize("route", ROUTES)
def test_a_bad_token_is_refused_on_every_route(route: str, page: Page) -> None:
    _, text = make_token(expires_at=timezone.now() - timedelta(seconds=1))

    assert_refused(ask(route.format(pk=page.pk), f"Bearer {text}"))


@pytest.mark.parametrize(
    "authorization",
    [
        "", "Bearer", "Bearer ", "Bearer  ", "Basic YTpi", "Digest a", "Token abc", "bearer:abc",
        "Bearer abc", "Bearer a b", "Bearer wagtail_" + "0" * 33, "Bearer wagtail_" + "A" * 8_000, "Bearer " + "=" * 10,
        "Bearer caf\xe9", "Bearer \N{SNOWMAN}".encode().decode("latin-1"), "Bearer a\x00", "Bearer wagtail_\x7f", "\tBearer x",
        "Bearer x,Bearer y", "Bearer \"x\"",
    ],
)  # fmt: skip
def test_whatever_is_no_token_is_refused(authorization: str) -> None:
    response = Client().get(f"{API}pages/", HTTP_AUTHORIZATION=authorization)

    assert_refused(response)


@needs_tokens
def test_two_headers_are_refused_though_each_is_good() -> None:
    _, text = make_token()

    assert_refused(ask("pages/", f"Bearer {text},Bearer {text}"))
    assert_refused(ask("pages/", f"Bearer {text}, Bearer {text}"))


@needs_tokens
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_the_scheme_is_read_in_any_case(scheme: str, page: Page) -> None:
    _, text = make_token()

    assert ask(f"articles/{page.pk}/", f"{scheme} {text} ").status_code == 200


@needs_tokens
def test_a_good_token_reads_what_everybody_reads_and_no_cache_keeps_it(
    page: Page,
) -> None:
    _, text = make_token(Scope.WEBHOOKS_MANAGE, everywhere=True)
    anonymous = Client().get(f"{API}articles/{page.pk}/")

    known = ask(f"articles/{page.pk}/", f"Bearer {text}")

    assert known.content == anonymous.content
    assert known.headers["ETag"] == anonymous.headers["ETag"]
    assert known.headers["Cache-Control"] == "private, no-store"
    assert known.headers["Vary"] == "Accept, Accept-Encoding, Authorization"
    assert "Authorization" not in anonymous.headers["Vary"]
    assert anonymous.headers["Cache-Control"].startswith("public")


@needs_tokens
def test_a_public_read_with_a_token_writes_nothing(
    page: Page, django_assert_num_queries: Any
) -> None:
    token, text = make_token(everywhere=True)

    with django_assert_num_queries(3):  # The token with its user, its scope, the page.
        ask(f"articles/{page.pk}/", f"Bearer {text}")

    token.refresh_from_db()
    assert token.last_used_at is None


def test_a_read_without_a_token_asks_nothing(
    page: Page, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr("health_content.delivery.api.base.bearer_found", fail)
    monkeypatch.setattr("health_content.delivery.api.throttles._count", fail)

    with django_assert_num_queries(1):
        response = Client().get(f"{API}articles/{page.pk}/")

    assert response.status_code == 200
    assert "RateLimit" not in response.headers


@needs_tokens
def test_what_cannot_be_a_token_costs_no_query(django_assert_num_queries: Any) -> None:
    _, text = make_token()
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")

    with django_assert_num_queries(0):
        assert_refused(ask("pages/", f"Bearer {wrong}"))


@needs_tokens
def test_a_token_dies_with_its_user_its_revocation_and_its_time() -> None:
    now = timezone.now()
    token, text = make_token(expires_at=now)

    assert (
        selector.caller_by_token(text, now=now - timedelta(microseconds=1)) is not None
    )
    assert selector.caller_by_token(text, now=now) is None
    DeliveryScope.objects.update(expires_at=None)
    assert selector.caller_by_token(text, now=now) is not None
    token.user.is_active = False
    token.user.save()
    assert selector.caller_by_token(text, now=now) is None
    token.user.is_active = True
    token.user.save()
    token.revoke()
    assert selector.caller_by_token(text, now=now) is None


@needs_tokens
def test_a_token_without_a_row_is_known_and_may_nothing() -> None:
    _, text = compat.api_token_model().create_token(user=user(), name="Other")  # type: ignore[union-attr]

    caller = access.caller_of(request_with(text))

    assert caller is not None
    assert (caller.scopes, caller.site_ids) == (frozenset(), frozenset())
    assert not caller.allows_site(Site.objects.get().pk)
    with pytest.raises(access.Problem) as refused:
        access.require_scope(request_with(text), Scope.ACKS_WRITE)
    assert refused.value.code == "insufficient-scope"


@needs_tokens
def test_no_site_is_not_all_sites() -> None:
    site = Site.objects.get()
    other = Site.objects.create(
        hostname="other.example", port=80, root_page=site.root_page
    )
    callers = {
        name: access.caller_of(request_with(make_token(**options)[1]))
        for name, options in {
            "none": {},
            "one": {"sites": [other]},
            "all": {"everywhere": True},
        }.items()
    }
    allowed = {
        name: [caller.allows_site(s.pk) for s in (site, other)]
        for name, caller in callers.items()
        if caller
    }
    assert allowed == {
        "none": [False, False],
        "one": [False, True],
        "all": [True, True],
    }

    _, text = make_token(sites=[other])
    other.delete()
    caller = access.caller_of(request_with(text))
    assert caller is not None
    assert caller.site_ids == frozenset()


@needs_tokens
@pytest.mark.parametrize("scope", list(Scope))
def test_a_scope_is_needed_and_the_permission_of_its_user(scope: Scope) -> None:
    owner = user()
    others = [other for other in Scope if other != scope]
    token, text = make_token(*others, owner=owner)
    grant(owner, scope)

    with pytest.raises(access.Problem) as refused:
        access.require_scope(request_with(text), scope)
    assert (refused.value.status, refused.value.code) == (403, "insufficient-scope")
    assert refused.value.headers["WWW-Authenticate"] == (
        f'Bearer realm="content", error="insufficient_scope", scope="{scope}"'
    )
    token.refresh_from_db()
    assert token.last_used_at is None

    DeliveryScope.objects.filter(token_id=token.pk).update(scopes=[scope])
    caller = access.require_scope(request_with(text), scope)
    assert (caller.user, caller.scopes) == (owner, frozenset({scope}))
    token.refresh_from_db()
    assert token.last_used_at is not None

    if SCOPES[scope].permission is not None:
        owner.user_permissions.clear()
        with pytest.raises(access.Problem):
            access.require_scope(request_with(text), scope)


def grant(owner: Any, scope: Scope) -> None:
    if permission := SCOPES[scope].permission:
        label, _, codename = permission.partition(".")
        owner.user_permissions.add(
            Permission.objects.get(content_type__app_label=label, codename=codename)
        )


def test_without_a_token_the_answer_says_that_one_is_needed() -> None:
    with pytest.raises(access.Problem) as refused:
        access.require_scope(request_with(None), Scope.ACKS_WRITE)

    assert (refused.value.status, refused.value.code) == (
        401,
        "authentication-required",
    )
    assert refused.value.headers == {"WWW-Authenticate": 'Bearer realm="content"'}


@needs_tokens
def test_when_it_was_used_is_noted_as_wagtail_does(settings: Any) -> None:
    token, text = make_token(Scope.ACKS_WRITE)
    model = type(token)
    just_now = timezone.now() - timedelta(seconds=59)
    model.objects.update(last_used_at=just_now)

    access.require_scope(request_with(text), Scope.ACKS_WRITE)
    assert model.objects.get().last_used_at == just_now

    settings.WAGTAILAPI_TOKEN_LAST_USED_INTERVAL = 10
    access.require_scope(request_with(text), Scope.ACKS_WRITE)
    assert model.objects.get().last_used_at > just_now

    settings.WAGTAILAPI_TOKEN_LAST_USED_INTERVAL = None
    model.objects.update(last_used_at=None)
    access.require_scope(request_with(text), Scope.ACKS_WRITE)
    assert model.objects.get().last_used_at is None


@needs_tokens
def test_a_row_goes_with_its_token() -> None:
    token, _ = make_token(Scope.ACKS_WRITE, sites=[Site.objects.get()])
    kept, _ = make_token(Scope.ACKS_WRITE)

    token.user.delete()

    assert list(DeliveryScope.objects.values_list("token_id", flat=True)) == [kept.pk]


def test_where_wagtail_has_no_tokens_every_token_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(selector, "api_token_model", lambda: None)

    assert_refused(ask("pages/", "Bearer wagtail_anything"))
    assert Client().get(f"{API}pages/").status_code == 200


class Writes(WriteView):
    scope = Scope.ACKS_WRITE

    def get(self, _request: HttpRequest) -> HttpResponse:
        return json_response({"user": str(self.caller and self.caller.user.pk)})

    def post(self, _request: HttpRequest) -> HttpResponse:
        return json_response({}, status=201, headers={"Location": "/x/"})


@needs_tokens
def test_a_view_of_callers_is_for_who_asks() -> None:
    token, text = make_token(Scope.ACKS_WRITE)
    view = Writes.as_view()

    answers = [view(request_with(text, method)) for method in ("get", "head", "post")]

    assert [answer.status_code for answer in answers] == [200, 200, 201]
    assert json.loads(answers[0].content) == {"user": str(token.user_id)}
    assert answers[1].content == b""
    assert answers[1].headers["Content-Length"] == str(len(answers[0].content))
    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Vary"] == "Authorization"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "WWW-Authenticate" in answer.headers["Access-Control-Expose-Headers"]
        assert answer.headers["RateLimit-Policy"].startswith('"')


def test_a_view_of_callers_refuses_strangers_and_tells_browsers_its_methods() -> None:
    view = Writes.as_view()

    refused = view(request_with(None))
    assert refused.status_code == 401
    assert refused.headers["Cache-Control"] == "private, no-store"
    assert json.loads(refused.content)["type"] == "authentication-required"

    asked = view(RequestFactory().options("/", headers={"Origin": "https://x.example"}))
    assert asked.status_code == 204
    assert (
        asked.headers["Access-Control-Allow-Methods"]
        == asked.headers["Allow"]
        == "GET, HEAD, POST, OPTIONS"
    )
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


@needs_tokens
def test_a_method_that_a_view_does_not_take_is_refused_with_those_it_takes() -> None:
    _, text = make_token(Scope.ACKS_WRITE)

    refused = Writes.as_view()(request_with(text, "delete"))

    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


@needs_tokens
def test_a_write_takes_no_query() -> None:
    _, text = make_token(Scope.ACKS_WRITE)
    request = RequestFactory().post(
        "/?x=1", headers={"Authorization": f"Bearer {text}"}
    )

    refused = Writes.as_view()(request)

    assert refused.status_code == 400
    assert json.loads(refused.content)["errors"][0]["code"] == "unknown-parameter"


def test_a_public_view_asks_for_no_scope() -> None:
    assert ContentView.scope is None
