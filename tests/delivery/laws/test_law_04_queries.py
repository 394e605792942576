"""Law 4: what an answer costs in queries does not grow with what it holds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from tests.delivery.conftest import API
from tests.delivery.laws.probes import Subjects, probe_urls
from tests.factories import article, block, block_id, disclaimer, home_page, item

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FEW, MANY = 2, 100
INSTANT = re.compile(r"\?at=.*T.*Z$")
LIST_MAX = 10
EVERYTHING = "include=children,hast,navigation:main"
BODIES = (
    "pages/?include=body,breadcrumbs,alternates,seo,jsonld,replies_summary&page_size=50"
)


def add_pages(first: int, last: int, committed: Callable[[], Any]) -> None:
    """Add articles *first* to *last*, each with a question, a link to the home page, and a redirect to it."""
    link = f'<p><a linktype="page" id="{home_page().pk}">home</a></p>'
    question = item({"question": "Does it hurt?", "answer": link}, "q")
    body = json.dumps([block("faq", {"items": [question]})])
    for number in range(first, last):
        with committed():
            page = article(title=f"Page {number:03}", introduction=link, body=body)
            Redirect.objects.create(old_path=f"/old-{number}", redirect_page=page)


def costs(subjects: Subjects) -> dict[str, int]:
    """Return the number of queries of each request, asked a second time: what is kept in a process is there."""
    client, found = Client(), {}
    for url in probe_urls(subjects):
        # Which instant was asked about is no part of the question.
        name = INSTANT.sub("?at=now", url)
        client.get(API + url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(API + url)
        found[name] = len(queries)
    return found


def test_law_4_queries_do_not_grow_with_the_answer(
    committed: Callable[[], Any],
) -> None:
    with committed():
        home_page()
        disclaimer("shown", applies_to_all=True)
        page = article()
    add_pages(0, FEW, committed)
    subjects = Subjects(
        page_ids=(page.pk, home_page().pk),
        paths=("/", page.get_url()),
        slugs=(page.slug,),
        block_ids=(block_id("faq"),),
        disclaimer_keys=("shown",),
        words=("hurt",),
    )
    few = costs(subjects)

    add_pages(FEW, MANY, committed)
    many = costs(subjects)

    assert {url: cost for url, cost in many.items() if cost > few[url]} == {}
    # What docs/reference/content-api.md says of each.
    stated = {
        f"articles/{page.pk}/": 1,
        f"articles/{page.pk}/?{EVERYTHING}": 4,
        f"resolve/?path={page.get_url()}": 1,
        f"resolve/?path={page.get_url()}&{EVERYTHING}": 4,
        f"articles/{page.pk}.md": 1,
        "faqs/entries/?page_size=100": 2,
        "routes/?page_size=1000": 3,
        "changes/?page_size=100": 3,
        "search/?q=hurt": 4,
        "disclaimers/shown/": 5,
        "disclaimers/": 6,
        "site/": 6,
        "redirects/?page_size=100": 9,
    }
    assert {url: many[url] for url in stated} == stated
    assert costs_of(BODIES) <= LIST_MAX


def costs_of(url: str) -> int:
    """Return the number of queries of one request."""
    with CaptureQueriesContext(connection) as queries:
        assert len(Client().get(API + url).json()["items"]) == 50
    return len(queries)
