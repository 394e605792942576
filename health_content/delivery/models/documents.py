"""The read model: documents as the bytes that requests get."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...compat import page_model_name

SHA_LENGTH = 44  # Base64 characters of SHA-256.


class Form(StrEnum):
    """What the bytes are a representation of."""

    DOCUMENT = "document"
    RESOLVE = "resolve"
    MARKDOWN = "markdown"


class PublishedDocument(models.Model):
    """A page that the public may see: one row a page, written by `services.document_rebuild` only.

    No row, no page: whatever the page's own row says. Lists join the `card`s; a document's bytes are `DocumentBytes`.
    """

    page: models.OneToOneField[Any, Any] = models.OneToOneField(
        page_model_name(),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="published_document",
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    locale = models.CharField(_("language"), max_length=100)
    type = models.CharField(_("type"), max_length=40)
    title = models.CharField(_("title"), max_length=255)
    slug = models.CharField(_("slug"), max_length=255)
    path = models.TextField(_("path"))
    path_key = models.CharField(_("hash of the path"), max_length=32)
    translation_key = models.UUIDField(_("translation key"), db_index=True)
    audience = models.CharField(_("audience"), max_length=20)
    review_status = models.CharField(_("medical review"), max_length=20, default="none")
    last_reviewed_at = models.DateTimeField(_("last reviewed"), null=True, blank=True)
    next_review_at = models.DateTimeField(_("next review"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"))
    first_published_at = models.DateTimeField(_("first published at"))
    last_published_at = models.DateTimeField(_("last published at"))
    updated_at = models.DateTimeField(_("bytes changed at"))
    # Seconds since 1970, as the read path compares it without parsing: the next time the answer changes by itself.
    next_transition = models.BigIntegerField(
        _("next transition"), null=True, blank=True, db_index=True
    )
    # The rest are headers and bytes, ready to send.
    last_modified = models.CharField("Last-Modified", max_length=29)
    link = models.TextField("Link")
    tags = models.TextField("Cache-Tag")
    card = models.BinaryField(_("card"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("published document")
        verbose_name_plural = _("published documents")
        default_permissions = ()
        indexes = (
            models.Index(fields=("site", "path_key"), name="health_document_path"),
            models.Index(
                fields=("last_published_at", "page"), name="health_document_last"
            ),
            models.Index(
                fields=("type", "last_published_at", "page"),
                name="health_document_type",
            ),
            models.Index(
                fields=("locale", "last_published_at", "page"),
                name="health_document_locale",
            ),
            models.Index(fields=("slug",), name="health_document_slug"),
            models.Index(fields=("updated_at", "page"), name="health_document_updated"),
            models.Index(fields=("title", "page"), name="health_document_title"),
            models.Index(
                fields=("first_published_at", "page"), name="health_document_first"
            ),
            models.Index(
                fields=("last_reviewed_at", "page"), name="health_document_reviewed"
            ),
            models.Index(
                fields=("next_review_at", "page"), name="health_document_review"
            ),
            models.Index(
                fields=("review_status", "last_published_at", "page"),
                name="health_document_status",
            ),
        )

    def __str__(self) -> str:
        return self.path


class DocumentBytes(models.Model):
    """One representation of a document in one content coding."""

    document = models.ForeignKey(
        PublishedDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="representations",
    )
    # No choices: a new form must not need a migration.
    form = models.CharField(_("form"), max_length=20)
    coding = models.CharField(_("content coding"), max_length=10)
    sha = models.CharField(_("SHA-256 in base64"), max_length=SHA_LENGTH)
    content = models.BinaryField(_("content"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("representation of a document")
        verbose_name_plural = _("representations of documents")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("document", "form", "coding"), name="health_document_bytes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.form} {self.coding}"


class FaqEntry(models.Model):
    """A question of a document and its answer: what `faqs/entries/` lists and searches."""

    document = models.ForeignKey(
        PublishedDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="faq_entries",
    )
    position = models.PositiveIntegerField(_("position"))
    text = models.TextField(_("words to search, case folded"))
    content = models.BinaryField(_("content"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question of a document")
        verbose_name_plural = _("questions of documents")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("document", "position"), name="health_faq_entry"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id}: {self.position}"


class DocumentFacet(models.Model):
    """What a document may be found by: a topic it is about or one above that, an aspect that a section deals with."""

    document = models.ForeignKey(
        PublishedDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="facets",
    )
    # No choices: a new kind must not need a migration. `facets.FacetKind` has them.
    kind = models.CharField(_("kind"), max_length=20)
    value = models.CharField(_("value"), max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("facet of a document")
        verbose_name_plural = _("facets of documents")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("document", "kind", "value"), name="health_document_facet"
            ),
        )
        indexes = (
            models.Index(
                fields=("kind", "value", "document"), name="health_facet_value"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class DocumentTag(models.Model):
    """What a document is made of, as a tag (`page-3`, `image-7`): when that changes, the document is rebuilt.

    The same words are the response's cache tags, so a shared cache can drop exactly what depends on something.
    """

    document = models.ForeignKey(
        PublishedDocument,
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="dependencies",
    )
    tag = models.CharField(_("tag"), max_length=64, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("dependency of a document")
        verbose_name_plural = _("dependencies of documents")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("document", "tag"), name="health_document_tag"
            ),
        )

    def __str__(self) -> str:
        return self.tag
