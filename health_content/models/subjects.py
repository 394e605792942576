"""Conditions and treatments that pages are about, and what may be said about one for the other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.models import RevisionMixin, TranslatableMixin

from ..identifiers import parse_icd10, parse_icd11, parse_mesh, parse_snomed
from .library import TranslatableSnippet, key_constraint, lines_of

SYNONYMS_HELP = _(
    "One on each line: other names, brand names, abbreviations. The claim checker knows the subject by all of them."
)
CODE_PARSERS = {
    "snomed": (
        parse_snomed,
        _(
            "A SNOMED CT concept has 6 to 18 digits. Check them: the last is a check digit."
        ),
    ),
    "icd10": (parse_icd10, _("An ICD-10 code looks like M54.5.")),
    "icd11": (parse_icd11, _("An ICD-11 code looks like ME84.2.")),
    "mesh": (parse_mesh, _("A MeSH identifier looks like D017116.")),
}


class ProcedureType(models.TextChoices):
    """How far a treatment goes into the body: schema.org's `MedicalProcedureType`."""

    NONINVASIVE = "noninvasive", _("Nothing goes through the skin")
    PERCUTANEOUS = "percutaneous", _("Through the skin, as by a needle")


class MedicineSystem(models.TextChoices):
    """The tradition a treatment belongs to: schema.org's enumeration `MedicineSystem`."""

    AYURVEDIC = "Ayurvedic", _("Ayurveda")
    CHIROPRACTIC = "Chiropractic", _("Chiropractic")
    HOMEOPATHIC = "Homeopathic", _("Homeopathy")
    OSTEOPATHIC = "Osteopathic", _("Osteopathy")
    TRADITIONAL_CHINESE = "TraditionalChinese", _("Traditional Chinese medicine")
    WESTERN_CONVENTIONAL = "WesternConventional", _("Conventional medicine")


class Jurisdiction(models.TextChoices):
    """Where a rule or a guideline holds."""

    INTERNATIONAL = "international", _("International")
    UK = "uk", _("United Kingdom")
    IRELAND = "ie", _("Ireland")
    EU = "eu", _("European Union")
    US = "us", _("United States")
    AUSTRALIA = "au", _("Australia")


class Stance(models.TextChoices):
    """What a regulator or a guideline says to a claim."""

    PERMITTED = "permitted", _("A regulator accepts this wording")
    NOT_PERMITTED = "not_permitted", _("A regulator does not accept it")
    GUIDELINE_FOR = "guideline_for", _("A guideline recommends the treatment")
    GUIDELINE_AGAINST = "guideline_against", _("A guideline advises against it")


class Condition(TranslatableSnippet):
    """A disease, a symptom or a state of health, in one language."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The plain name, as readers say it.")
    )
    synonyms = models.TextField(
        _("other names"), max_length=2_000, blank=True, help_text=SYNONYMS_HELP
    )
    body_location = models.CharField(
        _("part of the body"),
        max_length=120,
        blank=True,
        help_text=_("For example “lower back”."),
    )
    snomed = models.CharField(_("SNOMED CT"), max_length=18, blank=True)
    icd10 = models.CharField(_("ICD-10"), max_length=10, blank=True)
    icd11 = models.CharField(_("ICD-11"), max_length=10, blank=True)
    mesh = models.CharField(_("MeSH"), max_length=60, blank=True)
    supervision_required = models.BooleanField(
        _("needs a qualified professional"),
        default=False,
        help_text=_(
            "People with it must see a doctor or another qualified professional. Claims to treat it are held to a stricter "
            "rule: the United Kingdom's advertising code, rule 12.2, forbids them without such supervision."
        ),
    )
    is_crisis = models.BooleanField(
        _("may be a matter of life and death"),
        default=False,
        help_text=_(
            "Suicide, self-harm, overdose, an eating disorder: pages about it need a helpline."
        ),
    )

    preview_template = "health_content/previews/condition.html"
    search_fields = (
        index.SearchField("name", boost=2),
        index.SearchField("synonyms"),
        index.AutocompleteField("name"),
        index.FilterField("supervision_required"),
        index.FilterField("is_crisis"),
        index.FilterField("live"),
        index.FilterField("locale"),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ("name", "pk")
        constraints = (key_constraint("health_condition_key"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a taken key and codes that are none.

        Raises:
            ValidationError: beside the field.
        """
        super().clean()
        self.clean_identifiers(CODE_PARSERS)

    @property
    def synonym_list(self) -> list[str]:
        """Return the other names."""
        return lines_of(self.synonyms)


class Treatment(TranslatableSnippet):
    """Something done for a condition, in one language."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The plain name, as readers say it.")
    )
    synonyms = models.TextField(
        _("other names"), max_length=2_000, blank=True, help_text=SYNONYMS_HELP
    )
    procedure_type = models.CharField(
        _("how it is done"),
        max_length=20,
        choices=ProcedureType.choices,
        blank=True,
        help_text=_(
            "Needles go through the skin: a page must not call such a treatment non-invasive."
        ),
    )
    medicine_system = models.CharField(
        _("tradition"), max_length=30, choices=MedicineSystem.choices, blank=True
    )
    is_complementary = models.BooleanField(
        _("complementary or alternative"),
        default=False,
        help_text=_("Used beside, or instead of, conventional medicine."),
    )
    licensed_title = models.CharField(
        _("protected title"),
        max_length=200,
        blank=True,
        help_text=_(
            "What those who give it are called by law where this language is read, if the title is protected."
        ),
    )
    contraindications = models.TextField(
        _("who should not have it"),
        max_length=2_000,
        blank=True,
        help_text=_("One on each line."),
    )
    harms = models.TextField(
        _("known harms"),
        max_length=2_000,
        blank=True,
        help_text=_(
            "One on each line. A page that names benefits has to name these, too."
        ),
    )
    regulator_notes = models.TextField(
        _("notes on rules"),
        max_length=4_000,
        blank=True,
        help_text=_("For editors: what regulators say about it. Not shown to readers."),
    )

    preview_template = "health_content/previews/treatment.html"
    search_fields = (
        index.SearchField("name", boost=2),
        index.SearchField("synonyms"),
        index.AutocompleteField("name"),
        index.FilterField("is_complementary"),
        index.FilterField("live"),
        index.FilterField("locale"),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("treatment")
        verbose_name_plural = _("treatments")
        ordering = ("name", "pk")
        constraints = (key_constraint("health_treatment_key"),)

    def __str__(self) -> str:
        return self.name

    @property
    def synonym_list(self) -> list[str]:
        """Return the other names."""
        return lines_of(self.synonyms)


class PermittedClaim(RevisionMixin, index.Indexed, models.Model):
    """What may be said, somewhere, about a treatment for a condition. For editors and the claim checker; never delivered.

    It holds for every translation of its treatment and condition; its wording is that of its source.
    """

    treatment = models.ForeignKey(
        Treatment,
        verbose_name=_("treatment"),
        on_delete=models.PROTECT,
        related_name="claims",
    )
    condition = models.ForeignKey(
        Condition,
        verbose_name=_("condition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("Leave it empty when the rule is about the treatment alone."),
    )
    jurisdiction = models.CharField(
        _("where it holds"), max_length=20, choices=Jurisdiction.choices
    )
    stance = models.CharField(_("what is said"), max_length=20, choices=Stance.choices)
    wording = models.CharField(
        _("wording"),
        max_length=300,
        help_text=_(
            "The claim, as the source has it: “short-term relief of migraine headache”."
        ),
    )
    qualifier = models.CharField(
        _("only if"),
        max_length=300,
        blank=True,
        help_text=_("What must be said with it, or whom it is about."),
    )
    source_title = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("address of the source"), max_length=500)
    checked_at = models.DateField(
        _("checked on"),
        help_text=_("The day on which somebody last read it there."),
    )
    starter_key = models.CharField(max_length=80, blank=True, editable=False)

    search_fields = (
        index.SearchField("wording"),
        index.SearchField("source_title"),
        index.FilterField("jurisdiction"),
        index.FilterField("stance"),
    )

    class Meta:
        verbose_name = _("permitted claim")
        verbose_name_plural = _("permitted claims")
        ordering = ("treatment", "condition", "jurisdiction", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("starter_key",),
                condition=~models.Q(starter_key=""),
                name="health_claim_starter",
            ),
        )

    def __str__(self) -> str:
        return self.wording

    def clean(self) -> None:
        """Refuse a treatment and a condition in different languages: the table would be read as two.

        Raises:
            ValidationError: beside the condition.
        """
        super().clean()
        if not self.treatment_id or self.condition is None:
            return
        if self.condition.locale_id != self.treatment.locale_id:
            message = _("Choose a condition in the language of the treatment.")
            raise ValidationError({"condition": message}, code="locale")
