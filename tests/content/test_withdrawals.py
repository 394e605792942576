"""Recall: gone at once, everywhere, with the reason; and it stays gone whatever publishes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
)

from health_content.actors import System
from health_content.delivery.models import Change, Recall
from health_content.errors import (
    PublishBlocked,
    ReplacementRefused,
    WithdrawalRefused,
)
from health_content.models import Withdrawal
from health_content.pages.models import ArticlePage
from health_content.services.withdrawals import (
    LIFT_ACTION,
    WITHDRAW_ACTION,
    page_withdraw,
    withdrawal_lift,
)
from health_content.signals import page_withdrawn
from tests.delivery import conftest as delivery
from tests.factories import article, governance_form, home_page, index, user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db
committed, get = delivery.committed, delivery.get
ACTOR = System("test")
REASON = "The dose was wrong. Do not follow this page."


def withdraw(page: Page, **fields: Any) -> Withdrawal:
    given = {"actor": ACTOR, "reason": REASON, "severity": "high"} | fields
    return page_withdraw(page, **given)


@pytest.fixture
def page(committed: Callable[[], Any]) -> ArticlePage:
    with committed():
        return article(title="Doses", slug="doses")


def test_every_address_of_it_says_that_it_was_withdrawn(
    page: ArticlePage, client: Client, get: Any, committed: Any
) -> None:
    with committed():
        better = article(title="Right doses", slug="right-doses")
        withdraw(page, replacement=better)

    for path in (
        f"articles/{page.pk}/",
        f"pages/{page.pk}/",
        "resolve/?path=/doses/",
        "resolve/?path=/doses",
    ):
        answer = get(path)
        assert answer.status_code == 410, path
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json() | {"instance": ""} == {
            "type": "gone",
            "title": "This content was withdrawn",
            "status": 410,
            "detail": REASON,
            "instance": "",
            "replacement": "/right-doses/",
        }
    assert get(f"faqs/{page.pk}/").status_code == 404
    html = client.get("/doses/")
    assert html.status_code == 410
    assert REASON in html.content.decode()
    assert 'href="/right-doses/"' in html.content.decode()
    assert html.headers["Cache-Control"] == "no-cache"


def test_other_missing_pages_are_still_missing(
    page: ArticlePage, client: Client, get: Any, committed: Any
) -> None:
    with committed():
        withdraw(page)

    assert client.get("/nothing-here/").status_code == 404
    assert get("resolve/", path="/nothing-here/").status_code == 404
    assert get("resolve/", path="/doses/", site="elsewhere.example").status_code == 404


def test_it_is_in_the_change_feed_with_the_reason(
    page: ArticlePage, get: Any, committed: Any
) -> None:
    cursor = get("changes/").json()["cursor"]
    with committed():
        withdrawal = withdraw(page)

    item = get("changes/", since=cursor).json()["items"][-1]

    assert (item["operation"], item["id"], item["document"]) == (
        "remove",
        page.pk,
        None,
    )
    assert item["withdrawn"] == {
        "at": withdrawal.withdrawn_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reason": REASON,
        "severity": "high",
        "replacement": None,
    }
    assert REASON in get("changes.atom").content.decode()


def test_it_is_hidden_in_the_very_transaction(page: ArticlePage, get: Any) -> None:
    assert get(f"articles/{page.pk}/").status_code == 200

    withdraw(page)  # What waits for the commit has not run.

    assert get(f"articles/{page.pk}/").status_code == 410


def test_links_to_it_become_plain_text(
    page: ArticlePage, get: Any, committed: Any
) -> None:
    with committed():
        link = f'<p>See <a linktype="page" id="{page.pk}">doses</a>.</p>'
        other = article(introduction=link)
    assert "href" in get(f"articles/{other.pk}/").json()["introduction"]["html"]

    with committed():
        withdraw(page)

    introduction = get(f"articles/{other.pk}/").json()["introduction"]
    assert introduction == {"html": "<p>See doses.</p>"}


# Whatever publishes next.


def by_revision(page: ArticlePage) -> None:
    page.save_revision().publish()


def by_save(page: ArticlePage) -> None:
    page.live = True
    page.save()


def by_workflowless_old_revision(page: ArticlePage) -> None:
    page.revisions.earliest("created_at").publish()


@pytest.mark.parametrize(
    "publish", [by_revision, by_save, by_workflowless_old_revision]
)
def test_nothing_publishes_it(
    publish: Callable[[ArticlePage], None], page: ArticlePage
) -> None:
    page.save_revision()
    withdraw(page)

    with pytest.raises(PublishBlocked, match="withdrawn"):
        publish(ArticlePage.objects.get(pk=page.pk))

    assert not Page.objects.get(pk=page.pk).live


def test_the_schedule_does_not_publish_it_and_goes_on(
    page: ArticlePage, committed: Any
) -> None:
    with committed():
        withdraw(page)
    other = article(live=False)
    for scheduled in (page, other):
        revision = ArticlePage.objects.get(pk=scheduled.pk).save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.save()

    call_command("publish_scheduled")

    assert not Page.objects.get(pk=page.pk).live
    assert Page.objects.get(pk=other.pk).live


def test_a_copy_is_another_page(page: ArticlePage) -> None:
    withdraw(page)

    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)
    copy.save_revision().publish()

    assert Page.objects.get(pk=copy.pk).live


def test_lifted_it_is_a_draft_that_may_go_live(
    page: ArticlePage, client: Client, get: Any, committed: Any
) -> None:
    with committed():
        withdrawal = withdraw(page)
    with committed():
        withdrawal_lift(withdrawal, actor=ACTOR)
    assert client.get("/doses/").status_code == 404
    assert get(f"articles/{page.pk}/").status_code == 404

    with committed():
        ArticlePage.objects.get(pk=page.pk).save_revision().publish()

    assert client.get("/doses/").status_code == 200
    assert get(f"articles/{page.pk}/").json()["title"] == "Doses"
    with committed():
        assert withdraw(page).pk != withdrawal.pk


def test_it_outlives_the_page(
    page: ArticlePage, client: Client, get: Any, committed: Any
) -> None:
    with committed():
        withdraw(page)
    identifier = page.pk
    with committed():
        page.delete()

    assert client.get("/doses/").status_code == 410
    assert get(f"articles/{identifier}/").status_code == 410


def test_a_replacement_that_is_hidden_later_is_not_named(
    page: ArticlePage, client: Client, get: Any, committed: Any
) -> None:
    with committed():
        better = article(slug="zq-secret")
        withdraw(page, replacement=better)
    with committed():
        better.unpublish()

    assert "replacement" not in get(f"articles/{page.pk}/").json()
    assert b"zq-secret" not in client.get("/doses/").content


NOT_PUBLIC = ["draft", "private", "expired", "never published", "off site", "withdrawn"]


def hidden(why: str) -> Page:
    """Return a page that the public does not see, because of *why*."""
    page = article(slug="hidden", live=why != "draft")
    match why:
        case "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "expired":
            gone_at = timezone.now() - timedelta(hours=1)
            Page.objects.filter(pk=page.pk).update(expire_at=gone_at)
        case "never published":
            page.unpublish()
            Page.objects.filter(pk=page.pk).update(live=True)
        case "off site":
            return index(Page.get_first_root_node(), slug="off-site")
        case "withdrawn":
            withdraw(page)
    return Page.objects.get(pk=page.pk)


@pytest.mark.parametrize("why", NOT_PUBLIC)
def test_a_replacement_that_is_not_public_is_refused(
    why: str, page: ArticlePage, committed: Any
) -> None:
    with committed():
        nowhere = hidden(why)

    with pytest.raises(ReplacementRefused, match="cannot be read by the public"):
        withdraw(page, replacement=nowhere)

    assert Page.objects.get(pk=page.pk).live
    assert not Withdrawal.objects.filter(page_id=page.pk).exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": "  "}, "Give a reason"),
        ({"reason": "x" * 1_001}, "at most 1000"),
        ({"severity": "odd"}, "high, moderate, low"),
    ],
)
def test_a_withdrawal_needs_a_reason_and_a_class(
    fields: dict[str, str], message: str, page: ArticlePage
) -> None:
    with pytest.raises(WithdrawalRefused, match=message):
        withdraw(page, **fields)

    assert Page.objects.get(pk=page.pk).live
    assert not Withdrawal.objects.exists()


def test_what_was_never_public_cannot_be_withdrawn() -> None:
    with pytest.raises(WithdrawalRefused, match="never public"):
        withdraw(article(live=False))


def test_what_is_down_already_can_be(
    page: ArticlePage, client: Client, committed: Any
) -> None:
    with committed():
        page.unpublish()
    with committed():
        withdraw(page)

    assert client.get("/doses/").status_code == 410


def test_twice_is_refused(page: ArticlePage) -> None:
    withdrawal = withdraw(page)
    with pytest.raises(WithdrawalRefused, match="already"):
        withdraw(page)
    with pytest.raises(WithdrawalRefused, match="replace itself"):
        withdraw(article(), replacement=Page.objects.last())
    withdrawal_lift(withdrawal, actor=ACTOR)
    with pytest.raises(WithdrawalRefused, match="before"):
        withdrawal_lift(withdrawal, actor=ACTOR)


def test_listeners_and_the_log_learn_of_it(page: ArticlePage) -> None:
    heard: list[Withdrawal] = []

    def listen(withdrawal: Withdrawal, **_kwargs: object) -> None:
        heard.append(withdrawal)

    page_withdrawn.connect(listen)
    editor = user()
    withdrawal = withdraw(page, actor=editor)

    assert heard == [withdrawal]
    assert withdrawal.withdrawn_by == editor
    entry = PageLogEntry.objects.get(action=WITHDRAW_ACTION)
    assert (entry.page_id, entry.user, entry.data["reason"]) == (
        page.pk,
        editor,
        REASON,
    )


# The command.


def test_the_command_withdraws_and_lifts(
    page: ArticlePage, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("withdraw", page.pk, "--reason", REASON, "--severity", "low")
    assert Withdrawal.objects.get().severity == "low"
    assert "Withdrawn: “Doses” (/doses/)." in capsys.readouterr().out

    call_command("withdraw", page.pk, "--lift")
    assert Withdrawal.objects.get().lifted_at is not None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--reason", " "],
        ["--lift"],
        ["--reason", "x", "--replacement", "999999"],
        ["--reason", "x", "--replacement", "DRAFT"],
    ],
)
def test_the_command_refuses_in_one_line(
    arguments: list[str], page: ArticlePage
) -> None:
    draft = str(article(live=False).pk)
    arguments = [draft if given == "DRAFT" else given for given in arguments]
    with pytest.raises(CommandError) as refused:
        call_command("withdraw", page.pk, *arguments)

    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert Page.objects.get(pk=page.pk).live


def test_the_command_knows_health_pages_only(committed: Any) -> None:
    for identifier in (index().pk, 999_999):
        with pytest.raises(CommandError):
            call_command("withdraw", identifier, "--reason", "x")


# The admin.


@pytest.fixture
def editor(page: ArticlePage) -> Any:
    """An editor of the whole site who may not withdraw."""
    group = Group.objects.create(name="Editors of the test")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for kind in ("add", "change", "publish"):
        codename = f"{kind}_page"
        GroupPagePermission.objects.create(
            group=group,
            page=home_page(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    person = user()
    person.groups.add(group)
    return person


def allow(person: Any, *codenames: str) -> None:
    person.user_permissions.add(*Permission.objects.filter(codename__in=codenames))


def test_an_editor_withdraws_by_the_form(
    page: ArticlePage, editor: Any, client: Client
) -> None:
    allow(editor, "add_withdrawal")
    client.force_login(editor)
    url = reverse("health_content_withdrawals:withdraw", args=[page.pk])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert url in edit.content.decode()
    assert "Withdraw this page" in client.get(url).content.decode()

    empty = client.post(url, {})
    assert "This field is required" in empty.content.decode()
    assert not Withdrawal.objects.exists()
    done = client.post(url, {"reason": REASON, "severity": "high"}, follow=True)

    assert Withdrawal.objects.get().withdrawn_by == editor
    listing = done.content.decode()
    assert REASON in listing
    assert "/lift/" not in listing
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert url not in edit.content.decode()


def test_the_form_says_what_is_wrong_with_the_replacement(
    page: ArticlePage, admin_client: Client
) -> None:
    url = reverse("health_content_withdrawals:withdraw", args=[page.pk])
    given = {"reason": REASON, "severity": "high"}

    for replacement, words in (
        (article(live=False).pk, "cannot be read by the public"),
        (page.pk, "cannot replace itself"),
    ):
        answer = admin_client.post(url, given | {"replacement": replacement})
        errors = answer.context["form"].errors
        assert list(errors) == ["replacement"]
        assert words in errors["replacement"][0]
    assert not Withdrawal.objects.exists()


def test_only_those_who_may_withdraw_and_lift(
    page: ArticlePage, editor: Any, client: Client
) -> None:
    url = reverse("health_content_withdrawals:withdraw", args=[page.pk])
    given = {"reason": REASON, "severity": "high"}
    client.force_login(editor)
    client.post(url, given)
    assert not Withdrawal.objects.exists()
    stranger = user()
    allow(stranger, "access_admin", "add_withdrawal")
    client.force_login(stranger)  # May withdraw, but publishes nowhere.
    client.post(url, given)
    assert not Withdrawal.objects.exists()
    assert Page.objects.get(pk=page.pk).live

    withdrawal = withdraw(page)
    lift = reverse("health_content_withdrawals:lift", args=[withdrawal.pk])
    allow(editor, "add_withdrawal")
    client.force_login(editor)
    client.post(lift)
    withdrawal.refresh_from_db()
    assert withdrawal.lifted_at is None

    allow(editor, "change_withdrawal")
    client.force_login(type(editor).objects.get(pk=editor.pk))
    assert REASON in client.get(lift).content.decode()
    client.post(lift)
    withdrawal.refresh_from_db()
    assert withdrawal.lifted_by == editor
    entry = ModelLogEntry.objects.get(action=LIFT_ACTION)
    assert entry.object_id == str(withdrawal.pk)


def test_the_editor_is_told_why_publishing_is_refused(
    page: ArticlePage, admin_client: Client
) -> None:
    page.save_revision()
    withdraw(page)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = admin_client.get(url).context["form"]
    data = {
        f"{form[name].html_name}": form[name].value() or ""
        for name in ("title", "slug")
    }
    empty = {
        "body-count": "0",
        "disclaimers-count": "0",
        "introduction": "null",
        "comments-TOTAL_FORMS": "0",
    }
    more = {
        "comments-INITIAL_FORMS": "0",
        "replies_mode": "hidden",
        "action-publish": "1",
    }

    answer = admin_client.post(url, data | empty | more | governance_form())

    assert "It was withdrawn. Lift the withdrawal first." in answer.content.decode()
    assert not Page.objects.get(pk=page.pk).live


def test_unknown_addresses_are_404(admin_client: Client) -> None:
    for name, identifier in (
        ("withdraw", index().pk),
        ("withdraw", 999_999),
        ("lift", 999_999),
    ):
        url = reverse(f"health_content_withdrawals:{name}", args=[identifier])
        assert admin_client.get(url).status_code == 404


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("is_above", [False, True])
def test_nobody_is_told_of_a_page_that_nobody_could_read(
    kind: str, is_above: bool, committed: Callable[[], Any], get: Callable[..., Any]
) -> None:
    with committed():
        shelf = index(slug="staff")
        page = article(shelf, title="Doses", slug="doses")
        PageViewRestriction.objects.create(
            page=shelf if is_above else page, restriction_type=kind, password="x"
        )
        # Never known to the public, as if it had been made below the restriction.
        Change.objects.filter(page_id=page.pk).delete()

    with committed():
        withdrawal = withdraw(page)

    told = [
        get(f"pages/{page.pk}/"), get(f"articles/{page.pk}.md"), get("resolve/", path="/staff/doses/"), get("changes/"),
        get("changes.atom"), get("nothing/").client.get("/staff/doses/"),
    ]  # fmt: skip
    assert withdrawal.is_public is False
    assert [answer.status_code for answer in told][:3] == [404, 404, 404]
    assert not [a for a in told if REASON in a.content.decode()]
    assert not Change.objects.filter(page_id=page.pk).exists()
    assert not Recall.objects.exists()
    with pytest.raises(PublishBlocked):
        page.specific.save_revision().publish()


def test_old_addresses_of_a_withdrawn_page_say_so(
    page: Page, committed: Callable[[], Any], get: Callable[..., Any], client: Client
) -> None:
    with committed():
        page.slug = "new-doses"
        page.save_revision().publish()

    with committed():
        withdraw(page)

    assert get("resolve/", path="/doses/").status_code == 410
    assert get("resolve/", path="/doses/").json()["detail"] == REASON
    assert client.get("/doses/").status_code == 410
    assert get("resolve/", path="/new-doses/").status_code == 410


def test_aliases_are_withdrawn_and_let_back_with_their_source(
    page: Page, committed: Callable[[], Any], get: Callable[..., Any]
) -> None:
    with committed():
        alias = page.create_alias(parent=index(slug="elsewhere"))
    assert get(f"articles/{alias.pk}/").status_code == 200

    with committed():
        withdrawal = withdraw(page)
    told = [get(f"articles/{pk}/") for pk in (page.pk, alias.pk)]
    assert [(a.status_code, a.json()["detail"]) for a in told] == [(410, REASON)] * 2
    assert get("resolve/", path="/elsewhere/doses/").status_code == 410

    with committed():
        withdrawal_lift(withdrawal, actor=ACTOR)
        page.refresh_from_db()
        page.save_revision().publish()
    assert [get(f"articles/{pk}/").status_code for pk in (page.pk, alias.pk)] == [200, 200]  # fmt: skip
