"""What is searched: the texts of each published document, and the words that any of them has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from ..search.passages import Passage, decode_passages
from ..search.words import WORD_MAX_LENGTH, text_terms
from .documents import PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Iterable


class SearchEntry(index.Indexed, models.Model):
    """The texts of a published document, as Wagtail's search indexes them. Written by `search.index` only.

    Pages have an entry in Wagtail's search of their own, for the admin; it follows their rows, drafts included, and
    nothing here reads it.
    """

    document: models.OneToOneField[PublishedDocument, PublishedDocument] = (
        models.OneToOneField(
            PublishedDocument,
            verbose_name=_("document"),
            on_delete=models.CASCADE,
            primary_key=True,
            related_name="search_entry",
        )
    )
    locale = models.CharField(_("language"), max_length=100)
    type = models.CharField(_("type"), max_length=40)
    passages = models.BinaryField(_("texts"))
    # What the texts were made of; and what of that the index has, which differs while the index is behind.
    made_of = models.CharField(_("made of"), max_length=64)
    indexed_as = models.CharField(_("indexed as"), max_length=64, default="")

    wagtail_reference_index_ignore = True
    # Saved in bulk, which sends no signals.
    search_auto_update = False
    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("text"),
        index.FilterField("locale"),
        index.FilterField("type"),
    ]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.document_id}"

    @cached_property
    def texts(self) -> list[Passage]:
        """Return the passages."""
        return decode_passages(bytes(self.passages))

    # The index asks for each thrice.
    @cached_property
    def title(self) -> str:
        """Return the terms of the title, for the index."""
        return self._terms(p.text for p in self.texts if p.field == "title")

    @cached_property
    def text(self) -> str:
        """Return the terms of all texts, those of the title too, for the index."""
        return self._terms(p.text for p in self.texts)

    def _terms(self, texts: Iterable[str]) -> str:
        return " ".join(
            term for text in texts for term in text_terms(text, self.locale)
        )


class SearchWord(models.Model):
    """A word that some published document has, or had: what a mistyped word may stand for."""

    word = models.CharField(_("word"), max_length=WORD_MAX_LENGTH, primary_key=True)
    length = models.PositiveSmallIntegerField(_("length"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")
        default_permissions = ()
        indexes = (models.Index(fields=("length", "word"), name="health_search_word"),)

    def __str__(self) -> str:
        return self.word
