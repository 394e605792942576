"""Names that readers take for the same, and sealed addresses: pure functions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.names import has_title, is_mixed, name_skeleton
from comments.sealing import NONCE_LENGTH, SealError, seal, unseal

KEY = b"k" * 32


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


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")),
    st.binary(min_size=NONCE_LENGTH, max_size=NONCE_LENGTH),
)
def test_sealed_text_comes_back(text, nonce):
    assert unseal(seal(text, key=KEY, nonce=nonce), key=KEY) == text


def test_sealed_text_is_hidden_padded_and_guarded():
    sealed = seal("ana@example.org", key=KEY, nonce=b"n" * 16)
    other = seal("bob.longer@example.org", key=KEY, nonce=b"m" * 16)

    assert len(sealed) == len(other)
    assert "ana" not in sealed
    middle = len(sealed) // 2
    swapped = "B" if sealed[middle] == "A" else "A"
    changed = sealed[:middle] + swapped + sealed[middle + 1 :]
    for wrong in (changed, "", "x", "ä", sealed[:-4]):
        with pytest.raises(SealError):
            unseal(wrong, key=KEY)
    with pytest.raises(SealError):
        unseal(sealed, key=b"another")
    with pytest.raises(SealError):
        seal("x", key=KEY, nonce=b"short")
