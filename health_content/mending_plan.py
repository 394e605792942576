"""How the findings of a page are to be settled: read from JSON. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject

_NAMES = ("conditions", "references", "treatments")
_KEYS = frozenset({"mends", *_NAMES})
_MEND_KEYS = frozenset({"sentence", "use", "text", "note"})


class Use(StrEnum):
    """What stands in the place of a sentence. The values are public and permanent."""

    WORDING = "wording"
    """What a regulator permits, or the rule's own suggestion, as the Health panel offers it."""
    ATTRIBUTED = "attributed"
    """The sentence as the belief of the tradition that it comes from, as the panel offers it."""
    TEXT = "text"
    """Words of the plan's own."""
    REMOVE = "remove"
    """Nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A sentence of the page, and what becomes of it."""

    sentence: str
    use: Use
    text: str = ""
    """The words of a `TEXT`."""
    note: str = ""
    """Why, for whoever reads the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MendingPlan:
    """What is done to a page, in this order: what it is about, what it rests on, what it says."""

    treatments: tuple[str, ...] = ()
    """Names of the library, in the language of the page."""
    conditions: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Titles of published references of the library."""
    mends: tuple[Mend, ...] = ()


class PlanFault(ValueError):
    """A plan cannot be read; the message names the place."""


def read_plan(data: str | bytes) -> MendingPlan:
    """Return the plan that *data*, JSON, holds: `{"treatments", "conditions", "references", "mends": [{"sentence", "use",
    "text", "note"}]}`, each key optional but for a mend's first two.

    Raises:
        PlanFault: it is none.
    """
    try:
        given: Json = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PlanFault(f"not JSON: {error}") from error
    plan = _object(given, "the plan", _KEYS)
    names = {name: _names(plan.get(name, []), name) for name in _NAMES}
    mends = _array(plan.get("mends", []), "mends")
    return MendingPlan(
        treatments=names["treatments"],
        conditions=names["conditions"],
        references=names["references"],
        mends=tuple(_mend(each, f"mends[{n}]") for n, each in enumerate(mends)),
    )


def _mend(value: Json, place: str) -> Mend:
    given = _object(value, place, _MEND_KEYS)
    texts = {key: _text(given.get(key, ""), f"{place}.{key}") for key in _MEND_KEYS}
    if not texts["sentence"]:
        raise PlanFault(f"{place}.sentence is missing")
    if texts["use"] not in set(Use):
        raise PlanFault(f"{place}.use is none of {', '.join(Use)}")
    use = Use(texts["use"])
    if (use is Use.TEXT) != bool(texts["text"]):
        raise PlanFault(f"{place}.text goes with the use “text”, and with no other")
    return Mend(
        sentence=texts["sentence"], use=use, text=texts["text"], note=texts["note"]
    )


def _object(value: Json, place: str, keys: frozenset[str]) -> JsonObject:
    if not isinstance(value, dict):
        raise PlanFault(f"{place} is no object")
    if unknown := sorted(value.keys() - keys):
        raise PlanFault(f"{place} has unknown keys: {', '.join(unknown)}")
    return value


def _array(value: Json, place: str) -> list[Json]:
    if not isinstance(value, list):
        raise PlanFault(f"{place} is no list")
    return value


def _names(value: Json, place: str) -> tuple[str, ...]:
    return tuple(
        _text(each, f"{place}[{number}]")
        for number, each in enumerate(_array(value, place))
    )


def _text(value: Json, place: str) -> str:
    if not isinstance(value, str):
        raise PlanFault(f"{place} is no text")
    return value.strip()
