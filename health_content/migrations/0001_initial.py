"""Create the tables of the content part.

The base page may be swapped, so it is named by swapper; bases name no mixin, so that a mixin can be renamed; a site may have
an image model of its own.
"""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
import swapper
import wagtail.fields
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
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
                    "chain",
                    models.CharField(max_length=60, unique=True, verbose_name="chain"),
                ),
                (
                    "label",
                    models.CharField(max_length=150, verbose_name="what it is of"),
                ),
                (
                    "count",
                    models.PositiveIntegerField(verbose_name="number of records"),
                ),
                (
                    "hash",
                    models.CharField(max_length=64, verbose_name="hash of the newest"),
                ),
            ],
            options={
                "verbose_name": "head of a chain",
                "verbose_name_plural": "heads of chains",
                "ordering": ("chain",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Condition",
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
                        help_text="Short name for programs and addresses. The same in every language. Do not change it once pages show the entry.",
                        max_length=80,
                        verbose_name="key",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The plain name, as readers say it.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "synonyms",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: other names, brand names, abbreviations. The claim checker knows the subject by all of them.",
                        max_length=2000,
                        verbose_name="other names",
                    ),
                ),
                (
                    "body_location",
                    models.CharField(
                        blank=True,
                        help_text="For example “lower back”.",
                        max_length=120,
                        verbose_name="part of the body",
                    ),
                ),
                (
                    "snomed",
                    models.CharField(
                        blank=True, max_length=18, verbose_name="SNOMED CT"
                    ),
                ),
                (
                    "icd10",
                    models.CharField(blank=True, max_length=10, verbose_name="ICD-10"),
                ),
                (
                    "icd11",
                    models.CharField(blank=True, max_length=10, verbose_name="ICD-11"),
                ),
                (
                    "mesh",
                    models.CharField(blank=True, max_length=60, verbose_name="MeSH"),
                ),
                (
                    "supervision_required",
                    models.BooleanField(
                        default=False,
                        help_text="People with it must see a doctor or another qualified professional. Claims to treat it are held to a stricter rule: the United Kingdom's advertising code, rule 12.2, forbids them without such supervision.",
                        verbose_name="needs a qualified professional",
                    ),
                ),
                (
                    "is_crisis",
                    models.BooleanField(
                        default=False,
                        help_text="Suicide, self-harm, overdose, an eating disorder: pages about it need a helpline.",
                        verbose_name="may be a matter of life and death",
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
                "verbose_name": "condition",
                "verbose_name_plural": "conditions",
                "ordering": ("name", "pk"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale"),
                        name="health_condition_key",
                        violation_error_message="There is an entry with this key in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="PersonProfile",
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
                        help_text="Short name for programs and addresses. The same in every language. Do not change it once pages show the entry.",
                        max_length=80,
                        verbose_name="key",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As readers see it, with a title if the person uses one.",
                        max_length=120,
                        verbose_name="name",
                    ),
                ),
                (
                    "job_title",
                    models.CharField(
                        blank=True,
                        help_text="For example “General practitioner”.",
                        max_length=120,
                        verbose_name="job title",
                    ),
                ),
                (
                    "bio",
                    models.TextField(
                        blank=True,
                        help_text="A few sentences for readers: what this person knows, and how.",
                        max_length=2000,
                        verbose_name="about the person",
                    ),
                ),
                (
                    "specialties",
                    models.TextField(
                        blank=True,
                        help_text="One on each line. Reviewers are expected to know the subject of the page.",
                        max_length=1000,
                        verbose_name="specialties",
                    ),
                ),
                (
                    "orcid",
                    models.CharField(
                        blank=True,
                        help_text="Such as 0000-0002-1825-0097. Its address works too.",
                        max_length=60,
                        verbose_name="ORCID iD",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Without it the person stays on the pages that name them, and reviews nothing more.",
                        verbose_name="works with us",
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
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=get_image_model_string(),
                        verbose_name="photo",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        help_text="Their account here, if they have one, so that nobody reviews what they wrote. Never shown to readers.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ("name", "pk"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale"),
                        name="health_person_key",
                        violation_error_message="There is an entry with this key in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
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
                            ("helpline", "Where to get help"),
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
                    "applies_to",
                    wagtail.fields.StreamField(
                        [
                            ("content_kind", 0),
                            ("risk_tier", 1),
                            ("topic", 2),
                            ("trait", 3),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("condition", "condition"),
                                        ("treatment", "treatment"),
                                        ("symptom", "symptom"),
                                        ("lifestyle", "lifestyle"),
                                        ("medicine", "medicine"),
                                        ("news", "news"),
                                        ("opinion", "opinion"),
                                        ("personal_story", "personal_story"),
                                    ]
                                },
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("low", "low"),
                                        ("standard", "standard"),
                                        ("high", "high"),
                                        ("crisis", "crisis"),
                                    ]
                                },
                            ),
                            2: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Topic",),
                                {},
                            ),
                            3: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("commercial", "commercial"),
                                        ("ai", "ai"),
                                        ("translation", "translation"),
                                        ("replies_open", "replies_open"),
                                    ]
                                },
                            ),
                        },
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale"),
                        name="health_disclaimer_key",
                        violation_error_message="There is a disclaimer with this key in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="EmergencyPublication",
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
                    "page_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="page"),
                ),
                (
                    "content_digest",
                    models.CharField(
                        max_length=64, verbose_name="digest of the content"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        validators=[django.core.validators.MinLengthValidator(20)],
                        verbose_name="reason",
                    ),
                ),
                (
                    "outcomes",
                    models.JSONField(
                        default=list, verbose_name="what spoke against it"
                    ),
                ),
                ("user_name", models.CharField(max_length=200, verbose_name="name")),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                ("review_due_at", models.DateTimeField(verbose_name="review due")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "emergency publication",
                "verbose_name_plural": "emergency publications",
                "ordering": ("page_id", "pk"),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="GateOverride",
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
                    "page_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="page"),
                ),
                (
                    "check_id",
                    models.CharField(
                        choices=[
                            ("G01", "G01"),
                            ("G02", "G02"),
                            ("G03", "G03"),
                            ("G04", "G04"),
                            ("G05", "G05"),
                            ("G06", "G06"),
                            ("G07", "G07"),
                            ("G08", "G08"),
                            ("G09", "G09"),
                            ("G10", "G10"),
                            ("G11", "G11"),
                            ("G12", "G12"),
                            ("G13", "G13"),
                            ("G14", "G14"),
                            ("G15", "G15"),
                            ("G16", "G16"),
                            ("G17", "G17"),
                            ("G18", "G18"),
                            ("G19", "G19"),
                            ("G20", "G20"),
                            ("G21", "G21"),
                            ("G22", "G22"),
                        ],
                        max_length=3,
                        verbose_name="check",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        max_length=500, verbose_name="reason that it answers"
                    ),
                ),
                (
                    "content_digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest of the content"
                    ),
                ),
                (
                    "sentence",
                    models.TextField(blank=True, verbose_name="what it is about"),
                ),
                (
                    "rule_base",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="version of the rules"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quotation", "It is quoted, not claimed"),
                            ("false_positive", "The finding is wrong"),
                            ("evidence", "There is evidence, which the page names"),
                            ("legal_advice", "Our lawyers allow it"),
                            ("satire", "It is satire"),
                            ("emergency", "It cannot wait"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        validators=[django.core.validators.MinLengthValidator(20)],
                        verbose_name="reason",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("nobody", "nobody"),
                            ("editor", "editor"),
                            ("reviewer", "reviewer"),
                            ("lead", "lead"),
                            ("two_people", "two_people"),
                        ],
                        max_length=20,
                        verbose_name="given as",
                    ),
                ),
                ("user_name", models.CharField(max_length=200, verbose_name="name")),
                ("created_at", models.DateTimeField(verbose_name="given at")),
                ("expires_at", models.DateTimeField(verbose_name="ends at")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
            ],
            options={
                "verbose_name": "override",
                "verbose_name_plural": "overrides",
                "ordering": ("page_id", "pk"),
                "permissions": (
                    ("override_gate", "Can let pages pass checks that they fail"),
                    ("publish_emergency", "Can publish in an emergency, unchecked"),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source_name", "locale"), name="health_import_source"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MedicalReviewTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "Medical review task",
                "verbose_name_plural": "Medical review tasks",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="Menu",
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
                    "key",
                    models.SlugField(
                        help_text="Short name by which front ends ask for it, such as “main” or “footer”. The same in every language.",
                        max_length=80,
                        verbose_name="key",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Screen readers say it before the links: “Main”, “About this site”.",
                        max_length=100,
                        verbose_name="title",
                    ),
                ),
                (
                    "items",
                    wagtail.fields.StreamField(
                        [("group", 8), ("link", 2), ("page", 5), ("pages_below", 6)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"max_length": 100}),
                            1: ("wagtail.blocks.URLBlock", (), {}),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 0), ("url", 1)]],
                                {},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 100, "required": False},
                            ),
                            4: ("wagtail.blocks.PageChooserBlock", (), {}),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("label", 3), ("page", 4)]],
                                {},
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("page", 4)]], {}),
                            7: (
                                "wagtail.blocks.StreamBlock",
                                [[("link", 2), ("page", 5), ("pages_below", 6)]],
                                {"max_num": 30},
                            ),
                            8: (
                                "wagtail.blocks.StructBlock",
                                [[("items", 7), ("label", 0)]],
                                {},
                            ),
                        },
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
                "verbose_name": "menu",
                "verbose_name_plural": "menus",
                "ordering": ("key", "site", "pk"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "key", "locale"),
                        name="health_menu_key",
                        violation_error_message="The site has a menu with this key in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
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
            name="PageDrift",
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
                    "page_id",
                    models.PositiveBigIntegerField(unique=True, verbose_name="page"),
                ),
                (
                    "outcomes",
                    models.JSONField(
                        default=list, verbose_name="what speaks against it"
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
            ],
            options={
                "verbose_name": "page that would fail today",
                "verbose_name_plural": "pages that would fail today",
                "ordering": ("page_id",),
                "default_permissions": ("view",),
            },
        ),
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
                ("text", models.TextField(blank=True, verbose_name="what it is about")),
                (
                    "message",
                    models.TextField(blank=True, verbose_name="what the rule says"),
                ),
                ("suggestion", models.TextField(blank=True, verbose_name="suggestion")),
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
        migrations.CreateModel(
            name="Treatment",
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
                        help_text="Short name for programs and addresses. The same in every language. Do not change it once pages show the entry.",
                        max_length=80,
                        verbose_name="key",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The plain name, as readers say it.",
                        max_length=200,
                        verbose_name="name",
                    ),
                ),
                (
                    "synonyms",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: other names, brand names, abbreviations. The claim checker knows the subject by all of them.",
                        max_length=2000,
                        verbose_name="other names",
                    ),
                ),
                (
                    "procedure_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("noninvasive", "Nothing goes through the skin"),
                            ("percutaneous", "Through the skin, as by a needle"),
                        ],
                        help_text="Needles go through the skin: a page must not call such a treatment non-invasive.",
                        max_length=20,
                        verbose_name="how it is done",
                    ),
                ),
                (
                    "medicine_system",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("Ayurvedic", "Ayurveda"),
                            ("Chiropractic", "Chiropractic"),
                            ("Homeopathic", "Homeopathy"),
                            ("Osteopathic", "Osteopathy"),
                            ("TraditionalChinese", "Traditional Chinese medicine"),
                            ("WesternConventional", "Conventional medicine"),
                        ],
                        max_length=30,
                        verbose_name="tradition",
                    ),
                ),
                (
                    "is_complementary",
                    models.BooleanField(
                        default=False,
                        help_text="Used beside, or instead of, conventional medicine.",
                        verbose_name="complementary or alternative",
                    ),
                ),
                (
                    "licensed_title",
                    models.CharField(
                        blank=True,
                        help_text="What those who give it are called by law where this language is read, if the title is protected.",
                        max_length=200,
                        verbose_name="protected title",
                    ),
                ),
                (
                    "contraindications",
                    models.TextField(
                        blank=True,
                        help_text="One on each line.",
                        max_length=2000,
                        verbose_name="who should not have it",
                    ),
                ),
                (
                    "harms",
                    models.TextField(
                        blank=True,
                        help_text="One on each line. A page that names benefits has to name these, too.",
                        max_length=2000,
                        verbose_name="known harms",
                    ),
                ),
                (
                    "regulator_notes",
                    models.TextField(
                        blank=True,
                        help_text="For editors: what regulators say about it. Not shown to readers.",
                        max_length=4000,
                        verbose_name="notes on rules",
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
                "verbose_name": "treatment",
                "verbose_name_plural": "treatments",
                "ordering": ("name", "pk"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "locale"),
                        name="health_treatment_key",
                        violation_error_message="There is an entry with this key in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
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
                    "content_digest",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        verbose_name="digest of what the editor wrote",
                    ),
                ),
                (
                    "gate",
                    models.JSONField(
                        default=dict, verbose_name="outcome of the checks"
                    ),
                ),
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
                    "user_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name"),
                ),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page_id", "number"), name="health_record_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reference",
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
                ("csl", models.JSONField(default=dict, verbose_name="citation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("systematic_review", "Systematic review"),
                            ("rct", "Randomized controlled trial"),
                            ("guideline", "Guideline"),
                            ("observational", "Observational study"),
                            ("animal", "Study in animals"),
                            ("in_vitro", "Laboratory study (cells, tissue)"),
                            ("regulator", "Regulator or law"),
                            ("textbook", "Textbook or encyclopedia"),
                            ("website", "Website"),
                        ],
                        max_length=20,
                        verbose_name="kind of source",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "high",
                                "High: further research is very unlikely to change it",
                            ),
                            (
                                "moderate",
                                "Moderate: the effect is probably close to it",
                            ),
                            ("low", "Low: the effect may be quite different"),
                            ("very_low", "Very low: little confidence in it"),
                        ],
                        help_text="Only if the source states it, or a trained person graded it. Leave it empty otherwise.",
                        max_length=10,
                        verbose_name="certainty (GRADE)",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supports", "Supports"),
                            ("mixed", "Mixed"),
                            ("against", "Speaks against"),
                        ],
                        max_length=10,
                        verbose_name="what it says",
                    ),
                ),
                (
                    "population",
                    models.CharField(
                        blank=True,
                        help_text="For example “2,905 adults with chronic low back pain”.",
                        max_length=300,
                        verbose_name="who was studied",
                    ),
                ),
                (
                    "checked_at",
                    models.DateField(
                        blank=True,
                        help_text="The day on which somebody last read it and looked for a retraction.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "retracted_at",
                    models.DateField(
                        blank=True,
                        help_text="Pages that cite it say so at once.",
                        null=True,
                        verbose_name="retracted on",
                    ),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True,
                        help_text="For a web page that may change: its copy in a web archive.",
                        max_length=500,
                        verbose_name="archived copy",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        editable=False, max_length=500, verbose_name="title"
                    ),
                ),
                (
                    "authors",
                    models.TextField(
                        blank=True, editable=False, verbose_name="authors"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="year"
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
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The newer edition or review that replaces it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_content.reference",
                        verbose_name="superseded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference",
                "verbose_name_plural": "references",
                "ordering": ("title", "pk"),
            },
        ),
        migrations.CreateModel(
            name="RenditionJob",
            fields=[
                (
                    "image_id",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="image"
                    ),
                ),
                ("file", models.CharField(max_length=255, verbose_name="file")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "waiting for its files"),
                            ("whole", "shown as it is"),
                            ("failed", "cannot be shown"),
                        ],
                        default="wanted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=255, verbose_name="reason"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("queued_at", models.DateTimeField(verbose_name="queued at")),
                (
                    "claimed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="begun at"
                    ),
                ),
            ],
            options={
                "verbose_name": "image to make files of",
                "verbose_name_plural": "images to make files of",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                    "name",
                    models.CharField(
                        help_text="As readers see it, for example “Back pain”.",
                        max_length=120,
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Name in addresses and for programs, such as “back-pain”.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="What belongs here, for the editors who choose.",
                        max_length=500,
                        verbose_name="description",
                    ),
                ),
                (
                    "disclaimers",
                    wagtail.fields.StreamField(
                        [("disclaimer", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.DisclaimerSnippet",),
                                {},
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("start", "start"), ("end", "end")]},
                            ),
                            2: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"min_value": 1, "required": False},
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 0), ("placement", 1), ("version", 2)]],
                                {},
                            ),
                        },
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The wider topic. Lists of the wider topic have the pages of this one, too.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="health_content.topic",
                        verbose_name="belongs to",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ("name", "pk"),
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "locale"),
                        name="health_topic_slug",
                        violation_error_message="There is a topic with this slug in this language.",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
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
                (
                    "is_public",
                    models.BooleanField(
                        default=True, editable=False, verbose_name="told to the public"
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
        migrations.CreateModel(
            name="ConflictDeclaration",
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
                    "text",
                    models.TextField(
                        help_text="For example “Paid for lectures by a maker of needles”. Readers of the pages that name the person see it.",
                        max_length=1000,
                        verbose_name="what is declared",
                    ),
                ),
                (
                    "parties",
                    models.TextField(
                        blank=True,
                        help_text="One on each line: organizations, products, treatments. Nobody reviews a page that shares one of them.",
                        max_length=1000,
                        verbose_name="whom or what it concerns",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="from"),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave it empty while it lasts.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "person",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="health_content.personprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["sort_order"],
                "abstract": False,
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
                (
                    "sort_order",
                    models.IntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="For example “MBBS”, “Registered nurse” or “Licensed acupuncturist”.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "awarding_body",
                    models.CharField(
                        blank=True,
                        help_text="The university or body that awarded it.",
                        max_length=200,
                        verbose_name="awarded by",
                    ),
                ),
                (
                    "registration_body",
                    models.CharField(
                        blank=True,
                        help_text="The register it can be looked up in, for example GMC, NMC or AHPRA.",
                        max_length=120,
                        verbose_name="register",
                    ),
                ),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Kept for editors, unless the next box is ticked.",
                        max_length=60,
                        verbose_name="registration number",
                    ),
                ),
                (
                    "is_number_public",
                    models.BooleanField(
                        default=False,
                        help_text="Ask the person first.",
                        verbose_name="show the number to readers",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day. Leave it empty when it does not expire.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "verified_at",
                    models.DateField(
                        blank=True,
                        help_text="The day on which you found it in the register. Without it, it counts as not verified.",
                        null=True,
                        verbose_name="looked up on",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked up by",
                    ),
                ),
                (
                    "person",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="health_content.personprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "credential",
                "verbose_name_plural": "credentials",
                "ordering": ["sort_order"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MedicalReview",
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
                    "page_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="page"),
                ),
                (
                    "content_digest",
                    models.CharField(
                        max_length=64, verbose_name="digest of the content"
                    ),
                ),
                (
                    "reviewer_name",
                    models.CharField(
                        max_length=200, verbose_name="name of the reviewer"
                    ),
                ),
                ("content", models.JSONField(default=dict, verbose_name="content")),
                (
                    "specialties",
                    models.JSONField(default=list, verbose_name="specialties"),
                ),
                (
                    "credential",
                    models.JSONField(default=dict, verbose_name="credential"),
                ),
                (
                    "credential_until",
                    models.DateField(
                        blank=True, null=True, verbose_name="credential valid until"
                    ),
                ),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, verbose_name="credential was verified"
                    ),
                ),
                (
                    "has_shared_interest",
                    models.BooleanField(
                        default=False,
                        verbose_name="has an interest in what the page is about",
                    ),
                ),
                (
                    "content_kind",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        verbose_name="what the page was about",
                    ),
                ),
                (
                    "risk_tier",
                    models.CharField(blank=True, max_length=20, verbose_name="risk"),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("full", "The whole page"),
                            ("section", "A part of the page"),
                            ("minor_change", "A change that alters no statement"),
                        ],
                        default="full",
                        max_length=20,
                        verbose_name="scope",
                    ),
                ),
                (
                    "standalone_sections",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="sections that may be shown alone",
                    ),
                ),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("reviewed_at", models.DateTimeField(verbose_name="reviewed at")),
                ("expires_at", models.DateTimeField(verbose_name="next review due")),
                (
                    "rests_on",
                    models.ForeignKey(
                        blank=True,
                        help_text="The full review whose statements a minor change left as they were.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="health_content.medicalreview",
                        verbose_name="confirms",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
                (
                    "task_state",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.taskstate",
                        verbose_name="task",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_content.personprofile",
                        verbose_name="profile of the reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "medical review",
                "verbose_name_plural": "medical reviews",
                "ordering": ("page_id", "reviewed_at", "pk"),
                "permissions": (("review_medically", "Can review pages medically"),),
                "default_permissions": ("view",),
            },
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
                (
                    "chain",
                    models.PositiveBigIntegerField(
                        default=0,
                        editable=False,
                        help_text="The id of the disclaimer, kept when that is deleted.",
                        verbose_name="chain",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="From it pages are made that keep this wording.",
                        verbose_name="wording as it was written",
                    ),
                ),
                ("body_html", models.TextField(verbose_name="wording")),
                (
                    "text_sha",
                    models.CharField(
                        max_length=64, verbose_name="SHA-256 of title and wording"
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                (
                    "prev_hash",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        verbose_name="hash of the previous version",
                    ),
                ),
                (
                    "hash",
                    models.CharField(blank=True, max_length=64, verbose_name="hash"),
                ),
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
                (
                    "user_name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="name of who published it",
                    ),
                ),
            ],
            options={
                "verbose_name": "disclaimer version",
                "verbose_name_plural": "disclaimer versions",
                "ordering": ("disclaimer_id", "number"),
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("disclaimer", "number"),
                        name="health_disclaimer_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRejection",
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
                    "page_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="page"),
                ),
                (
                    "content_digest",
                    models.CharField(
                        max_length=64, verbose_name="digest of the content"
                    ),
                ),
                ("reason", models.TextField(verbose_name="what has to change")),
                (
                    "reviewer_name",
                    models.CharField(
                        max_length=200, verbose_name="name of the reviewer"
                    ),
                ),
                ("rejected_at", models.DateTimeField(verbose_name="rejected at")),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "rejected medical review",
                "verbose_name_plural": "rejected medical reviews",
                "ordering": ("page_id", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RiskConfirmation",
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
                    "page_id",
                    models.PositiveBigIntegerField(db_index=True, verbose_name="page"),
                ),
                (
                    "content_kind",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        verbose_name="what the page is about",
                    ),
                ),
                ("risk_tier", models.CharField(max_length=20, verbose_name="risk")),
                (
                    "reason",
                    models.TextField(
                        validators=[django.core.validators.MinLengthValidator(20)],
                        verbose_name="reason",
                    ),
                ),
                (
                    "reviewer_name",
                    models.CharField(max_length=200, verbose_name="name"),
                ),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed at")),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmation of a risk",
                "verbose_name_plural": "confirmations of risks",
                "ordering": ("page_id", "pk"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OverrideApproval",
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
                ("user_name", models.CharField(max_length=200, verbose_name="name")),
                ("approved_at", models.DateTimeField(verbose_name="approved at")),
                (
                    "override",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approval",
                        to="health_content.gateoverride",
                        verbose_name="override",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of an override",
                "verbose_name_plural": "approvals of overrides",
                "default_permissions": ("view",),
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
        migrations.CreateModel(
            name="PermittedClaim",
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
                    "jurisdiction",
                    models.CharField(
                        choices=[
                            ("international", "International"),
                            ("uk", "United Kingdom"),
                            ("ie", "Ireland"),
                            ("eu", "European Union"),
                            ("us", "United States"),
                            ("au", "Australia"),
                        ],
                        max_length=20,
                        verbose_name="where it holds",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("permitted", "A regulator accepts this wording"),
                            ("not_permitted", "A regulator does not accept it"),
                            ("guideline_for", "A guideline recommends the treatment"),
                            ("guideline_against", "A guideline advises against it"),
                        ],
                        max_length=20,
                        verbose_name="what is said",
                    ),
                ),
                (
                    "wording",
                    models.CharField(
                        help_text="The claim, as the source has it: “short-term relief of migraine headache”.",
                        max_length=300,
                        verbose_name="wording",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        help_text="What must be said with it, or whom it is about.",
                        max_length=300,
                        verbose_name="only if",
                    ),
                ),
                (
                    "source_title",
                    models.CharField(max_length=300, verbose_name="source"),
                ),
                (
                    "source_url",
                    models.URLField(
                        max_length=500, verbose_name="address of the source"
                    ),
                ),
                (
                    "checked_at",
                    models.DateField(
                        help_text="The day on which somebody last read it there.",
                        verbose_name="checked on",
                    ),
                ),
                (
                    "starter_key",
                    models.CharField(blank=True, editable=False, max_length=80),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty when the rule is about the treatment alone.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="health_content.condition",
                        verbose_name="condition",
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
                    "treatment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="health_content.treatment",
                        verbose_name="treatment",
                    ),
                ),
            ],
            options={
                "verbose_name": "permitted claim",
                "verbose_name_plural": "permitted claims",
                "ordering": ("treatment", "condition", "jurisdiction", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("starter_key", ""), _negated=True),
                        fields=("starter_key",),
                        name="health_claim_starter",
                    )
                ],
            },
        ),
    ]
