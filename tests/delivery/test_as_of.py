"""What was public on a page at an instant: its record and the words of its disclaimers, whatever happened since."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

from health_content.models import DisclaimerSnippet, DisclaimerVersion
from health_content.services.publication import publication_newest
from health_content.services.withdrawals import page_withdraw, withdrawal_lift
from tests.factories import article, block, disclaimer, faq, index, superuser, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def text(html: str) -> str:
    return json.dumps([block("rich_text", html, "text")])


def chosen(*disclaimers: DisclaimerSnippet, **more: Any) -> str:
    return json.dumps(
        [
            block("disclaimer", {"disclaimer": d.pk, "placement": "end"} | more, d.key)
            for d in disclaimers
        ]
    )


@pytest.fixture
def clock(committed: Committed) -> Any:
    """Return `clock(hour)`: what is done in it is done, and committed, so many hours after the beginning."""
    return lambda hour: _At(committed, BEGIN + hour * HOUR)


class _At:
    def __init__(self, committed: Committed, moment: datetime) -> None:
        self.committed, self.moment = committed(), moment
        self.patch = patch.object(timezone, "now", lambda: moment)

    def __enter__(self) -> None:
        self.patch.start()
        self.committed.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.committed.__exit__(*error)
        self.patch.stop()


def publish(thing: Any, **fields: Any) -> None:
    thing = Page.objects.get(pk=thing.pk).specific if isinstance(thing, Page) else type(thing).objects.get(pk=thing.pk)  # fmt: skip
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save_revision().publish()


@pytest.fixture
def as_of(get: Get) -> Callable[..., Any]:
    """Return `as_of(page, hour)`: the answer for the instant so many hours after the beginning."""

    def ask(page: Any, hour: float | datetime, kind: str = "articles") -> Any:
        at = hour if isinstance(hour, datetime) else BEGIN + hour * HOUR
        return get(f"{kind}/{page.pk}/as-of/", at=at.isoformat().replace("+00:00", "Z"))

    return ask


def wordings(answer: Any) -> list[tuple[int, str]]:
    assert answer.status_code == 200, answer.content
    return [(d["version"], d["body"]["html"]) for d in answer.json()["disclaimers"]]


def test_it_tells_the_record_of_then_with_its_proofs(
    clock: Any, as_of: Any, get: Get
) -> None:
    with clock(0):
        notice = disclaimer("notice", title="Notice", body="<p>One</p>")
        page = article(topics=[topic("Back pain", disclaimers=chosen(notice))])
    first = publication_newest(page.pk)
    with clock(5):
        publish(page, title="Second")
    second = publication_newest(page.pk)
    assert first is not None
    assert second is not None

    old, now = as_of(page, 1).json(), as_of(page, 6).json()

    version = DisclaimerVersion.objects.get()
    assert old == {
        "id": page.pk,
        "type": "article",
        "at": "2026-03-01T13:00:00Z",
        "version": 1,
        "reason": "publish",
        "live_from": "2026-03-01T12:00:00Z",
        "live_until": "2026-03-01T17:00:00Z",
        "digest": first.digest,
        "content_digest": first.content_digest or None,
        "prev_hash": None,
        "hash": first.hash,
        "review": first.document["safety"]["review"],
        "gate": {"status": first.document["safety"]["gate"], "rule_base": first.gate.get("rule_base") or None},
        "disclaimers": [
            {
                "key": "notice", "version": 1, "title": "Notice", "kind": "medical_information", "placement": "end",
                "why": {"code": "topic", "name": "Back pain"}, "wording": "latest", "body": {"html": "<p>One</p>"},
                "locale": "en", "live_from": "2026-03-01T12:00:00Z", "live_until": None,
                "text_sha": version.text_sha, "hash": version.hash,
            }
        ],
        "withheld": 0,
        "document": None,
    }  # fmt: skip
    assert (now["version"], now["live_until"], now["prev_hash"]) == (2, None, first.hash)  # fmt: skip
    assert "s-maxage=0" in as_of(page, 1)["Cache-Control"]
    with clock(5):
        question = faq()
    assert as_of(question, 6, "faqs").json()["type"] == "faq"
    assert as_of(question, 6).status_code == 404


def test_a_wording_changed_three_times(clock: Any, as_of: Any) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(disclaimers=chosen(notice))
    for number in (2, 3, 4):
        with clock(number):
            publish(notice, body=f"<p>{number}</p>")

    assert [wordings(as_of(page, hour)) for hour in (1, 2, 2.5, 3, 9)] == [
        [(1, "<p>1</p>")],
        [(2, "<p>2</p>")],
        [(2, "<p>2</p>")],
        [(3, "<p>3</p>")],
        [(4, "<p>4</p>")],
    ]


def test_a_wording_is_told_from_its_own_interval_before_the_page_followed(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(disclaimers=chosen(notice))
    with (
        clock(2),
        patch("health_content.delivery.receivers.documents_refresh"),
    ):
        publish(notice, body="<p>2</p>")
    with clock(4):
        publish(page, title="Follows late")

    answer = as_of(page, 3)

    assert answer.json()["version"] == 1
    assert wordings(answer) == [(2, "<p>2</p>")]


def test_a_kept_wording_and_one_that_follows(clock: Any, as_of: Any) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        follows = article(disclaimers=chosen(notice))
        keeps = article(disclaimers=chosen(notice, version=1))
    with clock(2):
        publish(notice, body="<p>2</p>")
    with clock(4):
        publish(keeps, disclaimers=chosen(notice, version=2))

    assert [wordings(as_of(follows, hour))[0][0] for hour in (1, 3, 5)] == [1, 2, 2]
    assert [wordings(as_of(keeps, hour))[0][0] for hour in (1, 3, 5)] == [1, 1, 2]
    assert as_of(keeps, 3).json()["disclaimers"][0]["wording"] == "pinned"


def test_intervals_are_half_open(clock: Any, as_of: Any) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(disclaimers=chosen(notice))
    with clock(2):
        publish(notice, body="<p>2</p>")
    border = BEGIN + 2 * HOUR

    assert as_of(page, BEGIN - TICK).status_code == 404
    assert as_of(page, BEGIN).json()["version"] == 1
    assert wordings(as_of(page, border - TICK)) == [(1, "<p>1</p>")]
    assert wordings(as_of(page, border)) == [(2, "<p>2</p>")]
    before, after = as_of(page, border - TICK).json(), as_of(page, border).json()
    assert before["live_until"] == after["live_from"]
    assert (before["version"], after["version"]) == (1, 2)


def test_what_is_told_survives_revisions(clock: Any, as_of: Any) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(title="First", disclaimers=chosen(notice))
        publish(page)
    with clock(2):
        publish(page, title="Second")
        publish(notice, body="<p>2</p>")
    before = as_of(page, 1).json()

    call_command("purge_revisions", verbosity=0)
    for revision in Revision.objects.all():
        revision.content = {**revision.content, "title": "Forged", "body": "<p>Forged</p>"}  # fmt: skip
        revision.save()

    assert as_of(page, 1).json() == before
    assert wordings(as_of(page, 1)) == [(1, "<p>1</p>")]


def test_between_unpublishing_and_publishing_again_nothing_was_public(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        page = article()
    with clock(2):
        Page.objects.get(pk=page.pk).specific.unpublish()
    assert as_of(page, 1).status_code == 404  # Today it is not public at all.
    with clock(4):
        publish(page)

    versions = [as_of(page, hour).json().get("version") for hour in (1, 3, 5)]
    assert versions == [1, None, 3]
    gap = as_of(page, 3)
    assert gap.status_code == 404
    assert gap.json()["detail"] == "The page was not public at that instant."
    assert as_of(page, BEGIN + 2 * HOUR).status_code == 404
    assert as_of(page, -1).json()["detail"] == gap.json()["detail"]


def test_a_page_that_was_recalled_is_gone_and_its_gap_stays_a_gap(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        page = article()
    with clock(2):
        withdrawal = page_withdraw(
            page, actor=superuser(), severity="high", reason="It was wrong."
        )
    answer = as_of(page, 1)
    assert answer.status_code == 410
    assert answer.json()["detail"] == "It was wrong."

    with clock(4):
        withdrawal_lift(withdrawal, actor=superuser("other"))
        publish(page)
    assert as_of(page, 3).status_code == 404
    assert as_of(page, 5).status_code == 200


@pytest.mark.parametrize("how", ["restricted", "deleted", "moved below private"])
def test_what_the_public_may_not_see_is_told_of_no_instant(
    clock: Any, as_of: Any, how: str
) -> None:
    with clock(0):
        page = article(title="Secret")
        closet = index(slug="closet")
    with clock(2):
        if how == "restricted":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        elif how == "deleted":
            Page.objects.get(pk=page.pk).delete()
        else:
            PageViewRestriction.objects.create(page=closet, restriction_type="login")
            closet.refresh_from_db()
            Page.objects.get(pk=page.pk).move(closet, pos="last-child")

    answer = as_of(page, 1)

    assert answer.status_code == 404
    assert answer.json()["detail"] == "No public content has this address."


def test_a_disclaimer_that_is_no_longer_public_is_counted_and_not_told(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        kept = disclaimer("kept", body="<p>Kept</p>")
        gone = disclaimer("gone", kind="ai", title="zqgone", body="<p>zqgone</p>")
        page = article(disclaimers=chosen(kept, gone))
    with clock(2):
        publish(page, disclaimers=chosen(kept))
        DisclaimerSnippet.objects.get(pk=gone.pk).unpublish()

    answer = as_of(page, 1)

    assert [d["key"] for d in answer.json()["disclaimers"]] == ["kept"]
    assert answer.json()["withheld"] == 1
    assert b"zqgone" not in answer.content


def test_a_disclaimer_with_another_key_today_is_told_as_it_was(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(disclaimers=chosen(notice))
    with clock(2):
        publish(notice, key="renamed", body="<p>2</p>")

    told = [as_of(page, hour).json()["disclaimers"][0] for hour in (1, 3)]

    assert [(d["key"], d["version"]) for d in told] == [("notice", 1), ("renamed", 2)]


def test_links_lead_to_what_is_public_today(clock: Any, as_of: Any) -> None:
    with clock(0):
        target = article(slug="target")
        link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
        page = article(disclaimers=chosen(disclaimer("notice", body=link)))
    assert wordings(as_of(page, 1)) == [(1, '<p><a href="/target/">there</a></p>')]

    with clock(2):
        Page.objects.get(pk=target.pk).specific.unpublish()

    assert wordings(as_of(page, 1)) == [(1, "<p>there</p>")]


def test_the_words_of_then_come_where_a_site_shows_versions(
    clock: Any, as_of: Any, settings: Any
) -> None:
    settings.HEALTH_CONTENT = {**settings.HEALTH_CONTENT, "PUBLIC_VERSIONS": True}
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        inline = block("disclaimer", {"disclaimer": notice.pk}, "d")
        page = article(
            title="First", body=json.dumps([block("rich_text", "<p>Old</p>", "t"), inline])
        )  # fmt: skip
    with clock(2):
        publish(notice, body="<p>2</p>")
    with clock(4):
        publish(page, title="Second", body=text("<p>New</p>"))

    document = as_of(page, 1).json()["document"]

    assert document["title"] == "First"
    old, shown = document["body"]
    assert old["body"]["html"] == "<p>Old</p>"
    assert shown["disclaimer"]["body"]["html"] == "<p>1</p>"
    assert document["safety"]["disclaimers"][0]["version"] == 1
    assert document["superseded"] == {"at": "2026-03-01T14:00:00Z", "version": 3}
    assert document["seo"]["robots"] == "noindex"
    assert as_of(page, 9).json()["document"]["superseded"] is None


@pytest.mark.parametrize(
    "query",
    [
        {}, {"at": ""}, {"at": "yesterday"}, {"at": "2026-13-01"}, {"at": "2026-03-01T25:00:00Z"}, {"at": "2099-01-01"},
        {"at": "2026-03-01", "x": "1"}, {"at": "9" * 50}, {"at": "0001-01-01T00:00:00+23:59"},
    ],
)  # fmt: skip
def test_a_bad_or_future_instant_is_told_where(
    get: Get, clock: Any, query: Any
) -> None:
    with clock(0):
        page = article()

    answer = get(f"articles/{page.pk}/as-of/", **query)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == ("#/x" if "x" in query else "#/at")


def test_a_future_instant_is_refused_in_words(get: Get, committed: Committed) -> None:
    with committed():
        page = article()

    (error,) = get(f"articles/{page.pk}/as-of/", at="2099-01-01").json()["errors"]

    assert error["detail"] == "An instant that has come: nobody knows what will be public."  # fmt: skip


def test_a_date_begins_at_midnight(clock: Any, get: Get) -> None:
    with clock(0):
        page = article()

    assert get(f"articles/{page.pk}/as-of/", at="2026-03-02").status_code == 200
    assert get(f"articles/{page.pk}/as-of/", at="2026-03-01").status_code == 404


def test_the_queries_do_not_grow(clock: Any, as_of: Any) -> None:
    def cost(count: int) -> int:
        with clock(0):
            notices = [disclaimer(kind="other", body=f"<p>{n}</p>") for n in range(count)]  # fmt: skip
            page = article(disclaimers=chosen(*notices))
        for notice in notices:
            with clock(1):
                publish(notice, body="<p>New</p>")
        with CaptureQueriesContext(connection) as queries:
            assert as_of(page, 2).status_code == 200
        return len(queries)

    assert cost(1) == cost(12) <= 7


def test_a_wording_saved_without_publishing_begins_when_it_was_saved(
    clock: Any, as_of: Any
) -> None:
    with clock(0):
        notice = disclaimer("notice", body="<p>1</p>")
        page = article(disclaimers=chosen(notice))
    with clock(2):
        stored = DisclaimerSnippet.objects.get(pk=notice.pk)
        stored.body = "<p>2</p>"
        stored.save()

    assert [wordings(as_of(page, hour))[0][0] for hour in (1, 3)] == [1, 2]
