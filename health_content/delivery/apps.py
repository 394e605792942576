"""The application that delivers published content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthDeliveryConfig(AppConfig):
    """Keeps the read model, and answers the content API from it."""

    name = __package__ or ""
    label = "health_delivery"
    verbose_name = _("Health delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what changes documents."""
        # Receivers need the models of every application.
        from . import receivers
        from .webhooks import receivers as webhook_receivers

        receivers.connect()
        webhook_receivers.connect()
