"""Menus: what leads through a site, in each language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin, TranslatableMixin

from ..blocks.menu import ITEMS_MAX, MenuBlock
from ..fields import LeanStreamField

KEY_TAKEN = _("The site has a menu with this key in this language.")


class Menu(RevisionMixin, TranslatableMixin, models.Model):
    """A menu of a site. It has no draft: what is saved is shown, the pages that the public may see."""

    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    key = models.SlugField(
        _("key"),
        max_length=80,
        help_text=_(
            "Short name by which front ends ask for it, such as “main” or “footer”. The same in every language."
        ),
    )
    title = models.CharField(
        _("title"),
        max_length=100,
        help_text=_(
            "Screen readers say it before the links: “Main”, “About this site”."
        ),
    )
    items = LeanStreamField(
        MenuBlock(),
        blank=True,
        max_num=ITEMS_MAX,
        verbose_name=_("items"),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering = ("key", "site", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("site", "key", "locale"),
                name="health_menu_key",
                violation_error_message=KEY_TAKEN,
            ),
        )

    def __str__(self) -> str:
        return self.title
