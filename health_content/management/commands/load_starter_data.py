"""Add the starter data to the library."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from ...services.starter import starter_load


class Command(BaseCommand):
    """Add conditions, treatments and what regulators and guidelines say of them; nothing that is there is changed."""

    help = "Add the starter data on acupuncture to the library: conditions, a treatment, and sourced claims."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run."""
        added = starter_load()
        self.stdout.write(
            f"Starter data: {added} entries added."
            if added
            else "Starter data: everything is there."
        )
