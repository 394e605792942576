"""Create the tables of delivery.

The base page may be swapped, so it is named by swapper; bases name no mixin, so that a mixin can be renamed.
"""

import django.db.models.deletion
import swapper
import uuid
from django.conf import settings
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("health_content", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
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
                ("name", models.CharField(max_length=150, verbose_name="consumer")),
                (
                    "endpoint",
                    models.CharField(blank=True, max_length=36, verbose_name="webhook"),
                ),
                ("page_id", models.PositiveBigIntegerField(verbose_name="page")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("removed", "Removed"),
                            ("replaced", "Replaced"),
                            ("updated", "Updated"),
                        ],
                        max_length=10,
                        verbose_name="action",
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="number of the change"
                    ),
                ),
                (
                    "version",
                    models.PositiveBigIntegerField(default=0, verbose_name="version"),
                ),
                (
                    "acknowledged_at",
                    models.DateTimeField(verbose_name="acknowledged at"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "acknowledgement",
                "verbose_name_plural": "acknowledgements",
                "ordering": ("-pk",),
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["account", "-id"], name="health_ack_own"),
                    models.Index(fields=["endpoint"], name="health_ack_endpoint"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "account",
                            "endpoint",
                            "page_id",
                            "action",
                            "number",
                            "version",
                        ),
                        name="health_acknowledgement_once",
                    )
                ],
            },
        ),
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
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "permissions": (("manage_api_tokens", "Can manage API tokens"),),
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
                (
                    "review_status",
                    models.CharField(
                        default="none", max_length=20, verbose_name="medical review"
                    ),
                ),
                (
                    "last_reviewed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last reviewed"
                    ),
                ),
                (
                    "next_review_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="next review"
                    ),
                ),
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
                "indexes": [
                    models.Index(
                        fields=["site", "path_key"], name="health_document_path"
                    ),
                    models.Index(
                        fields=["last_published_at", "page"],
                        name="health_document_last",
                    ),
                    models.Index(
                        fields=["type", "last_published_at", "page"],
                        name="health_document_type",
                    ),
                    models.Index(
                        fields=["locale", "last_published_at", "page"],
                        name="health_document_locale",
                    ),
                    models.Index(fields=["slug"], name="health_document_slug"),
                    models.Index(
                        fields=["updated_at", "page"], name="health_document_updated"
                    ),
                    models.Index(
                        fields=["title", "page"], name="health_document_title"
                    ),
                    models.Index(
                        fields=["first_published_at", "page"],
                        name="health_document_first",
                    ),
                    models.Index(
                        fields=["last_reviewed_at", "page"],
                        name="health_document_reviewed",
                    ),
                    models.Index(
                        fields=["next_review_at", "page"], name="health_document_review"
                    ),
                    models.Index(
                        fields=["review_status", "last_published_at", "page"],
                        name="health_document_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedNavigation",
            fields=[
                (
                    "menu",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="health_content.menu",
                        verbose_name="menu",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="key")),
                ("locale", models.CharField(max_length=100, verbose_name="language")),
                (
                    "shown_count",
                    models.PositiveIntegerField(verbose_name="number of pages shown"),
                ),
                (
                    "is_stale",
                    models.BooleanField(
                        default=False,
                        help_text="Until then, each request makes it.",
                        verbose_name="must be made anew",
                    ),
                ),
                (
                    "next_transition",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="next transition"
                    ),
                ),
                ("tags", models.TextField(verbose_name="Cache-Tag")),
                ("content", models.BinaryField(verbose_name="content")),
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
                "verbose_name": "published menu",
                "verbose_name_plural": "published menus",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["site", "key", "locale"], name="health_navigation"
                    )
                ],
            },
        ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "subject"), name="health_preview_once"
                    )
                ],
            },
        ),
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
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "withdrawal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="health_content.withdrawal",
                        verbose_name="withdrawal",
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(verbose_name="number of the change"),
                ),
                (
                    "version",
                    models.PositiveBigIntegerField(verbose_name="last public version"),
                ),
            ],
            options={
                "verbose_name": "recall",
                "verbose_name_plural": "recalls",
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
                    "account",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its tokens confirm recalls for this system.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="API account",
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
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="word",
                    ),
                ),
                ("length", models.PositiveSmallIntegerField(verbose_name="length")),
            ],
            options={
                "verbose_name": "word of the search",
                "verbose_name_plural": "words of the search",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["length", "word"], name="health_search_word")
                ],
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "form", "coding"),
                        name="health_document_bytes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentFacet",
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
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("value", models.CharField(max_length=120, verbose_name="value")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facets",
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "facet of a document",
                "verbose_name_plural": "facets of documents",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["kind", "value", "document"], name="health_facet_value"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "kind", "value"),
                        name="health_document_facet",
                    )
                ],
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "tag"), name="health_document_tag"
                    )
                ],
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
                ("text", models.TextField(verbose_name="words to search, case folded")),
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
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
                ("locale", models.CharField(max_length=100, verbose_name="language")),
                ("type", models.CharField(max_length=40, verbose_name="type")),
                ("passages", models.BinaryField(verbose_name="texts")),
                ("made_of", models.CharField(max_length=64, verbose_name="made of")),
                (
                    "indexed_as",
                    models.CharField(
                        default="", max_length=64, verbose_name="indexed as"
                    ),
                ),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NavigationTarget",
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
                ("is_shown", models.BooleanField(verbose_name="is shown")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
                (
                    "navigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="health_delivery.publishednavigation",
                        verbose_name="menu",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a menu",
                "verbose_name_plural": "pages of menus",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("navigation", "page"), name="health_navigation_target"
                    )
                ],
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
        migrations.CreateModel(
            name="RecallNotice",
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
                ("name", models.CharField(max_length=150, verbose_name="consumer")),
                (
                    "message_id",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="message id"
                    ),
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
                    "told_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="told at"),
                ),
                (
                    "failed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="given up at"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "acknowledgement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health_delivery.acknowledgement",
                        verbose_name="acknowledgement",
                    ),
                ),
                (
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="health_delivery.recall",
                        verbose_name="recall",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_delivery.webhookendpoint",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a recall",
                "verbose_name_plural": "notices of recalls",
                "ordering": ("name", "pk"),
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["message_id"],
                        name="health_notice_message",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recall", "endpoint"), name="health_notice_endpoint"
                    ),
                    models.UniqueConstraint(
                        fields=("recall", "account"), name="health_notice_account"
                    ),
                ],
            },
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
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="health_delivery.webhookendpoint",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ("-pk",),
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["-is_urgent", "due_at", "id"],
                        name="health_delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["endpoint", "subject"],
                        name="health_delivery_subject",
                    ),
                    models.Index(fields=["settled_at"], name="health_delivery_settled"),
                ],
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
    ]
