"""Disclaimers: their wording, and every wording that was ever published."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from ..actors import acting
from ..blocks import DisclaimerRulesBlock
from ..fields import LeanStreamField
from ..forms import DisclaimerForm
from .append_only import AppendOnlyModel
from .records import DIGEST_LENGTH, NAME_LENGTH

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from wagtail.models import Locale, Revision, WorkflowState

KEY_TAKEN = _("There is a disclaimer with this key in this language.")
WORDING_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class DisclaimerKind(models.TextChoices):
    """What a disclaimer is about."""

    MEDICAL = "medical_information", _("Medical information is not advice")
    EMERGENCY = "not_emergency", _("Not for emergencies")
    HELPLINE = "helpline", _("Where to get help")
    AFFILIATE = "affiliate", _("Affiliate links")
    SPONSORED = "sponsored", _("Sponsored content")
    SUPPLEMENT = "supplement", _("Food supplements")
    REPLIES = "replies", _("Readers' replies")
    AI = "ai", _("Written with the help of artificial intelligence")
    TRANSLATION = "translation", _("Translation")
    OTHER = "other", _("Other")


class Placement(models.TextChoices):
    """Where a disclaimer stands on a page."""

    START = "start", _("Before the text")
    END = "end", _("After the text")


class DisclaimerSnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """A disclaimer of the library. Pages show its live wording only, and never lose it silently."""

    key = models.SlugField(
        _("key"),
        max_length=80,
        help_text=_(
            "Short name for programs, such as “general-medical”. The same in every language."
        ),
    )
    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("Shown above the wording."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=40,
        choices=DisclaimerKind.choices,
        default=DisclaimerKind.MEDICAL,
        help_text=_(
            "What it is about. Other sites and apps use it to decide how to show it."
        ),
    )
    body = RichTextField(
        _("wording"),
        features=WORDING_FEATURES,
        help_text=_("Each published wording is kept, numbered and dated."),
    )
    placement = models.CharField(
        _("where"),
        max_length=10,
        choices=Placement.choices,
        default=Placement.END,
        help_text=_("Where it stands when a page does not say otherwise."),
    )
    applies_to_all = models.BooleanField(
        _("show on every health page of this language"),
        default=False,
        help_text=_("Pages then need not choose it, and cannot leave it out."),
    )
    applies_to = LeanStreamField(
        DisclaimerRulesBlock(),
        blank=True,
        verbose_name=_("show on pages like these"),
        help_text=_(
            "Each page of this language shows it of which one of these is true. Topics and sections may also choose it for "
            "their pages themselves."
        ),
    )

    # Lets a list fetch the states of all its rows at once.
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    base_form_class = DisclaimerForm

    search_fields = (
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.SearchField("key"),
        index.AutocompleteField("title"),
        index.AutocompleteField("key"),
        index.FilterField("kind"),
        index.FilterField("live"),
        index.FilterField("locale"),
    )
    api_fields = tuple(
        APIField(name)
        for name in ("key", "title", "kind", "body", "placement", "applies_to_all", "applies_to")
    )  # fmt: skip

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("disclaimer")
        verbose_name_plural = _("disclaimers")
        ordering = ("title", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("key", "locale"),
                name="health_disclaimer_key",
                violation_error_message=KEY_TAKEN,
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; record a live wording that is new, and refuse to take away one that live pages show.

        Raises:
            DisclaimerInUse: the row was live, is no longer, and live pages show it.
            WordingRefused: it is live, and claims what must not stand.
        """
        # Services import models, so they cannot be imported above.
        from ..services.disclaimers import disclaimer_guard_live, disclaimer_record
        from ..services.words import disclaimer_guard_words

        fields = kwargs.get("update_fields")
        is_content = fields is None or bool({"live", "body", "title"} & set(fields))
        with transaction.atomic():
            if is_content:
                disclaimer_guard_live(self)
                disclaimer_guard_words(self)
            super().save(*args, **kwargs)
            if is_content and self.live:
                disclaimer_record(self)

    def clean(self) -> None:
        """Refuse a key that another disclaimer of this language has; the form has no locale to check it with.

        Raises:
            ValidationError: beside the key.
        """
        super().clean()
        others = type(self).objects.exclude(pk=self.pk)
        if others.filter(key=self.key, locale_id=self.locale_id).exists():
            raise ValidationError({"key": KEY_TAKEN}, code="unique")

    @property
    def approved_schedule(self) -> bool:
        """Return whether a revision is scheduled, from the list's annotation where there is one."""
        annotated: bool | None = getattr(self, "is_scheduled", None)
        return self.scheduled_revision is not None if annotated is None else annotated

    @property
    def workflow_states(self) -> QuerySet[WorkflowState]:
        """Return the states of the workflows that this disclaimer went through."""
        states: QuerySet[WorkflowState] = self._workflow_states.all()
        return states

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish *revision*; one whose time has come and that must not go live is taken off the schedule.

        Raises:
            WordingRefused: somebody (not the schedule) asked.
        """
        from ..services.schedules import snippet_publish

        publish = partial(super().publish, revision, *args, **kwargs)
        is_scheduled = kwargs.get("log_action") == "wagtail.publish.scheduled"
        with acting(args[0] if args else kwargs.get("user")):
            snippet_publish(self, revision, publish, is_scheduled=is_scheduled)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Unpublish; a schedule that would take it from live pages is dropped instead.

        Raises:
            DisclaimerInUse: somebody (not the schedule) asked, and live pages show it.
        """
        from ..services.disclaimers import disclaimer_keep_expired

        is_scheduled = kwargs.get("log_action") == "wagtail.unpublish.scheduled"
        if not (is_scheduled and disclaimer_keep_expired(self)):
            super().unpublish(*args, **kwargs)

    def copy_for_translation(
        self, locale: Locale, exclude_fields: list[str] | None = None
    ) -> DisclaimerSnippet:
        """Return an unsaved draft in *locale*: Wagtail's copy would be live before anybody translated it."""
        copy: DisclaimerSnippet = super().copy_for_translation(locale, exclude_fields)
        copy.live = False
        copy.has_unpublished_changes = True
        copy.live_revision = None
        copy.first_published_at = copy.last_published_at = None
        return copy

    def get_preview_template(self, _request: HttpRequest, _mode_name: str) -> str:
        """Return the template of the preview."""
        return "health_content/previews/disclaimer.html"

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        """Return what the preview's template needs."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"disclaimer": self}


class DisclaimerVersion(AppendOnlyModel):
    """A wording as it was published. `key` and `locale` are copies: the row outlives its disclaimer."""

    disclaimer = models.ForeignKey(
        DisclaimerSnippet,
        verbose_name=_("disclaimer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="versions",
    )
    key = models.SlugField(_("key"), max_length=80)
    locale = models.CharField(_("language"), max_length=20)
    chain = models.PositiveBigIntegerField(
        _("chain"),
        default=0,
        editable=False,
        help_text=_("The id of the disclaimer, kept when that is deleted."),
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(
        _("wording as it was written"),
        blank=True,
        help_text=_("From it pages are made that keep this wording."),
    )
    body_html = models.TextField(_("wording"))
    text_sha = models.CharField(
        _("SHA-256 of title and wording"), max_length=DIGEST_LENGTH
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
    user_name = models.CharField(
        _("name of who published it"), max_length=NAME_LENGTH, blank=True
    )

    prev_hash = models.CharField(
        _("hash of the previous version"), max_length=DIGEST_LENGTH, blank=True
    )
    hash = models.CharField(_("hash"), max_length=DIGEST_LENGTH, blank=True)

    # A version is part of its disclaimer, not something that uses it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("disclaimer version")
        verbose_name_plural = _("disclaimer versions")
        ordering = ("disclaimer_id", "number")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=("disclaimer", "number"), name="health_disclaimer_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.locale}) {self.number}"
