"""Follow the mixin: disclaimers that are inherited."""

import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0012_inherited_disclaimers"),
        ("own_pages", "0003_governance"),
    ]

    operations = [
        migrations.AddField(
            model_name="guidepage",
            name="disclaimers_replace_reason",
            field=models.TextField(
                blank=True,
                help_text="Leave it empty to show what the page inherits, too. With a reason nothing is inherited but what no page may leave out: what is for every page, and medical, emergency, helpline, advertising and supplement notices unless another of the kind is chosen above.",
                max_length=1000,
                verbose_name="because",
            ),
        ),
        migrations.AlterField(
            model_name="guidepage",
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
