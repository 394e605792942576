"""Database, cache or queue may fail while somebody publishes: no page goes offline for that, and none stays that must go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from health_content.delivery import read_model, services
from health_content.delivery.models import Change, PublishedDocument
from health_content.delivery.selectors.transitions import documents_overdue
from health_content.delivery.services import documents_rebuild_all, documents_refresh
from health_content.models import PublicationRecord, RenditionJob
from tests.delivery.broken import BROKEN_CACHE, BROKEN_QUEUE, DEAD_QUEUE, Down
from tests.factories import article, block, image, index

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


def rename(page: Any, title: str) -> None:
    page.title = title
    page.save_revision().publish()


def deadlock(*_args: Any) -> NoReturn:
    raise OperationalError("deadlock detected")


def overdue() -> set[int]:
    return set(documents_overdue(timezone.now()))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do at once what waits for a commit, as where no transaction is around the editor's request."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_how: call())


@pytest.mark.usefixtures("at_once")
def test_a_page_is_published_without_a_queue(
    get: Get, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    page = article(title="One")
    settings.TASKS = BROKEN_QUEUE

    rename(page, "Two")

    assert get(f"articles/{page.pk}/").json()["title"] == "Two"
    assert not Change.objects.get(pk=page.pk).is_removal
    assert "What follows a commit failed" in caplog.text


def test_without_any_queue_a_publication_fails_as_a_whole(
    get: Get, committed: Committed, settings: Any
) -> None:
    """Wagtail enqueues the update of its index of references within the transaction of the save."""
    with committed():
        page = article(title="One")
    revision = page.save_revision()
    before = get(f"articles/{page.pk}/").content
    queue = settings.TASKS
    settings.TASKS = DEAD_QUEUE
    for act in (revision.publish, page.unpublish):
        with committed(), pytest.raises(Down):
            act()

    assert Page.objects.get(pk=page.pk).live
    assert get(f"articles/{page.pk}/").content == before
    assert PublicationRecord.objects.filter(page_id=page.pk).count() == 1
    settings.TASKS = queue
    with committed():
        page.refresh_from_db()
        page.unpublish()
    assert get(f"articles/{page.pk}/").status_code == 404


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.usefixtures("at_once")
def test_a_page_with_a_new_image_is_published_without_a_queue(
    get: Get, settings: Any
) -> None:
    settings.TASKS = BROKEN_QUEUE
    picture = image()

    shown = {"image": {"image": picture.pk, "alt_text": "A back"}}
    page = article(body=json.dumps([block("image", shown)]))

    assert get(f"articles/{page.pk}/").status_code == 200
    assert RenditionJob.objects.filter(pk=picture.pk).exists()


def test_dependents_that_no_task_rebuilds_are_due(
    get: Get, committed: Committed, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "INLINE_MAX", 2)
    with committed():
        parent = index(title="Before")
        pages = [article(parent) for _ in range(5)]
    queue = settings.TASKS
    settings.TASKS = BROKEN_QUEUE

    with committed():
        rename(parent, "After")

    crumbs = [get(f"articles/{p.pk}/").json()["breadcrumbs"] for p in pages]
    assert {found[-1]["title"] for found in crumbs} == {"After"}
    assert len(overdue()) == 4

    settings.TASKS = queue
    call_command("rebuild_documents", "--due")
    assert overdue() == set()


def test_a_page_that_could_not_be_stored_is_read_as_it_is_now(
    get: Get, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed():
        page = article(title="One")
    number = Change.objects.get(pk=page.pk).number
    with monkeypatch.context() as patch:
        patch.setattr(services, "documents_write", deadlock)
        with committed():
            rename(page, "Two")

        assert get(f"articles/{page.pk}/").json()["title"] == "Two"
    assert Change.objects.get(pk=page.pk).number == number
    assert overdue() == {page.pk}

    call_command("rebuild_documents", "--due")
    assert overdue() == set()
    assert PublishedDocument.objects.get(page=page).title == "Two"
    assert Change.objects.get(pk=page.pk).number > number


@pytest.mark.parametrize("go", ["unpublish", "delete"])
def test_a_page_that_nobody_may_read_goes_all_the_same(
    committed: Committed, monkeypatch: pytest.MonkeyPatch, go: str
) -> None:
    with committed():
        page = article()
    monkeypatch.setattr(services, "documents_write", deadlock)

    with committed():
        getattr(type(page).objects.get(pk=page.pk), go)()

    assert not PublishedDocument.objects.filter(page=page.pk).exists()
    assert Change.objects.get(pk=page.pk).is_removal


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, ConnectionError])
def test_nothing_is_removed_when_nobody_knows(
    committed: Committed, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    with committed():
        page = article()

    def fail(*_args: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(services, "document_rebuild", fail)
    monkeypatch.setattr(services, "documents_current", fail)

    with pytest.raises(error):
        documents_rebuild_all([page.pk])

    assert PublishedDocument.objects.filter(page=page).exists()


def test_a_page_that_cannot_be_encoded_is_removed(
    committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed():
        page = article()
    monkeypatch.setattr(read_model, "encode_markdown", lambda _document: 1 / 0)
    Page.objects.filter(pk=page.pk).update(title="Another")

    documents_refresh([page.pk])

    assert not PublishedDocument.objects.filter(page=page).exists()
    assert Change.objects.get(pk=page.pk).is_removal


def test_reading_and_publishing_need_no_cache(
    get: Get, committed: Committed, settings: Any
) -> None:
    with committed():
        page = article(title="One", slug="one")
        Redirect.add_redirect("/old", redirect_to=page)
    settings.CACHES = BROKEN_CACHE

    with committed():
        rename(page, "Two")

    assert get("resolve/", path="/one/").json()["page"]["title"] == "Two"
    assert get("resolve/", path="/old/").json()["location"] == "/one/"
    (found,) = get("redirects/").json()["items"]
    assert found["location"] == "/one/"
