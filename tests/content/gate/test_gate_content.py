"""What the gate reads in a page's words and sections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.content_digest import content_digest
from health_content.gate_content import (
    alt_faults,
    aspects_of,
    consent_faults,
    dose_faults,
    effective_tier,
    has_aspect,
    has_urgent_card,
    heading_faults,
    is_risk_unconfirmed,
    noninvasive_faults,
    overstated_faults,
    table_faults,
    title_faults,
    video_faults,
)
from health_content.gate_facts import Fault, Risk, RiskTier
from health_content.health_aspects import missing_aspects
from health_content.readability import readability


def section(aspect: str) -> dict[str, Any]:
    return {
        "type": "section",
        "id": "s",
        "value": {"health_aspect": aspect, "blocks": []},
    }


# Digest


def test_digest_ignores_what_nobody_reads() -> None:
    def stream(key: str) -> dict[str, Any]:
        text = f'<p data-block-key="{key}">Back <b id="x">pain</b></p>'
        item = {"type": "item", "id": key, "value": {"label": "A", "text": text}}
        block = {"type": "list", "id": key, "value": {"items": [item]}}
        return {"title": "T", "body": [block]}

    assert content_digest(stream("a1b2c")) == content_digest(stream("d3e4f"))


def test_digest_does_not_see_an_empty_paragraph() -> None:
    opened = {"introduction": '<p data-block-key="a1b2c"></p>'}

    assert content_digest(opened) == content_digest({"introduction": ""})


@pytest.mark.parametrize("empty", ["", None, False, [], {}, {"html": ""}])
def test_digest_takes_an_empty_field_for_an_absent_one(empty: Any) -> None:
    """A form sends every field, an importer those that hold something."""
    wrote = {"type": "step", "value": {"title": "Lie down"}}
    sent = {"type": "step", "id": "x", "value": {"title": "Lie down", "more": empty}}

    assert content_digest({"body": [wrote]}) == content_digest({"body": [sent]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "A"}, {"title": "B"}),
        ({"title": "A"}, {"summary": "A"}),
        ({"body": ["a", "b"]}, {"body": ["b", "a"]}),
        ({"body": {"id": "1"}}, {"body": {"id": "2"}}),
        ({"body": {"id": 1, "value": 2, "key": 3}}, {"body": {"value": 2, "key": 3}}),
        ({"body": 1}, {"body": "1"}),
        ({"body": {"start": 0}}, {"body": {}}),
        ({"body": {"decorative": True}}, {"body": {}}),
    ],
)
def test_digest_tells_apart_what_is_said(one: Any, other: Any) -> None:
    assert content_digest(one) != content_digest(other)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "value", "id", "x"]), inner)
    ),
    max_leaves=12,
)


@given(JSON)
def test_digest_never_fails_and_is_stable(value: Any) -> None:
    digest = content_digest({"body": value})

    assert len(digest) == 64
    assert content_digest({"body": value}) == digest


# Risk


@pytest.mark.parametrize(
    ("chosen", "kind", "is_crisis", "expected"),
    [
        ("low", "news", False, RiskTier.LOW),
        ("low", "opinion", False, RiskTier.LOW),
        ("low", "treatment", False, RiskTier.STANDARD),
        ("low", "medicine", False, RiskTier.STANDARD),
        ("low", "", False, RiskTier.STANDARD),
        ("high", "news", False, RiskTier.HIGH),
        ("standard", "", False, RiskTier.STANDARD),
        ("no such risk", "news", False, RiskTier.STANDARD),
        ("low", "news", True, RiskTier.CRISIS),
        ("crisis", "", False, RiskTier.CRISIS),
    ],
)
def test_risk_is_never_below_what_the_subject_makes_it(
    chosen: str, kind: str, is_crisis: bool, expected: RiskTier
) -> None:
    assert effective_tier(chosen, content_kind=kind, is_crisis=is_crisis) is expected


# Sections


def test_aspects_that_are_missing_are_named_in_order() -> None:
    stream = [section("SymptomsHealthAspect"), section("OverviewHealthAspect")]

    found = set(aspects_of(stream))

    assert missing_aspects("condition", found) == ("Causes", "Treatments", "SeeDoctor")
    assert missing_aspects("news", found) == ()
    assert missing_aspects("", ()) == ()


def test_a_section_has_an_aspect() -> None:
    stream = [section("SideEffectsHealthAspect"), {"type": "quote", "value": "x"}]

    assert has_aspect(stream, {"SideEffects"})
    assert not has_aspect(stream, {"SeeDoctor"})
    assert not has_aspect([{"type": "section", "value": None}], {"SideEffects"})


def test_an_answer_has_an_aspect_too() -> None:
    asked = {"type": "item", "value": {"health_aspect": "SeeDoctorHealthAspect"}}
    stream = [{"type": "faq", "value": {"items": [asked, {"type": "item", "value": {}}]}}]  # fmt: skip

    assert has_aspect(stream, {"SeeDoctor"})
    assert not has_aspect(stream, {"SideEffects"})


# Images


@pytest.mark.parametrize(
    ("value", "is_fault"),
    [
        ({"image": {"image": 1, "alt_text": "A back"}}, False),
        ({"image": {"image": 1, "alt_text": " "}}, True),
        ({"image": {"image": 1, "decorative": True}}, False),
        ({"image": 1}, True),
        (None, True),
    ],
)
def test_images_without_a_description_are_found(value: Any, is_fault: bool) -> None:
    stream = [{"type": "image", "id": "i", "value": value}, {"type": "quote"}]

    expected = (Fault(code="alt_missing", block_id="i"),) if is_fault else ()
    assert alt_faults(stream) == expected


# Videos: WCAG 2.2, 1.2.2 and 1.2.3.


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ({"has_captions": True, "transcript": "<p>Bend.</p>"}, []),
        ({"has_captions": True, "transcript": "<p></p>"}, ["transcript_missing"]),
        ({"transcript": "<p>Bend.</p>"}, ["captions_missing"]),
        ({"has_captions": "on"}, ["captions_missing", "transcript_missing"]),
    ],
)
def test_videos_that_some_cannot_follow_are_found(value: Any, codes: list[str]) -> None:
    video = {"type": "video", "id": "v", "value": {"title": "Bending"} | value}

    found = video_faults([video, {"type": "quote", "value": {}}])

    assert found == tuple(
        Fault(code=code, text="Bending", block_id="v") for code in codes
    )


# Words


def test_noninvasive_is_found_in_every_spelling_once() -> None:
    texts = ["Non-invasive care.", "It is noninvasive, non invasive.", "Non-invasive"]

    assert [fault.text for fault in noninvasive_faults(texts)] == [
        "Non-invasive", "noninvasive", "non invasive",
    ]  # fmt: skip
    assert noninvasive_faults(["An invasive plant"]) == ()


def test_readability_counts_as_lix_does() -> None:
    # 11 words in 3 sentences, "Needles" and "briefly" are long: 11/3 + 200/11.
    found = readability(["The back is strong. Needles go in. They stay briefly there."])

    assert found is not None
    assert (round(found.lix, 2), found.long_sentences) == (21.85, 0)


def test_readability_counts_long_sentences() -> None:
    found = readability([" ".join(["word"] * 21) + ".", " ".join(["word"] * 20)])
    assert found is not None
    assert found.long_sentences == 1


def test_no_words_have_no_readability() -> None:
    assert readability([]) is None
    assert readability(["", "…", "!?"]) is None


# Blocks that state facts


def one(kind: str, **value: Any) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "value": "x"}, {"type": kind, "id": "b", "value": value}]  # fmt: skip


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (one("care_card", level="emergency"), True),
        (one("care_card", level="urgent"), True),
        (one("care_card", level="non_urgent"), False),
        (one("care_card"), False),
        (one("callout", tone="emergency"), True),
        (one("callout", tone="warning"), False),
        # Only a callout has a tone, and only a care card a level.
        (one("quote", tone="emergency", level="urgent"), False),
        ([], False),
    ],
)
def test_a_card_says_when_to_seek_help_at_once(stream: Any, expected: bool) -> None:
    assert has_urgent_card(stream) is expected


AGREED = {"consent_given_on": "2026-01-02", "consent_note": "register 12"}


@pytest.mark.parametrize(
    ("stream", "names"),
    [
        (one("personal_story", person="Sam"), ["Sam"]),
        (one("personal_story", person="Sam", is_fictional=True), []),
        (one("personal_story", person="Sam", **AGREED), []),
        (one("personal_story", person="Sam", **AGREED | {"consent_note": " "}), ["Sam"]),
        (one("personal_story", person="Sam", **AGREED | {"consent_given_on": None}), ["Sam"]),
        (one("image", caption="After"), []),
        (one("image", caption="After", shows_patient=True), ["After"]),
        (one("image", caption="After", shows_patient=True, is_fictional=True), ["After"]),
        (one("image", caption="After", shows_patient=True, **AGREED), []),
        (one("video", title="Her walk", shows_patient=True), ["Her walk"]),
        (one("video", title="Her walk", shows_patient=True, **AGREED), []),
        (one("video", title="Her walk"), []),
        (one("image", shows_patient=True), [""]),
        (one("quote", person="Sam"), []),
    ],
)  # fmt: skip
def test_people_are_shown_with_their_consent(stream: Any, names: list[str]) -> None:
    assert [fault.text for fault in consent_faults(stream)] == names


@pytest.mark.parametrize(
    ("finding", "certainty", "is_overstated"),
    [
        ("Needling eases pain.", "high", False),
        ("Needling eases pain.", "moderate", True),
        ("Needling probably eases pain.", "moderate", False),
        ("Needling probably eases pain.", "low", True),
        ("Needling may ease pain.", "low", False),
        ("Needling may ease pain.", "very_low", True),
        ("It is uncertain whether needling eases pain.", "very_low", False),
        ("Needling eases pain.", "", False),
        (" ", "low", False),
    ],
)
def test_a_finding_sounds_as_sure_as_it_is(
    finding: str, certainty: str, is_overstated: bool
) -> None:
    stream = one("evidence_summary", finding=finding, certainty=certainty)

    expected = (Fault(code="finding_overstated", text=finding, block_id="b"),)
    assert overstated_faults(stream, "en-GB") == (expected if is_overstated else ())
    assert overstated_faults(stream, "es") == ()


@pytest.mark.parametrize(
    ("kind", "dose", "expected"),
    [
        ("treatment", "<p>One a day</p>", ["Ibuprofen"]),
        ("medicine", "<p>One a day</p>", []),
        ("treatment", "<p></p>", []),
        ("", "", []),
    ],
)
def test_doses_belong_to_medicines(kind: str, dose: str, expected: list[str]) -> None:
    stream = one("medicine_info", generic_name="Ibuprofen", dose=dose)

    assert [fault.text for fault in dose_faults(kind, stream)] == expected


# What a page says of its risk

LOW, STANDARD, HIGH = RiskTier.LOW, RiskTier.STANDARD, RiskTier.HIGH


@pytest.mark.parametrize(
    ("now", "before", "is_lower"),
    [
        (("news", LOW), None, True),
        (("", STANDARD), None, False),
        (("news", STANDARD), None, False),
        (("news", LOW), ("news", LOW), True),
        (("news", LOW), ("news", STANDARD), True),
        (("treatment", STANDARD), ("treatment", HIGH), True),
        (("treatment", HIGH), ("treatment", STANDARD), False),
        (("treatment", STANDARD), ("condition", STANDARD), True),
        (("symptom", STANDARD), ("condition", STANDARD), False),
        (("news", STANDARD), ("medicine", STANDARD), True),
        (("", STANDARD), ("medicine", STANDARD), True),
        (("medicine", STANDARD), ("", STANDARD), False),
        (("opinion", STANDARD), ("news", STANDARD), False),
    ],
)
def test_what_asks_less_than_before_waits_for_a_reviewer(
    now: tuple[str, RiskTier], before: tuple[str, RiskTier] | None, is_lower: bool
) -> None:
    risk = Risk(content_kind=now[0], tier=now[1])
    public = Risk(content_kind=before[0], tier=before[1]) if before else None

    def waits(*confirmed: Risk) -> bool:
        return is_risk_unconfirmed(risk, public, confirmed, is_plain=False)

    assert waits() is is_lower
    assert not waits(Risk(tier=LOW), risk)
    assert waits(Risk(tier=LOW)) is is_lower


@pytest.mark.parametrize(
    ("now", "before", "waits"),
    [
        (("lifestyle", LOW), None, False),
        (("lifestyle", LOW), ("lifestyle", LOW), False),
        (("lifestyle", LOW), ("lifestyle", STANDARD), True),
        (("lifestyle", LOW), ("treatment", STANDARD), True),
        (("", STANDARD), ("", HIGH), True),
    ],
)
def test_a_plain_page_is_of_low_risk_unless_it_was_graver(
    now: tuple[str, RiskTier], before: tuple[str, RiskTier] | None, waits: bool
) -> None:
    risk = Risk(content_kind=now[0], tier=now[1])
    public = Risk(content_kind=before[0], tier=before[1]) if before else None

    assert is_risk_unconfirmed(risk, public, (), is_plain=True) is waits


# Headings, tables, titles


def titled(level: Any, heading: str = "Rest") -> dict[str, Any]:
    value = {"heading": heading, "level": level, "blocks": []}
    return {"type": "section", "id": f"s{level}", "value": value}


def rich(html: Any) -> dict[str, Any]:
    return {"type": "rich_text", "id": "r", "value": html}


@pytest.mark.parametrize(
    ("stream", "skipped"),
    [
        ([], []),
        ([titled("2"), rich("<h3>A</h3><p>x</p><h4>B</h4>"), titled("2"), rich("<h3>C</h3>")], []),
        ([titled("3", "Deep")], [("Deep", "s3")]),
        ([titled("2"), titled("3"), rich("<h4>A</h4>"), titled("2")], []),
        ([titled("2"), rich('<h4 data-block-key="k">A <b>bold</b></h4><h4>B</h4>')], [("A bold", "r")]),
        ([rich("<h3>First</h3>"), titled("2")], [("First", "r")]),
        ([titled(None), rich("<h3>A</h3>"), rich(None), {"type": "section", "id": "x", "value": None}], []),
    ],
)  # fmt: skip
def test_a_heading_that_skips_a_level_is_named(
    stream: list[dict[str, Any]], skipped: list[tuple[str, str]]
) -> None:
    found = heading_faults(stream)

    assert [(fault.text, fault.block_id) for fault in found] == skipped
    assert {fault.code for fault in found} <= {"heading_skipped"}


@pytest.mark.parametrize(
    ("table", "is_fault"),
    [
        ({"columns": [{"heading": "Effort"}, {"heading": "Minutes"}]}, False),
        ({"columns": [{"heading": "Effort"}, {"heading": " "}]}, True),
        ({"columns": [{"heading": "Effort"}, None]}, True),
        ({"columns": []}, True),
        ({}, True),
        (None, True),
    ],
)
def test_a_table_whose_columns_have_no_headings_is_named(
    table: Any, is_fault: bool
) -> None:
    block = {"type": "table", "id": "t", "value": {"caption": "Steps", "table": table}}
    fault = Fault(code="table_headings", text="Steps", block_id="t")

    assert table_faults([block, rich("<p>x</p>")]) == ((fault,) if is_fault else ())


@pytest.mark.parametrize(
    ("text", "titles", "found"),
    [
        ("Ask a licensed acupuncturist. A Licensed acupuncturist knows.", ["Registered acupuncturist"], ["licensed acupuncturist", "Licensed acupuncturist"]),
        ("Ask a licensed acupuncturist.", ["Licensed Acupuncturist (L.Ac.)"], []),
        ("Ask a licensed acupuncturist.", ["", " "], []),
        ("Ask a nurse.", ["Registered acupuncturist"], []),
        ("A state-licensed healer", ["Heilpraktiker"], ["state-licensed healer"]),
    ],
)  # fmt: skip
def test_a_title_that_the_law_does_not_know_is_named(
    text: str, titles: list[str], found: list[str]
) -> None:
    faults = title_faults([text], titles)

    assert [fault.text for fault in faults] == found


@pytest.mark.parametrize(
    "text", ["It is needle-free.", "It works without needles.", "No invasivo.", "Cura sin agujas."]
)  # fmt: skip
def test_what_goes_through_the_skin_is_not_free_of_needles(text: str) -> None:
    assert len(noninvasive_faults([text])) == 1
