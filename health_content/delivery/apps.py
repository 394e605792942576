"""The application that delivers published content."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthDeliveryConfig(AppConfig):
    """Keeps the read model, answers the content API from it, and shows previews in front ends."""

    name = __package__ or ""
    label = "health_delivery"
    verbose_name = _("Health delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what changes documents, and say that there are previews in front ends."""
        # Receivers need the models of every application.
        from ..front_end import register_front_end
        from . import checks, receivers, typed_addresses  # noqa: F401 - importing registers the checks
        from .navigation import receivers as navigation_receivers
        from .preview import receivers as preview_receivers
        from .preview.front_end import FrontEnds
        from .purge import receivers as purge_receivers
        from .webhooks import receivers as webhook_receivers

        typed_addresses.connect()
        receivers.connect()
        webhook_receivers.connect()
        preview_receivers.connect()
        navigation_receivers.connect()
        register_front_end(FrontEnds())
        purge_receivers.connect()
