"""Create the tables of recalls: acknowledgements, and who was to be told. A webhook gets the account that confirms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0002_withdrawals"),
        ("health_delivery", "0002_deliveryscope"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name="webhookendpoint",
            name="account",
            field=models.ForeignKey(
                blank=True,
                help_text="Its tokens confirm recalls for this system.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="API account",
            ),
        ),
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
                (
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="health_delivery.recall",
                        verbose_name="recall",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a recall",
                "verbose_name_plural": "notices of recalls",
                "ordering": ("name", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="acknowledgement",
            index=models.Index(fields=["account", "-id"], name="health_ack_own"),
        ),
        migrations.AddIndex(
            model_name="acknowledgement",
            index=models.Index(fields=["endpoint"], name="health_ack_endpoint"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                fields=(
                    "account",
                    "endpoint",
                    "page_id",
                    "action",
                    "number",
                    "version",
                ),
                name="health_acknowledgement_once",
            ),
        ),
        migrations.AddIndex(
            model_name="recallnotice",
            index=models.Index(
                condition=models.Q(("message_id", ""), _negated=True),
                fields=["message_id"],
                name="health_notice_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="recallnotice",
            constraint=models.UniqueConstraint(
                fields=("recall", "endpoint"), name="health_notice_endpoint"
            ),
        ),
        migrations.AddConstraint(
            model_name="recallnotice",
            constraint=models.UniqueConstraint(
                fields=("recall", "account"), name="health_notice_account"
            ),
        ),
    ]
