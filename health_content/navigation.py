"""A menu's stored items to what front ends get: links that lead somewhere public, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .web_addresses import may_be_ours, safe_href, with_suffix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .document_facts import Json, JsonObject, PageLink


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuTarget:
    """A public page that an item leads to."""

    link: PageLink
    href: str
    """Site-relative on the menu's site, else absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuFacts:
    """A menu as it is stored, and what of it the public may see."""

    id: int
    key: str
    site: str
    locale: str
    title: str
    items: Json
    """The stored stream."""
    targets: Mapping[int, MenuTarget] = field(default_factory=dict)
    """By the id that the editor chose. What is not here is not visible."""
    addresses: Mapping[str, int] = field(default_factory=dict)
    """Ids of the pages of ours to which typed addresses lead, visible or not."""
    files: Mapping[str, str | None] = field(default_factory=dict)
    """Where typed addresses of documents of ours lead; None where not everybody may download them."""
    below: Mapping[int, tuple[MenuTarget, ...]] = field(default_factory=dict)
    """The pages below the page with this id, in their order."""


@dataclass(frozen=True, slots=True)
class MenuReferences:
    """The pages that a menu names."""

    pages: frozenset[int]
    parents: frozenset[int]
    """Those whose children it shows."""
    addresses: frozenset[str] = frozenset()
    """Those that were typed, and may be of pages of ours."""


def build_menu(facts: MenuFacts) -> JsonObject:
    """Return the menu: `{"key", "site", "locale", "title", "items"}`. An item whose page is hidden is not there."""
    return {
        "key": facts.key,
        "site": facts.site,
        "locale": facts.locale,
        "title": facts.title,
        "items": list(_items(facts.items, facts)),
    }


def find_menu_references(items: Json) -> MenuReferences:
    """Return which pages the stored *items* name."""
    pages: set[int] = set()
    parents: set[int] = set()
    addresses: set[str] = set()
    for block in _walk(items):
        found = parents if block.get("type") == "pages_below" else pages
        found.add(_page_id(block))
        if block.get("type") == "link":
            addresses.add(_url(_value(block.get("value"))))
    return MenuReferences(
        frozenset(pages - {0}),
        frozenset(parents - {0}),
        frozenset(address for address in addresses if may_be_ours(address)),
    )


def shown_pages(menu: Json) -> frozenset[int]:
    """Return the ids of the pages that a built menu, or a part of it, shows."""
    found: set[int] = set()
    for item in _objects(_value(menu).get("items")):
        identifier = _value(item.get("page")).get("id")
        if isinstance(identifier, int):
            found.add(identifier)
        found |= shown_pages(item)
    return frozenset(found)


def _items(stream: Json, facts: MenuFacts) -> Iterator[Json]:
    for block in _objects(stream):
        block_id, value = str(block.get("id") or ""), _value(block.get("value"))
        match block.get("type"):
            case "page":
                target = facts.targets.get(_page_id(block))
                if target is not None:
                    yield _page_item(block_id, target, _label(value))
            case "link":
                yield from _link_items(block_id, value, facts)
            case "pages_below":
                for target in facts.below.get(_page_id(block), ()):
                    yield _page_item(f"{block_id}-{target.link.id}", target, "")
            case "group":
                items = list(_items(value.get("items"), facts))
                if items:
                    label = _label(value)
                    yield {"type": "group", "id": block_id, "label": label, "items": items}  # fmt: skip


def _link_items(block_id: str, value: JsonObject, facts: MenuFacts) -> Iterator[Json]:
    """Yield what leads to a typed address; one of a page of ours is treated as if the page had been chosen."""
    url, label = _url(value), _label(value)
    if url in facts.addresses:
        target = facts.targets.get(facts.addresses[url])
        if target is not None:
            at = replace(target, href=with_suffix(target.href, url))
            yield _page_item(block_id, at, label)
    elif (href := facts.files.get(url, safe_href(url))) is not None:
        yield {"type": "link", "id": block_id, "label": label or href, "href": href}


def _page_item(item_id: str, target: MenuTarget, label: str) -> JsonObject:
    link = target.link
    return {
        "type": "page",
        "id": item_id,
        "label": label or link.title,
        "href": target.href,
        "page": {
            "id": link.id,
            "title": link.title,
            "path": link.path,
            "url": link.url,
        },
    }


def _walk(stream: Json) -> Iterator[JsonObject]:
    for block in _objects(stream):
        yield block
        if block.get("type") == "group":
            yield from _walk(_value(block.get("value")).get("items"))


def _page_id(block: JsonObject) -> int:
    chosen = _value(block.get("value")).get("page")
    return chosen if isinstance(chosen, int) and not isinstance(chosen, bool) else 0


def _url(value: JsonObject) -> str:
    return str(value.get("url") or "")


def _label(value: JsonObject) -> str:
    label = value.get("label")
    return label.strip() if isinstance(label, str) else ""


def _value(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: Json) -> list[JsonObject]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
