"""The gate while others publish, review and withdraw what it rests on: one record for each act, nothing gets by."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.models import Page, Site

from health_content.errors import DisclaimerInUse, PublishBlocked
from health_content.models import (
    Credential,
    DisclaimerSnippet,
    MedicalReview,
    PublicationRecord,
)
from health_content.pages.models import ArticlePage
from health_content.selectors.page_content import page_digest
from health_content.services.publication import publication_faults, publication_newest
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import FINE, body

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
# Longer than any machine needs for a save, and far from what a test run can wait for.
LOCK_TIMEOUT = "20s"
WAIT = timedelta(seconds=20)
OTHER = "<p>Ask a doctor if the pain stays.</p>"

pytestmark = [
    pytest.mark.gated,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer at a time"
    ),
]


@pytest.fixture(autouse=True)
def _tree() -> None:
    """Make what Wagtail's migrations make: a test that commits leaves an empty database to the next."""
    if not Site.objects.exists():
        root = Page.add_root(title="Root", slug="root", locale=factories.language())
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=root)
    factories.home_page()


@pytest.fixture
def general(_tree: None) -> Any:
    return factories.disclaimer("general", applies_to_all=True)


@pytest.fixture
def doctor(_tree: None) -> Any:
    user = factories.user("doctor")
    factories.person(
        "Rae Sample (fictional)",
        user=user,
        credentials=[Credential(title="MBBS", verified_at=date(2026, 1, 5))],
    )
    return user


@pytest.fixture
def page(general: Any, doctor: Any) -> Any:
    """Return a live page whose content was reviewed."""
    page = factories.article(live=False, body=body(FINE))
    revision = page.save_revision()
    review_record(page, reviewer=doctor)
    revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


def in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do *work* with a connection of its own, which gives up rather than wait for ever; return what it raised, or None."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        work(*arguments)
    except (PublishBlocked, DisclaimerInUse) as error:
        return error
    finally:
        connections.close_all()
    return None


def await_waiter(late: Any) -> None:
    """Return as soon as the connection of *late* waits for a lock of this one."""
    limit = datetime.now(tz=timezone.get_default_timezone()) + WAIT
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"  # fmt: skip
    with connection.cursor() as cursor:
        while datetime.now(tz=timezone.get_default_timezone()) < limit:
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return
            if late.done():
                break
    pytest.fail(f"nobody waits: {late.exception() or late.result()}")


def draft_of(page: Any, html: str) -> Any:
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = body(html)
    return draft


def publish(revision: Any) -> None:
    type(revision).objects.get(pk=revision.pk).publish()


def digests(page: Any) -> list[str]:
    rows = PublicationRecord.objects.filter(page_id=page.pk).order_by("number")
    return [row.content_digest for row in rows]


def test_two_who_publish_the_same_make_one_record(page: Any, doctor: Any) -> None:
    draft = draft_of(page, OTHER)
    revision = draft.save_revision()
    review_record(draft, reviewer=doctor)

    with ThreadPoolExecutor(4) as pool:
        raised = list(pool.map(lambda _: in_thread(publish, revision), range(4)))

    assert raised == [None] * 4
    assert digests(page).count(page_digest(draft)) == 1
    assert len(digests(page)) == 2
    assert publication_faults(page.pk) == []


def test_publishers_reviewers_and_those_who_may_not_in_any_order(
    page: Any, doctor: Any
) -> None:
    """Nothing that nobody reviewed is ever on record, and what is live is what is on record last."""
    texts = [f"<p>Part {number}.</p>" for number in range(ROUNDS)]

    def review_and_publish(number: int) -> None:
        draft = draft_of(page, texts[number])
        revision = draft.save_revision()
        review_record(draft, reviewer=doctor)
        publish(revision)

    def publish_unreviewed(number: int) -> None:
        publish(draft_of(page, f"<p>Nobody read {number}.</p>").save_revision())

    with ThreadPoolExecutor(4) as pool:
        good = [pool.submit(in_thread, review_and_publish, n) for n in range(ROUNDS)]
        bad = [pool.submit(in_thread, publish_unreviewed, n) for n in range(ROUNDS)]
        assert [future.result() for future in good] == [None] * ROUNDS
        assert all(isinstance(future.result(), PublishBlocked) for future in bad)

    reviewed = set(MedicalReview.objects.values_list("content_digest", flat=True))
    found = digests(page)
    assert set(found) <= reviewed
    assert len(found) == ROUNDS + 1
    assert page_digest(ArticlePage.objects.get(pk=page.pk)) == found[-1]
    assert publication_faults(page.pk) == []


def test_what_was_public_a_moment_ago_is_asked_again(page: Any, doctor: Any) -> None:
    """Saving what is public needs no review that holds, but only as long as it is public."""
    draft = draft_of(page, OTHER)
    revision = draft.save_revision()
    review_record(draft, reviewer=doctor)
    old = ArticlePage.objects.get(pk=page.pk)
    over = timezone.now() - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE health_content_medicalreview SET expires_at = %s WHERE content_digest = %s",
            [over, page_digest(old)],
        )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            revision.publish()
            late = pool.submit(in_thread, old.save)
            await_waiter(late)
        error = late.result()

    assert isinstance(error, PublishBlocked)
    assert digests(page)[-1] == page_digest(draft)
    assert "doctor" in str(ArticlePage.objects.get(pk=page.pk).body)


def unpublish(disclaimer: Any) -> None:
    DisclaimerSnippet.objects.get(pk=disclaimer.pk).unpublish()


def first_page(doctor: Any, **fields: Any) -> Any:
    """Return the revision of a page that could go live, and never was."""
    page = factories.article(live=False, body=body(FINE), **fields)
    revision = page.save_revision()
    review_record(page, reviewer=doctor)
    return revision


def test_a_disclaimer_is_not_taken_from_a_page_that_goes_live(
    general: Any, doctor: Any
) -> None:
    revision = first_page(doctor)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            revision.publish()
            late = pool.submit(in_thread, unpublish, general)
            await_waiter(late)
        error = late.result()

    assert isinstance(error, DisclaimerInUse)
    assert DisclaimerSnippet.objects.get(pk=general.pk).live


def test_a_page_does_not_go_live_with_a_disclaimer_that_goes(
    general: Any, doctor: Any
) -> None:
    revision = first_page(doctor)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            unpublish(general)
            late = pool.submit(in_thread, publish, revision)
            await_waiter(late)
        error = late.result()

    assert isinstance(error, PublishBlocked)
    assert not PublicationRecord.objects.filter(page_id=int(revision.object_id)).exists()  # fmt: skip


def test_pages_that_rest_on_one_disclaimer_do_not_wait_for_each_other(
    general: Any, doctor: Any
) -> None:
    one, other = first_page(doctor), first_page(doctor)

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        one.publish()
        assert pool.submit(in_thread, publish, other).result() is None

    assert PublicationRecord.objects.filter(page_id=int(other.object_id)).exists()


def test_a_reviewer_who_goes_takes_no_page_along_and_lets_none_through(
    general: Any, doctor: Any
) -> None:
    before, after = first_page(doctor), first_page(doctor)

    def leave() -> None:
        get_user_model().objects.get(pk=doctor.pk).delete()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            before.publish()
            late = pool.submit(in_thread, leave)
            await_waiter(late)
        assert late.result() is None
        with transaction.atomic():
            error = pool.submit(in_thread, publish, after).result()

    assert isinstance(error, PublishBlocked)
    newest = publication_newest(int(before.object_id))
    assert newest is not None
    assert newest.gate["status"] in {"passed", "warned"}


def test_a_page_is_not_taken_offline_while_it_is_reviewed(
    page: Any, doctor: Any
) -> None:
    from health_content.models import ReviewPolicy
    from health_content.services.overdue import page_apply_policy

    policy = ReviewPolicy(name="Strict", months=1, grace_days=0, overdue_action="unpublish")  # fmt: skip
    policy.save()
    ArticlePage.objects.filter(pk=page.pk).update(review_policy=policy)
    with connection.cursor() as cursor:
        over = timezone.now() - timedelta(days=9)
        cursor.execute("UPDATE health_content_medicalreview SET expires_at = %s", [over])  # fmt: skip
    mine = ArticlePage.objects.get(pk=page.pk)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            review_record(mine, reviewer=doctor)
            late = pool.submit(in_thread, page_apply_policy, mine)
            await_waiter(late)
        assert late.result() is None

    assert ArticlePage.objects.get(pk=page.pk).live


def test_publishers_of_a_page_and_of_its_disclaimer_do_not_block_each_other(
    page: Any, general: Any, doctor: Any
) -> None:
    def reword(number: int) -> None:
        mine = DisclaimerSnippet.objects.get(pk=general.pk)
        mine.body = f"<p>Wording {number}.</p>"
        mine.save_revision().publish()

    def rewrite(number: int) -> None:
        draft = draft_of(page, f"<p>Part {number}.</p>")
        revision = draft.save_revision()
        review_record(draft, reviewer=doctor)
        publish(revision)

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(in_thread, reword, n) for n in range(ROUNDS)]
        work += [pool.submit(in_thread, rewrite, n) for n in range(ROUNDS)]
        assert [future.result() for future in work] == [None] * (2 * ROUNDS)

    newest = publication_newest(page.pk)
    assert newest is not None
    shown = newest.document["safety"]["disclaimers"][0]["body"]["html"]
    assert shown == DisclaimerSnippet.objects.get(pk=general.pk).body
    assert publication_faults(page.pk) == []
