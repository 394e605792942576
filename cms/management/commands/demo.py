"""Fill the host's database with the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.demo.build import demo_build, demo_summary

if TYPE_CHECKING:
    from argparse import ArgumentParser

REFUSAL = (
    "The demonstration creates users whose passwords are public, so it runs only with DEBUG on. "
    "Use --force on a throw-away installation."
)


class Command(BaseCommand):
    """Load articles, users and replies of fictional people; a second run changes nothing."""

    help = "Load the demonstration: articles, disclaimers, fictional users, replies in every state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--setup",
            action="store_true",
            help="Migrate first if needed, and print one line only.",
        )
        parser.add_argument(
            "--summary",
            action="store_true",
            help="Load nothing: print addresses and logins.",
        )
        parser.add_argument(
            "--port",
            type=int,
            help="The port that the site is served on, for the addresses in documents and in the summary.",
        )
        parser.add_argument(
            "--force", action="store_true", help="Run although DEBUG is off."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run.

        Raises:
            CommandError: DEBUG is off and --force was not given.
        """
        if not settings.DEBUG and not options["force"]:
            raise CommandError(REFUSAL)
        if options["setup"]:
            _migrate()
        if not options["summary"]:
            added = demo_build()
            self.stdout.write(
                f"Demo content: {added} pages and replies added."
                if added
                else "Demo content: everything is there."
            )
        if not options["setup"]:
            self.stdout.write("\n".join(demo_summary(port=options["port"])))


def _migrate() -> None:
    """Migrate, if there is anything to migrate: asking is quick, an empty run is not."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
