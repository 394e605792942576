"""Requests to every route of the content API, for laws that hold on each of them.

A route without a probe fails `test_every_route_is_probed`: whoever adds one says here how to ask it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from health_content.delivery.api import urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Probe = "Callable[[Subjects], Iterator[str]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What there is to ask about."""

    page_ids: tuple[int, ...]
    """Ids of pages of every kind, hidden ones included."""
    paths: tuple[str, ...]
    slugs: tuple[str, ...] = ()
    block_ids: tuple[str, ...] = ()
    disclaimer_keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ("pain",)
    """Words to search for."""
    sites: tuple[str, ...] = ("testserver",)
    locales: tuple[str, ...] = ("en",)
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)


INCLUDE_IN_LIST = "body,breadcrumbs,alternates,seo,jsonld,replies_summary"
ANY_UUID = "16042a6d-d440-5fbd-9553-6414640a38b1"


def probe_urls(subjects: Subjects) -> Iterator[str]:
    """Yield the address, below the API's prefix, of every request there is to make about *subjects*."""
    for probe in PROBES.values():
        yield from probe(subjects)


def unprobed_routes() -> set[str]:
    """Return the names of the routes that no probe asks."""
    names = {str(pattern.name) for pattern in urls.urlpatterns}
    return names - PROBES.keys() - NOT_FOR_EVERYBODY


def closed_urls() -> Iterator[str]:
    """Yield the address of each route that is not for everybody, with some id where it has one."""
    for pattern in urls.urlpatterns:
        if pattern.name in NOT_FOR_EVERYBODY:
            names = pattern.pattern.regex.groupindex
            for value in (1, ANY_UUID, f"msg_{'0' * 32}"):
                with suppress(NoReverseMatch):
                    named = dict.fromkeys(names, value)
                    yield reverse(f"health_delivery:{pattern.name}", kwargs=named)
                    break


def _fixed(*addresses: str) -> Callable[[Subjects], Iterator[str]]:
    def probe(_subjects: Subjects) -> Iterator[str]:
        yield from addresses

    return probe


def _list(collection: str) -> Callable[[Subjects], Iterator[str]]:
    def probe(subjects: Subjects) -> Iterator[str]:
        yield f"{collection}?page_size=100"
        yield f"{collection}?include={INCLUDE_IN_LIST}&page_size=100"
        yield f"{collection}?count=exact&order=title"
        yield f"{collection}?updated_since=2020-01-01&page_size=1"
        yield f"{collection}?order=next_review&review_status=none&topic=pain"
        yield f"{collection}?order=-last_reviewed&version_gte=1&page_size=100"
        for site in subjects.sites:
            yield f"{collection}?site={site}&page_size=100"
        for locale in subjects.locales:
            yield f"{collection}?locale={locale}&page_size=100"
        for slug in subjects.slugs:
            yield f"{collection}?slug={slug}"
        for page_id in subjects.page_ids:
            yield f"{collection}?ancestor={page_id}"
            yield f"{collection}?parent={page_id}"

    return probe


def _detail(collection: str) -> Callable[[Subjects], Iterator[str]]:
    def probe(subjects: Subjects) -> Iterator[str]:
        for page_id in subjects.page_ids:
            yield f"{collection}{page_id}/"
            yield f"{collection}{page_id}/?fields=title"
            yield f"{collection}{page_id}/?include=children,hast,navigation:main"

    return probe


def _each(template: str, *queries: str) -> Callable[[Subjects], Iterator[str]]:
    def probe(subjects: Subjects) -> Iterator[str]:
        for page_id in subjects.page_ids:
            for query in queries or ("",):
                yield template.format(page_id=page_id) + query

    return probe


def _as_of(collection: str) -> Callable[[Subjects], Iterator[str]]:
    def probe(subjects: Subjects) -> Iterator[str]:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        for page_id in subjects.page_ids:
            for query in (f"?at={now}", "?at=2020-01-01", "?at=2099-01-01", ""):
                yield f"{collection}/{page_id}/as-of/{query}"

    return probe


def _resolve(subjects: Subjects) -> Iterator[str]:
    for path in subjects.paths:
        yield f"resolve/?path={path}"
        yield f"resolve/?path={path}&include=children,hast,navigation:main"
        for site in subjects.sites:
            yield f"resolve/?path={path}&site={site}"
        for locale in subjects.locales:
            yield f"resolve/?path={path}&locale={locale}"


def _sections(subjects: Subjects) -> Iterator[str]:
    for page_id in subjects.page_ids:
        for block_id in subjects.block_ids:
            yield f"articles/{page_id}/sections/{block_id}/?include=hast"


def _disclaimers(subjects: Subjects) -> Iterator[str]:
    for key in subjects.disclaimer_keys:
        yield f"disclaimers/{key}/"
        for locale in subjects.locales:
            yield f"disclaimers/{key}/?locale={locale}"
        yield f"disclaimers/{key}/?at=2099-01-01"


def _navigation(subjects: Subjects) -> Iterator[str]:
    yield "navigation/main/"
    for site in subjects.sites:
        for locale in subjects.locales:
            yield f"navigation/main/?site={site}&locale={locale}"
    yield "resolve/?path=/&include=navigation:main"
    for page_id in subjects.page_ids:
        yield f"pages/{page_id}/?include=navigation:main"


def _questions(subjects: Subjects) -> Iterator[str]:
    yield "faqs/entries/?page_size=100"
    for word in subjects.words:
        yield f"faqs/entries/?q={word}"


def _search(subjects: Subjects) -> Iterator[str]:
    for word in subjects.words:
        yield f"search/?q={word}"
        # A letter too many: what was meant is guessed.
        yield f"search/?q={word}x"
        for site in subjects.sites:
            yield f"search/?q={word}&site={site}&page_size=100"
        for locale in subjects.locales:
            yield f"search/?q={word}&locale={locale}"
        for page_id in subjects.page_ids:
            yield f"search/?q={word}&ancestor={page_id}"
        yield f"pages/?q={word}&count=exact"


def _sited(path: str, query: str = "") -> Callable[[Subjects], Iterator[str]]:
    def probe(subjects: Subjects) -> Iterator[str]:
        yield path + (f"?{query}" if query else "")
        for site in subjects.sites:
            yield f"{path}?site={site}" + (f"&{query}" if query else "")

    return probe


PROBES: dict[str, Callable[[Subjects], Iterator[str]]] = {
    "root": _fixed(""),
    "openapi": _fixed("openapi.json"),
    "docs": _fixed("docs/"),
    "missing": _fixed("no/such/path/"),
    "resolve": _resolve,
    "pages": _list("pages/"),
    "articles": _list("articles/"),
    "faqs": _list("faqs/"),
    "page": _detail("pages/"),
    "article": _detail("articles/"),
    "faq": _detail("faqs/"),
    "page-markdown": _each("pages/{page_id}.md"),
    "article-markdown": _each("articles/{page_id}.md"),
    "faq-markdown": _each("faqs/{page_id}.md"),
    "article-versions": _each("articles/{page_id}/versions/"),
    "faq-versions": _each("faqs/{page_id}/versions/"),
    "article-version": _each("articles/{page_id}/versions/", "1/", "2/", "3/"),
    "faq-version": _each("faqs/{page_id}/versions/", "1/", "2/"),
    "article-as-of": _as_of("articles"),
    "faq-as-of": _as_of("faqs"),
    "navigation": _navigation,
    "section": _sections,
    "questions": _questions,
    "disclaimers": _fixed("disclaimers/", "disclaimers/?locale=en"),
    "disclaimer": _disclaimers,
    "routes": _sited("routes/", "page_size=1000"),
    "redirects": _sited("redirects/", "page_size=100"),
    "site": _sited("site/"),
    "search": _search,
    "changes": _fixed(
        "changes/?page_size=100", f"changes/?include={INCLUDE_IN_LIST}&page_size=100"
    ),
    "feed": _fixed("changes.atom?page_size=100"),
}
# Routes that only write, or that answer nobody without a token: law 9 and the tests of each ask them.
NOT_FOR_EVERYBODY = {
    "acks", "claims-check", "lift", "page-preview", "page-preview-detail", "preview-document", "preview-page", "preview-resolve",
    "preview-sessions", "resolve-unlock", "unlock", "webhook-deliveries", "webhook-delivery", "webhook-endpoint", "webhook-endpoints",
    "webhook-redeliver", "webhook-rotate", "webhook-test", "withdraw", "withdrawal", "withdrawals",
}  # fmt: skip
