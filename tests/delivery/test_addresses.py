"""Where pages live, on hosts without Wagtail's page routes too, and what is read when things go wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import override_settings
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_svg
from wagtail.models import Locale, Page

from health_content.delivery import services
from health_content.delivery.api.problems import Problem, problem_response
from health_content.delivery.models import DocumentBytes, DocumentTag, PublishedDocument
from health_content.pages.models import ArticlePage
from health_content.selectors import page_document
from health_content.selectors.addresses import AddressBook
from health_content.selectors.media import images_by_id
from tests.factories import article, home_page

pytestmark = pytest.mark.django_db


@override_settings(ROOT_URLCONF="health_content.delivery.api.urls")
def test_a_headless_host_has_paths_too() -> None:
    """Without a route for pages the path is the place in the tree, with the language before it."""
    home = home_page()
    page = article(home, slug="sleep")
    home.slug = "renamed-root"
    spanish = home.copy_for_translation(Locale.objects.create(language_code="es"))
    spanish.save_revision().publish()
    book = AddressBook()

    addresses = [book.address(p) for p in (home, page, Page.objects.get(pk=spanish.pk))]

    assert [a.path for a in addresses if a] == ["/", "/sleep/", "/es/"]
    assert [a.url for a in addresses if a][1] == "http://testserver/sleep/"
    assert book.address(Page.get_first_root_node()) is None


def test_a_page_that_is_not_saved_has_a_document() -> None:
    """The editor's preview shows a page before it exists."""
    document = page_document(
        ArticlePage(title="New", slug="new", locale=home_page().locale)
    )

    assert (document["id"], document["title"], document["path"]) == (0, "New", "")
    assert document["breadcrumbs"] == []


def test_a_drawing_is_its_own_source() -> None:
    file = get_test_image_file_svg(width=40, height=30, view_box="0 0 40 30")
    picture = get_image_model().objects.create(title="Drawing", file=file)

    (source,) = images_by_id([picture.pk])[picture.pk].sources

    assert (source.src, source.width, source.height, source.type) == (
        picture.file.url,
        40,
        30,
        "image/svg+xml",
    )


def test_a_deadlock_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def rebuild(page_id: int) -> bool:
        calls.append(page_id)
        if len(calls) == 1:
            raise OperationalError("deadlock detected")
        return False

    monkeypatch.setattr(services, "document_rebuild", rebuild)

    services.documents_refresh([5])

    assert calls == [5, 5]


def test_two_deadlocks_are_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def rebuild(_page_id: int) -> bool:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(services, "document_rebuild", rebuild)

    services.documents_refresh([5])

    assert caplog.text.count("could not be rebuilt") == 1


def test_what_was_withdrawn_names_its_replacement(rf: Any) -> None:
    problem = Problem(410, "gone", "Withdrawn.", replacement="/better/")  # type: ignore[arg-type]

    response = problem_response(rf.get("/x"), problem)

    assert b'"replacement":"/better/"' in response.content


def test_rows_say_what_they_are() -> None:
    document = PublishedDocument(path="/a/")

    assert str(document) == "/a/"
    assert str(DocumentTag(tag="page-1")) == "page-1"
    assert (
        str(DocumentBytes(document_id=1, form="document", coding="br"))
        == "1 document br"
    )
