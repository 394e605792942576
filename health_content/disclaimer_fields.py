"""The fields by which pages choose disclaimers: for themselves, and for the pages below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .blocks import PageDisclaimersBlock
from .compat import api_field
from .fields import LeanStreamField
from .forms import IndexForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.admin.panels import Panel
    from wagtail.api import APIField

SECTION_WORDS = ("title", "introduction", "summary", "seo_title", "search_description")
"""The fields of a section that readers and search engines read."""
# A save of other fields may hold a newer draft in memory.
SECTION_FIELDS = frozenset({"live", "locale", "section_disclaimers", *SECTION_WORDS})


class PageDisclaimersMixin(models.Model):
    """A page that shows disclaimers: its own, and those that it inherits."""

    disclaimers = LeanStreamField(
        PageDisclaimersBlock(),
        blank=True,
        verbose_name=_("disclaimers"),
        help_text=_(
            "Besides those chosen here, the page shows what its topics, the sections above it and the library's rules say. The "
            "Health panel lists them all."
        ),
    )
    disclaimers_replace_reason = models.TextField(
        _("because"),
        blank=True,
        max_length=1_000,
        help_text=_(
            "Leave it empty to show what the page inherits, too. With a reason nothing is inherited but what no page may "
            "leave out: what is for every page, and medical, emergency, helpline, advertising and supplement notices unless "
            "another of the kind is chosen above."
        ),
    )
    disclaimers_api_fields: ClassVar[Sequence[APIField]] = (
        api_field("disclaimers", writable=True),
        api_field("disclaimers_replace_reason", writable=True),
    )
    disclaimers_panels: ClassVar[Sequence[Panel]] = (
        FieldPanel("disclaimers", icon="hp-disclaimer"),
        MultiFieldPanel(
            [FieldPanel("disclaimers_replace_reason")],
            heading=_("Show only these disclaimers"),
            icon="hp-disclaimer",
            classname="collapsed",
        ),
    )

    class Meta:
        abstract = True


class SectionDisclaimersMixin(models.Model):
    """A page that chooses disclaimers for the health pages below it."""

    if TYPE_CHECKING:  # What the page class that stands beside the mixin brings.
        live: bool

    section_disclaimers = LeanStreamField(
        PageDisclaimersBlock(),
        blank=True,
        verbose_name=_("disclaimers for the pages below"),
        help_text=_(
            "Shown on every health page below this one, unless something nearer to that page shows another of the same kind. "
            "On a home page they are the site's own."
        ),
    )

    section_api_fields: ClassVar[Sequence[APIField]] = (
        api_field("section_disclaimers", writable=True),
    )
    section_panels: ClassVar[Sequence[Panel]] = (
        FieldPanel("section_disclaimers", icon="hp-disclaimer"),
    )

    base_form_class = IndexForm

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; refuse to be live with a disclaimer that readers below would not see.

        Raises:
            PublishBlocked: with the reasons; nothing was saved.
        """
        # Services import models, and models of a site import this module.
        from .services.publishable import section_guard_live

        page: Any = self
        fields = kwargs.get("update_fields")
        with transaction.atomic():
            if self.live and (fields is None or SECTION_FIELDS & set(fields)):
                section_guard_live(page)
            super().save(*args, **kwargs)
