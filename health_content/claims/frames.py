r"""Frames: rows of word classes with gaps, and the matcher that finds them in a sentence.

    ^ @agent ..3 cure~ ..4 @condition|@symptom $        !! unless this one is found too
    @agent & @condition & @effect                        all of them, in any order, near each other, no word twice

`@name` is a class, a bare word itself, `word~` any form of it, `two_words` both in a row, `|` either. `?` after an element
makes it optional. `..` is a gap of up to three words, `..5` of up to five; a gap never crosses the end of a clause, and
`..5/@name|word` crosses none of those either. `^` and `$` are the ends of the sentence, `<` and `>` those of a clause.

A set of places is one integer, a bit for each; a step over all of them at once is a shift. So there is no backtracking,
and a sentence costs (elements of the frame) x (words) bit operations whatever it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .lexicon import LexiconError
from .tokens import DASH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .lexicon import Lexicon

UNLESS = "!!"
ALSO = "&"
DEFAULT_GAP = 3
MAX_STARTS = 24
"""Places of one row that are tried; only a text of one word over and over has more."""
SPREAD = 16
"""Words that the parts of a frame in any order lie within."""
_GAP = re.compile(r"\.\.(\d*)(?:/(\S+))?")
CLAUSE_ENDS = frozenset(
    [
        *".;:!?()[]{}\n", DASH,
        "but", "however", "although", "though", "whereas", "unless", "yet", "nevertheless",
    ]
)  # fmt: skip
_ANCHORS = "^$<>"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one of the classes in `bits`."""

    bits: int
    is_optional: bool = False
    may_end: bool = False
    """The end of a clause does as well, without a word."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `width` words, none of them in `without`."""

    width: int
    without: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place: an end of the sentence or of a clause."""

    mark: str


Element: TypeAlias = "Word | Gap | Anchor"


@dataclass(frozen=True, slots=True)
class Frame:
    """What to find, and what must not be in the same sentence."""

    source: str
    elements: tuple[Element, ...]
    needs: tuple[int, ...]
    """Bits of each word that must be there, the rarest first: a quick test before the real one."""
    unless: tuple[Frame, ...] = ()
    also: tuple[Frame, ...] = ()
    """What must be in the sentence as well, anywhere."""


class Sentence:
    """The words of a sentence, and where each class stands in it."""

    __slots__ = ("_spans", "ends", "found", "passable", "present", "words")

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self.words = words
        self.found = lexicon.find(words)
        self.present = 0
        for _, _, bits in self.found:
            self.present |= bits
        self.ends = sum(
            1 << index for index, word in enumerate(words) if word in CLAUSE_ENDS
        )
        self.passable = ((1 << len(words)) - 1) & ~self.ends
        self._spans: dict[int, tuple[tuple[int, int], ...]] = {}

    def spans(self, bits: int) -> tuple[tuple[int, int], ...]:
        """Return (length, starts as bits) of what belongs to one of the classes *bits*."""
        spans = self._spans.get(bits)
        if spans is None:
            by_length: dict[int, int] = {}
            for start, length, classes in self.found:
                if classes & bits:
                    by_length[length] = by_length.get(length, 0) | 1 << start
            spans = self._spans[bits] = tuple(by_length.items())
        return spans

    def mask(self, bits: int) -> int:
        """Return every word of what belongs to one of the classes *bits*."""
        covered = 0
        for length, starts in self.spans(bits):
            for shift in range(length):
                covered |= starts << shift
        return covered

    def clause_start(self, index: int) -> int:
        """Return the first word of the clause that word *index* stands in."""
        before = self.ends & ((1 << index) - 1)
        return before.bit_length()

    def phrase_around(self, first: int, last: int) -> int:
        """Return, as bits, the words from the comma or clause end before *first* to the one after *last*."""
        stops = self.ends | self._marks
        begin = (stops & ((1 << first) - 1)).bit_length()
        after = stops >> last
        end = last + ((after & -after).bit_length() or len(self.words))
        return ((1 << end) - 1) & ~((1 << begin) - 1)

    def anchor(self, mark: str) -> int:
        """Return the places, as bits, that an anchor stands for."""
        count = len(self.words)
        match mark:
            case "^":
                return 1
            case "<":
                return 1 | self.ends << 1
            case "$":
                last = count
                while last and 1 << (last - 1) & (self.ends | self._marks):
                    last -= 1
                return (1 << count) | (1 << last)
            case _:
                return 1 << count | self.ends | self._marks

    @property
    def _marks(self) -> int:
        return sum(1 << i for i, word in enumerate(self.words) if word in ',"')


def parse_frame(source: str, lexicon: Lexicon) -> Frame:
    """Return the frame that *source* describes.

    Raises:
        LexiconError: it names an unknown class, or has no word that must be there.
    """
    main, *rest = (part.strip() for part in source.split(UNLESS))
    main, *others = (part.strip() for part in main.split(f" {ALSO} "))
    elements = tuple(_parse_element(piece, lexicon) for piece in main.split())
    needs = tuple(
        each.bits
        for each in elements
        if isinstance(each, Word) and not each.is_optional and not each.may_end
    )
    if not needs:
        raise LexiconError(f"the frame {source!r} would match anything")
    unless = tuple(parse_frame(part, lexicon) for part in rest)
    also = tuple(parse_frame(part, lexicon) for part in others)
    for part in also:
        needs += part.needs
    needs = tuple(sorted(needs, key=lexicon.commonness))
    return Frame(source, elements, needs, unless, also)


def find_frame(frame: Frame, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield first and last word (end excluded) of every place where *frame* begins, the shortest match of each.

    A frame of several parts yields one place, from the first word of all parts to the last. No two parts share a word, and
    they lie within `SPREAD` words: in a longer sentence, words far apart say nothing of each other.
    """
    if not frame.also:
        yield from _find_row(frame, sentence)
        return
    if not may_match(frame, sentence):
        return
    others = []
    for part in frame.also:
        spans = tuple(_find_row(part, sentence))
        if not spans:
            return
        others.append(spans)
    for span in _find_row(frame, sentence):
        if whole := _join(span, others):
            yield whole
            return


def _join(
    span: tuple[int, int], others: list[tuple[tuple[int, int], ...]]
) -> tuple[int, int] | None:
    """Return *span* widened by one span of each of *others*; None where they are too far apart, or share a word."""
    first, last = span
    taken = [span]
    for spans in others:
        for start, end in spans:
            if max(last, end) - min(first, start) <= SPREAD and all(
                end <= begin or stop <= start for begin, stop in taken
            ):
                break
        else:
            return None
        taken.append((start, end))
        first, last = min(first, start), max(last, end)
    return first, last


def _find_row(frame: Frame, sentence: Sentence) -> Iterator[tuple[int, int]]:
    if not may_match(frame, sentence):
        return
    everywhere = (1 << len(sentence.words)) - 1
    if not _run(frame.elements, sentence, everywhere):
        return
    if any(matches(each, sentence) for each in frame.unless):
        return
    first = next(each for each in frame.elements if isinstance(each, Word))
    starts = everywhere
    if frame.elements[0] is first and not first.is_optional:
        starts = 0
        for _, places in sentence.spans(first.bits):
            starts |= places
    for _ in range(MAX_STARTS):
        if not starts:
            return
        lowest = starts & -starts
        starts ^= lowest
        ends = _run(frame.elements, sentence, lowest)
        if ends:
            begin = lowest.bit_length() - 1
            yield begin, (ends & -ends).bit_length() - 1


def matches(frame: Frame, sentence: Sentence) -> bool:
    """Return whether *frame* is somewhere in *sentence*."""
    return (
        may_match(frame, sentence)
        and next(find_frame(frame, sentence), None) is not None
    )


def may_match(frame: Frame, sentence: Sentence) -> bool:
    """Return whether every word that *frame* needs is somewhere in *sentence*: a quick test before the real one."""
    present = sentence.present
    for bits in frame.needs:  # noqa: SIM110 - a generator costs four times as much, and this is the inner loop
        if not present & bits:
            return False
    return True


def _run(elements: tuple[Element, ...], sentence: Sentence, places: int) -> int:
    for element in elements:
        if isinstance(element, Word):
            places = _step(element, sentence, places)
        elif isinstance(element, Gap):
            places = _leap(element, sentence, places)
        else:
            places &= sentence.anchor(element.mark)
        if not places:
            return 0
    return places


def _step(element: Word, sentence: Sentence, places: int) -> int:
    reached = places if element.is_optional else 0
    if element.may_end:
        reached |= places & sentence.anchor(">")
    for length, starts in sentence.spans(element.bits):
        reached |= (places & starts) << length
    return reached


def _leap(gap: Gap, sentence: Sentence, places: int) -> int:
    passable = sentence.passable
    if gap.without:
        passable &= ~sentence.mask(gap.without)
    for _ in range(gap.width):
        wider = places | (places & passable) << 1
        if wider == places:
            break
        places = wider
    return places


def _parse_element(piece: str, lexicon: Lexicon) -> Element:
    if piece in _ANCHORS:
        return Anchor(piece)
    if gap := _GAP.fullmatch(piece):
        width = int(gap[1]) if gap[1] else DEFAULT_GAP
        return Gap(width, _bits(gap[2], lexicon) if gap[2] else 0)
    is_optional = len(piece) > 1 and piece.endswith("?")
    parts = (piece.removesuffix("?") if is_optional else piece).split("|")
    return Word(
        _bits("|".join(part for part in parts if part != ">"), lexicon),
        is_optional,
        ">" in parts,
    )


def _bits(piece: str, lexicon: Lexicon) -> int:
    bits = 0
    for part in piece.split("|"):
        bits |= lexicon.bit(part[1:]) if part.startswith("@") else lexicon.literal(part)
    return bits
