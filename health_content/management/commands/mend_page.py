"""`mend_page`: a draft that the gate refuses is mended by a plan, recorded, and sent to its medical review."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from ...abstract import HealthPageMixin
from ...compat import page_model
from ...errors import MendingRefused, WordingRefused
from ...gate_messages import reason_text
from ...mending_plan import MendingPlan, PlanFault, read_plan
from ...services.mending import page_mend, page_offers, page_submit

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from ...services.mending import Mending

STDIN = "-"
EXIT_REFUSED = 2
"""The page, the user or the plan cannot be used; nothing was written."""

EXIT_STILL_BLOCKED = 3
"""The draft was mended, and more than a medical review keeps it from going live."""


class Command(BaseCommand):
    """Prints what is offered for a page's claims, or carries a plan out."""

    help = "Mend the claims of a page's draft by a plan: permitted or own words, attributions, references, removals."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("page", type=int, help="the id of the page")
        parser.add_argument("--offers", action="store_true", help="write nothing; print a plan with what is offered")  # fmt: skip
        parser.add_argument("--plan", metavar="FILE", help="a plan in JSON; - reads standard input")  # fmt: skip
        parser.add_argument("--user", metavar="NAME", help="who mends it: an editor of the page, who cannot review it then")  # fmt: skip
        parser.add_argument("--rest", action="store_true", help="exchange what still blocks for what is offered, or take it out")  # fmt: skip
        parser.add_argument("--disclaimers", action="store_true", help="publish the disclaimers that the import made for the page")  # fmt: skip
        parser.add_argument("--submit", action="store_true", help="ask for the medical review, where nothing else is missing")  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the offers, or mend the page and say what is left.

        Raises:
            CommandError: with exit code 2 when nothing was written, 3 when the draft is not yet fit for its review.
        """
        page = health_page(options["page"])
        if options["offers"]:
            self.stdout.write(json.dumps(offers(page), ensure_ascii=False, indent=2))
            return
        actor = user_named(options["user"])
        try:
            mending = page_mend(
                page,
                plan_of(options["plan"]),
                actor=actor,
                is_rest_mended=options["rest"],
                has_disclaimers=options["disclaimers"],
            )
        except (MendingRefused, WordingRefused, PlanFault, OSError) as error:
            raise CommandError(str(error), returncode=EXIT_REFUSED) from error
        except PermissionDenied as error:
            message = f"{actor} may not edit the page, or not publish its disclaimers."
            raise CommandError(message, returncode=EXIT_REFUSED) from error
        self.stdout.write("\n".join(report(mending)))
        if not mending.waits_only_for_review:
            message = "the draft was mended, and cannot be reviewed as it is"
            raise CommandError(message, returncode=EXIT_STILL_BLOCKED)
        if options["submit"]:
            self._submit(mending, actor)

    def _submit(self, mending: Mending, actor: Any) -> None:
        try:
            page_submit(mending.page, actor=actor)
        except (MendingRefused, PermissionDenied) as error:
            message = f"the draft was mended, and not submitted. {error}".strip()
            raise CommandError(message, returncode=EXIT_STILL_BLOCKED) from error
        self.stdout.write("submitted for review")


def health_page(page_id: int) -> Any:
    """Return the newest draft of the health page.

    Raises:
        CommandError: there is none.
    """
    page = page_model().objects.filter(pk=page_id).first()
    draft = page.get_latest_revision_as_object() if page else None
    if not isinstance(draft, HealthPageMixin):
        message = f"{page_id} is not the id of a health page."
        raise CommandError(message, returncode=EXIT_REFUSED)
    return draft


def user_named(name: str | None) -> Any:
    """Return the active user who signs in with *name*.

    Raises:
        CommandError: there is none.
    """
    users = get_user_model()
    found = users.objects.filter(**{users.USERNAME_FIELD: name or ""}, is_active=True)
    user = found.first()
    if user is None:
        message = f"There is no active user “{name}”." if name else "Say with --user who mends it."  # fmt: skip
        raise CommandError(message, returncode=EXIT_REFUSED)
    return user


def plan_of(file: str | None) -> MendingPlan:
    """Return the plan in *file*, an empty one without a file.

    Raises:
        PlanFault: it holds none.
        OSError: it cannot be read.
    """
    if file is None:
        return MendingPlan()
    return read_plan(sys.stdin.read() if file == STDIN else Path(file).read_bytes())


def offers(page: Any) -> dict[str, Any]:
    """Return a plan for *page* that an editor completes: each claim with what becomes of it, and why in its note."""
    return {
        "treatments": [],
        "conditions": [],
        "references": [],
        "mends": [
            {"sentence": offer.sentence, "use": str(offer.use), "note": offer.message}
            for offer in page_offers(page)
        ],
    }


def report(mending: Mending) -> list[str]:
    """Return lines for a person: what was said and stands there now, and what still blocks."""
    lines: list[str] = []
    for each in mending.mended:
        lines += [f"- {each.sentence}", f"+ {each.text}" if each.text else "  (taken out)"]  # fmt: skip
    lines.append(f"{len(mending.mended)} mended, {len(mending.left)} blocking")
    lines += [f"{o.check}: {reason_text(o.reason)}" for o in mending.left]
    return lines
