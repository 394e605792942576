"""Rebuild the read model: after an upgrade, a changed setting, or rows that were changed behind our back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import reset_queries
from django.utils import timezone
from django.utils.translation import gettext as _

from ....abstract import DocumentMixin
from ....compat import page_model
from ....progress import Progress
from ....services.renditions import renditions_retry
from ...models import PublishedDocument
from ...navigation.services import navigations_refresh
from ...selectors.behind import documents_behind
from ...selectors.transitions import documents_overdue
from ...services import (
    BATCH_SIZE,
    dependent_pages,
    documents_adopt,
    documents_rebuild_all,
    documents_refresh,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

# Exit codes beside 0 (done) and 1 (could not begin).
SOME_FAILED = 2
INTERRUPTED = 130  # As shells say of a program that Ctrl-C ended.


@dataclass(frozen=True, slots=True)
class Work:
    """The ids of the pages to rebuild, in order, a batch at a time."""

    batches: Iterable[list[int]]
    count: int


class Command(BaseCommand):
    """Make every document what its page's present state demands."""

    help = _(
        "Rebuilds the documents of all pages, or of one. Safe while the site serves and editors publish. "
        "It may be stopped at any time, and goes on with --since from the cursor that it said last."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--page", type=int, help=_("Id of the only page to rebuild."))
        only.add_argument(
            "--due",
            action="store_true",
            help=_(
                "Rebuild only what a date has changed since it was built, what was published and never built, and "
                "what shows something of these."
            ),
        )
        only.add_argument(
            "--since",
            type=int,
            default=0,
            metavar="CURSOR",
            help=_("Leave out what an earlier run did, which said this cursor."),
        )
        parser.add_argument(
            "--adopt",
            action="store_true",
            help=_(
                "Also record live pages that were public before this application was installed."
            ),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rebuild, and say how many pages there were."""
        if options["page"] is not None:
            _require_document(options["page"])
        if not options["due"] and not options["since"]:
            renditions_retry()
        self.cursor, self.done = options["since"], 0
        self.adopted, self.failed = 0, 0
        try:
            self._rebuild(options)
        except KeyboardInterrupt:
            self.stderr.write(
                "\n"
                + _(
                    "Stopped after %(done)d pages. Go on with: rebuild_documents --since %(cursor)d"
                )
                % {"done": self.done, "cursor": self.cursor}
            )
            raise SystemExit(INTERRUPTED) from None
        navigations_refresh()
        self.stdout.write(
            _("%(pages)d pages, %(adopted)d adopted, %(documents)d documents.")
            % {
                "pages": self.done,
                "adopted": self.adopted,
                "documents": PublishedDocument.objects.count(),
            }
        )
        if self.failed:
            raise CommandError(
                _("%(failed)d pages could not be rebuilt; the log says why.")
                % {"failed": self.failed},
                returncode=SOME_FAILED,
            )

    def _rebuild(self, options: dict[str, Any]) -> None:
        is_due = options["due"]
        work = _due() if is_due else _all(_pages(options["page"], options["since"]))
        progress = Progress(work.count, time.monotonic(), self.stderr.isatty())
        for batch in work.batches:
            if options["adopt"]:
                self.adopted += documents_adopt(batch)
            self.failed += len(documents_rebuild_all(batch).failed)
            if is_due:
                # Nobody followed them when they changed.
                documents_refresh(dependent_pages(batch))
            self.done += len(batch)
            # Only now: a batch that was begun and not ended is done again.
            self.cursor = batch[-1]
            self._show(progress)
            reset_queries()
        if progress.is_terminal:
            self.stderr.write("")

    def _show(self, progress: Progress) -> None:
        if line := progress.report(self.done, self.cursor, time.monotonic()):
            self.stderr.write(line, ending="")
            self.stderr.flush()


def _require_document(page_id: int) -> None:
    page = page_model().objects.filter(pk=page_id).first()
    if page is None:
        raise CommandError(_("There is no page with the id %(id)s.") % {"id": page_id})
    if not issubclass(page.specific_class or object, DocumentMixin):
        raise CommandError(
            _("Page %(id)s is no document: it is not a health page.") % {"id": page_id}
        )


def _pages(page_id: int | None, since: int) -> QuerySet[AbstractPage]:
    pages = page_model().objects.filter(depth__gt=1)
    if page_id is not None:
        return pages.filter(pk=page_id)
    # What is made from now on is built when it is published; without a bound busy editors would keep this from ending.
    newest = page_model().objects.order_by("-pk").values_list("pk", flat=True).first()
    return pages.filter(pk__gt=since, pk__lte=newest or 0)


def _due() -> Work:
    """Return what is due: few, even on a large site."""
    due = sorted({*documents_overdue(timezone.now()), *documents_behind()})
    starts = range(0, len(due), BATCH_SIZE)
    return Work([due[start : start + BATCH_SIZE] for start in starts], len(due))


def _all(pages: QuerySet[AbstractPage]) -> Work:
    return Work(_batches(pages), pages.count())


def _batches(pages: QuerySet[AbstractPage]) -> Iterator[list[int]]:
    """Yield the ids of *pages* in their order, a few at a time: none is left out, whatever is deleted meanwhile."""
    last = 0
    while batch := list(
        pages.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH_SIZE]
    ):
        yield batch
        last = batch[-1]
