"""Application of the health pages part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthPagesConfig(AppConfig):
    """Health pages: see the package's modules."""

    name = __package__ or ""
    label = "health_pages"
    verbose_name = _("Health pages")
    default_auto_field = "django.db.models.BigAutoField"
