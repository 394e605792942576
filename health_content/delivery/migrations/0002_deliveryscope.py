"""Create the table of what tokens may do.

It names tokens by their id and not by a foreign key: Wagtail 7.4 has none.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("health_delivery", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DeliveryScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "token_id",
                    models.PositiveBigIntegerField(
                        unique=True, verbose_name="API token"
                    ),
                ),
                (
                    "scopes",
                    models.JSONField(blank=True, default=list, verbose_name="scopes"),
                ),
                (
                    "has_all_sites",
                    models.BooleanField(
                        default=False,
                        help_text="Also those that are added later.",
                        verbose_name="all sites",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on the token is refused. Empty: it does not expire.",
                        null=True,
                        verbose_name="expires at",
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Without “all sites”, the token works for these only.",
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="sites",
                    ),
                ),
            ],
            options={
                "verbose_name": "scope of an API token",
                "verbose_name_plural": "scopes of API tokens",
                "default_permissions": (),
            },
        ),
    ]
