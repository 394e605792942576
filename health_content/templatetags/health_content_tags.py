"""What the page templates ask for: the document, its disclaimers, its outline, its graph."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_lazy
from wagtail.models import Site

from ..blocks.care import AVAILABILITIES
from ..blocks.figures import CERTAINTIES
from ..blocks.lists import FREQUENCIES, MECHANISM_STATUSES
from ..choices import ContributorRole
from ..document import build_document
from ..document_html import expand_html, source_set
from ..jsonld_governance import REVIEWER, reviewer_keys
from ..models import ReferenceKind
from ..natural_frequencies import natural_frequency
from ..selectors import html_resources, page_facts
from ..selectors.media import images_by_id
from ..selectors.visibility import pages_shown
from ..web_addresses import public_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.template.base import FilterExpression, Parser, Token
    from django.template.context import Context

    from ..document_facts import (
        CitedReference,
        ImageSourceFacts,
        Json,
        JsonObject,
        Resources,
    )

register = template.Library()

# Fewer headings than this are seen at one glance; a table of contents would only push the text down.
OUTLINE_MIN_ENTRIES = 3

CERTAINTY_WORDS = {
    "high": gettext_lazy("high certainty"),
    "moderate": gettext_lazy("moderate certainty"),
    "low": gettext_lazy("low certainty"),
    "very_low": gettext_lazy("very low certainty"),
}

# Where `health_document` leaves what the page refers to; blocks are rendered with their page's context.
RESOURCES = "health_resources"

# What could end the script element or start a comment in it, and the two line ends that older JavaScript refuses.
SCRIPT_ESCAPES = {
    ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A page in a list of pages."""

    title: str
    path: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFormat:
    """The files of an image in one format."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFiles:
    """The files of an image as a picture element wants them."""

    alt: str
    modern: list[ImageFormat]
    """What a browser may take instead, the best first."""
    srcset: str
    """The widths of the format that every browser reads."""
    fallback: ImageSourceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A heading that readers may jump to."""

    id: str
    title: str
    children: list[OutlineEntry] = field(default_factory=list)


@register.simple_tag(takes_context=True)
def health_document(context: Context, page: Any) -> JsonObject:
    """Return the document of *page* as it stands, so that a preview shows what publishing would.

    What the page refers to is looked up once, here, and kept in the context for `public_html`.
    """
    facts = page_facts(page)
    context[RESOURCES] = facts.resources
    return build_document(facts)


@register.inclusion_tag("health_content/includes/html.html", takes_context=True)
def public_html(context: Context, value: Any) -> dict[str, str]:
    """Write rich text by the same rule as the document: what the public may not see is neither linked nor named.

    *value* is rich text as stored, or an `{"html"}` object of the document, which has been through this already.
    Without a `health_document` around it (a snippet's preview, a page of the host's own) the text is looked up alone.
    """
    if isinstance(value, dict):
        return {"html": value["html"]}
    source = str(getattr(value, "source", value) or "")
    return {"html": expand_html(source, _resources(context, source))}


@register.simple_tag(takes_context=True)
def public_address(context: Context, url: str | None) -> str:
    """Return an address that an editor typed into a field of its own, "" where the public may not go."""
    link = format_html('<a href="{}"></a>', url or "")
    return public_url(url or "", _resources(context, link)) or ""


@register.filter
def disclaimers_at(document: JsonObject, placement: str) -> list[Json]:
    """Return the disclaimers of *document* that stand at *placement*: `start` or `end`."""
    safety: Any = document["safety"]
    return [d for d in safety["disclaimers"] if d["placement"] == placement]


@register.filter
def as_date(text: str) -> date:
    """Return the day that an ISO 8601 *text* of a document names, for Django's `date` filter."""
    return date.fromisoformat(text)


@register.filter
def role_label(role: str) -> str:
    """Return what a contributor's role is called."""
    return str(dict(ContributorRole.choices).get(role, role))


@register.filter
def shown_role(document: JsonObject, person: JsonObject) -> str:
    """Return what readers are told that *person* did: nobody reviewed what no valid review of theirs is recorded for."""
    role = str(person["role"])
    is_recorded = role != REVIEWER or person["key"] in reviewer_keys(document)
    return role_label(role) if is_recorded else gettext("Contributor")


@register.filter
def contributor_name(document: JsonObject, key: str) -> str:
    """Return the name of the contributor of *document* with *key*."""
    people: Any = document["contributors"]
    return next((str(p["name"]) for p in people if p["key"] == key), key)


@register.simple_tag(takes_context=True)
def cited(context: Context, evidence: Any) -> list[CitedReference]:
    """Return the references that a statement rests on, as the page numbers them; none without a page around it."""
    resources = context.get(RESOURCES)
    known = resources.references if resources else {}
    chosen = dict.fromkeys(each.pk for each in evidence or () if each is not None)
    return [known[pk] for pk in chosen if pk in known]


@register.simple_tag(takes_context=True)
def people(context: Context, numerator: int | None, denominator: int | None) -> str:
    """Return “3 in 100” in the language of the page, "" for a draft without the numbers."""
    if numerator is None or not denominator:
        return ""
    resources = context.get(RESOURCES)
    locale = resources.locale if resources else get_language() or ""
    return natural_frequency(numerator, denominator, locale)


@register.filter
def reference_kind(kind: str) -> str:
    """Return what a kind of source is called, as a part of a sentence."""
    return str(dict(ReferenceKind.choices).get(kind, kind))


@register.filter
def certainty_label(certainty: str) -> str:
    """Return what a reference's certainty is called, without what it means."""
    return str(CERTAINTY_WORDS.get(certainty, certainty))


@register.filter
def certainty_meaning(certainty: str) -> str:
    """Return what a finding's certainty means."""
    return str(dict(CERTAINTIES).get(certainty, certainty))


@register.filter
def frequency_label(frequency: str) -> str:
    """Return what a frequency is called, with its number."""
    return str(dict(FREQUENCIES).get(frequency, frequency))


@register.filter
def mechanism_status(status: str) -> str:
    """Return how far a mechanism is known."""
    return str(dict(MECHANISM_STATUSES).get(status, status))


@register.filter
def availability_label(availability: str) -> str:
    """Return how people get a medicine."""
    return str(dict(AVAILABILITIES).get(availability, availability))


@register.simple_tag
def page_outline(page: Any) -> list[OutlineEntry]:
    """Return the headings of *page*'s body, or nothing when they are too few to need a list.

    Subsections are children of the section before them; a block of questions without a heading gives its questions.
    """
    entries: list[OutlineEntry] = []
    for block in page.body:
        for entry in _entries(block):
            if _is_subsection(block) and entries:
                entries[-1].children.append(entry)
            else:
                entries.append(entry)
    return entries if len(entries) >= OUTLINE_MIN_ENTRIES else []


@register.simple_tag(takes_context=True)
def image_files(context: Context, image: Any) -> ImageFiles | None:
    """Return the files of *image* that its document names; None when there are none, or none yet.

    Nothing is made here. Within a `health_document` nothing is asked of the database either.
    """
    if not image:
        return None
    resources = context.get(RESOURCES)
    known = resources.images if resources else {}
    facts = known.get(image.pk) or images_by_id({image.pk}).get(image.pk)
    if facts is None or not facts.sources:
        return None
    by_type: dict[str, list[ImageSourceFacts]] = {}
    for source in facts.sources:
        by_type.setdefault(source.type, []).append(source)
    *modern, (_, files) = by_type.items()
    return ImageFiles(
        alt=facts.alt,
        modern=[
            ImageFormat(type=kind, srcset=source_set(found)) for kind, found in modern
        ],
        srcset=source_set(files) if len(files) > 1 else "",
        fallback=files[len(files) // 2],
    )


@register.simple_tag(takes_context=True)
def child_cards(context: dict[str, Any], page: Any) -> list[Card]:
    """Return the pages below *page* that everybody may see, in the site tree's order."""
    request = context.get("request")
    children = pages_shown(page.get_children()).specific() if page.pk else []
    return [
        Card(
            title=child.title,
            path=child.get_url(request) or "",
            summary=getattr(child, "summary", ""),
        )
        for child in children
    ]


@register.tag
def json_ld(parser: Parser, token: Token) -> JsonLdNode:
    """Write a value as a JSON-LD script element: `{% json_ld document.seo.jsonld %}`."""
    try:
        _name, variable = token.split_contents()
    except ValueError as error:
        raise template.TemplateSyntaxError("json_ld takes one value.") from error
    return JsonLdNode(parser.compile_filter(variable))


class JsonLdNode(template.Node):
    """A data block: browsers never run it, and nothing in it can end the element."""

    def __init__(self, value: FilterExpression) -> None:
        self.value = value

    def render(self, context: Context) -> str:
        """Return the script element, or nothing for an empty value."""
        value = self.value.resolve(context)
        if not value:
            return ""
        return f'<script type="application/ld+json">{script_json(value)}</script>'


def script_json(value: Json) -> str:
    """Return *value* as JSON that is inert inside a script element."""
    return json.dumps(value, ensure_ascii=False).translate(SCRIPT_ESCAPES)


def _resources(context: Context, source: str) -> Resources:
    """Return what the page around refers to; without one, what *source* does."""
    known: Resources | None = context.get(RESOURCES)
    if known is not None:
        return known
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    return html_resources([source], site.pk if site else None)


def _entries(block: Any) -> Iterator[OutlineEntry]:
    value = block.value
    match block.block_type:
        case "references":
            title = value.get("heading") or gettext("References")
            yield OutlineEntry(id=block.id, title=title)
        case "faq" if not value.get("heading"):
            yield from _questions(value["items"].bound_blocks)
        case "section" | "faq" if value.get("heading"):
            yield OutlineEntry(id=block.id, title=value["heading"])


def _questions(items: Iterable[Any]) -> Iterator[OutlineEntry]:
    for item in items:
        if item.value.get("question"):
            yield OutlineEntry(id=item.id, title=item.value["question"])


def _is_subsection(block: Any) -> bool:
    return block.block_type == "section" and block.value.get("level") == "3"
