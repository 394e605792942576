"""Redirects may lead to files that everybody may download, and to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories import home_page

from .test_redirects import MOVED, asked, listed, send

if TYPE_CHECKING:
    from collections.abc import Callable

    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaflet(committed: Committed) -> Any:
    """Return a document that everybody may download."""
    home_page()
    file = ContentFile(b"x", name="leaflet one.pdf")
    return get_document_model().objects.create(title="Leaflet", file=file)


def test_a_public_file_is_where_a_redirect_may_lead(leaflet: Any) -> None:
    send("/old.pdf", leaflet.url)

    assert asked("/old.pdf") == (MOVED, leaflet.url)
    assert listed() == {"/old.pdf": leaflet.url}


def test_a_file_that_is_not_everybodys_is_not_told(leaflet: Any) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type="login"
    )
    leaflet.collection = private
    leaflet.save()
    send("/old.pdf", leaflet.url)
    send("/none.pdf", "/documents/999999/none.pdf")
    send("/other.pdf", leaflet.url.replace("leaflet", "another"))
    send("/desk", "/admin/")

    assert listed() == {}
    assert asked("/old.pdf") == 404
