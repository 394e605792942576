"""How far each chain of records goes, kept apart from the records: what is cut off at the end leaves no gap behind."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import DIGEST_LENGTH


class ChainHead(models.Model):
    """The newest row of a chain, written in the transaction that appends it."""

    chain = models.CharField(_("chain"), max_length=60, unique=True)
    label = models.CharField(_("what it is of"), max_length=150)
    count = models.PositiveIntegerField(_("number of records"))
    hash = models.CharField(_("hash of the newest"), max_length=DIGEST_LENGTH)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("head of a chain")
        verbose_name_plural = _("heads of chains")
        ordering = ("chain",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.label}: {self.count}"
