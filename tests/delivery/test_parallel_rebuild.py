"""Rebuilding beside editors, and workers at the same images: nothing is lost, nothing is made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Event
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from wagtail.models import Collection, Page, Site

from health_content.delivery.models import PublishedDocument
from health_content.models import RenditionJob
from health_content.pages.models import ArticlePage
from health_content.selectors.media import image_work
from health_content.services import renditions
from health_content.services.publication import publication_faults, publication_newest
from health_content.services.renditions import renditions_make
from tests.factories import article, image, language

ROUNDS = 6

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
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


def test_rebuilding_while_editors_publish_ends_in_the_newest_state() -> None:
    pages = [article(title="Start") for _ in range(8)]
    is_done = Event()

    def publish(editor: int) -> None:
        try:
            for number in range(ROUNDS):
                page = ArticlePage.objects.get(pk=pages[(editor * 4 + number) % 8].pk)
                page.title = f"Editor {editor}, round {number}"
                page.save_revision().publish()
        finally:
            connections.close_all()

    def rebuild() -> int:
        try:
            runs, is_last = 0, False
            while not is_last:
                is_last = is_done.is_set()
                call_command("rebuild_documents", stdout=StringIO(), stderr=StringIO())
                runs += 1
            return runs
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        rebuilding = [pool.submit(rebuild) for _ in range(2)]
        for future in [pool.submit(publish, editor) for editor in range(2)]:
            future.result()
        is_done.set()
        assert all(future.result() >= 1 for future in rebuilding)

    for page in Page.objects.filter(pk__in=[page.pk for page in pages]):
        row = PublishedDocument.objects.get(page_id=page.pk)
        newest = publication_newest(page.pk)
        assert newest is not None
        assert (row.title, row.version) == (page.title, newest.number)
        assert newest.document["title"] == page.title
        assert publication_faults(page.pk) == []


def test_a_killed_rebuild_goes_on_from_the_cursor_it_said_last() -> None:
    pages = [article().pk for _ in range(60)]
    PublishedDocument.objects.all().delete()
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "rebuild_documents"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
        },
    )
    assert process.stderr is not None
    line = process.stderr.readline()  # After the first batch.
    process.kill()
    process.communicate()
    assert process.returncode in {0, -signal.SIGKILL}
    cursor = int(line.rsplit(maxsplit=1)[-1])
    done = PublishedDocument.objects.values_list("page_id", flat=True)
    assert {pk for pk in pages if pk <= cursor} <= set(done)

    call_command(
        "rebuild_documents", "--since", str(cursor), stdout=StringIO(), stderr=StringIO()
    )  # fmt: skip

    assert set(pages) <= set(PublishedDocument.objects.values_list("page_id", flat=True))  # fmt: skip


def test_two_workers_make_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    queue: list[int] = []

    class Queue:
        enqueue = queue.append

    monkeypatch.setattr(renditions.tasks, "make_renditions", Queue)
    pictures = [image() for _ in range(3)]
    assert queue == [picture.pk for picture in pictures]
    made: list[str] = []
    make = renditions._make_file

    def count(picture: Any, spec: str, source: Any) -> None:
        made.append(f"{picture.pk} {spec}")
        make(picture, spec, source)

    monkeypatch.setattr(renditions, "_make_file", count)

    def work() -> None:
        try:
            for picture in pictures:
                renditions_make(picture.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        for future in [pool.submit(work) for _ in range(3)]:
            future.result()

    assert len(made) == len(set(made)) == 27
    assert all(work.missing == () for work in image_work([p.pk for p in pictures]))
    assert RenditionJob.objects.count() == 0
