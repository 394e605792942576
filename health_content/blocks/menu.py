"""What a menu is made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    PageChooserBlock,
    StreamBlock,
    StructBlock,
    URLBlock,
)

LABEL_MAX_LENGTH = 100
ITEMS_MAX = 30


def label_block(**options: Any) -> CharBlock:
    """Return the words that readers see."""
    return CharBlock(max_length=LABEL_MAX_LENGTH, label=_("Label"), **options)


class PageItemBlock(StructBlock):
    """A link to a page."""

    page = PageChooserBlock(label=_("Page"))
    label = label_block(
        required=False, help_text=_("Leave it empty to show the page's own title.")
    )

    class Meta:
        icon = "doc-empty-inverse"
        label = _("Page")
        label_format = "{page} {label}"
        description = _(
            "A page of ours. It is left out while the public cannot see it, and follows when it moves."
        )


class LinkItemBlock(StructBlock):
    """A link to another site."""

    label = label_block()
    url = URLBlock(label=_("Address"))

    class Meta:
        icon = "link-external"
        label = _("Another site")
        label_format = "{label}"
        description = _("An address that is not a page of ours.")


class PagesBelowBlock(StructBlock):
    """The pages below one, by themselves."""

    page = PageChooserBlock(
        label=_("Page"),
        help_text=_(
            "The pages directly below this one that are marked “Show in menus”, in their order."
        ),
    )

    class Meta:
        icon = "list-ul"
        label = _("Pages below")
        label_format = "{page}"
        description = _(
            "Grows by itself: every page below the chosen one that is marked “Show in menus”."
        )


class MenuLinksBlock(StreamBlock):
    """Links."""

    page = PageItemBlock()
    link = LinkItemBlock()
    pages_below = PagesBelowBlock()


class GroupItemBlock(StructBlock):
    """Links under one label."""

    label = label_block()
    items = MenuLinksBlock(label=_("Links"), max_num=ITEMS_MAX)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Group")
        label_format = "{label}"
        description = _(
            "Links under one heading. Without a link that the public can see it is left out."
        )


class MenuBlock(MenuLinksBlock):
    """A menu: links, and groups of links."""

    group = GroupItemBlock()
