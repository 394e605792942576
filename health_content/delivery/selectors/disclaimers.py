"""Disclaimers as the public may know them: their wording, and where it is shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from ...compat import page_model
from ...document import timestamp
from ...document_facts import Resources
from ...document_html import expand_html, find_references
from ...models import DisclaimerSnippet, DisclaimerVersion
from ...published_html import find_hrefs, republish_html
from ...selectors import disclaimer_facts
from ...selectors.addresses import AddressBook, site_label
from ...selectors.media import document_urls
from ...selectors.typed import TypedText, typed_targets
from ...selectors.visibility import public_view
from ..cursors import Cursor
from ..encode import encode_json
from ..models import DocumentTag
from ..visibility import documents_public
from .keysets import KeysetPage
from .public_links import links_public
from .transitions import next_transition_of_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from ...document_facts import DisclaimerFacts, Json, JsonObject
    from ..queries import KeysetQuery

DISCLAIMERS_ORDER = "disclaimer"
# Where a disclaimer is shown is an aid, not an archive: `pages/` lists everything.
SHOWN_MAX = 100
# What is told of such a page, and the columns.
SHOWN_COLUMNS = {
    "id": "document_id",
    "locale": "document__locale",
    "title": "document__title",
    "path": "document__path",
}
SITE_COLUMNS = ("document__site__hostname", "document__site__port")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisclaimer:
    """One disclaimer as the public may know it."""

    id: int
    content: JsonObject


def disclaimer_list(query: KeysetQuery) -> KeysetPage:
    """Return the live disclaimers that *query* asks for, in order of key. A constant number of queries."""
    wanted = DisclaimerSnippet.objects.filter(live=True)
    if query.locale is not None:
        wanted = wanted.filter(locale__language_code=query.locale)
    count = wanted.count() if query.has_count else None
    if (after := query.cursor) is not None:
        wanted = wanted.filter(Q(key__gt=after.key) | Q(key=after.key, pk__gt=after.id))
    rows = wanted.order_by("key", "pk").values_list("pk", "key")
    found = list(rows[: query.page_size + 1])
    shown = found[: query.page_size]
    last = shown[-1] if len(found) > len(shown) else None
    contents = _public(Q(pk__in=[pk for pk, _key in shown]))
    return KeysetPage(
        items=tuple(map(encode_json, contents.values())),
        next=Cursor(order=DISCLAIMERS_ORDER, key=last[1], id=last[0]) if last else None,
        next_transition=next_transition_of_all(timezone.now()),
        count=count,
    )


def _public(condition: Q) -> dict[int, JsonObject]:
    facts = disclaimer_facts(condition)
    resources = _resources(facts.values())
    languages, published = _languages_and_times(facts)
    shown = _shown(facts)
    alternates = _alternates({each.key for each in facts.values()})
    return {
        pk: {
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
            "alternates": [
                _alternate(disclaimer.key, locale)
                for locale in alternates[disclaimer.key]
                if locale != languages[pk]
            ],
            "superseded_at": None,
        }
        for pk, disclaimer in facts.items()
    }


def disclaimer_public(
    key: str, *, locale: str | None, at: datetime | None = None
) -> PublicDisclaimer | None:
    """Return the disclaimer *key* in *locale*, by default the default language; None when it is not public there.

    With *at*, the wording that was live at that moment; None when there was none yet. A constant number of queries.
    """
    language = locale or settings.LANGUAGE_CODE
    found = _public(Q(locale__language_code=language, key=key))
    for pk, content in found.items():  # One at most: keys are unique in a language.
        earlier = None if at is None else _wording(pk, at)
        if at is not None and earlier is None:
            return None
        return PublicDisclaimer(id=pk, content=content | (earlier or {}))
    return None


def _wording(disclaimer_id: int, at: datetime) -> JsonObject | None:
    """Return what the disclaimer said at the moment *at*, {} for what it says now, None when that was before all."""
    versions = DisclaimerVersion.objects.filter(disclaimer_id=disclaimer_id)
    version = versions.filter(published_at__lte=at).order_by("-number").first()
    if version is None:
        return None
    newer = versions.filter(number__gt=version.number).order_by("number").first()
    if newer is None:
        return {}
    site = Site.objects.filter(is_default_site=True).first()
    label = site_label(site) if site else ""
    public = links_public(find_hrefs(version.body_html), label)
    return {
        "version": version.number,
        "published_at": timestamp(version.published_at),
        "title": version.title,
        "body": {"html": republish_html(version.body_html, public.__contains__)},
        # Nobody wrote down where it stood; where it stands now is where the wording of today is.
        "shown_on": [],
        "superseded_at": timestamp(newer.published_at),
    }


def _alternates(keys: Collection[str]) -> dict[str, list[str]]:
    """Return the languages in which each of *keys* is public. One query."""
    alternates: dict[str, list[str]] = defaultdict(list)
    rows = DisclaimerSnippet.objects.filter(key__in=keys, live=True)
    for key, locale in rows.order_by("locale__language_code").values_list(
        "key", "locale__language_code"
    ):
        alternates[key].append(locale)
    return alternates


def _alternate(key: str, locale: str) -> JsonObject:
    root = reverse("health_delivery:root")
    return {"locale": locale, "href": f"{root}disclaimers/{key}/?locale={locale}"}


def _resources(disclaimers: Iterable[DisclaimerFacts]) -> Resources:
    """Return what the wordings link to: absolute addresses, as a wording belongs to no site.

    An address without a host that somebody typed is one of the default site.
    """
    references = find_references([d.body for d in disclaimers])
    if not (references.pages or references.documents or references.addresses):
        return Resources()
    view, book = public_view(), AddressBook()
    pages: dict[int, str] = {}
    site_id = 0
    if references.addresses:
        home = Site.objects.filter(is_default_site=True).first()
        site_id = home.pk if home else 0
    with translation.override(settings.LANGUAGE_CODE):
        text = TypedText(addresses=references.addresses, site_id=site_id)
        [typed] = typed_targets([text], book)
        named = page_model().objects.filter(
            pk__in=references.pages | set(typed.pages.values())
        )
        for page in view.shown(named):
            address = book.address(page)
            if address is not None:
                pages[page.pk] = address.url
        return Resources(
            pages=pages,
            addresses=typed.pages,
            files=typed.files,
            documents=document_urls(references.documents | set(typed.files.values())),
        )


def _languages_and_times(
    facts: dict[int, DisclaimerFacts],
) -> tuple[dict[int, str], dict[tuple[int, int], str | None]]:
    """Return the language of each disclaimer, and when each of its wordings was published. One query."""
    languages: dict[int, str] = {}
    published: dict[tuple[int, int], str | None] = {}
    rows = DisclaimerSnippet.objects.filter(pk__in=facts).values_list(
        "pk", "locale__language_code", "versions__number", "versions__published_at"
    )
    for pk, language, number, at in rows:
        languages[pk] = language
        published[pk, number] = timestamp(at)
    return languages, published


def _shown(facts: dict[int, DisclaimerFacts]) -> dict[int, list[Json]]:
    rows = (
        DocumentTag.objects.filter(
            tag__in=[f"disclaimer-{pk}" for pk in facts],
            document__in=documents_public(timezone.now()),
        )
        .order_by("tag", "document__path", "document_id")
        .values_list("tag", *SITE_COLUMNS, *SHOWN_COLUMNS.values())
    )
    shown: dict[int, list[Json]] = defaultdict(list)
    for tag, hostname, port, *facts in rows:
        pages = shown[int(tag.rpartition("-")[2])]
        if len(pages) < SHOWN_MAX:
            place: JsonObject = dict(zip(SHOWN_COLUMNS, facts, strict=True))
            site = Site(hostname=hostname, port=port)
            place |= {
                "site": site_label(site),
                "url": site.root_url + str(place["path"]),
            }
            pages.append(place)
    return shown
