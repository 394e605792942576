"""What pages name by relations that are part of their drafts: those of many pages, of all page types, by one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Value

from ..topic_field import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage


def related_ids(pages: Sequence[AbstractPage]) -> list[dict[str, tuple[int, ...]]]:
    """Return, for each of *pages*, the ids that it names by each of `RELATIONS`: those in memory, or else those stored."""
    stored = _stored(pages)
    found: list[dict[str, tuple[int, ...]]] = []
    for page in pages:
        named: dict[str, tuple[int, ...]] = {}
        for name in RELATIONS:
            in_memory = _in_memory(page, name)
            if in_memory is None:
                in_memory = stored.get((page.pk, name), [])
            named[name] = tuple(in_memory)
        found.append(named)
    return found


def related_objects(page: AbstractPage, name: str) -> list[Any]:
    """Return what *page* names by the relation *name*: in memory, where it is a draft or new, or else stored."""
    held = getattr(page, "_cluster_related_objects", {})
    if name in held:
        return list(held[name])
    return list(getattr(page, name).all()) if page.pk else []


def _in_memory(page: AbstractPage, name: str) -> list[int] | None:
    """Return what a draft or a preview names, None when it is what the database says."""
    if not hasattr(page, name):
        return []
    held = getattr(page, "_cluster_related_objects", {})
    if name in held:
        return [related.pk for related in held[name]]
    return None if page.pk else []


def _stored(pages: Sequence[AbstractPage]) -> dict[tuple[int, str], list[int]]:
    """Return the stored ids by page and relation. One query at most."""
    wanted: dict[tuple[type[AbstractPage], str], list[int]] = {}
    for page in pages:
        for name in RELATIONS:
            if _in_memory(page, name) is None:
                wanted.setdefault((type(page), name), []).append(page.pk)
    parts = [_links(model, name, pks) for (model, name), pks in wanted.items()]
    found: dict[tuple[int, str], list[int]] = {}
    if parts:
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        for page_id, related_id, name in rows:
            found.setdefault((page_id, name), []).append(related_id)
    return found


def _links(
    model: type[AbstractPage], name: str, page_ids: Collection[int]
) -> QuerySet[Any, tuple[int, int, str]]:
    field: Any = model._meta.get_field(name)  # noqa: SLF001 - Django's documented name
    page, related = field.m2m_field_name(), field.m2m_reverse_field_name()
    links: QuerySet[Any] = field.remote_field.through.objects.filter(
        **{f"{page}__in": page_ids}
    )
    links = links.order_by().annotate(relation=Value(name, output_field=CharField()))
    return links.values_list(f"{page}_id", f"{related}_id", "relation")
