"""Create the table of facets, and the columns of the medical review that lists are filtered by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("health_delivery", "0003_recalls"),
    ]

    operations = [
        migrations.AddField(
            model_name="publisheddocument",
            name="last_reviewed_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="last reviewed"
            ),
        ),
        migrations.AddField(
            model_name="publisheddocument",
            name="next_review_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="next review"
            ),
        ),
        migrations.AddField(
            model_name="publisheddocument",
            name="review_status",
            field=models.CharField(
                default="none", max_length=20, verbose_name="medical review"
            ),
        ),
        migrations.CreateModel(
            name="DocumentFacet",
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
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("value", models.CharField(max_length=120, verbose_name="value")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facets",
                        to="health_delivery.publisheddocument",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "facet of a document",
                "verbose_name_plural": "facets of documents",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["kind", "value", "document"], name="health_facet_value"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "kind", "value"),
                        name="health_document_facet",
                    )
                ],
            },
        ),
    ]
