"""The seam of every check: a draft goes in, signals come out.

A check never decides. It says what it saw, how sure it is and where; `decide` weighs it, people judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the source, in characters: `source[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing a check saw."""

    code: str
    """Stable name, such as "form.too_fast"."""
    check: str
    version: str
    """Version of the check, so that stored signals can be told from newer ones."""
    score: float
    """0.0 (means nothing) to 1.0 (certain)."""
    spans: tuple[Span, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the shape that is stored with a revision."""
        return {
            "code": self.code,
            "check": self.check,
            "version": self.version,
            "score": self.score,
            "spans": [[span.start, span.end] for span in self.spans],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """How the form was filled."""

    honeypot: str
    """Content of the field that people do not see."""
    fill_seconds: float | None
    """Time from drawing the form to sending it; None when the form's token could not say."""
    has_expired: bool
    """The form was drawn longer ago than forms are good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A reply that was sent, and what is known about the sending."""

    source: str
    """Normalized text as the author wrote it; spans count in it."""
    text: str
    """Plain text of the rendered reply."""
    html: str
    name: str
    form: FormFacts
    render_reasons: tuple[str, ...] = ()
    """Why the sanitizer kept escaped text instead of markup; empty when it did not."""
    looks_like: tuple[str, ...] = ()
    """Whose names the name looks like: `staff`, `protected`, `clinician`, `participant`; empty for its owner."""
    has_credential: bool = False
    """The author's profession was looked up in a register, so they may use its title."""
    duplicates: int = 0
    """1 when the same text was sent to this site before, else 0."""


class Check(Protocol):
    """What looks at a draft for one kind of trouble."""

    @property
    def name(self) -> str:
        """Name of the check, stored with its signals."""
        ...

    @property
    def version(self) -> str:
        """Version of the check, raised when it sees differently."""
        ...

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return what was seen; pure, and linear in the length of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a site, or one thread, does with new replies."""

    mode: str = "pre"
    """pre, trusted, post or closed: see `Conf.policy`."""
    version: str = "1"
    hold_from: float = 0.3
    """A signal of this score or more holds a reply that would otherwise be published."""
    trusted_from: int = 3
    max_links: int = 2
    min_fill_seconds: float = 3.0

    @property
    def label(self) -> str:
        """Name and version, as decisions record it."""
        return f"{self.mode}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What all checks said about one draft."""

    signals: tuple[Signal, ...]
    failed: tuple[str, ...] = ()
    """Names of checks that raised an error; each of them holds the reply."""
    has_run: bool = True
    """False when no check ran at all; silence is not consent."""
