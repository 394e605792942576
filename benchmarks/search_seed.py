"""Fill an empty database with many articles of mixed words, for searching.

    python -m benchmarks.search_seed 10000

The pages are saved through their own `save()`; documents and both search indexes are then made by the commands that
make them anew, which takes a tenth of the time that publishing each page would.
"""

from __future__ import annotations

import json
import random
import sys
from unittest.mock import patch

import django
from django.core.management import call_command
from django.db import connection

SYLLABLES = ("ba", "cor", "den", "fi", "gal", "hep", "lu", "mon", "ner", "pal", "qui", "ros", "sol", "ta", "ven", "zy")  # fmt: skip
SECTIONS, SENTENCES, WORDS = 4, 12, 18
# In every article, in about one of ten, and in one: what the queries of the measurement are made of.
COMMON, SOME, RARE = "treatment", "acupuncture", "zylomendosol"
EVERY_SOME = 10


def main() -> None:
    """Migrate, then write the articles."""
    from django.test.utils import override_settings

    django.setup()
    call_command("migrate", verbosity=0)
    search = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}  # fmt: skip
    with (
        override_settings(WAGTAILSEARCH_BACKENDS=search),
        patch("health_content.delivery.receivers._later"),
    ):
        _write_articles(int(sys.argv[1]))
    call_command("rebuild_documents", verbosity=0)
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # What a database in use does by itself.


def _write_articles(count: int) -> None:
    from wagtail.models import Page, Site

    from health_content.pages.models import ArticlePage, IndexPage

    chance = random.Random(7)  # noqa: S311 - the same words each time
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    # As in any language: a few words make most of a text.
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    home = IndexPage(title="Library", slug="library")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "127.0.0.1", "port": 80, "root_page": home},
    )
    Site.clear_site_root_paths_cache()
    for number in range(count):
        chosen = chance.choices(words, weights, k=SECTIONS * SENTENCES * WORDS)
        chosen[5] = COMMON
        chosen[900 % len(chosen)] = COMMON
        if number % EVERY_SOME == 0:
            chosen[40] = SOME
        if number == count // 2:
            chosen[100] = RARE
        title = " ".join([*chosen[:3], COMMON, str(number)]).capitalize()
        page = ArticlePage(
            title=title, slug=f"article-{number}", body=json.dumps(_body(chosen))
        )
        home.add_child(instance=page)


def _body(words: list[str]) -> list[dict[str, object]]:
    size = len(words) // SECTIONS
    parts = [words[n : n + size] for n in range(0, len(words), size)]
    return [
        {
            "type": "section",
            "id": f"00000000-0000-4000-8000-00000000000{number}",
            "value": {
                "heading": " ".join(part[:3]),
                "level": "2",
                "blocks": [
                    {
                        "type": "rich_text",
                        "id": f"00000000-0000-4000-8000-0000000001{number}0",
                        "value": f"<p>{_sentences(part)}</p>",
                    }
                ],
            },
        }
        for number, part in enumerate(parts)
    ]


def _sentences(words: list[str]) -> str:
    return ". ".join(
        " ".join(words[n : n + WORDS]).capitalize() for n in range(0, len(words), WORDS)
    )


if __name__ == "__main__":
    main()
