"""Topics: what pages are about, in a small hierarchy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from ..blocks import PageDisclaimersBlock
from ..disclaimer_rules import read_choices
from ..fields import LeanStreamField
from .disclaimers import DisclaimerSnippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.models import Locale

SLUG_TAKEN = _("There is a topic with this slug in this language.")
# “Muscles and joints”, “Back pain”, “Sciatica”: deeper trees are navigation, and that is what pages are for.
TOPIC_LEVELS = 3
# The topics above one, for `select_related`.
TOPICS_ABOVE = "__".join(["parent"] * (TOPIC_LEVELS - 1))


class Topic(TranslatableMixin, models.Model):
    """A subject that pages are about. It has no draft: what has a name here is public where a public page shows it."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As readers see it, for example “Back pain”."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        help_text=_("Name in addresses and for programs, such as “back-pain”."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        max_length=500,
        help_text=_("What belongs here, for the editors who choose."),
    )
    parent: models.ForeignKey[Topic | None, Topic | None] = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        help_text=_(
            "The wider topic. Lists of the wider topic have the pages of this one, too."
        ),
    )
    disclaimers = LeanStreamField(
        PageDisclaimersBlock(),
        blank=True,
        verbose_name=_("disclaimers for its pages"),
        help_text=_(
            "Shown on every page about this topic or one that belongs to it, unless something nearer to the page shows "
            "another of the same kind."
        ),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("slug", "locale"),
                name="health_topic_slug",
                violation_error_message=SLUG_TAKEN,
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a taken slug, and a place that is no place in the hierarchy.

        Raises:
            ValidationError: beside the field.
        """
        super().clean()
        others = type(self).objects.exclude(pk=self.pk).filter(slug=self.slug)
        if others.filter(locale_id=self.locale_id).exists():
            raise ValidationError({"slug": SLUG_TAKEN}, code="unique")
        if self.parent is not None:
            self._check_parent(self.parent)
        self._check_disclaimers()

    def above(self) -> Iterator[Topic]:
        """Yield the topics that this one belongs to, the nearest first. One query each, unless they are loaded."""
        topic = self.parent
        for _level in range(TOPIC_LEVELS):  # Whatever the database says, it ends.
            if topic is None:
                return
            yield topic
            topic = topic.parent

    @property
    def trail(self) -> str:
        """Return the name with those above it, the widest first."""
        names = [self.name, *(topic.name for topic in self.above())]
        return " > ".join(reversed(names))

    def copy_for_translation(
        self, locale: Locale, exclude_fields: list[str] | None = None
    ) -> Topic:
        """Return an unsaved copy in *locale*, below the translation of what this one is below."""
        copy: Topic = super().copy_for_translation(locale, exclude_fields)
        copy.parent = (
            None if self.parent is None else self.parent.get_translation_or_none(locale)
        )
        return copy

    def _check_parent(self, parent: Topic) -> None:
        above = [parent, *parent.above()]
        # A site without translations sets the language when it saves.
        if self.locale_id not in {None, parent.locale_id}:
            message = gettext("Choose a topic of the same language.")
            raise _fault("parent", message, "locale")
        if not self._state.adding and self.pk in {topic.pk for topic in above}:
            message = gettext("A topic cannot belong to itself or to one below it.")
            raise _fault("parent", message, "circle")
        if len(above) + 1 + self._levels_below() > TOPIC_LEVELS:
            message = gettext("Topics have at most %(levels)d levels.")
            fault = message % {"levels": TOPIC_LEVELS}
            raise _fault("parent", fault, "levels")

    def _check_disclaimers(self) -> None:
        """Refuse what pages would not show: a topic has no draft, so what it says is public at once."""
        chosen = {c.id for c in read_choices(self.disclaimers.get_prep_value())}
        drafts = DisclaimerSnippet.objects.filter(pk__in=chosen, live=False)
        if titles := [str(disclaimer) for disclaimer in drafts]:
            message = gettext("Publish these first, or remove them here: %(titles)s.")
            raise _fault("disclaimers", message % {"titles": ", ".join(titles)}, "draft")  # fmt: skip

    def _levels_below(self) -> int:
        """Return how many levels of topics are below this one."""
        if self._state.adding:
            return 0
        level, found = 0, [self.pk]
        while level < TOPIC_LEVELS:
            below = type(self).objects.filter(parent__in=found)
            found = list(below.values_list("pk", flat=True))
            if not found:
                break
            level += 1
        return level


def _fault(field: str, message: str, code: str) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code)})
