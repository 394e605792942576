"""A secret planted in a page that the public may not see is in no byte of the site's HTML, nor in its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Page

from tests.cms.reading import queries_of
from tests.delivery.test_visibility import SECRET, STATES, secret_page
from tests.factories import article, home_page, index

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

PRIVATE = {"login", "password", "groups", "below_private", "below_private_later"}
MAP = "/sitemap.xml"


def seen(client: Client, path: str) -> str:
    """Return all that is answered at *path*, without the address that was asked for."""
    response = client.get(path)
    assert response.status_code < 500
    return (response.content.decode() + str(response.headers)).replace(path, "")


@pytest.mark.parametrize("state", STATES)
def test_no_list_names_it(client: Client, state: str) -> None:
    home_page()
    secret_page(state)

    for path in ("/", MAP):
        assert SECRET not in seen(client, path), path


@pytest.mark.parametrize("state", sorted({*STATES} - {"deleted", "off_site"}))
def test_no_list_names_it_below_a_subject(client: Client, state: str) -> None:
    subject = index(slug="subject", title="Subject", show_in_menus=True)
    secret = secret_page(state)
    if not state.startswith("below"):
        secret.refresh_from_db()
        secret.move(subject, pos="last-child")

    for path in ("/", "/subject/", MAP):
        assert SECRET not in seen(client, path), path


@pytest.mark.parametrize("state", STATES)
def test_its_address_answers_without_it(client: Client, state: str) -> None:
    home_page()
    secret = secret_page(state)
    path = f"/{SECRET}-parent/{SECRET}/" if "below" in state else f"/{SECRET}/"

    assert SECRET not in seen(client, path)
    if state not in PRIVATE:
        assert client.get(path).status_code == 404, secret.live


def test_a_menu_leaves_out_what_was_never_published(client: Client) -> None:
    home_page()
    hidden = index(title=SECRET, slug="hidden", live=False, show_in_menus=True)
    Page.objects.filter(pk=hidden.pk).update(live=True)

    assert SECRET not in seen(client, "/")


def test_a_page_that_was_never_published_can_be_previewed() -> None:
    page = article(title=SECRET, live=False)

    assert page.make_preview_request().status_code == 200


def test_the_map_names_what_is_public_at_a_constant_cost(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    article(slug="first")
    few = queries_of(client, django_assert_max_num_queries, MAP)
    for number in range(10):
        article(slug=f"more-{number}")

    many = queries_of(client, django_assert_max_num_queries, MAP)

    assert "http://testserver/more-9/" in client.get(MAP).content.decode()
    assert many == few
