"""Laws that hold for any text."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from health_content.claims import Profile, Severity, Status, check_page, check_text
from health_content.claims.blocks import check_block
from health_content.claims.cache import ClaimCache
from health_content.claims.facts import Block, Page, Role
from health_content.claims.loader import load_rule_base
from health_content.claims.normalize import normalize
from health_content.claims.rules import Scope

BASE = load_rule_base()
EXAMPLES = [
    (rule.id, text)
    for rule in BASE.rules
    if rule.scope is Scope.SENTENCE
    for text in rule.positive
]
LOOK_ALIKE = str.maketrans("aceopxyi", "асеорхуі")  # noqa: RUF001 - Cyrillic on purpose
SENTENCES = st.sampled_from([text for _, text in EXAMPLES])
NOISE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\ud800\x00\u200b\u202e\ufeff\n\r\t .!?\"'*_-—½ﬁ"),
        st.sampled_from("🩺🧘🏽العربية中文"),
    ),
    max_size=200,
)
TEXTS = st.one_of(
    NOISE, st.lists(st.one_of(SENTENCES, NOISE), max_size=5).map(" ".join)
)


def rules_in(text: str) -> set[str]:
    block = Block(id="", text=text)
    return {finding.rule for finding in check_block(block, BASE, Profile.EDITORIAL)}


@given(TEXTS)
@settings(deadline=None)
def test_findings_lie_in_the_text_and_quote_it(text: str) -> None:
    report = check_text(text)

    for finding in report.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
        assert finding.text in finding.sentence
        assert finding.sentence in text


@given(TEXTS)
@settings(deadline=None)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text

    assert normalize(once).text == once


@given(TEXTS)
@settings(deadline=None)
def test_normalized_text_leads_back(text: str) -> None:
    normalized = normalize(text)

    for start in range(len(normalized.text)):
        first, last = normalized.original(start, start + 1)
        assert 0 <= first < last <= len(text)


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_disguises_do_not_hide_a_claim(rule: str, text: str) -> None:
    spaced = " ".join(
        f" {' '.join(word)} " if word.isalpha() and len(word) > 2 else word
        for word in text.split(" ")
    )
    disguises = {
        "zero width": "\u200b".join(text),
        "look-alikes": text.translate(LOOK_ALIKE),
        "soft hyphens": text.replace("e", "\xade"),
        "capitals": text.upper(),
        "spaced out": spaced,
        "full width": "".join(
            chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
        ),
    }

    hidden = [name for name, other in disguises.items() if rule not in rules_in(other)]

    assert hidden == []


@given(TEXTS, st.sampled_from(Profile))
@settings(max_examples=50, deadline=None)
def test_a_disclaimer_takes_nothing_away(text: str, profile: Profile) -> None:
    body = Block(id="body", text=text)
    disclaimer = Block(
        id="note",
        text="This is not medical advice. It is a myth that it cures anything.",
        role=Role.DISCLAIMER,
    )
    alone = check_page(Page(locale="en", blocks=(body,)), profile=profile)

    together = check_page(Page(locale="en", blocks=(body, disclaimer)), profile=profile)

    assert together.findings == alone.findings


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=50, deadline=None)
def test_the_cache_changes_nothing(texts: list[str]) -> None:
    blocks = tuple(Block(id=str(i), text=text) for i, text in enumerate(texts))
    page = Page(locale="en", blocks=blocks)
    cache = ClaimCache(max_blocks=2)

    reports = [check_page(page, cache=cache) for _ in range(2)]

    assert reports == [check_page(page)] * 2
    assert len(cache) <= 2


@pytest.mark.parametrize("locale", ["de", "fr-CA", "es", "", "zh_Hans", "eng"])
def test_another_language_is_not_checked_and_never_passed(locale: str) -> None:
    report = check_text("Acupuncture cures back pain.", locale=locale)

    assert report.status is Status.NOT_CHECKED
    assert report.findings == ()


@pytest.mark.parametrize("locale", ["en", "en-GB", "en_US", "EN"])
def test_english_of_any_country_is_checked(locale: str) -> None:
    report = check_text("Acupuncture cures back pain.", locale=locale)

    assert report.status is Status.CHECKED
    assert report.worst is Severity.BLOCK


HOSTILE = [
    "a", "a ", "a. ", "1", "1 ", "\x00", "\ud800", "\u200b", "é", "'", "n't ", '"', "-", " - ", "\n", "<p>", "🩺",
    "no ", "not ", "cure ", "cures pain ", "pain ", "it ", "%", "...", "a b ", "A.B.", "Acupuncture cures pain forever. ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_a_long_text_of_anything_is_answered_in_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        check_text(text)
        return time.process_time() - started

    small, large = seconds(20_000), seconds(80_000)

    assert large < max(8 * small, 1.0)


def test_findings_of_a_block_do_not_depend_on_its_id() -> None:
    block = Block(id="a", text="Acupuncture cures back pain.")

    first, second = (
        check_block(each, BASE, Profile.EDITORIAL)
        for each in (block, replace(block, id="b"))
    )

    assert [f.block_id for f in first] == ["a"] * len(first)
    assert tuple(replace(f, block_id="b") for f in first) == second
