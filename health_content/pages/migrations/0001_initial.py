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
                        help_text="What a mistake on this page could do. When in doubt, the higher one.",
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
                            ("approach_list", 6),
                            ("benefit_list", 11),
                            ("callout", 13),
                            ("care_card", 18),
                            ("disclaimer", 20),
                            ("evidence_summary", 27),
                            ("faq", 30),
                            ("faq_ref", 32),
                            ("image", 37),
                            ("mechanism_list", 41),
                            ("medicine_info", 43),
                            ("personal_story", 44),
                            ("quote", 47),
                            ("references", 53),
                            ("related", 55),
                            ("rich_text", 2),
                            ("risks", 59),
                            ("section", 76),
                            ("stat", 62),
                            ("step_list", 65),
                            ("table", 70),
                            ("video", 72),
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
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("title", 0)]],
                                {},
                            ),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"default": 1, "max_value": 999, "min_value": 1},
                            ),
                            6: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 0),
                                        ("introduction", 1),
                                        ("items", 4),
                                        ("start", 5),
                                    ]
                                ],
                                {},
                            ),
                            7: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.Reference",),
                                {"required": True},
                            ),
                            8: (
                                "wagtail.blocks.ListBlock",
                                (7,),
                                {"default": [], "max_num": 20},
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("evidence", 8), ("title", 0)]],
                                {},
                            ),
                            10: (
                                "wagtail.blocks.ListBlock",
                                (9,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            11: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 10)]],
                                {},
                            ),
                            12: (
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
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("title", 0), ("tone", 12)]],
                                {},
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 300}),
                            15: (
                                "wagtail.blocks.ListBlock",
                                (14,),
                                {"max_num": 20, "min_num": 1},
                            ),
                            16: (
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
                            17: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("action", 1),
                                        ("criteria", 15),
                                        ("level", 16),
                                        ("title", 17),
                                    ]
                                ],
                                {},
                            ),
                            19: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("health_content.DisclaimerSnippet",),
                                {},
                            ),
                            20: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 19)]],
                                {},
                            ),
                            21: (
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
                            22: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 300, "required": False},
                            ),
                            23: (
                                "wagtail.blocks.ListBlock",
                                (7,),
                                {"default": [], "max_num": 20, "min_num": 1},
                            ),
                            24: ("wagtail.blocks.TextBlock", (), {"max_length": 1000}),
                            25: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 10000000000,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            26: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 100000,
                                    "min_value": 0,
                                    "required": False,
                                },
                            ),
                            27: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("certainty", 21),
                                        ("effect", 22),
                                        ("evidence", 23),
                                        ("finding", 24),
                                        ("participants", 25),
                                        ("question", 14),
                                        ("studies", 26),
                                    ]
                                ],
                                {},
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [[("answer", 2), ("question", 17)]],
                                {},
                            ),
                            29: (
                                "wagtail.blocks.ListBlock",
                                (28,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("items", 29)]],
                                {},
                            ),
                            31: ("wagtail.blocks.PageChooserBlock", (), {}),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [[("page", 31), ("question", 17), ("question_id", 0)]],
                                {},
                            ),
                            33: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            34: ("wagtail.blocks.DateBlock", (), {"required": False}),
                            35: ("wagtail.images.blocks.ImageBlock", [], {}),
                            36: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": False, "required": False},
                            ),
                            37: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 33),
                                        ("consent_given_on", 34),
                                        ("consent_note", 0),
                                        ("credit", 0),
                                        ("image", 35),
                                        ("shows_patient", 36),
                                    ]
                                ],
                                {},
                            ),
                            38: (
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
                            39: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("evidence", 8),
                                        ("status", 38),
                                        ("title", 0),
                                    ]
                                ],
                                {},
                            ),
                            40: (
                                "wagtail.blocks.ListBlock",
                                (39,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            41: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("heading", 0),
                                        ("introduction", 1),
                                        ("items", 40),
                                        ("start", 5),
                                    ]
                                ],
                                {},
                            ),
                            42: (
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
                            43: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("availability", 42),
                                        ("dose", 1),
                                        ("form", 0),
                                        ("generic_name", 17),
                                    ]
                                ],
                                {},
                            ),
                            44: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("consent_given_on", 34),
                                        ("consent_note", 0),
                                        ("is_fictional", 36),
                                        ("person", 17),
                                    ]
                                ],
                                {},
                            ),
                            45: ("wagtail.blocks.URLBlock", (), {"required": False}),
                            46: ("wagtail.blocks.TextBlock", (), {}),
                            47: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("attribution", 0),
                                        ("source_url", 45),
                                        ("text", 46),
                                    ]
                                ],
                                {},
                            ),
                            48: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 60, "required": False},
                            ),
                            49: ("wagtail.blocks.CharBlock", (), {"max_length": 500}),
                            50: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
                            ),
                            51: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("authors", 33),
                                        ("doi", 0),
                                        ("pmid", 48),
                                        ("publication", 22),
                                        ("title", 49),
                                        ("url", 45),
                                        ("year", 50),
                                    ]
                                ],
                                {},
                            ),
                            52: (
                                "wagtail.blocks.ListBlock",
                                (51,),
                                {"max_num": 200, "min_num": 1},
                            ),
                            53: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("items", 52)]],
                                {},
                            ),
                            54: (
                                "wagtail.blocks.ListBlock",
                                (31,),
                                {"max_num": 12, "min_num": 1},
                            ),
                            55: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("pages", 54)]],
                                {},
                            ),
                            56: (
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
                            57: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("body", 2),
                                        ("evidence", 8),
                                        ("frequency", 56),
                                        ("title", 0),
                                    ]
                                ],
                                {},
                            ),
                            58: (
                                "wagtail.blocks.ListBlock",
                                (57,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            59: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 58)]],
                                {},
                            ),
                            60: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"max_value": 10000000000, "min_value": 1},
                            ),
                            61: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"max_value": 10000000000, "min_value": 0},
                            ),
                            62: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("denominator", 60),
                                        ("evidence", 23),
                                        ("numerator", 61),
                                        ("period", 17),
                                        ("population", 17),
                                        ("statement", 14),
                                    ]
                                ],
                                {},
                            ),
                            63: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("duration", 48), ("title", 0)]],
                                {},
                            ),
                            64: (
                                "wagtail.blocks.ListBlock",
                                (63,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            65: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 64)]],
                                {},
                            ),
                            66: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": True, "required": False},
                            ),
                            67: ("wagtail.blocks.CharBlock", (), {"required": False}),
                            68: ("wagtail.blocks.FloatBlock", (), {"required": False}),
                            69: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("text", 67), ("number", 68), ("rich_text", 1)]],
                                {},
                            ),
                            70: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 17),
                                        ("notes", 1),
                                        ("row_headings", 66),
                                        ("table", 69),
                                    ]
                                ],
                                {},
                            ),
                            71: ("wagtail.blocks.URLBlock", (), {}),
                            72: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 33),
                                        ("consent_given_on", 34),
                                        ("consent_note", 0),
                                        ("credit", 0),
                                        ("has_captions", 36),
                                        ("shows_patient", 36),
                                        ("title", 17),
                                        ("transcript", 1),
                                        ("url", 71),
                                    ]
                                ],
                                {},
                            ),
                            73: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("approach_list", 6),
                                        ("benefit_list", 11),
                                        ("callout", 13),
                                        ("care_card", 18),
                                        ("disclaimer", 20),
                                        ("evidence_summary", 27),
                                        ("faq", 30),
                                        ("faq_ref", 32),
                                        ("image", 37),
                                        ("mechanism_list", 41),
                                        ("medicine_info", 43),
                                        ("personal_story", 44),
                                        ("quote", 47),
                                        ("references", 53),
                                        ("related", 55),
                                        ("rich_text", 2),
                                        ("risks", 59),
                                        ("stat", 62),
                                        ("step_list", 65),
                                        ("table", 70),
                                        ("video", 72),
                                    ]
                                ],
                                {"required": False},
                            ),
                            74: (
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
                            75: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("2", "2"), ("3", "3")]},
                            ),
                            76: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("blocks", 73),
                                        ("heading", 17),
                                        ("health_aspect", 74),
                                        ("level", 75),
                                        ("standalone_safe", 36),
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
                        help_text="What a mistake on this page could do. When in doubt, the higher one.",
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
                            ("faq", 14),
                            ("image", 19),
                            ("references", 27),
                            ("related", 30),
                            ("rich_text", 0),
                            ("video", 32),
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
                                "wagtail.blocks.StructBlock",
                                [[("answer", 0), ("question", 8)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.ListBlock",
                                (12,),
                                {"max_num": 50, "min_num": 1},
                            ),
                            14: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 13)]],
                                {},
                            ),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 500, "required": False},
                            ),
                            16: ("wagtail.blocks.DateBlock", (), {"required": False}),
                            17: ("wagtail.images.blocks.ImageBlock", [], {}),
                            18: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"default": False, "required": False},
                            ),
                            19: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 15),
                                        ("consent_given_on", 16),
                                        ("consent_note", 1),
                                        ("credit", 1),
                                        ("image", 17),
                                        ("shows_patient", 18),
                                    ]
                                ],
                                {},
                            ),
                            20: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 60, "required": False},
                            ),
                            21: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"max_length": 300, "required": False},
                            ),
                            22: ("wagtail.blocks.CharBlock", (), {"max_length": 500}),
                            23: ("wagtail.blocks.URLBlock", (), {"required": False}),
                            24: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("authors", 15),
                                        ("doi", 1),
                                        ("pmid", 20),
                                        ("publication", 21),
                                        ("title", 22),
                                        ("url", 23),
                                        ("year", 24),
                                    ]
                                ],
                                {},
                            ),
                            26: (
                                "wagtail.blocks.ListBlock",
                                (25,),
                                {"max_num": 200, "min_num": 1},
                            ),
                            27: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 26)]],
                                {},
                            ),
                            28: ("wagtail.blocks.PageChooserBlock", (), {}),
                            29: (
                                "wagtail.blocks.ListBlock",
                                (28,),
                                {"max_num": 12, "min_num": 1},
                            ),
                            30: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("pages", 29)]],
                                {},
                            ),
                            31: ("wagtail.blocks.URLBlock", (), {}),
                            32: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("caption", 15),
                                        ("consent_given_on", 16),
                                        ("consent_note", 1),
                                        ("credit", 1),
                                        ("has_captions", 18),
                                        ("shows_patient", 18),
                                        ("title", 8),
                                        ("transcript", 4),
                                        ("url", 31),
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
