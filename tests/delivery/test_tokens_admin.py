"""Tokens in the admin and on the command line: made once, shown once, and no way to get rights."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Site

from health_content import compat
from health_content.delivery import checks, tokens
from health_content.delivery.models import DeliveryScope
from health_content.delivery.scopes import SCOPES, Scope
from health_content.delivery.selectors.tokens import caller_by_token
from tests.delivery.test_tokens import make_token, needs_tokens
from tests.factories import editor, superuser, user

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
INDEX = "/admin/api-access/"
TOKEN = re.compile(r"wagtail_[0-9A-Za-z]{33}")


def form(owner: Any, **values: Any) -> dict[str, Any]:
    return {
        "name": "Clinic finder",
        "user": owner.pk,
        "scopes": ["acks:write"],
        "sites": [Site.objects.get().pk],
        "expires_at": "",
    } | values


@pytest.fixture
def manager(client: Client) -> Any:
    """Return somebody who may manage the tokens of all users but superusers, and is logged in."""
    someone = editor(model_permissions=("manage_api_tokens", "change_user"))
    client.force_login(someone)
    return someone


def token_model() -> Any:
    return compat.api_token_model()


@needs_tokens
@pytest.mark.parametrize("who", ["anonymous", "reader", "editor"])
def test_nobody_without_the_permission_sees_or_does_anything(
    client: Client, who: str
) -> None:
    token, _ = make_token()
    row = DeliveryScope.objects.get()
    if who != "anonymous":
        client.force_login(user() if who == "reader" else editor("change", "publish"))

    answers = [
        client.get(INDEX),
        client.get(f"{INDEX}new/"),
        client.get(f"{INDEX}edit/{row.pk}/"),
        client.get(f"{INDEX}delete/{row.pk}/"),
        client.get(f"{INDEX}history/{row.pk}/"),
        client.post(f"{INDEX}new/", form(token.user)),
        client.post(f"{INDEX}edit/{row.pk}/", form(token.user)),
        client.post(f"{INDEX}delete/{row.pk}/"),
    ]

    # Wagtail sends them elsewhere; what they may not manage is not there when they would revoke it.
    assert {answer.status_code for answer in answers} <= {302, 404}
    token.refresh_from_db()
    assert (token.revoked_at, token.name) == (None, "Partner")
    assert DeliveryScope.objects.get().scopes == []
    if who == "editor":
        assert INDEX not in client.get("/admin/").content.decode()


@needs_tokens
def test_a_token_is_made_and_shown_once(client: Client, manager: Any) -> None:
    owner, site = user("partner"), Site.objects.get()
    at = timezone.now() + timedelta(days=30)

    made = client.post(f"{INDEX}new/", form(owner, expires_at=f"{at:%Y-%m-%d %H:%M}"))

    text = TOKEN.search(made.content.decode())
    assert text is not None
    assert "no-store" in made.headers["Cache-Control"]
    caller = caller_by_token(text[0], now=timezone.now())
    assert caller is not None
    assert (caller.user, caller.scopes, caller.site_ids) == (
        owner,
        frozenset({Scope.ACKS_WRITE}),
        frozenset({site.pk}),
    )
    assert caller_by_token(text[0], now=at) is None
    assert ModelLogEntry.objects.get(action="wagtail.apitoken.create").user == manager
    row = DeliveryScope.objects.get()
    for path in ("", f"edit/{row.pk}/", "new/"):
        page = client.get(f"{INDEX}{path}").content.decode()
        assert text[0] not in page
    assert text[0][:12] in client.get(INDEX).content.decode()


@needs_tokens
def test_without_a_site_a_token_works_nowhere(client: Client, manager: Any) -> None:
    client.post(f"{INDEX}new/", form(manager, sites=[]))
    client.post(f"{INDEX}new/", form(manager, sites=[], has_all_sites="on"))

    rows = DeliveryScope.objects.order_by("pk")
    assert [(r.has_all_sites, r.sites.count()) for r in rows] == [(False, 0), (True, 0)]


@needs_tokens
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scopes": ["webhooks:manage"]}, "scopes"),
        ({"scopes": ["pages:withdraw", "acks:write"]}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"expires_at": "2020-01-01 00:00"}, "expires_at"),
        ({"name": ""}, "name"),
        ({"user": 99_999}, "user"),
    ],
)
def test_what_cannot_be_given_is_refused(
    client: Client, manager: Any, values: dict[str, Any], field: str
) -> None:
    answer = client.post(f"{INDEX}new/", form(manager, **values))

    assert list(answer.context["form"].errors) == [field]
    assert DeliveryScope.objects.count() == token_model().objects.count() == 0


@needs_tokens
def test_who_has_the_permission_can_give_its_scope(
    client: Client, manager: Any
) -> None:
    manager.user_permissions.add(Permission.objects.get(codename="manage_webhooks"))

    client.post(f"{INDEX}new/", form(manager, scopes=["webhooks:manage"]))

    assert DeliveryScope.objects.get().scopes == ["webhooks:manage"]


@needs_tokens
def test_tokens_of_superusers_are_for_superusers(client: Client, manager: Any) -> None:
    boss = superuser()
    token, _ = make_token(Scope.ACKS_WRITE, owner=boss)
    row = DeliveryScope.objects.get()

    refused = client.post(f"{INDEX}new/", form(boss))
    assert "user" in refused.context["form"].errors
    assert token.prefix not in client.get(INDEX).content.decode()
    for path in ("edit", "delete"):
        assert client.get(f"{INDEX}{path}/{row.pk}/").status_code == 404
        assert client.post(f"{INDEX}{path}/{row.pk}/", form(boss)).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None

    client.force_login(boss)
    assert token.prefix in client.get(INDEX).content.decode()
    assert client.get(f"{INDEX}edit/{row.pk}/").status_code == 200


@needs_tokens
def test_who_may_not_manage_users_manages_their_own_tokens(client: Client) -> None:
    someone = editor(model_permissions=("manage_api_tokens",))
    client.force_login(someone)
    other, _ = make_token()

    client.post(f"{INDEX}new/", form(other.user))
    client.post(f"{INDEX}new/", form(someone))

    assert list(token_model().objects.exclude(pk=other.pk).values_list("user_id", flat=True)) == [someone.pk]  # fmt: skip


@needs_tokens
def test_rights_are_changed_and_kept(client: Client, manager: Any) -> None:
    """What the giver may not do stays when it was there, and cannot be added."""
    token, text = make_token(Scope.WEBHOOKS_MANAGE, everywhere=True)
    row = DeliveryScope.objects.get()
    shown = client.get(f"{INDEX}edit/{row.pk}/")
    assert shown.context["form"].initial["name"] == "Partner"
    assert "Partner" in shown.content.decode()

    answer = client.post(
        f"{INDEX}edit/{row.pk}/",
        form(token.user, name="New", scopes=["webhooks:manage", "acks:write"]),
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    token.refresh_from_db()
    assert (token.name, row.scopes, row.has_all_sites) == (
        "New",
        ["acks:write", "webhooks:manage"],
        False,
    )
    assert caller_by_token(text, now=timezone.now()) is not None

    answer = client.post(
        f"{INDEX}edit/{row.pk}/", form(token.user, scopes=["pages:withdraw"])
    )
    assert "scopes" in answer.context["form"].errors


@needs_tokens
def test_an_expired_token_can_be_edited_and_is_shown_as_such(
    client: Client, manager: Any
) -> None:
    at = timezone.now().replace(second=0, microsecond=0) - timedelta(days=1)
    token, _ = make_token(expires_at=at)
    row = DeliveryScope.objects.get()

    answer = client.post(
        f"{INDEX}edit/{row.pk}/",
        form(token.user, expires_at=f"{at:%Y-%m-%d %H:%M}", name="Old"),
    )

    assert answer.status_code == 302
    assert "Expired" in client.get(INDEX).content.decode()


@needs_tokens
def test_a_token_is_revoked_and_its_row_stays(client: Client, manager: Any) -> None:
    _, text = make_token(Scope.ACKS_WRITE)
    row = DeliveryScope.objects.get()

    asked = client.get(f"{INDEX}delete/{row.pk}/")
    assert "refused at once" in asked.content.decode()
    assert caller_by_token(text, now=timezone.now()) is not None
    answer = client.post(f"{INDEX}delete/{row.pk}/")

    assert answer.status_code == 302
    assert caller_by_token(text, now=timezone.now()) is None
    assert DeliveryScope.objects.count() == 1
    assert ModelLogEntry.objects.get(action="wagtail.apitoken.revoke").user == manager
    assert "Revoked" in client.get(INDEX).content.decode()


@needs_tokens
def test_the_list_costs_the_same_for_two_and_twenty(
    client: Client, manager: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (2, 18):
        for _ in range(number):
            make_token(Scope.ACKS_WRITE, owner=manager)
        client.get(INDEX)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(INDEX)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@needs_tokens
def test_the_permission_is_in_the_form_of_groups(client: Client) -> None:
    client.force_login(superuser())

    page = client.get("/admin/groups/new/").content.decode()

    assert "Can manage API tokens" in page


# The command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_delivery_token", *arguments, stdout=out)
    return out.getvalue()


@needs_tokens
def test_the_command_prints_the_token_and_nothing_else() -> None:
    owner, site = user("partner"), Site.objects.get()
    site.hostname, site.port = "www.example.org", 8000
    site.save()

    out = run(
        "--user=partner", "--name=Finder", "--scope=acks:write", "--scope=webhooks:manage",
        "--site=www.example.org:8000", "--days=2",
    )  # fmt: skip

    text = out.strip()
    assert TOKEN.fullmatch(text)
    caller = caller_by_token(text, now=timezone.now())
    assert caller is not None
    assert (caller.user, caller.site_ids) == (owner, frozenset({site.pk}))
    assert caller.scopes == {Scope.ACKS_WRITE, Scope.WEBHOOKS_MANAGE}
    assert caller_by_token(text, now=timezone.now() + timedelta(days=2)) is None
    entry = ModelLogEntry.objects.get(action="wagtail.apitoken.create")
    assert entry.data == {"source": "management_command"}

    caller = caller_by_token(run("--user=partner", "--name=All", "--all-sites").strip(), now=timezone.now())  # fmt: skip
    assert caller is not None
    assert (caller.site_ids, caller.scopes) == (None, frozenset())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--user=nobody"], "no user"),
        (["--user=partner", "--site=elsewhere"], "no site"),
        (["--user=partner", "--days=0"], "Days are"),
        (["--user=partner", "--scope=everything"], "invalid choice"),
        (["--user=partner", "--site=a", "--all-sites"], "not allowed with"),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[str], message: str) -> None:
    user("partner")

    with pytest.raises(CommandError, match=message):
        run("--name=x", *arguments)

    assert DeliveryScope.objects.count() == 0


# Where there are no tokens


def test_where_wagtail_has_no_tokens_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user("partner")
    monkeypatch.setattr(tokens, "api_token_model", lambda: None)
    monkeypatch.setattr(checks, "api_token_model", lambda: None)

    assert [message.id for message in checks.check_tokens()] == ["health_delivery.W001"]
    with pytest.raises(CommandError, match=r"Wagtail 8\.0"):
        run("--name=x", "--user=partner")


@needs_tokens
def test_where_wagtail_has_tokens_nothing_is_said() -> None:
    assert checks.check_tokens() == []


def test_every_scope_has_a_label() -> None:
    from health_content.delivery.admin.token_forms import LABELS

    assert set(LABELS) == set(Scope) == set(SCOPES)
