"""The library to begin with: a TOML file to plain values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FILE = Path(__file__).resolve().parent / "data" / "starter.toml"
LOCALE = "en"
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterCondition:
    """A condition."""

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    body_location: str = ""
    supervision_required: bool = False
    is_crisis: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTreatment:
    """A treatment."""

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    procedure_type: str = ""
    medicine_system: str = ""
    is_complementary: bool = False
    regulator_notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterClaim:
    """What may be said of a treatment. `treatment` and `condition` are keys."""

    key: str
    treatment: str
    jurisdiction: str
    stance: str
    wording: str
    source_title: str
    source_url: str
    checked_at: date
    condition: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterData:
    """All of it."""

    conditions: tuple[StarterCondition, ...]
    treatments: tuple[StarterTreatment, ...]
    claims: tuple[StarterClaim, ...]


def read_starter_data() -> StarterData:
    """Return what the package brings.

    Raises:
        TypeError: a key of the file is missing or unknown.
    """
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return StarterData(
        conditions=tuple(_record(StarterCondition, d) for d in data["conditions"]),
        treatments=tuple(_record(StarterTreatment, d) for d in data["treatments"]),
        claims=tuple(_record(StarterClaim, d) for d in data["claims"]),
    )


def _record(kind: type[Record], values: Mapping[str, Any]) -> Record:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(values) - names:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}.")
    return kind(**{key: _plain(value) for key, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value.strip() if isinstance(value, str) else value
