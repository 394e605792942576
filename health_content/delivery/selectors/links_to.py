"""What names a page or a file and is no document: redirects, and the wordings of disclaimers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex, Site

from ...compat import page_model
from ...models import DisclaimerSnippet
from ..cache_tags import DISCLAIMERS, REDIRECTS, path_tag, redirect_tag, wording_tag
from ..paths import path_key
from .redirect_links import read_link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model
    from wagtail.contrib.redirects.models import Redirect


def tags_of_links_to(
    page_ids: Collection[int], keys: Collection[tuple[int, str]] = ()
) -> set[str]:
    """Return the tags of the redirects and wordings that lead to one of the pages, or to a path of *keys*.

    *keys* are pairs of site and path key. Three queries at most, none when nothing is asked for.
    """
    if not page_ids and not keys:
        return set()
    return _redirects_to(page_ids, keys) | wordings_naming(page_model(), page_ids)


def wordings_naming(
    model: type[Model], identifiers: Collection[int] | None
) -> set[str]:
    """Return the tags of the disclaimers whose wordings link to one of the objects; None stands for any. One query.

    Wagtail's index of references knows them.
    """
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(DisclaimerSnippet),
        to_content_type=ContentType.objects.get_for_model(model),
    )
    if identifiers is not None:
        references = references.filter(to_object_id__in=[str(pk) for pk in identifiers])
    found = set(references.values_list("object_id", flat=True))
    return {wording_tag(pk) for pk in found} | ({DISCLAIMERS} if found else set())


def wordings_naming_files(identifiers: Collection[int] | None) -> set[str]:
    """Return the tags of the disclaimers that link to one of the files."""
    return wordings_naming(get_document_model(), identifiers)


def tags_of_redirect(redirect: Redirect) -> set[str]:
    """Return the tags of what *redirect* is part of: its own answer, the list, and what its path led to before it."""
    sites = (
        [redirect.site_id]
        if redirect.site_id
        else Site.objects.values_list("pk", flat=True)
    )
    key = path_key(redirect.old_path.partition("?")[0])
    paths = {path_tag(site_id, key) for site_id in sites}
    return {REDIRECTS, redirect_tag(redirect.pk)} | paths


def _redirects_to(
    page_ids: Collection[int], keys: Collection[tuple[int, str]]
) -> set[str]:
    if not apps.is_installed("wagtail.contrib.redirects"):
        return set()
    from wagtail.contrib.redirects.models import Redirect

    named = Redirect.objects.filter(redirect_page_id__in=page_ids)
    found = set(named.values_list("pk", flat=True))
    paths = {key for _, key in keys}
    if paths:
        found.update(_by_path(Redirect.objects.all(), paths))
    return {redirect_tag(pk) for pk in found} | ({REDIRECTS} if found else set())


def _by_path(redirects: Iterable[Redirect], paths: Collection[str]) -> set[int]:
    """Return the ids of those of *redirects* that lead to one of *paths*, or begin there, on whatever site."""
    found: set[int] = set()
    rows = redirects.values_list("pk", "old_path", "redirect_link")  # type: ignore[attr-defined]
    for pk, old_path, link in rows.iterator():
        target = read_link(link)
        ends = {old_path.partition("?")[0], *([target.path] if target else [])}
        if any(path_key(end) in paths for end in ends):
            found.add(pk)
    return found
