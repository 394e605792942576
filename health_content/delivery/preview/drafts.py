"""A page in an editor's hands to what its preview shows: the same document that it would be published as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from wagtail.admin.utils import get_admin_base_url

from ...document import build_document
from ...document_blocks import chosen_disclaimer
from ...document_evidence import find_evidence
from ...models import DisclaimerSnippet
from ...selectors import page_facts
from ...stored_values import walk_stream
from ..encode import encode_json
from ..read_model import replies_json
from .source_map import build_source_map

if TYPE_CHECKING:
    from typing import Any

    from wagtail.models import AbstractPage

    from ...abstract import DocumentMixin
    from ...document_facts import JsonObject, PageFacts
    from .source_map import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What a preview shows, as bytes."""

    site_id: int
    model: str
    path: str
    locale: str
    document: bytes
    source_map: bytes


def draft_content(page: DocumentMixin) -> DraftContent:
    """Return what the preview of *page*, as it is in memory, shows.

    What it links to is seen with the public's eyes: a preview shows one draft, not those around it.
    """
    _place(page)
    facts = page_facts(page)
    document = build_document(facts) | {"replies": replies_json([facts]).get(facts.id)}
    return DraftContent(
        site_id=facts.site_id,
        model=facts.model,
        path=facts.path,
        locale=facts.locale,
        document=encode_json(document),
        source_map=encode_json(_source_map(page, facts, document)),
    )


def draft_subject(page: DocumentMixin) -> str:
    """Return what tells an editor's drafts apart: the page, or where one is being made and of what kind."""
    if page.pk is not None:
        return f"page-{page.pk}"
    return f"new-{page_parent(page)}-{page._meta.label_lower}"  # noqa: SLF001 - Django's documented name


def page_parent(page: DocumentMixin) -> int | None:
    """Return the id of the page above *page*, which need not be saved: its place in the tree says so."""
    base: AbstractPage = page
    parent = base.get_parent()
    return parent.pk if parent else None


def admin_origin() -> str | None:
    """Return the origin of the editor, whose messages a front end may trust; None when no setting says it."""
    parts = urlsplit(get_admin_base_url() or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _place(page: DocumentMixin) -> None:
    """Give *page* the address that its slug says. Wagtail does so when a page is saved."""
    base: AbstractPage = page
    parent = base.get_parent()
    if parent is not None:
        base.set_url_path(parent)


def _source_map(
    page: DocumentMixin, facts: PageFacts, document: JsonObject
) -> JsonObject:
    keys = {pk: d.key for pk, d in facts.resources.disclaimers.items()}
    places = build_source_map(
        document,
        fields={field.name for field in page._meta.get_fields()},  # noqa: SLF001 - Django's documented name
        chosen_disclaimers=_chosen(page, keys),
        evidence={key for key, _reference in find_evidence(facts.body)},
    )
    page_url = _admin_url("wagtailadmin_pages:edit", page.pk)
    name = DisclaimerSnippet.snippet_viewset.get_url_name("edit")
    disclaimer_urls = {key: _admin_url(name, pk) for pk, key in keys.items()}
    return {
        pointer: _place_json(
            place,
            disclaimer_urls.get(place.disclaimer) if place.disclaimer else page_url,
        )
        for pointer, place in places.items()
    }


def _place_json(place: Place, edit_url: str | None) -> JsonObject:
    """Return *place* with the address that opens the editor there; null for a page that is not saved yet."""
    if edit_url and not place.disclaimer:
        # What Wagtail's own editor scrolls to.
        edit_url += f"#:w:contentpath={place.content_path}"
    return {
        "kind": place.kind,
        "block_id": place.block_id,
        "field": place.field,
        "content_path": place.content_path,
        "edit_url": edit_url,
    }


def _admin_url(name: str, identifier: Any) -> str | None:
    if identifier is None:
        return None
    try:
        path = reverse(name, args=[quote(identifier)])
    except (
        NoReverseMatch
    ):  # A host may leave Wagtail's admin out of the processes that deliver.
        return None
    return urljoin(get_admin_base_url() or "", path)


def _chosen(page: DocumentMixin, keys: dict[int, str]) -> dict[str, str]:
    """Return the ids of the blocks that choose a disclaimer for the page, by its key."""
    stream = getattr(page, "disclaimers", None)
    blocks = walk_stream(stream.get_prep_value()) if stream is not None else ()
    chosen: dict[str, str] = {}
    for block in blocks:
        key = keys.get(chosen_disclaimer(block.get("value")))
        if key is not None:
            chosen.setdefault(key, str(block.get("id") or ""))
    return chosen
