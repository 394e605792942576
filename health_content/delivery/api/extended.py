"""Documents with something added for one request: children, menus, syntax trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from ..cache_tags import children_tag, navigation_key_tag, navigation_tag
from ..encode import add_hast, encode_json, resolve_json
from ..responses import fresh_response
from ..selectors.lists import document_children
from ..selectors.navigation import navigations_of_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from ..queries import DetailQuery
    from ..selectors.documents import StoredAnswer
    from ..selectors.lists import Children
    from ..selectors.navigation import NavigationAnswer


def extended_response(
    request: HttpRequest,
    answer: StoredAnswer,
    page: bytes,
    query: DetailQuery,
    *,
    is_resolved: bool = False,
) -> HttpResponse:
    """Return *page*, the JSON of the document *answer* or of a part of it, with what *query* adds.

    *is_resolved* says that the answer is that of `resolve/`.
    """
    tags, moments = answer.tags, [answer.next_transition]
    if query.has_children:
        children = document_children(answer.page_id)
        page = add_children(page, answer.page_id, children)
        # Before what the document shows: headers have an end.
        tags = f"{children_tag(answer.page_id)} {tags}"
        moments.append(children.next_transition)
    if query.navigation:
        menus = navigations_of_page(
            answer.page_id, query.navigation, locale=answer.locale
        )
        page = splice(page, "navigation", join_navigation(menus))
        tags = " ".join([*navigation_tags(menus), tags])
        moments += [menu.next_transition for menu in menus.values() if menu]
    if query.has_hast:
        page = add_hast(page)
    is_of_one = not (query.has_children or query.navigation)
    return fresh_response(
        request,
        resolve_json(page) if is_resolved else page,
        next_transition=min((m for m in moments if m is not None), default=None),
        tags=tags,
        link=answer.link,
        locale=answer.locale,
        last_modified=answer.last_modified if is_of_one else "",
    )


def add_children(content: bytes, page_id: int, children: Children) -> bytes:
    """Return the JSON object *content* with the *children* of the page, and where all of them are when these are not."""
    more = f"{reverse('health_delivery:root')}pages/?parent={page_id}"
    content = splice(content, "children", b"[" + b",".join(children.cards) + b"]")
    return splice(
        content, "more_children", encode_json(more if children.has_more else None)
    )


def splice(content: bytes, name: str, value: bytes) -> bytes:
    """Return the JSON object *content* with the member *name* added."""
    return content[:-1] + b',"' + name.encode() + b'":' + value + b"}"


def join_navigation(menus: Mapping[str, NavigationAnswer | None]) -> bytes:
    """Return the menus that there are, by key."""
    members = [
        encode_json(key) + b":" + menu.content for key, menu in menus.items() if menu
    ]
    return b"{" + b",".join(members) + b"}"


def navigation_tags(menus: Mapping[str, NavigationAnswer | None]) -> list[str]:
    """Return the cache tags of *menus*; what is not there yet has one, too."""
    tags: list[str] = []
    for key, menu in menus.items():
        tags.append(navigation_key_tag(key))
        if menu is not None:
            tags.append(navigation_tag(menu.id))
    return tags
