"""The place under a page where readers reply."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..compat import page_model_name


class ThreadMode(models.TextChoices):
    """What readers may do in a thread; pages name it in their `replies_mode`."""

    OPEN = "open", _("Open: readers read and reply")
    READ_ONLY = "read_only", _("Read only: replies show, new ones are paused")
    CLOSED = "closed", _("Closed: replies show, no new ones")
    HIDDEN = "hidden", _("Hidden: no replies are shown or accepted")


class Thread(models.Model):
    """The replies of one page.

    A row is made when its page is published or gets its first reply, never by a read. `version` grows by one with
    every change that a reader could see, so it is what the entity tags of the reader API are made of.
    """

    page = models.OneToOneField(
        page_model_name(), on_delete=models.CASCADE, related_name="+"
    )
    site = models.ForeignKey(
        "wagtailcore.Site", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    mode = models.CharField(max_length=12, choices=ThreadMode, default=ThreadMode.OPEN)
    policy = models.CharField(max_length=12, blank=True)
    """Name of the policy that overrides the site's; empty for the site's own."""
    closes_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveBigIntegerField(default=1)
    reply_count = models.PositiveIntegerField(default=0)
    """Published replies, at any depth."""
    has_clinicians = models.BooleanField(default=False)
    """A clinician answered here once: what readers see may change with the day."""
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        default_permissions = ()

    def __str__(self) -> str:
        """Name the thread by its page's id, without a query."""
        return f"thread of page {self.page_id}"
