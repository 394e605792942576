"""Let topics, sections and rules give pages their disclaimers; keep each wording as written, and how far chains go."""

import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0011_helpline"),
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
        migrations.AddField(
            model_name="disclaimersnippet",
            name="applies_to",
            field=wagtail.fields.StreamField(
                [("content_kind", 0), ("risk_tier", 1), ("topic", 2), ("trait", 3)],
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
        migrations.AddField(
            model_name="disclaimerversion",
            name="body",
            field=models.TextField(
                blank=True,
                help_text="From it pages are made that keep this wording.",
                verbose_name="wording as it was written",
            ),
        ),
        migrations.AddField(
            model_name="disclaimerversion",
            name="chain",
            field=models.PositiveBigIntegerField(
                default=0,
                editable=False,
                help_text="The id of the disclaimer, kept when that is deleted.",
                verbose_name="chain",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="disclaimers",
            field=wagtail.fields.StreamField(
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
    ]
