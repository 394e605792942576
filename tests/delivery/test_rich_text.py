"""Rich text is expanded in bulk: pages, documents, images and embeds cost the same whether there is one or a hundred."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from health_content.blocks.base import TEXT_FEATURES
from health_content.selectors import page_facts
from health_content.selectors.media import embed_hash
from health_content.services import renditions
from tests.factories import article, block, faq, image, item

pytestmark = pytest.mark.django_db
Get = Callable[..., Any]
Committed = Callable[[], Any]
PLAYER = '<iframe src="https://video.example/player"></iframe>'


def embed(url: str, **fields: Any) -> Embed:
    """Return what Wagtail stores when an editor chooses the video at *url*."""
    values = {
        "title": "How to lift",
        "type": "video",
        "provider_name": "Video Example",
        "thumbnail_url": "https://img.example/1.jpg",
        "html": PLAYER,
        "width": 480,
        "height": 270,
    }
    return Embed.objects.create(url=url, hash=get_embed_hash(url), **values | fields)


def text_of(count: int) -> str:
    """Return rich text with *count* of everything that a text can refer to."""
    parts: list[str] = []
    for number in range(count):
        target = faq()
        leaflet = get_document_model().objects.create(
            title="Leaflet", file=ContentFile(b"%PDF-", name=f"leaflet-{number}.pdf")
        )
        url = f"https://video.example/{target.pk}"
        embed(url)
        parts.append(
            f'<p><a linktype="page" id="{target.pk}">p</a> <a linktype="document" id="{leaflet.pk}">d</a></p>'
            f'<embed embedtype="image" id="{image().pk}" alt="A"/><embed embedtype="media" url="{url}"/>'
        )
    return "".join(parts)


def test_a_hundred_references_cost_what_two_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(renditions.tasks, "make_renditions", None)

    def cost(count: int) -> int:
        page = article(body=json.dumps([block("rich_text", text_of(count))]))
        with CaptureQueriesContext(connection) as queries:
            resources = page_facts(page).resources
        found = (resources.pages, resources.documents, resources.images, resources.embeds)  # fmt: skip
        assert [len(each) for each in found] == [count] * 4
        return len(queries)

    assert cost(100) == cost(2)


def test_an_embed_is_a_link_that_says_what_it_is(
    get: Get, committed: Committed
) -> None:
    url = "https://video.example/1"
    embed(url)
    answer = item({"question": "How?", "answer": f'<embed embedtype="media" url="{url}"/>'}, "q")  # fmt: skip
    with committed():
        page = article(
            body=json.dumps(
                [
                    block("rich_text", f"<p>See</p><embed embedtype='media' url='{url}'/>"),
                    block("faq", {"items": [answer]}),
                ]
            )
        )  # fmt: skip

    document = get(f"articles/{page.pk}/", include="hast").json()
    link = (
        f'<a href="{url}" data-embed="video" data-provider="Video Example" '
        'data-thumbnail="https://img.example/1.jpg" data-width="480" data-height="270">How to lift</a>'
    )
    assert document["body"][0]["body"]["html"] == f"<p>See</p>{link}"
    assert document["body"][1]["items"][0]["answer"]["html"] == link
    tree = document["body"][0]["body"]["hast"]["children"][1]
    assert tree["tagName"] == "a"
    assert tree["properties"]["dataEmbed"] == "video"
    markdown = get(f"articles/{page.pk}.md").content.decode()
    assert f"[How to lift]({url})" in markdown
    for body in (json.dumps(document), markdown):
        assert "iframe" not in body
        assert "player" not in body


def test_what_is_learned_of_an_embed_is_followed(
    get: Get, committed: Committed
) -> None:
    url = "https://video.example/1"
    with committed():
        page = article(introduction=f'<embed embedtype="media" url="{url}"/>')
    plain = {"html": f'<a href="{url}">{url}</a>'}
    assert get(f"articles/{page.pk}/").json()["introduction"] == plain

    with committed():
        known = embed(url)
    assert "How to lift" in get(f"articles/{page.pk}/").json()["introduction"]["html"]

    with committed():
        known.delete()
    assert get(f"articles/{page.pk}/").json()["introduction"] == plain


def test_a_host_without_embeds_has_links(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://video.example/1"
    embed(url)
    page = article(introduction=f'<embed embedtype="media" url="{url}"/>')
    assert set(page_facts(page).resources.embeds) == {url}

    monkeypatch.setattr(apps, "is_installed", lambda name: name != "wagtail.embeds")
    assert page_facts(page).resources.embeds == {}


def test_the_name_of_an_embed_is_wagtails_own() -> None:
    for url in ("https://video.example/?a=1&b=ñ", ""):
        assert embed_hash(url) == get_embed_hash(url)


def test_editors_can_put_videos_into_running_text() -> None:
    assert "embed" in TEXT_FEATURES
