"""`rebuild_documents`: resumable, constant in memory, and honest about what failed."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from health_content.delivery import services
from health_content.delivery.management.commands import rebuild_documents as command
from health_content.delivery.models import PublishedDocument
from tests.factories import article, home_page

pytestmark = pytest.mark.django_db
Committed = Callable[[], Any]


class Terminal(StringIO):
    """A terminal that remembers what was drawn on it."""

    def isatty(self) -> bool:
        return True


def run(*arguments: Any, stderr: StringIO | None = None, **options: Any) -> str:
    out = StringIO()
    call_command(
        "rebuild_documents",
        *map(str, arguments),
        stdout=out,
        stderr=StringIO() if stderr is None else stderr,
        **options,
    )
    return out.getvalue().strip()


@pytest.fixture
def pages(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the ids of six articles without documents; two pages make a batch."""
    monkeypatch.setattr(command, "BATCH_SIZE", 2)
    with committed():
        found = [article().pk for _ in range(6)]
    PublishedDocument.objects.all().delete()
    return found


def rebuilt() -> set[int]:
    return set(PublishedDocument.objects.values_list("page_id", flat=True))


def test_all_is_rebuilt(pages: list[int]) -> None:
    assert run() == "8 pages, 0 adopted, 7 documents."
    assert rebuilt() == {home_page().pk, *pages}


def test_a_cursor_leaves_out_what_was_done(pages: list[int]) -> None:
    assert run("--since", pages[3]) == "2 pages, 0 adopted, 2 documents."
    assert rebuilt() == set(pages[4:])
    assert run("--since", pages[-1]) == "0 pages, 0 adopted, 2 documents."


def test_stopping_loses_nothing(
    pages: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.documents_rebuild_all

    def interrupt(batch: list[int]) -> Any:
        if pages[2] in batch:
            raise KeyboardInterrupt
        return real(batch)

    monkeypatch.setattr(command, "documents_rebuild_all", interrupt)
    said = StringIO()
    with pytest.raises(SystemExit) as stopped:
        run(stderr=said)
    assert stopped.value.code == 130
    found = re.search(r"rebuild_documents --since (\d+)", said.getvalue())
    assert found is not None
    assert pages[2] not in rebuilt()

    monkeypatch.setattr(command, "documents_rebuild_all", real)
    run("--since", found[1])
    assert rebuilt() == {home_page().pk, *pages}


def test_a_log_says_the_cursor(pages: list[int]) -> None:
    said = StringIO()
    run(stderr=said)

    first, last = said.getvalue().splitlines()
    assert re.fullmatch(r"2/8 \d+/s left \d+:\d\d cursor \d+", first)
    assert last.endswith(f"cursor {pages[-1]}")


def test_a_terminal_shows_a_bar(pages: list[int]) -> None:
    said = Terminal()
    run(stderr=said)

    assert said.getvalue().count("\r[") == 4
    assert f"[{'#' * 30}] 8/8 " in said.getvalue()
    assert said.getvalue().endswith("\n")


def test_a_page_that_is_no_document_is_refused() -> None:
    plain = home_page().add_child(instance=Page(title="Plain", slug="plain"))

    with pytest.raises(CommandError, match="is no document"):
        run("--page", plain.pk)
    with pytest.raises(CommandError, match="no page with the id 999999"):
        run("--page", 999_999)
    with pytest.raises(CommandError, match="not allowed with"):
        run("--page", plain.pk, "--since", 3)


def test_a_page_that_nobody_may_see_has_no_document(pages: list[int]) -> None:
    draft = article(live=False)

    assert run("--page", draft.pk) == "1 pages, 0 adopted, 0 documents."


def test_what_fails_is_in_the_exit_code_and_the_rest_is_done(
    pages: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = services.documents_write

    def write(publications: Any, stored: Any) -> Any:
        if any(p.facts.id == pages[1] for p in publications):
            raise ZeroDivisionError
        return real(publications, stored)

    monkeypatch.setattr(services, "documents_write", write)

    with pytest.raises(CommandError, match="1 pages could not") as failed:
        run()
    assert failed.value.returncode == 2
    assert rebuilt() == {home_page().pk, *pages} - {pages[1]}


def test_no_query_reads_all_pages(
    pages: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids come a batch at a time, so memory does not grow with the site."""
    monkeypatch.setattr(command, "reset_queries", lambda: None)
    with CaptureQueriesContext(connection) as queries:
        run()

    walking = [q["sql"] for q in queries if "ORDER BY" in q["sql"] and '"depth" > 1' in q["sql"]]  # fmt: skip
    assert len(walking) >= 4
    assert all("LIMIT" in sql for sql in walking)


def test_pages_made_meanwhile_do_not_keep_it_from_ending(
    pages: list[int], committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.documents_rebuild_all

    def busy(batch: list[int]) -> Any:
        article()
        return real(batch)

    monkeypatch.setattr(command, "documents_rebuild_all", busy)

    assert run().startswith("8 pages")
