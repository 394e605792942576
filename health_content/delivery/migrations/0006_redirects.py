"""Create the table of what consumers know of redirects."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_delivery", "0005_previews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicRedirect",
            fields=[
                (
                    "redirect_id",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="redirect"
                    ),
                ),
                (
                    "site_id",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="site"
                    ),
                ),
                ("path", models.TextField(verbose_name="path")),
                ("status", models.PositiveSmallIntegerField(verbose_name="status")),
                ("location", models.TextField(verbose_name="location")),
            ],
            options={
                "verbose_name": "public redirect",
                "verbose_name_plural": "public redirects",
                "default_permissions": (),
            },
        ),
    ]
