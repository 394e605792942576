"""Application of the content part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthContentConfig(AppConfig):
    """Blocks, disclaimers and the record of what is published. Concrete pages are in `pages`."""

    name = __package__ or ""
    label = "health_content"
    verbose_name = _("Health content")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect checks and receivers, which need loaded models."""
        from . import checks, receivers  # noqa: F401
