"""Which disclaimers a page shows, and why: what it chose, what it inherits, and what follows from what it is.

The nearer to the page, the more specific: the page itself, its topics and those above them, the sections above it, rules
about pages like it, every page. Of one kind the most specific wins, and what stands at the same distance stands together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .document_blocks import chosen_disclaimer
from .stored_values import walk_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .document_facts import Json

PLACEMENTS = ("start", "end", "inline")
"""In the order of reading, as far as one can say: what stands in the text stands where it stands."""
DEFAULT_PLACEMENT = "end"
MANDATORY_KINDS = frozenset(
    {"medical_information", "not_emergency", "helpline", "affiliate", "sponsored", "supplement"}
)  # fmt: skip
"""What no page may leave out that inherits it; it may show another of the kind. Sources: docs/reference/disclaimers.md."""
MIXED_KIND = "other"
"""Disclaimers of this kind have nothing in common, so none takes the place of another."""


class Origin(StrEnum):
    """Why a page shows a disclaimer. The values are public and permanent."""

    PAGE = "page"
    TOPIC = "topic"
    SECTION = "section"
    CONTENT_KIND = "content_kind"
    RISK_TIER = "risk_tier"
    COMMERCIAL = "commercial"
    AI = "ai"
    TRANSLATION = "translation"
    REPLIES_OPEN = "replies_open"
    EVERY_PAGE = "every_page"
    TEXT = "text"


TRAITS = frozenset(
    {Origin.COMMERCIAL, Origin.AI, Origin.TRANSLATION, Origin.REPLIES_OPEN}
)
"""What a page is or is not, besides its kind and its risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a page shows a disclaimer."""

    code: Origin
    name: str = ""
    """Of the topic or the section; for a kind or a risk its value. "" where the code says it all, or nobody may know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A disclaimer that somebody chose for a page, a topic or a section."""

    id: int
    placement: str = DEFAULT_PLACEMENT
    version: int | None = None
    """The number of the wording to keep; None for the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A topic or a section of a page, and what was chosen for all its pages."""

    name: str
    distance: int
    """0 for the page's own, 1 for what is directly above that."""
    choices: tuple[Choice, ...] = ()
    ids: frozenset[int] = frozenset()
    """By which rules know the topic: in the page's language, and as it was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What makes pages show a disclaimer that nobody chose for them."""

    kind: str
    """`topic`, `content_kind`, `risk_tier` or `trait`."""
    value: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A disclaimer of the library, as far as it matters here."""

    id: int
    key: str
    kind: str
    placement: str = DEFAULT_PLACEMENT
    is_on_every_page: bool = False
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSituation:
    """What decides which disclaimers a page shows."""

    own: tuple[Choice, ...] = ()
    in_text: tuple[int, ...] = ()
    """Those that stand in its body."""
    replace_reason: str = ""
    """Why it shows its own only; "" when it shows what it inherits, too."""
    is_heir: bool = True
    """False for a page that is no health page: it shows what it names."""
    topics: tuple[Source, ...] = ()
    sections: tuple[Source, ...] = ()
    content_kind: str = ""
    risk_tier: str = ""
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A disclaimer that a page shows."""

    id: int
    placement: str
    why: Why
    version: int | None = None
    """The number of the wording that was chosen; None for the newest."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    """The smaller, the more specific."""
    shown: Shown


# Distances are small: trees are not deep. The text comes last: what also stands around it keeps its place there.
_TOPICS, _SECTIONS, _RULES, _EVERY_PAGE, _TEXT = 1, 1_000, 2_000, 3_000, 4_000


def resolve_disclaimers(
    page: PageSituation, library: Mapping[int, Entry]
) -> tuple[Shown, ...]:
    """Return what *page* shows of *library*, each key once, in the order of placement and then of specificity.

    A reason to replace leaves out what is inherited, but for kinds that no page may leave out. What is on every page, and
    what stands in the text, gives way to nothing; and what stands in the text takes nobody's place.
    """
    shown: dict[str, Shown] = {}
    ranks: dict[str, int] = {}
    candidates = (c for c in _candidates(page, library) if c.shown.id in library)
    for candidate in sorted(candidates, key=lambda each: each.rank):
        entry, rank = library[candidate.shown.id], candidate.rank
        if entry.key in shown or _gives_way(page, entry, rank, ranks):
            continue
        shown[entry.key] = candidate.shown
        if rank < _TEXT:
            ranks.setdefault(entry.kind, rank)
    return tuple(sorted(shown.values(), key=lambda s: PLACEMENTS.index(s.placement)))


def read_choices(stream: Json) -> tuple[Choice, ...]:
    """Return what a stored stream of disclaimers chose, in order; a half-filled block chooses nothing."""
    choices: list[Choice] = []
    for block in walk_stream(stream):
        value = block.get("value")
        given = value if isinstance(value, dict) else {}
        placement, version = given.get("placement"), given.get("version")
        if identifier := chosen_disclaimer(value):
            is_number = isinstance(version, int) and not isinstance(version, bool)
            choices.append(
                Choice(
                    id=identifier,
                    placement="start" if placement == "start" else DEFAULT_PLACEMENT,
                    version=version if is_number else None,  # type: ignore[arg-type]
                )
            )
    return tuple(choices)


def read_rules(stream: Json) -> tuple[Rule, ...]:
    """Return the rules of a stored stream, in order; a half-filled one says nothing."""
    rules: list[Rule] = []
    for block in walk_stream(stream):
        kind, value = block.get("type"), block.get("value")
        is_topic = kind == "topic" and isinstance(value, int) and value
        is_other = kind in _MATCHES and isinstance(value, str) and value
        if is_topic or is_other:
            rules.append(Rule(kind=str(kind), value=value))  # type: ignore[arg-type]
    return tuple(rules)


def has_rules(stored: Json) -> bool:
    """Return whether *stored*, rules as a draft keeps them, may be more than none: a draft's stream is a text."""
    return stored not in (None, "", "[]", [])


def read_inline(stream: Json) -> tuple[int, ...]:
    """Return the disclaimers that stand in a stored body, in order."""
    blocks = (b for b in walk_stream(stream) if b.get("type") == "disclaimer")
    found = (chosen_disclaimer(block.get("value")) for block in blocks)
    return tuple(identifier for identifier in found if identifier)


def _gives_way(
    page: PageSituation, entry: Entry, rank: int, ranks: Mapping[str, int]
) -> bool:
    """Return whether *entry*, inherited at *rank*, is not shown."""
    if rank in {0, _TEXT} or entry.is_on_every_page:
        return False
    if page.replace_reason.strip() and entry.kind not in MANDATORY_KINDS:
        return True
    return entry.kind != MIXED_KIND and ranks.get(entry.kind, rank) < rank


def _candidates(
    page: PageSituation, library: Mapping[int, Entry]
) -> Iterator[_Candidate]:
    yield from _chosen(0, page.own, Why(code=Origin.PAGE))
    for identifier in page.in_text:
        yield _Candidate(
            _TEXT,
            Shown(id=identifier, placement="inline", why=Why(code=Origin.TEXT)),
        )
    if page.is_heir:
        for topic in page.topics:
            why = Why(code=Origin.TOPIC, name=topic.name)
            yield from _chosen(_TOPICS + topic.distance, topic.choices, why)
        for section in page.sections:
            why = Why(code=Origin.SECTION, name=section.name)
            yield from _chosen(_SECTIONS + section.distance, section.choices, why)
        for entry in library.values():
            yield from _following(page, entry)


def _chosen(rank: int, choices: tuple[Choice, ...], why: Why) -> Iterator[_Candidate]:
    for choice in choices:
        yield _Candidate(
            rank,
            Shown(
                id=choice.id,
                placement=choice.placement,
                why=why,
                version=choice.version,
            ),
        )


def _following(page: PageSituation, entry: Entry) -> Iterator[_Candidate]:
    """Yield the reasons for which *page* shows *entry* without anybody's choice."""
    found = [_MATCHES[rule.kind](page, rule.value) for rule in entry.rules]
    reasons = [each for each in found if each is not None]
    if entry.is_on_every_page:
        reasons.append((_EVERY_PAGE, Why(code=Origin.EVERY_PAGE)))
    for rank, why in reasons:
        yield _Candidate(rank, Shown(id=entry.id, placement=entry.placement, why=why))


def _by_topic(page: PageSituation, value: str | int) -> tuple[int, Why] | None:
    """Return the nearest of the page's topics that the rule is about, as if it had been chosen there."""
    near = [topic for topic in page.topics if value in topic.ids]
    if not near:
        return None
    topic = min(near, key=lambda each: each.distance)
    return _TOPICS + topic.distance, Why(code=Origin.TOPIC, name=topic.name)


def _by_content_kind(page: PageSituation, value: str | int) -> tuple[int, Why] | None:
    if page.content_kind != value:
        return None
    return _RULES, Why(code=Origin.CONTENT_KIND, name=page.content_kind)


def _by_risk_tier(page: PageSituation, value: str | int) -> tuple[int, Why] | None:
    if page.risk_tier != value:
        return None
    return _RULES, Why(code=Origin.RISK_TIER, name=page.risk_tier)


def _by_trait(page: PageSituation, value: str | int) -> tuple[int, Why] | None:
    if value not in TRAITS or value not in page.traits:
        return None
    return _RULES, Why(code=Origin(str(value)))


_MATCHES = {
    "topic": _by_topic,
    "content_kind": _by_content_kind,
    "risk_tier": _by_risk_tier,
    "trait": _by_trait,
}
