"""Rich text as a hast tree: it says what the HTML says."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from health_content.document_facts import Resources
from health_content.document_hast import DEPTH_MAX, html_hast, with_hast
from health_content.document_html import expand_html, html_text
from tests.factories import article, disclaimer, index

from .test_markdown import HTML

if TYPE_CHECKING:
    from collections.abc import Callable


def text(value: str) -> Any:
    return {"type": "text", "value": value}


def element(tag: str, *children: Any, **properties: Any) -> Any:
    return {
        "type": "element",
        "tagName": tag,
        "properties": properties,
        "children": list(children),
    }


def to_html(node: Any) -> str:
    """Return the HTML of a tree whose elements have no attributes but a link's address."""
    if node["type"] == "text":
        return escape(node["value"], quote=False)
    children = "".join(to_html(child) for child in node["children"])
    if node["type"] == "root":
        return children
    tag = node["tagName"]
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in node["properties"].items()
    )
    closing = "" if tag in {"br", "hr"} else f"</{tag}>"
    return f"<{tag}{attributes}>{children}{closing}"


@given(HTML)
def test_the_tree_is_the_html(html_raw: str) -> None:
    html = expand_html(html_raw, Resources())

    assert to_html(html_hast(html)) == html


def test_properties_have_the_names_and_types_of_the_dom() -> None:
    html = (
        '<p lang="es">a <a href="/b/" rel="nofollow noopener" hreflang="en">&amp;</a><br></p>'
        '<ol start="3"><li>c</li></ol><ol start="x"></ol><img src="/d.png" alt="" width="400" height="300">'
    )

    assert html_hast(html) == {
        "type": "root",
        "children": [
            element(
                "p",
                text("a "),
                element(
                    "a",
                    text("&"),
                    href="/b/",
                    rel=["nofollow", "noopener"],
                    hrefLang="en",
                ),
                element("br"),
                lang="es",
            ),
            element("ol", element("li", text("c")), start=3),
            element("ol", start="x"),
            element("img", src="/d.png", alt="", width=400, height=300),
        ],
    }


def test_what_is_too_deep_keeps_its_text() -> None:
    html = "<b>" * 1_000 + "x" + "</b>" * 1_000 + "<i>y</i>"

    tree: Any = html_hast(html)

    node, depth = tree, 0
    while node["type"] != "text":
        node, depth = node["children"][0], depth + 1
    assert (depth, node["value"]) == (DEPTH_MAX + 1, "x")
    assert tree["children"][1] == element("i", text("y"))
    assert html_text(html) == "xy"


def test_every_rich_text_gets_its_tree() -> None:
    rich = {"html": "<hr>"}
    hast = {"html": "<hr>", "hast": {"type": "root", "children": [element("hr")]}}

    assert with_hast({"a": [rich, 1, None], "b": {"c": rich}}) == {
        "a": [hast, 1, None],
        "b": {"c": hast},
    }
    assert with_hast(html_hast("x</p>y")) == {
        "type": "root",
        "children": [text("x"), text("y")],
    }


@pytest.mark.django_db
def test_include_hast_adds_to_every_rich_text(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True, body="<p>Ask.</p>")
        parent = index(slug="topics", introduction="<p>All.</p>")
        child = article(parent, introduction="<p>One.</p>")
    plain = get(f"articles/{child.pk}/").json()

    document = get(f"articles/{child.pk}/", include="hast").json()
    resolved = get("resolve/", path="/topics/", include="hast,children").json()["page"]
    part = get(f"articles/{child.pk}/", include="hast", fields="title").json()

    assert document == with_hast(plain)
    assert document["introduction"]["hast"] == {
        "type": "root",
        "children": [element("p", text("One."))],
    }
    for found in (document, part, resolved["children"][0]):
        assert found["safety"]["disclaimers"][0]["body"]["hast"]["type"] == "root"
    assert resolved["introduction"]["hast"]["type"] == "root"
    assert set(part) == {"id", "type", "title", "safety"}
