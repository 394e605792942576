"""Blocks that state facts: what the editor's form accepts, and what Wagtail's APIs give and read back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from health_content import blocks
from health_content.content_digest import content_digest
from tests import factories
from tests.content.test_blocks import BODY, errors_of, value_of


def stat(**values: Any) -> Any:
    told = {"population": "adults", "statement": "had it", "period": "in a year", "evidence": []}  # fmt: skip
    return value_of("stat", told | values)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"numerator": 101, "denominator": 100}, {"numerator", "evidence"}),
        ({"numerator": -1, "denominator": 100}, {"numerator", "evidence"}),
        ({"numerator": 0, "denominator": 0}, {"denominator", "evidence"}),
        ({"numerator": None, "denominator": None}, {"numerator", "denominator", "evidence"}),
    ],
)  # fmt: skip
def test_numbers_that_make_no_sense_are_refused(values: Any, fields: set[str]) -> None:
    found = set(errors_of(BODY.child_blocks["stat"], stat(**values)))

    assert found <= fields
    assert found & {"numerator", "denominator", "evidence"}


@pytest.mark.django_db
def test_more_people_than_there_are_is_refused_in_drafts_too() -> None:
    block = blocks.StatBlock()
    evidence = [factories.item(factories.reference().pk, "e")]
    value = block.to_python(
        {"numerator": 101, "denominator": 100, "population": "adults", "statement": "had it", "period": "in a year", "evidence": evidence}
    )  # fmt: skip

    assert list(errors_of(block, value)) == ["numerator"]
    with pytest.raises(blocks.figures.StructBlockValidationError):
        block.clean_deferred(value)


@pytest.mark.django_db
@pytest.mark.parametrize(("few", "many"), [(0, 1), (3, 100), (100, 100)])
def test_numbers_of_people_are_accepted(few: int, many: int) -> None:
    evidence = [factories.item(factories.reference().pk, "e")]
    value = stat(numerator=few, denominator=many, evidence=evidence)

    cleaned = BODY.child_blocks["stat"].clean(value)

    assert (cleaned["numerator"], cleaned["denominator"]) == (few, many)


@pytest.mark.django_db
def test_a_draft_may_hold_an_unfinished_figure() -> None:
    block = blocks.StatBlock()

    value = block.to_python({"statement": "had it", "evidence": []})

    assert block.clean_deferred(value)["statement"] == "had it"


@pytest.mark.parametrize("name", ["stat", "evidence_summary"])
def test_figures_and_findings_need_a_source(name: str) -> None:
    errors = errors_of(BODY.child_blocks[name], value_of(name, {"evidence": []}))

    assert "evidence" in errors


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("personal_story", {"body": "<p>x</p>", "person": "Sam"}),
        ("image", {"image": None, "shows_patient": True}),
        ("video", {"url": "", "shows_patient": True}),
    ],
)
def test_nobody_agrees_tomorrow(name: str, data: Any) -> None:
    block = type(BODY.child_blocks[name])()
    tomorrow = timezone.localdate() + timedelta(days=1)
    value = block.to_python(data | {"consent_given_on": tomorrow.isoformat()})

    with pytest.raises(blocks.stories.StructBlockValidationError) as caught:
        block.clean_deferred(value)

    assert list(caught.value.block_errors) == ["consent_given_on"]


def test_today_is_early_enough() -> None:
    block = BODY.child_blocks["personal_story"]
    today = timezone.localdate()
    value = block.to_python(
        {"body": "<p>x</p>", "person": "Sam", "consent_given_on": today.isoformat()}
    )

    assert block.clean(value)["consent_given_on"] == today


def test_a_day_has_a_digest_before_it_is_stored() -> None:
    """A form gives a day as a day; what the database keeps, and a review is bound to, is text."""
    block = BODY.child_blocks["personal_story"]
    data = {"body": "<p>x</p>", "person": "Sam", "is_fictional": False, "consent_given_on": "2026-01-02", "consent_note": ""}  # fmt: skip

    prepared = block.get_prep_value(block.to_python(data))

    assert prepared == data
    assert content_digest({"body": prepared}) == content_digest({"body": data})


def test_where_consent_is_kept_is_not_searched() -> None:
    value = value_of(
        "personal_story",
        {"body": "<p>Words</p>", "person": "Sam", "consent_note": "register 12"},
    )

    content = BODY.child_blocks["personal_story"].get_searchable_content(value)

    assert "Words" in content
    assert "register 12" not in content


@pytest.mark.django_db
def test_what_an_api_gave_can_be_sent_again() -> None:
    reference = factories.reference()
    evidence = [factories.item(reference.pk, "e")]
    listed = {"title": "A", "body": "<p>x</p>", "evidence": evidence}

    def of_list(kind: str, **item: Any) -> Any:
        items = [factories.item(listed | item, kind)]
        return factories.block(kind, {"heading": "", "introduction": "", "items": items})  # fmt: skip

    stored = [
        of_list("mechanism_list", status="plausible"),
        of_list("benefit_list"),
        of_list("risks", frequency="rare"),
        factories.block("care_card", {"level": "urgent", "title": "Go", "criteria": [factories.item("fever", "c")], "action": ""}),
        factories.block("stat", {"numerator": 3, "denominator": 100, "population": "adults", "statement": "had it", "period": "a year", "evidence": evidence}),
        factories.block("evidence_summary", {"question": "Q?", "finding": "May.", "certainty": "low", "effect": "", "studies": 2, "participants": None, "evidence": evidence}),
        factories.block("personal_story", {"body": "<p>x</p>", "person": "Sam", "is_fictional": False, "consent_given_on": "2026-01-02", "consent_note": "12"}),
        factories.block("medicine_info", {"generic_name": "Ibuprofen", "form": "gel", "availability": "pharmacy", "dose": ""}),
    ]  # fmt: skip
    value = BODY.to_python(stored)

    given = json.loads(json.dumps(BODY.get_api_representation(value), default=str))
    again = BODY.get_prep_value(BODY.clean(BODY.to_python(given)))

    assert given[0]["value"]["items"][0]["evidence"] == [reference.pk]
    assert given[3]["value"]["criteria"] == ["fever"]
    assert content_digest({"body": again}) == content_digest(
        {"body": BODY.get_prep_value(value)}
    )
