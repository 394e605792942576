"""`/llms.txt` names public documents, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from wagtail.models import Site

from tests.factories import article, faq, index

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
PATH = "/llms.txt"
API_URL = "http://testserver/api/content/v1/"


def test_public_documents_are_linked_as_markdown(
    committed: Callable[[], Any], settings: Any
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "ATTRIBUTION_TEXT": "By *us*.",
        "PUBLISHER_NAME": "Harbour",
    }
    with committed():
        page = article(title="Sleep [1]", slug="sleep")
        questions = faq(title="Asked", slug="asked")
        index(title="Topics")
        article(title="Hidden", live=False)

    answer = Client().get(PATH)

    assert answer.content.decode() == (
        "# Harbour\n\n> By \\*us\\*.\n\nHealth content. Each document begins with its safety envelope and holds its "
        "disclaimers in full; quote neither without the other.\n\n"
        f"## Articles\n\n- [Sleep \\[1\\]]({API_URL}articles/{page.pk}.md)\n\n"
        f"## Questions\n\n- [Asked]({API_URL}faqs/{questions.pk}.md)\n\n"
        f"## Optional\n\n- [Every page, as JSON]({API_URL}routes/)\n"
    )
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "s-maxage=0" in answer.headers["Cache-Control"]
    for link in (f"{API_URL}articles/{page.pk}.md", f"{API_URL}routes/"):
        assert Client().get(link).status_code == 200


def test_it_follows_what_is_public_and_has_validators(
    committed: Callable[[], Any],
) -> None:
    with committed():
        page = article(title="Sleep")
    first = Client().get(PATH)
    headers = {"If-None-Match": first.headers["ETag"]}
    assert Client().get(PATH, headers=headers).status_code == 304

    with committed():
        page.unpublish()

    assert "Sleep" not in Client().get(PATH, headers=headers).content.decode()


def test_its_faults_are_problems() -> None:
    assert Client().get(f"{PATH}?x=1").status_code == 400
    assert Client().post(PATH).status_code == 405
    Site.objects.all().delete()
    missing = Client().get(PATH)
    assert missing.status_code == 404
    assert missing.headers["Content-Type"] == "application/problem+json"
