"""Names that readers take for the same: pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.names import has_title, is_mixed, name_skeleton


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Paypal", "PayPaI"),
        ("Ana", "Аnа"),
        ("José", "jose"),
        ("Corner", "Comer"),
        ("Wilson", "VViIson"),
        ("clara", "Dara"),
        ("M A R Í A", "maria"),
        ("Ｍaria", "Maria"),
    ],
)
def test_look_alikes_have_one_skeleton(name, other):
    assert name_skeleton(name) == name_skeleton(other)


def test_different_names_have_different_skeletons():
    names = ["Ana", "Anna", "Ena", "María", "Mario", "Juan", "Ивана", "王芳", "王方"]

    assert len({name_skeleton(name) for name in names}) == len(names)
    assert name_skeleton(" .- ") == ""


@given(st.text())
def test_skeleton_has_letters_and_digits_only(name):
    assert all(c.isalnum() for c in name_skeleton(name))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dr. Rosa", True),
        ("dra rosa", True),
        ("Rosa, MD", True),
        ("Rosa RN", True),
        ("Enfermera Rosa", True),
        ("Drew", False),
        ("Rosa", False),
        ("Amd", False),
    ],
)
def test_titles(name, expected):
    assert has_title(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mаria", True),
        ("Maria", False),
        ("Мария", False),
        ("Мария Smith", False),
        ("王 Ana", False),
        ("Ana2", False),
    ],
)
def test_scripts_side_by_side_in_a_word(name, expected):
    assert is_mixed(name) is expected
