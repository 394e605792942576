"""Menus in the admin: made, listed, kept apart by site, key and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from health_content.models import Menu
from tests.factories import article, editor, home_page, language, menu, menu_page

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def url(view: str, *args: Any) -> str:
    return reverse(f"{Menu.snippet_viewset.url_namespace}:{view}", args=args)


def test_a_menu_is_made_and_its_history_kept(admin_client: Client) -> None:
    page, site = article(), Site.objects.get(is_default_site=True)
    form = {
        "title": "Main", "key": "main", "site": site.pk, "items-count": 2,
        "items-0-deleted": "", "items-0-order": 0, "items-0-type": "page", "items-0-id": "",
        "items-0-value-page": page.pk, "items-0-value-label": "",
        "items-1-deleted": "", "items-1-order": 1, "items-1-type": "link", "items-1-id": "",
        "items-1-value-label": "WHO", "items-1-value-url": "https://www.who.int/",
    }  # fmt: skip

    response = admin_client.post(url("add"), form)

    assert response.status_code == 302
    made = Menu.objects.get()
    assert str(made) == "Main"
    assert [child.block_type for child in made.items] == ["page", "link"]
    assert made.revisions.count() == 1
    assert admin_client.get(url("edit", made.pk)).status_code == 200
    assert admin_client.get(url("history", made.pk)).status_code == 200


def test_a_key_is_taken_once_in_a_site_and_a_language() -> None:
    home_page()
    menu("main")
    menu("main", locale="es")
    site = Site.objects.get(is_default_site=True)

    with pytest.raises(ValidationError) as refusal:
        Menu(key="main", title="Again", site=site, locale=language()).full_clean()

    assert "There is" in str(refusal.value) or "has a menu" in str(refusal.value)


def test_an_empty_item_is_refused_beside_the_field(admin_client: Client) -> None:
    home_page()
    site = Site.objects.get(is_default_site=True)
    form = {
        "title": "Main", "key": "main", "site": site.pk, "items-count": 1,
        "items-0-deleted": "", "items-0-order": 0, "items-0-type": "page", "items-0-id": "",
        "items-0-value-page": "", "items-0-value-label": "",
    }  # fmt: skip

    response = admin_client.post(url("add"), form)

    assert response.status_code == 200
    assert "items" in response.context["form"].errors
    assert not Menu.objects.exists()


def test_the_list_costs_as_many_queries_for_two_menus_as_for_twenty(
    client: Client,
) -> None:
    home_page()
    page = article()
    client.force_login(editor(model_permissions=("change_menu",)))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("list")).status_code == 200
        return len(queries)

    menu("menu-a", menu_page(page))
    menu("menu-b", menu_page(page))
    cost()
    few = cost()
    for number in range(18):
        menu(f"menu-{number}", menu_page(page))

    assert cost() == few


@pytest.mark.parametrize("view", ["list", "add", "edit", "delete", "history"])
def test_without_permission_nothing_is_seen_or_done(client: Client, view: str) -> None:
    home_page()
    saved = menu("main")
    client.force_login(editor())
    args = () if view in {"list", "add"} else (saved.pk,)

    for method in (client.get, client.post):
        assert method(url(view, *args)).status_code in {302, 405}

    assert Menu.objects.count() == 1
