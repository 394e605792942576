"""A real Varnish with our VCL: exactly what an edit changes is fetched anew, and what was withdrawn is gone at once."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import brotli
import pytest
from django.db import connection
from django.db.models import F
from wagtail.models import Page, Site

from health_content.actors import System
from health_content.delivery.models import CachePurge, PublishedDocument
from health_content.delivery.purge import timing
from health_content.delivery.purge.sending import purges_send
from health_content.services.withdrawals import page_withdraw
from tests.factories import article, block, disclaimer, faq, language

from . import edge as varnish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .edge import Edge

pytestmark = [
    pytest.mark.slow,
    pytest.mark.varnish,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def installed(lacking: Callable[[str], NoReturn]) -> None:
    """Say what is not installed, before anything is made."""
    if what := varnish.missing():
        lacking(what)


@pytest.fixture
def edge(
    installed: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Edge]:
    """Return Varnish and a server on this test's database; what changes is purged at once."""
    if not Site.objects.exists():
        # A test that commits leaves an empty database to the next.
        root = Page.add_root(title="Root", slug="root", locale=language())
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=root)
    monkeypatch.setattr(timing, "send_soon", lambda **_: purges_send())
    with varnish.running(str(connection.settings_dict["NAME"])) as running:
        settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
            "CACHE_TAG_HEADER": "xkey",
            "PURGERS": {"varnish": {"BACKEND": "varnish", "URL": running.url}},
        }
        yield running


def chosen(snippet: Any) -> str:
    return json.dumps(
        [block("disclaimer", {"disclaimer": snippet.pk, "placement": "end"})]
    )


def publish(page: Any, **fields: Any) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def warm(edge: Edge, *paths: str) -> dict[str, bytes]:
    """Have each of *paths* in the cache, and return the bodies."""
    bodies = {path: edge.get(path).body for path in paths}
    assert all(edge.get(path).is_hit for path in paths)
    return bodies


def test_a_disclaimer_changes_exactly_what_shows_it(edge: Edge) -> None:
    special, other = disclaimer("special"), disclaimer("other")
    showing = article(title="Sleep", slug="sleep", disclaimers=chosen(special))
    plain = article(title="Teas", slug="teas", disclaimers=chosen(other))
    asked = faq(title="Asked", slug="asked")
    paths = [
        f"articles/{showing.pk}/", f"articles/{showing.pk}.md", "resolve/?path=/sleep/", f"articles/{plain.pk}/",
        "resolve/?path=/teas/", f"faqs/{asked.pk}/", "faqs/", "articles/", "disclaimers/", "disclaimers/special/",
        "disclaimers/other/", "routes/", "site/", "",
    ]  # fmt: skip
    # Routes tell the second of the last change: one in the same second would change nothing there.
    PublishedDocument.objects.update(updated_at=F("updated_at") - timedelta(minutes=1))
    before = warm(edge, *paths)

    special.body = "<p>Ask a doctor first.</p>"
    special.save_revision().publish()

    assert not CachePurge.objects.exists()
    dependent = [
        f"articles/{showing.pk}/", f"articles/{showing.pk}.md", "resolve/?path=/sleep/", "articles/", "disclaimers/",
        "disclaimers/special/", "routes/",
    ]  # fmt: skip
    for path in dependent:
        answer = edge.until(path, lambda a, path=path: a.body != before[path])  # type: ignore[misc]
        assert answer.status == 200
    fetches = edge.fetches()
    for path in set(paths) - set(dependent):
        for _ in range(2):
            answer = edge.get(path)
            assert (answer.is_hit, answer.body) == (True, before[path])
    assert edge.fetches() == fetches


def test_what_is_withdrawn_is_gone_at_once(edge: Edge) -> None:
    page = article(title="Dose", slug="dose")
    other = article(
        title="Teas",
        slug="teas",
        introduction=f'<p><a linktype="page" id="{page.pk}">x</a></p>',
    )
    gone = [f"articles/{page.pk}/", f"articles/{page.pk}.md", "resolve/?path=/dose/"]
    warm(edge, *gone, f"articles/{other.pk}/", "articles/", "faqs/entries/")

    page_withdraw(
        page, actor=System("test"), reason="The dose was wrong.", severity="high"
    )

    assert [edge.get(path).status for path in gone] == [410, 410, 410]
    assert b"Dose" not in edge.get("articles/").body
    assert b"/dose/" not in edge.get(f"articles/{other.pk}/").body
    # The site dies: what was withdrawn stays away, the rest is still read.
    warm(edge, f"articles/{other.pk}/", "articles/")
    edge.stop_site()
    assert [edge.get(path).status for path in gone] == [503, 503, 503]
    assert edge.get(f"articles/{other.pk}/").status == 200


def test_what_is_unpublished_or_moved_is_not_served_old(edge: Edge) -> None:
    page, moved = (
        article(title="Sleep", slug="sleep"),
        article(title="Rest", slug="rest"),
    )
    warm(edge, "resolve/?path=/sleep/", f"articles/{page.pk}/", "resolve/?path=/rest/")

    Page.objects.get(pk=page.pk).specific.unpublish()
    publish(moved, slug="naps")

    assert edge.get("resolve/?path=/sleep/").status == 404
    assert edge.get(f"articles/{page.pk}/").status == 404
    assert json.loads(edge.get("resolve/?path=/naps/").body)["page"]["id"] == moved.pk
    redirect = edge.until("resolve/?path=/rest/", lambda a: b"redirect" in a.body)
    assert json.loads(redirect.body)["location"] == "/naps/"
    # It comes back: nobody remembers that it was away.
    publish(page, title="Sleep well")
    assert (
        json.loads(edge.get("resolve/?path=/sleep/").body)["page"]["title"]
        == "Sleep well"
    )


def test_old_answers_are_served_while_the_site_is_down(edge: Edge) -> None:
    page, late = (
        article(title="Sleep", slug="sleep"),
        article(title="Teas", slug="teas"),
    )
    path = f"articles/{page.pk}/"
    warm(edge, path)
    edge.stop_site()

    # A change that the cache cannot fetch: the old answer is better than none.
    publish(page, title="Sleep well")

    for _ in range(3):
        answer = edge.get(path)
        assert (answer.status, json.loads(answer.body)["title"]) == (200, "Sleep")
    assert edge.get(f"articles/{late.pk}/").status == 503
    edge.start_site()
    edge.until(path, lambda a: json.loads(a.body)["title"] == "Sleep well")


def test_one_address_and_one_answer_for_each_coding(edge: Edge) -> None:
    page = article(title="Sleep", slug="sleep", introduction=f"<p>{'Rest. ' * 300}</p>")
    path = f"articles/{page.pk}"
    plain = edge.get(path)
    packed = edge.get(path, Accept_Encoding="gzip, deflate")
    brotlied = edge.get(path, Accept_Encoding="gzip, br;q=0.9")
    assert "content-encoding" not in plain.headers
    assert (
        gzip.decompress(packed.body) == brotli.decompress(brotlied.body) == plain.body
    )
    assert (
        len({plain.headers["etag"], packed.headers["etag"], brotlied.headers["etag"]})
        == 3
    )
    assert edge.get(f"{path}/", Accept_Encoding="br").is_hit
    assert edge.get(path, Accept_Encoding="deflate").is_hit
    markdown = edge.get(path, Accept="text/markdown")
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert edge.get(path).headers["content-type"] == "application/json"
    edge.get("articles/?page_size=5&locale=en")
    assert edge.get("articles/?locale=en&page_size=5").is_hit


def test_whoever_has_the_bytes_gets_none(edge: Edge) -> None:
    page = article(title="Sleep", slug="sleep")
    first = edge.get(f"articles/{page.pk}/")

    again = edge.get(f"articles/{page.pk}/", If_None_Match=first.headers["etag"])
    head = edge.get(f"articles/{page.pk}/", method="HEAD")

    assert (again.status, again.body) == (304, b"")
    assert head.is_hit
    assert head.headers["content-length"] == first.headers["content-length"]


def test_cookies_neither_matter_nor_are_set(edge: Edge) -> None:
    article()
    edge.get("articles/", Cookie="sessionid=1")

    answer = edge.get("articles/", Cookie="sessionid=2")

    assert answer.is_hit
    assert "set-cookie" not in answer.headers


def test_whoever_says_who_they_are_passes_by(edge: Edge) -> None:
    article()
    warm(edge, "articles/")

    assert not edge.get("articles/", Authorization="Bearer x").is_hit
