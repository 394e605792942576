"""Make an API token with rights on the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from ....compat import api_token_model
from ....selectors.addresses import site_label
from ...scopes import Scope
from ...tokens import Rights, TokensUnavailableError, token_create

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from django.contrib.auth.models import AbstractBaseUser

MAX_DAYS = 3_650


class Command(BaseCommand):
    """Print the token and nothing else: it is nowhere else."""

    help = _("Makes an API token with scopes, sites and an expiry, and prints it once.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--user", required=True, help=_("Who answers for it."))
        parser.add_argument("--name", required=True, help=_("What it is for."))
        parser.add_argument(
            "--scope",
            action="append",
            choices=[scope.value for scope in Scope],
            default=[],
            help=_("What it may do; may be given several times."),
        )
        sites = parser.add_mutually_exclusive_group()
        sites.add_argument(
            "--site",
            action="append",
            default=[],
            help=_("Host name of a site it works for, with the port when it is not 80 or 443; may be given several times."),
        )  # fmt: skip
        sites.add_argument(
            "--all-sites",
            action="store_true",
            help=_("It works for all sites, also for those to come."),
        )
        parser.add_argument(
            "--days", type=int, help=_("When it expires; without this, never.")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the token.

        Raises:
            CommandError: there is no such user or site, or Wagtail has no tokens.
        """
        rights = Rights(
            scopes=[Scope(word) for word in options["scope"]],
            sites=[_site(label) for label in options["site"]],
            has_all_sites=options["all_sites"],
            expires_at=_expiry(options["days"]),
        )
        owner = _user(options["user"])
        try:
            row, text = token_create(owner, name=options["name"], rights=rights)
        except TokensUnavailableError as error:
            raise CommandError(_("API tokens need Wagtail 8.0.")) from error
        model: Any = api_token_model()
        log(
            instance=model.objects.get(pk=row.token_id),
            action="wagtail.apitoken.create",
            data={"source": "management_command"},
        )
        self.stdout.write(text)


def _user(name: str) -> AbstractBaseUser:
    model = get_user_model()
    found = model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()  # noqa: SLF001 - Django's documented name
    if found is None:
        raise CommandError(_("There is no user “%s”.") % name)
    return found


def _site(label: str) -> Site:
    for site in Site.objects.order_by("pk"):
        if site_label(site) == label:
            return site
    raise CommandError(_("There is no site “%s”.") % label)


def _expiry(days: int | None) -> Any:
    if days is None:
        return None
    if not 1 <= days <= MAX_DAYS:
        raise CommandError(_("Days are 1 to %d.") % MAX_DAYS)
    return timezone.now() + timedelta(days=days)
