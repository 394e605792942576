"""Fill an empty database with articles of one size, and one thread with replies.

    python -m benchmarks.seed 1000

Prints, as its last line, the id and path of the article to read.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import django
from django.core.management import call_command
from django.db import connection

SENTENCE = "People whose back hurts often feel better when they keep moving, at a pace that suits them. "


def main() -> None:
    """Migrate, then write the articles through the same `save()` an editor's publish ends in."""
    django.setup()
    call_command("migrate", verbosity=0)
    first = _write_articles(int(sys.argv[1]))
    _write_replies(first.pk, 20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # What a database in use does by itself.
    print(json.dumps({"id": str(first.pk), "path": first.url}))


def _write_articles(count: int):
    from wagtail.models import Page, Site

    from health_content.pages.models import ArticlePage, IndexPage

    home = IndexPage(title="Library", slug="library")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "127.0.0.1", "port": 80, "root_page": home},
    )
    Site.clear_site_root_paths_cache()
    pages = [
        ArticlePage(
            title=f"Moving with back pain, part {number}",
            slug=f"moving-{number}",
            introduction=f"<p>{SENTENCE}</p>",
            body=json.dumps(_body(number)),
        )
        for number in range(count)
    ]
    for page in pages:
        home.add_child(instance=page)
        page.save_revision()
    return pages[0]


def _body(number: int) -> list[dict[str, object]]:
    return [
        block(number, "section", 1, heading="How it may work", level="2", blocks=[items(number, "mechanism_list", 5)]),
        block(number, "section", 2, heading="What people report", level="2", blocks=[items(number, "benefit_list", 4)]),
        block(number, "section", 3, heading="What else may help", level="2", blocks=[items(number, "approach_list", 5)]),
        {
            "type": "faq",
            "id": _id(number, "faq"),
            "value": {
                "heading": "Questions",
                "items": [
                    _item(number, f"question{n}", question=f"Question {n}?", answer=f"<p>{SENTENCE * 2}</p>")
                    for n in range(4)
                ],
            },
        },
    ]  # fmt: skip


def items(number: int, kind: str, count: int) -> dict[str, object]:
    """Return a list block of *kind* with *count* points; its ids follow from *number*."""
    points = [
        _item(number, f"{kind}{n}", title=f"Point {n}", body=f"<p>{SENTENCE * 3}</p>")
        for n in range(count)
    ]
    return block(
        number, kind, 0, heading="", introduction=f"<p>{SENTENCE}</p>", items=points
    )


def block(number: int, kind: str, position: int, **value: object) -> dict[str, object]:
    """Return a block of *kind*; its id follows from *number*, *kind* and *position*."""
    return {"type": kind, "id": _id(number, f"{kind}/{position}"), "value": value}


def _item(number: int, name: str, **value: object) -> dict[str, object]:
    return {"type": "item", "id": _id(number, name), "value": value}


def _id(number: int, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"benchmark/{number}/{name}"))


def _write_replies(page_id: int, count: int) -> None:
    """Publish *count* replies below the page, by the services a reader and a moderator use."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from comments.actors import Actor
    from comments.models import Action, ReviewItem
    from comments.services import (
        Order,
        Submission,
        item_decide,
        reply_submit,
    )
    from comments.tokens import make_form_token

    now = timezone.now()
    for number in range(count):
        submission = Submission(
            page_id=page_id,
            form_token_raw=make_form_token(page_id, now=now - timedelta(minutes=1)),
            name_raw=f"Reader {number}",
            email_raw="",
            body_raw=f"**{number}.** {SENTENCE * 3}",
            parent_raw="",
            website_raw="",
        )
        reply_submit(
            submission, actor=Actor.guest(), network=f"10.0.{number}.0/24", now=now
        )
    moderator = Actor.person(get_user_model().objects.create_superuser("moderator"))
    for item in ReviewItem.objects.all():
        item_decide(item.pk, Order(action=Action.APPROVE), actor=moderator, now=now)


if __name__ == "__main__":
    main()
