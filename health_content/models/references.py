"""References: the sources of what pages say, kept once and cited by many pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from ..citations import format_ama, format_vancouver
from ..csl import CslFault, csl_clean, csl_faults, date_parts
from .library import LibrarySnippet

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

TITLE_MAX_LENGTH = 500
FAULTS: dict[str, _StrPromise] = {
    "object": _("A reference is one object in CSL-JSON: {…}."),
    "type": _("“%(field)s” is not a type of CSL-JSON, such as article-journal."),
    "required": _("A reference needs “%(field)s”."),
    "text": _("“%(field)s” must be a text of at most 1,000 characters."),
    "names": _("“%(field)s” must be a list of names with “family” or “literal”."),
    "date": _("“%(field)s” must be a date with “date-parts”."),
    "identifier": _("“%(field)s” is not written as such an identifier is."),
}


class ReferenceKind(models.TextChoices):
    """What sort of source it is. The strongest kinds of evidence come first."""

    SYSTEMATIC_REVIEW = "systematic_review", _("Systematic review")
    RCT = "rct", _("Randomized controlled trial")
    GUIDELINE = "guideline", _("Guideline")
    OBSERVATIONAL = "observational", _("Observational study")
    ANIMAL = "animal", _("Study in animals")
    IN_VITRO = "in_vitro", _("Laboratory study (cells, tissue)")
    REGULATOR = "regulator", _("Regulator or law")
    TEXTBOOK = "textbook", _("Textbook or encyclopedia")
    WEBSITE = "website", _("Website")


class Certainty(models.TextChoices):
    """How sure one can be of the effect: the four levels of GRADE."""

    HIGH = "high", _("High: further research is very unlikely to change it")
    MODERATE = "moderate", _("Moderate: the effect is probably close to it")
    LOW = "low", _("Low: the effect may be quite different")
    VERY_LOW = "very_low", _("Very low: little confidence in it")


class Direction(models.TextChoices):
    """What the source says to the claims that it is cited for."""

    SUPPORTS = "supports", _("Supports")
    MIXED = "mixed", _("Mixed")
    AGAINST = "against", _("Speaks against")


class Reference(LibrarySnippet):
    """A source. It has no language: one retraction must reach the pages of every language."""

    csl: models.JSONField[Any, Any] = models.JSONField(_("citation"), default=dict)
    """CSL-JSON as `csl.csl_clean` gives it."""
    kind = models.CharField(
        _("kind of source"), max_length=20, choices=ReferenceKind.choices
    )
    certainty = models.CharField(
        _("certainty (GRADE)"),
        max_length=10,
        choices=Certainty.choices,
        blank=True,
        help_text=_(
            "Only if the source states it, or a trained person graded it. Leave it empty otherwise."
        ),
    )
    direction = models.CharField(
        _("what it says"), max_length=10, choices=Direction.choices, blank=True
    )
    population = models.CharField(
        _("who was studied"),
        max_length=300,
        blank=True,
        help_text=_("For example “2,905 adults with chronic low back pain”."),
    )
    checked_at = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which somebody last read it and looked for a retraction."
        ),
    )
    retracted_at = models.DateField(
        _("retracted on"),
        null=True,
        blank=True,
        help_text=_("Pages that cite it say so at once."),
    )
    superseded_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        "self",
        verbose_name=_("superseded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The newer edition or review that replaces it."),
    )
    archived_url = models.URLField(
        _("archived copy"),
        max_length=500,
        blank=True,
        help_text=_("For a web page that may change: its copy in a web archive."),
    )
    # Copies of what the citation says, for lists, searches and orders; `save` makes them.
    title = models.CharField(_("title"), max_length=TITLE_MAX_LENGTH, editable=False)
    authors = models.TextField(_("authors"), blank=True, editable=False)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, editable=False
    )

    preview_template = "health_content/previews/reference.html"
    search_fields = (
        index.SearchField("title", boost=2),
        index.SearchField("authors"),
        index.AutocompleteField("title"),
        index.AutocompleteField("authors"),
        index.FilterField("kind"),
        index.FilterField("certainty"),
        index.FilterField("retracted_at"),
        index.FilterField("live"),
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with copies of what the citation says."""
        self._copy_citation()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Make the citation what it is kept as; refuse one that is none, and a reference that replaces itself.

        Raises:
            ValidationError: beside the field.
        """
        super().clean()
        faults = csl_faults(self.csl)
        if faults:
            raise ValidationError({"csl": [csl_message(fault) for fault in faults]})
        self.csl = csl_clean(self.csl)
        self._copy_citation()
        if self.pk and self.superseded_by_id == self.pk:
            message = _("A reference cannot be superseded by itself.")
            raise ValidationError({"superseded_by": message}, code="circle")

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        """Return what the preview's template needs: the citation in both styles."""
        context = super().get_preview_context(request, mode_name)
        styles = {"ama": format_ama, "vancouver": format_vancouver}
        return context | {name: style(self.csl) for name, style in styles.items()}

    def _copy_citation(self) -> None:
        csl = self.csl if isinstance(self.csl, dict) else {}
        self.title = str(csl.get("title") or "")[:TITLE_MAX_LENGTH]
        names = [n for n in csl.get("author") or [] if isinstance(n, dict)]
        self.authors = ", ".join(
            str(name.get("literal") or name.get("family") or "") for name in names
        )
        issued = date_parts(csl.get("issued"))
        self.year = issued[0] if issued else None


def csl_message(fault: CslFault) -> ValidationError:
    """Return what is wrong with a citation, in words."""
    return ValidationError(
        FAULTS[fault.code], code=fault.code, params={"field": fault.field}
    )
