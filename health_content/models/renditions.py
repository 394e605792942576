"""What stands between an image and its files: work that is waiting, and work that cannot be done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RenditionState(models.TextChoices):
    """Why an image has not every file that is wanted."""

    WANTED = "wanted", _("waiting for its files")
    WHOLE = "whole", _("shown as it is")
    FAILED = "failed", _("cannot be shown")


class RenditionJob(models.Model):
    """An image whose files are being made, or never will be. One whose files are all there has no row.

    `whole` is an image that moves: a smaller copy would stand still, so the original is delivered. Rows are about one
    file: when the image gets another one, they say nothing about it. Saving the image forgets what was settled.
    """

    image_id = models.PositiveBigIntegerField(_("image"), primary_key=True)
    file = models.CharField(_("file"), max_length=255)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RenditionState,
        default=RenditionState.WANTED,
    )
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    # When it was last asked for; who makes the files looks whether that was meanwhile.
    requested_at = models.DateTimeField(_("requested at"))
    queued_at = models.DateTimeField(_("queued at"))
    claimed_at = models.DateTimeField(_("begun at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("image to make files of")
        verbose_name_plural = _("images to make files of")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.image_id}: {self.state}"
