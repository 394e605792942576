"""Create the outbox of cache purges."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_delivery", "0009_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="CachePurge",
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
                ("purger", models.CharField(max_length=80, verbose_name="cache")),
                ("tags", models.JSONField(default=list, verbose_name="tags")),
                ("urls", models.JSONField(default=list, verbose_name="addresses")),
                (
                    "is_hard",
                    models.BooleanField(
                        default=False, verbose_name="nothing old may be served"
                    ),
                ),
                (
                    "is_urgent",
                    models.BooleanField(default=False, verbose_name="goes first"),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("due_at", models.DateTimeField(db_index=True, verbose_name="due at")),
                (
                    "claim",
                    models.UUIDField(blank=True, null=True, verbose_name="claim"),
                ),
                (
                    "attempt_count",
                    models.PositiveIntegerField(default=0, verbose_name="attempts"),
                ),
                (
                    "last_result",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="last result"
                    ),
                ),
            ],
            options={
                "verbose_name": "purge of a cache",
                "verbose_name_plural": "purges of caches",
                "permissions": (("manage_purges", "Can manage purges of caches"),),
                "default_permissions": (),
            },
        ),
    ]
