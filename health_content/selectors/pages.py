"""A page and all it refers to, as facts: everything in bulk, in a number of queries that its length does not change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from ..compat import page_model
from ..conf import get_conf
from ..document import build_document
from ..document_blocks import find_stream_references
from ..document_facts import Attribution, PageFacts, Resources
from ..document_governance import governance_addresses
from ..document_html import find_references
from ..governance_facts import Organization
from ..standalone import cleared_only
from .addresses import Address, AddressBook
from .library import cited_references, library_view, named_in_streams
from .links import (
    link_targets,
    page_links,
    translations_for,
)
from .media import (
    document_urls,
    embed_hash,
    embeds_by_url,
    images_by_id,
    videos_allowed,
)
from .organization import organizations_by_site
from .questions import answering_pages, question_facts, questions_found
from .related import related_ids
from .reviews import reviews_of
from .shelves import library_of_page
from .shown_disclaimers import ancestor_paths, disclaimers_of
from .topics import PageTopics, topics_of
from .typed import TypedTargets, TypedText, place_tag, typed_targets
from .visibility import PublicView, public_view

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from wagtail.models import AbstractPage

    from ..abstract import DocumentMixin
    from ..document_facts import (
        EmbedFacts,
        ImageFacts,
        Json,
        JsonObject,
        PageLink,
        ReviewFacts,
    )
    from ..document_questions import QuestionChoice
    from .library import LibraryView
    from .questions import FoundQuestion
    from .reviews import PageReviews
    from .shown_disclaimers import PageDisclaimers

K = TypeVar("K")
T = TypeVar("T")

AUDIENCE_PUBLIC = "public"
WAITING_DISCLAIMER = "waiting_disclaimer"
"""Kind of the tags of disclaimers that a topic or section chose and the page does not show."""
QUESTIONS = "questions"
"""Kind of the tags of pages of which a document shows a question: it changes with what those answer."""
NOWHERE = Address(site_id=0, site="", path="", url="")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where pages live and which are public, at one moment. Not to be kept: what it says grows old."""

    book: AddressBook
    view: PublicView
    organizations: Mapping[int, Organization] = field(default_factory=dict)
    """Who publishes, by site."""


def surroundings_now() -> Surroundings:
    """Return the surroundings of all pages. Five queries."""
    return Surroundings(AddressBook(), public_view(), organizations_by_site())


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

    Cost: twenty-eight queries at most, whatever the number of pages, their length and the number of their links, images and
    embeds.
    """
    book = surroundings.book
    # A document is a page and a mixin; the mixin does not say so.
    bases: Sequence[AbstractPage] = pages
    contents = [
        _Content(page, book, related)
        for page, related in zip(pages, related_ids(bases), strict=True)
    ]
    related = [content.related for content in contents]
    topics = topics_of(bases, [names["topics"] for names in related])
    disclaimers = disclaimers_of(bases, related, topics)
    library = library_view(
        [content.named for content in contents],
        locale_ids={content.page.locale_id for content in contents},
        now=surroundings.view.now,
    )
    questions = questions_found(
        [(c.page.locale_id, c.stream.questions) for c in contents], surroundings.view
    )
    answering = answering_pages(questions)
    reviews = reviews_of(
        [*bases, *answering],
        now=surroundings.view.now,
        site_of=lambda page: (book.address(page) or NOWHERE).site_id,
    )
    answered = {
        page.pk: review.current
        for page, review in zip(answering, reviews[len(bases) :], strict=True)
    }
    wanted = [
        _Wanted(content, its_disclaimers, its_topics, library, review, asked)
        for content, its_disclaimers, its_topics, review, asked in zip(
            contents, disclaimers, topics, reviews[: len(bases)], questions, strict=True
        )
    ]
    _find_typed(wanted, surroundings)
    found = replace(_look_up(wanted, surroundings), reviews=answered)
    gathered: list[PageFacts] = []
    for each in wanted:
        # URLs must not depend on the language of whoever happens to publish.
        with translation.override(each.content.locale):
            gathered.append(_facts(each, found, surroundings))
    return gathered


class _Content:
    """A page, and what its own fields say."""

    def __init__(
        self,
        page: DocumentMixin,
        book: AddressBook,
        related: Mapping[str, tuple[int, ...]],
    ) -> None:
        # A document is a page and a mixin; the mixin does not say so.
        base: AbstractPage = page
        self.page = base
        self.locale = book.locales.get(base.locale_id, settings.LANGUAGE_CODE)
        self.body = _stored(page, "body")
        self.stream = find_stream_references(self.body)
        self.ancestor_paths = frozenset(ancestor_paths(self.page))
        self.related = related
        self.named = named_in_streams(
            _stored(page, "contributors"),
            _stored(page, "references"),
            related,
            body=self.body,
        )


class _Wanted:
    """What a page refers to, by itself and through the disclaimers that it shows."""

    def __init__(
        self,
        content: _Content,
        disclaimers: PageDisclaimers,
        topics: PageTopics,
        library: LibraryView,
        reviews: PageReviews,
        questions: Mapping[QuestionChoice, FoundQuestion],
    ) -> None:
        self.content = content
        self.reviews = reviews
        self.shelf = library_of_page(content.page, content.named, library)
        self.topics = topics
        self.shown, self.disclaimers = disclaimers.shown, disclaimers.facts
        self.shown_ids = disclaimers.own | set(self.disclaimers)
        self.waiting_ids = disclaimers.inherited - self.shown_ids
        bodies = [disclaimer.body for disclaimer in self.disclaimers.values()]
        introduction = content.page.introduction
        self.questions = questions
        stream = content.stream
        answers = [found.asked.answer for found in questions.values()]
        html = find_references([introduction, *stream.html, *bodies, *answers])
        self.sources = {choice.page for choice in stream.questions}
        self.pages = html.pages | stream.related | self.sources
        self.documents = html.documents
        self.governance = self.shelf.governance
        self.addresses = html.addresses | stream.addresses
        self.typed = TypedTargets()
        self.embeds = html.embeds | stream.videos
        self.images = html.images | stream.images | self.shelf.photos


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All that some pages refer to, as far as the public sees it."""

    pages: Sequence[AbstractPage]
    """In the order of the tree."""
    translations: Mapping[tuple[UUID, int], AbstractPage]
    documents: Mapping[int, str]
    embeds: Mapping[str, EmbedFacts]
    images: Mapping[int, ImageFacts]
    reviews: Mapping[int, ReviewFacts | None] = field(default_factory=dict)
    """Of the pages that answer questions which others show."""


def _find_typed(wanted: Sequence[_Wanted], around: Surroundings) -> None:
    """Take addresses of our own that somebody typed for what they lead to: they are links like those that were chosen."""
    texts: list[TypedText] = []
    for each in wanted:
        at = around.book.address(each.content.page) or NOWHERE
        publisher = around.organizations.get(at.site_id, Organization())
        each.governance = replace(each.governance, organization=publisher)
        each.addresses |= governance_addresses(each.governance)
        texts.append(
            TypedText(addresses=each.addresses, site_id=at.site_id, path=at.path)
        )
    for each, typed in zip(wanted, typed_targets(texts, around.book), strict=True):
        each.typed = typed
        each.pages |= set(typed.pages.values())
        each.documents |= set(typed.files.values())


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
        embeds=embeds_by_url({url for each in wanted for url in each.embeds}),
        images=images_by_id({pk for each in wanted for pk in each.images}),
    )


def _facts(wanted: _Wanted, found: _Found, around: Surroundings) -> PageFacts:
    content, page, book = wanted.content, wanted.content.page, around.book
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
        body=cleared_only(content.body, wanted.reviews.cleared),
        # A site's own base page need not have these.
        seo_title=getattr(page, "seo_title", ""),
        search_description=getattr(page, "search_description", ""),
        audience=AUDIENCE_PUBLIC,
        disclaimers=wanted.shown,
        resources=Resources(
            pages=link_targets(linked, book, address.site_id),
            addresses=wanted.typed.pages,
            files=wanted.typed.files,
            documents=_those(found.documents, wanted.documents),
            embeds=_those(found.embeds, wanted.embeds),
            videos=videos_allowed(content.stream.videos),
            related=_related(content.stream.related & linked.keys(), linked, book),
            questions=question_facts(wanted.questions, found.reviews, book),
            images=_those(found.images, wanted.images),
            disclaimers=wanted.disclaimers,
            references=cited_references(wanted.governance.citations),
            locale=content.locale,
        ),
        breadcrumbs=page_links(ancestors, book),
        alternates=page_links(alternates, book),
        attribution=_attribution(wanted.governance.organization),
        topics=wanted.topics.shown,
        governance=wanted.governance,
        review=wanted.reviews.current,
        dependencies=_dependencies(wanted, [*ancestors, *alternates, *linked.values()]),
        site_id=address.site_id,
        expires_at=_first_expiry(page, wanted),
    )


def _related(
    chosen: Iterable[int], linked: Mapping[int, AbstractPage], book: AddressBook
) -> dict[int, PageLink]:
    links = ((pk, page_links([linked[pk]], book)) for pk in chosen)
    return {pk: link for pk, found in links for link in found}


def _dependencies(wanted: _Wanted, shown: Iterable[AbstractPage]) -> frozenset[str]:
    """Return the tags of what the page names, whether or not anybody may see it yet, and of the pages *shown* besides."""
    return (
        _tags("page", wanted.pages)
        | _tags(QUESTIONS, wanted.sources)
        | _tags(QUESTIONS, (q.page.pk for q in wanted.questions.values()))
        | _tags("page", (page.pk for page in shown))
        | set(map(place_tag, wanted.typed.tree_paths))
        | _tags("document", wanted.documents)
        | _tags("embed", map(embed_hash, wanted.embeds))
        | _tags("image", wanted.images)
        | _tags("topic", wanted.topics.related)
        | wanted.shelf.tags
        | _tags("disclaimer", wanted.shown_ids)
        # It shows another one, or none yet, instead; that may change.
        | _tags(WAITING_DISCLAIMER, wanted.waiting_ids)
    )


def _those(found: Mapping[K, T], wanted: Collection[K]) -> dict[K, T]:
    return {key: value for key, value in found.items() if key in wanted}


def _attribution(organization: Organization) -> Attribution:
    conf = get_conf()
    return Attribution(
        publisher=organization.publisher or conf.publisher_name,
        licence=conf.license_url,
        required_text=conf.attribution_text or None,
    )


def _tags(kind: str, identifiers: Iterable[int | str]) -> frozenset[str]:
    return frozenset(f"{kind}-{pk}" for pk in identifiers)


def _first_expiry(page: AbstractPage, wanted: _Wanted) -> datetime | None:
    """Return when the page, or the first of the disclaimers and entries of the library it shows, is planned to go."""
    disclaimers = wanted.disclaimers.values()
    moments = [page.expire_at, *(d.expires_at for d in disclaimers)]
    moments += wanted.shelf.expiries
    return min((moment for moment in moments if moment), default=None)


def _stored(page: DocumentMixin, name: str) -> Json:
    """Return the stream *name* of *page* as it is stored; [] when the page has no such field."""
    value = getattr(page, name, None)
    stored: Json = value.get_prep_value() if value is not None else []
    return stored
