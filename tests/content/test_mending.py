"""Sentences are exchanged or taken out wherever they stand, and what is around them stays; plans are read or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.mending import mend_content, says
from health_content.mending_plan import Mend, MendingPlan, PlanFault, Use, read_plan

Json = dict[str, Any]
BAD, GOOD = "It cures all.", "It may help."


def block(kind: str, value: Any) -> Json:
    return {"type": kind, "value": value, "id": "b1"}


def item(**value: Any) -> Json:
    return {"type": "item", "value": value, "id": "i1"}


@pytest.mark.parametrize(
    ("html", "exchanged", "removed"),
    [
        (f"<p>{BAD}</p>", f"<p>{GOOD}</p>", None),
        (f'<p data-block-key="a">Rest. {BAD} Sleep.</p>', f'<p data-block-key="a">Rest. {GOOD} Sleep.</p>', '<p data-block-key="a">Rest. Sleep.</p>'),
        (f"<p>Rest. {BAD}</p>", f"<p>Rest. {GOOD}</p>", "<p>Rest.</p>"),
        (f"<p>{BAD} Rest.</p><p>Sleep.</p>", f"<p>{GOOD} Rest.</p><p>Sleep.</p>", "<p>Rest.</p><p>Sleep.</p>"),
        ("<p>It <b>cures\n all</b>.</p>", f"<p>{GOOD}</p>", None),
        ("<p><b>It cures</b> all. Rest.</p>", f"<p>{'<b>'}{GOOD}</b> Rest.</p>", "<p>Rest.</p>"),
        ("<p>Rest. It cures <b>all. Sleep.</b></p>", f"<p>Rest. {GOOD}<b> Sleep.</b></p>", "<p>Rest. <b>Sleep.</b></p>"),
        ("<p>It cures<br/>all.</p>", "<p>It cures<br/>all.</p>", "<p>It cures<br/>all.</p>"),
        (f"<ul><li>{BAD}</li><li>Rest.</li></ul>", f"<ul><li>{GOOD}</li><li>Rest.</li></ul>", "<ul><li>Rest.</li></ul>"),
        (f"<p>Rest.</p><ul><li><i>{BAD}</i></li></ul>", f"<p>Rest.</p><ul><li><i>{GOOD}</i></li></ul>", "<p>Rest.</p>"),
        ('<p>It <a linktype="page" id="3">cures</a><br/></p><p>all.</p>', '<p>It <a linktype="page" id="3">cures</a><br/></p><p>all.</p>', '<p>It <a linktype="page" id="3">cures</a><br/></p><p>all.</p>'),
        (f"<p>{BAD}</p><p>{BAD} {BAD}</p><p>Rest.</p>", f"<p>{GOOD}</p><p>{GOOD} {GOOD}</p><p>Rest.</p>", "<p>Rest.</p>"),
        ('<p>It cures<embed alt="x"/> all.</p>', '<p>It cures<embed alt="x"/> all.</p>', '<p>It cures<embed alt="x"/> all.</p>'),
        (f"{BAD} Rest.", f"{GOOD} Rest.", "Rest."),
    ],
)  # fmt: skip
def test_a_sentence_is_exchanged_or_taken_out(
    html: str, exchanged: str, removed: str | None
) -> None:
    stream = [block("rich_text", html), block("rich_text", "<p>Stay.</p>")]

    after, _ = mend_content({"body": stream}, BAD, GOOD)
    without, _ = mend_content({"body": stream}, BAD, "")

    assert after["body"][0]["value"] == exchanged
    rest = [block("rich_text", removed)] if removed is not None else []
    assert without["body"] == [*rest, block("rich_text", "<p>Stay.</p>")]


def test_entities_are_read_as_readers_read_them_and_words_are_written_as_text() -> None:
    content = {"introduction": "<p>Salt &amp; water &#x27;cure&#x27; all &c;.</p>"}

    after, count = mend_content(
        content, "Salt & water 'cure' all &c;.", "2 < 3 & so on"
    )

    assert after == {"introduction": "<p>2 &lt; 3 &amp; so on</p>"}
    assert count == 1


def test_a_part_of_a_word_is_no_sentence() -> None:
    assert mend_content({"title": "Recures and cures"}, "cures", "eases") == (
        {"title": "Recures and eases"},
        1,
    )


def test_every_field_is_looked_through_and_ids_are_left_alone() -> None:
    content = {
        "title": BAD,
        "summary": f"Rest. {BAD}",
        "body": [{"type": BAD, "value": None, "id": BAD}],
        "level": 3,
    }

    after, count = mend_content(content, BAD, GOOD)

    assert after == content | {"title": GOOD, "summary": f"Rest. {GOOD}"}
    assert count == 2
    assert says(after, GOOD)
    assert not says(after, BAD)


@pytest.mark.parametrize("sentence", ["", "  "])
def test_nothing_is_nowhere(sentence: str) -> None:
    content = {"title": "A  title"}

    assert mend_content(content, sentence, GOOD) == (content, 0)


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (block("benefit_list", {"heading": "", "items": [item(title="Safety", body=f"<p>{BAD}</p>")]}), []),
        (block("section", {"heading": "Promise", "blocks": [block("rich_text", f"<p>{BAD}</p>")]}), []),
        (block("faq", {"heading": BAD, "items": [item(question="Why?", answer="<p>Rest.</p>")]}),
         [block("faq", {"heading": "", "items": [item(question="Why?", answer="<p>Rest.</p>")]})]),
        (block("care_card", {"title": "Go", "criteria": [{"type": "item", "value": BAD, "id": "i"}], "action": "<p>Ask.</p>"}),
         [block("care_card", {"title": "Go", "criteria": [], "action": "<p>Ask.</p>"})]),
    ],
)  # fmt: skip
def test_what_says_nothing_any_more_goes_too(value: Json, left: list[Json]) -> None:
    after, count = mend_content({"body": [value]}, BAD, "")

    assert after == {"body": left}
    assert count == 1


def test_a_title_and_its_text_are_one_sentence_in_two_fields() -> None:
    one = item(title="Safety", body=f"<p>{BAD}</p>")
    other = item(title="Relief", body="<p>Rest.</p>")
    content = {"body": [block("benefit_list", {"items": [one, other]})]}

    after, _ = mend_content(content, f"Safety: {BAD}", GOOD)
    titled, _ = mend_content(content, "Relief: and more", "Ease")
    whole, _ = mend_content({"title": f"Safety: {BAD}"}, f"Safety: {BAD}", GOOD)

    assert after["body"][0]["value"]["items"][0]["value"] == {"title": "Safety", "body": f"<p>{GOOD}</p>"}  # fmt: skip
    assert titled["body"][0]["value"]["items"][1]["value"]["title"] == "Ease"
    assert whole == {"title": GOOD}


WORDS = st.lists(st.sampled_from(["rest", "walk", "ask", "<b>bold</b>"]), min_size=1)


@given(before=WORDS, after=WORDS)
def test_what_is_around_a_sentence_stays(before: list[str], after: list[str]) -> None:
    start, end = " ".join(before), " ".join(after)
    html = f"<p>{start}. {BAD} {end}.</p>"

    without, _ = mend_content({"introduction": html}, BAD, "")

    assert without == {"introduction": f"<p>{start}. {end}.</p>"}


def test_a_plan_is_read() -> None:
    data = {
        "treatments": ["Acupuncture"],
        "mends": [
            {"sentence": " A. ", "use": "text", "text": "B."},
            {"sentence": "C.", "use": "remove", "note": "False."},
        ],
    }

    assert read_plan(json.dumps(data)) == MendingPlan(
        treatments=("Acupuncture",),
        mends=(
            Mend(sentence="A.", use=Use.TEXT, text="B."),
            Mend(sentence="C.", use=Use.REMOVE, note="False."),
        ),
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "the plan is no object"),
        ('{"mend": []}', "the plan has unknown keys: mend"),
        ('{"mends": {}}', "mends is no list"),
        ('{"references": [1]}', r"references\[0\] is no text"),
        ('{"mends": ["x"]}', r"mends\[0\] is no object"),
        ('{"mends": [{"use": "remove"}]}', r"mends\[0\].sentence is missing"),
        ('{"mends": [{"sentence": "x", "use": "burn"}]}', "is none of wording, attributed, text, remove"),
        ('{"mends": [{"sentence": "x", "use": "text"}]}', "goes with the use"),
        ('{"mends": [{"sentence": "x", "use": "remove", "text": "y"}]}', "goes with the use"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_with_the_place(data: str, fault: str) -> None:
    with pytest.raises(PlanFault, match=fault):
        read_plan(data)
