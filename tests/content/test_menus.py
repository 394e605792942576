"""A menu's stored items to what front ends get: pure rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.document_facts import PageLink
from health_content.navigation import (
    MenuFacts,
    MenuReferences,
    MenuTarget,
    build_menu,
    find_menu_references,
    shown_pages,
)


def target(page_id: int, title: str = "Sleep") -> MenuTarget:
    return MenuTarget(
        link=PageLink(
            id=page_id,
            title=title,
            path=f"/{page_id}/",
            url=f"https://b.example/{page_id}/",
            locale="en",
        ),
        href=f"/to/{page_id}/",
    )


# Page 3 was chosen in another language; who chose it gets its translation, page 30.
TARGETS = {2: target(2), 3: target(30, "Dolor"), 7: target(7, "All pages")}
# What was typed; page 99 is hidden.
ADDRESSES = {"/sleep/": 2, "/sleep/?a=1#top": 2, "/hidden/": 99}
BELOW = {7: (target(71, "First"), target(72, "Second")), 8: ()}


def facts(*items: Any) -> MenuFacts:
    return MenuFacts(
        id=1, key="main", site="a.example", locale="en", title="Main menu",
        items=[*items], targets=TARGETS, addresses=ADDRESSES, below=BELOW,
    )  # fmt: skip


def stored(kind: str, value: Any, block_id: str = "x") -> dict[str, Any]:
    return {"type": kind, "value": value, "id": block_id}


def page_item(
    item_id: str, page_id: int, label: str, title: str = "Sleep"
) -> dict[str, Any]:
    return {
        "type": "page",
        "id": item_id,
        "label": label,
        "href": f"/to/{page_id}/",
        "page": {
            "id": page_id,
            "title": title,
            "path": f"/{page_id}/",
            "url": f"https://b.example/{page_id}/",
        },
    }


def link_item(label: str, href: str) -> dict[str, Any]:
    return {"type": "link", "id": "x", "label": label, "href": href}


def test_a_menu_says_whose_it_is() -> None:
    assert build_menu(facts()) == {
        "key": "main",
        "site": "a.example",
        "locale": "en",
        "title": "Main menu",
        "items": [],
    }


@pytest.mark.parametrize(
    ("block", "items"),
    [
        # Pages, by the id that was chosen, with the title of the page that is shown.
        (stored("page", {"page": 2, "label": ""}), [page_item("x", 2, "Sleep")]),
        (stored("page", {"page": 2, "label": " Rest "}), [page_item("x", 2, "Rest")]),
        (stored("page", {"page": 3, "label": None}), [page_item("x", 30, "Dolor", "Dolor")]),
        ({"type": "page", "value": {"page": 2}}, [page_item("", 2, "Sleep")]),
        (stored("page", {"page": 30}), []),
        (stored("page", {"page": 99, "label": "Hidden"}), []),
        (stored("page", {"page": "2"}), []),
        (stored("page", {"page": True}), []),
        (stored("page", None), []),
        # Links that are safe to follow.
        (stored("link", {"label": "WHO", "url": "https://who.int/"}), [link_item("WHO", "https://who.int/")]),
        (stored("link", {"label": " ", "url": "https://who.int/"}), [link_item("https://who.int/", "https://who.int/")]),
        (stored("link", {"label": 7, "url": "mailto:a@b.example"}), [link_item("mailto:a@b.example", "mailto:a@b.example")]),
        (stored("link", {"label": "Here", "url": "/here/"}), [link_item("Here", "/here/")]),
        (stored("link", {"label": "X", "url": "javascript:alert(1)"}), []),
        (stored("link", {"label": "X", "url": ""}), []),
        (stored("link", {"label": "X"}), []),
        (stored("link", "https://who.int/"), []),
        # Addresses of pages of ours are links to pages that were chosen.
        (stored("link", {"label": "Rest", "url": "/sleep/"}), [page_item("x", 2, "Rest")]),
        (stored("link", {"label": "", "url": "/sleep/"}), [page_item("x", 2, "Sleep")]),
        (
            stored("link", {"label": "Top", "url": "/sleep/?a=1#top"}),
            [page_item("x", 2, "Top") | {"href": page_item("x", 2, "Top")["href"] + "?a=1#top"}],
        ),
        (stored("link", {"label": "Hidden", "url": "/hidden/"}), []),
        # The pages below a page, each with an id of its own.
        (
            stored("pages_below", {"page": 7, "label": "Ignored"}),
            [page_item("x-71", 71, "First", "First"), page_item("x-72", 72, "Second", "Second")],
        ),
        (stored("pages_below", {"page": 8}), []),
        (stored("pages_below", {"page": 2}), []),
        (stored("pages_below", {"page": None}), []),
        # Groups, while there is something in them.
        (
            stored("group", {"label": " More ", "items": [stored("page", {"page": 2}, "y"), stored("page", {"page": 99})]}),
            [{"type": "group", "id": "x", "label": "More", "items": [page_item("y", 2, "Sleep")]}],
        ),
        (stored("group", {"label": "Hidden", "items": [stored("page", {"page": 99})]}), []),
        (stored("group", {"label": "Empty", "items": []}), []),
        (stored("group", {"label": "Odd", "items": "?"}), []),
        (stored("group", None), []),
        # What is no item of a menu.
        (stored("video", {"page": 2}), []),
        ({"value": {"page": 2}}, []),
        ("page", []),
        (2, []),
    ],
)  # fmt: skip
def test_an_item_leads_somewhere_public_or_is_not_there(
    block: Any, items: list[Any]
) -> None:
    assert build_menu(facts(block))["items"] == items


def test_items_keep_their_order() -> None:
    menu: Any = build_menu(
        facts(
            stored("link", {"url": "/z/"}, "a"),
            stored("page", {"page": 99}, "b"),
            stored("pages_below", {"page": 7}, "c"),
            stored("page", {"page": 2}, "d"),
        )
    )

    assert [item["id"] for item in menu["items"]] == ["a", "c-71", "c-72", "d"]


@pytest.mark.parametrize(
    ("items", "pages", "parents", "addresses"),
    [
        ([stored("page", {"page": 2}), stored("page", {"page": 3})], {2, 3}, set(), set()),
        ([stored("page", {"page": 2}), stored("pages_below", {"page": 2})], {2}, {2}, set()),
        ([stored("link", {"url": "/2/"}), stored("page", {"page": None})], set(), set(), {"/2/"}),
        ([stored("link", {"url": "mailto:a@b.example"}), stored("link", None)], set(), set(), set()),
        ([stored("link", {"url": "https://a.example/"}), stored("link", {"url": "/\t/"})], set(), set(), {"https://a.example/"}),
        ([stored("group", {"items": [stored("page", {"page": 4}), stored("pages_below", {"page": 5})]})], {4}, {5}, set()),
        ([stored("group", {"items": [stored("group", {"items": [stored("link", {"url": "/6"})]})]})], set(), set(), {"/6"}),
        ([stored("page", {"page": True}), stored("pages_below", {"page": "7"}), 1, None], set(), set(), set()),
        ([stored("group", None), stored("group", {"items": 3})], set(), set(), set()),
        (None, set(), set(), set()),
    ],
)  # fmt: skip
def test_references_are_what_a_menu_must_look_up(
    items: Any, pages: set[int], parents: set[int], addresses: set[str]
) -> None:
    assert find_menu_references(items) == MenuReferences(
        frozenset(pages), frozenset(parents), frozenset(addresses)
    )


@pytest.mark.parametrize(
    ("menu", "shown"),
    [
        ({"items": [page_item("a", 2, "Sleep"), link_item("L", "/l/")]}, {2}),
        ({"items": [{"type": "group", "items": [page_item("a", 2, "A"), page_item("b", 71, "B")]}]}, {2, 71}),
        ({"items": [{"page": {"id": "2"}}, {"page": None}, 7]}, set()),
        ({"items": None}, set()),
        ({}, set()),
        (None, set()),
    ],
)  # fmt: skip
def test_a_built_menu_says_which_pages_it_shows(menu: Any, shown: set[int]) -> None:
    assert shown_pages(menu) == shown


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "page": st.sampled_from([2, 3, 7, 8, 99, None, True, "2"]),
        "label": st.sampled_from(["", " Label ", None, 5]),
        "url": st.sampled_from(["/a/", "/sleep/", "/hidden/", "javascript:alert(1)", "https://a.example/", None]),
        "items": st.deferred(lambda: ITEMS),
    },
)  # fmt: skip
BLOCKS = st.fixed_dictionaries(
    {"type": st.sampled_from(["page", "link", "pages_below", "group", "other"]), "value": st.none() | VALUES},
    optional={"id": st.sampled_from(["a", "b", None])},
)  # fmt: skip
ITEMS = st.lists(st.none() | st.text(max_size=2) | BLOCKS, max_size=4)


@given(ITEMS)
def test_whatever_is_stored_no_menu_shows_what_is_hidden(items: list[Any]) -> None:
    menu = build_menu(facts(*items))

    references = find_menu_references(items)
    visible = {TARGETS[pk].link.id for pk in references.pages if pk in TARGETS}
    typed = {ADDRESSES.get(address) for address in references.addresses}
    visible |= {TARGETS[pk].link.id for pk in typed if pk in TARGETS}
    visible |= {t.link.id for pk in references.parents for t in BELOW.get(pk, ())}
    assert shown_pages(menu) <= visible
    assert "javascript:" not in json.dumps(menu)
    assert "/hidden/" not in json.dumps(menu)
    assert '"items": []' not in json.dumps(menu["items"])
