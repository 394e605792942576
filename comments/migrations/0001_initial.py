"""The tables of reader replies; the page is whatever the site's base page model is."""

import uuid

import django.db.models.deletion
import swapper
from django.conf import settings
from django.db import migrations, models

# This part may be migrated before Wagtail's own modules have said so.
swapper.set_app_prefix("wagtailcore", "wagtail")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChallengeUse",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "used link",
                "verbose_name_plural": "used links",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="IdempotencyRecord",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("key_hash", models.CharField(max_length=64)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "retry_hash",
                    models.CharField(blank=True, max_length=64, null=True, unique=True),
                ),
                ("outcome", models.CharField(max_length=12)),
                ("reply_key", models.UUIDField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "idempotency record",
                "verbose_name_plural": "idempotency records",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Participant",
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
                ("display_name", models.CharField(max_length=80)),
                (
                    "name_skeleton",
                    models.CharField(blank=True, db_index=True, max_length=160),
                ),
                (
                    "email_hmac",
                    models.CharField(blank=True, db_index=True, max_length=64),
                ),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("trust", models.PositiveSmallIntegerField(default=0)),
                ("trusted_at", models.DateTimeField(blank=True, null=True)),
                ("email_sealed", models.TextField(blank=True)),
                ("locale", models.CharField(blank=True, max_length=20)),
                ("session_version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("verify", "Prove a mail address"),
                            ("sign_in", "Sign-in link"),
                            ("decision", "Decision on a reply"),
                            ("appeal", "Outcome of an appeal"),
                            ("sanction", "Measure against a person"),
                            ("new_reply", "New reply in a thread"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=100, unique=True)),
                ("address_sealed", models.TextField(blank=True)),
                ("locale", models.CharField(blank=True, max_length=20)),
                ("facts", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="health_comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing message",
                "verbose_name_plural": "outgoing messages",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Credential",
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
                ("profession", models.CharField(max_length=80)),
                ("register", models.CharField(max_length=120)),
                ("register_id", models.CharField(max_length=80)),
                ("register_url", models.URLField(blank=True)),
                ("verified_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credential",
                        to="health_comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "credential",
                "verbose_name_plural": "credentials",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RateWindow",
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
                ("bucket", models.CharField(max_length=64)),
                ("starts_at", models.BigIntegerField()),
                ("n", models.PositiveIntegerField(default=0)),
                ("expires_at", models.BigIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "rate window",
                "verbose_name_plural": "rate windows",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bucket", "starts_at"), name="hcm_rate_unique_window"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                ("path", models.CharField(max_length=256)),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("author_name", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unverified", "Unverified"),
                            ("pending", "Waiting"),
                            ("published", "Published"),
                            ("hidden", "Hidden"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                            ("removed", "Removed"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "Reply"),
                            ("question", "Question"),
                            ("clinician_answer", "Clinician's answer"),
                        ],
                        default="reply",
                        max_length=20,
                    ),
                ),
                ("reply_count", models.PositiveIntegerField(default=0)),
                ("helpful_count", models.PositiveIntegerField(default=0)),
                (
                    "disclaimer_version",
                    models.PositiveIntegerField(blank=True, null=True),
                ),
                ("pinned", models.BooleanField(default=False)),
                (
                    "removal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("author", "Withdrawn by its author"),
                            ("erasure", "Erased"),
                        ],
                        max_length=12,
                    ),
                ),
                ("origin", models.CharField(default="api", max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_comments.credential",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="children",
                        to="health_comments.reply",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="health_comments.participant",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="health_comments.reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "permissions": [("moderate_reply", "Can moderate replies")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReplyRevision",
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
                ("number", models.PositiveIntegerField(default=1)),
                ("source", models.TextField()),
                ("body_html", models.TextField()),
                ("body_text", models.TextField(blank=True)),
                ("renderer_version", models.CharField(max_length=40)),
                ("citations", models.JSONField(blank=True, default=list)),
                ("signals", models.JSONField(blank=True, default=list)),
                ("text_hash", models.CharField(db_index=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("superseded", "Superseded"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("is_redaction", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="health_comments.reply",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply revision",
                "verbose_name_plural": "reply revisions",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="reply",
            name="published_revision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="health_comments.replyrevision",
            ),
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("reply_key", models.UUIDField(db_index=True, null=True)),
                ("page_key", models.PositiveBigIntegerField(null=True)),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("approve", "Approve"),
                            ("reject", "Reject"),
                            ("spam", "Mark as spam"),
                            ("hide", "Hide"),
                            ("restore", "Restore"),
                            ("verify", "Mail address proven"),
                            ("edit", "Changed by its author"),
                            ("withdraw", "Withdrawn by its author"),
                            ("erase", "Erased"),
                            ("redact", "Redacted"),
                            ("pin", "Pinned"),
                            ("unpin", "No longer pinned"),
                            ("escalate", "Passed on"),
                            ("reopen", "To be looked at again"),
                            ("overturn", "Appeal granted"),
                            ("uphold", "Appeal refused"),
                            ("sanction", "Measure against a person"),
                            ("lift", "Measure lifted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_status", models.CharField(blank=True, max_length=12)),
                ("to_status", models.CharField(blank=True, max_length=12)),
                ("item_version", models.PositiveIntegerField(null=True)),
                ("policy", models.CharField(blank=True, max_length=40)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[("terms", "Our rules"), ("legal", "The law")],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("public_reason", models.TextField(blank=True)),
                ("internal_note", models.TextField(blank=True)),
                ("actor_label", models.CharField(max_length=200)),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("human", "A person"),
                            ("rule", "A rule"),
                            ("model", "A model"),
                        ],
                        max_length=8,
                    ),
                ),
                ("automated_detection", models.BooleanField(default=False)),
                ("territorial_scope", models.CharField(blank=True, max_length=40)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_comments.decision",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="health_comments.participant",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="health_comments.reply",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_comments.replyrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["created_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                ("reporter_hash", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("upheld", "Upheld"),
                            ("dismissed", "Dismissed"),
                            ("duplicate", "Duplicate"),
                        ],
                        default="received",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="health_comments.decision",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="health_comments.reply",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="health_comments.participant",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_comments.replyrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("claimed", "Claimed"),
                            ("escalated", "Escalated"),
                            ("resolved", "Resolved"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("routine", "Routine"),
                            ("elevated", "Elevated"),
                            ("legal", "Legal"),
                            ("crisis", "Crisis"),
                        ],
                        default="routine",
                        max_length=12,
                    ),
                ),
                ("priority", models.SmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_items",
                        to="health_comments.reply",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="health_comments.replyrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "review item",
                "verbose_name_plural": "replies",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="decisions",
                to="health_comments.reviewitem",
            ),
        ),
        migrations.CreateModel(
            name="Sanction",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("warn", "Warning"),
                            ("hold_all", "Every reply waits for a moderator"),
                            ("suspend", "No replies for a while"),
                            ("block", "No replies"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("expired", "Expired"),
                            ("lifted", "Lifted"),
                        ],
                        default="active",
                        max_length=12,
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="sanction",
                        to="health_comments.decision",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sanctions",
                        to="health_comments.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Thread",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("open", "Open: readers read and reply"),
                            (
                                "read_only",
                                "Read only: replies show, new ones are paused",
                            ),
                            ("closed", "Closed: replies show, no new ones"),
                            ("hidden", "Hidden: no replies are shown or accepted"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("policy", models.CharField(blank=True, max_length=12)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveBigIntegerField(default=1)),
                ("reply_count", models.PositiveIntegerField(default=0)),
                ("has_clinicians", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "locale",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=swapper.get_model_name("wagtailcore", "Page"),
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "thread",
                "verbose_name_plural": "threads",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="reply",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="health_comments.thread",
            ),
        ),
        migrations.CreateModel(
            name="Appeal",
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
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("upheld", "Refused: the decision stands"),
                            ("overturned", "Granted: the decision was reversed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="appeal",
                        to="health_comments.decision",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_comments.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["state", "created_at"], name="hcm_appeal_queue"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("user__isnull", True),
                    ("verified_at__isnull", False),
                    models.Q(("email_hmac", ""), _negated=True),
                ),
                fields=("email_hmac",),
                name="hcm_participant_one_proven",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["state", "due_at"], name="hcm_outbox_due"),
        ),
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on__gte", models.F("verified_on"))),
                name="hcm_credential_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="replyrevision",
            constraint=models.UniqueConstraint(
                fields=("reply", "number"), name="hcm_revision_unique_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="replyrevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("reply",),
                name="hcm_revision_one_proposed",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["reply", "state"], name="hcm_report_reply"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "received")),
                fields=("reply", "reporter_hash"),
                name="hcm_report_one_each",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(
                fields=["state", "-priority", "created_at", "id"], name="hcm_item_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(fields=["created_at"], name="hcm_item_created"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "claimed", "escalated"))),
                fields=("reply",),
                name="hcm_item_one_live",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["created_at"], name="hcm_decision_created"),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(fields=["state", "ends_at"], name="hcm_sanction_expiry"),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "suspend"), _negated=True),
                    ("ends_at__isnull", False),
                    _connector="OR",
                ),
                name="hcm_sanction_suspension_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", "active"), models.Q(("kind", "warn"), _negated=True)
                ),
                fields=("participant", "kind"),
                name="hcm_sanction_one_active",
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(
                fields=["thread", "depth", "id"], name="hcm_reply_roots"
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["root", "path"], name="hcm_reply_tree"),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(
                fields=["status", "created_at"], name="hcm_reply_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("thread", "path"), name="hcm_reply_unique_path"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("depth", 0), ("parent__isnull", True)),
                    models.Q(("depth__gt", 0), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="hcm_reply_depth_has_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    models.Q(
                        ("published_at__isnull", False),
                        ("published_revision__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="hcm_reply_published_has_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "removed"), models.Q(("removal", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("status", "removed"), _negated=True), ("removal", "")
                    ),
                    _connector="OR",
                ),
                name="hcm_reply_removed_says_why",
            ),
        ),
    ]
