"""Make Wagtail's first rows in the base page's own tables."""

from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("base_page", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("base_page.BasePage"),
        BootstrapTranslationKeyField("base_page.BasePage"),
        BootstrapTranslatableModel("base_page.BasePage"),
    ]
