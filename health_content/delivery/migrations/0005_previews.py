"""Create the tables of previews: drafts as editors see them, and who may fetch them.

The base page may be swapped, so it is named by swapper.
"""

import django.db.models.deletion
import swapper
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [
        ("health_delivery", "0004_topics"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="PreviewDraft",
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
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("model", models.CharField(max_length=200, verbose_name="model")),
                ("path", models.TextField(verbose_name="path")),
                ("locale", models.CharField(max_length=100, verbose_name="language")),
                ("document", models.BinaryField(verbose_name="document")),
                ("source_map", models.BinaryField(verbose_name="source map")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, verbose_name="version"),
                ),
                (
                    "is_followed",
                    models.BooleanField(
                        default=True, verbose_name="follows what its editor saves"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(db_index=True, verbose_name="updated at"),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        help_text="Of a page that is not saved yet: whoever may add one here.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page above",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="editor",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview",
                "verbose_name_plural": "previews",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PreviewGrant",
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
                    "code_hash",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="hash of the code"
                    ),
                ),
                (
                    "code_expires_at",
                    models.DateTimeField(verbose_name="code expires at"),
                ),
                (
                    "use",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not used yet"),
                            ("token", "A token"),
                            ("page_preview", "The page_preview endpoint"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="use",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        db_index=True, null=True, verbose_name="expires at"
                    ),
                ),
                (
                    "login_hash",
                    models.CharField(max_length=64, verbose_name="hash of the login"),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="health_delivery.previewdraft",
                        verbose_name="preview",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview access",
                "verbose_name_plural": "preview accesses",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="previewdraft",
            constraint=models.UniqueConstraint(
                fields=("user", "subject"), name="health_preview_once"
            ),
        ),
    ]
