"""The small parts: tokens, sentences, inflection, automaton, frames, loading."""

from __future__ import annotations

import pytest

from health_content.claims.automaton import Automaton
from health_content.claims.frames import Sentence, find_frame, matches, parse_frame
from health_content.claims.inflect import noun_forms, spellings, verb_forms
from health_content.claims.lexicon import LexiconError, WordClass, build_lexicon
from health_content.claims.loader import build_rule_base, load_rule_base
from health_content.claims.normalize import normalize
from health_content.claims.rules import RuleError
from health_content.claims.sentences import find_sentences
from health_content.claims.tokens import tokenize


def words(text: str) -> list[str]:
    return [token.word for token in tokenize(normalize(text).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's", "it is"),
        ("don't can't won't shan't", "do not can not will not shall not"),
        ("n't", "not"),
        ("we're they'd I'm she'll you've", "we are they would i am she will you have"),
        ("Alzheimer's", "alzheimer"),
        ("o'clock rock'n'roll", "oclock rocknroll"),
        ("pain-free – now", "pain free -- now"),
        ("800mg, 1,000.5 IU", "800 mg , 1,000.5 iu"),
        ("Ｃｕｒｅ\u00adＳ ﬁt", "cures fit"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("See Dr. Hart, e.g. today. Now.", ["See Dr. Hart, e.g. today.", "Now."]),
        ("1. First item.", ["1. First item."]),
        ("A heading\n\nA text", ["A heading", "A text"]),
        ("wrapped\nline", ["wrapped\nline"]),
        ("a\n- b\n2) c", ["a", "- b", "2) c"]),
        ("He said “yes.” Then no.", ["He said “yes.”", "Then no."]),
        ("...", ["..."]),
        ("   ", []),
        ("In 2019. ", ["In 2019."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    folded = normalize(text)
    found = [
        text[slice(*folded.original(*bounds))] for bounds in find_sentences(folded.text)
    ]

    assert found == expected


@pytest.mark.parametrize("unit", ["word ", "x"])
def test_an_endless_sentence_is_read_in_pieces(unit: str) -> None:
    text = unit * 5_000

    pieces = list(find_sentences(text))

    assert all(end - start <= 1_000 for start, end in pieces)
    assert "".join(text[s:e] for s, e in pieces).replace(" ", "") == text.replace(
        " ", ""
    )


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("cure", {"cure", "cures", "cured", "curing"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("heal", {"heal", "heals", "healed", "healing"}),
        ("carry off", {"carry off", "carries off", "carried off", "carrying off"}),
        ("free", {"free", "frees", "freed", "freeing"}),
        ("untie", {"untie", "unties", "untied", "untying"}),
        ("shrink", {"shrink", "shrinks", "shrank", "shrunk", "shrinking"}),
        ("boost", {"boost", "boosts", "boosted", "boosting"}),
    ],
)
def test_verb_forms(verb: str, expected: set[str]) -> None:
    assert verb_forms(verb) == expected


def test_noun_forms_and_spellings() -> None:
    assert noun_forms("clever remedy") == {"clever remedy", "clever remedies"}
    assert noun_forms("midwife") == {"midwife", "midwives"}
    assert noun_forms("child") == {"child", "children"}
    assert noun_forms("virus") == {"virus", "viruses"}
    assert noun_forms("potato") == {"potato", "potatoes"}
    assert noun_forms("patch") == {"patch", "patches"}
    assert spellings("neutralize tumor") == {"neutralize tumor", "neutralise tumour"}


def test_automaton_finds_overlapping_phrases() -> None:
    automaton = Automaton(
        [
            (("a", "b"), 1),
            (("b",), 2),
            (("a", "b", "c"), 4),
            (("b", "c", "a"), 8),
            (("b",), 16),
        ]
    )

    found = sorted(automaton.find(["a", "b", "c", "a", "b"]))

    assert found == [(0, 2, 1), (0, 3, 4), (1, 1, 18), (1, 3, 8), (3, 2, 1), (4, 1, 18)]


LEXICON = build_lexicon(
    [
        WordClass("agent", "noun", ("acupuncture", "herbal tea")),
        WordClass("target", "noun", ("pain", "disease")),
        WordClass("any", "word", ("thing",), ("agent", "target")),
        WordClass("amount", "word", (), ("digits",)),
    ]
)


@pytest.mark.parametrize(
    ("frame", "text", "expected"),
    [
        ("@agent ..2 cure~ ..2 @target", "herbal tea cures all pain", (0, 5)),
        ("@agent ..2 cure~ ..2 @target", "herbal tea , so they say , cures pain", None),
        ("@agent .. cure~", "acupuncture but it cures", None),
        ("@agent ..3/never cure~", "acupuncture never cures", None),
        ("cure~ my? @target", "it cures pain", (1, 3)),
        ("cure~ my? @target", "it cures my pain", (1, 4)),
        ("^ cure~", "it cures", None),
        ("^ ..1 cure~ $", "it cures .", (0, 2)),
        ("< cure~", "but cure", (1, 2)),
        ("cure~ >", "it cures , and", (1, 2)),
        ("cure~ ..1 soon|>", "it cures", (1, 2)),
        ("@target & @agent", "pain ; acupuncture", (0, 3)),
        ("@target & @agent", "pain only", None),
        ("@target & ^ @agent", "no pain acupuncture", None),
        ("@agent !! not", "acupuncture", (0, 1)),
        ("@agent !! not", "not acupuncture", None),
        ("@amount side_effects", "12 side effects", (0, 3)),
        ("@any", "thing", (0, 1)),
    ],
)
def test_frames(frame: str, text: str, expected: tuple[int, int] | None) -> None:
    parsed = parse_frame(frame, LEXICON)
    sentence = Sentence(text.split(), LEXICON)

    assert next(find_frame(parsed, sentence), None) == expected
    assert matches(parsed, sentence) is (expected is not None)


def test_a_row_is_tried_a_bounded_number_of_times() -> None:
    parsed = parse_frame("@target", LEXICON)

    assert len(list(find_frame(parsed, Sentence(["pain"] * 500, LEXICON)))) == 24


@pytest.mark.parametrize("frame", ["@nothing cure", "..3", "word?", "^ $"])
def test_a_frame_that_cannot_be_is_refused(frame: str) -> None:
    with pytest.raises(LexiconError):
        parse_frame(frame, LEXICON)


@pytest.mark.parametrize(
    "classes",
    [
        [WordClass("a", "adverb", ("x",))],
        [WordClass("a")],
        [WordClass("a", of=("b",))],
    ],
)
def test_a_class_that_cannot_be_is_refused(classes: list[WordClass]) -> None:
    with pytest.raises(LexiconError):
        build_lexicon(classes)


def test_there_is_no_rule_base_of_another_language() -> None:
    with pytest.raises(KeyError):
        load_rule_base("de")


def test_a_rule_base_is_read_once_a_process() -> None:
    base = load_rule_base()

    assert load_rule_base("en") is base
    assert load_rule_base() is base


def test_a_rule_is_found_by_its_id() -> None:
    base = load_rule_base()

    assert base.rule("CUR-001").id == "CUR-001"
    with pytest.raises(KeyError):
        base.rule("CUR-000")


SEVERITY = dict.fromkeys(
    ["editorial", "uk-clinic", "us-commerce", "eu-food", "au-therapeutic", "reply"],
    "warn",
)
CUES = {
    name: {"words": ["x"]}
    for name in [
        "negators", "not_negators", "refuting", "unknown", "advising", "reporting", "warning_verbs", "attributing",
        "hedging", "generalizing", "conditioning", "referencing", "asking", "wondering", "not_cues",
    ]
}  # fmt: skip


def data(*rules: dict[str, object]) -> dict[str, dict[str, object]]:
    return {
        "pack.toml": {"version": "1", "locale": "en"},
        "sources.toml": {
            "a": {
                "body": "A",
                "ref": "1",
                "url": "https://a.example",
                "checked": "2026-01-01",
            }
        },
        "categories.toml": {
            "mechanism": {"resolve": ["rewrite"], "severity": SEVERITY}
        },
        "lexicon_cues.toml": CUES,
        "rules_a.toml": {"rule": list(rules)},
    }


def rule(**changes: object) -> dict[str, object]:
    examples = {"positive": list("abcde"), "negative": list("fghij")}
    return {
        "id": "A-1", "category": "mechanism", "message": "m", "suggest": "s", "sources": ["a"],
        "frames": ["word"], "tests": examples,
    } | changes  # fmt: skip


def test_a_complete_rule_is_taken() -> None:
    assert [each.id for each in build_rule_base(data(rule())).rules] == ["A-1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"sources": []},
        {"message": ""},
        {"suggest": ""},
        {"frames": []},
        {"resolve": []},
        {"resolve": ["prayer"]},
        {"tests": {"positive": ["a"] * 5, "negative": list("fghij")}},
        {"tests": {"positive": list("abcde"), "negative": []}},
    ],
)
def test_an_incomplete_rule_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        build_rule_base(data(rule(**changes)))


def test_an_id_is_used_once() -> None:
    with pytest.raises(RuleError, match="A-1"):
        build_rule_base(data(rule(), rule()))
