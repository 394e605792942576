"""Disclaimers as the public may know them: their wording, and where it is shown."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from ...compat import page_model
from ...document import timestamp
from ...document_facts import Resources
from ...document_html import expand_html, find_references
from ...models import DisclaimerSnippet, DisclaimerVersion
from ...selectors import disclaimer_facts
from ...selectors.addresses import AddressBook
from ...selectors.media import document_urls
from ...selectors.visibility import public_view
from ..models import DocumentTag
from ..visibility import documents_public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...document_facts import DisclaimerFacts, Json, JsonObject

# Where a disclaimer is shown is an aid, not an archive: `pages/` lists everything.
SHOWN_MAX = 100


def disclaimers_public(
    *, locale: str | None, key: str | None = None
) -> list[JsonObject]:
    """Return the live disclaimers as JSON objects, in order of key and language. A constant number of queries."""
    condition = Q() if locale is None else Q(locale__language_code=locale)
    if key is not None:
        condition &= Q(key=key)
    facts = disclaimer_facts(condition)
    languages = dict(
        DisclaimerSnippet.objects.filter(pk__in=facts).values_list(
            "pk", "locale__language_code"
        )
    )
    resources = _resources(facts.values())
    published = _published_at(facts)
    shown = _shown(facts)
    return [
        {
            "key": disclaimer.key,
            "locale": languages[pk],
            "version": disclaimer.version,
            "published_at": published.get((pk, disclaimer.version)),
            "title": disclaimer.title,
            "kind": disclaimer.kind,
            "placement": disclaimer.placement,
            "applies_to_all": disclaimer.applies_to_all,
            "body": {"html": expand_html(disclaimer.body, resources)},
            "shown_on": shown[pk],
        }
        for pk, disclaimer in facts.items()
    ]


def disclaimer_public(key: str, *, locale: str | None) -> JsonObject | None:
    """Return the disclaimer *key* in *locale*, or else in the site's own language, or in any; None without one."""
    found = disclaimers_public(locale=locale, key=key)
    own = [d for d in found if d["locale"] == settings.LANGUAGE_CODE]
    return next(iter(own or found), None)


def _resources(disclaimers: Iterable[DisclaimerFacts]) -> Resources:
    """Return what the wordings link to: absolute addresses, as a wording belongs to no site."""
    references = find_references([d.body for d in disclaimers])
    if not references.pages and not references.documents:
        return Resources()
    view, book = public_view(), AddressBook()
    pages: dict[int, str] = {}
    with translation.override(settings.LANGUAGE_CODE):
        named = page_model().objects.filter(pk__in=references.pages)
        for page in view.shown(named):
            address = book.address(page)
            if address is not None:
                pages[page.pk] = address.url
        return Resources(pages=pages, documents=document_urls(references.documents))


def _published_at(
    facts: dict[int, DisclaimerFacts],
) -> dict[tuple[int, int], str | None]:
    rows = DisclaimerVersion.objects.filter(disclaimer_id__in=facts).values_list(
        "disclaimer_id", "number", "published_at"
    )
    return {(pk, number): timestamp(at) for pk, number, at in rows}


def _shown(facts: dict[int, DisclaimerFacts]) -> dict[int, list[Json]]:
    rows = (
        DocumentTag.objects.filter(
            tag__in=[f"disclaimer-{pk}" for pk in facts],
            document__in=documents_public(timezone.now()),
        )
        .order_by("tag", "document__path", "document_id")
        .values_list("tag", "document_id", "document__title", "document__path")
    )
    shown: dict[int, list[Json]] = defaultdict(list)
    for tag, page_id, title, path in rows:
        pages = shown[int(tag.rpartition("-")[2])]
        if len(pages) < SHOWN_MAX:
            pages.append({"id": page_id, "title": title, "path": path})
    return shown
