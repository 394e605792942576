"""The site tree of the demonstration: home pages in two languages, indexes, articles, questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import swapper
from django.apps import apps
from django.db import transaction
from wagtail.models import Locale, Site

from health_content.document_questions import questions_of
from health_content.services.reviews import review_record

from .bodies import BodyBuilder, References
from .shelves import page_streams, page_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model, QuerySet

    from .content import IndexText, PageText

WELCOME = "welcome-to-wagtail"
HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HOME_DEPTH = 2  # The root of the tree is no page of any site.
PAGE_MODELS = {"article": "ArticlePage", "faq": "FAQPage"}
Page = Any  # The concrete classes follow the site's base page and are known at run time only.


@dataclass(slots=True, kw_only=True)
class TreeBuilder:
    """Makes the pages that are missing and leaves the others as they are; each page wholly or not at all."""

    user: AbstractBaseUser
    reviewer: AbstractBaseUser
    images: Mapping[str, int]
    disclaimers: Mapping[tuple[str, str], int]
    topics: Mapping[tuple[str, str], int]
    people: Mapping[str, int]
    references: Mapping[str, int]
    indexes: dict[tuple[str, str], Page] = field(default_factory=dict)
    """Index pages by (locale, key)."""
    pages: dict[str, Page] = field(default_factory=dict)
    """Articles and question pages by slug."""

    def build_indexes(self, texts: Iterable[IndexText]) -> None:
        """Make the home pages and the pages that list others."""
        for text in texts:
            self.indexes[text.locale, text.key] = self._index_ensure(text)

    def homes(self) -> list[Page]:
        """Return the home page of each language."""
        return [page for page in self.indexes.values() if page.depth == HOME_DEPTH]

    def build_pages(self, texts: Iterable[PageText]) -> None:
        """Make the articles and the pages of questions."""
        for text in texts:
            self.pages[text.slug] = self._page_ensure(text)

    def page_ids(self) -> dict[tuple[str, str], int]:
        """Return the ids of all pages, by language and the key of an index or the slug of a page."""
        indexes = {key: page.pk for key, page in self.indexes.items()}
        return indexes | {
            (page.locale.language_code, slug): page.pk
            for slug, page in self.pages.items()
        }

    @transaction.atomic
    def _index_ensure(self, text: IndexText) -> Page:
        parent = self.indexes[text.locale, text.parent] if text.parent else _root()
        model = apps.get_model("health_pages", "IndexPage")
        if found := model.objects.child_of(parent).filter(slug=text.slug).first():
            return found
        if not text.parent and text.slug == "home":
            _welcome_page_move()
        original = next(
            (page for (_, key), page in self.indexes.items() if key == text.key), None
        )
        page = model(
            title=text.title,
            slug=text.slug,
            summary=text.summary,
            introduction=text.introduction,
            show_in_menus=True,
            live=False,
            **_language(text.locale, original),
        )
        parent.add_child(instance=page)
        page.save_revision(user=self.user).publish(user=self.user)
        return page

    @transaction.atomic
    def _page_ensure(self, text: PageText) -> Page:
        parent = self.indexes[text.locale, text.parent]
        model = apps.get_model("health_pages", PAGE_MODELS[text.type])
        if found := model.objects.child_of(parent).filter(slug=text.slug).first():
            return found
        page = model(
            title=text.title,
            slug=text.slug,
            summary=text.summary,
            live=False,
            owner=self.user,
            **self._content(text),
            **_language(text.locale, self.pages.get(text.translation_of)),
        )
        parent.add_child(instance=page)
        page.topics.set(self._topics(text))
        for name, subjects in page_subjects(text).items():
            getattr(page, name).set(subjects)
        self._bring_to(page, text.state)
        return page

    def _content(self, text: PageText) -> dict[str, Any]:
        """Return the fields that hold rich text or blocks."""
        own = {
            key: pk
            for (code, key), pk in self.disclaimers.items()
            if code == text.locale
        }
        pages = {slug: page.pk for slug, page in self.pages.items()}
        references = References(
            images=self.images,
            disclaimers=own,
            pages=pages,
            library=self.references,
            questions={
                (slug, asked.question): asked.id
                for slug, page in self.pages.items()
                for asked in questions_of(page.body.get_prep_value())
            },
        )
        builder = BodyBuilder(text.slug, references)
        return {
            "introduction": builder.text(text.introduction),
            "disclaimers": builder.disclaimers(text.disclaimers),
            "body": builder.body(text.body),
            **page_streams(text, people=self.people, references=self.references),
        }

    def _topics(self, text: PageText) -> QuerySet[Model]:
        wanted = [self.topics[text.locale, key] for key in text.topics]
        return apps.get_model("health_content", "Topic").objects.filter(pk__in=wanted)

    def _bring_to(self, page: Page, state: str) -> None:
        revision = page.save_revision(user=self.user)
        if state == "refused":
            return
        if state == "draft":
            if workflow := page.get_workflow():
                workflow.start(page, self.user)
            return
        review_record(
            revision.as_object(),
            reviewer=self.reviewer,  # type: ignore[arg-type]
            clears_sections=True,
        )
        revision.publish(user=self.user)
        if state == "unpublished":
            page.refresh_from_db()
            page.unpublish(user=self.user)


def site_ensure(*, home: Page, name: str) -> None:
    """Make *home* the root of the default site, on the address that `make demo` serves, unless it is already."""
    site = Site.objects.filter(is_default_site=True).first()
    site = site or Site(is_default_site=True)
    if site.root_page_id == home.pk:
        return
    site.root_page_id = home.pk
    site.site_name = name
    site.hostname, site.port = HOST, DEFAULT_PORT
    site.save()
    _root().get_children().filter(slug=WELCOME).delete()


def site_port(port: int | None = None) -> int:
    """Return the default site's port, after giving it *port*; every address in the documents follows it."""
    site = Site.objects.get(is_default_site=True)
    if port is not None and site.port != port:
        site.port = port
        site.save()
    return site.port


def _root() -> Page:
    return swapper.load_model("wagtailcore", "Page").get_first_root_node()


def _language(code: str, original: Page | None) -> dict[str, Any]:
    """Return the fields that say in which language a page is, and of what it is a translation."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    if original is None:
        return {"locale": locale}
    return {"locale": locale, "translation_key": original.translation_key}


def _welcome_page_move() -> None:
    """Take the slug `home` from the page that Wagtail's first migration made."""
    welcome = _root().get_children().filter(slug="home").first()
    if welcome is not None:
        welcome.slug = WELCOME
        welcome.save(update_fields=["slug"])
