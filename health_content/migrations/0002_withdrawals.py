"""Create the table of withdrawals. The base page may be swapped, so it is named by swapper."""

import django.db.models.deletion
import swapper
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
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
                ("document_type", models.CharField(max_length=40, verbose_name="type")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("path", models.TextField(blank=True, verbose_name="path")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            (
                                "high",
                                "High: following it may cause serious harm or death",
                            ),
                            (
                                "moderate",
                                "Moderate: following it may cause harm that passes",
                            ),
                            ("low", "Low: it is wrong, and harm is unlikely"),
                        ],
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        help_text="Readers, apps and partners are told this. Say what is wrong, and what to do.",
                        max_length=1000,
                        verbose_name="reason",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn at")),
                (
                    "lifted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="lifted at"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        blank=True,
                        help_text="The page to read instead, if there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=PAGE,
                        verbose_name="replacement",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "ordering": ("-withdrawn_at",),
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("page_id",),
                        name="health_withdrawal_in_force",
                    )
                ],
            },
        ),
    ]
