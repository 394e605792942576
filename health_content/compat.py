"""What differs between the supported Wagtail versions, and the base page class of the site.

The only module that asks which Wagtail is installed. Wagtail 8.0 lets a site swap its base page; 7.4 does not, and does
not install swapper's app prefix by itself, which is why it is set here before anything is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import swapper
from wagtail import VERSION
from wagtail.api import APIField

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db import models
    from django.db.models import QuerySet
    from django.views import View
    from rest_framework.fields import Field
    from wagtail.admin.viewsets.base import ViewSet
    from wagtail.models import AbstractPage, APIToken
    from wagtail.permission_policies import BasePermissionPolicy

# The setting is WAGTAIL_PAGE_MODEL, whichever of the two apps Django loads first.
swapper.set_app_prefix("wagtailcore", "wagtail")

IS_WAGTAIL_8 = VERSION >= (8, 0)


def page_model_name() -> str:
    """Return the label of the site's base page model, for foreign keys: `wagtailcore.Page` unless swapped."""
    name: str = swapper.get_model_name("wagtailcore", "Page")
    return name


def page_model(*, require_ready: bool = True) -> type[AbstractPage]:
    """Return the site's base page class.

    Pass `require_ready=False` in a module that defines models: the app that owns the base page is then imported at
    once, so the order of INSTALLED_APPS does not matter.
    """
    model: type[AbstractPage] = swapper.load_model(
        "wagtailcore", "Page", require_ready=require_ready
    )
    return model


def api_field(
    name: str, *, serializer: Field | None = None, writable: bool = False
) -> APIField:
    """Return an `APIField`; `writable` is dropped on Wagtail 7.4, whose API cannot write."""
    if IS_WAGTAIL_8:
        return APIField(name, serializer=serializer, writable=writable)
    return APIField(name, serializer=serializer)


def register_permission_policy(
    model: type[models.Model], policy: BasePermissionPolicy
) -> None:
    """Tell Wagtail which policy guards *model*; before Wagtail 8 the viewset's attribute alone says it."""
    if IS_WAGTAIL_8:
        from wagtail.permissions import (
            register_permission_policy as register,
        )

        register(model, policy)


def has_anonymous_api_v3() -> bool:
    """Return whether Wagtail's API v3, once it is mounted, answers those who say nothing of themselves."""
    if not IS_WAGTAIL_8:
        return False
    from wagtail.api.v3.api import api
    from wagtail.api.v3.auth import AllowAnonymous

    return any(
        isinstance(callback, AllowAnonymous)
        for _prefix, router in api._routers  # noqa: SLF001 - Ninja has no other list of them
        for view in router.path_operations.values()
        for operation in view.operations
        for callback in operation.auth_callbacks
    )


def api_token_model() -> type[APIToken] | None:
    """Return Wagtail's model of API tokens; None before Wagtail 8, which has no tokens."""
    if not IS_WAGTAIL_8:
        return None
    from wagtail.models import APIToken as Model

    return Model


def token_owners(user: AbstractBaseUser) -> QuerySet[Any]:
    """Return the users for whom *user* may manage API tokens, by Wagtail's own rule. Wagtail 8 only."""
    from wagtail.users.utils import get_manageable_token_owners

    owners: QuerySet[Any] = get_manageable_token_owners(user)
    return owners


def page_viewsets(
    mixin: type[models.Model],
    *,
    add_view: type[View],
    edit_view: type[View],
    preview_on_add_view: type[View],
    preview_on_edit_view: type[View],
) -> list[ViewSet]:
    """Return the viewset that gives all pages with *mixin* these views; none before Wagtail 8, which has no such thing.

    A site's own viewset for a page class goes before it: the registry asks the nearest class first.
    """
    if not IS_WAGTAIL_8:
        return []
    from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry

    class MixinPageViewSet(PageViewSet):
        """The views of Wagtail's own pages, but for these four."""

        name = mixin.__name__.lower()
        add_view_class = add_view
        edit_view_class = edit_view
        preview_on_add_view_class = preview_on_add_view
        preview_on_edit_view_class = preview_on_edit_view

        def on_register(self) -> None:
            """Register for the mixin, and leave the lists of the explorer alone."""
            page_viewset_registry.register(mixin, self)

    return [MixinPageViewSet()]


def has_page_viewsets() -> bool:
    """Return whether pages of ours have views of ours: else the editor shows a tab in place of a side panel."""
    return IS_WAGTAIL_8
