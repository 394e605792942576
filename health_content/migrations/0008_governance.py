"""Create review policies, and the settings of who publishes a site and by which rules."""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0007_library"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewPolicy",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        default=36,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months until the next review",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="After the day of the review, before anything happens.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="days of grace",
                    ),
                ),
                (
                    "overdue_action",
                    models.CharField(
                        choices=[
                            ("report", "Report it to editors"),
                            ("banner", "Tell readers on the page, too"),
                            ("noindex", "Take it out of search engines, too"),
                            ("unpublish", "Take it offline"),
                        ],
                        default="report",
                        max_length=20,
                        verbose_name="then",
                    ),
                ),
                (
                    "check_levels",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        verbose_name="checks before publication",
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
            ],
            options={
                "verbose_name": "review policy",
                "verbose_name_plural": "review policies",
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="OrganizationSettings",
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
                    "publisher",
                    models.CharField(
                        blank=True,
                        help_text="Name of the organization, as documents give it. Empty: the setting PUBLISHER_NAME.",
                        max_length=200,
                        verbose_name="publisher",
                    ),
                ),
                (
                    "publisher_url",
                    models.URLField(
                        blank=True, verbose_name="address of the publisher"
                    ),
                ),
                (
                    "funding",
                    models.TextField(
                        blank=True,
                        help_text="Who pays for the site, in a sentence or two for readers.",
                        max_length=1000,
                        verbose_name="funding",
                    ),
                ),
                (
                    "publishing_principles_url",
                    models.URLField(
                        blank=True,
                        help_text="The page that says how content is made, checked and reviewed.",
                        verbose_name="address of the editorial policy",
                    ),
                ),
                (
                    "corrections_policy_url",
                    models.URLField(
                        blank=True, verbose_name="address of the corrections policy"
                    ),
                ),
                (
                    "jurisdiction_profiles",
                    models.JSONField(blank=True, default=list, verbose_name="profiles"),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
                (
                    "default_review_policy",
                    models.ForeignKey(
                        blank=True,
                        help_text="For pages that name none of their own.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_content.reviewpolicy",
                        verbose_name="review policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "publisher and rules",
                "verbose_name_plural": "publishers and rules",
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
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
                    "sort_order",
                    models.IntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "content_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("condition", "A condition"),
                            ("treatment", "A treatment"),
                            ("symptom", "A symptom"),
                            ("lifestyle", "A healthy habit"),
                            ("medicine", "A medicine"),
                            ("news", "News"),
                            ("opinion", "An opinion"),
                            ("personal_story", "A personal story"),
                        ],
                        help_text="Leave it empty for pages of all kinds.",
                        max_length=20,
                        verbose_name="for pages about",
                    ),
                ),
                (
                    "risk_tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "Low: a mistake would be awkward"),
                            (
                                "standard",
                                "Standard: a mistake may cost health or money",
                            ),
                            ("high", "High: a mistake may do serious harm"),
                            ("crisis", "Crisis: readers may be in danger as they read"),
                        ],
                        help_text="Leave it empty for pages of any risk.",
                        max_length=20,
                        verbose_name="with the risk",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months until the next review",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="After the day of the review, before anything happens.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="days of grace",
                    ),
                ),
                (
                    "overdue_action",
                    models.CharField(
                        choices=[
                            ("report", "Report it to editors"),
                            ("banner", "Tell readers on the page, too"),
                            ("noindex", "Take it out of search engines, too"),
                            ("unpublish", "Take it offline"),
                        ],
                        default="report",
                        max_length=20,
                        verbose_name="then",
                    ),
                ),
                (
                    "policy",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="health_content.reviewpolicy",
                    ),
                ),
            ],
            options={
                "verbose_name": "review rule",
                "verbose_name_plural": "review rules",
                "ordering": ["sort_order"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
    ]
