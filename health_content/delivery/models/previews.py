"""Previews: what an editor sees of a page before anybody else does, and who may fetch it for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...compat import page_model_name

HASH_LENGTH = 64  # Hexadecimal digits of SHA-256.


class GrantUse(models.TextChoices):
    """What a one-time code was given for."""

    NONE = "", _("Not used yet")
    TOKEN = "token", _("A token")
    PAGE_PREVIEW = "page_preview", _("The page_preview endpoint")


class PreviewDraft(models.Model):
    """A page as one editor saw it last: what they typed, or the revision they looked at. One row an editor and page.

    Two editors have a draft each, and neither sees the other's.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    # `page-3`, or `new-2-health_pages.articlepage` for one that is not saved yet.
    subject = models.CharField(_("subject"), max_length=200)
    page: models.ForeignKey[Any, Any] = models.ForeignKey(
        page_model_name(),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )
    parent: models.ForeignKey[Any, Any] = models.ForeignKey(
        page_model_name(),
        verbose_name=_("page above"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text=_("Of a page that is not saved yet: whoever may add one here."),
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    model = models.CharField(_("model"), max_length=200)
    path = models.TextField(_("path"))
    locale = models.CharField(_("language"), max_length=100)
    document = models.BinaryField(_("document"))
    source_map = models.BinaryField(_("source map"))
    version = models.PositiveIntegerField(_("version"), default=1)
    # False for an old revision somebody looks at: it stays what it is.
    is_followed = models.BooleanField(_("follows what its editor saves"), default=True)
    updated_at = models.DateTimeField(_("updated at"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("user", "subject"), name="health_preview_once"
            ),
        )

    def __str__(self) -> str:
        return self.subject


class PreviewGrant(models.Model):
    """A one-time code and what it was exchanged for. Without its row, neither is good for anything."""

    draft = models.ForeignKey(
        PreviewDraft,
        verbose_name=_("preview"),
        on_delete=models.CASCADE,
        related_name="grants",
    )
    code_hash = models.CharField(
        _("hash of the code"), max_length=HASH_LENGTH, unique=True
    )
    code_expires_at = models.DateTimeField(_("code expires at"))
    use = models.CharField(
        _("use"), max_length=20, choices=GrantUse, default=GrantUse.NONE, blank=True
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, db_index=True)
    # Changes with the editor's password, like their sessions.
    login_hash = models.CharField(_("hash of the login"), max_length=HASH_LENGTH)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("preview access")
        verbose_name_plural = _("preview accesses")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.draft_id} {self.use}"
