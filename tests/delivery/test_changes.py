"""The change feed: whoever follows it holds what a crawl would find, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from health_content.actors import System
from health_content.delivery.change_log import changes_record
from health_content.delivery.models import Change, ChangeCounter
from health_content.delivery.services import document_rebuild
from health_content.errors import PublishBlocked, WithdrawalRefused
from health_content.models import DisclaimerSnippet, Withdrawal
from health_content.pages.models import ArticlePage
from health_content.services.withdrawals import page_withdraw, withdrawal_lift
from tests.factories import article, disclaimer, home_page, index

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


class Follower:
    """A partner that keeps a copy of everything by the change feed."""

    def __init__(self, get: Get) -> None:
        self.get = get
        self.copy: dict[int, Any] = {}
        self.cursor = ""

    def follow(self, **query: Any) -> None:
        """Read the feed to its end, from where the last reading ended."""
        given: str | None = self.cursor
        while given is not None:
            since = {"since": given} if given else {}
            answer = self.get("changes/", page_size=3, **since, **query).json()
            for item in answer["items"]:
                if item["operation"] == "remove":
                    self.copy.pop(item["id"], None)
                else:
                    self.copy[item["id"]] = item["document"]
            self.cursor, given = answer["cursor"], answer["next"]


def crawl(get: Get, **query: Any) -> dict[int, Any]:
    """Return all cards by id, as the lists show them."""
    found: dict[int, Any] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = {"cursor": cursor} if cursor else {}
        answer = get("pages/", order="id", page_size=100, **page, **query).json()
        found |= {item["id"]: item for item in answer["items"]}
        cursor = answer["next"]
    return found


def operations(get: Get, since: str = "") -> list[tuple[str, int]]:
    query = {"since": since} if since else {}
    answer = get("changes/", page_size=100, **query).json()
    return [(item["operation"], item["id"]) for item in answer["items"]]


def newest(get: Get) -> str:
    cursor: str = get("changes/", page_size=100).json()["cursor"]
    return cursor


def test_a_new_site_has_an_empty_feed(get: Get) -> None:
    assert get("changes/").json()["items"] == []
    assert get("changes/").json()["next"] is None


def test_each_page_is_in_the_feed_once_where_it_changed_last(
    get: Get, committed: Committed
) -> None:
    with committed():
        first, second = article(title="First"), article(title="Second")
    assert [pk for _, pk in operations(get)][-2:] == [first.pk, second.pk]

    with committed():
        first.title = "Changed"
        first.save_revision().publish()

    assert [pk for _, pk in operations(get)][-2:] == [second.pk, first.pk]
    documents = {
        item["id"]: item["document"]
        for item in get("changes/", page_size=100).json()["items"]
    }
    assert documents[first.pk]["title"] == "Changed"
    assert documents[first.pk]["safety"]["audience"] == "public"


@pytest.mark.parametrize(
    "leave", ["unpublish", "delete", "restrict", "update", "move", "expire"]
)
def test_what_is_no_longer_public_is_removed(
    leave: str, get: Get, committed: Committed
) -> None:
    with committed():
        page = article(title="zq-gone", slug="zq-gone")
        cellar = index(live=False)
    cursor = newest(get)

    with committed():
        match leave:
            case "unpublish":
                page.unpublish()
            case "delete":
                page.delete()
            case "restrict":
                PageViewRestriction.objects.create(page=page, restriction_type="login")
            case "update":
                Page.objects.filter(pk=page.pk).update(live=False)
                document_rebuild(page.pk)
            case "move":
                page.move(Page.get_first_root_node(), pos="last-child")
            case "expire":
                page.unpublish(set_expired=True)

    identifier = page.pk or cellar.pk - 1
    assert operations(get, cursor) == [("remove", identifier)]
    assert ("remove", identifier) in operations(get)
    assert b"zq-gone" not in get("changes/").content + get("changes.atom").content


def test_what_was_never_public_is_never_mentioned(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(live=False)
        page.save_revision()
        page.delete()
        document_rebuild(987_654)

    assert operations(get) == [("upsert", home_page().pk)]


def test_a_page_that_comes_back_keeps_its_id_in_feeds(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article()
    entry = Change.objects.get(page_id=page.pk).entry_id
    with committed():
        page.unpublish()
    with committed():
        page.save_revision().publish()

    assert Change.objects.get(page_id=page.pk).entry_id == entry
    assert operations(get)[-1] == ("upsert", page.pk)


def test_a_rebuild_without_a_change_says_nothing(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article()
    cursor = newest(get)

    document_rebuild(page.pk)
    document_rebuild(page.pk)

    assert operations(get, cursor) == []


def test_a_changed_disclaimer_changes_the_pages_that_show_it(
    get: Get, committed: Committed
) -> None:
    with committed():
        general = disclaimer("general", applies_to_all=True)
        page = article()
    cursor = newest(get)
    with committed():
        general.body = "<p>Other words.</p>"
        general.save_revision().publish()

    assert ("upsert", page.pk) in operations(get, cursor)


def test_bodies_come_with_the_changes_when_asked_for(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(introduction="<p>Words.</p>")

    document = get("changes/", include="body").json()["items"][-1]["document"]

    whole = get(f"articles/{page.pk}/").json()
    assert document == {name: whole[name] for name in document}
    assert document["introduction"] == {"html": "<p>Words.</p>"}


def test_next_follows_until_there_is_no_more(get: Get, committed: Committed) -> None:
    with committed():
        pages = [article() for _ in range(4)]
    first = get("changes/", page_size=2)

    assert first.json()["next"] == first.json()["cursor"]
    assert f'since={first.json()["next"]}>; rel="next"' in first.headers["Link"]
    follower = Follower(get)
    follower.follow()
    assert set(follower.copy) == {page.pk for page in pages} | {home_page().pk}


@pytest.mark.parametrize("path", ["changes/", "changes.atom"])
def test_queries_do_not_grow_with_the_feed(
    path: str, get: Get, committed: Committed
) -> None:
    counts = []
    for number in (2, 18):
        with committed():
            for _ in range(number):
                article()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get(path, page_size=100).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 3


def test_a_cursor_from_the_future_says_begin_again(
    get: Get, committed: Committed
) -> None:
    with committed():
        article()
    cursor = newest(get)
    ChangeCounter.objects.update(value=0)  # As after a restore of an older copy.

    answer = get("changes/", since=cursor)

    assert answer.status_code == 410
    assert answer.json()["type"] == "cursor-gone"


@pytest.mark.parametrize(
    "query",
    [
        {"since": "zzz"},
        {"since": ""},
        {"since": "WyJpZCIsMSwwXQ"},  # ["id",1,0]: a cursor of a list
        {"since": "WyJjaGFuZ2VzIiwieCIsMF0"},  # ["changes","x",0]
        {"cursor": "x"},
        {"page_size": 0},
        {"page_size": 101},
        {"include": "children"},
    ],
)
def test_bad_questions_get_a_400(query: dict[str, Any], get: Get) -> None:
    answer = get("changes/", **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"#/{next(iter(query))}"


def test_caches_ask_again(get: Get, committed: Committed) -> None:
    with committed():
        article()
    answer = get("changes/")

    assert "s-maxage=0" in answer.headers["Cache-Control"]
    again = get("changes/", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


# Law 6: replaying the feed from zero, or from anywhere, gives a full crawl.


def edit(page: Page, number: int) -> None:
    page.title = f"Edited {number}"
    revision = page.save_revision()
    if page.live:
        revision.publish()


def release(page: Page, _number: int) -> None:
    for restriction in PageViewRestriction.objects.filter(page=page):
        restriction.delete()


def move(page: Page, number: int) -> None:
    target = home_page() if number % 2 else Page.get_first_root_node()
    if page.get_parent().pk != target.pk:
        page.move(target, pos="last-child")


def withdraw(page: ArticlePage, _number: int) -> None:
    with suppress(WithdrawalRefused):  # It was never public, or is withdrawn already.
        page_withdraw(page, actor=System("test"), reason="Wrong dose.", severity="high")


def lift(page: Page, _number: int) -> None:
    for withdrawal in Withdrawal.objects.filter(page_id=page.pk, lifted_at=None):
        withdrawal_lift(withdrawal, actor=System("test"))


def publish(page: Page, _number: int) -> None:
    with suppress(PublishBlocked):  # It is withdrawn.
        page.save_revision().publish()


def reword(_page: Page, number: int) -> None:
    """Change what every page shows, without touching any."""
    general = DisclaimerSnippet.objects.get(key="general")
    general.body = f"<p>Ask a doctor, {number} times.</p>"
    general.save_revision().publish()


# What editors do to a page, and to what it shows.
STEPS: dict[str, Callable[[Any, int], object]] = {
    "edit": edit,
    "unpublish": lambda page, _: page.unpublish(),
    "publish": publish,
    "withdraw": withdraw,
    "lift": lift,
    "reword": reword,
    "delete": lambda page, _: page.delete(),
    "restrict": lambda page, _: PageViewRestriction.objects.create(
        page=page, restriction_type="login"
    ),
    "release": release,
    "move": move,
    "expire": lambda page, _: Page.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    ),
}


def take(step: str, pages: list[int], number: int) -> None:
    """Add a page, or do one thing to one of the *pages* that are left."""
    left = ArticlePage.objects.filter(pk__in=pages)
    if step == "add" or not left:
        pages.append(article(title=f"Page {number}").pk)
    else:
        STEPS[step](left[number % len(left)], number)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "read", *STEPS]), st.integers(0, 7)),
        min_size=3,
        max_size=12,
    )
)
def test_law_6_replaying_the_feed_gives_a_full_crawl(
    steps: list[tuple[str, int]], get: Get, committed: Committed
) -> None:
    with committed():
        home_page()
        if not DisclaimerSnippet.objects.exists():
            disclaimer("general", applies_to_all=True)
        pages: list[int] = []
    steady = Follower(get)
    for step, number in steps:
        if step == "read":
            steady.follow()
            continue
        with committed():
            take(step, pages, number)

    steady.follow()
    late = Follower(get)
    late.follow()
    assert late.copy == crawl(get)
    # Expiry that no schedule has acted on yet is no event: lists leave the page out, followers learn of it with it.
    expired = {page.pk for page in Page.objects.filter(expire_at__lt=timezone.now())}
    assert {k: v for k, v in steady.copy.items() if k not in expired} == late.copy


# Atom.


def test_atom_is_the_same_feed_newest_first(get: Get, committed: Committed) -> None:
    with committed():
        disclaimer("general", applies_to_all=True, body="<p>Ask a doctor.</p>")
        kept = article(title="Fish & chips <b>", summary="On \x0b oils")
        gone = article(title="Gone")
    with committed():
        gone.unpublish()

    answer = get("changes.atom")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = fromstring(answer.content)
    first, second = list(feed.iter(TOMBSTONE)), list(feed.iter(f"{ATOM}entry"))
    ids = {c.page_id: c.entry_id.urn for c in Change.objects.all()}
    assert [entry.get("ref") for entry in first] == [ids[gone.pk]]
    entry = second[0]
    assert entry.findtext(f"{ATOM}id") == ids[kept.pk]
    assert entry.findtext(f"{ATOM}title") == "Fish & chips <b>"
    assert entry.findtext(f"{ATOM}summary") == "On  oils"
    assert entry.findtext(f"{ATOM}content") == "<p>Ask a doctor.</p>"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver/{kept.slug}/"
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated", "")).tzinfo


def test_atom_has_pages(get: Get, committed: Committed) -> None:
    with committed():
        pages = [article() for _ in range(5)]
    seen: list[str] = []
    path: str | None = "changes.atom?page_size=2"
    while path:
        feed = fromstring(get(path).content)
        seen += [e.findtext(f"{ATOM}id", "") for e in feed.iter(f"{ATOM}entry")]
        links = {a.get("rel"): a.get("href", "") for a in feed.findall(f"{ATOM}link")}
        path = links["next"].partition("/v1/")[2] if "next" in links else None

    newest_first = Change.objects.order_by("-number").values_list("entry_id", flat=True)
    assert seen == [entry.urn for entry in newest_first]
    assert len(seen) == len(pages) + 1


def test_an_empty_atom_feed_is_one(get: Get) -> None:
    feed = fromstring(get("changes.atom").content)

    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_numbers_are_given_once(committed: Committed) -> None:
    for page_id in (7, 8, 7):
        changes_record(upserts={page_id: True})

    numbers = Change.objects.order_by("number").values_list("page_id", "number")
    assert list(numbers) == [(8, 2), (7, 3)]
