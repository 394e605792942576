"""Create the tables of the read model, of the change feed and of webhooks.

The base page may be swapped, so it is named by swapper.
"""

import uuid

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeCounter",
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
                    "value",
                    models.PositiveBigIntegerField(default=0, verbose_name="value"),
                ),
            ],
            options={
                "verbose_name": "counter of changes",
                "verbose_name_plural": "counters of changes",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "page_id",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="page"
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(unique=True, verbose_name="number"),
                ),
                ("entry_id", models.UUIDField(verbose_name="permanent id in feeds")),
                ("is_removal", models.BooleanField(verbose_name="is a removal")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublishedDocument",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="published_document",
                        serialize=False,
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
                ("locale", models.CharField(max_length=100, verbose_name="language")),
                ("type", models.CharField(max_length=40, verbose_name="type")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("slug", models.CharField(max_length=255, verbose_name="slug")),
                ("path", models.TextField(verbose_name="path")),
                (
                    "path_key",
                    models.CharField(max_length=32, verbose_name="hash of the path"),
                ),
                (
                    "translation_key",
                    models.UUIDField(db_index=True, verbose_name="translation key"),
                ),
                ("audience", models.CharField(max_length=20, verbose_name="audience")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "first_published_at",
                    models.DateTimeField(verbose_name="first published at"),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(verbose_name="last published at"),
                ),
                ("updated_at", models.DateTimeField(verbose_name="bytes changed at")),
                (
                    "next_transition",
                    models.BigIntegerField(
                        blank=True,
                        db_index=True,
                        null=True,
                        verbose_name="next transition",
                    ),
                ),
                (
                    "last_modified",
                    models.CharField(max_length=29, verbose_name="Last-Modified"),
                ),
                ("link", models.TextField(verbose_name="Link")),
                ("tags", models.TextField(verbose_name="Cache-Tag")),
                ("card", models.BinaryField(verbose_name="card")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "published document",
                "verbose_name_plural": "published documents",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DocumentTag",
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
                    "tag",
                    models.CharField(db_index=True, max_length=64, verbose_name="tag"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependencies",
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "dependency of a document",
                "verbose_name_plural": "dependencies of documents",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DocumentBytes",
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
                ("form", models.CharField(max_length=20, verbose_name="form")),
                (
                    "coding",
                    models.CharField(max_length=10, verbose_name="content coding"),
                ),
                (
                    "sha",
                    models.CharField(max_length=44, verbose_name="SHA-256 in base64"),
                ),
                ("content", models.BinaryField(verbose_name="content")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representations",
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "representation of a document",
                "verbose_name_plural": "representations of documents",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FaqEntry",
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
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "text",
                    models.TextField(verbose_name="words to search, case folded"),
                ),
                ("content", models.BinaryField(verbose_name="content")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faq_entries",
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a document",
                "verbose_name_plural": "questions of documents",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "position"), name="health_faq_entry"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["site", "path_key"], name="health_document_path"
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["last_published_at", "page"], name="health_document_last"
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["type", "last_published_at", "page"],
                name="health_document_type",
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["locale", "last_published_at", "page"],
                name="health_document_locale",
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(fields=["slug"], name="health_document_slug"),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["updated_at", "page"], name="health_document_updated"
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(fields=["title", "page"], name="health_document_title"),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["first_published_at", "page"], name="health_document_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttag",
            constraint=models.UniqueConstraint(
                fields=("document", "tag"), name="health_document_tag"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentbytes",
            constraint=models.UniqueConstraint(
                fields=("document", "form", "coding"), name="health_document_bytes"
            ),
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                    "message_id",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="message id"
                    ),
                ),
                ("type", models.CharField(max_length=40, verbose_name="event")),
                ("subject", models.CharField(max_length=64, verbose_name="about")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("occurred_at", models.DateTimeField(verbose_name="happened at")),
                (
                    "is_urgent",
                    models.BooleanField(default=False, verbose_name="goes first"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("delivered", "Delivered"),
                            ("failed", "Given up"),
                            ("superseded", "Replaced by a newer one"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                (
                    "claim",
                    models.UUIDField(blank=True, null=True, verbose_name="claim"),
                ),
                (
                    "attempt_count",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="attempts"
                    ),
                ),
                (
                    "last_result",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="last result"
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="settled at"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
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
                ("started_at", models.DateTimeField(verbose_name="started at")),
                (
                    "duration_ms",
                    models.PositiveIntegerField(verbose_name="duration in ms"),
                ),
                ("result", models.CharField(max_length=40, verbose_name="result")),
                (
                    "excerpt",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="answer"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="health_delivery.webhookdelivery",
                        verbose_name="delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                    "name",
                    models.CharField(
                        help_text="For people: which system this is, and who looks after it.",
                        max_length=100,
                        verbose_name="name",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        help_text="Gets a signed POST for each event.",
                        max_length=2000,
                        verbose_name="address",
                    ),
                ),
                ("event_types", models.JSONField(default=list, verbose_name="events")),
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, unique=True, verbose_name="permanent id"
                    ),
                ),
                (
                    "generation",
                    models.PositiveIntegerField(
                        default=1, verbose_name="number of the secret"
                    ),
                ),
                (
                    "previous_until",
                    models.DateTimeField(
                        blank=True,
                        null=True,
                        verbose_name="previous secret valid until",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="created at"),
                ),
                (
                    "disabled_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="disabled at"
                    ),
                ),
                (
                    "disabled_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_hand", "Switched off here"),
                            (
                                "gone",
                                "The receiver answered 410: it wants nothing more",
                            ),
                            ("failing", "Nothing could be delivered for days"),
                        ],
                        max_length=20,
                        verbose_name="why it is disabled",
                    ),
                ),
                (
                    "failure_count",
                    models.PositiveIntegerField(
                        default=0, verbose_name="failures in a row"
                    ),
                ),
                (
                    "exhausted_count",
                    models.PositiveIntegerField(
                        default=0, verbose_name="given up in a row"
                    ),
                ),
                (
                    "resting_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="left alone until"
                    ),
                ),
                (
                    "last_success_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last success"
                    ),
                ),
                (
                    "last_failure_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last failure"
                    ),
                ),
                (
                    "sites",
                    models.ManyToManyField(
                        help_text="Only what happens on these sites is told.",
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="sites",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ("name", "pk"),
                "permissions": (("manage_webhooks", "Can manage webhooks"),),
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="endpoint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="health_delivery.webhookendpoint",
                verbose_name="webhook",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["-is_urgent", "due_at", "id"],
                name="health_delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["endpoint", "subject"],
                name="health_delivery_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["settled_at"], name="health_delivery_settled"),
        ),
    ]
