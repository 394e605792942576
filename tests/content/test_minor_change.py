"""What a reviewer may confirm without reading the page again: slips of the pen, and nothing that carries a statement."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from health_content.claims.gazetteer import with_names
from health_content.claims.loader import load_rule_base
from health_content.minor_change import Difference, find_differences, is_minor

Json = dict[str, Any]


def block(kind: str, value: Any) -> Json:
    return {"type": kind, "value": value, "id": "b1"}


def item(value: Any) -> Json:
    return {"type": "item", "value": value, "id": "i1"}


def content(html: str) -> Json:
    texts = ("title", "introduction", "summary", "conflict_statement", "seo_title", "search_description")  # fmt: skip
    lists: Json = {"disclaimers": [], "references": []}
    return dict.fromkeys(texts, "") | lists | {"body": [block("rich_text", html)]}


BASE = with_names(load_rule_base("en"), ["Moxibustion"], ["Xerotica"])
WORDS = st.sampled_from(
    "people rest nurse walk slowly leaflet knee garden asks water sleep page reader often house table paper".split()  # noqa: SIM905
)
SENTENCES = st.lists(WORDS, min_size=3, max_size=9)


def minor(before: str, after: str, **claims: Any) -> bool:
    return is_minor(content(before), content(after), BASE, **claims)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Rest at hoem.</p>", "<p>Rest at home.</p>"),
        ("<p>Teh leaflet helps.</p>", "<p>The leaflet helps.</p>"),
        ("<p>Read the the leaflet.</p>", "<p>Read the leaflet.</p>"),
        ("<p>Read the leaflet the leaflet.</p>", "<p>Read the leaflet.</p>"),
        ("<p>Ask a nurse if it stays.</p>", "<p>Ask the nurse, if it stays.</p>"),
        ("<p>Ask nurse.</p>", "<p>Ask a nurse.</p>"),
        ("<p>Please sit down.</p>", "<p>Sit down.</p>"),
        ("<p>They call it 'rest'.</p>", "<p>They call it “rest”.</p>"),
        ("<p>A re-filled bottle \u2013 for you.</p>", "<p>A re-filled bottle - for you.</p>"),
        ("<p>ask a nurse.</p>", "<p>Ask a nurse.</p>"),
        ("<p>A cafe.</p>", "<p>A café.</p>"),
        ("<p>Recomendations of a nurse.</p>", "<p>Recommendations of a nurse.</p>"),
        ("<p>Two  people &amp; a dog.</p>", "<p>Two people &amp; a dog.</p>"),
        ('<p data-block-key="a1">Wlak slowly.</p>', '<p data-block-key="b2">Walk slowly.</p>'),
        ('<p>See <a href="/x">the paeg</a>.</p>', '<p>See <a href="/x">the page</a>.</p>'),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_minor(before: str, after: str) -> None:
    assert minor(before, after)
    assert minor(after, before) or "the the" in before or "leaflet the" in before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Take 5 mg.</p>", "<p>Take 6 mg.</p>"),
        ("<p>Take 5 mg.</p>", "<p>Take 5 g.</p>"),
        ("<p>Take ½ of it.</p>", "<p>Take ¼ of it.</p>"),
        ("<p>Keep it at 5 °C.</p>", "<p>Keep it at -5 °C.</p>"),
        ("<p>It is &lt;5.</p>", "<p>It is &gt;5.</p>"),
        ("<p>Up to 1,5 parts.</p>", "<p>Up to 15 parts.</p>"),
        ("<p>It costs 5 €.</p>", "<p>It costs 5 $.</p>"),
        ("<p>Ask before meals.</p>", "<p>Ask after meals.</p>"),
        ("<p>Rest if it stays.</p>", "<p>Rest when it stays.</p>"),
        ("<p>It is good.</p>", "<p>It is not good.</p>"),
        ("<p>You can walk.</p>", "<p>You can't walk.</p>"),
        ("<p>You may walk.</p>", "<p>You must walk.</p>"),
        ("<p>Eat or drink.</p>", "<p>Eat and drink.</p>"),
        ("<p>Does it help?</p>", "<p>Does it help.</p>"),
        ("<p>It helps (much).</p>", "<p>It helps much.</p>"),
        ("<p>AIDS is known.</p>", "<p>Aids is known.</p>"),
        ("<p>Hypertension is known.</p>", "<p>Hypotension is known.</p>"),
        ("<p>They prescribe it.</p>", "<p>They proscribe it.</p>"),
        ("<p>It has an effect.</p>", "<p>It has an affect.</p>"),
        ("<p>Xerotica is known.</p>", "<p>Xerotics is known.</p>"),
        ("<p>Moxibustion is old.</p>", "<p>Moxibuston is old.</p>"),
        ("<p>Paracetamol is sold.</p>", "<p>Ibuprofen is sold.</p>"),
        ("<p>Read the leaflet.</p>", "<p>Read the leaflet carefully.</p>"),
        ("<p>Read it. Then rest.</p>", "<p>Read it.</p>"),
        ("<p>It is from milk.</p>", "<p>It is form milk.</p>"),
        ("<p>They must walk.</p>", "<p>They most walk.</p>"),
        ("<p>Read the cat cow.</p>", "<p>Read the car cow.</p>"),
        ("<p>Read the leaflet.</p>", "<p>Read the <b>leaflet</b>.</p>"),
        ("<p>Read it.</p>", "<h3>Read it.</h3>"),
        ('<p><a href="/x">Rest</a>.</p>', '<p><a href="/y">Rest</a>.</p>'),
        ('<p>Read <a href="/x">this page</a> now.</p>', '<p>Read this <a href="/x">page</a> now.</p>'),
        ('<p><a linktype="page" id="3">Rest</a></p>', '<p><a linktype="page" id="4">Rest</a></p>'),
    ],
)  # fmt: skip
def test_what_may_carry_a_statement_is_not_minor(before: str, after: str) -> None:
    assert not minor(before, after)
    assert not minor(after, before)


def test_a_claim_that_changes_comes_or_goes_is_not_minor() -> None:
    before, after = "<p>Wlak slowly.</p>", "<p>Walk slowly.</p>"

    assert minor(before, after, claims_before=frozenset("a"), claims_after=frozenset("a"))  # fmt: skip
    assert not minor(before, after, claims_before=frozenset("a"))
    assert not minor(before, after, claims_after=frozenset("a"))


@pytest.mark.parametrize(
    ("field", "before", "after", "expected"),
    [
        ("title", "Warm gadren", "Warm garden", True),
        ("summary", "Rest at hoem.", "Rest at home.", True),
        ("introduction", "<p>Rest at hoem.</p>", "<p>Rest at home.</p>", True),
        ("seo_title", "Warm gadren", "Warm garden", True),
        ("search_description", "Warm gadren", "Warm garden", True),
        ("conflict_statement", "Warm gadren", "Warm garden", False),
        ("disclaimers", [block("disclaimer", 1)], [block("disclaimer", 2)], False),
        ("disclaimers", [block("disclaimer", 1)], [], False),
        ("references", [block("reference", {"note": "Gadren"})], [block("reference", {"note": "Garden"})], False),
        ("title", "1", 1, False),
        ("title", None, "", True),
    ],
)  # fmt: skip
def test_each_field_has_its_own_weight(
    field: str, before: Any, after: Any, expected: bool
) -> None:
    old, new = content("<p>Rest.</p>"), content("<p>Rest.</p>")

    assert is_minor(old | {field: before}, new | {field: after}, BASE) is expected


HEADED = {"heading": "Gadren", "level": "2", "health_aspect": "", "blocks": []}
LISTED = {"heading": "", "introduction": "", "items": [item({"title": "Gadren", "body": "<p>x</p>"})]}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (block("section", HEADED), block("section", HEADED | {"heading": "Garden"}), True),
        (block("section", HEADED), block("section", HEADED | {"level": "3"}), False),
        (block("section", HEADED | {"standalone_safe": True}), block("section", HEADED), True),
        (block("image", {"decorative": True}), block("image", {"decorative": 1}), False),
        (block("section", HEADED | {"blocks": [block("rich_text", "<p>Gadren</p>")]}), block("section", HEADED | {"blocks": [block("rich_text", "<p>Garden</p>")]}), True),
        (block("step_list", LISTED), block("step_list", LISTED | {"items": [item({"title": "Garden", "body": "<p>x</p>"})]}), True),
        (block("step_list", LISTED), block("step_list", LISTED | {"items": []}), False),
        (block("step_list", LISTED), block("benefit_list", LISTED), False),
        (block("callout", {"tone": "info", "title": "Gadren"}), block("callout", {"tone": "info", "title": "Garden"}), True),
        (block("callout", {"tone": "info", "title": "Gadren"}), block("callout", {"tone": "emergency", "title": "Gadren"}), False),
        (block("quote", {"text": "Gadren"}), block("quote", {"text": "Garden"}), False),
        (block("image", {"caption": "Gadren", "image": {"alt_text": "x"}}), block("image", {"caption": "Garden", "image": {"alt_text": "x"}}), True),
        (block("image", {"image": {"alt_text": "Gadren"}}), block("image", {"image": {"alt_text": "Garden"}}), False),
        (block("table", {"table": {"data": [["Gadren"]]}}), block("table", {"table": {"data": [["Garden"]]}}), False),
        (block("unknown", "Gadren"), block("unknown", "Garden"), False),
        (block("disclaimer", 3), block("disclaimer", 4), False),
        (block("rich_text", "<p>x</p>") | {"id": "1"}, block("rich_text", "<p>x</p>") | {"id": "2"}, True),
        (block("image", {"caption": "x"}), block("image", {"caption": "x", "credit": "Ada"}), False),
        (block("image", {"caption": "x"}), block("image", {"caption": "x", "credit": ""}), True),
        (block("rich_text", ""), block("rich_text", "<p>x</p>"), False),
        (block("rich_text", ""), block("image", ""), False),
        (block("image", 1), block("image", True), False),
        (block("image", {"caption": "x"}), block("image", 3), False),
        (block("image", ["x"]), block("image", {"caption": "x"}), False),
    ],
)  # fmt: skip
def test_only_running_text_of_a_block_may_differ(
    before: Any, after: Any, expected: bool
) -> None:
    old, new = content("") | {"body": [before]}, content("") | {"body": [after]}

    assert is_minor(old, new, BASE) is expected
    assert (find_differences(old, new) is not None) is expected


@pytest.mark.parametrize("word", ["a", "an", "the", "that", "which", "also", "please"])  # fmt: skip
def test_little_words_may_come_and_go(word: str) -> None:
    assert minor("<p>People walk.</p>", f"<p>People {word} walk.</p>")
    assert minor(f"<p>People {word} walk.</p>", "<p>People walk.</p>")


LISTS = ("mechanism_list", "benefit_list", "approach_list", "step_list")
PLACES = [
    *((kind, key) for kind in LISTS for key in ("heading", "introduction")),
    ("section", "heading"),
    ("faq", "heading"),
    ("callout", "title"),
    ("callout", "body"),
    ("image", "caption"),
    ("table", "caption"),
    ("table", "notes"),
]
ITEMS = [
    *((kind, key) for kind in LISTS for key in ("title", "body")),
    ("faq", "question"),
    ("faq", "answer"),
]


@pytest.mark.parametrize(("kind", "key"), PLACES)
def test_running_text_stands_in_these_places(kind: str, key: str) -> None:
    old, new = ({"body": [block(kind, {key: text})]} for text in ("Gadren", "Garden"))

    assert is_minor(old, new, BASE)


@pytest.mark.parametrize(("kind", "key"), ITEMS)
def test_running_text_stands_in_these_places_of_items(kind: str, key: str) -> None:
    old, new = (
        {"body": [block(kind, {"items": [item({key: text})]})]}
        for text in ("Gadren", "Garden")
    )

    assert is_minor(old, new, BASE)


def test_a_review_that_kept_no_content_is_confirmed_by_nobody() -> None:
    assert not is_minor({}, content("<p>Rest.</p>"), BASE)
    assert find_differences({}, content("<p>Rest.</p>")) is None


def test_a_language_of_which_nothing_is_known_allows_no_little_words() -> None:
    from dataclasses import replace

    base = replace(BASE, locale="xx")

    assert not is_minor(content("<p>Ask a nurse.</p>"), content("<p>Ask the nurse.</p>"), base)  # fmt: skip
    assert is_minor(content("<p>Ask nures.</p>"), content("<p>Ask nurse.</p>"), base)


def test_what_differs_is_shown_sentence_by_sentence() -> None:
    before = content("<p>One is here. Rest at hoem. Walk.</p>")
    after = content("<p>One is here. Rest at home. Walk. Sleep.</p>")

    assert find_differences(before, before) == ()
    assert find_differences(before, after) == (
        Difference(before="Rest at hoem.", after="Rest at home."),
        Difference(before="", after="Sleep."),
    )


@given(SENTENCES, st.integers(0, 9), st.integers(0, 9), st.integers(0, 8))
def test_another_digit_is_never_minor(
    words: list[str], one: int, other: int, place: int
) -> None:
    assume(one != other)
    before, after = [*words], [*words]
    before.insert(place, f"1{one}")
    after.insert(place, f"1{other}")

    assert not minor(f"<p>{' '.join(before)}.</p>", f"<p>{' '.join(after)}.</p>")


@given(SENTENCES, st.sampled_from(["not", "never", "no", "without", "hardly"]), st.integers(0, 8))  # fmt: skip
def test_a_negation_is_never_minor(words: list[str], negator: str, place: int) -> None:
    after = [*words]
    after.insert(place, negator)
    before = f"<p>{' '.join(words)}.</p>"

    assert not minor(before, f"<p>{' '.join(after)}.</p>")
    assert not minor(f"<p>{' '.join(after)}.</p>", before)


@given(
    SENTENCES,
    st.sampled_from(["cancer", "diabetes", "migraine", "paracetamol", "acupuncture", "xerotica", "moxibustion"]),
    st.sampled_from(["asthma", "epilepsy", "ibuprofen", "cupping", "nurse", "cancr", "diabetse"]),
    st.integers(0, 8),
)  # fmt: skip
def test_another_name_of_a_condition_medicine_or_treatment_is_never_minor(
    words: list[str], one: str, other: str, place: int
) -> None:
    before, after = [*words], [*words]
    before.insert(place, one)
    after.insert(place, other)

    assert not minor(f"<p>{' '.join(before)}.</p>", f"<p>{' '.join(after)}.</p>")
    assert not minor(f"<p>{' '.join(after)}.</p>", f"<p>{' '.join(before)}.</p>")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared(one: str, other: str) -> None:
    old, new = content(f"<p>{one}</p>"), content(f"<p>{other}</p>")

    assert is_minor(old, old, BASE)
    assert is_minor(old, new, BASE) in {True, False}
    # A block with nothing in it is another block.
    is_same_shape = bool(one) == bool(other)
    assert (find_differences(old, new) is not None) is is_same_shape
