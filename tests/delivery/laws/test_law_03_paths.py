"""Law 3: every path that an answer names resolves to itself, in all languages and on all sites."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.test import Client, override_settings
from django.urls import include, path
from hypothesis import given
from wagtail import urls as wagtail_urls

from health_content.delivery.api import urls as content_urls
from tests.delivery.conftest import API
from tests.delivery.laws.conftest import LAW
from tests.delivery.laws.graph import OTHER_SITE, Node, World, graphs
from tests.delivery.laws.probes import probe_urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = path("", include(wagtail_urls))
# How hosts route pages: with the language in the path or without it, for the default language or not, or not at all.
ROUTES = {
    "plain": [PAGES],
    "headless": [],
    "prefix for all": i18n_patterns(PAGES, prefix_default_language=True),
    "prefix for others": i18n_patterns(PAGES, prefix_default_language=False),
}
LINK = re.compile(r'href=\\?"(/[^"\\]*)')


@contextmanager
def routed(name: str) -> Iterator[None]:
    """Route pages as the host *name* does."""
    module = ModuleType(f"tests.delivery.laws.routes_{name.replace(' ', '_')}")
    api = path(API.lstrip("/"), include(content_urls))
    module.urlpatterns = [api, *ROUTES[name]]  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    with override_settings(ROOT_URLCONF=module.__name__):
        yield
    del sys.modules[module.__name__]


@dataclass(frozen=True, slots=True, order=True)
class Advertised:
    """A path that an answer names."""

    path: str
    site: str
    locale: str
    """Where two languages share a path, only this tells them apart."""
    page_id: int = 0
    """0 where the answer does not tell it."""


def advertised(answer: Any, site: str, locale: str = "") -> Iterator[Advertised]:
    """Yield each path in *answer*, which is about *site* and *locale* unless it says otherwise."""
    if isinstance(answer, dict):
        # A question's page stands beside it.
        about = answer["page"] if isinstance(answer.get("page"), dict) else answer
        site = str(about.get("site") or site)
        locale = str(about.get("locale") or locale)
        if isinstance(answer.get("path"), str):
            there = urlsplit(answer.get("url") or "").netloc or site
            yield Advertised(answer["path"], there, locale, answer.get("id") or 0)
        if answer.get("outcome") == "redirect" and answer["location"].startswith("/"):
            yield Advertised(urlsplit(answer["location"]).path, site, locale)
        for value in answer.values():
            yield from advertised(value, site, locale)
    elif isinstance(answer, list):
        for value in answer:
            yield from advertised(value, site, locale)
    elif isinstance(answer, str) and "<a " in answer:
        for target in LINK.findall(answer):
            # A front end asks without what is for the page itself, or for the browser.
            yield Advertised(urlsplit(target).path, site, locale)


def named_paths(world: World) -> set[Advertised]:
    """Return every path that some answer names."""
    client, found = Client(), set()
    for url in probe_urls(world.subjects):
        response = client.get(API + url)
        is_json = response.headers["Content-Type"] == "application/json"
        # A redirect's own path is where it leads away from, and those of the API's description are pointers.
        is_named = "redirects/" not in url and not url.startswith("openapi")
        if response.status_code == 200 and is_json and is_named:
            asked_site = dict(parse_qsl(urlsplit(url).query)).get("site")
            found |= set(advertised(response.json(), asked_site or "testserver"))
    # A document for download is no page.
    return {each for each in found if not each.path.startswith("/documents/")}


def leads_to_itself(each: Advertised) -> bool:
    """Return whether `resolve/` gives the page that *each* names.

    A breadcrumb is in the language of its page without saying so.
    """
    for locale in dict.fromkeys((each.locale, "")):
        answer = asked(each, locale)
        if answer.status_code == 200:
            page = answer.json()["page"]
            if page["path"] == each.path and each.page_id in {0, page["id"]}:
                return True
    return False


def asked(each: Advertised, locale: str) -> Any:
    """Return the answer of `resolve/` to what *each* names."""
    query = {"path": each.path, "site": each.site}
    return Client().get(
        f"{API}resolve/", query | ({"locale": locale} if locale else {})
    )


@pytest.mark.parametrize("name", ROUTES)
def test_law_3_every_advertised_path_resolves_to_itself(
    name: str, build: Callable[..., Any]
) -> None:
    @LAW
    @given(nodes=graphs(max_size=3))
    def check(nodes: tuple[Node, ...]) -> None:
        with routed(name), build(nodes) as world:
            for each in sorted(named_paths(world)):
                assert leads_to_itself(each), each

    check()


def test_the_other_site_is_another_world(build: Callable[..., Any]) -> None:
    """The control: a path of one site leads nowhere on the other."""
    node = Node(
        kind="article",
        parent=-1,
        state="public",
        links=(0,),
        is_translated=True,
        is_hidden_late=False,
    )
    with build((node, node)) as world:
        named = named_paths(world)
        elsewhere = asked(Advertised("/plain-0/", OTHER_SITE, ""), "")

    assert Advertised("/plain-0/", "testserver", "en", world.ids[0]) in named
    assert "/es/plain-0/" in {each.path for each in named}
    assert elsewhere.status_code == 404
