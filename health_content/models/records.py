"""What was public, and when: the record of truth behind every delivered document."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnlyModel

DIGEST_LENGTH = 64  # Hexadecimal digits of SHA-256.
NAME_LENGTH = 200  # Characters; a longer name is cut.


class PublicationReason(models.TextChoices):
    """Why a record was appended."""

    PUBLISH = "publish", _("An editor published the page")
    DEPENDENCY = "dependency", _("Something that the page shows changed")
    REBUILD = "rebuild", _("The document was rebuilt")
    UNPUBLISH = "unpublish", _("The page is no longer public")


class PublicationRecord(AppendOnlyModel):
    """A page's document as published, chained to the page's previous record by hash.

    There is no foreign key to the page: the record outlives it.
    """

    page_id = models.PositiveBigIntegerField(_("page"))
    page_uuid = models.UUIDField(_("translation key of the page"))
    locale = models.CharField(_("language"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(_("digest of the document"), max_length=DIGEST_LENGTH)
    document = models.JSONField(_("document"))
    content_digest = models.CharField(
        _("digest of what the editor wrote"), max_length=DIGEST_LENGTH, blank=True
    )
    gate = models.JSONField(_("outcome of the checks"), default=dict)
    reason = models.CharField(
        _("reason"), max_length=20, choices=PublicationReason.choices
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user_name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    prev_hash = models.CharField(
        _("hash of the previous record"), max_length=DIGEST_LENGTH, blank=True
    )
    hash = models.CharField(_("hash"), max_length=DIGEST_LENGTH)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("publication record")
        verbose_name_plural = _("publication records")
        ordering = ("page_id", "number")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("page_id", "number"), name="health_record_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id}#{self.number}"
