"""The host project's application."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Wire the two parts together and hold the demo."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Connect the parts; the only place where they meet in code."""
        from . import integrations

        integrations.connect()
