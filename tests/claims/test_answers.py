"""A question is read with its answer: a yes claims what is asked, a no denies it, and a topic is what the next sentence is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from health_content.claims import Category, Severity, find_claims
from health_content.claims.answers import Answer, answer_to
from health_content.claims.frames import Sentence
from health_content.claims.loader import load_rule_base
from health_content.claims.normalize import normalize
from health_content.claims.tokens import tokenize

if TYPE_CHECKING:
    from health_content.claims.findings import Finding


def sentence(text: str) -> Sentence:
    words = [token.word for token in tokenize(normalize(text).text)]
    return Sentence(words, load_rule_base().lexicon)


def above_info(text: str) -> list[Finding]:
    return [each for each in find_claims(text) if each.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("question", "following", "expected"),
    [
        ("Can eczema be cured?", "Yes, in six visits.", Answer.YES),
        ("Does it work?", "Absolutely.", Answer.YES),
        ("Is it a miracle cure?", "No.", Answer.NO),
        ("Side effects?", "There are none.", Answer.NO),
        ("Does it help?", "It does not.", Answer.NO),
        ("Does it help you to slim?", "The evidence is weak.", Answer.DOUBT),
        ("Does it help?", "That is a myth.", Answer.DOUBT),
        ("Tinnitus?", "Our drops end it.", Answer.TOPIC),
        ("Thighs too big for your jeans?", "Rub this on.", Answer.TOPIC),
        ("What is it?", "Our drops end it.", Answer.OTHER),
        ("You, too, have had enough of the ringing in your ears?", "Our drops end it.", Answer.OTHER),
    ],
)  # fmt: skip
def test_what_a_sentence_is_to_the_question_before_it(
    question: str, following: str, expected: Answer
) -> None:
    bits = load_rule_base().cues

    assert answer_to(sentence(question), sentence(following), bits) is expected


def test_a_yes_claims_what_is_asked() -> None:
    text = "Can frozen shoulder be banished for ever? Yes, in just six visits."

    (found,) = above_info(text)

    assert (found.category, found.severity) == (Category.CURE_ABSOLUTE, Severity.BLOCK)
    assert found.sentence == text
    assert found.text == text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "Is turmeric a wonder cure? No.",
        "Can hypnotherapy help you slim? The evidence is weak.",
        "Do vaccines cause autism? No, they do not.",
    ],
)
def test_a_no_or_a_doubt_denies_what_is_asked(text: str) -> None:
    assert above_info(text) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Can the herbs do me any harm? None whatsoever.", Category.SAFETY_ABSOLUTE),
        ("Does smoking harm your heart? No.", Category.DENIAL),
        ("Do vaccines work? No, they never have.", Category.ANTI_VACCINE),
    ],
)
def test_a_no_may_itself_be_the_claim(text: str, category: Category) -> None:
    assert [each.category for each in above_info(text)] == [category]


def test_a_topic_is_read_with_what_follows() -> None:
    text = "Welcome. Thighs too big? Rub this cream on and watch them shrink. Goodbye."

    (found,) = above_info(text)

    assert found.category is Category.WEIGHT_LOSS
    assert found.sentence == "Thighs too big? Rub this cream on and watch them shrink."


def test_what_one_of_the_two_says_alone_is_said_once() -> None:
    found = above_info("Tennis elbow? We cure tennis elbow every time.")

    assert [each.sentence for each in found if each.category is Category.CURE_ABSOLUTE] == ["We cure tennis elbow every time."]  # fmt: skip


def test_a_question_at_the_end_stands_alone() -> None:
    found = find_claims("Does acupuncture cure back pain?")

    assert {each.severity for each in found} == {Severity.INFO}


def test_what_is_no_question_is_not_read_with_what_follows() -> None:
    assert above_info("Thighs too big. Rub this cream on, then watch television.") == []
