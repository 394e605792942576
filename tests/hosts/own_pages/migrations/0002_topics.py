"""Follow the mixin: topics."""

import modelcluster.fields
import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0003_topics"),
        ("own_pages", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="guidepage",
            name="topics",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="What the page is about. Lists and searches by topic find the page by these, and by the wider topics they belong to.",
                related_name="+",
                to="health_content.topic",
                verbose_name="topics",
            ),
        ),
        migrations.AlterField(
            model_name="guidepage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("approach_list", 6),
                    ("benefit_list", 7),
                    ("callout", 9),
                    ("disclaimer", 11),
                    ("faq", 15),
                    ("image", 18),
                    ("mechanism_list", 6),
                    ("quote", 21),
                    ("references", 28),
                    ("rich_text", 2),
                    ("section", 41),
                    ("step_list", 31),
                    ("table", 36),
                ],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 200, "required": False},
                    ),
                    1: ("wagtail.blocks.RichTextBlock", (), {"required": False}),
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
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("introduction", 1), ("items", 4)]],
                        {},
                    ),
                    8: (
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
                    9: (
                        "wagtail.blocks.StructBlock",
                        [[("body", 2), ("title", 0), ("tone", 8)]],
                        {},
                    ),
                    10: (
                        "wagtail.snippets.blocks.SnippetChooserBlock",
                        ("health_content.DisclaimerSnippet",),
                        {},
                    ),
                    11: ("wagtail.blocks.StructBlock", [[("disclaimer", 10)]], {}),
                    12: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                    13: (
                        "wagtail.blocks.StructBlock",
                        [[("answer", 2), ("question", 12)]],
                        {},
                    ),
                    14: (
                        "wagtail.blocks.ListBlock",
                        (13,),
                        {"max_num": 50, "min_num": 1},
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("items", 14)]],
                        {},
                    ),
                    16: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 500, "required": False},
                    ),
                    17: ("wagtail.images.blocks.ImageBlock", [], {}),
                    18: (
                        "wagtail.blocks.StructBlock",
                        [[("caption", 16), ("credit", 0), ("image", 17)]],
                        {},
                    ),
                    19: ("wagtail.blocks.URLBlock", (), {"required": False}),
                    20: ("wagtail.blocks.TextBlock", (), {}),
                    21: (
                        "wagtail.blocks.StructBlock",
                        [[("attribution", 0), ("source_url", 19), ("text", 20)]],
                        {},
                    ),
                    22: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 60, "required": False},
                    ),
                    23: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"max_length": 300, "required": False},
                    ),
                    24: ("wagtail.blocks.CharBlock", (), {"max_length": 500}),
                    25: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {"max_value": 2100, "min_value": 1800, "required": False},
                    ),
                    26: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("authors", 16),
                                ("doi", 0),
                                ("pmid", 22),
                                ("publication", 23),
                                ("title", 24),
                                ("url", 19),
                                ("year", 25),
                            ]
                        ],
                        {},
                    ),
                    27: (
                        "wagtail.blocks.ListBlock",
                        (26,),
                        {"max_num": 200, "min_num": 1},
                    ),
                    28: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("items", 27)]],
                        {},
                    ),
                    29: (
                        "wagtail.blocks.StructBlock",
                        [[("body", 2), ("duration", 22), ("title", 0)]],
                        {},
                    ),
                    30: (
                        "wagtail.blocks.ListBlock",
                        (29,),
                        {"max_num": 50, "min_num": 1},
                    ),
                    31: (
                        "wagtail.blocks.StructBlock",
                        [[("heading", 0), ("introduction", 1), ("items", 30)]],
                        {},
                    ),
                    32: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {"default": True, "required": False},
                    ),
                    33: ("wagtail.blocks.CharBlock", (), {"required": False}),
                    34: ("wagtail.blocks.FloatBlock", (), {"required": False}),
                    35: (
                        "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                        [[("text", 33), ("number", 34), ("rich_text", 1)]],
                        {},
                    ),
                    36: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("caption", 12),
                                ("notes", 1),
                                ("row_headings", 32),
                                ("table", 35),
                            ]
                        ],
                        {},
                    ),
                    37: (
                        "wagtail.blocks.StreamBlock",
                        [
                            [
                                ("approach_list", 6),
                                ("benefit_list", 7),
                                ("callout", 9),
                                ("disclaimer", 11),
                                ("faq", 15),
                                ("image", 18),
                                ("mechanism_list", 6),
                                ("quote", 21),
                                ("references", 28),
                                ("rich_text", 2),
                                ("step_list", 31),
                                ("table", 36),
                            ]
                        ],
                        {"required": False},
                    ),
                    38: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("OverviewHealthAspect", "OverviewHealthAspect"),
                                ("SymptomsHealthAspect", "SymptomsHealthAspect"),
                                ("CausesHealthAspect", "CausesHealthAspect"),
                                ("TypesHealthAspect", "TypesHealthAspect"),
                                ("StagesHealthAspect", "StagesHealthAspect"),
                                (
                                    "ContagiousnessHealthAspect",
                                    "ContagiousnessHealthAspect",
                                ),
                                ("ScreeningHealthAspect", "ScreeningHealthAspect"),
                                ("SeeDoctorHealthAspect", "SeeDoctorHealthAspect"),
                                ("TreatmentsHealthAspect", "TreatmentsHealthAspect"),
                                ("MayTreatHealthAspect", "MayTreatHealthAspect"),
                                ("HowItWorksHealthAspect", "HowItWorksHealthAspect"),
                                ("HowOrWhereHealthAspect", "HowOrWhereHealthAspect"),
                                (
                                    "EffectivenessHealthAspect",
                                    "EffectivenessHealthAspect",
                                ),
                                ("BenefitsHealthAspect", "BenefitsHealthAspect"),
                                ("SideEffectsHealthAspect", "SideEffectsHealthAspect"),
                                (
                                    "RisksOrComplicationsHealthAspect",
                                    "RisksOrComplicationsHealthAspect",
                                ),
                                ("SafetyHealthAspect", "SafetyHealthAspect"),
                                ("AllergiesHealthAspect", "AllergiesHealthAspect"),
                                ("PregnancyHealthAspect", "PregnancyHealthAspect"),
                                ("IngredientsHealthAspect", "IngredientsHealthAspect"),
                                (
                                    "UsageOrScheduleHealthAspect",
                                    "UsageOrScheduleHealthAspect",
                                ),
                                ("SelfCareHealthAspect", "SelfCareHealthAspect"),
                                ("PreventionHealthAspect", "PreventionHealthAspect"),
                                ("PrognosisHealthAspect", "PrognosisHealthAspect"),
                                ("LivingWithHealthAspect", "LivingWithHealthAspect"),
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
                    39: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {"choices": [("2", "2"), ("3", "3")]},
                    ),
                    40: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {"default": False, "required": False},
                    ),
                    41: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("blocks", 37),
                                ("heading", 12),
                                ("health_aspect", 38),
                                ("level", 39),
                                ("standalone_safe", 40),
                            ]
                        ],
                        {},
                    ),
                },
            ),
        ),
    ]
