"""The read model of menus."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ...compat import page_model_name


class PublishedNavigation(models.Model):
    """A menu as the public sees it: one row a menu, written by `navigation.navigations_refresh` only."""

    menu = models.OneToOneField(
        "health_content.Menu",
        verbose_name=_("menu"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    site = models.ForeignKey(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    key = models.CharField(_("key"), max_length=80)
    locale = models.CharField(_("language"), max_length=100)
    shown_count = models.PositiveIntegerField(_("number of pages shown"))
    is_stale = models.BooleanField(
        _("must be made anew"),
        default=False,
        help_text=_("Until then, each request makes it."),
    )
    # Seconds since 1970, as in documents: when a page that it shows goes offline by itself.
    next_transition = models.BigIntegerField(
        _("next transition"), null=True, blank=True
    )
    tags = models.TextField("Cache-Tag")
    content = models.BinaryField(_("content"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("published menu")
        verbose_name_plural = _("published menus")
        default_permissions = ()
        indexes = (
            models.Index(fields=("site", "key", "locale"), name="health_navigation"),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.locale})"


class NavigationTarget(models.Model):
    """A page that a menu names or shows. When it changes, the menu is made anew."""

    navigation = models.ForeignKey(
        PublishedNavigation,
        verbose_name=_("menu"),
        on_delete=models.CASCADE,
        related_name="targets",
    )
    page: models.ForeignKey[Any, Any] = models.ForeignKey(
        page_model_name(),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    is_shown = models.BooleanField(_("is shown"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page of a menu")
        verbose_name_plural = _("pages of menus")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("navigation", "page"), name="health_navigation_target"
            ),
        )

    def __str__(self) -> str:
        return f"{self.navigation_id}: {self.page_id}"
