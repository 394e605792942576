"""Rebuilding many documents: the same as each by itself, for a fraction of the work."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from health_content.delivery import services
from health_content.delivery.models import DocumentBytes, DocumentTag, PublishedDocument
from health_content.delivery.services import document_rebuild, documents_rebuild
from tests.factories import article, block, disclaimer, faq, image, index, language

pytestmark = [
    pytest.mark.django_db,
    # Wagtail does not close the temporary files that it makes renditions in.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Committed = Callable[[], Any]
WRITES = ("INSERT", "UPDATE", "DELETE")


def library() -> list[int]:
    """Return the ids of pages that differ in all that documents are made of."""
    general = disclaimer("general", applies_to_all=True)
    special = disclaimer("special", body="<p>See <a linktype='page' id='1'>x</a>.</p>")
    disclaimer("general", locale="es", applies_to_all=True, title="General")
    topics = index(slug="topics")
    target = faq(topics)
    link = f'<p><a linktype="page" id="{target.pk}">more</a></p>'
    pages = [
        topics,
        target,
        article(topics, body=[block("rich_text", link)]),
        article(topics, body=[block("disclaimer", special.pk)]),
        article(body=[block("image", {"image": {"image": image().pk}})]),
        article(disclaimers=[block("disclaimer", {"disclaimer": general.pk})]),
        article(live=False),
    ]
    translated = target.copy_for_translation(language("es"), copy_parents=True)
    translated.save_revision().publish()
    return [*(page.pk for page in pages), translated.pk]


def read_model() -> tuple[Any, Any, Any]:
    """Return all that the read model holds, but for the times of writing."""
    rows = PublishedDocument.objects.order_by("page_id").values()
    times = {"updated_at", "last_modified"}
    return (
        [
            {name: value for name, value in row.items() if name not in times}
            | {"card": bytes(row["card"])}
            for row in rows
        ],
        sorted(DocumentBytes.objects.values_list("document", "form", "coding", "sha")),
        sorted(DocumentTag.objects.values_list("document", "tag")),
    )


def cost(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return [query["sql"] for query in queries]


def writes(statements: list[str]) -> list[str]:
    return [sql for sql in statements if sql.startswith(WRITES)]


def test_together_is_as_each_by_itself(committed: Committed) -> None:
    with committed():
        pages = library()
    as_published = read_model()
    PublishedDocument.objects.all().delete()
    for page_id in [*pages, *Page.objects.values_list("pk", flat=True)]:
        document_rebuild(page_id)
    one_by_one = read_model()
    PublishedDocument.objects.all().delete()

    call_command("rebuild_documents")

    assert read_model() == one_by_one == as_published
    assert len(one_by_one[0]) > len(pages)


def test_the_queries_do_not_grow_with_the_pages(committed: Committed) -> None:
    disclaimer("general", applies_to_all=True)
    with committed():
        pages = [article().pk for _ in range(20)]
    # The replies are asked for each page: a provider is a function of one page.
    own = len(cost(lambda: services._rebuild(pages[:1])))
    two = len(cost(lambda: services._rebuild(pages[:2])))
    each = two - own

    assert len(cost(lambda: services._rebuild(pages))) == two + 18 * each
    assert each <= 2


def test_what_is_as_it_was_is_not_written(committed: Committed) -> None:
    with committed():
        pages = library()

    assert writes(cost(lambda: documents_rebuild(pages[:-2]))) == []


def test_a_missing_form_is_written(committed: Committed) -> None:
    with committed():
        pages = [article().pk, article().pk]
    before = read_model()
    DocumentBytes.objects.filter(form="markdown").delete()

    documents_rebuild(pages)

    forms = DocumentBytes.objects.filter(form="markdown", document__in=pages)
    assert forms.count() == 6
    assert read_model()[0] == before[0]


def test_what_changed_while_nobody_knew_is_seen(
    committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes a page looks up whom that concerns by the tags; new ones are not there before the commit."""
    with committed():
        topics = index(title="Before")
        pages = [article(topics).pk, article(topics).pk]
    PublishedDocument.objects.filter(pk__in=pages).delete()
    real = services.changes_record

    def meanwhile(**changes: Any) -> None:
        Page.objects.filter(pk=topics.pk).update(title="After")
        real(**changes)

    monkeypatch.setattr(services, "changes_record", meanwhile)

    documents_rebuild(pages)

    stored = DocumentBytes.objects.filter(form="document", coding="identity")
    for content in stored.filter(document__in=pages).values_list("content", flat=True):
        assert b'"After"' in bytes(content)
        assert b'"Before"' not in bytes(content)


def test_one_that_fails_does_not_take_others_with_it(
    committed: Committed,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with committed():
        pages = [article().pk for _ in range(3)]
    PublishedDocument.objects.all().delete()
    real = services.documents_write

    def write(publications: Any, stored: Any) -> Any:
        if any(p.facts.id == pages[1] for p in publications):
            raise ZeroDivisionError
        return real(publications, stored)

    monkeypatch.setattr(services, "documents_write", write)

    assert set(documents_rebuild(pages)) == set(pages)
    found = PublishedDocument.objects.values_list("page_id", flat=True)
    assert set(found) == {pages[0], pages[2]}
    assert f"Document of page {pages[1]} could not be rebuilt" in caplog.text


@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "together"])
def test_what_changed_before_the_tags_were_there_is_seen(
    is_alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, other = article(title="Target"), article()
    link = f'<p><a linktype="page" id="{target.pk}">more</a></p>'
    page = article(body=[block("rich_text", link)])
    PublishedDocument.objects.filter(pk=page.pk).delete()
    write = services.documents_write

    def goes_offline_meanwhile(*arguments: Any) -> Any:
        Page.objects.filter(pk=target.pk).update(live=False)
        return write(*arguments)

    monkeypatch.setattr(services, "documents_write", goes_offline_meanwhile)
    documents_rebuild([page.pk] if is_alone else [page.pk, other.pk])

    content = DocumentBytes.objects.get(
        document=page.pk, form="document", coding="identity"
    )
    document = json.loads(bytes(content.content))
    assert document["body"][0]["body"]["html"] == "<p>more</p>"
