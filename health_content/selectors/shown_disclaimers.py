"""Which disclaimers pages show, and why: for many pages at once, the same for readers, the gate and editors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import get_page_models

from ..compat import page_model
from ..disclaimer_rules import (
    Choice,
    Entry,
    Origin,
    PageSituation,
    Shown,
    Source,
    read_choices,
    read_inline,
    resolve_disclaimers,
)
from ..gate_content import effective_tier
from .disclaimers import located_disclaimers, pinned_wordings
from .related import related_ids
from .topics import topics_of
from .visibility import pages_on_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from wagtail.models import AbstractPage

    from ..document_facts import DisclaimerFacts, Json
    from .disclaimers import LocatedDisclaimer
    from .topics import PageTopics

FIELD = "section_disclaimers"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDisclaimers:
    """The disclaimers of a page."""

    shown: tuple[Shown, ...]
    """In order; also such as are not live, where those were asked for."""
    library: Mapping[int, LocatedDisclaimer]
    """Those that are shown, by id, in the wording that the page shows."""
    own: frozenset[int]
    """What the page itself chose, live or not."""
    inherited: frozenset[int]
    """What its topics and sections chose, live or not, shown or not."""

    @property
    def facts(self) -> dict[int, DisclaimerFacts]:
        """Return the live ones by id."""
        return {pk: each.facts for pk, each in self.library.items() if each.is_live}


def disclaimers_of_page(page: AbstractPage) -> PageDisclaimers:
    """Return the disclaimers of *page* as it is in memory, with what it chose and is not live. Seven queries at most."""
    related = related_ids([page])
    topics = topics_of([page], [related[0]["topics"]])
    return disclaimers_of([page], related, topics, has_drafts=True)[0]


def disclaimers_of(
    pages: Sequence[AbstractPage],
    related: Sequence[Mapping[str, Sequence[int]]],
    topics: Sequence[PageTopics],
    *,
    has_drafts: bool = False,
) -> list[PageDisclaimers]:
    """Return the disclaimers of each of *pages*, as it is in memory, in their order.

    *related* and *topics* are what they name. Of what a page chose itself, *has_drafts* adds what is not live; nothing
    else is inherited than what is live and in the page's language. Five queries at most, and one for each class of
    sections.
    """
    sections = _sections_by_path(pages)
    drafts = [
        _Draft(page, its_topics, sections)
        for page, its_topics in zip(pages, topics, strict=True)
    ]
    library = _library(drafts, has_drafts=has_drafts)
    groups = {
        (d.translation_key, d.locale_id): d.facts.id
        for d in library.values()
        if d.is_live
    }
    rules = {rule for each in library.values() for rule in each.rules}
    crises = (
        _crises(related) if any(r.kind == "risk_tier" for r in rules) else frozenset()
    )
    originals = (
        _originals(pages) if any(r.value == Origin.TRANSLATION for r in rules) else None
    )
    resolved = [
        resolve_disclaimers(
            draft.situation(
                library,
                groups,
                is_crisis=not crises.isdisjoint(names["about_conditions"]),
                originals=originals,
            ),
            _entries(draft.page, library),
        )
        for draft, names in zip(drafts, related, strict=True)
    ]
    wordings = pinned_wordings(
        {(s.id, s.version) for shown in resolved for s in shown if s.version}
    )
    return [
        PageDisclaimers(
            shown=shown,
            library={s.id: _worded(library[s.id], wordings.get((s.id, s.version or 0))) for s in shown}
            | {pk: library[pk] for pk in draft.in_text if pk in library and pk not in {s.id for s in shown}},
            own=draft.chosen,
            inherited=draft.named - draft.chosen,
        )
        for draft, shown in zip(drafts, resolved, strict=True)
    ]  # fmt: skip


class _Draft:
    """A page, and what was chosen for it by itself and by what is around it."""

    def __init__(
        self, page: AbstractPage, topics: PageTopics, sections: Mapping[str, _Section]
    ) -> None:
        self.page = page
        # Every health page has this field; an index page is no health page and shows only what it names.
        self.is_heir = hasattr(page, "disclaimers")
        self.own = read_choices(_stored(page, "disclaimers"))
        self.in_text = read_inline(_stored(page, "body"))
        self.topics = topics.sources if self.is_heir else ()
        above = [sections[path] for path in ancestor_paths(page) if path in sections]
        self.sections = tuple(
            Source(name=section.name, distance=distance, choices=section.choices)
            for distance, section in enumerate(above)
            if self.is_heir
        )

    @property
    def chosen(self) -> frozenset[int]:
        """Return what the page chose itself."""
        return frozenset({choice.id for choice in self.own} | set(self.in_text))

    @property
    def named(self) -> frozenset[int]:
        """Return what anybody chose."""
        sources = (*self.topics, *self.sections)
        return self.chosen | {c.id for source in sources for c in source.choices}

    def situation(
        self,
        library: Mapping[int, LocatedDisclaimer],
        groups: Mapping[tuple[UUID, int], int],
        *,
        is_crisis: bool,
        originals: Mapping[UUID, int] | None,
    ) -> PageSituation:
        page: Any = self.page
        kind = getattr(page, "content_kind", "")

        def translated(source: Source) -> Source:
            """Return *source* with each disclaimer in the page's language, without those that have none there."""
            choices = [
                _in_language(choice, library.get(choice.id), page.locale_id, groups)
                for choice in source.choices
            ]
            return replace(source, choices=tuple(c for c in choices if c is not None))

        return PageSituation(
            own=self.own,
            in_text=self.in_text,
            replace_reason=getattr(page, "disclaimers_replace_reason", ""),
            is_heir=self.is_heir,
            topics=tuple(map(translated, self.topics)),
            sections=tuple(map(translated, self.sections)),
            content_kind=kind,
            risk_tier=effective_tier(
                getattr(page, "risk_tier", ""), content_kind=kind, is_crisis=is_crisis
            ),
            traits=frozenset(_traits(page, originals)),
        )


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    choices: tuple[Choice, ...]


def ancestor_paths(page: AbstractPage) -> list[str]:
    """Return the tree paths above *page*, the nearest first; the tree's root, which is no page of any site, left out.

    A page that is being made has no path yet: see `DocumentMixin.place_below`.
    """
    step = type(page).steplen
    path = page.path or getattr(page, "place_below", "") + "0" * step
    return [path[:end] for end in range(len(path) - step, step, -step)]


def _sections_by_path(pages: Sequence[AbstractPage]) -> dict[str, _Section]:
    """Return the sections above *pages* that chose something and were ever published. One query for each class, and one.

    What is no longer public still binds the pages below it, but nobody learns its name.
    """
    heirs = [page for page in pages if hasattr(page, "disclaimers")]
    paths = {path for page in heirs for path in ancestor_paths(page)}
    if not paths:
        return {}
    rows = [row for model in section_models() for row in _section_rows(model, paths)]
    named = pages_on_record(
        [pk for pk, _path, _title, is_public, _ in rows if is_public]
    )
    return {
        path: _Section(title if pk in named else "", choices)
        for pk, path, title, _, choices in rows
    }


def _section_rows(
    model: type[Any], paths: Collection[str]
) -> Iterator[tuple[int, str, str, bool, tuple[Choice, ...]]]:
    """Yield id, path, title, whether it is live, and the choices of each section that chose something."""
    now = timezone.now()
    rows = model._base_manager.filter(path__in=paths).exclude(first_published_at=None)  # noqa: SLF001 - Django's documented name
    columns = ("pk", "path", "title", "live", "expire_at", FIELD)
    for pk, path, title, live, expire_at, stream in rows.values_list(*columns):
        if choices := read_choices(stream.get_prep_value()):
            is_public = live and (expire_at is None or expire_at > now)
            yield pk, path, title, is_public, choices


def section_models() -> list[type[Any]]:
    """Return the page classes that choose disclaimers for the pages below them."""
    return [model for model in get_page_models() if hasattr(model, FIELD)]


def _library(
    drafts: Sequence[_Draft], *, has_drafts: bool
) -> dict[int, LocatedDisclaimer]:
    """Return what the pages may show, by id, in order of key. One query."""
    named = frozenset().union(*(draft.named for draft in drafts))
    locales = {draft.page.locale_id for draft in drafts if draft.is_heir}
    condition = Q(live=True) & (Q(pk__in=named) | Q(locale_id__in=locales))
    if has_drafts:
        condition |= Q(pk__in=frozenset().union(*(draft.chosen for draft in drafts)))
    return {each.facts.id: each for each in located_disclaimers(condition)}


def _entries(
    page: AbstractPage, library: Mapping[int, LocatedDisclaimer]
) -> dict[int, Entry]:
    """Return *library* as the rules take it. What is in another language is there only for who chose it."""
    return {
        pk: Entry(
            id=pk,
            key=each.facts.key,
            kind=each.facts.kind,
            placement=each.facts.placement,
            is_on_every_page=is_local and each.facts.applies_to_all,
            rules=each.rules if is_local else (),
        )
        for pk, each in library.items()
        for is_local in [each.is_live and each.locale_id == page.locale_id]
    }


def _in_language(
    choice: Choice,
    chosen: LocatedDisclaimer | None,
    locale_id: int,
    groups: Mapping[tuple[UUID, int], int],
) -> Choice | None:
    """Return *choice* of what is live in the language, else of its translation, which has numbers of its own; or None."""
    if chosen is None or not chosen.is_live:
        return None
    if chosen.locale_id == locale_id:
        return choice
    local = groups.get((chosen.translation_key, locale_id))
    return None if local is None else Choice(id=local, placement=choice.placement)


def _worded(disclaimer: LocatedDisclaimer, wording: Any) -> LocatedDisclaimer:
    """Return *disclaimer* in the *wording* that is kept; in the newest where there is none."""
    if wording is None:
        return disclaimer
    facts = replace(
        disclaimer.facts,
        version=wording.number,
        title=wording.title,
        body=wording.body,
        is_pinned=True,
    )
    return replace(disclaimer, facts=facts)


def _traits(page: Any, originals: Mapping[UUID, int] | None) -> Iterable[str]:
    if getattr(page, "is_commercial", False) or getattr(page, "sponsor", "").strip():
        yield Origin.COMMERCIAL
    if getattr(page, "ai_assistance", "none") != "none":
        yield Origin.AI
    if getattr(page, "replies_mode", "") == "open":
        yield Origin.REPLIES_OPEN
    first = (originals or {}).get(page.translation_key, page.pk)
    if first != page.pk and not page.alias_of_id:
        yield Origin.TRANSLATION


def _originals(pages: Sequence[AbstractPage]) -> dict[UUID, int]:
    """Return the oldest page of each group of translations. One query."""
    keys = {page.translation_key for page in pages}
    groups = page_model().objects.filter(translation_key__in=keys).order_by()
    rows = groups.values_list("translation_key").annotate(first=Min("pk"))
    return dict(rows)


def _crises(related: Sequence[Mapping[str, Sequence[int]]]) -> frozenset[int]:
    """Return those of the conditions that may put readers in danger. One query."""
    wanted: Collection[int] = {pk for names in related for pk in names["about_conditions"]}  # fmt: skip
    conditions = apps.get_model("health_content", "Condition").objects
    found = conditions.filter(pk__in=wanted, is_crisis=True)
    return frozenset(found.values_list("pk", flat=True))


def _stored(page: AbstractPage, name: str) -> Json:
    """Return the stream *name* of *page* as it is stored; [] when the page has no such field."""
    value = getattr(page, name, None)
    stored: Json = value.get_prep_value() if value is not None else []
    return stored
