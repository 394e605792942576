"""What a client with a token may do through the content API."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryScope(models.Model):
    """The rights of one of Wagtail's API tokens: one row a token, and a token without a row has none.

    The token is named by its id, without a foreign key: Wagtail 7.4 has no table of tokens, and the same migrations
    load there. A receiver deletes the row with its token.
    """

    token_id = models.PositiveBigIntegerField(_("API token"), unique=True)
    # No choices: a new scope must not need a migration. `scopes.SCOPES` is the set.
    scopes = models.JSONField(_("scopes"), default=list, blank=True)
    # Said in so many words: the last of the chosen sites may be deleted, and that must not open the others.
    has_all_sites = models.BooleanField(
        _("all sites"),
        default=False,
        help_text=_("Also those that are added later."),
    )
    sites: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "wagtailcore.Site",
        verbose_name=_("sites"),
        related_name="+",
        blank=True,
        help_text=_("Without “all sites”, the token works for these only."),
    )
    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("From then on the token is refused. Empty: it does not expire."),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ()
        permissions = (("manage_api_tokens", _("Can manage API tokens")),)

    def __str__(self) -> str:
        return f"{self.token_id}: {' '.join(self.scopes)}"
