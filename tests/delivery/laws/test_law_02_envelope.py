"""Law 2: the safety envelope is in every representation of a page, and no parameter takes it away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.api.document_fields import DOCUMENT_FIELDS
from health_content.delivery.api.grammar import INCLUDES
from health_content.delivery.models import PublishedDocument, WebhookDelivery
from health_content.delivery.webhooks.contents import delivery_payload
from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.graph import Node, World, graphs
from tests.delivery.laws.probes import probe_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SHOWN = "This is not a doctor's advice."
# What names pages without showing anything of what they say.
DIRECTORIES = (
    "routes/",
    "redirects/",
    "site/",
    "disclaimers/",
    "openapi.json",
    "docs/",
)


def representations(answer: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in *answer* that shows something a page says: the page, its card, a section, a question."""
    if isinstance(answer, dict):
        if "document" in answer:
            # What was public at an instant: the page itself is in it, where words of then are shown at all.
            yield from representations(answer["document"])
        elif (answer.get("type") in ("article", "faq") and "id" in answer) or (
            {"question", "answer"} <= answer.keys()
        ):
            yield answer
            # What is within it is under its own envelope; the pages below it are not.
            yield from representations(answer.get("children"))
        else:
            for value in answer.values():
                yield from representations(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from representations(value)


def webhooks(world: World) -> Iterator[dict[str, Any]]:
    """Yield what a consumer of every event is told of the articles and questions of *world*, with their language."""
    now = timezone.now()
    documents = PublishedDocument.objects.filter(pk__in=world.ids)
    locales = dict(documents.exclude(type="index").values_list("pk", "locale"))
    for name in ("article.published", "faq.updated", "article.moved", "reply.approved"):
        for page_id, locale in locales.items():
            told = WebhookDelivery(
                type=name, facts={"page": page_id, "reply": "r"}, occurred_at=now
            )
            data = json.loads(delivery_payload(told, now=now))["data"]
            if data["path"] is not None:
                yield data | {"locale": locale}


def holds_envelope(shown: dict[str, Any]) -> bool:
    """Return whether *shown* has the envelope, with the wording of the disclaimer of every page."""
    safety = shown.get("safety") or {}
    keys = {d["key"] for d in safety.get("disclaimers", ())}
    is_complete = {"audience", "review", "disclaimers", "attribution", "withdrawn"} <= (
        safety.keys()
    )
    return is_complete and (shown.get("locale") == "es" or "shown" in keys)


@LAW
@given(
    nodes=graphs(max_size=3),
    fields=st.sets(st.sampled_from(DOCUMENT_FIELDS), min_size=1),
    include=st.sets(st.sampled_from(tuple(INCLUDES)), min_size=1),
)
def test_law_2_every_representation_has_its_envelope(
    build: Callable[..., Any],
    nodes: tuple[Node, ...],
    fields: set[str],
    include: set[str],
) -> None:
    client = Client()
    with build(nodes) as world:
        chosen = (
            f"fields={','.join(sorted(fields))}&include={','.join(sorted(include))}"
        )
        urls = [
            *probe_urls(world.subjects),
            f"pages/?{chosen.replace('children', 'body').replace('hast', 'body')}",
            *(f"pages/{pk}/?{chosen}" for pk in world.ids),
        ]
        told = list(webhooks(world))
        assert [data for data in told if not holds_envelope(data)] == []
        for url in urls:
            response = client.get(API + url)
            if response.status_code != 200 or url.startswith(DIRECTORIES):
                continue
            kind = response.headers["Content-Type"]
            if kind == "application/json":
                shown = list(representations(json.loads(response.content)))
                bare = [page for page in shown if not holds_envelope(page)]
                assert bare == [], url
            elif kind.startswith("text/markdown"):
                text = response.content.decode()
                assert "safety:" in text, url
                if "locale: es" not in text and 'type: "index"' not in text:
                    assert "[!DISCLAIMER]" in text, url
            elif kind.startswith("application/atom"):
                text = response.content.decode()
                for part in ("<rights", "<health:audience>", "<health:review status="):
                    assert text.count("<entry>") == text.count(part), url
