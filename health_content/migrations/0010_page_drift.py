"""Keep which public pages would fail today: asking the gate about all of them is too slow for a report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0009_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageDrift",
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
                    "page_id",
                    models.PositiveBigIntegerField(unique=True, verbose_name="page"),
                ),
                (
                    "outcomes",
                    models.JSONField(
                        default=list, verbose_name="what speaks against it"
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
            ],
            options={
                "verbose_name": "page that would fail today",
                "verbose_name_plural": "pages that would fail today",
                "ordering": ("page_id",),
                "default_permissions": ("view",),
            },
        ),
    ]
