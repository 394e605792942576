"""What the snippets of the library have in common: drafts, revisions, workflows, locks, previews, search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise
    from wagtail.models import Locale, Revision, WorkflowState

KEY_TAKEN = _("There is an entry with this key in this language.")
KEY_HELP = _(
    "Short name for programs and addresses. The same in every language. Do not change it once pages show the entry."
)

Parsers: TypeAlias = "Mapping[str, tuple[Callable[[str], str | None], _StrPromise]]"


class LibrarySnippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """An entry of the library, with a draft: pages show what is live, and nothing else."""

    preview_template: ClassVar[str]

    # Lets a list fetch the states of all its rows at once.
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def approved_schedule(self) -> bool:
        """Return whether a revision is scheduled, from the list's annotation where there is one."""
        annotated: bool | None = getattr(self, "is_scheduled", None)
        return self.scheduled_revision is not None if annotated is None else annotated

    @property
    def workflow_states(self) -> QuerySet[WorkflowState]:
        """Return the states of the workflows that this entry went through."""
        states: QuerySet[WorkflowState] = self._workflow_states.all()
        return states

    def get_preview_template(self, _request: HttpRequest, _mode_name: str) -> str:
        """Return the template of the preview."""
        return self.preview_template

    def get_preview_context(
        self, request: HttpRequest, mode_name: str
    ) -> dict[str, Any]:
        """Return what the preview's template needs: the entry as `snippet`."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"snippet": self}

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish *revision*; one whose time has come and that cannot go live is taken off the schedule.

        Raises:
            ValidationError: a field speaks against it, and somebody (not the schedule) asked.
        """
        from ..services.schedules import snippet_publish

        publish = partial(super().publish, revision, *args, **kwargs)
        is_scheduled = kwargs.get("log_action") == "wagtail.publish.scheduled"
        snippet_publish(self, revision, publish, is_scheduled=is_scheduled)

    def clean_identifiers(self, parsers: Parsers) -> None:
        """Make each identifier what its parser returns; refuse those that it does not understand.

        Raises:
            ValidationError: beside the fields.
        """
        errors: dict[str, ValidationError] = {}
        for name, (parse, message) in parsers.items():
            if text := getattr(self, name).strip():
                parsed = parse(text)
                if parsed is None:
                    errors[name] = ValidationError(message, code="invalid")
                else:
                    setattr(self, name, parsed)
        if errors:
            raise ValidationError(errors)


class TranslatableSnippet(LibrarySnippet, TranslatableMixin):
    """An entry in one language. Its translations have its key."""

    key = models.SlugField(_("key"), max_length=80, help_text=KEY_HELP)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a key that another entry of this language has; the form has no locale to check it with.

        Raises:
            ValidationError: beside the key.
        """
        super().clean()
        others = type(self).objects.exclude(pk=self.pk)
        if others.filter(key=self.key, locale_id=self.locale_id).exists():
            raise ValidationError({"key": KEY_TAKEN}, code="unique")

    def copy_for_translation(
        self, locale: Locale, exclude_fields: list[str] | None = None
    ) -> TranslatableSnippet:
        """Return an unsaved draft in *locale*: Wagtail's copy would be live before anybody translated it."""
        copy: TranslatableSnippet = super().copy_for_translation(locale, exclude_fields)
        copy.live = False
        copy.has_unpublished_changes = True
        copy.live_revision = None
        copy.first_published_at = copy.last_published_at = None
        return copy


def key_constraint(name: str) -> models.UniqueConstraint:
    """Return the constraint that a key is given once in a language."""
    return models.UniqueConstraint(
        fields=("key", "locale"), name=name, violation_error_message=KEY_TAKEN
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* that have something on them, each once, in their order."""
    return list(
        dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    )
