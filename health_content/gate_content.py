"""What the gate reads in a page's stored stream: sections, descriptions, words that contradict what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .claims.engine import language_of
from .claims.evidence import is_verb_covered, verb_of
from .claims.facts import Certainty
from .claims.normalize import normalize
from .claims.tokens import tokenize
from .document_html import html_text
from .gate_facts import Fault, Risk, RiskTier
from .health_aspects import SUFFIX
from .stored_values import list_items

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .document_facts import Json, JsonObject

# Only of such pages may an editor say that a mistake would merely be awkward.
LIGHT_KINDS = frozenset({"lifestyle", "news", "opinion", "personal_story"})
# Of these, readers expect to hear when to seek help at once.
PRESSING_KINDS = frozenset({"condition", "symptom"})
_TIERS = tuple(RiskTier)
# Care cards that ask readers to act at once.
PRESSING = frozenset({"urgent", "emergency"})
# What is not true of a treatment that goes through the skin, in English and Spanish.
_NONINVASIVE = re.compile(
    r"\b(?:non[-\s]?invasive|needle[-\s]?free|without (?:any )?needles|no invasiv[oa]s?|sin agujas)\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(r"\b(?:state[-\s])?licensed\s+[a-z]+", re.IGNORECASE)
_HEADINGS = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.IGNORECASE | re.DOTALL)


def effective_tier(chosen: str, *, content_kind: str, is_crisis: bool) -> RiskTier:
    """Return the risk that a page counts as: its editor's choice, never below what its subject makes it.

    A page about a treatment or a condition is reviewed however low its editor sets the risk.
    """
    if is_crisis:
        return RiskTier.CRISIS
    tier = RiskTier(chosen) if chosen in set(RiskTier) else RiskTier.STANDARD
    if tier is RiskTier.LOW and content_kind not in LIGHT_KINDS:
        return RiskTier.STANDARD
    return tier


def is_risk_unconfirmed(
    risk: Risk, public: Risk | None, confirmed: Collection[Risk], *, is_plain: bool
) -> bool:
    """Return whether a page that says *risk* of itself asks less of itself than when it was *public*, and nobody agreed.

    One that was never public is held against the standard risk, unless it *is_plain*: about no condition and no treatment,
    with a text in which the claim rules find nothing. *confirmed* is what reviewers agreed to since.
    """
    before = public or Risk()
    is_less = _TIERS.index(risk.tier) < _TIERS.index(before.tier)
    if risk.tier is RiskTier.LOW and (public is None or public.tier is RiskTier.LOW):
        is_less = not is_plain
    is_lighter = _weight(risk.content_kind) < _weight(before.content_kind)
    return (is_less or is_lighter) and risk not in confirmed


def _weight(content_kind: str) -> int:
    """Return how much is asked of a kind of page. One that names none is reviewed like any other, and no more is asked."""
    if content_kind in PRESSING_KINDS:
        return 2
    return int(bool(content_kind) and content_kind not in LIGHT_KINDS)


def has_aspect(stream: Sequence[JsonObject], wanted: Collection[str]) -> bool:
    """Return whether a section of *stream* is about one of the aspects."""
    return not set(aspects_of(stream)).isdisjoint(wanted)


def alt_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the images that have neither a description nor a note that they need none."""
    return tuple(
        Fault(code="alt_missing", block_id=_text(block.get("id")))
        for block in stream
        if block.get("type") == "image" and not _is_described(block.get("value"))
    )


def video_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the videos that some people cannot hear, and those that some cannot see.

    WCAG 2.2, success criteria 1.2.2 and 1.2.3 (https://www.w3.org/TR/WCAG22/#captions-prerecorded).
    """
    return tuple(
        Fault(
            code=code, text=_text(value.get("title")), block_id=_text(block.get("id"))
        )
        for block, value in _values(stream)
        if block.get("type") == "video"
        for code, is_there in (
            ("captions_missing", value.get("has_captions") is True),
            ("transcript_missing", bool(html_text(_text(value.get("transcript"))))),
        )
        if not is_there
    )


def heading_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the headings of *stream* that are more than a level below the one before; the title of the page is the first."""
    level, found = 1, []
    for block in stream:
        for here, text in _headings(block):
            if here > level + 1:
                block_id = _text(block.get("id"))
                found.append(Fault(code="heading_skipped", text=text, block_id=block_id))  # fmt: skip
            level = here
    return tuple(found)


def table_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the tables of *stream* with a column that has no heading: nobody can read them aloud."""
    return tuple(
        Fault(
            code="table_headings",
            text=_text(value.get("caption")),
            block_id=_text(block.get("id")),
        )
        for block, value in _values(stream)
        if block.get("type") == "table" and not _are_columns_named(value.get("table"))
    )


def has_urgent_card(stream: Sequence[JsonObject]) -> bool:
    """Return whether a block of *stream* says when to seek help at once."""
    return any(
        (block.get("type") == "care_card" and value.get("level") in PRESSING)
        or (block.get("type") == "callout" and value.get("tone") == "emergency")
        for block, value in _values(stream)
    )


def consent_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the stories, pictures and videos of people of whom nobody noted when they agreed, and where that is on record."""
    return tuple(
        Fault(
            code="consent_missing",
            text=next(
                (
                    name
                    for n in ("person", "title", "caption")
                    if (name := _text(value.get(n)))
                ),
                "",
            ),
            block_id=_text(block.get("id")),
        )
        for block, value in _values(stream)
        if _needs_consent(block, value)
        and not (
            _text(value.get("consent_given_on"))
            and _text(value.get("consent_note")).strip()
        )
    )


def overstated_faults(stream: Sequence[JsonObject], language: str) -> tuple[Fault, ...]:
    """Return the findings of research that sound surer than they are; those of a language without rules are not read."""
    if language_of(language) is None:
        return ()
    return tuple(
        Fault(code="finding_overstated", text=finding, block_id=_text(block.get("id")))
        for block, value in _values(stream)
        if block.get("type") == "evidence_summary"
        and (finding := _text(value.get("finding")).strip())
        and _text(value.get("certainty")) in set(Certainty)
        and not is_verb_covered(
            verb_of([token.word for token in tokenize(normalize(finding).text)]),
            Certainty(_text(value.get("certainty"))),
        )
    )


def dose_faults(content_kind: str, stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the medicines of which a page says how to take them, though it is about no medicine."""
    if content_kind == "medicine":
        return ()
    return tuple(
        Fault(
            code="dose_misplaced",
            text=_text(value.get("generic_name")),
            block_id=_text(block.get("id")),
        )
        for block, value in _values(stream)
        if block.get("type") == "medicine_info" and html_text(_text(value.get("dose")))
    )


def noninvasive_faults(texts: Sequence[str]) -> tuple[Fault, ...]:
    """Return where *texts* call something non-invasive, or free of needles, once for each spelling."""
    found = dict.fromkeys(
        match.group() for text in texts for match in _NONINVASIVE.finditer(text)
    )
    return tuple(Fault(code="procedure_type", text=word) for word in found)


def title_faults(
    texts: Sequence[str], protected_titles: Collection[str]
) -> tuple[Fault, ...]:
    """Return where *texts* call somebody licensed under a title that is none of the *protected_titles*, which the law knows.

    Where no title is known nobody can tell.
    """
    known = [title.casefold() for title in protected_titles if title.strip()]
    found = dict.fromkeys(
        match.group() for text in texts for match in _LICENSED.finditer(text)
    )
    return tuple(
        Fault(code="title_unprotected", text=said)
        for said in found
        if known and all(said.casefold() not in title for title in known)
    )


def aspects_of(stream: Sequence[JsonObject]) -> Iterator[str]:
    """Yield what the sections and answers of *stream* are about: aspects of health, without the suffix."""
    for block, value in _values(stream):
        if block.get("type") == "section":
            yield _text(value.get("health_aspect")).removesuffix(SUFFIX)
        if block.get("type") == "faq":
            for _id, item in list_items(value.get("items")):
                yield _text(item.get("health_aspect")).removesuffix(SUFFIX)


def _needs_consent(block: JsonObject, value: JsonObject) -> bool:
    if block.get("type") == "personal_story":
        return value.get("is_fictional") is not True
    return (
        block.get("type") in {"image", "video"} and value.get("shows_patient") is True
    )


def _values(
    stream: Sequence[JsonObject],
) -> Iterator[tuple[JsonObject, JsonObject]]:
    """Yield the blocks of *stream* that hold fields, each with them."""
    for block in stream:
        value = block.get("value")
        if isinstance(value, dict):
            yield block, value


def _headings(block: JsonObject) -> Iterator[tuple[int, str]]:
    """Yield level and text of the headings that *block* itself holds."""
    value = block.get("value")
    if block.get("type") == "section" and isinstance(value, dict):
        level = _text(value.get("level"))
        yield (int(level) if level.isdecimal() else 2), _text(value.get("heading"))
    elif block.get("type") == "rich_text":
        for level, html in _HEADINGS.findall(_text(value)):
            yield int(level), html_text(html)


def _are_columns_named(table: Json) -> bool:
    columns = table.get("columns") if isinstance(table, dict) else None
    named = [
        isinstance(column, dict) and bool(_text(column.get("heading")).strip())
        for column in (columns if isinstance(columns, list) else ())
    ]
    return bool(named) and all(named)


def _is_described(value: Json) -> bool:
    image = value.get("image") if isinstance(value, dict) else None
    given = image if isinstance(image, dict) else {}
    return bool(given.get("decorative") or _text(given.get("alt_text")).strip())


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
