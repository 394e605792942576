"""Create the table of menus."""

import django.db.models.deletion
import uuid
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0004_rendition_jobs"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
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
    ]
