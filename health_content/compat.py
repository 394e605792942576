"""What differs between the supported Wagtail versions, and the base page class of the site.

The only module that asks which Wagtail is installed. Wagtail 8.0 lets a site swap its base page; 7.4 does not, and does
not install swapper's app prefix by itself, which is why it is set here before anything is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import swapper
from wagtail import VERSION
from wagtail.api import APIField

if TYPE_CHECKING:
    from django.db import models
    from rest_framework.fields import Field
    from wagtail.models import AbstractPage
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
