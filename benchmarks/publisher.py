"""Publish one article again and again, on demand: the process that `benchmarks.publish` measures.

Reads a number a line, publishes as often with another paragraph each time, and answers
`{"save": seconds, "publish": seconds}`, each for one.
"""

from __future__ import annotations

import json
import sys
import time

import django
from django.core.management import call_command

from .seed import SENTENCE, block, items

BLOCKS = 20


def main() -> None:
    """Make the article, then answer."""
    django.setup()
    call_command("migrate", verbosity=0)
    model, page_id = _write_article()
    print("ready", flush=True)
    number = 0
    for line in sys.stdin:
        saving, publishing = 0.0, 0.0
        for _ in range(int(line)):
            number += 1
            page = model.objects.get(pk=page_id)
            page.body = json.dumps(body(number))
            start = time.perf_counter()
            revision = page.save_revision()
            middle = time.perf_counter()
            revision.publish()
            saving += middle - start
            publishing += time.perf_counter() - middle
        answer = {"save": saving / int(line), "publish": publishing / int(line)}
        print(json.dumps(answer), flush=True)


def body(number: int) -> list[dict[str, object]]:
    """Return four sections with four blocks each: 20 in all; the first paragraph carries *number*."""
    return [
        block(section, "section", section, heading=f"Section {section}", level="2", blocks=[
            {"type": "rich_text", "id": block(section, "rich_text", 1)["id"], "value": f"<p>{number}. {SENTENCE * 3}</p>"},
            items(section, "mechanism_list", 4),
            items(section, "benefit_list", 4),
            block(section, "callout", 1, tone="info", title="Good to know", body=f"<p>{SENTENCE * 2}</p>"),
        ])
        for section in range(4)
    ]  # fmt: skip


def _write_article():
    from django.apps import apps
    from django.conf import settings
    from wagtail.models import Locale, Page, Site

    from health_content.models import DisclaimerSnippet

    general = DisclaimerSnippet(
        key="general",
        title="General",
        body=f"<p>{SENTENCE}</p>",
        applies_to_all=True,
        locale=Locale.objects.first(),
        live=False,
    )
    general.save()
    general.save_revision().publish()
    model = apps.get_model(settings.BENCHMARK_ARTICLE)
    home = Site.objects.get(is_default_site=True).root_page
    page = model(
        title="Moving with back pain",
        slug="moving",
        introduction=f"<p>{SENTENCE}</p>",
        body=json.dumps(body(0)),
    )
    Page.objects.get(pk=home.pk).add_child(instance=page)
    return model, page.pk


if __name__ == "__main__":
    main()
