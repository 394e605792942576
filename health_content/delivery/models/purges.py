"""What shared caches are still to be told: rows of an outbox, gone once a cache has heard them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_RESULT = 200


class CachePurge(models.Model):
    """Answers that one cache must drop, by their tags or addresses.

    Written in the transaction that changes the answers; the newest requests of one cache are sent together.
    """

    # No choices: caches are named in the settings.
    purger = models.CharField(_("cache"), max_length=80)
    tags = models.JSONField(_("tags"), default=list)
    urls = models.JSONField(_("addresses"), default=list)
    # A soft purge lets a cache answer with the old bytes while it fetches new ones.
    is_hard = models.BooleanField(_("nothing old may be served"), default=False)
    is_urgent = models.BooleanField(_("goes first"), default=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    # When somebody may send it; while somebody does, when their claim ends.
    due_at = models.DateTimeField(_("due at"), db_index=True)
    claim = models.UUIDField(_("claim"), null=True, blank=True)
    attempt_count = models.PositiveIntegerField(_("attempts"), default=0)
    last_result = models.CharField(_("last result"), max_length=MAX_RESULT, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("purge of a cache")
        verbose_name_plural = _("purges of caches")
        default_permissions = ()
        permissions = (("manage_purges", _("Can manage purges of caches")),)

    def __str__(self) -> str:
        return f"{self.purger}: {len(self.tags)}"
