"""Whether a page says the same as before, but for slips of the pen: what a reviewer may confirm without a new review.

Two contents are compared piece by piece. A change is minor where nothing but running text differs, and there nothing but
spelling, capitals, commas, quotation marks, and little words that carry no statement. Everything that may carry one bars
it: a claim that is another or is new, a number with what stands beside it, a word that the claim rules know (negations,
treatments, conditions, medicines, effects, hedges), a word of time, measure, direction or degree, a link, a reference, a
disclaimer, a choice. When in doubt it is not minor, and the page is reviewed again.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from .claims.normalize import normalize
from .claims.sentences import find_sentences
from .claims.tokens import tokenize
from .content_digest import said_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .claims.lexicon import Lexicon
    from .claims.rules import RuleBase
    from .document_facts import Json, JsonObject

PROSE_FIELDS = frozenset(
    {"title", "introduction", "summary", "seo_title", "search_description"}
)
_LIST = frozenset({"heading", "introduction", "title", "body"})
# Where a block keeps running text. A quotation, a table's cells and a reference are as they are, or they are another.
PROSE_KEYS: Mapping[str, frozenset[str]] = {
    "section": frozenset({"heading"}),
    "mechanism_list": _LIST,
    "benefit_list": _LIST,
    "approach_list": _LIST,
    "step_list": _LIST,
    "faq": frozenset({"heading", "question", "answer"}),
    "callout": frozenset({"title", "body"}),
    "image": frozenset({"caption"}),
    "table": frozenset({"caption", "notes"}),
}
TEXT_BLOCK = "rich_text"
LIST_ITEM = "item"
_BLOCK = frozenset({"type", "value"})
_TAG = re.compile(r"(<[^<>]*>)")
_CHUNK = re.compile(r"\S+")
# They part what is said, and say nothing; with them quotation marks and dashes of all kinds.
_SOFT_MARKS = frozenset(",\"'")
_SOFT_CATEGORIES = frozenset({"Pi", "Pf", "Pd"})
# Classes of the claim rules' lexicon: what a page is about, and what turns a statement round.
WEIGHTY_CLASSES = (
    "negators", "none", "refuting", "unknown", "hedging", "safe", "effective", "harms", "forever", "completely",
    "serious_conditions", "symptoms", "body_parts", "therapies", "supplements", "devices", "products", "medicines",
    "medication_nouns", "drug_words", "conventional_procedures", "vaccines", "procedures", "treat", "prevent", "cure",
    "stop_verbs", "replace_words", "take", "units", "number", "time_words", "per_time", "pregnancy", "children",
    "suicide_nouns", "self_harm",
)  # fmt: skip
# They may come and go. What turns on them ("or", "if", "only") is not among them.
LIGHT_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset({"a", "an", "the", "that", "which", "also", "please"}),
}
# They decide what a sentence means, and the claim rules need not know them.
WEIGHTY_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        {
            "and", "or", "but", "if", "unless", "until", "while", "when", "whenever", "before", "after", "during",
            "since", "within", "without", "with", "between", "under", "over", "above", "below", "up", "down", "left",
            "right", "front", "back", "in", "out", "on", "off", "from", "to", "by", "for", "than", "then", "only", "just",
            "even", "too", "enough", "all", "any", "each", "every", "both", "either", "some", "few", "several", "many",
            "most", "much", "more", "less", "least", "fewer", "other", "same", "different", "always", "usually", "often",
            "sometimes", "seldom", "first", "last", "next", "again", "once", "twice", "thrice", "half", "quarter",
            "third", "double", "triple", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "dozen", "hundred", "thousand", "million", "billion", "second", "seconds", "minute",
            "minutes", "hour", "hours", "hourly", "day", "days", "daily", "night", "nights", "nightly", "week", "weeks",
            "weekly", "month", "months", "monthly", "year", "years", "yearly", "today", "tomorrow", "morning", "noon",
            "evening", "gram", "grams", "milligram", "milligrams", "microgram", "micrograms", "kilogram", "kilograms",
            "liter", "liters", "litre", "litres", "milliliter", "milliliters", "millilitre", "millilitres", "unit",
            "units", "drop", "drops", "tablet", "tablets", "capsule", "capsules", "spoon", "teaspoon", "tablespoon",
            "percent", "degree", "degrees", "high", "higher", "highest", "low", "lower", "lowest", "increase",
            "increases", "increased", "decrease", "decreases", "decreased", "raise", "raises", "reduce", "reduces",
            "start", "starts", "stop", "stops", "begin", "end", "avoid", "take", "takes", "give", "gives", "can", "could",
            "may", "might", "must", "shall", "should", "will", "would", "need", "needs", "do", "does", "did", "ought",
            "adult", "adults", "child", "children", "baby", "babies", "man", "men", "woman", "women", "pregnant", "mild",
            "severe", "acute", "chronic", "safe", "unsafe", "harmful", "harmless", "dangerous", "oral", "aural", "better",
            "worse", "best", "worst", "positive", "negative", "hot", "cold", "warm",
        }
    ),
}  # fmt: skip
# A respelled word that begins otherwise is another word.
_PREFIXES = (
    "hyper", "hypo", "inter", "intra", "pre", "pro", "per", "post", "anti", "ante", "mis", "dis", "macro", "micro",
    "under", "over", "ab", "ad", "en", "ex",
)  # fmt: skip
# Characters: a shorter word that is respelled is likely to be another word.
_WORD_MIN = 4
_LONG_WORD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A sentence that was, and the one that stands in its place."""

    before: str
    after: str


def find_differences(
    before: Mapping[str, Json], after: Mapping[str, Json]
) -> tuple[Difference, ...] | None:
    """Return the sentences that differ between two contents; None where more differs than running text does."""
    pairs = _text_pairs(before, after)
    if pairs is None:
        return None
    found: list[Difference] = []
    for old, new in pairs:
        sentences = _sentence_pairs(_text(old), _text(new))
        found += [Difference(before=a, after=b) for a, b in sentences]
    return tuple(found)


def is_minor(
    before: Mapping[str, Json],
    after: Mapping[str, Json],
    base: RuleBase,
    *,
    claims_before: frozenset[str] = frozenset(),
    claims_after: frozenset[str] = frozenset(),
) -> bool:
    """Return whether *after* states what *before* did, by the words that the rules in *base* know.

    Both are contents as reviews keep them: field name to stored value. The claims are the fingerprints of what the
    claim rules found in each; they change when the sentence does. Cost: linear in the text, squared in a changed sentence.
    """
    if claims_before != claims_after:
        return False
    pairs = _text_pairs(before, after)
    return pairs is not None and all(_is_slight(old, new, base) for old, new in pairs)


def _text_pairs(
    before: Mapping[str, Json], after: Mapping[str, Json]
) -> list[tuple[str, str]] | None:
    """Return the running texts that differ, as stored, in order; None where anything else differs."""
    old, new = said_content(before), said_content(after)
    if old.keys() != new.keys():
        return None
    pairs: list[tuple[str, str]] = []
    for name, value in old.items():
        if not _collect(value, new[name], frozenset(), name in PROSE_FIELDS, pairs):
            return None
    return pairs


def _collect(
    before: Json,
    after: Json,
    names: frozenset[str],
    is_prose: bool,
    pairs: list[tuple[str, str]],
) -> bool:
    """Add to *pairs* what differs and is running text; return whether nothing else does.

    *names* are the keys under which the block around it keeps such text.
    """
    if isinstance(before, str) and isinstance(after, str):
        if before != after:
            pairs.append((before, after))
        return is_prose or before == after
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(
            _collect(old, new, names, False, pairs)
            for old, new in zip(before, after, strict=True)
        )
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and _collect_block(
            before, after, names, pairs
        )
    # True is no 1.
    return type(before) is type(after) and before == after


def _collect_block(
    before: JsonObject,
    after: JsonObject,
    names: frozenset[str],
    pairs: list[tuple[str, str]],
) -> bool:
    kind = before.get("type")
    if before.keys() == _BLOCK and isinstance(kind, str):
        if kind != after["type"]:
            return False
        inside = names if kind == LIST_ITEM else PROSE_KEYS.get(kind, frozenset())
        is_text = kind == TEXT_BLOCK
        return _collect(before["value"], after["value"], inside, is_text, pairs)
    return all(
        _collect(value, after[key], names, key in names, pairs)
        for key, value in before.items()
    )


def _is_slight(before: str, after: str, base: RuleBase) -> bool:
    """Return whether two texts, rich or plain, say the same: the same markup, and pieces between that do."""
    old, new = _TAG.split(before), _TAG.split(after)
    if len(old) != len(new) or old[1::2] != new[1::2]:
        return False
    if _weights(before, base) != _weights(after, base):
        return False
    light = LIGHT_WORDS.get(base.locale, frozenset())
    return all(
        _is_rewording(_words(html.unescape(a)), _words(html.unescape(b)), light)
        for a, b in zip(old[::2], new[::2], strict=True)
    )


def _weights(value: str, base: RuleBase) -> tuple[object, ...]:
    """Return everything in a text that may carry a statement, in order."""
    text = _text(value)
    words = _words(text)
    weighty = WEIGHTY_WORDS.get(base.locale, frozenset())
    light = LIGHT_WORDS.get(base.locale, frozenset())
    return (
        _numbers(text),
        _marks(text),
        _capitals(text),
        [word for word in words if word in weighty],
        [term for term in _known(words, base.lexicon) if not light.issuperset(term)],
    )


def _is_rewording(
    old: Sequence[str], new: Sequence[str], light: frozenset[str]
) -> bool:
    """Return whether each word that differs is the same one, spelled otherwise, or one that carries nothing."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        gone, come = old[i:j], new[k:m]
        if kind == "equal" or light.issuperset([*gone, *come]):
            continue
        is_doubled = kind == "delete" and _is_doubled(old, i, j)
        if not is_doubled and not _are_spellings(gone, come):
            return False
    return True


def _are_spellings(gone: Sequence[str], come: Sequence[str]) -> bool:
    return len(gone) == len(come) and all(map(_is_spelling, gone, come))


def _is_doubled(words: Sequence[str], start: int, end: int) -> bool:
    """Return whether the words from *start* to *end* stand there twice: "the the"."""
    length = end - start
    gone = words[start:end]
    before, after = words[max(start - length, 0) : start], words[end : end + length]
    return gone in (before, after)


def _is_spelling(one: str, other: str) -> bool:
    """Return whether two words are one, spelled in two ways: they begin alike and differ in a letter, or two if long."""
    if one[0] != other[0] or _prefix(one) != _prefix(other):
        return False
    if min(len(one), len(other)) < _WORD_MIN:
        return sorted(one) == sorted(other)
    allowed = 2 if min(len(one), len(other)) >= _LONG_WORD else 1
    return _distance(one, other) <= allowed


def _prefix(word: str) -> str:
    return next((each for each in _PREFIXES if word.startswith(each)), "")


def _distance(one: str, other: str) -> int:
    """Return by how many letters two words differ; two that changed places count as one."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _text(value: str) -> str:
    return html.unescape(" ".join(_TAG.sub(" ", value).split(" ")))


def _sentences(text: str) -> list[str]:
    folded = normalize(text)
    return [text[slice(*folded.original(a, b))] for a, b in find_sentences(folded.text)]


def _sentence_pairs(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of two texts that differ, side by side; one that is new or gone beside nothing."""
    old, new = _sentences(before), _sentences(after)
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():  # fmt: skip
        if kind != "equal":
            yield " ".join(old[i:j]), " ".join(new[k:m])


def _words(text: str) -> list[str]:
    tokens = tokenize(normalize(text).text)
    return [token.word for token in tokens if token.word[0].isalnum()]


def _numbers(text: str) -> list[tuple[str, ...]]:
    """Return whatever has a digit or a sign of measure in it, each with what stands before and after it."""
    chunks = ["", *_CHUNK.findall(unicodedata.normalize("NFC", text)), ""]
    return [
        tuple(chunks[i - 1 : i + 2])
        for i, chunk in enumerate(chunks)
        if any(c.isnumeric() or unicodedata.category(c) in {"Sc", "Sm"} or c in "%‰°" for c in chunk)
    ]  # fmt: skip


def _marks(text: str) -> list[str]:
    """Return the marks that part sentences, ask or bracket, in order."""
    plain = unicodedata.normalize("NFC", text)
    return [c for c in plain if not (c.isalnum() or c.isspace() or _is_soft(c))]


def _is_soft(character: str) -> bool:
    category = unicodedata.category(character)
    return character in _SOFT_MARKS or category in _SOFT_CATEGORIES


def _capitals(text: str) -> list[str]:
    """Return the words with two capitals or more: abbreviations, which are other words in small letters."""
    return [w for w in re.findall(r"\w+", text) if sum(c.isupper() for c in w) > 1]


def _known(words: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the terms and phrases of weight among *words* that the rules know."""
    weighty = 0
    for name in WEIGHTY_CLASSES:
        weighty |= lexicon.bits.get(name, 0)
    return [
        tuple(words[start : start + length])
        for start, length, bits in lexicon.find(words)
        if bits & weighty
    ]
