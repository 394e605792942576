"""Recall by program: the same rights and the same services as in the admin, and safe to ask twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry, Site

from health_content import compat
from health_content.delivery.models import (
    Acknowledgement,
    Change,
    DeliveryScope,
)
from health_content.delivery.scopes import Scope
from health_content.delivery.selectors.changes import change_cursor
from health_content.delivery.webhooks.sending import deliveries_send
from health_content.models import Withdrawal
from health_content.services.withdrawals import WITHDRAW_ACTION
from tests.contracts.test_content_openapi import assert_conforms, openapi_document
from tests.factories import article, editor, home_page, index, user

from .caller import Caller, token_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens"),
]
REASON = "The dose was wrong. Do not follow this page."
BODY = {"reason": REASON, "severity": "high"}


@pytest.fixture
def page(committed: Any) -> Any:
    """Return a public article."""
    with committed():
        return article(title="Doses", slug="doses")


@pytest.fixture
def owner() -> Any:
    """Return an editor who may publish, withdraw and lift."""
    return editor("change", "publish", model_permissions=("add_withdrawal", "change_withdrawal"))  # fmt: skip


@pytest.fixture
def recaller(owner: Any) -> Caller:
    """Return a client whose token may withdraw on all sites."""
    return token_of(owner, Scope.PAGES_WITHDRAW)


@pytest.fixture
def partner() -> Caller:
    """Return a client whose token may acknowledge for all sites."""
    return token_of(user("partner"), Scope.ACKS_WRITE)


def assert_shape(response: Any, name: str) -> None:
    """Check the body against the component schema *name*."""
    document: Any = openapi_document("/")
    assert_conforms({"$ref": f"#/components/schemas/{name}", "components": document["components"]}, response.json())  # fmt: skip


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    assert_shape(response, "Problem")
    return response.status_code, response.json()["type"]


def withdraw_path(page: Any) -> str:
    return f"pages/{page.pk}/withdraw/"


def test_page_is_withdrawn_and_gone_at_once(recaller, page, owner, committed, get):
    with committed():
        replacement = article(title="Doses, corrected", slug="doses-corrected")
    with committed():
        answer = recaller.post(withdraw_path(page), BODY | {"replacement": replacement.pk})  # fmt: skip

    assert answer.status_code == 201
    assert_shape(answer, "WithdrawalDetail")
    withdrawal = Withdrawal.objects.get()
    assert answer.headers["Location"] == f"/api/content/v1/withdrawals/{withdrawal.pk}/"
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = answer.json()
    assert (told["page"], told["reason"], told["severity"], told["path"]) == (
        page.pk, REASON, "high", "/doses/",
    )  # fmt: skip
    assert (told["replacement"], told["lifted_at"]) == ("/doses-corrected/", None)
    assert told["cursor"] == change_cursor(Change.objects.get(page_id=page.pk).number)
    gone = get(f"articles/{page.pk}/")
    assert (gone.status_code, gone.json()["replacement"]) == (410, "/doses-corrected/")
    assert withdrawal.withdrawn_by == owner
    entry = PageLogEntry.objects.get(action=WITHDRAW_ACTION)
    assert (entry.user, entry.page_id) == (owner, page.pk)


def test_the_same_request_again_gives_the_same_withdrawal(recaller, page):
    first = recaller.post(withdraw_path(page), BODY)
    again = recaller.post(withdraw_path(page), BODY | {"reason": f" {REASON} "})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize("other", [{"reason": "Something else."}, {"severity": "low"}, {"replacement": True}])  # fmt: skip
def test_other_words_for_a_page_that_is_withdrawn_are_refused(recaller, page, other):
    recaller.post(withdraw_path(page), BODY)
    if "replacement" in other:
        other = {"replacement": home_page().pk}
    answer = recaller.post(withdraw_path(page), BODY | other)

    assert problem(answer) == (409, "already-withdrawn")
    assert Withdrawal.objects.get().reason == REASON


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"severity": "high"}, "#/reason", "missing-field"),
        ({"reason": REASON}, "#/severity", "missing-field"),
        ({"reason": " \n ", "severity": "high"}, "#/reason", "invalid-value"),
        ({"reason": "x" * 1_001, "severity": "high"}, "#/reason", "invalid-value"),
        ({"reason": REASON, "severity": "grave"}, "#/severity", "invalid-value"),
        (BODY | {"replacement": 0}, "#/replacement", "invalid-value"),
        (BODY | {"force": True}, "#/force", "unknown-field"),
    ],
)
def test_body_that_is_no_withdrawal_is_refused(recaller, page, body, pointer, code):
    answer = recaller.post(withdraw_path(page), body)

    assert problem(answer) == (400, "invalid-request")
    [fault] = answer.json()["errors"]
    assert (fault["location"], fault["pointer"], fault["code"]) == ("body", pointer, code)  # fmt: skip
    assert "\\u" not in fault["detail"]  # Words, no pattern.
    assert Withdrawal.objects.count() == 0


@pytest.mark.parametrize(
    ("replacement", "detail"),
    [
        ("missing", "There is no such page."),
        ("itself", "A page cannot replace itself."),
        ("hidden", "The replacement cannot be read by the public. Publish it first, or name another page."),
    ],
)  # fmt: skip
def test_replacement_that_cannot_be_one_is_refused(
    recaller, page, replacement, detail, committed
):
    with committed():
        hidden = article(live=False)
    target = {"missing": 999_999, "itself": page.pk, "hidden": hidden.pk}[replacement]
    answer = recaller.post(withdraw_path(page), BODY | {"replacement": target})

    assert problem(answer) == (422, "unprocessable-content")
    assert answer.json()["errors"] == [
        {"location": "body", "pointer": "#/replacement", "detail": detail, "code": "invalid-value"}
    ]  # fmt: skip
    assert Withdrawal.objects.count() == 0


def test_same_words_are_one_withdrawal_though_the_replacement_went_away(
    recaller, page, committed
):
    with committed():
        replacement = article()
        body = BODY | {"replacement": replacement.pk}
        first = recaller.post(withdraw_path(page), body)
    with committed():
        replacement.unpublish()

    again = recaller.post(withdraw_path(page), body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"replacement": None}


def test_draft_that_never_was_public_is_refused(recaller, committed):
    with committed():
        draft = article(live=False)

    assert problem(recaller.post(withdraw_path(draft), BODY)) == (422, "unprocessable-content")  # fmt: skip


def elsewhere() -> Site:
    """Return another site."""
    return Site.objects.create(hostname="b.example", root_page=index(title="B"))


@pytest.mark.parametrize("why", ["nothing", "no health page", "other site", "may not publish"])  # fmt: skip
def test_page_that_is_not_the_tokens_to_withdraw_is_not_found(page, owner, why):
    target, sites = page.pk, None
    match why:
        case "nothing":
            target = 999_999
        case "no health page":
            target = home_page().get_parent().pk
        case "other site":
            sites = [elsewhere()]
        case _:
            GroupPagePermission.objects.filter(permission__codename="publish_page").delete()  # fmt: skip
    client = token_of(owner, Scope.PAGES_WITHDRAW, sites=sites)

    answer = client.post(f"pages/{target}/withdraw/", BODY)

    assert problem(answer) == (404, "not-found")
    assert answer.json()["detail"] == "There is no such page that you may withdraw."
    assert Withdrawal.objects.count() == 0


def test_token_withdraws_on_its_site(page, owner):
    site = Site.objects.get(is_default_site=True)
    client = token_of(owner, Scope.PAGES_WITHDRAW, sites=[site])

    assert client.post(withdraw_path(page), BODY).status_code == 201


ROUTES = (
    ("post", "pages/{page}/withdraw/", BODY),
    ("get", "withdrawals/", None),
    ("get", "withdrawals/{withdrawal}/", None),
    ("post", "withdrawals/{withdrawal}/lift/", {}),
    ("get", "acks/", None),
    ("post", "acks/", {"page": 1, "action": "removed", "version": 1}),
)


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize("who", ["anonymous", "bad token", "other scope", "user without the permission"])  # fmt: skip
def test_nobody_without_the_right_does_anything(
    recaller, page, committed, method, path, body, who
):
    withdrawal = recaller.post(withdraw_path(page), BODY).json()["id"]
    with committed():
        other = article()
    before = (list(Withdrawal.objects.values()), Acknowledgement.objects.count())
    client = {
        "anonymous": lambda: Caller(None),
        "bad token": lambda: Caller("nonsense"),
        "other scope": lambda: token_of(recaller.owner, Scope.WEBHOOKS_MANAGE),
        "user without the permission": lambda: token_of(user(), Scope.PAGES_WITHDRAW),
    }[who]()

    answer = client.request(method, path.format(page=other.pk, withdrawal=withdrawal), body)  # fmt: skip

    expected = {"anonymous": 401, "bad token": 401}.get(who, 403)
    assert problem(answer)[0] == expected
    assert "www-authenticate" in {name.lower() for name in answer.headers}
    assert before == (list(Withdrawal.objects.values()), Acknowledgement.objects.count())  # fmt: skip


def test_lifting_needs_its_own_permission(recaller, page, owner):
    withdrawal = recaller.post(withdraw_path(page), BODY).json()["id"]
    lift = Permission.objects.get(codename="change_withdrawal")
    owner.groups.get().permissions.remove(lift)
    assert problem(recaller.post(f"withdrawals/{withdrawal}/lift/", {})) == (403, "insufficient-scope")  # fmt: skip
    assert Withdrawal.objects.get().lifted_at is None

    owner.groups.get().permissions.add(lift)
    first = recaller.post(f"withdrawals/{withdrawal}/lift/", None)
    again = recaller.post(f"withdrawals/{withdrawal}/lift/", None)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json()["lifted_at"] is not None
    assert Withdrawal.objects.get().lifted_by == owner


def test_withdrawals_are_listed_with_their_counts(
    recaller, make_endpoint, committed, clock
):
    account = user("counting")
    make_endpoint(name="A", account=account)
    make_endpoint(name="B")
    with committed():
        pages = [article() for _ in range(3)]
    identifiers = [recaller.post(withdraw_path(p), BODY).json()["id"] for p in pages]
    token_of(account, Scope.ACKS_WRITE).post(
        "acks/", {"page": pages[0].pk, "action": "removed", "version": 1}
    )
    recaller.post(f"withdrawals/{identifiers[1]}/lift/", {})

    first = recaller.get("withdrawals/?page_size=2")
    assert_shape(first, "WithdrawalList")
    assert [item["id"] for item in first.json()["items"]] == [identifiers[2], identifiers[1]]  # fmt: skip
    assert f"cursor={first.json()['next']}" in first.headers["Link"]
    second = recaller.get(f"withdrawals/?page_size=2&cursor={first.json()['next']}")
    [last] = second.json()["items"]
    assert (last["id"], last["consumers"], second.json()["next"]) == (
        identifiers[0], {"count": 2, "confirmed": 1}, None,
    )  # fmt: skip
    in_force = recaller.get("withdrawals/?state=in_force").json()["items"]
    lifted = recaller.get("withdrawals/?state=lifted").json()["items"]
    one = recaller.get(f"withdrawals/?page={pages[0].pk}").json()["items"]
    assert [item["id"] for item in in_force] == [identifiers[2], identifiers[0]]
    assert [item["id"] for item in lifted] == [identifiers[1]]
    assert [item["id"] for item in one] == [identifiers[0]]
    assert problem(recaller.get("withdrawals/?state=other")) == (400, "invalid-request")


def test_list_costs_as_many_queries_for_many_as_for_few(
    recaller, make_endpoint, committed
):
    make_endpoint()
    with committed():
        replacement = article()
        pages = [article() for _ in range(8)]

    counts = []
    for chosen in (pages[:2], pages[2:]):
        for page in chosen:
            recaller.post(withdraw_path(page), BODY | {"replacement": replacement.pk})
        with CaptureQueriesContext(connection) as asked:
            answer = recaller.get("withdrawals/")
        counts.append((len(answer.json()["items"]), len(asked)))

    (few, queries), (many, more_queries) = counts
    assert (few, many) == (2, 8)
    assert queries == more_queries


def test_token_of_another_site_sees_no_withdrawal(recaller, page, owner):
    withdrawal = recaller.post(withdraw_path(page), BODY).json()["id"]
    client = token_of(owner, Scope.PAGES_WITHDRAW, sites=[elsewhere()])

    assert client.get("withdrawals/").json()["items"] == []
    assert problem(client.get(f"withdrawals/{withdrawal}/")) == (404, "not-found")
    assert problem(client.post(f"withdrawals/{withdrawal}/lift/", {})) == (404, "not-found")  # fmt: skip
    assert Withdrawal.objects.get().lifted_at is None


def test_report_names_each_consumer(recaller, make_endpoint, page, partner, clock):
    endpoint = make_endpoint(name="App of a partner", account=partner.owner)
    make_endpoint(name="Static site")
    feed_reader = user("feed-reader")
    token_of(feed_reader, Scope.ACKS_WRITE)
    withdrawal = recaller.post(withdraw_path(page), BODY).json()["id"]
    deliveries_send(clock=clock)
    number = Change.objects.get(page_id=page.pk).number
    partner.post("acks/", {"page": page.pk, "action": "removed", "cursor": change_cursor(number)})  # fmt: skip

    answer = recaller.get(f"withdrawals/{withdrawal}/")

    assert_shape(answer, "WithdrawalDetail")
    told = answer.json()
    assert told["consumers"] == {"count": 3, "confirmed": 1}
    shown = [
        (line["name"], line["kind"], line["endpoint"], line["state"], line["attempt_count"], line["cursor"])
        for line in told["report"]
    ]  # fmt: skip
    assert shown == [
        ("App of a partner", "webhook", str(endpoint.uuid), "acknowledged", 1, change_cursor(number)),
        ("Static site", "webhook", told["report"][1]["endpoint"], "told", 1, None),
        ("feed-reader", "account", None, "not_told", 0, None),
    ]  # fmt: skip


@pytest.mark.parametrize("why", ["revoked", "expired", "other site", "inactive", "other scope"])  # fmt: skip
def test_account_that_cannot_acknowledge_is_no_consumer(recaller, page, why):
    someone = user("someone")
    scope = Scope.WEBHOOKS_MANAGE if why == "other scope" else Scope.ACKS_WRITE
    sites = [elsewhere()] if why == "other site" else None
    client = token_of(someone, scope, sites=sites)
    match why:
        case "revoked":
            type(client.token).objects.update(revoked_at=timezone.now())
        case "expired":
            DeliveryScope.objects.update(expires_at=timezone.now())
        case "inactive":
            someone.is_active = False
            someone.save()
    # The token of the one who withdraws is made after.
    fresh = token_of(recaller.owner, Scope.PAGES_WITHDRAW)

    answer = fresh.post(withdraw_path(page), BODY)

    assert (answer.status_code, answer.json()["report"]) == (201, [])


def test_acknowledgement_is_recorded_once_and_settles_the_recall(recaller, page, partner):  # fmt: skip
    told = recaller.post(withdraw_path(page), BODY).json()
    body = {"page": page.pk, "action": "removed", "cursor": told["cursor"]}

    first, again = partner.post("acks/", body), partner.post("acks/", body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert_shape(first, "RecordedAcknowledgement")
    assert first.json() == again.json()
    assert first.json()["withdrawals"] == [told["id"]]
    stored = Acknowledgement.objects.get()
    assert (stored.account, stored.name) == (partner.owner, "partner")


def test_own_acknowledgements_are_listed_and_nobody_elses(recaller, page, partner):
    recaller.post(withdraw_path(page), BODY)
    for action in ("removed", "replaced"):
        partner.post("acks/", {"page": page.pk, "action": action, "version": 1})
    other = token_of(user("other"), Scope.ACKS_WRITE)
    other.post("acks/", {"page": page.pk, "action": "removed", "version": 1})

    first = partner.get("acks/?page_size=1")
    assert_shape(first, "AcknowledgementList")
    assert [item["action"] for item in first.json()["items"]] == ["replaced"]
    second = partner.get(f"acks/?page_size=1&cursor={first.json()['next']}")
    assert [item["action"] for item in second.json()["items"]] == ["removed"]
    assert second.json()["next"] is None
    assert len(other.get("acks/").json()["items"]) == 1


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"action": "removed", "version": 1}, "#/page", "missing-field"),
        ({"page": 1, "version": 1}, "#/action", "missing-field"),
        ({"page": 1, "action": "burned", "version": 1}, "#/action", "invalid-value"),
        ({"page": 1, "action": "removed"}, "#/cursor", "missing-field"),
        ({"page": 1, "action": "removed", "cursor": "x"}, "#/cursor", "invalid-value"),
        ({"page": 1, "action": "removed", "cursor": 5}, "#/cursor", "invalid-value"),
        ({"page": 1, "action": "removed", "cursor": change_cursor(0)}, "#/cursor", "invalid-value"),
        ({"page": 1, "action": "removed", "version": 0}, "#/version", "invalid-value"),
        ({"page": 1, "action": "removed", "version": 1, "endpoint": "1"}, "#/endpoint", "invalid-value"),
        ({"page": 1, "action": "removed", "version": 1, "endpoint": 1}, "#/endpoint", "invalid-value"),
        ({"page": 1, "action": "removed", "version": 1, "token": "x"}, "#/token", "unknown-field"),
    ],
)  # fmt: skip
def test_body_that_is_no_acknowledgement_is_refused(partner, body, pointer, code):
    answer = partner.post("acks/", body)

    assert problem(answer) == (400, "invalid-request")
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"page": 999_999}, "#/page"),
        ({"version": 99}, "#/version"),
        ({"cursor": change_cursor(99_999)}, "#/cursor"),
        ({"endpoint": "00000000-0000-4000-8000-000000000000"}, "#/endpoint"),
    ],
)
def test_acknowledgement_of_what_is_not_there_is_refused(
    recaller, page, partner, given, pointer
):
    recaller.post(withdraw_path(page), BODY)
    body = {"page": page.pk, "action": "removed", "version": 1} | given
    answer = partner.post("acks/", body)

    assert problem(answer) == (422, "unprocessable-content")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert Acknowledgement.objects.count() == 0


def test_addresses_take_no_other_method_and_no_query(recaller, partner) -> None:
    assert problem(recaller.post("withdrawals/", {})) == (405, "method-not-allowed")
    assert problem(partner.request("delete", "acks/", None)) == (405, "method-not-allowed")  # fmt: skip
    assert problem(partner.post("acks/?x=1", {})) == (400, "invalid-request")
    assert problem(partner.get("acks/?x=1")) == (400, "invalid-request")


def test_too_large_a_number_is_not_found(recaller: Caller, get: Callable[..., Any]) -> None:  # fmt: skip
    assert problem(recaller.get(f"withdrawals/{2**63}/")) == (404, "not-found")
    assert problem(recaller.post(f"pages/{2**63}/withdraw/", BODY)) == (404, "not-found")  # fmt: skip
