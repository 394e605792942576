"""Rebuild the read model: after an upgrade, a changed setting, or rows that were changed behind our back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ....abstract import DocumentMixin
from ....compat import page_model
from ...models import PublishedDocument
from ...services import BATCH_SIZE, document_adopt, documents_rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser

BAR_WIDTH = 40


class Command(BaseCommand):
    """Make every document what its page's present state demands."""

    help = _(
        "Rebuilds the documents of all pages, or of one. Safe while the site serves and editors publish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--page", type=int, help=_("Id of the only page to rebuild.")
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
        page_ids = _page_ids(options["page"])
        if options["page"] and not page_ids:
            raise CommandError(
                _("There is no page with the id %(id)s.") % {"id": options["page"]}
            )
        adopted = 0
        for start in range(0, len(page_ids), BATCH_SIZE):
            batch = page_ids[start : start + BATCH_SIZE]
            if options["adopt"]:
                adopted += sum(map(_adopt, batch))
            documents_rebuild(batch)
            self._show_progress(start + len(batch), len(page_ids))
        documents = PublishedDocument.objects.count()
        self.stdout.write(
            _("%(pages)d pages, %(adopted)d adopted, %(documents)d documents.")
            % {"pages": len(page_ids), "adopted": adopted, "documents": documents}
        )

    def _show_progress(self, done: int, total: int) -> None:
        if not self.stderr.isatty():
            return
        filled = BAR_WIDTH * done // total
        bar = "#" * filled + "." * (BAR_WIDTH - filled)
        ending = "\n" if done == total else "\r"
        self.stderr.write(f"[{bar}] {done}/{total}", ending=ending)


def _page_ids(page_id: int | None) -> list[int]:
    pages = page_model().objects.filter(depth__gt=1).order_by("path")
    if page_id is not None:
        pages = pages.filter(pk=page_id)
    return list(pages.values_list("pk", flat=True))


def _adopt(page_id: int) -> bool:
    page = page_model().objects.get(pk=page_id).specific
    return isinstance(page, DocumentMixin) and document_adopt(page)
