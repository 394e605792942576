"""One document by one SELECT: the read path.

Written in SQL, because compiling the same ORM query for every request costs more than the rest of the request. Each
statement joins the page's own row (`visibility.PAGE_IS_LIVE_SQL`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from django.conf import settings
from django.db import connections, router
from django.utils import timezone

from ...compat import page_model
from ..models import DocumentBytes, Form, PublishedDocument
from ..paths import path_key
from ..read_model import encode_form
from ..visibility import PAGE_IS_LIVE_SQL
from .current import documents_current, is_overdue

Argument: TypeAlias = "str | int | None"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """Bytes ready to send, and what goes into their headers."""

    page_id: int
    sha: str
    content: bytes | None
    """None when the caller has these bytes already."""
    last_modified: str
    next_transition: int | None
    tags: str
    locale: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where `resolve/` looks for a path."""

    path: str
    query: str
    """What stood behind the path: redirects may begin at a path with one, pages live at paths alone."""
    hosts: tuple[str, str]
    """The two ways in which a site may be stored with the host name; see `hosts.Host`."""
    port: int
    is_named: bool
    """The request named the site; without that an unknown host means the default site."""
    locale: str | None


def document_answer(
    page_id: int,
    *,
    document_type: str | None,
    coding: str,
    known_sha: str = "",
    form: Form = Form.DOCUMENT,
) -> StoredAnswer | None:
    """Return the document of the page in *coding*, None when the public may see none of *document_type*. One query.

    A document past its time is built for this answer, by a constant number of queries more. Bytes whose hash is *known_sha* are not fetched.
    """
    statement = _statements()["document"]
    arguments: list[Argument] = [known_sha, page_id, form, coding]
    if document_type is not None:
        statement = _statements()["typed"]
        arguments.append(document_type)
    answer = _fetch(statement, arguments)
    return _current(answer, form, coding, known_sha)


def resolve_answer(
    place: Place, *, coding: str, known_sha: str = ""
) -> StoredAnswer | None:
    """Return the answer of `resolve/` for *place* in *coding*, None when nothing public lives there. One query."""
    key = path_key(place.path)
    site: list[Argument] = [*place.hosts, *place.hosts, place.port]
    if not place.is_named:
        site += place.hosts
    statement = _statements()["named" if place.is_named else "hosted"]
    # Two languages may share a path where URLs carry no language; the asked one wins, then the default one.
    wanted = place.locale or settings.LANGUAGE_CODE
    arguments: list[Argument] = [known_sha, Form.RESOLVE, coding, key, *site]
    if place.locale is not None:
        statement = statement.replace("/*locale*/", "AND d.locale = %s")
        arguments.append(place.locale)
    answer = _fetch(statement, arguments, after=[wanted])
    return _current(answer, Form.RESOLVE, coding, known_sha)


def _current(
    answer: StoredAnswer | None, form: Form, coding: str, known_sha: str
) -> StoredAnswer | None:
    """Return *answer*, or what it would be if it had been stored now."""
    now = timezone.now()
    if answer is None or not is_overdue(answer.next_transition, now):
        return answer
    stored = [(answer.page_id, answer.next_transition)]
    built = documents_current(stored, now)[answer.page_id]
    if built is None:
        return None
    encoded = encode_form(form, built.document, built.content).by_coding()[coding]
    return StoredAnswer(
        page_id=answer.page_id,
        sha=encoded.sha,
        content=None if encoded.sha == known_sha else encoded.content,
        last_modified=built.row.last_modified,
        next_transition=built.row.next_transition,
        tags=built.row.tags,
        locale=built.row.locale,
        link=built.row.link,
    )


def _fetch(
    statement: str, arguments: list[Argument], after: list[Argument] | None = None
) -> StoredAnswer | None:
    connection = connections[router.db_for_read(PublishedDocument)]
    arguments = [
        *arguments,
        connection.ops.adapt_datetimefield_value(timezone.now()),
        *(after or []),
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        row = cursor.fetchone()
    if row is None:
        return None
    page_id, sha, content, *headers = row
    return StoredAnswer(
        page_id, sha, None if content is None else bytes(content), *headers
    )


@cache
def _statements() -> dict[str, str]:
    """Return the statements by name. Their arguments are named in the functions above."""
    page = page_model()._meta.db_table  # noqa: SLF001 - Django's documented name
    document = PublishedDocument._meta.db_table  # noqa: SLF001 - Django's documented name
    stored = DocumentBytes._meta.db_table  # noqa: SLF001 - Django's documented name
    select = f"""
        SELECT d.page_id, b.sha, CASE WHEN b.sha = %s THEN NULL ELSE b.content END,
               d.last_modified, d.next_transition, d.tags, d.locale, d.link
        FROM {stored} b
        JOIN {document} d ON d.page_id = b.document_id
        JOIN {page} p ON p.id = d.page_id
    """  # noqa: S608 - table names are the models' own
    by_id = f"{select} WHERE b.document_id = %s AND b.form = %s AND b.coding = %s"
    by_path = f"{select} WHERE b.form = %s AND b.coding = %s AND d.path_key = %s AND d.site_id = "
    named = """(
        SELECT s.id FROM wagtailcore_site s WHERE s.hostname IN (%s, %s)
        ORDER BY CASE WHEN s.hostname IN (%s, %s) AND s.port = %s THEN 0 ELSE 1 END, s.port LIMIT 1
    )"""
    # The order of `wagtail.models.sites.get_site_for_hostname`.
    hosted = """(
        SELECT s.id FROM wagtailcore_site s WHERE s.hostname IN (%s, %s) OR s.is_default_site
        ORDER BY CASE WHEN s.hostname IN (%s, %s) AND s.port = %s THEN 0
                      WHEN s.hostname IN (%s, %s) AND s.is_default_site THEN 1
                      WHEN s.is_default_site THEN 2 ELSE 3 END LIMIT 1
    )"""
    best = f"AND {PAGE_IS_LIVE_SQL} ORDER BY CASE WHEN d.locale = %s THEN 0 ELSE 1 END, d.page_id LIMIT 1"
    return {
        "document": f"{by_id} AND {PAGE_IS_LIVE_SQL}",
        "typed": f"{by_id} AND d.type = %s AND {PAGE_IS_LIVE_SQL}",
        "named": f"{by_path}{named} /*locale*/ {best}",
        "hosted": f"{by_path}{hosted} /*locale*/ {best}",
    }
