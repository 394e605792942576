"""The topics of pages, in the language of each: for many pages at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q

from ..disclaimer_rules import Source, read_choices
from ..document_facts import TopicFacts
from ..models.topics import TOPICS_ABOVE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from wagtail.models import AbstractPage

    from ..models import Topic


@dataclass(frozen=True, slots=True)
class PageTopics:
    """The topics of a page."""

    shown: tuple[TopicFacts, ...] = ()
    related: frozenset[int] = frozenset()
    """Ids of all that the page's topics depend on: those chosen, those shown, and those above."""
    sources: tuple[Source, ...] = ()
    """Each topic once, also those above, with what was chosen for its pages."""


def topics_of(
    pages: Sequence[AbstractPage], chosen: Sequence[Sequence[int]]
) -> list[PageTopics]:
    """Return the topics of each of *pages*, whose *chosen* ids are given, in their order. One query at most."""
    wanted = {pk for pks in chosen for pk in pks}
    if not wanted:
        return [PageTopics() for _page in pages]
    found = _with_translations(wanted, {page.locale_id for page in pages})
    by_id = {topic.pk: topic for topic in found}
    by_key = {(topic.translation_key, topic.locale_id): topic for topic in found}
    return [
        _topics(page, [by_id[pk] for pk in pks if pk in by_id], by_key)
        for page, pks in zip(pages, chosen, strict=True)
    ]


def _topics(
    page: AbstractPage,
    chosen: Iterable[Topic],
    translations: Mapping[tuple[UUID, int], Topic],
) -> PageTopics:
    shown: dict[str, TopicFacts] = {}
    related: set[int] = set()
    sources: dict[int, Source] = {}
    for original in chosen:
        topic = translations.get((original.translation_key, page.locale_id), original)
        above = list(topic.above())
        for pk, source in _sources([topic, *above], original.pk):
            known = sources.get(pk)
            if known is None or source.distance < known.distance:
                sources[pk] = source
        related |= {original.pk, topic.pk, *(wider.pk for wider in above)}
        shown.setdefault(
            topic.slug,
            TopicFacts(
                id=topic.pk,
                name=topic.name,
                slug=topic.slug,
                above=tuple(wider.slug for wider in above),
            ),
        )
    ordered = sorted(shown.values(), key=lambda facts: (facts.name, facts.slug))
    return PageTopics(
        shown=tuple(ordered),
        related=frozenset(related),
        sources=tuple(sorted(sources.values(), key=lambda s: (s.distance, s.name))),
    )


def _sources(line: Sequence[Topic], original_id: int) -> Iterator[tuple[int, Source]]:
    """Yield what was chosen for the topics of a *line*, by topic: the nearest to the page first."""
    for distance, topic in enumerate(line):
        ids = {topic.pk, original_id} if distance == 0 else {topic.pk}
        yield (
            topic.pk,
            Source(
                name=topic.name,
                distance=distance,
                choices=read_choices(topic.disclaimers.get_prep_value()),
                ids=frozenset(ids),
            ),
        )


def _with_translations(
    topic_ids: Collection[int], locale_ids: Collection[int]
) -> list[Topic]:
    """Return the topics and their translations into the languages, with all above them. One query."""
    model: type[Topic] = apps.get_model("health_content", "Topic")
    keys = model.objects.filter(pk__in=topic_ids).order_by().values("translation_key")
    wanted = Q(pk__in=topic_ids) | Q(locale__in=locale_ids, translation_key__in=keys)
    return list(model.objects.filter(wanted).select_related(TOPICS_ABOVE))
