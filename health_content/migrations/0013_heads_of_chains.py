"""Note how far the chains go that were begun before anybody noted that, and what the newest wordings were made from."""

import hashlib

from django.db import migrations

# Versions whose disclaimer was deleted make a chain by key and language; no id is as large.
ORPHANS = 10**15


def note(apps, _schema_editor):
    record = apps.get_model("health_content", "PublicationRecord")
    version = apps.get_model("health_content", "DisclaimerVersion")
    heads = {}
    rows = record.objects.order_by("page_id", "number")
    for page_id, number, digest in rows.values_list("page_id", "number", "hash"):
        heads[f"page-{page_id}"] = (f"page {page_id}", number, digest)
    orphans = {}
    for row in version.objects.select_related("disclaimer").order_by("number", "pk"):
        if row.disclaimer_id:
            row.chain = row.disclaimer_id
            said = f"{row.title}\n{row.disclaimer.body}".encode()
            if hashlib.sha256(said).hexdigest() == row.text_sha:
                row.body = row.disclaimer.body
        else:
            place = (row.key, row.locale)
            row.chain = orphans.setdefault(place, ORPHANS + len(orphans))
        row.save(update_fields=["chain", "body"])
        label = f"disclaimer {row.key} ({row.locale})"
        heads[f"disclaimer-{row.chain}"] = (label, row.number, row.hash)
    head = apps.get_model("health_content", "ChainHead")
    head.objects.bulk_create(
        head(chain=chain, label=label, count=count, hash=digest)
        for chain, (label, count, digest) in heads.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("health_content", "0012_inherited_disclaimers"),
    ]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
