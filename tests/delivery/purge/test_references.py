"""What Wagtail knows a page to refer to, and the document shows, is a dependency of the document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from health_content.delivery.library import LIBRARY
from health_content.delivery.models import DocumentTag
from health_content.delivery.services import documents_refresh
from health_content.models import DisclaimerSnippet
from tests.factories import (
    article,
    block,
    condition,
    disclaimer,
    faq,
    image,
    index,
    item,
    person,
    reference,
    treatment,
)

from .test_exact import governed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
# References that are no content: who owns the page, in which language it is, which revision is its newest.
NOT_SHOWN = frozenset({"locale", "owner", "latest_revision", "live_revision", "alias_of", "locked_by", "sites_rooted_here"})  # fmt: skip


def kinds() -> dict[int, str]:
    """Return the first word of the tags of each model that documents are made of, by content type."""
    from health_content.models import Topic

    models = {
        Page: "page", get_image_model(): "image", get_document_model(): "document", DisclaimerSnippet: "disclaimer",
        Topic: "topic", **LIBRARY,
    }  # fmt: skip
    return {ContentType.objects.get_for_model(m).pk: kind for m, kind in models.items()}


def referenced(page: Page) -> set[str]:
    """Return the tags of what Wagtail's index says that the page refers to."""
    known, found = kinds(), set()
    for each in ReferenceIndex.get_references_for_object(page):
        name = each.model_path.split(".")[0]
        if name in NOT_SHOWN:
            continue
        kind = known.get(each.to_content_type_id)
        # A new kind of thing that pages refer to must be a dependency, too.
        assert kind is not None, f"{name}: {each.to_content_type}"
        found.add(f"{kind}-{each.to_object_id}")
    return found


def rich(text: list[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in text)


@pytest.fixture
def library(db: None) -> list[list[Any]]:
    """Return entries of each kind, one of each that is not live."""
    return [
        [person("Ada Sample"), person("Bo Sample", live=False)],
        [reference("A trial"), reference("Another", live=False)],
        [condition(), condition("Headache", live=False)],
        [treatment(), treatment("Massage", live=False)],
    ]


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_dependencies_hold_all_that_the_reference_index_knows(
    data: st.DataObject, committed: Any, library: list[list[Any]]
) -> None:
    with committed():
        targets = [article(), faq(), index(), article(live=False)]
        pictures, snippets = [image(), image()], [disclaimer(), disclaimer()]
        file = get_document_model().objects.create(title="Leaflet")

    links = [f'<a linktype="page" id="{page.pk}">x</a>' for page in targets]
    links.append(f'<a linktype="document" id="{file.pk}">x</a>')

    def some(values: list[Any], most: int = 3) -> list[Any]:
        return data.draw(st.lists(st.sampled_from(values), max_size=most, unique_by=id))

    inner = [
        block("rich_text", rich(some(links)), "inner text"),
        *(
            block("image", {"image": {"image": p.pk}}, f"inner {p.pk}")
            for p in some(pictures)
        ),
        *(
            block("disclaimer", {"disclaimer": d.pk}, f"shown {d.pk}")
            for d in some(snippets)
        ),
    ]
    body = [
        block(
            "faq",
            {
                "heading": "",
                "items": [
                    item({"question": "Why?", "answer": rich(some(links))}, "why")
                ],
            },
        ),
        block("section", {"heading": "About", "blocks": inner}),
    ]
    people, cited, about, treated = (some(entries) for entries in library)
    with committed():
        page = article(
            about_conditions=about,
            about_treatments=treated,
            **governed(*people, *cited),
            introduction=rich(some(links)),
            body=json.dumps(body),
            disclaimers=json.dumps(
                [
                    block(
                        "disclaimer",
                        {"disclaimer": d.pk, "placement": "end"},
                        f"c{d.pk}",
                    )
                    for d in some(snippets)
                ]
            ),
        )
    documents_refresh([page.pk])

    tags = set(
        DocumentTag.objects.filter(document_id=page.pk).values_list("tag", flat=True)
    )
    assert referenced(page) - tags == set()
    parents = {f"page-{pk}" for pk in page.get_ancestors().values_list("pk", flat=True)}
    assert tags - referenced(page) - parents == set()
