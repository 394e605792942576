"""Where imported pages came from, so that a second import of a file updates its page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..compat import page_model_name
from .records import DIGEST_LENGTH


class ImportSource(models.Model):
    """A file that a page was made from."""

    source_name = models.CharField(_("source"), max_length=255)
    sha256 = models.CharField(
        _("SHA-256 of the bytes"), max_length=DIGEST_LENGTH, db_index=True
    )
    locale = models.CharField(_("language"), max_length=20)
    page = models.ForeignKey(
        page_model_name(),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import source")
        verbose_name_plural = _("import sources")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("source_name", "locale"), name="health_import_source"
            ),
        )

    def __str__(self) -> str:
        return self.source_name
