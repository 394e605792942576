"""Create the tables of the content part.

The base page may be swapped, so it is named by swapper; bases name no mixin, so that a mixin can be renamed.
"""

import django.db.models.deletion
import swapper
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisclaimerSnippet",
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
                    "translation_key",
                    models.UUIDField(default=uuid.uuid4, editable=False),
                ),
                (
                    "live",
                    models.BooleanField(
                        default=True, editable=False, verbose_name="live"
                    ),
                ),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        verbose_name="has unpublished changes",
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True,
                        db_index=True,
                        null=True,
                        verbose_name="first published at",
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="go live date/time"
                    ),
                ),
                (
                    "expire_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="expiry date/time"
                    ),
                ),
                (
                    "expired",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="expired"
                    ),
                ),
                (
                    "locked",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="locked"
                    ),
                ),
                (
                    "locked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="locked at"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Short name for programs, such as “general-medical”. The same in every language.",
                        max_length=80,
                        verbose_name="key",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Shown above the wording.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                "medical_information",
                                "Medical information is not advice",
                            ),
                            ("not_emergency", "Not for emergencies"),
                            ("affiliate", "Affiliate links"),
                            ("sponsored", "Sponsored content"),
                            ("supplement", "Food supplements"),
                            ("replies", "Readers' replies"),
                            ("ai", "Written with the help of artificial intelligence"),
                            ("translation", "Translation"),
                            ("other", "Other"),
                        ],
                        default="medical_information",
                        help_text="What it is about. Other sites and apps use it to decide how to show it.",
                        max_length=40,
                        verbose_name="kind",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.RichTextField(
                        help_text="Each published wording is kept, numbered and dated.",
                        verbose_name="wording",
                    ),
                ),
                (
                    "placement",
                    models.CharField(
                        choices=[
                            ("start", "Before the text"),
                            ("end", "After the text"),
                        ],
                        default="end",
                        help_text="Where it stands when a page does not say otherwise.",
                        max_length=10,
                        verbose_name="where",
                    ),
                ),
                (
                    "applies_to_all",
                    models.BooleanField(
                        default=False,
                        help_text="Pages then need not choose it, and cannot leave it out.",
                        verbose_name="show on every health page of this language",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "disclaimer",
                "verbose_name_plural": "disclaimers",
                "ordering": ("title", "pk"),
                "abstract": False,
            },
            bases=(models.Model,),
        ),
        migrations.CreateModel(
            name="DisclaimerVersion",
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
                ("key", models.SlugField(max_length=80, verbose_name="key")),
                ("locale", models.CharField(max_length=20, verbose_name="language")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("body_html", models.TextField(verbose_name="wording")),
                (
                    "text_sha",
                    models.CharField(
                        max_length=64, verbose_name="SHA-256 of title and wording"
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                (
                    "disclaimer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="versions",
                        to="health_content.disclaimersnippet",
                        verbose_name="disclaimer",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "disclaimer version",
                "verbose_name_plural": "disclaimer versions",
                "ordering": ("disclaimer_id", "number"),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ImportSource",
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
                    "source_name",
                    models.CharField(max_length=255, verbose_name="source"),
                ),
                (
                    "sha256",
                    models.CharField(
                        db_index=True,
                        max_length=64,
                        verbose_name="SHA-256 of the bytes",
                    ),
                ),
                ("locale", models.CharField(max_length=20, verbose_name="language")),
                (
                    "imported_at",
                    models.DateTimeField(auto_now=True, verbose_name="imported at"),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "import source",
                "verbose_name_plural": "import sources",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublicationRecord",
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
                    "page_uuid",
                    models.UUIDField(verbose_name="translation key of the page"),
                ),
                ("locale", models.CharField(max_length=20, verbose_name="language")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "digest",
                    models.CharField(
                        max_length=64, verbose_name="digest of the document"
                    ),
                ),
                ("document", models.JSONField(verbose_name="document")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("publish", "An editor published the page"),
                            ("dependency", "Something that the page shows changed"),
                            ("rebuild", "The document was rebuilt"),
                            ("unpublish", "The page is no longer public"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                (
                    "prev_hash",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        verbose_name="hash of the previous record",
                    ),
                ),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication record",
                "verbose_name_plural": "publication records",
                "ordering": ("page_id", "number"),
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="disclaimersnippet",
            constraint=models.UniqueConstraint(
                fields=("key", "locale"),
                name="health_disclaimer_key",
                violation_error_message="There is a disclaimer with this key in this language.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="disclaimersnippet",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="disclaimerversion",
            constraint=models.UniqueConstraint(
                fields=("disclaimer", "number"), name="health_disclaimer_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="importsource",
            constraint=models.UniqueConstraint(
                fields=("source_name", "locale"), name="health_import_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="publicationrecord",
            constraint=models.UniqueConstraint(
                fields=("page_id", "number"), name="health_record_number"
            ),
        ),
    ]
