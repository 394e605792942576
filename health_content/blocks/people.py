"""Who made a page: people of the library, each with what they did."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from ..choices import ContributorRole

PERSON_MODEL = "health_content.PersonProfile"
CONTRIBUTORS_MAX = 50


class ContributorBlock(blocks.StructBlock):
    """A person, and what they did."""

    person = SnippetChooserBlock(
        PERSON_MODEL,
        label=_("Person"),
        help_text=_("From the library. Readers see people who are published there."),
    )
    role = blocks.ChoiceBlock(
        choices=ContributorRole.choices,
        default=ContributorRole.AUTHOR,
        label=_("What they did"),
    )

    class Meta:
        icon = "user"
        label = _("Contributor")
        label_format = "{person} ({role})"
        form_layout = blocks.BlockGroup(children=["person", "role"])


class ContributorsBlock(blocks.StreamBlock):
    """The contributors of a page, in the order in which they are named."""

    contributor = ContributorBlock()

    class Meta:
        icon = "user"
        required = False
        max_num = CONTRIBUTORS_MAX
