"""Create the tables of the concrete pages.

The base page may be swapped, so it is named by swapper; bases name no mixin, so that a mixin can be renamed.
"""

import django.db.models.deletion
import swapper
import wagtail.fields
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
        ("health_content", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticlePage",
            fields=[
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
                    "disclaimers",
                    wagtail.fields.StreamField(
                        [("disclaimer", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ["health_content.DisclaimerSnippet"],
                                {},
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("start", "start"), ("end", "end")]},
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 0), ("placement", 1)]],
                                {},
                            ),
                        },
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
                            ("benefit_list", 7),
                            ("callout", 9),
                            ("disclaimer", 11),
                            ("faq", 15),
                            ("image", 18),
                            ("mechanism_list", 6),
                            ("quote", 21),
                            ("references", 28),
                            ("rich_text", 2),
                            ("section", 40),
                            ("step_list", 31),
                            ("table", 36),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 200, "required": False},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                [],
                                {"required": False},
                            ),
                            2: ("wagtail.blocks.RichTextBlock", [], {}),
                            3: (
                                "wagtail.blocks.StructBlock",
                                [[("body", 2), ("title", 0)]],
                                {},
                            ),
                            4: (
                                "wagtail.blocks.ListBlock",
                                [3],
                                {"max_num": 50, "min_num": 1},
                            ),
                            5: (
                                "wagtail.blocks.IntegerBlock",
                                [],
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
                                ["health_content.DisclaimerSnippet"],
                                {},
                            ),
                            11: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 10)]],
                                {},
                            ),
                            12: ("wagtail.blocks.CharBlock", [], {"max_length": 200}),
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("answer", 2), ("question", 12)]],
                                {},
                            ),
                            14: (
                                "wagtail.blocks.ListBlock",
                                [13],
                                {"max_num": 50, "min_num": 1},
                            ),
                            15: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("items", 14)]],
                                {},
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 500, "required": False},
                            ),
                            17: ("wagtail.images.blocks.ImageBlock", [], {}),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("caption", 16), ("credit", 0), ("image", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.URLBlock", [], {"required": False}),
                            20: ("wagtail.blocks.TextBlock", [], {}),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("attribution", 0),
                                        ("source_url", 19),
                                        ("text", 20),
                                    ]
                                ],
                                {},
                            ),
                            22: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 60, "required": False},
                            ),
                            23: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 300, "required": False},
                            ),
                            24: ("wagtail.blocks.CharBlock", [], {"max_length": 500}),
                            25: (
                                "wagtail.blocks.IntegerBlock",
                                [],
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
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
                                [26],
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
                                [29],
                                {"max_num": 50, "min_num": 1},
                            ),
                            31: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 0), ("introduction", 1), ("items", 30)]],
                                {},
                            ),
                            32: (
                                "wagtail.blocks.BooleanBlock",
                                [],
                                {"default": True, "required": False},
                            ),
                            33: ("wagtail.blocks.CharBlock", [], {"required": False}),
                            34: ("wagtail.blocks.FloatBlock", [], {"required": False}),
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
                                {"choices": [("2", "2"), ("3", "3")]},
                            ),
                            39: (
                                "wagtail.blocks.BooleanBlock",
                                [],
                                {"default": False, "required": False},
                            ),
                            40: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("blocks", 37),
                                        ("heading", 12),
                                        ("level", 38),
                                        ("standalone_safe", 39),
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
                    "disclaimers",
                    wagtail.fields.StreamField(
                        [("disclaimer", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ["health_content.DisclaimerSnippet"],
                                {},
                            ),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("start", "start"), ("end", "end")]},
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 0), ("placement", 1)]],
                                {},
                            ),
                        },
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
                            ("disclaimer", 5),
                            ("faq", 9),
                            ("image", 12),
                            ("references", 20),
                            ("rich_text", 0),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.RichTextBlock", [], {}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                [],
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
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ["health_content.DisclaimerSnippet"],
                                {},
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("disclaimer", 4)]],
                                {},
                            ),
                            6: ("wagtail.blocks.CharBlock", [], {"max_length": 200}),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("answer", 0), ("question", 6)]],
                                {},
                            ),
                            8: (
                                "wagtail.blocks.ListBlock",
                                [7],
                                {"max_num": 50, "min_num": 1},
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 8)]],
                                {},
                            ),
                            10: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 500, "required": False},
                            ),
                            11: ("wagtail.images.blocks.ImageBlock", [], {}),
                            12: (
                                "wagtail.blocks.StructBlock",
                                [[("caption", 10), ("credit", 1), ("image", 11)]],
                                {},
                            ),
                            13: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 60, "required": False},
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                [],
                                {"max_length": 300, "required": False},
                            ),
                            15: ("wagtail.blocks.CharBlock", [], {"max_length": 500}),
                            16: ("wagtail.blocks.URLBlock", [], {"required": False}),
                            17: (
                                "wagtail.blocks.IntegerBlock",
                                [],
                                {
                                    "max_value": 2100,
                                    "min_value": 1800,
                                    "required": False,
                                },
                            ),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("authors", 10),
                                        ("doi", 1),
                                        ("pmid", 13),
                                        ("publication", 14),
                                        ("title", 15),
                                        ("url", 16),
                                        ("year", 17),
                                    ]
                                ],
                                {},
                            ),
                            19: (
                                "wagtail.blocks.ListBlock",
                                [18],
                                {"max_num": 200, "min_num": 1},
                            ),
                            20: (
                                "wagtail.blocks.StructBlock",
                                [[("heading", 1), ("items", 19)]],
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
            ],
            options={
                "verbose_name": "FAQ page",
                "verbose_name_plural": "FAQ pages",
            },
            bases=(PAGE.lower(), models.Model),
        ),
        migrations.CreateModel(
            name="IndexPage",
            fields=[
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
    ]
