"""`withdraw`: recall a page from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...abstract import HealthPageMixin
from ...actors import System
from ...compat import page_model
from ...errors import WithdrawalRefused
from ...models import Severity
from ...selectors.withdrawals import withdrawal_of_page
from ...services.withdrawals import page_withdraw, withdrawal_lift

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from wagtail.models import AbstractPage

EXIT_REFUSED = 2


class Command(BaseCommand):
    """Takes a page from the public at once, or lets it back."""

    help = "Withdraws a page: unpublished, answered with 410, and not published again until the withdrawal is lifted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument("page", type=int, metavar="PAGE_ID", help="Id of the page.")
        parser.add_argument(
            "--reason", default="", help="What readers and partners are told."
        )
        parser.add_argument(
            "--severity",
            choices=Severity.values,
            default=Severity.HIGH.value,
            help="How much harm it may do.",
        )
        parser.add_argument(
            "--replacement",
            type=int,
            metavar="PAGE_ID",
            help="The page to read instead.",
        )
        parser.add_argument(
            "--lift",
            action="store_true",
            help="Let the withdrawn page be published again.",
        )

    def handle(self, *_args: str, **options: Any) -> None:
        """Withdraw or lift, and say so.

        Raises:
            CommandError: with exit code 2; nothing was changed.
        """
        try:
            if options["lift"]:
                self._lift(options["page"])
            else:
                self._withdraw(options)
        except WithdrawalRefused as error:
            raise CommandError(str(error), returncode=EXIT_REFUSED) from error

    def _withdraw(self, options: dict[str, Any]) -> None:
        replacement = options["replacement"]
        page = _page(options["page"])
        if not isinstance(page, HealthPageMixin):
            raise WithdrawalRefused(_("Page %d is no health page.") % page.pk)
        withdrawal = page_withdraw(
            page,
            actor=System("withdraw"),
            reason=options["reason"],
            severity=options["severity"],
            replacement=None if replacement is None else _page(replacement),
        )
        self.stdout.write(
            _("Withdrawn: “%(title)s” (%(path)s).")
            % {"title": withdrawal.title, "path": withdrawal.path or "-"}
        )

    def _lift(self, page_id: int) -> None:
        withdrawal = withdrawal_of_page(page_id)
        if withdrawal is None:
            raise WithdrawalRefused(_("Page %d is not withdrawn.") % page_id)
        withdrawal_lift(withdrawal, actor=System("withdraw"))
        self.stdout.write(
            _("“%s” may be published again; it is a draft until then.")
            % withdrawal.title
        )


def _page(page_id: int) -> AbstractPage:
    page = page_model().objects.filter(pk=page_id).first()
    if page is None:
        raise WithdrawalRefused(_("There is no page %d.") % page_id)
    return page.specific
