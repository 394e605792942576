"""`review_page`: a reviewer approves, from the shell, a page that waits for its medical review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from ...errors import PublishBlocked, ReviewRefused
from ...services.reviews import review_give
from .mend_page import EXIT_REFUSED, health_page, user_named

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

EXIT_NOT_LIVE = 3
"""The review was refused with the reason, and not stored."""


class Command(BaseCommand):
    """Approves the step of the workflow as the reviewer would in the admin, by the same rules."""

    help = "Approve a page that waits for its medical review, as one of the reviewers who are asked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("page", type=int, help="the id of the page")
        parser.add_argument("--reviewer", metavar="NAME", required=True, help="who reviewed it, and did not write it")  # fmt: skip
        parser.add_argument("--comment", default="", help="what the reviewer says")
        parser.add_argument("--evidence-checked", action="store_true", help="the reviewer checked every statement about health against its sources")  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        """Approve.

        Raises:
            CommandError: with exit code 2 when nobody may approve it so, 3 when something speaks against it.
        """
        page = health_page(options["page"])
        try:
            review_give(
                page,
                reviewer=user_named(options["reviewer"]),
                comment=options["comment"],
                is_evidence_checked=options["evidence_checked"],
            )
        except PublishBlocked as error:
            message = "; ".join(error.reasons)
            raise CommandError(message, returncode=EXIT_NOT_LIVE) from error
        except (ReviewRefused, PermissionDenied) as error:
            message = str(error) or "This user is not asked for the review."
            raise CommandError(message, returncode=EXIT_REFUSED) from error
        page.refresh_from_db()
        self.stdout.write("live" if page.live else "approved; further steps follow")
