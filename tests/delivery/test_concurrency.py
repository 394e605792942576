"""Editors who publish at the same time: nothing is lost, nothing old is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from wagtail.models import Page

from health_content.delivery.models import PublishedDocument
from health_content.models import DisclaimerSnippet, PublicationRecord
from health_content.pages.models import ArticlePage
from health_content.services.publication import publication_faults, publication_newest
from tests.factories import article, disclaimer

ROUNDS = 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
def test_parallel_publications_end_in_the_newest_state(settings: Any) -> None:
    # Wagtail's database search updates rows of other objects in no fixed order, and now and then two transactions that
    # do so block each other (PostgreSQL ends one). That is not what is tested here.
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": settings.WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": False}
    }
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
