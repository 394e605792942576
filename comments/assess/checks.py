"""The checks that every site runs: the form, the links, the shape of the text, repetition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..names import has_title, is_mixed
from .base import Draft, Signal, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_URL_RE = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_LINK_RE = re.compile(r"<a ", re.IGNORECASE)
_SHOUTING_MIN_LETTERS = 20
_SHOUTING_SHARE = 0.7
_REPEATED_RE = re.compile(r"(\S)\1{9,}")
_MIN_LETTERS = 2


@dataclass(frozen=True, slots=True)
class FormCheck:
    """Looks at how the form was filled, the cheapest sign of a machine."""

    min_fill_seconds: float
    name: str = "form"
    version: str = "1"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return signals for a filled honeypot, a form sent too fast, too late, or with no time at all."""
        form = draft.form
        seen = [
            ("form.honeypot", 0.95, form.honeypot != ""),
            ("form.expired", 0.3, form.has_expired),
            ("form.no_time", 0.5, form.fill_seconds is None),
            (
                "form.too_fast",
                0.6,
                form.fill_seconds is not None
                and form.fill_seconds < self.min_fill_seconds,
            ),
        ]
        return tuple(
            Signal(code=code, check=self.name, version=self.version, score=score)
            for code, score, is_seen in seen
            if is_seen
        )


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """Counts links, in the rendered text and typed bare."""

    max_links: int
    name: str = "links"
    version: str = "1"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return links.many above the limit, links.present below it, with the places of the typed ones."""
        spans = tuple(
            Span(start=match.start(), end=match.end())
            for match in _URL_RE.finditer(draft.source)
        )
        count = max(len(_LINK_RE.findall(draft.html)), len(spans))
        if count == 0:
            return ()
        code, score = (
            ("links.many", 0.7) if count > self.max_links else ("links.present", 0.2)
        )
        return (
            Signal(
                code=code,
                check=self.name,
                version=self.version,
                score=score,
                spans=spans,
            ),
        )


@dataclass(frozen=True, slots=True)
class ShapeCheck:
    """Looks at the outline of the text: empty of words, shouted, drummed, or kept escaped by the sanitizer."""

    name: str = "shape"
    version: str = "1"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return the signals of shape; capitals of short texts mean nothing."""
        letters = [character for character in draft.text if character.isalpha()]
        capitals = sum(character.isupper() for character in letters)
        repeated = tuple(
            Span(start=match.start(), end=match.end())
            for match in _REPEATED_RE.finditer(draft.source)
        )
        seen = [
            ("shape.no_words", 0.6, (), len(letters) < _MIN_LETTERS),
            (
                "shape.shouting",
                0.3,
                (),
                len(letters) >= _SHOUTING_MIN_LETTERS
                and capitals >= _SHOUTING_SHARE * len(letters),
            ),
            ("shape.repeated", 0.3, repeated, bool(repeated)),
            ("shape.markup", 0.6, (), bool(draft.render_reasons)),
            ("shape.name_is_link", 0.7, (), _URL_RE.search(draft.name) is not None),
        ]
        return tuple(
            Signal(
                code=code,
                check=self.name,
                version=self.version,
                score=score,
                spans=spans,
            )
            for code, score, spans, is_seen in seen
            if is_seen
        )


@dataclass(frozen=True, slots=True)
class NameCheck:
    """Looks for names that pass for somebody else's."""

    name: str = "names"
    version: str = "1"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return name.like_… for each kind of owner, and signals for titles and for mixed scripts."""
        seen = [(f"name.like_{owner}", 0.8) for owner in draft.looks_like]
        if has_title(draft.name) and not draft.has_credential:
            seen.append(("name.title", 0.4))
        if is_mixed(draft.name):
            seen.append(("name.mixed_scripts", 0.4))
        return tuple(
            Signal(code=code, check=self.name, version=self.version, score=score)
            for code, score in seen
        )


@dataclass(frozen=True, slots=True)
class DuplicateCheck:
    """Tells that the same words were sent before."""

    name: str = "duplicates"
    version: str = "1"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return repetition.same_text when the text is known."""
        if draft.duplicates == 0:
            return ()
        return (
            Signal(
                code="repetition.same_text",
                check=self.name,
                version=self.version,
                score=0.5,
            ),
        )


@dataclass(frozen=True, slots=True)
class ForeignCheck:
    """A function of the host or of another part, from plain text to findings; every finding holds.

    A finding's `code` (or `rule`) attribute names the signal, if it has one.
    """

    function: Callable[[str], Iterable[object]]
    name: str
    version: str = "host"

    def __call__(self, draft: Draft) -> tuple[Signal, ...]:
        """Return one signal for every kind of finding."""
        codes = {
            str(getattr(finding, "code", getattr(finding, "rule", "finding")))
            for finding in self.function(draft.text)
        }
        return tuple(
            Signal(
                code=f"text.{code}"[:80],
                check=self.name,
                version=self.version,
                score=0.5,
            )
            for code in sorted(codes)
        )
