"""A page and all it refers to, as facts: everything in bulk, in a number of queries that its length does not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from ..document_html import HtmlReferences, find_references
from .addresses import Address, AddressBook
from .disclaimers import disclaimer_facts
from .links import link_targets, localized
from .media import document_urls, images_by_id
from .visibility import PublicView, public_view

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from wagtail.models import AbstractPage

    from ..abstract import DocumentMixin
    from ..document_facts import DisclaimerFacts, Json, JsonObject

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

    Cost: six queries and those of `surroundings_now`, whatever the page's length and the number of its links, and one
    for each image file that has to be made. Nothing here asks whether the page itself may be seen.
    """
    around = surroundings or surroundings_now()
    base: AbstractPage = page
    locale = around.book.locales.get(base.locale_id, settings.LANGUAGE_CODE)
    # URLs must not depend on the language of whoever happens to publish.
    with translation.override(locale):
        return _Gatherer(page, around.book, around.view, locale).facts()


@dataclass(frozen=True, slots=True)
class _Related:
    """Other pages that *page* needs, by what they are for."""

    linked: Mapping[int, AbstractPage]
    ancestors: tuple[AbstractPage, ...]
    translations: tuple[AbstractPage, ...]


class _Gatherer:
    """Gathers the facts of one page; lives as long as that takes."""

    def __init__(
        self, page: DocumentMixin, book: AddressBook, view: PublicView, locale: str
    ) -> None:
        # A document is a page and a mixin; the mixin does not say so.
        self.page: AbstractPage = page
        self.book = book
        self.view = view
        self.locale = locale
        self.body = _stored(page, "body")
        self.address = book.address(page) or NOWHERE

    def facts(self) -> PageFacts:
        page = self.page
        chosen = _chosen_disclaimers(_stored(page, "disclaimers"))
        found = find_stream_references(self.body)
        disclaimers = self._disclaimers(found.disclaimers | {c.id for c in chosen})
        html = [page.introduction, *found.html, *(d.body for d in disclaimers.values())]
        references = find_references(html)
        related = self._related(references)
        return PageFacts(
            id=page.pk or 0,
            type=page.document_type,
            model=page._meta.label,  # noqa: SLF001 - Django's documented name
            translation_key=str(page.translation_key),
            site=self.address.site,
            locale=self.locale,
            title=page.title,
            slug=page.slug,
            path=self.address.path,
            url=self.address.url,
            first_published_at=page.first_published_at,
            last_published_at=page.last_published_at,
            version=0,
            introduction=page.introduction,
            summary=page.summary,
            body=self.body,
            # A site's own base page need not have these.
            seo_title=getattr(page, "seo_title", ""),
            search_description=getattr(page, "search_description", ""),
            audience=AUDIENCE_PUBLIC,
            chosen_disclaimers=chosen,
            resources=Resources(
                pages=link_targets(related.linked, self.book, self.address.site_id),
                documents=document_urls(references.documents),
                images=images_by_id(found.images | references.images),
                disclaimers=disclaimers,
            ),
            breadcrumbs=self._links(related.ancestors),
            alternates=self._links(related.translations),
            attribution=_attribution(),
            dependencies=_dependencies(references, related)
            | _tags("image", found.images | references.images)
            | _tags("disclaimer", found.disclaimers | set(disclaimers))
            | _tags("disclaimer", (c.id for c in chosen)),
            site_id=self.address.site_id,
            expires_at=_first_expiry(page, disclaimers.values()),
        )

    def _disclaimers(self, identifiers: Collection[int]) -> dict[int, DisclaimerFacts]:
        condition = Q(pk__in=identifiers)
        # Every health page has this field; an index page is no health page and shows only what it names.
        if hasattr(self.page, "disclaimers"):
            condition |= Q(applies_to_all=True, locale_id=self.page.locale_id)
        return disclaimer_facts(condition)

    def _related(self, references: HtmlReferences) -> _Related:
        """Return the visible pages that the page names, is below, or is a translation of. Two queries at most."""
        paths = _ancestor_paths(self.page)
        found = page_model().objects.filter(
            Q(pk__in=references.pages)
            | Q(path__in=paths)
            | Q(translation_key=self.page.translation_key)
        )
        pages = self.view.shown(found.order_by("path"))
        linked = {p.pk: p for p in pages if p.pk in references.pages}
        return _Related(
            linked=localized(linked, self.page.locale_id, self.view),
            ancestors=tuple(p for p in pages if p.path in paths),
            translations=tuple(
                p
                for p in pages
                if p.translation_key == self.page.translation_key
                and p.pk != self.page.pk
            ),
        )

    def _links(self, pages: Collection[AbstractPage]) -> tuple[PageLink, ...]:
        located = [(page, self.book.address(page)) for page in pages]
        return tuple(
            PageLink(
                id=page.pk,
                title=page.title,
                path=address.path,
                url=address.url,
                locale=self.book.locales.get(page.locale_id, settings.LANGUAGE_CODE),
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


def _dependencies(references: HtmlReferences, related: _Related) -> frozenset[str]:
    """Return the tags of the pages and files whose change may change the document, also of those nobody may see yet."""
    shown = (*related.ancestors, *related.translations, *related.linked.values())
    return (
        _tags("page", references.pages)
        | _tags("page", (page.pk for page in shown))
        | _tags("document", references.documents)
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
