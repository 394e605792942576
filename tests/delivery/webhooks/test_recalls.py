"""A recall is proven consumer by consumer: who was to be told, who was, and who confirmed."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from health_content.actors import System
from health_content.delivery.models import (
    AcknowledgedAction,
    Acknowledgement,
    Change,
    NoticeState,
    Recall,
    RecallNotice,
    WebhookDelivery,
)
from health_content.delivery.recalls.acknowledgements import (
    Statement,
    acknowledgement_record,
)
from health_content.delivery.selectors.changes import change_cursor, changes_since
from health_content.delivery.selectors.recalls import (
    RecallCount,
    recall_counts,
    recall_report,
)
from health_content.delivery.services import documents_refresh
from health_content.delivery.webhooks.endpoints import (
    deliveries_purge,
    delivery_repeat,
    endpoint_disable,
)
from health_content.delivery.webhooks.schedule import DELAYS
from health_content.delivery.webhooks.sending import deliveries_send
from health_content.errors import AcknowledgementRefused
from health_content.models import Withdrawal
from health_content.services.withdrawals import page_withdraw, withdrawal_lift
from tests.factories import article, editor, index, user

if TYPE_CHECKING:
    from health_content.delivery.recalls.acknowledgements import Acknowledged
    from health_content.delivery.selectors.recalls import ConsumerLine

pytestmark = pytest.mark.django_db
REMOVED, UPDATED = AcknowledgedAction.REMOVED, AcknowledgedAction.UPDATED


@pytest.fixture
def page(committed: Any) -> Any:
    """Return a public article."""
    with committed():
        return article(title="Doses", slug="doses")


def withdraw(page: Any) -> Withdrawal:
    """Withdraw *page*; what waits for the commit does not happen."""
    return page_withdraw(
        type(page).objects.get(pk=page.pk),
        actor=System("test"),
        reason="The dose was wrong.",
        severity="high",
    )


def number_of(page: Any) -> int:
    """Return the number of the page's newest change."""
    return Change.objects.get(page_id=page.pk).number


def say(account: Any, page: Any, **given: Any) -> Acknowledged:
    """Record that *account* removed its copy of *page* up to now, or what else is *given*."""
    allows_site = given.pop("allows_site", lambda _: True)
    values = {"page_id": page.pk, "action": REMOVED} | (
        given or {"number": number_of(page)}
    )
    return acknowledgement_record(
        Statement(**values), account=account, allows_site=allows_site
    )


def lines(withdrawal: Withdrawal) -> tuple[ConsumerLine, ...]:
    return recall_report(withdrawal.pk).lines


def states(withdrawal: Withdrawal) -> list[str]:
    return [str(line.state) for line in lines(withdrawal)]


def test_each_webhook_that_asked_for_recalls_of_the_site_is_in_the_report(
    make_endpoint, page, clock
):
    make_endpoint(name="A")
    make_endpoint(name="B: other events", event_types=["article.updated"])
    elsewhere = Site.objects.create(hostname="b.example", root_page=index(title="B"))
    make_endpoint(name="C: other site", sites=[elsewhere])
    disabled = make_endpoint(name="D: disabled")
    endpoint_disable(disabled, now=clock())

    withdrawal = withdraw(page)

    assert [(line.name, line.state) for line in lines(withdrawal)] == [
        ("A", NoticeState.NOT_TOLD),
        ("D: disabled", NoticeState.NOT_TOLD),
    ]
    deliveries_send(clock=clock)
    assert states(withdrawal) == ["told", "not_told"]


def test_report_says_when_a_consumer_was_told_and_after_how_many_attempts(
    endpoint, page, receiver, clock
):
    withdrawal = withdraw(page)
    receiver.status = 503
    deliveries_send(clock=clock)
    [line] = lines(withdrawal)
    assert (line.state, line.attempt_count, line.last_result, line.told_at) == (
        NoticeState.NOT_TOLD, 1, "503", None,
    )  # fmt: skip

    receiver.status = 204
    clock.forward(seconds=10)
    deliveries_send(clock=clock)

    [line] = lines(withdrawal)
    assert (line.state, line.attempt_count, line.last_result, line.told_at) == (
        NoticeState.TOLD, 2, "204", clock.now,
    )  # fmt: skip


def test_consumer_that_cannot_be_told_has_failed_until_it_is_told_by_hand(
    endpoint, page, receiver, clock
):
    withdrawal = withdraw(page)
    receiver.status = 500
    for _ in DELAYS:
        deliveries_send(clock=clock)
        clock.forward(hours=30)
    [line] = lines(withdrawal)
    assert (line.state, line.attempt_count) == (NoticeState.FAILED, len(DELAYS))
    assert line.failed_at is not None

    receiver.status = 204
    recall = WebhookDelivery.objects.get(type="article.withdrawn")
    assert delivery_repeat(recall, clock=clock)

    assert states(withdrawal) == ["told"]


def test_account_confirms_for_all_its_webhooks_and_for_no_other(
    make_endpoint, page, clock
):
    account = user("partner")
    make_endpoint(name="A", account=account)
    make_endpoint(name="B", account=account)
    make_endpoint(name="C", account=user("someone"))
    make_endpoint(name="D")
    withdrawal = withdraw(page)
    deliveries_send(clock=clock)

    told = say(account, page)

    assert told.settled == (withdrawal.pk,)
    assert states(withdrawal) == ["acknowledged", "acknowledged", "told", "told"]
    assert recall_counts([withdrawal.pk]) == {
        withdrawal.pk: RecallCount(consumers=4, confirmed=2)
    }
    assert recall_report(withdrawal.pk).confirmed_count == 2


def test_account_can_confirm_for_one_of_its_webhooks(make_endpoint, page):
    account = user("partner")
    one = make_endpoint(name="A", account=account)
    make_endpoint(name="B", account=account)
    withdrawal = withdraw(page)

    say(account, page, number=number_of(page), endpoint=one.uuid)

    assert states(withdrawal) == ["acknowledged", "not_told"]
    first, second = lines(withdrawal)
    cursor = change_cursor(number_of(page))
    assert (first.endpoint, first.action, first.cursor) == (str(one.uuid), "removed", cursor)  # fmt: skip
    assert (second.action, second.cursor) == (None, None)


def test_account_without_a_webhook_gets_a_line_when_it_confirms(page):
    withdrawal = withdraw(page)
    say(user("reader-of-the-feed"), page)

    [line] = lines(withdrawal)
    assert (line.name, line.is_webhook, line.state) == (
        "reader-of-the-feed", False, NoticeState.ACKNOWLEDGED,
    )  # fmt: skip


def test_webhook_added_later_gets_a_line_when_it_confirms(make_endpoint, page):
    account = user("partner")
    withdrawal = withdraw(page)
    late = make_endpoint(name="Late", account=account)

    say(account, page, version=1, endpoint=late.uuid)

    [line] = lines(withdrawal)
    assert (line.name, line.is_webhook, line.version) == ("Late", True, 1)


def test_the_same_statement_again_changes_nothing(make_endpoint, page):
    account = user("partner")
    make_endpoint(account=account)
    withdrawal = withdraw(page)
    first = say(account, page)
    [before] = lines(withdrawal)

    again = say(account, page)

    assert (first.is_new, again.is_new) == (True, False)
    assert again.acknowledgement == first.acknowledgement
    assert again.settled == first.settled
    assert lines(withdrawal) == (before,)
    assert Acknowledgement.objects.count() == 1


def test_first_confirmation_counts_and_the_position_goes_on(
    make_endpoint, page, committed
):
    account = user("partner")
    make_endpoint(account=account)
    withdrawal = withdraw(page)
    first = say(account, page).acknowledgement
    with committed():
        other = article()
    say(account, other, action=UPDATED, number=number_of(other))

    [line] = lines(withdrawal)
    assert line.acknowledged_at == first.acknowledged_at
    assert line.cursor == change_cursor(number_of(other))


@pytest.mark.parametrize("field", ["number", "version"])
def test_statement_from_before_the_recall_does_not_settle_it(
    make_endpoint, page, committed, field
):
    account = user("partner")
    make_endpoint(account=account)
    given = {"number": number_of(page), "version": 1}[field]
    with committed():
        fresh = type(page).objects.get(pk=page.pk)
        fresh.title = "Doses, corrected"
        fresh.save_revision().publish()
    withdrawal = withdraw(page)

    assert say(account, page, **{field: given}).settled == ()
    assert states(withdrawal) == ["not_told"]


def test_an_updated_copy_settles_a_recall_only_from_after_its_lifting(
    make_endpoint, page, committed
):
    account = user("partner")
    make_endpoint(account=account)
    withdrawal = withdraw(page)
    assert say(account, page, action=UPDATED, number=number_of(page)).settled == ()
    withdrawal_lift(withdrawal, actor=System("test"))
    with committed():
        type(page).objects.get(pk=page.pk).save_revision().publish()

    told = say(account, page, action=UPDATED, number=number_of(page))

    assert told.settled == (withdrawal.pk,)


def test_confirmation_of_a_second_recall_is_of_its_own(make_endpoint, page, committed):
    account = user("partner")
    make_endpoint(account=account)
    first = withdraw(page)
    say(account, page)
    withdrawal_lift(first, actor=System("test"))
    with committed():
        type(page).objects.get(pk=page.pk).save_revision().publish()
    second = withdraw(page)

    assert (states(first), states(second)) == (["acknowledged"], ["not_told"])


def test_account_speaks_for_its_sites_only(make_endpoint, page):
    account = user("partner")
    make_endpoint(account=account)
    withdrawal = withdraw(page)

    told = say(account, page, number=number_of(page), allows_site=lambda _: False)

    assert (told.is_new, told.settled) == (True, ())
    assert states(withdrawal) == ["not_told"]


def test_recall_of_no_site_is_everybodys(make_endpoint, page):
    account = user("partner")
    withdrawal = withdraw(page)
    Withdrawal.objects.filter(pk=withdrawal.pk).update(site=None)

    told = say(account, page, number=number_of(page), allows_site=lambda _: False)

    assert told.settled == (withdrawal.pk,)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"page_id": 999_999, "number": 1}, "page"),
        ({"number": 999_999}, "cursor"),
        ({"version": 999_999}, "version"),
    ],
)
def test_statement_about_what_does_not_exist_is_refused(page, given, field):
    withdraw(page)
    with pytest.raises(AcknowledgementRefused) as refused:
        say(user(), page, **given)

    assert refused.value.field == field
    assert Acknowledgement.objects.count() == 0


def test_draft_cannot_be_told_from_nothing_by_confirming_it(committed):
    with committed():
        draft = article(live=False)
    with pytest.raises(AcknowledgementRefused) as refused:
        say(user(), draft, version=1)
    with pytest.raises(AcknowledgementRefused) as nothing:
        say(user(), draft, page_id=999_999, version=1)

    assert (refused.value.field, str(refused.value)) == ("page", str(nothing.value))


def test_nobody_confirms_for_the_webhook_of_somebody_else(make_endpoint, page):
    theirs = make_endpoint(account=user("partner"))
    withdrawal = withdraw(page)
    with pytest.raises(AcknowledgementRefused) as refused:
        say(user("other"), page, version=1, endpoint=theirs.uuid)

    assert refused.value.field == "endpoint"
    assert states(withdrawal) == ["not_told"]


def test_report_outlives_the_log_the_webhook_and_the_account(
    make_endpoint, page, clock
):
    account = user("partner")
    endpoint = make_endpoint(account=account)
    withdrawal = withdraw(page)
    deliveries_send(clock=clock)
    say(account, page)
    [before] = lines(withdrawal)

    clock.forward(days=31)
    assert deliveries_purge(now=clock()) == 1
    endpoint.delete()
    account.delete()

    [after] = lines(withdrawal)
    assert (after.name, after.state, after.told_at, after.acknowledged_at) == (
        before.name, NoticeState.ACKNOWLEDGED, before.told_at, before.acknowledged_at,
    )  # fmt: skip


def test_recall_is_in_the_feed_with_the_commit_and_not_after_it(page):
    """A process that dies right after the commit rebuilds nothing; the feed has said it by then."""
    before = number_of(page)
    withdrawal = withdraw(page)

    [item] = changes_since(before, page_size=10).items
    assert b'"operation":"remove"' in item
    assert b"The dose was wrong." in item
    assert Recall.objects.get(pk=withdrawal.pk).number == number_of(page) == before + 1


def test_following_rebuild_says_nothing_again(page, committed):
    withdraw(page)
    after = number_of(page)
    documents_refresh([page.pk])

    assert number_of(page) == after


def test_recall_of_what_was_down_already_is_told_to_those_who_keep_copies(
    endpoint, page, receiver, committed, clock
):
    with committed():
        type(page).objects.get(pk=page.pk).unpublish()
    deliveries_send(clock=clock)
    down = number_of(page)

    withdrawal = withdraw(page)

    [item] = changes_since(down, page_size=10).items
    assert b"The dose was wrong." in item
    clock.forward(seconds=1)
    deliveries_send(clock=clock)
    assert receiver.types == ["article.unpublished", "article.withdrawn"]
    assert states(withdrawal) == ["told"]
    assert Recall.objects.get(pk=withdrawal.pk).version == 1


@pytest.mark.parametrize("count", [2, 9])
def test_report_costs_as_many_queries_for_many_consumers_as_for_few(
    make_endpoint, page, count, django_assert_num_queries
):
    for number in range(count):
        make_endpoint(name=f"Endpoint {number}", account=user())
    withdrawal = withdraw(page)

    with django_assert_num_queries(2):
        assert len(recall_report(withdrawal.pk).lines) == count


@pytest.mark.parametrize("count", [2, 9])
def test_list_of_withdrawals_costs_as_many_queries_for_many_as_for_few(
    client, endpoint, committed, count
):
    client.force_login(editor(model_permissions=("view_withdrawal",)))
    with committed():
        pages = [article() for _ in range(count)]
    for page in pages:
        withdraw(page)
    client.get("/admin/withdrawals/")

    with CaptureQueriesContext(connection, ) as captured:  # fmt: skip
        content = client.get("/admin/withdrawals/").content.decode()

    counting = [query for query in captured if "recallnotice" in query["sql"]]
    assert len(counting) == 1
    assert content.count("0 of 1 consumer confirmed") == count


def test_report_is_a_page_of_the_admin(client, make_endpoint, page, clock):
    client.force_login(editor(model_permissions=("view_withdrawal",)))
    account = user("partner")
    make_endpoint(name="App of a partner", account=account)
    make_endpoint(name="Static site")
    withdrawal = withdraw(page)
    deliveries_send(clock=clock)
    say(account, page)

    listing = client.get("/admin/withdrawals/").content.decode()
    content = client.get(f"/admin/recalls/{withdrawal.pk}/").content.decode()

    assert f'<a href="/admin/recalls/{withdrawal.pk}/">1 of 2 consumers confirmed</a>' in listing  # fmt: skip
    assert "1 of 2 consumers confirmed" in content
    for text in ("App of a partner", "Static site", "The dose was wrong.", "Acknowledged", "204", change_cursor(number_of(page))):  # fmt: skip
        assert text in content


def test_report_is_a_table_that_no_spreadsheet_calculates_with(
    client, make_endpoint, page, clock
):
    client.force_login(editor(model_permissions=("view_withdrawal",)))
    account = user("partner")
    make_endpoint(name='=HYPERLINK("https://evil.example")', account=account)
    withdrawal = withdraw(page)
    deliveries_send(clock=clock)
    told = say(account, page).acknowledgement

    answer = client.get(f"/admin/recalls/{withdrawal.pk}/csv/")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="recall-{withdrawal.pk}.csv"'  # fmt: skip
    [row] = csv.DictReader(answer.content.decode().splitlines())
    assert row["consumer"] == '\'=HYPERLINK("https://evil.example")'
    assert (row["kind"], row["state"], row["attempts"], row["last_result"]) == (
        "webhook", "acknowledged", "1", "204",
    )  # fmt: skip
    assert (row["action"], row["version"], row["failed_at"]) == ("removed", "", "")
    assert row["cursor"] == change_cursor(number_of(page))
    moment = datetime.fromisoformat(row["acknowledged_at"])
    assert moment == told.acknowledged_at.astimezone(UTC).replace(microsecond=0)
    assert row["told_at"].endswith("Z")


def test_withdrawal_without_consumers_says_so(client, page):
    client.force_login(editor(model_permissions=("view_withdrawal",)))
    withdrawal = withdraw(page)

    assert "No consumers" in client.get(f"/admin/recalls/{withdrawal.pk}/").content.decode()  # fmt: skip
    assert client.get("/admin/recalls/999999/").status_code == 404


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor"])
def test_nobody_without_the_permission_sees_a_report(client, endpoint, page, who):
    withdrawal = withdraw(page)
    if who != "anonymous":
        client.force_login(user() if who == "reader" else editor("change", "publish"))

    for address in (f"/admin/recalls/{withdrawal.pk}/", f"/admin/recalls/{withdrawal.pk}/csv/"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 302
        assert b"Front end" not in answer.content
    assert RecallNotice.objects.count() == 1
