"""What consumers know of the site's redirects."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicRedirect(models.Model):
    """A redirect as it was told last, while it leads somewhere public. Events follow from what differs."""

    # No foreign key: sites may run without Wagtail's redirects.
    redirect_id = models.PositiveBigIntegerField(_("redirect"), primary_key=True)
    # None: of all sites.
    site_id = models.PositiveBigIntegerField(_("site"), null=True, blank=True)
    path = models.TextField(_("path"))
    status = models.PositiveSmallIntegerField(_("status"))
    location = models.TextField(_("location"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public redirect")
        verbose_name_plural = _("public redirects")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.path}: {self.location}"
