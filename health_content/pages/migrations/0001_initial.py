"""Create the tables of the concrete pages.

The base page may be swapped, so it is named by swapper; bases name no mixin, so that a mixin can be renamed.
"""

import django.db.models.deletion
import modelcluster.fields
import swapper
import wagtail.fields
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("health_content", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexPage",
            fields=[
                (
                    "section_disclaimers",
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
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="A short paragraph above the body: what the page is about, and for whom.",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences without formatting, for lists of pages, and for search engines when the meta description is empty.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="%(app_label)s_%(class)s",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
            ],
            options={
                "verbose_name": "index page",
                "verbose_name_plural": "index pages",
            },
            bases=(PAGE.lower(), models.Model),
        ),
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
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
                    "disclaimers_replace_reason",
                    models.TextField(
                        blank=True,
                        help_text="Leave it empty to show what the page inherits, too. With a reason nothing is inherited but what no page may leave out: what is for every page, and medical, emergency, helpline, advertising and supplement notices unless another of the kind is chosen above.",
                        max_length=1000,
                        verbose_name="because",
                    ),
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
                        help_text="It decides what readers expect here, and how often it is reviewed.",
                        max_length=20,
                        verbose_name="what the page is about",
                    ),
                ),
                (
                    "risk_tier",
                    models.CharField(
                        choices=[
                            ("low", "Low: a mistake would be awkward"),
                            (
                                "standard",
                                "Standard: a mistake may cost health or money",
                            ),
                            ("high", "High: a mistake may do serious harm"),
                            ("crisis", "Crisis: readers may be in danger as they read"),
                        ],
                        default="standard",
                        help_text="What a mistake on this page could do. When in doubt, the higher one. A reviewer has to confirm what is lower than before, or than standard.",
                        max_length=20,
                        verbose_name="risk",
                    ),
                ),
                (
                    "audience_group",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("carers", "Carers and family"),
                            ("young_people", "Young people"),
                            ("clinicians", "Health professionals"),
                        ],
                        default="public",
                        help_text="Whom you write for. Everybody can read it all the same.",
                        max_length=20,
                        verbose_name="written for",
                    ),
                ),
                (
                    "contributors",
                    wagtail.fields.StreamField(
                        [("contributor", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.PersonProfile",),
                                {},
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("author", "author"),
                                        ("editor", "editor"),
                                        ("medical_reviewer", "medical_reviewer"),
                                        ("fact_checker", "fact_checker"),
                                        ("translator", "translator"),
                                        ("lived_experience", "lived_experience"),
                                    ]
                                },
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("person", 0), ("role", 1)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "references",
                    wagtail.fields.StreamField(
                        [("reference", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 100, "required": False},
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            2: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Reference",),
                                {"required": True},
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("locator", 0), ("note", 1), ("reference", 2)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "conflict_statement",
                    models.TextField(
                        blank=True,
                        help_text="For readers. What the contributors declare in the library is added by itself.",
                        max_length=1000,
                        verbose_name="statement on interests",
                    ),
                ),
                (
                    "sponsor",
                    models.CharField(
                        blank=True,
                        help_text="Who paid for this page, if anybody did.",
                        max_length=200,
                        verbose_name="sponsor",
                    ),
                ),
                (
                    "is_commercial",
                    models.BooleanField(
                        default=False,
                        help_text="The page sells something, links to a shop for money, or was paid for.",
                        verbose_name="commercial",
                    ),
                ),
                (
                    "ai_assistance",
                    models.CharField(
                        choices=[
                            ("none", "Nothing"),
                            ("draft", "It wrote a draft"),
                            ("translation", "It translated"),
                            ("summary", "It summarized"),
                        ],
                        default="none",
                        help_text="Readers are told.",
                        max_length=20,
                        verbose_name="what artificial intelligence did",
                    ),
                ),
                (
                    "ai_note",
                    models.CharField(
                        blank=True,
                        help_text="Which tool, and who checked what it made.",
                        max_length=300,
                        verbose_name="note on that",
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="A short paragraph above the body: what the page is about, and for whom.",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences without formatting, for lists of pages, and for search engines when the meta description is empty.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "replies_mode",
                    models.CharField(
                        choices=[
                            ("open", "Open: readers may reply"),
                            ("read_only", "Read only: replies are shown, no new ones"),
                            ("closed", "Closed: a notice stands in their place"),
                            ("hidden", "Hidden: replies are not mentioned"),
                        ],
                        default="open",
                        help_text="What readers may do under the page. Replies already published stay until a moderator removes them.",
                        max_length=10,
                        verbose_name="replies",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("approach_list", 9),
                            ("benefit_list", 12),
                            ("callout", 14),
                            ("care_card", 19),
                            ("disclaimer", 21),
                            ("evidence_summary", 28),
                            ("faq", 32),
                            ("faq_ref", 34),
                            ("image", 39),
                            ("mechanism_list", 43),
                            ("medicine_info", 45),
                            ("personal_story", 46),
                            ("quote", 49),
                            ("references", 55),
                            ("related", 57),
                            ("rich_text", 2),
                            ("risks", 61),
                            ("section", 77),
                            ("stat", 64),
                            ("step_list", 67),
                            ("table", 72),
                            ("video", 74),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 200, "required": False},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"required": False},
                            ),
                            2: ("wagtail.blocks.RichTextBlock", (), {}),
                            3: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Reference",),
                                {"required": True},
                            ),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"default": [], "max_num": 20},
                            ),
                            5: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {"required": False},
                            ),
                            6: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("evidence", 4),
                                        ("page", 5),
                                        ("title", 0),
                                    ]
                                ],
                                {},
                            ),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            8: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 1, "max_value": 999, "min_value": 1},
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 0),
                                        ("introduction", 1),
                                        ("items", 7),
                                        ("start", 8),
                                    ]
                                ],
                                {},
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("evidence", 4), ("title", 0)]],
                                {},
                            ),
                            11: (
                                "wagtail.blocks.ListBlock",
                                (10,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("info", "info"),
                                        ("warning", "warning"),
                                        ("do", "do"),
                                        ("dont", "dont"),
                                        ("emergency", "emergency"),
                                    ]
                                },
                            ),
                            14: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("title", 0), ("tone", 13)]],
                                {},
                            ),
                            15: ("wagtail.blocks.CharBlock", (), {"max_length": 300}),
                            16: (
                                "wagtail.blocks.ListBlock",
                                (15,),
                                {"max_num": 20, "min_num": 1},
                            ),
                            17: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("self_care", "self_care"),
                                        ("non_urgent", "non_urgent"),
                                        ("urgent", "urgent"),
                                        ("emergency", "emergency"),
                                    ]
                                },
                            ),
                            18: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("action", 1),
                                        ("criteria", 16),
                                        ("level", 17),
                                        ("title", 18),
                                    ]
                                ],
                                {},
                            ),
                            20: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.DisclaimerSnippet",),
                                {},
                            ),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 20)]],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("high", "high"),
                                        ("moderate", "moderate"),
                                        ("low", "low"),
                                        ("very_low", "very_low"),
                                    ]
                                },
                            ),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 300, "required": False},
                            ),
                            24: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"default": [], "max_num": 20, "min_num": 1},
                            ),
                            25: ("wagtail.blocks.TextBlock", (), {"max_length": 1000}),
                            26: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 10000000000,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 100000,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("certainty", 22),
                                        ("effect", 23),
                                        ("evidence", 24),
                                        ("finding", 25),
                                        ("participants", 26),
                                        ("question", 15),
                                        ("studies", 27),
                                    ]
                                ],
                                {},
                            ),
                            29: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        (
                                            "OverviewHealthAspect",
                                            "OverviewHealthAspect",
                                        ),
                                        (
                                            "SymptomsHealthAspect",
                                            "SymptomsHealthAspect",
                                        ),
                                        ("CausesHealthAspect", "CausesHealthAspect"),
                                        ("TypesHealthAspect", "TypesHealthAspect"),
                                        ("StagesHealthAspect", "StagesHealthAspect"),
                                        (
                                            "ContagiousnessHealthAspect",
                                            "ContagiousnessHealthAspect",
                                        ),
                                        (
                                            "ScreeningHealthAspect",
                                            "ScreeningHealthAspect",
                                        ),
                                        (
                                            "SeeDoctorHealthAspect",
                                            "SeeDoctorHealthAspect",
                                        ),
                                        (
                                            "TreatmentsHealthAspect",
                                            "TreatmentsHealthAspect",
                                        ),
                                        (
                                            "MayTreatHealthAspect",
                                            "MayTreatHealthAspect",
                                        ),
                                        (
                                            "HowItWorksHealthAspect",
                                            "HowItWorksHealthAspect",
                                        ),
                                        (
                                            "HowOrWhereHealthAspect",
                                            "HowOrWhereHealthAspect",
                                        ),
                                        (
                                            "EffectivenessHealthAspect",
                                            "EffectivenessHealthAspect",
                                        ),
                                        (
                                            "BenefitsHealthAspect",
                                            "BenefitsHealthAspect",
                                        ),
                                        (
                                            "SideEffectsHealthAspect",
                                            "SideEffectsHealthAspect",
                                        ),
                                        (
                                            "RisksOrComplicationsHealthAspect",
                                            "RisksOrComplicationsHealthAspect",
                                        ),
                                        ("SafetyHealthAspect", "SafetyHealthAspect"),
                                        (
                                            "AllergiesHealthAspect",
                                            "AllergiesHealthAspect",
                                        ),
                                        (
                                            "PregnancyHealthAspect",
                                            "PregnancyHealthAspect",
                                        ),
                                        (
                                            "IngredientsHealthAspect",
                                            "IngredientsHealthAspect",
                                        ),
                                        (
                                            "UsageOrScheduleHealthAspect",
                                            "UsageOrScheduleHealthAspect",
                                        ),
                                        (
                                            "SelfCareHealthAspect",
                                            "SelfCareHealthAspect",
                                        ),
                                        (
                                            "PreventionHealthAspect",
                                            "PreventionHealthAspect",
                                        ),
                                        (
                                            "PrognosisHealthAspect",
                                            "PrognosisHealthAspect",
                                        ),
                                        (
                                            "LivingWithHealthAspect",
                                            "LivingWithHealthAspect",
                                        ),
                                        (
                                            "PatientExperienceHealthAspect",
                                            "PatientExperienceHealthAspect",
                                        ),
                                        (
                                            "MisconceptionsHealthAspect",
                                            "MisconceptionsHealthAspect",
                                        ),
                                        (
                                            "GettingAccessHealthAspect",
                                            "GettingAccessHealthAspect",
                                        ),
                                        (
                                            "RelatedTopicsHealthAspect",
                                            "RelatedTopicsHealthAspect",
                                        ),
                                    ],
                                    "required": False,
                                },
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("answer", 2),
                                        ("evidence", 4),
                                        ("health_aspect", 29),
                                        ("question", 18),
                                    ]
                                ],
                                {},
                            ),
                            31: (
                                "wagtail.blocks.ListBlock",
                                (30,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("items", 31)]],
                                {},
                            ),
                            33: ("wagtail.blocks.PageChooserBlock", (), {}),
                            34: (
                                "wagtail.blocks.StructBlock",
                                [[("page", 33), ("question", 18), ("question_id", 0)]],
                                {},
                            ),
                            35: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            36: ("wagtail.blocks.DateBlock", (), {"required": False}),
                            37: ("wagtail.images.blocks.ImageBlock", [], {}),
                            38: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": False, "required": False},
                            ),
                            39: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 35),
                                        ("consent_given_on", 36),
                                        ("consent_note", 0),
                                        ("credit", 0),
                                        ("image", 37),
                                        ("shows_patient", 38),
                                    ]
                                ],
                                {},
                            ),
                            40: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("established", "established"),
                                        ("plausible", "plausible"),
                                        ("traditional_belief", "traditional_belief"),
                                    ],
                                    "required": False,
                                },
                            ),
                            41: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("evidence", 4),
                                        ("status", 40),
                                        ("title", 0),
                                    ]
                                ],
                                {},
                            ),
                            42: (
                                "wagtail.blocks.ListBlock",
                                (41,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            43: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 0),
                                        ("introduction", 1),
                                        ("items", 42),
                                        ("start", 8),
                                    ]
                                ],
                                {},
                            ),
                            44: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("prescription", "prescription"),
                                        ("pharmacy", "pharmacy"),
                                        ("general_sale", "general_sale"),
                                    ],
                                    "required": False,
                                },
                            ),
                            45: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("availability", 44),
                                        ("dose", 1),
                                        ("form", 0),
                                        ("generic_name", 18),
                                    ]
                                ],
                                {},
                            ),
                            46: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("consent_given_on", 36),
                                        ("consent_note", 0),
                                        ("is_fictional", 38),
                                        ("person", 18),
                                    ]
                                ],
                                {},
                            ),
                            47: ("wagtail.blocks.URLBlock", (), {"required": False}),
                            48: ("wagtail.blocks.TextBlock", (), {}),
                            49: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("attribution", 0),
                                        ("source_url", 47),
                                        ("text", 48),
                                    ]
                                ],
                                {},
                            ),
                            50: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 60, "required": False},
                            ),
                            51: ("wagtail.blocks.CharBlock", (), {"max_length": 500}),
                            52: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
                            ),
                            53: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("authors", 35),
                                        ("doi", 0),
                                        ("pmid", 50),
                                        ("publication", 23),
                                        ("title", 51),
                                        ("url", 47),
                                        ("year", 52),
                                    ]
                                ],
                                {},
                            ),
                            54: (
                                "wagtail.blocks.ListBlock",
                                (53,),
                                {"max_num": 200, "min_num": 1},
                            ),
                            55: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("items", 54)]],
                                {},
                            ),
                            56: (
                                "wagtail.blocks.ListBlock",
                                (33,),
                                {"max_num": 12, "min_num": 1},
                            ),
                            57: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("pages", 56)]],
                                {},
                            ),
                            58: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("very_common", "very_common"),
                                        ("common", "common"),
                                        ("uncommon", "uncommon"),
                                        ("rare", "rare"),
                                        ("very_rare", "very_rare"),
                                        ("not_known", "not_known"),
                                    ],
                                    "required": False,
                                },
                            ),
                            59: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("evidence", 4),
                                        ("frequency", 58),
                                        ("title", 0),
                                    ]
                                ],
                                {},
                            ),
                            60: (
                                "wagtail.blocks.ListBlock",
                                (59,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            61: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 60)]],
                                {},
                            ),
                            62: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"max_value": 10000000000, "min_value": 1},
                            ),
                            63: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"max_value": 10000000000, "min_value": 0},
                            ),
                            64: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("denominator", 62),
                                        ("evidence", 24),
                                        ("numerator", 63),
                                        ("period", 18),
                                        ("population", 18),
                                        ("statement", 15),
                                    ]
                                ],
                                {},
                            ),
                            65: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("duration", 50), ("title", 0)]],
                                {},
                            ),
                            66: (
                                "wagtail.blocks.ListBlock",
                                (65,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            67: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 66)]],
                                {},
                            ),
                            68: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": True, "required": False},
                            ),
                            69: ("wagtail.blocks.CharBlock", (), {"required": False}),
                            70: ("wagtail.blocks.FloatBlock", (), {"required": False}),
                            71: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 69), ("number", 70), ("rich_text", 1)]],
                                {},
                            ),
                            72: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 18),
                                        ("notes", 1),
                                        ("row_headings", 68),
                                        ("table", 71),
                                    ]
                                ],
                                {},
                            ),
                            73: ("wagtail.blocks.URLBlock", (), {}),
                            74: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 35),
                                        ("consent_given_on", 36),
                                        ("consent_note", 0),
                                        ("credit", 0),
                                        ("has_captions", 38),
                                        ("shows_patient", 38),
                                        ("title", 18),
                                        ("transcript", 1),
                                        ("url", 73),
                                    ]
                                ],
                                {},
                            ),
                            75: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("approach_list", 9),
                                        ("benefit_list", 12),
                                        ("callout", 14),
                                        ("care_card", 19),
                                        ("disclaimer", 21),
                                        ("evidence_summary", 28),
                                        ("faq", 32),
                                        ("faq_ref", 34),
                                        ("image", 39),
                                        ("mechanism_list", 43),
                                        ("medicine_info", 45),
                                        ("personal_story", 46),
                                        ("quote", 49),
                                        ("references", 55),
                                        ("related", 57),
                                        ("rich_text", 2),
                                        ("risks", 61),
                                        ("stat", 64),
                                        ("step_list", 67),
                                        ("table", 72),
                                        ("video", 74),
                                    ]
                                ],
                                {"required": False},
                            ),
                            76: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("2", "2"), ("3", "3")]},
                            ),
                            77: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("blocks", 75),
                                        ("heading", 18),
                                        ("health_aspect", 29),
                                        ("level", 76),
                                        ("standalone_safe", 38),
                                    ]
                                ],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="%(app_label)s_%(class)s",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                (
                    "about_conditions",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Conditions of the library that the page is about.",
                        related_name="+",
                        to="health_content.condition",
                        verbose_name="conditions",
                    ),
                ),
                (
                    "about_treatments",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Treatments of the library that the page is about.",
                        related_name="+",
                        to="health_content.treatment",
                        verbose_name="treatments",
                    ),
                ),
                (
                    "review_policy",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty to follow the policy of the site.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_content.reviewpolicy",
                        verbose_name="review policy",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="What the page is about. Lists and searches by topic find the page by these, and by the wider topics they belong to.",
                        related_name="+",
                        to="health_content.topic",
                        verbose_name="topics",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
            bases=(PAGE.lower(), models.Model),
        ),
        migrations.CreateModel(
            name="FAQPage",
            fields=[
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
                    "disclaimers_replace_reason",
                    models.TextField(
                        blank=True,
                        help_text="Leave it empty to show what the page inherits, too. With a reason nothing is inherited but what no page may leave out: what is for every page, and medical, emergency, helpline, advertising and supplement notices unless another of the kind is chosen above.",
                        max_length=1000,
                        verbose_name="because",
                    ),
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
                        help_text="It decides what readers expect here, and how often it is reviewed.",
                        max_length=20,
                        verbose_name="what the page is about",
                    ),
                ),
                (
                    "risk_tier",
                    models.CharField(
                        choices=[
                            ("low", "Low: a mistake would be awkward"),
                            (
                                "standard",
                                "Standard: a mistake may cost health or money",
                            ),
                            ("high", "High: a mistake may do serious harm"),
                            ("crisis", "Crisis: readers may be in danger as they read"),
                        ],
                        default="standard",
                        help_text="What a mistake on this page could do. When in doubt, the higher one. A reviewer has to confirm what is lower than before, or than standard.",
                        max_length=20,
                        verbose_name="risk",
                    ),
                ),
                (
                    "audience_group",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("carers", "Carers and family"),
                            ("young_people", "Young people"),
                            ("clinicians", "Health professionals"),
                        ],
                        default="public",
                        help_text="Whom you write for. Everybody can read it all the same.",
                        max_length=20,
                        verbose_name="written for",
                    ),
                ),
                (
                    "contributors",
                    wagtail.fields.StreamField(
                        [("contributor", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.PersonProfile",),
                                {},
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("author", "author"),
                                        ("editor", "editor"),
                                        ("medical_reviewer", "medical_reviewer"),
                                        ("fact_checker", "fact_checker"),
                                        ("translator", "translator"),
                                        ("lived_experience", "lived_experience"),
                                    ]
                                },
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("person", 0), ("role", 1)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "references",
                    wagtail.fields.StreamField(
                        [("reference", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 100, "required": False},
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            2: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Reference",),
                                {"required": True},
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("locator", 0), ("note", 1), ("reference", 2)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "conflict_statement",
                    models.TextField(
                        blank=True,
                        help_text="For readers. What the contributors declare in the library is added by itself.",
                        max_length=1000,
                        verbose_name="statement on interests",
                    ),
                ),
                (
                    "sponsor",
                    models.CharField(
                        blank=True,
                        help_text="Who paid for this page, if anybody did.",
                        max_length=200,
                        verbose_name="sponsor",
                    ),
                ),
                (
                    "is_commercial",
                    models.BooleanField(
                        default=False,
                        help_text="The page sells something, links to a shop for money, or was paid for.",
                        verbose_name="commercial",
                    ),
                ),
                (
                    "ai_assistance",
                    models.CharField(
                        choices=[
                            ("none", "Nothing"),
                            ("draft", "It wrote a draft"),
                            ("translation", "It translated"),
                            ("summary", "It summarized"),
                        ],
                        default="none",
                        help_text="Readers are told.",
                        max_length=20,
                        verbose_name="what artificial intelligence did",
                    ),
                ),
                (
                    "ai_note",
                    models.CharField(
                        blank=True,
                        help_text="Which tool, and who checked what it made.",
                        max_length=300,
                        verbose_name="note on that",
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="A short paragraph above the body: what the page is about, and for whom.",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences without formatting, for lists of pages, and for search engines when the meta description is empty.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                (
                    "replies_mode",
                    models.CharField(
                        choices=[
                            ("open", "Open: readers may reply"),
                            ("read_only", "Read only: replies are shown, no new ones"),
                            ("closed", "Closed: a notice stands in their place"),
                            ("hidden", "Hidden: replies are not mentioned"),
                        ],
                        default="open",
                        help_text="What readers may do under the page. Replies already published stay until a moderator removes them.",
                        max_length=10,
                        verbose_name="replies",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("callout", 3),
                            ("care_card", 9),
                            ("disclaimer", 11),
                            ("faq", 17),
                            ("image", 22),
                            ("references", 30),
                            ("related", 33),
                            ("rich_text", 0),
                            ("video", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.RichTextBlock", (), {}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 200, "required": False},
                            ),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("info", "info"),
                                        ("warning", "warning"),
                                        ("do", "do"),
                                        ("dont", "dont"),
                                        ("emergency", "emergency"),
                                    ]
                                },
                            ),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 0), ("title", 1), ("tone", 2)]],
                                {},
                            ),
                            4: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"required": False},
                            ),
                            5: ("wagtail.blocks.CharBlock", (), {"max_length": 300}),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (5,),
                                {"max_num": 20, "min_num": 1},
                            ),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("self_care", "self_care"),
                                        ("non_urgent", "non_urgent"),
                                        ("urgent", "urgent"),
                                        ("emergency", "emergency"),
                                    ]
                                },
                            ),
                            8: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("action", 4),
                                        ("criteria", 6),
                                        ("level", 7),
                                        ("title", 8),
                                    ]
                                ],
                                {},
                            ),
                            10: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.DisclaimerSnippet",),
                                {},
                            ),
                            11: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 10)]],
                                {},
                            ),
                            12: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Reference",),
                                {"required": True},
                            ),
                            13: (
                                "wagtail.blocks.ListBlock",
                                (12,),
                                {"default": [], "max_num": 20},
                            ),
                            14: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        (
                                            "OverviewHealthAspect",
                                            "OverviewHealthAspect",
                                        ),
                                        (
                                            "SymptomsHealthAspect",
                                            "SymptomsHealthAspect",
                                        ),
                                        ("CausesHealthAspect", "CausesHealthAspect"),
                                        ("TypesHealthAspect", "TypesHealthAspect"),
                                        ("StagesHealthAspect", "StagesHealthAspect"),
                                        (
                                            "ContagiousnessHealthAspect",
                                            "ContagiousnessHealthAspect",
                                        ),
                                        (
                                            "ScreeningHealthAspect",
                                            "ScreeningHealthAspect",
                                        ),
                                        (
                                            "SeeDoctorHealthAspect",
                                            "SeeDoctorHealthAspect",
                                        ),
                                        (
                                            "TreatmentsHealthAspect",
                                            "TreatmentsHealthAspect",
                                        ),
                                        (
                                            "MayTreatHealthAspect",
                                            "MayTreatHealthAspect",
                                        ),
                                        (
                                            "HowItWorksHealthAspect",
                                            "HowItWorksHealthAspect",
                                        ),
                                        (
                                            "HowOrWhereHealthAspect",
                                            "HowOrWhereHealthAspect",
                                        ),
                                        (
                                            "EffectivenessHealthAspect",
                                            "EffectivenessHealthAspect",
                                        ),
                                        (
                                            "BenefitsHealthAspect",
                                            "BenefitsHealthAspect",
                                        ),
                                        (
                                            "SideEffectsHealthAspect",
                                            "SideEffectsHealthAspect",
                                        ),
                                        (
                                            "RisksOrComplicationsHealthAspect",
                                            "RisksOrComplicationsHealthAspect",
                                        ),
                                        ("SafetyHealthAspect", "SafetyHealthAspect"),
                                        (
                                            "AllergiesHealthAspect",
                                            "AllergiesHealthAspect",
                                        ),
                                        (
                                            "PregnancyHealthAspect",
                                            "PregnancyHealthAspect",
                                        ),
                                        (
                                            "IngredientsHealthAspect",
                                            "IngredientsHealthAspect",
                                        ),
                                        (
                                            "UsageOrScheduleHealthAspect",
                                            "UsageOrScheduleHealthAspect",
                                        ),
                                        (
                                            "SelfCareHealthAspect",
                                            "SelfCareHealthAspect",
                                        ),
                                        (
                                            "PreventionHealthAspect",
                                            "PreventionHealthAspect",
                                        ),
                                        (
                                            "PrognosisHealthAspect",
                                            "PrognosisHealthAspect",
                                        ),
                                        (
                                            "LivingWithHealthAspect",
                                            "LivingWithHealthAspect",
                                        ),
                                        (
                                            "PatientExperienceHealthAspect",
                                            "PatientExperienceHealthAspect",
                                        ),
                                        (
                                            "MisconceptionsHealthAspect",
                                            "MisconceptionsHealthAspect",
                                        ),
                                        (
                                            "GettingAccessHealthAspect",
                                            "GettingAccessHealthAspect",
                                        ),
                                        (
                                            "RelatedTopicsHealthAspect",
                                            "RelatedTopicsHealthAspect",
                                        ),
                                    ],
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("answer", 0),
                                        ("evidence", 13),
                                        ("health_aspect", 14),
                                        ("question", 8),
                                    ]
                                ],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.ListBlock",
                                (15,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            17: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 16)]],
                                {},
                            ),
                            18: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            19: ("wagtail.blocks.DateBlock", (), {"required": False}),
                            20: ("wagtail.images.blocks.ImageBlock", [], {}),
                            21: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": False, "required": False},
                            ),
                            22: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 18),
                                        ("consent_given_on", 19),
                                        ("consent_note", 1),
                                        ("credit", 1),
                                        ("image", 20),
                                        ("shows_patient", 21),
                                    ]
                                ],
                                {},
                            ),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 60, "required": False},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 300, "required": False},
                            ),
                            25: ("wagtail.blocks.CharBlock", (), {"max_length": 500}),
                            26: ("wagtail.blocks.URLBlock", (), {"required": False}),
                            27: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("authors", 18),
                                        ("doi", 1),
                                        ("pmid", 23),
                                        ("publication", 24),
                                        ("title", 25),
                                        ("url", 26),
                                        ("year", 27),
                                    ]
                                ],
                                {},
                            ),
                            29: (
                                "wagtail.blocks.ListBlock",
                                (28,),
                                {"max_num": 200, "min_num": 1},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 29)]],
                                {},
                            ),
                            31: ("wagtail.blocks.PageChooserBlock", (), {}),
                            32: (
                                "wagtail.blocks.ListBlock",
                                (31,),
                                {"max_num": 12, "min_num": 1},
                            ),
                            33: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("pages", 32)]],
                                {},
                            ),
                            34: ("wagtail.blocks.URLBlock", (), {}),
                            35: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 18),
                                        ("consent_given_on", 19),
                                        ("consent_note", 1),
                                        ("credit", 1),
                                        ("has_captions", 21),
                                        ("shows_patient", 21),
                                        ("title", 8),
                                        ("transcript", 4),
                                        ("url", 34),
                                    ]
                                ],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "page_ptr",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        related_name="%(app_label)s_%(class)s",
                        serialize=False,
                        to=PAGE,
                    ),
                ),
                (
                    "about_conditions",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Conditions of the library that the page is about.",
                        related_name="+",
                        to="health_content.condition",
                        verbose_name="conditions",
                    ),
                ),
                (
                    "about_treatments",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Treatments of the library that the page is about.",
                        related_name="+",
                        to="health_content.treatment",
                        verbose_name="treatments",
                    ),
                ),
                (
                    "review_policy",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty to follow the policy of the site.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="health_content.reviewpolicy",
                        verbose_name="review policy",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="What the page is about. Lists and searches by topic find the page by these, and by the wider topics they belong to.",
                        related_name="+",
                        to="health_content.topic",
                        verbose_name="topics",
                    ),
                ),
            ],
            options={
                "verbose_name": "FAQ page",
                "verbose_name_plural": "FAQ pages",
            },
            bases=(PAGE.lower(), models.Model),
        ),
    ]
