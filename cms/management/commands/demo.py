"""Fill the host's database with the demonstration."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.demo.build import demo_build, demo_summary
from cms.demo.tree import HOST

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
            CommandError: DEBUG is off and --force was not given, or the port is taken.
        """
        if not settings.DEBUG and not options["force"]:
            raise CommandError(REFUSAL)
        if options["port"] is not None:
            _port_check(options["port"])
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


def _port_check(port: int) -> None:
    """Say before the addresses are printed that nothing can be served there.

    Raises:
        CommandError: the port is taken, or is none.
    """
    with socket.socket() as server:
        # As the development server does: a port that was served a moment ago is free.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} cannot be used ({error}). Choose another: make demo PORT=8001"
            ) from error


def _migrate() -> None:
    """Migrate, if there is anything to migrate: asking is quick, an empty run is not."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
