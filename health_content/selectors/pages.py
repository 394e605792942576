"""A page and all it refers to, as facts: everything in bulk, in a number of queries that its length does not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from ..compat import page_model
from ..conf import get_conf
from ..document import build_document
from ..document_blocks import (
    chosen_disclaimer,
    find_stream_references,
    walk_stream,
)
from ..document_facts import (
    Attribution,
    ChosenDisclaimer,
    PageFacts,
    PageLink,
    Resources,
)
from ..document_html import find_references
from .addresses import Address, AddressBook
from .disclaimers import located_disclaimers
from .links import link_targets, translations_for
from .media import document_urls, images_by_id
from .visibility import PublicView, public_view

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from wagtail.models import AbstractPage

    from ..abstract import DocumentMixin
    from ..document_facts import DisclaimerFacts, ImageFacts, Json, JsonObject
    from .disclaimers import LocatedDisclaimer

T = TypeVar("T")

PLACEMENTS = frozenset({"start", "end"})
AUDIENCE_PUBLIC = "public"
NOWHERE = Address(site_id=0, site="", path="", url="")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where pages live and which are public, at one moment. Not to be kept: what it says grows old."""

    book: AddressBook
    view: PublicView


def surroundings_now() -> Surroundings:
    """Return the surroundings of all pages. Four queries."""
    return Surroundings(AddressBook(), public_view())


def page_document(page: DocumentMixin) -> JsonObject:
    """Return the document that *page*, as it is in memory, would be published as."""
    return build_document(page_facts(page))


def page_facts(
    page: DocumentMixin, surroundings: Surroundings | None = None
) -> PageFacts:
    """Return the facts of *page*, as it is in memory, and of what it refers to, as the public sees that.

    Cost: that of `pages_facts`. Nothing here asks whether the page itself may be seen.
    """
    return pages_facts([page], surroundings or surroundings_now())[0]


def pages_facts(
    pages: Sequence[DocumentMixin], surroundings: Surroundings
) -> list[PageFacts]:
    """Return the facts of each of *pages*, in their order.

    Cost: eight queries at most, whatever the number of pages, their length and the number of their links, and one for
    each image file that has to be made.
    """
    book = surroundings.book
    contents = [_Content(page, book) for page in pages]
    known = _look_up_disclaimers(contents)
    wanted = [_Wanted(content, known) for content in contents]
    found = _look_up(wanted, surroundings)
    gathered: list[PageFacts] = []
    for each in wanted:
        # URLs must not depend on the language of whoever happens to publish.
        with translation.override(each.content.locale):
            gathered.append(_facts(each, found, book))
    return gathered


class _Content:
    """A page, and what its own fields say."""

    def __init__(self, page: DocumentMixin, book: AddressBook) -> None:
        # A document is a page and a mixin; the mixin does not say so.
        base: AbstractPage = page
        self.page = base
        self.locale = book.locales.get(base.locale_id, settings.LANGUAGE_CODE)
        self.body = _stored(page, "body")
        self.stream = find_stream_references(self.body)
        self.chosen = _chosen_disclaimers(_stored(page, "disclaimers"))
        self.disclaimer_ids = self.stream.disclaimers | {c.id for c in self.chosen}
        # Every health page has this field; an index page is no health page and shows only what it names.
        self.has_general_disclaimers = hasattr(page, "disclaimers")
        self.ancestor_paths = _ancestor_paths(self.page)

    def shows(self, disclaimer: LocatedDisclaimer) -> bool:
        """Return whether the page shows *disclaimer*: it names it, or it is everybody's in its language."""
        return disclaimer.facts.id in self.disclaimer_ids or (
            self.has_general_disclaimers
            and disclaimer.facts.applies_to_all
            and disclaimer.locale_id == self.page.locale_id
        )


class _Wanted:
    """What a page refers to, by itself and through the disclaimers that it shows."""

    def __init__(
        self, content: _Content, disclaimers: Iterable[LocatedDisclaimer]
    ) -> None:
        self.content = content
        self.disclaimers = {
            d.facts.id: d.facts for d in disclaimers if content.shows(d)
        }
        bodies = [disclaimer.body for disclaimer in self.disclaimers.values()]
        introduction = content.page.introduction
        html = find_references([introduction, *content.stream.html, *bodies])
        self.pages, self.documents = html.pages, html.documents
        self.images = html.images | content.stream.images


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All that some pages refer to, as far as the public sees it."""

    pages: Sequence[AbstractPage]
    """In the order of the tree."""
    translations: Mapping[tuple[UUID, int], AbstractPage]
    documents: Mapping[int, str]
    images: Mapping[int, ImageFacts]


def _look_up_disclaimers(contents: Sequence[_Content]) -> list[LocatedDisclaimer]:
    named = {pk for content in contents for pk in content.disclaimer_ids}
    locales = {c.page.locale_id for c in contents if c.has_general_disclaimers}
    general = Q(applies_to_all=True, locale_id__in=locales)
    return located_disclaimers(Q(pk__in=named) | general)


def _look_up(wanted: Sequence[_Wanted], around: Surroundings) -> _Found:
    linked = {pk for each in wanted for pk in each.pages}
    contents = [each.content for each in wanted]
    related = page_model().objects.filter(
        Q(pk__in=linked)
        | Q(path__in={path for content in contents for path in content.ancestor_paths})
        | Q(translation_key__in={content.page.translation_key for content in contents})
    )
    pages = around.view.shown(related.order_by("path"))
    return _Found(
        pages=pages,
        translations=translations_for(
            [page for page in pages if page.pk in linked],
            {content.page.locale_id for content in contents},
            around.view,
        ),
        documents=document_urls({pk for each in wanted for pk in each.documents}),
        images=images_by_id({pk for each in wanted for pk in each.images}),
    )


def _facts(wanted: _Wanted, found: _Found, book: AddressBook) -> PageFacts:
    content, page = wanted.content, wanted.content.page
    address = book.address(page) or NOWHERE
    linked = {
        p.pk: found.translations.get((p.translation_key, page.locale_id), p)
        for p in found.pages
        if p.pk in wanted.pages
    }
    ancestors = [p for p in found.pages if p.path in content.ancestor_paths]
    alternates = [
        p
        for p in found.pages
        if p.translation_key == page.translation_key and p.pk != page.pk
    ]
    return PageFacts(
        id=page.pk or 0,
        type=page.document_type,
        model=page._meta.label,  # noqa: SLF001 - Django's documented name
        translation_key=str(page.translation_key),
        site=address.site,
        locale=content.locale,
        title=page.title,
        slug=page.slug,
        path=address.path,
        url=address.url,
        first_published_at=page.first_published_at,
        last_published_at=page.last_published_at,
        version=0,
        introduction=page.introduction,
        summary=page.summary,
        body=content.body,
        # A site's own base page need not have these.
        seo_title=getattr(page, "seo_title", ""),
        search_description=getattr(page, "search_description", ""),
        audience=AUDIENCE_PUBLIC,
        chosen_disclaimers=content.chosen,
        resources=Resources(
            pages=link_targets(linked, book, address.site_id),
            documents=_those(found.documents, wanted.documents),
            images=_those(found.images, wanted.images),
            disclaimers=wanted.disclaimers,
        ),
        breadcrumbs=_links(ancestors, book),
        alternates=_links(alternates, book),
        attribution=_attribution(),
        # What the page names, whether or not anybody may see it yet, and what it shows besides.
        dependencies=_tags("page", wanted.pages)
        | _tags("page", (p.pk for p in (*ancestors, *alternates, *linked.values())))
        | _tags("document", wanted.documents)
        | _tags("image", wanted.images)
        | _tags("disclaimer", content.disclaimer_ids | set(wanted.disclaimers)),
        site_id=address.site_id,
        expires_at=_first_expiry(page, wanted.disclaimers.values()),
    )


def _those(found: Mapping[int, T], wanted: Collection[int]) -> dict[int, T]:
    return {pk: value for pk, value in found.items() if pk in wanted}


def _links(pages: Collection[AbstractPage], book: AddressBook) -> tuple[PageLink, ...]:
    located = [(page, book.address(page)) for page in pages]
    return tuple(
        PageLink(
            id=page.pk,
            title=page.title,
            path=address.path,
            url=address.url,
            locale=book.locales.get(page.locale_id, settings.LANGUAGE_CODE),
        )
        for page, address in located
        if address is not None
    )


def _attribution() -> Attribution:
    conf = get_conf()
    return Attribution(
        publisher=conf.publisher_name,
        licence=conf.license_url,
        required_text=conf.attribution_text or None,
    )


def _tags(kind: str, identifiers: Iterable[int]) -> frozenset[str]:
    return frozenset(f"{kind}-{pk}" for pk in identifiers)


def _first_expiry(
    page: AbstractPage, disclaimers: Iterable[DisclaimerFacts]
) -> datetime | None:
    """Return when the page, or the first disclaimer it shows, is planned to go."""
    moments = [page.expire_at, *(d.expires_at for d in disclaimers)]
    return min((moment for moment in moments if moment), default=None)


def _stored(page: DocumentMixin, name: str) -> Json:
    """Return the stream *name* of *page* as it is stored; [] when the page has no such field."""
    value = getattr(page, name, None)
    stored: Json = value.get_prep_value() if value is not None else []
    return stored


def _chosen_disclaimers(stream: Json) -> tuple[ChosenDisclaimer, ...]:
    chosen: list[ChosenDisclaimer] = []
    for block in walk_stream(stream):
        value = block.get("value")
        identifier = chosen_disclaimer(value)
        placement = value.get("placement") if isinstance(value, dict) else None
        if identifier:
            place = str(placement) if placement in PLACEMENTS else "end"
            chosen.append(ChosenDisclaimer(id=identifier, placement=place))
    return tuple(chosen)


def _ancestor_paths(page: AbstractPage) -> frozenset[str]:
    """Return the tree paths above *page*, the tree's root (which is no page of any site) left out."""
    path, step = page.path or "", type(page).steplen
    return frozenset(path[:end] for end in range(2 * step, len(path), step))
