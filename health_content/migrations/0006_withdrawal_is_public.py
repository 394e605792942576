"""Add whether a withdrawal is told to the public: one of a page behind a login or a password is not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0005_menus"),
    ]

    operations = [
        migrations.AddField(
            model_name="withdrawal",
            name="is_public",
            field=models.BooleanField(
                default=True, editable=False, verbose_name="told to the public"
            ),
        ),
    ]
