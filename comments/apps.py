"""Application of the reader replies part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """Reader replies: see the package's modules."""

    name = __package__ or ""
    label = "health_comments"
    verbose_name = _("Reader replies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, receivers and who may see the queue."""
        from . import checks, receivers  # noqa: F401 - need loaded models
        from .admin.policy import register

        receivers.connect()
        register()
