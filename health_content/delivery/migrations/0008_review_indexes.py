"""Index what lists are ordered by when they are ordered by review."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("health_delivery", "0007_manage_api_tokens")]

    operations = [
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["last_reviewed_at", "page"], name="health_document_reviewed"
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["next_review_at", "page"], name="health_document_review"
            ),
        ),
        migrations.AddIndex(
            model_name="publisheddocument",
            index=models.Index(
                fields=["review_status", "last_published_at", "page"],
                name="health_document_status",
            ),
        ),
    ]
