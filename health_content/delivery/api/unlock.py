"""Pages behind a password: the bearer that it gives, and the documents that the bearer opens."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ...conf import get_conf
from ...document import timestamp
from ...document_markdown import document_markdown
from ..encode import add_hast, encode_json
from ..responses import CONTENT_TYPE, MARKDOWN_TYPE, fresh_response
from ..selectors.lists import filter_fields
from ..selectors.navigation import navigations_of_site
from ..selectors.redirects import place_site
from ..selectors.unlocked import (
    passwords_matched,
    passwords_matched_at,
    unlocked_document,
)
from ..unlock_tokens import MAX_RESTRICTIONS, Unlock, unlock_sign
from .base import ID_MAX, place_of
from .body import read_body
from .extended import join_navigation
from .grammar import read_language
from .problems import Problem
from .throttles import caller_key, give_back, throttle
from .unlock_grammar import PATH_UNLOCK_FIELDS, UNLOCK_FIELDS
from .write import WriteView, json_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from ...document_facts import Json, JsonObject
    from ..queries import DetailQuery
    from ..selectors.unlocked import PasswordMatch, UnlockedDocument

PAGE_FIELDS = ("id", "type", "title", "path", "url")
# What is below a guarded page is guarded, and not among what everybody may see.
NO_CHILDREN: Final[JsonObject] = {"children": [], "more_children": None}


class UnlockBase(WriteView):
    """Gives a bearer for a password."""

    def opened(
        self, request: HttpRequest, find: Callable[[], PasswordMatch]
    ) -> HttpResponse:
        """Return the bearer; with one sent along, it opens what that one opened, too, and ends when that one ends."""
        # One budget for all pages. One for each page would be many for the one password above them; one for each
        # password would tell, when it is spent, which other pages that password guards and which none does.
        quota = throttle("unlock", caller_key(request, None), get_conf().unlock_rate)
        page, matches = find()
        if page is None:
            raise wrong_password()
        unlock = self._unlock(matches)
        # A server that unlocks for its readers has one address for all of them. Counted before and given back, so that
        # guesses sent at once do not all get through.
        give_back(quota)
        found = unlocked_document(page.pk, unlock)
        return json_response(
            {
                "token": unlock_sign(unlock),
                "expires_at": timestamp(datetime.fromtimestamp(unlock.expires_at, UTC)),
                "page": None
                if found is None
                else {name: found.document[name] for name in PAGE_FIELDS},
            }
        )

    def _unlock(self, matches: Mapping[int, str]) -> Unlock:
        expires_at = int(time.time()) + get_conf().unlock_minutes * 60
        if self.unlock is None or len(self.unlock.keys) >= MAX_RESTRICTIONS:
            return Unlock(keys=matches, expires_at=expires_at)
        return Unlock(
            keys={**self.unlock.keys, **matches},
            expires_at=min(expires_at, self.unlock.expires_at),
        )


class UnlockView(UnlockBase):
    """Opens a page that is known by its id."""

    def post(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return the bearer."""
        password = read_body(request, UNLOCK_FIELDS)["password"]
        identifier = int(page_id) if int(page_id) <= ID_MAX else 0
        return self.opened(request, lambda: passwords_matched(identifier, password))


class PathUnlockView(UnlockBase):
    """Opens the page at a path: a reader has an address and a password, and nobody is told ids."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Return the bearer, and the id of the page."""
        given = read_body(request, PATH_UNLOCK_FIELDS)
        place = place_of(
            request,
            site=given.get("site"),
            path=given["path"],
            locale=read_language(given["locale"]) if "locale" in given else None,
        )
        return self.opened(
            request, lambda: passwords_matched_at(place, given["password"])
        )


def wrong_password() -> Problem:
    """Return the 403. It is the same for a page that is not there, that has no password, or another one."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "wrong-password",
        "No such page is guarded by this password.",
    )


def unlocked_answer(
    request: HttpRequest, found: UnlockedDocument, query: DetailQuery
) -> HttpResponse:
    """Return the document, as *query* wants it."""
    content = encode_json(found.document)
    if query.fields:
        content = filter_fields(content, query.fields)
    if query.has_children:
        content = encode_json(json.loads(content) | NO_CHILDREN)
    if query.navigation:
        menus = _menus(request, found, query.navigation)
        content = encode_json(json.loads(content) | {"navigation": menus})
    return _response(request, found, content, has_hast=query.has_hast)


def unlocked_resolution(
    request: HttpRequest, found: UnlockedDocument, query: DetailQuery
) -> HttpResponse:
    """Return that the path leads to the document."""
    page: JsonObject = dict(found.document)
    if query.has_children:
        page |= NO_CHILDREN
    if query.navigation:
        page["navigation"] = _menus(request, found, query.navigation)
    content = encode_json({"outcome": "page", "page": page})
    return _response(request, found, content, has_hast=query.has_hast)


def _menus(request: HttpRequest, found: UnlockedDocument, keys: Sequence[str]) -> Json:
    """Return the menus of the document's site, as everybody sees them."""
    site = place_site(place_of(request, site=str(found.document["site"])))
    if site is None:
        return {}
    menus: Json = json.loads(
        join_navigation(navigations_of_site(site, keys, locale=found.locale))
    )
    return menus


def unlocked_markdown(request: HttpRequest, found: UnlockedDocument) -> HttpResponse:
    """Return the document as Markdown."""
    content = document_markdown(found.document).encode("utf-8", "replace")
    return _response(request, found, content, content_type=MARKDOWN_TYPE)


def _response(
    request: HttpRequest,
    found: UnlockedDocument,
    content: bytes,
    *,
    has_hast: bool = False,
    content_type: str = CONTENT_TYPE,
) -> HttpResponse:
    # The view makes it private, as every answer to a request with a bearer.
    return fresh_response(
        request,
        add_hast(content) if has_hast else content,
        next_transition=0,
        locale=found.locale,
        content_type=content_type,
    )
