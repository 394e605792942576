"""Create the read model of menus. The base page may be swapped, so it is named by swapper."""

import django.db.models.deletion
import swapper
from django.db import migrations, models

swapper.set_app_prefix("wagtailcore", "wagtail")
PAGE = swapper.get_model_name("wagtailcore", "Page")


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0005_menus"),
        ("health_delivery", "0010_cache_purges"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        swapper.dependency("wagtailcore", "Page"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedNavigation",
            fields=[
                (
                    "menu",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="health_content.menu",
                        verbose_name="menu",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="key")),
                ("locale", models.CharField(max_length=100, verbose_name="language")),
                (
                    "shown_count",
                    models.PositiveIntegerField(verbose_name="number of pages shown"),
                ),
                (
                    "is_stale",
                    models.BooleanField(
                        default=False,
                        help_text="Until then, each request makes it.",
                        verbose_name="must be made anew",
                    ),
                ),
                (
                    "next_transition",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="next transition"
                    ),
                ),
                ("tags", models.TextField(verbose_name="Cache-Tag")),
                ("content", models.BinaryField(verbose_name="content")),
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
                "verbose_name": "published menu",
                "verbose_name_plural": "published menus",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NavigationTarget",
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
                ("is_shown", models.BooleanField(verbose_name="is shown")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
                (
                    "navigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="health_delivery.publishednavigation",
                        verbose_name="menu",
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a menu",
                "verbose_name_plural": "pages of menus",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="publishednavigation",
            index=models.Index(
                fields=["site", "key", "locale"], name="health_navigation"
            ),
        ),
        migrations.AddConstraint(
            model_name="navigationtarget",
            constraint=models.UniqueConstraint(
                fields=("navigation", "page"), name="health_navigation_target"
            ),
        ),
    ]
