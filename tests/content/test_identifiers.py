"""Identifiers of people and conditions: what their check digits and shapes allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.identifiers import (
    parse_icd10,
    parse_icd11,
    parse_mesh,
    parse_orcid,
    parse_snomed,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The examples of ORCID's "Structure of the ORCID Identifier".
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0001-5109-3700/ ", "0000-0001-5109-3700"),
        ("orcid: 0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("0000000218250097", None),
        ("", None),
        ("\u0660\u0660\u0660\u0660-0002-1825-0097", None),
    ],
)
def test_orcid(text: str, found: str | None) -> None:
    assert parse_orcid(text) == found


@given(digit=st.integers(0, 9), place=st.integers(0, 15))
def test_a_changed_digit_makes_an_orcid_none(digit: int, place: int) -> None:
    digits = "0000000218250097"
    changed = digits[:place] + str(digit) + digits[place + 1 :]
    grouped = "-".join(changed[i : i + 4] for i in range(0, 16, 4))

    assert (parse_orcid(grouped) is None) == (changed != digits)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Low back pain, headache, migraine: concepts that SNOMED International's browser shows.
        ("279039007", "279039007"),
        ("25064002", "25064002"),
        (" 37796009 ", "37796009"),
        ("279039008", None),  # Another check digit.
        ("279039018", None),  # A description, not a concept.
        ("12345", None),
        ("0279039007", None),
        ("M54.5", None),
    ],
)
def test_snomed(text: str, found: str | None) -> None:
    assert parse_snomed(text) == found


@pytest.mark.parametrize(
    ("parse", "text", "found"),
    [
        (parse_icd10, "m54.5", "M54.5"),
        (parse_icd10, "G43", "G43"),
        (parse_icd10, "S72.001A", "S72.001A"),
        (parse_icd10, "54.5", None),
        (parse_icd10, "M54.", None),
        (parse_icd11, "ME84.2", "ME84.2"),
        (parse_icd11, "8a80", "8A80"),
        (parse_icd11, "FA01.00", "FA01.00"),
        (parse_icd11, "M54.5", None),
        (parse_icd11, "MO84", None),
        (parse_mesh, "D017116", "D017116"),
        (parse_mesh, "http://id.nlm.nih.gov/mesh/D001416", "D001416"),
        (parse_mesh, "D0171161", None),
        (parse_mesh, "Back pain", None),
    ],
)
def test_codes(parse, text: str, found: str | None) -> None:
    assert parse(text) == found
