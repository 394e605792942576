"""Add the permission to manage API tokens."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("health_delivery", "0006_redirects")]

    operations = [
        migrations.AlterModelOptions(
            name="deliveryscope",
            options={
                "default_permissions": (),
                "permissions": (("manage_api_tokens", "Can manage API tokens"),),
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
            },
        ),
    ]
