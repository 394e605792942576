"""The writer of the read model: publications to rows, bytes and tags, many at once.

Called by `services` with the pages locked, in the transaction that decided what is public.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never
from uuid import UUID

from django.utils import timezone
from django.utils.http import http_date

from ..conf import get_conf
from .cache_tags import document_tags
from .encode import (
    content_sha,
    document_card,
    encode_bytes,
    encode_json,
    encode_markdown,
    resolve_json,
)
from .facets import document_facets
from .models import (
    DocumentBytes,
    DocumentFacet,
    DocumentTag,
    FaqEntry,
    Form,
    PublishedDocument,
)
from .paths import path_key
from .questions import find_questions
from .search.index import entries_write
from .selectors.transitions import documents_transitions
from .webhooks.event_types import DocumentState, review_state

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..document_facts import Json, JsonObject, PageFacts
    from ..services.publication import Publication
    from .encode import Encoded

FORMS = frozenset(Form)
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
    next_transition: int | None
    """What shows the page changes with it."""


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
        return _face(self.row)

    @property
    def state(self) -> DocumentState:
        """Return what events tell."""
        return _state(self.row)

    def holds(self, content: bytes) -> bool:
        """Return whether *content* is the document, and each of its forms is there."""
        return self.forms.issuperset(FORMS) and self.sha == content_sha(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A document, ready to be stored or sent."""

    document: JsonObject
    content: bytes
    """Its JSON."""
    row: PublishedDocument
    """Not stored, and without the time at which its bytes changed."""


@dataclass(slots=True)
class Written:
    """What became of the documents, by page."""

    changed: dict[int, bool] = field(default_factory=dict)
    """Whether the bytes are new ones."""
    faces: dict[int, Face] = field(default_factory=dict)
    states: dict[int, DocumentState] = field(default_factory=dict)
    rows: dict[int, PublishedDocument] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    """The pages whose questions were, or are, among all questions."""
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


def document_build(
    publication: Publication,
    *,
    replies: JsonObject | None,
    next_transition: int | None,
) -> Built:
    """Return what the read model holds of *publication*. No query."""
    document = publication.document | {"replies": replies}
    return Built(
        document=document,
        content=encode_json(document),
        row=_row(publication, document, next_transition),
    )


def documents_write(
    publications: Sequence[Publication], stored: Mapping[int, StoredDocument]
) -> Written:
    """Write the documents of *publications*, where they differ from what is *stored*."""
    if not publications:
        return Written()
    now = timezone.now()
    transitions = documents_transitions(
        [(p.facts, p.document) for p in publications], now
    )
    replies = replies_json([p.facts for p in publications])
    written = Written()
    rows: list[PublishedDocument] = []
    new_bytes: list[DocumentBytes] = []
    entries: list[FaqEntry] = []
    contents: dict[int, bytes] = {}
    for publication in publications:
        page_id = publication.facts.id
        before = stored.get(page_id)
        built = document_build(
            publication,
            replies=replies.get(page_id),
            next_transition=transitions[page_id],
        )
        row, contents[page_id] = built.row, built.content
        is_changed = before is None or not before.holds(built.content)
        row.updated_at = now if before is None or is_changed else before.row.updated_at
        row.last_modified = http_date(row.updated_at.timestamp())
        if before is None or _values(row) != _values(before.row):
            rows.append(row)
        if is_changed:
            new_bytes += _bytes(page_id, built.document, built.content)
            entries += faq_entries(page_id, built.document)
        written.changed[page_id] = is_changed
        written.faces[page_id] = _face(row)
        written.states[page_id] = _state(row)
        written.rows[page_id] = row
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
        former = FaqEntry.objects.filter(document_id__in=changed)
        written.asked = {*former.values_list("document_id", flat=True).distinct()}
        if written.asked:
            former.delete()
        written.asked.update(entry.document_id for entry in entries)
        FaqEntry.objects.bulk_create(entries)
    _write_facets(publications)
    entries_write(contents)
    written.retagged = _write_tags([p.facts for p in publications])
    return written


def _face(row: PublishedDocument) -> Face:
    return Face(row.title, row.site_id, row.path, row.next_transition)


def _state(row: PublishedDocument) -> DocumentState:
    return DocumentState(
        type=row.type,
        site_id=row.site_id,
        path=row.path,
        version=row.version,
        review=review_state(json.loads(bytes(row.card))["safety"]),
    )


def _row(
    publication: Publication, document: JsonObject, next_transition: int | None
) -> PublishedDocument:
    facts, record = publication.facts, publication.record
    review = _review(document)
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
        review_status=str(review["status"]),
        last_reviewed_at=_moment(review["last_reviewed"]),
        next_review_at=_moment(review["next_review"]),
        version=record.number,
        first_published_at=facts.first_published_at or record.published_at,
        last_published_at=facts.last_published_at or record.published_at,
        next_transition=next_transition,
        link=_link(document),
        tags=" ".join(_public_tags(facts)),
        card=encode_json(document_card(document)),
    )


def _review(document: JsonObject) -> Mapping[str, Json]:
    """Return the medical review that the safety envelope states."""
    safety: Any = document["safety"]
    review: Mapping[str, Json] = safety["review"]
    return review


def _moment(value: Json) -> datetime | None:
    """Return the time that a document's date or time stands for; a date begins at midnight UTC."""
    if not isinstance(value, str):
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _values(row: PublishedDocument) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in ATTRIBUTES}
    return values | {"card": bytes(row.card)}


def encode_form(form: Form, document: JsonObject, content: bytes) -> Encoded:
    """Return the *form* of *document*, whose JSON is *content*."""
    match form:
        case Form.DOCUMENT:
            return encode_bytes(content)
        case Form.RESOLVE:
            return encode_bytes(resolve_json(content))
        case Form.MARKDOWN:
            return encode_markdown(document)
    assert_never(form)


def _bytes(
    page_id: int, document: JsonObject, content: bytes
) -> Iterable[DocumentBytes]:
    """Return every form of *document*, whose JSON is *content*."""
    for form in Form:
        encoded = encode_form(form, document, content)
        for coding, representation in encoded.by_coding().items():
            yield DocumentBytes(
                document_id=page_id,
                form=form,
                coding=coding,
                sha=representation.sha,
                content=representation.content,
            )


def faq_entries(page_id: int, document: JsonObject) -> Iterable[FaqEntry]:
    """Return the questions of *document*, not stored."""
    for position, question in enumerate(find_questions(document)):
        yield FaqEntry(
            document_id=page_id,
            position=position,
            text=question.text,
            content=encode_json(question.content),
        )


def _write_facets(publications: Sequence[Publication]) -> None:
    """Make the facets of the documents what may be found of them now. Three queries at most."""
    wanted = {
        (p.facts.id, *facet)
        for p in publications
        for facet in document_facets(p.document, p.facts.topics)
    }
    pages = [p.facts.id for p in publications]
    stored = DocumentFacet.objects.filter(document_id__in=pages)
    known = {
        (page_id, kind, value): pk
        for pk, page_id, kind, value in stored.values_list(
            "pk", "document_id", "kind", "value"
        )
    }
    if gone := [pk for key, pk in known.items() if key not in wanted]:
        DocumentFacet.objects.filter(pk__in=gone).delete()
    DocumentFacet.objects.bulk_create(
        DocumentFacet(document_id=page_id, kind=kind, value=value)
        for page_id, kind, value in sorted(wanted - known.keys())
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


def replies_json(documents: Iterable[PageFacts]) -> dict[int, JsonObject]:
    """Return what the documents say of the replies to their pages, by page; those without any are left out."""
    provider = get_conf().replies_summaries()
    pages = [facts.id for facts in documents if facts.type != "index"]
    if provider is None or not pages:
        return {}
    return {page_id: dict(summary) for page_id, summary in provider(pages).items()}


def _link(document: JsonObject) -> str:
    """Return the Link header (RFC 8288) of *document*: its canonical page and the licence."""
    links = [f'<{document["url"]}>; rel="canonical"']
    if licence := get_conf().license_url:
        links.append(f'<{licence}>; rel="license"')
    return ", ".join(links)


def _public_tags(facts: PageFacts) -> list[str]:
    """Return the cache tags: what the document is, and what it shows, the invisible left out."""
    resources = facts.resources
    shown = {f"page-{pk}" for pk in resources.pages}
    shown |= {f"page-{link.id}" for link in (*facts.breadcrumbs, *facts.alternates)}
    shown |= {f"disclaimer-{pk}" for pk in resources.disclaimers}
    shown |= {f"image-{pk}" for pk in resources.images}
    shown |= {f"document-{pk}" for pk in resources.documents}
    shown |= {f"topic-{topic.id}" for topic in facts.topics}
    governance = facts.governance
    shown |= {f"person-{c.person.id}" for c in governance.contributors}
    shown |= {f"reference-{c.reference.id}" for c in governance.citations}
    shown |= {f"condition-{condition.id}" for condition in governance.conditions}
    shown |= {f"treatment-{treatment.id}" for treatment in governance.treatments}
    return document_tags(
        page_id=facts.id,
        document_type=facts.type,
        site_id=facts.site_id,
        path_key=path_key(facts.path),
        shown=shown,
    )
