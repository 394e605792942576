"""The only module of this part with branches on Wagtail's version, and the one that knows the base page model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import swapper
from wagtail import VERSION

if TYPE_CHECKING:
    from django.db import models

# This part may stand before "wagtail" in INSTALLED_APPS, so it cannot rely on Wagtail to have said so.
swapper.set_app_prefix("wagtailcore", "wagtail")

WAGTAIL_8 = VERSION >= (8, 0)


def page_model_name() -> str:
    """Return the label of the site's base page model, such as "wagtailcore.Page"."""
    name: str = swapper.get_model_name("wagtailcore", "Page")
    return name


def base_page_model() -> type[models.Model]:
    """Return the site's base page model; call it only when the models are loaded."""
    model: type[models.Model] = swapper.load_model("wagtailcore", "Page")
    return model


def register_permission_policy(model: type[models.Model], policy: Any) -> None:
    """Tell Wagtail which policy guards *model*; before Wagtail 8 the viewset's attribute alone says it."""
    if WAGTAIL_8:
        from wagtail.permissions import (
            register_permission_policy as register,
        )

        register(model, policy)
