"""Writes an article page from a source file: once as a new draft, then as revisions of it."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.rich_text import get_text_for_indexing

from ..abstract import SUMMARY_MAX_LENGTH
from ..actors import actor_user
from ..compat import page_model
from ..errors import ImportRefused, PublishBlocked, WordingRefused
from ..importers.build import NAMESPACE, build_article
from ..importers.compare import is_another
from ..importers.document import DocumentError
from ..importers.text import read_text
from ..models import ImportSource
from ..parents import article_model, page_path
from .import_disclaimers import import_disclaimers, is_untouched, normal_words
from .publishable import missing_for_publication

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

    from ..actors import Actor
    from ..importers.build import ArticleValues
    from ..importers.document import Document, UnmappedLine
    from ..models import DisclaimerSnippet

MAX_SOURCE_NAME = 255
MAX_SLUG = 200  # Of 255 characters, so that a number still fits behind it.
FALLBACK_SLUG = "article"
SUMMARY_WORDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSource:
    """The bytes of an article and where they came from."""

    data: bytes
    name: str = ""
    """What identifies the source over time, such as a resolved path; empty: only its bytes do."""
    title: str = ""
    """The title of a page whose source has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleImport:
    """What an import made, or would make."""

    page_id: int | None
    path: str
    status: str
    """`created` or `updated`; on a dry run `would_create` or `would_update`."""
    values: ArticleValues
    disclaimers: int
    unmapped: tuple[UnmappedLine, ...]
    is_published: bool = False
    refusal: str = ""
    """Why the draft, which was kept, could not be published."""


@transaction.atomic
def article_import(
    source: ArticleSource,
    *,
    parent: AbstractPage,
    actor: Actor,
    publish: bool = False,
    replace: bool = False,
) -> ArticleImport:
    """Make a draft article below *parent* from *source*, or a new revision of the draft it made before.

    A source that has become another article is refused unless *replace*: replies and links belong to the old subject.

    A source is known again, below the same parent, by its name or by its bytes. The parent's row stays locked until the
    transaction ends, so two imports of a source follow each other and make one page.

    Raises:
        ImportRefused: the source is no article, or its page cannot be changed now; nothing was written.
    """
    document = _read(source)
    _lock(parent)
    page = _imported_page(source, parent)
    is_new = page is None
    if page is None:
        page = article_model()(
            translation_key=uuid.uuid4(), locale=parent.locale, live=False
        )
    _check_open(page)
    values = _build(
        document,
        source,
        key=str(page.translation_key),
        language=page.locale.language_code,
    )
    if not (is_new or replace):
        _check_subject(page, values, source)
    if is_new:
        page.slug = _free_slug(values.title, parent)
    with translation.override(page.locale.language_code):
        attached = import_disclaimers(values, page.locale, actor, subject=page.slug)
    _fill(page, values, attached)
    _save(page, parent, actor=actor, is_new=is_new)
    _remember(source, page, parent)
    snippets = [snippet for snippet, _placement in attached]
    refusal = _publish(page, snippets, actor) if publish else ""
    return ArticleImport(
        page_id=page.pk,
        path=page_path(page),
        status="created" if is_new else "updated",
        values=values,
        disclaimers=len(attached),
        unmapped=document.unmapped,
        is_published=publish and not refusal,
        refusal=refusal,
    )


def article_import_plan(
    source: ArticleSource, *, parent: AbstractPage, replace: bool = False
) -> ArticleImport:
    """Return what `article_import` would make of *source*; writes nothing.

    Raises:
        ImportRefused: as `article_import`.
    """
    document = _read(source)
    page = _imported_page(source, parent)
    if page is not None:
        _check_open(page)
    values = _build(document, source, key="plan", language=parent.locale.language_code)
    if page is not None and not replace:
        _check_subject(page, values, source)
    path = (
        page_path(page)
        if page
        else f"{page_path(parent)}{_free_slug(values.title, parent)}/"
    )
    return ArticleImport(
        page_id=None,
        path=path,
        status="would_update" if page else "would_create",
        values=values,
        disclaimers=len({normal_words(found.text) for found in values.disclaimers}),
        unmapped=document.unmapped,
    )


def _read(source: ArticleSource) -> Document:
    try:
        return read_text(source.data)
    except DocumentError as error:
        raise ImportRefused(str(error)) from error


def _build(
    document: Document, source: ArticleSource, *, key: str, language: str
) -> ArticleValues:
    with translation.override(language):
        heading = _("Questions and answers")
    try:
        return build_article(
            document,
            key=key,
            fallback=source.title or _("Untitled article"),
            faq_heading=heading,
        )
    except DocumentError as error:
        raise ImportRefused(str(error)) from error


# Finding the page again


def _lock(parent: AbstractPage) -> None:
    """Lock the row of *parent*. A write, because SQLite locks by writing, and would fail to do it after a read."""
    page_model().objects.filter(pk=parent.pk).update(numchild=F("numchild"))
    parent.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])


def _digest(source: ArticleSource) -> str:
    return hashlib.sha256(source.data).hexdigest()


def _source_name(source: ArticleSource, parent: AbstractPage) -> str:
    """Return the stored name: the parent it was imported to, then the source; a long one is cut and hashed."""
    name = f"{parent.pk}:{source.name or 'sha256-' + _digest(source)}"
    if len(name) <= MAX_SOURCE_NAME:
        return name
    digest = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()
    return f"{parent.pk}:…{name[-150:]} sha256-{digest}"


def _imported_page(source: ArticleSource, parent: AbstractPage) -> AbstractPage | None:
    """Return the newest draft of the page that *source* made below *parent*, even if it was moved since."""
    sources = ImportSource.objects.filter(locale=parent.locale.language_code)
    known = sources.filter(source_name=_source_name(source, parent)).first()
    if known is None:
        same_bytes = sources.filter(
            sha256=_digest(source), source_name__startswith=f"{parent.pk}:"
        )
        known = same_bytes.order_by("pk").first()
    if known is None:
        return None
    page = article_model().objects.filter(pk=known.page_id).first()
    return page.get_latest_revision_as_object() if page else None


def _check_open(page: AbstractPage) -> None:
    """Refuse a page that Wagtail would not let anybody edit."""
    if page.locked or page.alias_of_id or (page.pk and page.current_workflow_state):
        raise ImportRefused(
            _("the page “%(title)s”, made from this source, is locked or in a workflow")
            % {"title": page.title}
        )


def _check_subject(
    page: AbstractPage, values: ArticleValues, source: ArticleSource
) -> None:
    """Refuse to turn *page* into another article; the very bytes that made it are its own, whatever editors did since."""
    if ImportSource.objects.filter(page_id=page.pk, sha256=_digest(source)).exists():
        return
    wanted = article_model()(
        introduction=values.introduction, body=json.dumps(values.body)
    )
    if is_another((page.title, _text(page)), (values.title, _text(wanted))):
        raise ImportRefused(
            _(
                "the page “%(old)s”, made from this source, is another article than “%(new)s”; "
                "import it from a file of another name, or overwrite the page with --replace"
            )
            % {"old": page.title, "new": values.title}
        )


def _text(page: AbstractPage) -> str:
    """Return the words of the introduction and the body of *page*."""
    body = page.body.stream_block.get_searchable_content(page.body)
    return "\n".join([get_text_for_indexing(page.introduction), *body])


def _remember(source: ArticleSource, page: AbstractPage, parent: AbstractPage) -> None:
    ImportSource.objects.update_or_create(
        source_name=_source_name(source, parent),
        locale=parent.locale.language_code,
        defaults={"sha256": _digest(source), "page_id": page.pk},
    )


# Writing the page


def _fill(
    page: AbstractPage,
    values: ArticleValues,
    attached: list[tuple[DisclaimerSnippet, str]],
) -> None:
    if page.summary in ("", _summary(page.introduction)):
        page.summary = _summary(values.introduction)
    page.title = page.draft_title = values.title
    page.introduction = values.introduction
    page.replies_mode = values.replies_mode
    page.body = json.dumps(values.body)
    page.disclaimers = json.dumps(
        [
            {
                "type": "disclaimer",
                "value": {"disclaimer": snippet.pk, "placement": placement},
                "id": str(
                    uuid.uuid5(NAMESPACE, f"{page.translation_key}|{snippet.key}")
                ),
            }
            for snippet, placement in attached
        ]
    )


def _summary(introduction: str) -> str:
    """Return the first words of *introduction*, for cards; an editor who writes better ones keeps them."""
    words = Truncator(get_text_for_indexing(introduction)).words(
        SUMMARY_WORDS, truncate=" …"
    )
    return Truncator(" ".join(words.split())).chars(SUMMARY_MAX_LENGTH)


def _save(
    page: AbstractPage, parent: AbstractPage, *, actor: Actor, is_new: bool
) -> None:
    user = actor_user(actor)
    page.has_unpublished_changes = True
    try:
        if is_new:
            parent.add_child(instance=page)
        elif not page.live:
            page.save()
        page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error


def _free_slug(title: str, parent: AbstractPage) -> str:
    """Return a slug for *title* that no child of *parent* has."""
    base = slugify(title, allow_unicode=True)[:MAX_SLUG].strip("-_") or FALLBACK_SLUG
    taken = set(
        page_model()
        .objects.child_of(parent)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _publish(
    page: AbstractPage, disclaimers: list[DisclaimerSnippet], actor: Actor
) -> str:
    """Publish the newest revision and the disclaimers that imports made for it; return why that was refused, if it was.

    All of it goes live, or nothing: the drafts stay.
    """
    try:
        with transaction.atomic():
            _publish_all(page, disclaimers, actor)
    except (PublishBlocked, WordingRefused) as error:
        return "; ".join(error.reasons)
    except PublishPermissionError as error:
        return str(error) or _("publishing was refused")
    page.refresh_from_db()
    return ""


def _publish_all(
    page: AbstractPage, disclaimers: list[DisclaimerSnippet], actor: Actor
) -> None:
    """Publish. A draft may be incomplete, so what the editor's form would refuse is refused here too."""
    user = actor_user(actor)
    for disclaimer in filter(is_untouched, disclaimers):
        disclaimer.latest_revision.publish(user=user, skip_permission_checks=True)
    missing = missing_for_publication(page.latest_revision.as_object())
    if missing:
        raise PublishBlocked(missing)
    page.latest_revision.publish(user=user)
