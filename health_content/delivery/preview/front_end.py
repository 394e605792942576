"""The preview modes that lead to a front end: what Wagtail's preview button and panel get."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from ...conf import get_conf
from ...selectors.addresses import AddressBook
from .services import code_issue, draft_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from wagtail.models import AbstractPage

    from ...abstract import DocumentMixin
    from ..models import PreviewDraft

FRONT_END = "front_end"
# What the admin's script asks for, to tell a front end in the panel of a change: the same as JSON. It is on no menu.
FRONT_END_CHANGE = "front_end_change"
EVERY_SITE = "*"
# The answer holds a code: nobody keeps it, and the front end's address is told to nobody.
HEADERS = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True)
class FrontEnds:
    """Previews in the front ends that the setting names, registered with `health_content.front_end`."""

    def modes(self, page: DocumentMixin) -> Sequence[tuple[str, Any]]:
        """Return the mode, for a page that has a front end or is not far enough to tell."""
        if not get_conf().preview_urls:
            return ()
        site = _site(page)
        has_one = site is None or preview_url(site) is not None
        return [(FRONT_END, _("Front end"))] if has_one else ()

    def serve(
        self, page: DocumentMixin, request: HttpRequest, mode_name: str
    ) -> HttpResponse | None:
        """Store what the editor sees, and lead their browser to the front end with a one-time code."""
        if mode_name not in {FRONT_END, FRONT_END_CHANGE}:
            return None
        user: Any = getattr(request, "user", None)
        site = _site(page)
        address = preview_url(site) if site else None
        if address is None or user is None or not user.is_authenticated:
            return None
        # Wagtail says so of what is typed; an old revision that somebody looks at says nothing of the kind.
        is_edited = getattr(request, "is_editing", False)
        draft = draft_store(page, user=user, is_followed=is_edited)
        code = code_issue(draft)
        if mode_name == FRONT_END_CHANGE:
            return JsonResponse(change_message(draft, code), headers=HEADERS)
        location = with_query(address, address_parameters(draft, code))
        return HttpResponse(
            status=HTTPStatus.FOUND, headers={"Location": location, **HEADERS}
        )


def preview_url(site: str) -> str | None:
    """Return where the front end of *site* (its host name, with an unusual port) takes previews, None without one."""
    urls = get_conf().preview_urls
    return urls.get(site) or urls.get(EVERY_SITE)


def preview_origins() -> list[str]:
    """Return the origins of the front ends, "" for this site's own."""
    urls = [urlsplit(url) for url in get_conf().preview_urls.values()]
    return sorted({f"{u.scheme}://{u.netloc}" if u.netloc else "" for u in urls})


def address_parameters(draft: PreviewDraft, code: str) -> dict[str, str]:
    """Return what a front end finds in its address: the code, and the names wagtail-headless-preview has for it."""
    return {"code": code, "content_type": draft.model.lower(), "token": code}


def change_message(draft: PreviewDraft, code: str) -> dict[str, Any]:
    """Return what a front end in the panel is told when the editor has typed."""
    return {
        "type": "healthpress:preview-changed",
        "code": code,
        "page": draft.page_id,
        "path": draft.path,
        "version": draft.version,
    }


def with_query(url: str, added: dict[str, str]) -> str:
    """Return *url* with *added* in its query."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *added.items()]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _site(page: DocumentMixin) -> str | None:
    """Return what documents call the page's site, None for a page that is in no site's tree, or in no tree yet."""
    base: AbstractPage = page
    if not base.path:
        return None
    if not base.url_path and (parent := base.get_parent()) is not None:
        base = parent
    address = AddressBook().address(base) if base.url_path else None
    return address.site if address else None
