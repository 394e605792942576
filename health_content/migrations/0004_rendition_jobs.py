"""Create the table of images whose files are being made, or cannot be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0003_topics"),
    ]

    operations = [
        migrations.CreateModel(
            name="RenditionJob",
            fields=[
                (
                    "image_id",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="image"
                    ),
                ),
                ("file", models.CharField(max_length=255, verbose_name="file")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "waiting for its files"),
                            ("whole", "shown as it is"),
                            ("failed", "cannot be shown"),
                        ],
                        default="wanted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=255, verbose_name="reason"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("queued_at", models.DateTimeField(verbose_name="queued at")),
                (
                    "claimed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="begun at"
                    ),
                ),
            ],
            options={
                "verbose_name": "image to make files of",
                "verbose_name_plural": "images to make files of",
                "default_permissions": (),
            },
        ),
    ]
