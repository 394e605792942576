"""Keep every finding on a public page: the reports of claims, of missing parts and of rules count them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0014_review_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageFinding",
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
                ("page_id", models.PositiveBigIntegerField(verbose_name="page")),
                (
                    "check_id",
                    models.CharField(db_index=True, max_length=3, verbose_name="check"),
                ),
                ("level", models.CharField(max_length=10, verbose_name="level")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "rule",
                    models.CharField(
                        blank=True, db_index=True, max_length=20, verbose_name="rule"
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(max_length=500, verbose_name="reason"),
                ),
                (
                    "text",
                    models.TextField(blank=True, verbose_name="what it is about"),
                ),
                (
                    "message",
                    models.TextField(blank=True, verbose_name="what the rule says"),
                ),
                (
                    "suggestion",
                    models.TextField(blank=True, verbose_name="suggestion"),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
            ],
            options={
                "verbose_name": "finding on a public page",
                "verbose_name_plural": "findings on public pages",
                "ordering": ("page_id", "pk"),
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page_id", "check_id", "fingerprint"),
                        name="health_page_finding",
                    )
                ],
            },
        ),
    ]
