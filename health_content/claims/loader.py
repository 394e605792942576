"""The rule base of a language, read from the package's own data. The one module that reads files, once a process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .cues import cue_bits
from .findings import Category, Profile, Severity, Source
from .frames import parse_frame
from .lexicon import WordClass, build_lexicon
from .rules import (
    Contexts,
    Phrases,
    Polarity,
    Rule,
    RuleBase,
    RuleError,
    Scope,
    Treatment,
    check_rule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .lexicon import Lexicon

LANGUAGES = ("en",)


def load_rule_base(language: str = "en") -> RuleBase:
    """Return the rules of *language*, the base part of a locale such as `en` of `en-GB`.

    Raises:
        KeyError: there is no rule base for it.
        LexiconError: a frame names an unknown class.
        RuleError: a rule is not complete.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return _load(language)


@cache
def _load(language: str) -> RuleBase:
    """Apart, because a cache tells `load_rule_base()` from `load_rule_base("en")`."""
    folder = files(__package__) / "data" / language
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return build_rule_base(
        {name: tomllib.loads(text) for name, text in sorted(texts.items())}
    )


def build_rule_base(data: Mapping[str, Mapping[str, Any]]) -> RuleBase:
    """Return the rule base that *data* describes, file by file.

    Raises:
        LexiconError: a frame names an unknown class.
        RuleError: a rule is not complete, or two have one id.
    """
    pack = data["pack.toml"]
    lexicon = build_lexicon(_classes(data))
    sources = {key: Source(**facts) for key, facts in data["sources.toml"].items()}
    categories = data["categories.toml"]
    rules = tuple(
        _build_rule(facts, categories, sources, lexicon)
        for name, content in data.items()
        if name.startswith("rules_")
        for facts in content["rule"]
    )
    ids = [rule.id for rule in rules]
    if len(set(ids)) != len(ids):
        raise RuleError(
            f"ids are used twice: {sorted({i for i in ids if ids.count(i) > 1})}"
        )
    return RuleBase(
        version=pack["version"],
        locale=pack["locale"],
        lexicon=lexicon,
        cues=cue_bits(lexicon),
        rules=rules,
        phrases=Phrases(**pack.get("remedies", {})),
        advice_against=tuple(
            parse_frame(each, lexicon) for each in pack.get("advice_against", ())
        ),
    )


def _classes(data: Mapping[str, Mapping[str, Any]]) -> Iterable[WordClass]:
    for name, content in data.items():
        if name.startswith("lexicon_"):
            for key, facts in content.items():
                yield WordClass(
                    key,
                    facts.get("kind", "word"),
                    tuple(facts.get("words", ())),
                    tuple(facts.get("of", ())),
                )


def _build_rule(
    facts: Mapping[str, Any],
    categories: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, Source],
    lexicon: Lexicon,
) -> Rule:
    kind = categories[facts["category"]]
    severity = {**kind["severity"], **facts.get("severity", {})}
    contexts = {**kind.get("contexts", {}), **facts.get("contexts", {})}
    tests = facts["tests"]
    rule = Rule(
        id=facts["id"],
        category=Category(facts["category"]),
        severity={Profile(key): Severity(value) for key, value in severity.items()},
        message=facts["message"],
        suggest=facts["suggest"],
        resolve=tuple(facts.get("resolve", kind["resolve"])),
        sources=tuple(sources[key] for key in facts["sources"]),
        scope=Scope(facts.get("scope", "sentence")),
        polarity=Polarity(facts.get("polarity", "affirmed")),
        contexts=Contexts(**{key: Treatment(value) for key, value in contexts.items()}),
        frames=tuple(parse_frame(each, lexicon) for each in facts["frames"]),
        unless=tuple(
            parse_frame(each, lexicon)
            for each in (*facts.get("unless", ()), *kind.get("unless", ()))
        ),
        positive=tuple(tests["positive"]),
        negative=tuple(tests["negative"]),
        wording=facts.get("wording", ""),
        is_attributable=facts.get("is_attributable", False),
    )
    check_rule(rule)
    return rule
