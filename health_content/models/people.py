"""People who write, check and review: who they are, what they are qualified for, and what they declare."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, TranslatableMixin

from ..credentials import ConflictFacts, CredentialFacts
from ..identifiers import parse_orcid
from .library import TranslatableSnippet, key_constraint, lines_of

ORCID_FAULT = _(
    "An ORCID iD has 16 digits in groups of four, such as 0000-0002-1825-0097. Check the digits."
)


class PersonProfile(TranslatableSnippet, ClusterableModel):  # type: ignore[django-manager-missing]
    """A person whom pages name. What is private (account, who verified, most numbers) is in no document."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As readers see it, with a title if the person uses one."),
    )
    job_title = models.CharField(
        _("job title"),
        max_length=120,
        blank=True,
        help_text=_("For example “General practitioner”."),
    )
    photo: models.ForeignKey[Any, Any] = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bio = models.TextField(
        _("about the person"),
        max_length=2_000,
        blank=True,
        help_text=_("A few sentences for readers: what this person knows, and how."),
    )
    specialties = models.TextField(
        _("specialties"),
        max_length=1_000,
        blank=True,
        help_text=_(
            "One on each line. Reviewers are expected to know the subject of the page."
        ),
    )
    orcid = models.CharField(
        _("ORCID iD"),
        max_length=60,
        blank=True,
        help_text=_("Such as 0000-0002-1825-0097. Its address works too."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Their account here, if they have one, so that nobody reviews what they wrote. Never shown to readers."
        ),
    )
    is_active = models.BooleanField(
        _("works with us"),
        default=True,
        help_text=_(
            "Without it the person stays on the pages that name them, and reviews nothing more."
        ),
    )

    preview_template = "health_content/previews/person.html"
    search_fields = (
        index.SearchField("name", boost=2),
        index.SearchField("job_title"),
        index.SearchField("specialties"),
        index.AutocompleteField("name"),
        index.FilterField("is_active"),
        index.FilterField("live"),
        index.FilterField("locale"),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name", "pk")
        constraints = (key_constraint("health_person_key"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a taken key and a mistyped ORCID iD.

        Raises:
            ValidationError: beside the field.
        """
        super().clean()
        self.clean_identifiers({"orcid": (parse_orcid, ORCID_FAULT)})

    @property
    def specialty_list(self) -> list[str]:
        """Return the specialties, one each."""
        return lines_of(self.specialties)


class Credential(Orderable):
    """A degree, a license or a registration of a person."""

    person = ParentalKey(
        PersonProfile, on_delete=models.CASCADE, related_name="credentials"
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_(
            "For example “MBBS”, “Registered nurse” or “Licensed acupuncturist”."
        ),
    )
    awarding_body = models.CharField(
        _("awarded by"),
        max_length=200,
        blank=True,
        help_text=_("The university or body that awarded it."),
    )
    registration_body = models.CharField(
        _("register"),
        max_length=120,
        blank=True,
        help_text=_(
            "The register it can be looked up in, for example GMC, NMC or AHPRA."
        ),
    )
    registration_number = models.CharField(
        _("registration number"),
        max_length=60,
        blank=True,
        help_text=_("Kept for editors, unless the next box is ticked."),
    )
    is_number_public = models.BooleanField(
        _("show the number to readers"),
        default=False,
        help_text=_("Ask the person first."),
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Leave it empty when it does not expire."),
    )
    verified_at = models.DateField(
        _("looked up on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which you found it in the register. Without it, it counts as not verified."
        ),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked up by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> CredentialFacts:
        """Return what decides whether it is valid on a day."""
        return CredentialFacts(
            valid_until=self.valid_until, verified_at=self.verified_at
        )


class ConflictDeclaration(Orderable):
    """An interest that a person declares, and since when until when."""

    person = ParentalKey(
        PersonProfile, on_delete=models.CASCADE, related_name="conflicts"
    )
    text = models.TextField(
        _("what is declared"),
        max_length=1_000,
        help_text=_(
            "For example “Paid for lectures by a maker of needles”. Readers of the pages that name the person see it."
        ),
    )
    parties = models.TextField(
        _("whom or what it concerns"),
        max_length=1_000,
        blank=True,
        help_text=_(
            "One on each line: organizations, products, treatments. Nobody reviews a page that shares one of them."
        ),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Leave it empty while it lasts."),
    )

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        """Refuse an end before the beginning.

        Raises:
            ValidationError: beside the end.
        """
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {"ends_on": _("The end is before the beginning.")}, code="order"
            )

    @property
    def party_list(self) -> list[str]:
        """Return whom or what it concerns, one each."""
        return lines_of(self.parties)

    @property
    def facts(self) -> ConflictFacts:
        """Return what decides whether it is one on a day."""
        return ConflictFacts(starts_on=self.starts_on, ends_on=self.ends_on)
