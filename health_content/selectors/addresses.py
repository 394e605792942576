"""Where pages live: site, path and URL of many pages at once, without a query for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import cached_property
from wagtail.models import Locale, Site, SiteRootPath

from ..compat import page_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.http import HttpRequest
    from wagtail.models import AbstractPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page's place on a site."""

    site_id: int
    site: str
    """Host name, with the port when it is not a standard one."""
    path: str
    url: str


class AddressBook:
    """The sites and locales as they are now; answers for any page without a query.

    Wagtail keeps site roots in the cache for an hour, each process its own with a local cache; what is published must
    not depend on which process published it, nor on a cache that may be down. Cost of making one: two queries.
    """

    def __init__(self) -> None:
        self._roots = _site_roots()
        # `Page.get_url_parts` looks for this attribute on what it takes for a request.
        self._holder = SimpleNamespace(_wagtail_cached_site_root_paths=self._roots)

    @cached_property
    def locales(self) -> Mapping[int, str]:
        """The language codes by the id of their locale. One query, where they are asked for."""
        rows = Locale.objects.order_by().values_list("pk", "language_code")
        return dict(rows)

    @property
    def root_urls(self) -> dict[int, str]:
        """The URLs of the sites, without a closing slash, by id."""
        return {site_id: root_url for site_id, _, root_url, _ in self._roots}

    def site_at(self, host: str) -> int | None:
        """Return the id of the site at *host*, with its port where that is not a standard one; None for others."""
        sites = {urlsplit(url).netloc: site_id for site_id, url in self.root_urls.items()}  # fmt: skip
        return sites.get(host.lower())

    def tree_paths(self, site_id: int, path: str) -> list[str]:
        """Return the tree paths (`Page.url_path`) of the pages that may live at *path* of the site."""
        found: list[str] = []
        place = unquote(path)
        if "\0" in place:  # No page's, and PostgreSQL takes no question about it.
            return found
        for root_id, root_path, _, language in self._roots:
            if root_id == site_id:
                # The last one is the page itself, those before it are above it.
                found += [*_url_paths(place, root_path, language)][-1:]
        return found

    def address(self, page: AbstractPage) -> Address | None:
        """Return where *page* lives, None when no site contains it.

        Without Wagtail's own page routes (a headless host) the path is the page's place below the site's root page.
        """
        parts = page.get_url_parts(request=self._holder)
        if parts is None:
            return None
        site_id, root_url, path = parts
        if path is None:
            root_url, path = self._headless_path(page, site_id)
        return Address(
            site_id=site_id,
            site=root_url.partition("://")[2],
            path=path,
            url=root_url + path,
        )

    def _headless_path(self, page: AbstractPage, site_id: int) -> tuple[str, str]:
        _, root_path, root_url, language = next(
            root
            for root in self._roots
            if root[0] == site_id and page.url_path.startswith(root[1])
        )
        return root_url, _headless_prefix(language) + page.url_path[len(root_path) :]


def site_label(site: Site) -> str:
    """Return the name of *site* in documents: its host, with the port when it is not a standard one."""
    # RFC 9110, section 4.2: the ports that http and https imply are not written.
    is_standard = site.port in {80, 443}
    return site.hostname if is_standard else f"{site.hostname}:{site.port}"


def page_at(url: str, request: HttpRequest) -> AbstractPage | None:
    """Return the page at *url*, live or not, or the one that what is there stands below. One query.

    *url* is a path on the request's site, or an absolute URL. None when that is of no site here, or names no page.
    """
    parts = urlsplit(url)
    site = Site.find_for_request(request)
    is_here = not parts.netloc or parts.netloc == request.get_host()
    url_paths: list[str] = []
    for site_id, root_path, root_url, language in Site.get_site_root_paths():
        is_own = is_here and site is not None and site_id == site.pk
        if is_own or parts.hostname == urlsplit(root_url).hostname:
            url_paths += _url_paths(unquote(parts.path), root_path, language)
    found = page_model().objects.filter(url_path__in=url_paths).order_by("depth")
    return found.last() if url_paths else None


def _site_roots() -> list[SiteRootPath]:
    """Return what `Site.get_site_root_paths` does, in its order, without the cache. Two queries at most."""
    root = ("translation_key", "url_path", "locale__language_code")
    sites = Site.objects.order_by(
        "-root_page__url_path", "-is_default_site", "hostname"
    ).values_list("pk", "hostname", "port", *(f"root_page__{name}" for name in root))
    roots: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        keys = {key for _pk, _host, _port, key, *_ in sites}
        pages = page_model().objects.filter(translation_key__in=keys)
        for key, *place in pages.order_by("path").values_list(*root):
            roots[key].append(tuple(place))
    return [
        SiteRootPath(pk, url_path, Site(hostname=host, port=port).root_url, language)
        for pk, host, port, key, *own in sites
        for url_path, language in roots.get(key, [own])
    ]


def _url_paths(path: str, root_path: str, language: str) -> Iterator[str]:
    """Yield the tree paths of all pages that may answer at *path*; the root page only at its own address."""
    prefix = _prefix(language)
    path = f"{path.rstrip('/')}/"
    if path == prefix:
        yield root_path
    elif path.startswith(prefix):
        first, *slugs = path.removeprefix(prefix).strip("/").split("/")
        below = f"{root_path}{first}/"
        yield from accumulate(slugs, "{}{}/".format, initial=below)


def _prefix(language: str) -> str:
    """Return the path of the home page in *language*."""
    try:
        with translation.override(language):
            return reverse("wagtail_serve", args=("",))
    except NoReverseMatch:
        return _headless_prefix(language)


def _headless_prefix(language: str) -> str:
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
