"""What a rendered reply may hold, judged by parsers and rules that the renderer does not use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import html5lib
import lxml.html

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from lxml import etree

TAGS = frozenset(
    ["p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"]
)
SCHEMES = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener noreferrer"

Node = tuple[str, tuple[tuple[str, str], ...], tuple[object, ...]]
"""Name, sorted attributes, children; a child is a node or a string."""


def html5_tree(html: str) -> Node:
    """Return the tree that html5lib, undisturbed by bleach, reads."""
    return _node(html5lib.parseFragment(html, namespaceHTMLElements=False))


def libxml_tree(html: str) -> Node:
    """Return the tree that libxml2 reads."""
    element = lxml.html.fragment_fromstring(html, create_parent="root")
    return _node(element)


def violations(html: str, tree: Node) -> list[str]:
    """Return everything in *tree* that a reply may not hold."""
    found: list[str] = []
    _walk(tree, found)
    if re.search("<[!?]", html):
        found.append("declaration, comment or instruction")
    if re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]",
        html,
    ):
        found.append("control character")
    return found


def _walk(node: Node, found: list[str]) -> None:
    name, attributes, children = node
    if name not in TAGS | {"root"}:
        found.append(f"element {name}")
    names = [attribute for attribute, _ in attributes]
    if names != (["href", "rel"] if name == "a" else []):
        found.append(f"attributes {names} on {name}")
    values = dict(attributes)
    if name == "a":
        found += _address_faults(values.get("href", ""))
        if values.get("rel") != REL:
            found.append(f"rel {values.get('rel')!r}")
    for child in children:
        if isinstance(child, tuple):
            _walk(child, found)  # type: ignore[arg-type]


def _address_faults(href: str) -> list[str]:
    parts = urlsplit(href)
    faults = [] if parts.scheme in SCHEMES else [f"scheme of {href!r}"]
    if not re.fullmatch(r"[!#-&(-;=?-_a-z~]+", href) or "\\" in href:
        faults.append(f"characters of {href!r}")
    if parts.scheme == "mailto":
        return faults
    host = parts.hostname or ""
    if not re.fullmatch(r"([a-z0-9-]+\.)+([a-z]+|xn--[a-z0-9-]+)", host):
        faults.append(f"host of {href!r}")
    if "@" in parts.netloc:
        faults.append(f"user information in {href!r}")
    if parts.port is not None and not 0 < parts.port < 65_536:
        faults.append(f"port of {href!r}")
    return faults


def _node(element: Element | etree._Element) -> Node:
    children: list[object] = []
    if element.text:
        children.append(element.text)
    for child in element:
        if not isinstance(child.tag, str):
            children.append(("comment", (), ()))
        else:
            children.append(_node(child))
        if child.tail:
            children.append(child.tail)
    name = str(element.tag).replace("DOCUMENT_FRAGMENT", "root")
    return (name, tuple(sorted(element.attrib.items())), tuple(children))
