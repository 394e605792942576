"""A redirect tells nobody the address of a page that they may not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from tests.delivery.test_visibility import SECRET, STATES, secret_page
from tests.factories import article, home_page, index, language, superuser

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def redirect_make(to: str | Page) -> None:
    """Make a redirect from /old/ to an address or a page."""
    target = {"redirect_page": to} if isinstance(to, Page) else {"redirect_link": to}
    Redirect.objects.create(old_path="/old", **target)


@pytest.mark.parametrize("kind", ["page", "path", "below", "url", "encoded"])
@pytest.mark.parametrize("state", sorted({*STATES} - {"deleted", "off_site"}))
def test_a_hidden_page_is_not_told(client: Client, state: str, kind: str) -> None:
    home_page()
    secret = secret_page(state)
    path = f"/{SECRET}-parent/{SECRET}/" if "below" in state else f"/{SECRET}/"
    links = {
        "page": Page.objects.get(pk=secret.pk),
        "path": f"{path}?a=b#c",
        "below": f"{path}any/part/",
        "url": f"http://testserver{path.rstrip('/')}",
        "encoded": path.replace("z", "%7A"),
    }
    redirect_make(links[kind])

    response = client.get("/old/")

    assert response.status_code == 404
    assert SECRET not in response.content.decode() + str(response.headers)


@pytest.mark.parametrize(
    "to",
    ["/", "/public/", "/public/part/", "http://testserver/public/", "https://example.org/draft/", "/documents/1/a.pdf"],
)  # fmt: skip
def test_what_everybody_may_see_is_told(client: Client, to: str) -> None:
    article(slug="public")
    article(slug="draft", live=False)
    redirect_make(to)

    response = client.get("/old/")

    assert (response.status_code, response.headers["Location"]) == (301, to)


def test_a_redirect_follows_a_public_page(client: Client) -> None:
    redirect_make(Page.objects.get(pk=article(slug="public").pk))

    assert client.get("/old/").headers["Location"] == "/public/"


def test_a_page_of_another_kind_needs_no_record(client: Client) -> None:
    home_page().add_child(instance=Page(title="Plain", slug="plain"))
    redirect_make("/plain/")

    assert client.get("/old/").headers["Location"] == "/plain/"


def test_who_may_see_a_private_page_is_led_there(client: Client) -> None:
    page = article(slug="members")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    redirect_make("/members/")
    client.force_login(superuser())

    assert client.get("/old/").headers["Location"] == "/members/"


def test_a_hidden_translation_is_not_told(client: Client) -> None:
    spanish = home_page().copy_for_translation(language("es"))
    spanish.save_revision().publish()
    Site.clear_site_root_paths_cache()
    article(spanish, slug="oculto", live=False)
    redirect_make("/es/oculto/")

    assert client.get("/old/").status_code == 404


def test_a_hidden_page_of_another_site_is_not_told(client: Client) -> None:
    home_page()
    root = index(slug="other")
    root.move(Page.get_first_root_node(), pos="last-child")
    root.refresh_from_db()
    Site.objects.create(hostname="other.example", port=80, root_page_id=root.pk)
    article(root, slug="draft", live=False)
    redirect_make("http://other.example/draft/")

    assert client.get("/old/").status_code == 404
