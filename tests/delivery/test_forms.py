"""A document's other forms: Markdown, hast, one section."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.factories import article, block, block_id, clear_sections, disclaimer

from .conftest import API

if TYPE_CHECKING:
    from collections.abc import Callable

    from wagtail.models import Page

pytestmark = pytest.mark.django_db
MARKDOWN = "text/markdown; charset=utf-8; variant=GFM"


@pytest.fixture
def page(committed: Callable[[], Any]) -> Page:
    with committed():
        disclaimer("general", applies_to_all=True, body="<p>Ask a <b>doctor</b>.</p>")
        return article(
            title="Sleep",
            slug="sleep",
            body=json.dumps([block("rich_text", "<p>Long &amp; <i>good</i>.</p>")]),
        )


def test_markdown_is_at_its_own_address_and_by_negotiation(page: Page) -> None:
    path = f"{API}articles/{page.pk}"
    client = Client()

    direct = client.get(f"{path}.md")
    chosen = client.get(f"{path}/", headers={"Accept": "text/markdown, */*;q=0.5"})
    plain = client.get(f"{path}/", headers={"Accept": "*/*"})

    assert direct.headers["Content-Type"] == chosen.headers["Content-Type"] == MARKDOWN
    assert direct.content == chosen.content
    assert direct.content.decode().endswith(
        "# Sleep\n\nLong & *good*.\n\n> [!DISCLAIMER]\n>\n> **About general**\n>\n> Ask a **doctor**.\n"
    )
    assert direct.headers["ETag"] == chosen.headers["ETag"] != plain.headers["ETag"]
    assert direct.headers["Vary"] == "Accept-Encoding"
    assert chosen.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    assert chosen.headers["Content-Location"] == f"{path}.md"
    assert "Content-Location" not in direct.headers
    assert f'<{path}/>; rel="alternate"; type="application/json"' in direct.headers["Link"]  # fmt: skip
    assert f'<{path}.md>; rel="alternate"; type="text/markdown"' in plain.headers["Link"]  # fmt: skip
    assert plain.json()["title"] == "Sleep"


def test_the_validator_of_one_form_is_not_that_of_another(page: Page) -> None:
    path, client = f"{API}articles/{page.pk}/", Client()
    tags = {
        accept: client.get(path, headers={"Accept": accept}).headers["ETag"]
        for accept in ("application/json", "text/markdown")
    }

    for accept, tag in tags.items():
        for other in tags:
            headers = {"Accept": other, "If-None-Match": tag}
            status = client.get(path, headers=headers).status_code
            assert status == (304 if other == accept else 200)


def test_fields_are_answered_in_json_whatever_is_accepted(page: Page) -> None:
    answer = Client().get(
        f"{API}articles/{page.pk}/?fields=title", headers={"Accept": "text/markdown"}
    )

    assert list(answer.json()) == ["id", "type", "title", "safety"]


def test_a_collection_has_the_markdown_of_its_own_type_only(page: Page) -> None:
    client = Client()

    assert client.get(f"{API}pages/{page.pk}.md").status_code == 200
    assert client.get(f"{API}faqs/{page.pk}.md").status_code == 404
    negotiated = client.get(
        f"{API}faqs/{page.pk}/", headers={"Accept": "text/markdown"}
    )
    assert negotiated.status_code == 404
    assert negotiated.headers["Content-Type"] == "application/problem+json"


def test_markdown_follows_what_is_published(
    page: Page, committed: Callable[[], Any]
) -> None:
    client, path = Client(), f"{API}articles/{page.pk}.md"
    with committed():
        page.title = "Waking"
        page.save_revision().publish()
    assert "# Waking\n" in client.get(path).content.decode()

    with committed():
        page.unpublish()
    assert client.get(path).status_code == 404


def section(name: str, *, is_safe: bool) -> dict[str, Any]:
    value = {
        "heading": name,
        "level": "2",
        "standalone_safe": is_safe,
        "blocks": [block("rich_text", f"<p>{name} text.</p>", f"{name}-text")],
    }
    return block("section", value, name)


def test_a_section_carries_the_envelope_and_nothing_of_its_neighbors(
    committed: Callable[[], Any], get: Callable[..., Any]
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True)
        body = [section("Safe", is_safe=True), section("Other", is_safe=False)]
        page = clear_sections(article(body=json.dumps(body)))
    whole = get(f"articles/{page.pk}/").json()

    answer = get(f"articles/{page.pk}/sections/{block_id('Safe')}/")

    found = answer.json()
    assert found["section"] == whole["body"][0]
    assert found["safety"] == whole["safety"]
    assert found["safety"]["disclaimers"][0]["key"] == "general"
    assert "Other" not in answer.content.decode()
    assert answer.headers["Cache-Tag"].startswith(f"page-{page.pk},")
    assert answer.headers["Content-Language"] == "en"
    with_hast = get(f"articles/{page.pk}/sections/{block_id('Safe')}/", include="hast")
    assert with_hast.json()["section"]["blocks"][0]["body"]["hast"]["type"] == "root"


def test_a_section_that_nobody_cleared_is_not_shown_alone(
    committed: Callable[[], Any], get: Callable[..., Any]
) -> None:
    with committed():
        old = section("Old", is_safe=False)
        del old["value"]["standalone_safe"]
        unsafe = section("Unsafe", is_safe=False)
        body = [unsafe, old, block("rich_text", "<p>x</p>")]
        page = clear_sections(article(body=json.dumps(body)))
        offered = article(body=json.dumps([section("Offered", is_safe=True)]))
    answer = get(f"articles/{offered.pk}/sections/{block_id('Offered')}/")
    assert answer.json()["type"] == "section-not-standalone"
    assert get(f"articles/{offered.pk}/").json()["body"][0]["standalone_safe"] is False

    for name, status, kind in (
        ("Unsafe", 403, "section-not-standalone"),
        ("Old", 403, "section-not-standalone"),
        ("rich_text", 404, "not-found"),
        ("nowhere", 404, "not-found"),
    ):
        answer = get(f"articles/{page.pk}/sections/{block_id(name)}/")
        assert (answer.status_code, json.loads(answer.content)["type"]) == (
            status,
            kind,
        )
        assert "text." not in answer.content.decode()
    hidden = article(body=json.dumps([section("Safe", is_safe=True)]), live=False)
    assert get(f"articles/{hidden.pk}/sections/{block_id('Safe')}/").status_code == 404
