"""Follow the mixin: governance."""

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0008_governance"),
        ("own_pages", "0002_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="guidepage",
            name="about_conditions",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="Conditions of the library that the page is about.",
                related_name="+",
                to="health_content.condition",
                verbose_name="conditions",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="about_treatments",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="Treatments of the library that the page is about.",
                related_name="+",
                to="health_content.treatment",
                verbose_name="treatments",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="ai_assistance",
            field=models.CharField(
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
        migrations.AddField(
            model_name="guidepage",
            name="ai_note",
            field=models.CharField(
                blank=True,
                help_text="Which tool, and who checked what it made.",
                max_length=300,
                verbose_name="note on that",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="audience_group",
            field=models.CharField(
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
        migrations.AddField(
            model_name="guidepage",
            name="conflict_statement",
            field=models.TextField(
                blank=True,
                help_text="For readers. What the contributors declare in the library is added by itself.",
                max_length=1000,
                verbose_name="statement on interests",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="content_kind",
            field=models.CharField(
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
        migrations.AddField(
            model_name="guidepage",
            name="contributors",
            field=wagtail.fields.StreamField(
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
        migrations.AddField(
            model_name="guidepage",
            name="is_commercial",
            field=models.BooleanField(
                default=False,
                help_text="The page sells something, links to a shop for money, or was paid for.",
                verbose_name="commercial",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="references",
            field=wagtail.fields.StreamField(
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
        migrations.AddField(
            model_name="guidepage",
            name="review_policy",
            field=models.ForeignKey(
                blank=True,
                help_text="Leave it empty to follow the policy of the site.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="health_content.reviewpolicy",
                verbose_name="review policy",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="risk_tier",
            field=models.CharField(
                choices=[
                    ("low", "Low: a mistake would be awkward"),
                    ("standard", "Standard: a mistake may cost health or money"),
                    ("high", "High: a mistake may do serious harm"),
                    ("crisis", "Crisis: readers may be in danger as they read"),
                ],
                default="standard",
                help_text="What a mistake on this page could do. When in doubt, the higher one.",
                max_length=20,
                verbose_name="risk",
            ),
        ),
        migrations.AddField(
            model_name="guidepage",
            name="sponsor",
            field=models.CharField(
                blank=True,
                help_text="Who paid for this page, if anybody did.",
                max_length=200,
                verbose_name="sponsor",
            ),
        ),
    ]
