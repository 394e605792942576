"""Editors who publish at the same time: nothing is lost, nothing old is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search.models import IndexEntry

from health_content.delivery.models import (
    Change,
    ChangeCounter,
    PreviewDraft,
    PublishedDocument,
)
from health_content.delivery.preview.services import code_issue, draft_store
from health_content.models import DisclaimerSnippet, PublicationRecord
from health_content.pages.models import ArticlePage
from health_content.services.publication import (
    page_lock,
    pages_lock_free,
    publication_faults,
    publication_newest,
)
from tests.factories import article, disclaimer, language, superuser

from .preview.conftest import exchange

ROUNDS = 6
# Longer than any machine needs for a save, and far from what a test run can wait for.
LOCK_TIMEOUT = "10s"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time"
    ),
]


@pytest.fixture(autouse=True)
def _tree() -> None:
    """Make what Wagtail's migrations make: a test that commits leaves an empty database to the next."""
    if not Site.objects.exists():
        root = Page.add_root(title="Root", slug="root", locale=language())
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=root)


def test_a_save_does_not_wait_for_the_save_of_another_page() -> None:
    """Wagtail's search updates the entries of other objects: two saves that index in their transactions deadlock."""
    first, second = article(title="Warm feet"), article(title="Cold hands")
    # As Wagtail's search leaves every entry whose title has the average number of words.
    IndexEntry.objects.update(title_norm=1.0)

    def save_second() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            page = ArticlePage.objects.get(pk=second.pk)
            page.title = "Cold toes"
            page.save()
        finally:
            connections.close_all()

    with transaction.atomic():
        first.title = "Warm hands"
        first.save()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(save_second).result()

    assert {page.pk for page in ArticlePage.objects.search("toes")} == {second.pk}
    assert {page.pk for page in ArticlePage.objects.search("hands")} == {first.pk}


def test_a_rebuild_of_many_waits_for_none_of_them() -> None:
    busy, free = article(), article()

    def lock_free() -> list[int]:
        try:
            with transaction.atomic():
                return pages_lock_free([busy.pk, free.pk])
        finally:
            connections.close_all()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        page_lock(busy.pk)
        assert pool.submit(lock_free).result() == [free.pk]


def test_parallel_saves_of_pages_do_not_deadlock() -> None:
    """All titles have as many words, so each indexing would touch the entries of all pages."""
    pages = [article(title=f"Part {number} of it") for number in range(4)]
    IndexEntry.objects.update(title_norm=1.0)

    def publish(editor: int) -> None:
        try:
            for number in range(ROUNDS):
                mine = ArticlePage.objects.get(pk=pages[(editor + number) % 4].pk)
                mine.title = f"Part {number} by {editor}"
                mine.save_revision().publish()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(publish, editor) for editor in range(4)]:
            future.result()

    found = ArticlePage.objects.search("Part").get_queryset()
    assert {page.pk for page in found} == {page.pk for page in pages}


def test_parallel_publications_end_in_the_newest_state() -> None:
    general = disclaimer("general", applies_to_all=True)
    page = article(title="Start")

    def publish(editor: int) -> None:
        try:
            for number in range(ROUNDS):
                mine = ArticlePage.objects.get(pk=page.pk)
                mine.title = f"Editor {editor}, round {number}"
                mine.save_revision().publish()
        finally:
            connections.close_all()

    def reword() -> None:
        try:
            for number in range(ROUNDS):
                mine = DisclaimerSnippet.objects.get(pk=general.pk)
                mine.body = f"<p>Wording {number}.</p>"
                mine.save_revision().publish()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(publish, editor) for editor in range(3)] + [
            pool.submit(reword)
        ]
        for future in work:
            future.result()

    stored = Page.objects.get(pk=page.pk)
    row = PublishedDocument.objects.get(page_id=page.pk)
    newest = publication_newest(page.pk)
    assert newest is not None
    assert row.title == stored.title == newest.document["title"]
    assert (
        row.version
        == newest.number
        == PublicationRecord.objects.filter(page_id=page.pk).count()
    )
    assert newest.document["safety"]["disclaimers"][0]["body"] == {
        "html": f"<p>Wording {ROUNDS - 1}.</p>"
    }
    assert publication_faults(page.pk) == []


def test_a_follower_of_the_change_feed_misses_nothing() -> None:
    """Numbers become visible in their order, however the transactions that took them interleave."""
    pages = [article(title="Start") for _ in range(4)]
    is_done = Event()
    seen: list[tuple[int, int]] = []

    def publish(page_id: int) -> None:
        try:
            for number in range(ROUNDS):
                page = ArticlePage.objects.get(pk=page_id)
                page.title = f"Round {number}"
                page.save_revision().publish()
        finally:
            connections.close_all()

    def follow() -> None:
        try:
            is_last = False
            while not is_last:
                is_last = is_done.is_set()
                after = seen[-1][0] if seen else 0
                new = Change.objects.filter(number__gt=after).order_by("number")
                seen.extend(new.values_list("number", "page_id"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        reading = pool.submit(follow)
        for future in [pool.submit(publish, page.pk) for page in pages]:
            future.result()
        is_done.set()
        reading.result()

    stored = Change.objects.order_by("number").values_list("page_id", "number")
    assert {page_id: number for number, page_id in seen} == dict(stored)
    assert ChangeCounter.objects.get().value == max(number for number, _ in seen)


def test_a_preview_code_is_good_once_however_many_exchange_it_at_once() -> None:
    """The winner's token may be over at once: the losers' tries say that the code is in other hands."""
    page = article(live=False)

    def try_code(code: str) -> int:
        try:
            return exchange(code).status_code
        finally:
            connections.close_all()

    for number in range(ROUNDS):
        someone = superuser(f"editor-{number}")
        code = code_issue(draft_store(page, user=someone, is_followed=True))
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(try_code, [code] * 4))

        assert sorted(answers) == [200, 403, 403, 403]


def test_two_tabs_of_an_editor_store_one_draft_at_a_time() -> None:
    someone = superuser()
    page = article(live=False)

    def store(title: str) -> None:
        try:
            mine = ArticlePage.objects.get(pk=page.pk)
            mine.title = title
            draft_store(mine, user=someone, is_followed=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(store, [f"Title {n}" for n in range(8)]))

    draft = PreviewDraft.objects.get()
    assert draft.version == 8


def test_a_page_is_restricted_without_a_transaction_around_it() -> None:
    """As Wagtail's admin does it: it saves the restriction, and no more."""
    page = article(title="Warm feet")
    special = disclaimer("special")
    assert PublishedDocument.objects.filter(page=page).exists()

    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="login"
    )
    assert not PublishedDocument.objects.filter(page=page).exists()
    restriction.delete()
    special.unpublish()

    assert PublishedDocument.objects.filter(page=page).exists()
    assert not DisclaimerSnippet.objects.get(pk=special.pk).live
