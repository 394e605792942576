"""The writer of the read model: publications to rows, bytes and tags, many at once.

Called by `services` with the pages locked, in the transaction that decided what is public.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.http import http_date
from wagtail.models import Revision

from ..compat import page_model
from ..conf import get_conf
from ..models import DisclaimerSnippet
from .encode import (
    content_sha,
    document_card,
    encode_document,
    encode_json,
    encode_markdown,
    encode_resolve,
)
from .models import DocumentBytes, DocumentTag, FaqEntry, Form, PublishedDocument
from .paths import path_key
from .questions import find_questions
from .webhooks.event_types import DocumentState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from ..document_facts import JsonObject, PageFacts
    from ..services.publication import Publication
    from .encode import Encoded

ENCODERS = {
    Form.DOCUMENT: encode_document,
    Form.RESOLVE: encode_resolve,
    Form.MARKDOWN: encode_markdown,
}
_FIELDS = [
    column
    for column in PublishedDocument._meta.concrete_fields  # noqa: SLF001 - Django's documented name
    if not column.primary_key
]
COLUMNS = [column.name for column in _FIELDS]
ATTRIBUTES = [column.attname for column in _FIELDS]


@dataclass(frozen=True, slots=True)
class Face:
    """What other documents show of a page: a change of it is a change of theirs."""

    title: str
    site_id: int
    path: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What the read model holds of a page."""

    row: PublishedDocument
    forms: frozenset[str]
    """The forms whose bytes are there."""
    sha: str
    """Hash of the document's bytes, "" without them."""

    @property
    def face(self) -> Face:
        """Return what other documents show."""
        return Face(self.row.title, self.row.site_id, self.row.path)

    @property
    def state(self) -> DocumentState:
        """Return what events tell."""
        return _state(self.row)

    def holds(self, content: bytes) -> bool:
        """Return whether *content* is the document, and each of its forms is there."""
        return self.forms.issuperset(ENCODERS) and self.sha == content_sha(content)


@dataclass(slots=True)
class Written:
    """What became of the documents, by page."""

    changed: dict[int, bool] = field(default_factory=dict)
    """Whether the bytes are new ones."""
    faces: dict[int, Face] = field(default_factory=dict)
    states: dict[int, DocumentState] = field(default_factory=dict)
    retagged: set[int] = field(default_factory=set)
    """The pages whose documents are made of something that they were not made of before."""


def stored_documents(page_ids: Collection[int]) -> dict[int, StoredDocument]:
    """Return what the read model holds of the pages. Two queries."""
    shas: dict[int, dict[str, str]] = {}
    representations = DocumentBytes.objects.filter(
        document_id__in=page_ids, coding="identity"
    )
    for page_id, form, sha in representations.values_list("document_id", "form", "sha"):
        shas.setdefault(page_id, {})[form] = sha
    rows = PublishedDocument.objects.in_bulk(page_ids)
    return {
        page_id: StoredDocument(
            row=row,
            forms=frozenset(shas.get(page_id, ())),
            sha=shas.get(page_id, {}).get(Form.DOCUMENT, ""),
        )
        for page_id, row in rows.items()
    }


def documents_write(
    publications: Sequence[Publication], stored: Mapping[int, StoredDocument]
) -> Written:
    """Write the documents of *publications*, where they differ from what is *stored*."""
    if not publications:
        return Written()
    now = timezone.now()
    transitions = _next_transitions([p.facts for p in publications], now)
    written = Written()
    rows: list[PublishedDocument] = []
    new_bytes: list[DocumentBytes] = []
    entries: list[FaqEntry] = []
    for publication in publications:
        page_id = publication.facts.id
        document = publication.document | {"replies": _replies(publication.facts)}
        before = stored.get(page_id)
        is_changed = before is None or not before.holds(encode_json(document))
        row = _row(publication, document, transitions[page_id])
        row.updated_at = now if before is None or is_changed else before.row.updated_at
        row.last_modified = http_date(row.updated_at.timestamp())
        if before is None or _values(row) != _values(before.row):
            rows.append(row)
        if is_changed:
            new_bytes += _bytes(page_id, document)
            entries += _entries(page_id, document)
        written.changed[page_id] = is_changed
        written.faces[page_id] = Face(row.title, row.site_id, row.path)
        written.states[page_id] = _state(row)
    PublishedDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page"], update_fields=COLUMNS
    )
    changed = [page_id for page_id, is_changed in written.changed.items() if is_changed]
    if changed:
        DocumentBytes.objects.bulk_create(
            new_bytes,
            update_conflicts=True,
            unique_fields=["document", "form", "coding"],
            update_fields=["sha", "content"],
        )
        FaqEntry.objects.filter(document_id__in=changed).delete()
        FaqEntry.objects.bulk_create(entries)
    written.retagged = _write_tags([p.facts for p in publications])
    return written


def _state(row: PublishedDocument) -> DocumentState:
    return DocumentState(
        type=row.type, site_id=row.site_id, path=row.path, version=row.version
    )


def _row(
    publication: Publication, document: JsonObject, next_transition: int | None
) -> PublishedDocument:
    facts, record = publication.facts, publication.record
    return PublishedDocument(
        page_id=facts.id,
        site_id=facts.site_id,
        locale=facts.locale,
        type=facts.type,
        title=facts.title,
        slug=facts.slug,
        path=facts.path,
        path_key=path_key(facts.path),
        translation_key=UUID(facts.translation_key),
        audience=facts.audience,
        version=record.number,
        first_published_at=facts.first_published_at or record.published_at,
        last_published_at=facts.last_published_at or record.published_at,
        next_transition=next_transition,
        link=_link(document),
        tags=" ".join(_public_tags(facts)),
        card=encode_json(document_card(document)),
    )


def _values(row: PublishedDocument) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in ATTRIBUTES}
    return values | {"card": bytes(row.card)}


def _bytes(page_id: int, document: JsonObject) -> Iterable[DocumentBytes]:
    forms: dict[Form, Encoded] = {
        form: encode(document) for form, encode in ENCODERS.items()
    }
    for form, encodings in forms.items():
        for coding, representation in encodings.by_coding().items():
            yield DocumentBytes(
                document_id=page_id,
                form=form,
                coding=coding,
                sha=representation.sha,
                content=representation.content,
            )


def _entries(page_id: int, document: JsonObject) -> Iterable[FaqEntry]:
    for position, question in enumerate(find_questions(document)):
        yield FaqEntry(
            document_id=page_id,
            position=position,
            text=question.text,
            content=encode_json(question.content),
        )


def _write_tags(documents: Sequence[PageFacts]) -> set[int]:
    """Make the tags of *documents* their dependencies; return the ids of those that got a new one."""
    wanted = {(facts.id, tag) for facts in documents for tag in facts.dependencies}
    stored = DocumentTag.objects.filter(document_id__in=[f.id for f in documents])
    known = {
        (page_id, tag): pk
        for pk, page_id, tag in stored.values_list("pk", "document_id", "tag")
    }
    if gone := [pk for key, pk in known.items() if key not in wanted]:
        DocumentTag.objects.filter(pk__in=gone).delete()
    added = sorted(wanted - known.keys())
    DocumentTag.objects.bulk_create(
        DocumentTag(document_id=page_id, tag=tag) for page_id, tag in added
    )
    return {page_id for page_id, _ in added}


def _replies(facts: PageFacts) -> JsonObject | None:
    provider = get_conf().replies_summary()
    summary = provider(facts.id) if provider and facts.type != "index" else None
    return None if summary is None else dict(summary)


def _link(document: JsonObject) -> str:
    """Return the Link header (RFC 8288) of *document*: its canonical page and the licence."""
    links = [f'<{document["url"]}>; rel="canonical"']
    if licence := get_conf().license_url:
        links.append(f'<{licence}>; rel="license"')
    return ", ".join(links)


def _public_tags(facts: PageFacts) -> list[str]:
    """Return the cache tags: what the document shows, the invisible left out."""
    resources = facts.resources
    shown = {f"page-{pk}" for pk in resources.pages}
    shown |= {f"page-{link.id}" for link in (*facts.breadcrumbs, *facts.alternates)}
    shown |= {f"disclaimer-{pk}" for pk in resources.disclaimers}
    shown |= {f"image-{pk}" for pk in resources.images}
    shown |= {f"document-{pk}" for pk in resources.documents}
    own = [f"page-{facts.id}", f"type-{facts.type}", f"site-{facts.site_id}"]
    return own + sorted(shown - set(own))


def _next_transitions(
    documents: Sequence[PageFacts], now: datetime
) -> dict[int, int | None]:
    """Return when each document changes by itself next, by page, in seconds since 1970.

    That is the expiry or the go-live of the page or of a disclaimer it shows. One query.
    """
    page_type = ContentType.objects.get_for_model(page_model()).pk
    disclaimer_type = ContentType.objects.get_for_model(DisclaimerSnippet).pk
    subjects = {
        facts.id: [(page_type, str(facts.id))]
        + [(disclaimer_type, str(pk)) for pk in facts.resources.disclaimers]
        for facts in documents
    }
    go_live = _go_live({key for keys in subjects.values() for key in keys}, now)
    moments = {
        facts.id: [facts.expires_at, *(go_live.get(key) for key in subjects[facts.id])]
        for facts in documents
    }
    return {
        page_id: min((int(m.timestamp()) for m in found if m), default=None)
        for page_id, found in moments.items()
    }


def _go_live(
    subjects: Collection[tuple[int, str]], now: datetime
) -> dict[tuple[int, str], datetime]:
    """Return when a revision of each of *subjects* (content type and id) goes live, where one is to."""
    condition = Q()
    for content_type in {content_type for content_type, _ in subjects}:
        condition |= Q(
            base_content_type=content_type,
            object_id__in=[pk for kind, pk in subjects if kind == content_type],
        )
    scheduled = Revision.objects.filter(condition, approved_go_live_at__gt=now)
    rows = scheduled.order_by().values_list("base_content_type_id", "object_id")
    return {
        (content_type, pk): at
        for content_type, pk, at in rows.annotate(at=Min("approved_go_live_at"))
    }
