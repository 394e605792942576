"""Create the library: people, conditions, treatments, what may be said of them, and references.

Bases name no mixin, so that a mixin can be renamed; a site may have an image model of its own.
"""

import django.db.models.deletion
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0006_withdrawal_is_public"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(get_image_model_string()),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
            bases=(models.Model,),
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
            },
            bases=(models.Model,),
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
            bases=(models.Model,),
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
            },
            bases=(models.Model,),
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
            },
            bases=(models.Model,),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(
                fields=("key", "locale"),
                name="health_condition_key",
                violation_error_message="There is an entry with this key in this language.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="condition",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="personprofile",
            constraint=models.UniqueConstraint(
                fields=("key", "locale"),
                name="health_person_key",
                violation_error_message="There is an entry with this key in this language.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="personprofile",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.UniqueConstraint(
                fields=("key", "locale"),
                name="health_treatment_key",
                violation_error_message="There is an entry with this key in this language.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="treatment",
            unique_together={("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="permittedclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("starter_key", ""), _negated=True),
                fields=("starter_key",),
                name="health_claim_starter",
            ),
        ),
    ]
