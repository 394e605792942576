"""A process that ends between a publication and what follows it loses nothing: `rebuild_documents --due` finds it."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from health_content.delivery.models import (
    Change,
    PublishedDocument,
    WebhookDelivery,
    WebhookEndpoint,
)
from health_content.delivery.selectors.behind import documents_behind
from health_content.delivery.webhooks.event_types import EVENT_TYPES
from tests.factories import article, index

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture
def killed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Return a context manager at whose end what waits for the commit is gone, as with a process that is killed."""
    return lambda: django_capture_on_commit_callbacks(execute=False)


@pytest.fixture
def linked(committed: Committed) -> tuple[Any, Any]:
    """Return a page, and one that shows its title."""
    with committed():
        page = index(title="One")
        below = article(page)
    endpoint = WebhookEndpoint.objects.create(
        name="Front end", url="https://example.org/", event_types=list(EVENT_TYPES)
    )
    endpoint.sites.set([Site.objects.get(is_default_site=True)])
    return page, below


def due() -> str:
    out = StringIO()
    call_command("rebuild_documents", "--due", stdout=out, stderr=StringIO())
    return out.getvalue().split(",")[0]


def events(page: Any) -> list[str]:
    found = WebhookDelivery.objects.filter(subject=f"page-{page.pk}").order_by("pk")
    return list(found.values_list("type", flat=True))


def crumb(get: Get, page: Any) -> str:
    title: str = get(f"articles/{page.pk}/").json()["breadcrumbs"][-1]["title"]
    return title


def test_nothing_is_behind_when_nobody_was_killed(linked: tuple[Any, Any]) -> None:
    assert documents_behind() == []
    assert due() == "0 pages"


@pytest.mark.usefixtures("linked")
def test_a_first_publication_is_found(killed: Callable[[], Any], get: Get) -> None:
    with killed():
        page = article(title="One")
    assert get(f"articles/{page.pk}/").status_code == 404

    due()

    assert get(f"articles/{page.pk}/").json()["title"] == "One"
    assert not Change.objects.get(pk=page.pk).is_removal
    assert events(page) == ["article.published"]
    assert documents_behind() == []


def test_a_later_publication_is_found_and_what_shows_it_follows(
    get: Get, linked: tuple[Any, Any], killed: Callable[[], Any]
) -> None:
    page, below = linked
    number = Change.objects.get(pk=page.pk).number
    with killed():
        page.title = "Two"
        page.save_revision().publish()
    assert documents_behind() == [page.pk]
    assert crumb(get, below) == "One"

    assert due() == "1 pages"

    assert get(f"pages/{page.pk}/").json()["title"] == "Two"
    assert crumb(get, below) == "Two"
    assert Change.objects.get(pk=page.pk).number > number
    assert events(below) == ["article.updated"]
    assert documents_behind() == []


@pytest.mark.parametrize("go", ["unpublish", "delete", "restrict"])
def test_a_page_that_went_away_is_found(
    get: Get, linked: tuple[Any, Any], killed: Callable[[], Any], go: str
) -> None:
    _page, below = linked
    with killed():
        if go == "restrict":
            PageViewRestriction.objects.create(page=below, restriction_type="login")
        else:
            getattr(type(below).objects.get(pk=below.pk), go)()
    assert documents_behind() == [below.pk]

    assert due() == "1 pages"

    assert Change.objects.get(pk=below.pk).is_removal
    assert not PublishedDocument.objects.filter(pk=below.pk).exists()
    assert events(below) == ["article.unpublished"]
    assert documents_behind() == []


def test_what_ought_to_have_no_document_is_not_behind(committed: Committed) -> None:
    with committed():
        closed, elsewhere, gone = index(), index(), article()
        pages = [article(closed), article(elsewhere)]
    with committed():
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        elsewhere.move(Page.get_first_root_node(), pos="last-child")
        gone.unpublish()

    assert not PublishedDocument.objects.filter(page__in=pages).exists()
    assert documents_behind() == []


def test_finding_them_takes_the_same_queries_for_any_number(
    committed: Committed, killed: Callable[[], Any]
) -> None:
    counts: list[int] = []
    for number in (2, 20):
        with committed():
            pages = [article() for _ in range(number)]
        with killed():
            for page in pages:
                page.title = "Two"
                page.save_revision().publish()
            [article() for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert len(documents_behind()) == number * 2
        counts.append(len(queries))
        due()

    assert counts[0] == counts[1]
