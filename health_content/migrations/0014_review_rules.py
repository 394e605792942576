"""Keep with a review what was reviewed and what it confirms; name whom a declared interest concerns."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("health_content", "0013_heads_of_chains")]

    operations = [
        migrations.AddField(
            model_name="conflictdeclaration",
            name="parties",
            field=models.TextField(
                blank=True,
                help_text="One on each line: organizations, products, treatments. Nobody reviews a page that shares one of them.",
                max_length=1000,
                verbose_name="whom or what it concerns",
            ),
        ),
        migrations.AddField(
            model_name="medicalreview",
            name="content",
            field=models.JSONField(default=dict, verbose_name="content"),
        ),
        migrations.AddField(
            model_name="medicalreview",
            name="rests_on",
            field=models.ForeignKey(
                blank=True,
                help_text="The full review whose statements a minor change left as they were.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="health_content.medicalreview",
                verbose_name="confirms",
            ),
        ),
        migrations.AddField(
            model_name="medicalreview",
            name="specialties",
            field=models.JSONField(default=list, verbose_name="specialties"),
        ),
    ]
