"""Whether a reviewer knows the subject of a page, and whether an interest of theirs is one that the page shares."""

from __future__ import annotations

import pytest

from health_content.reviewer_fit import (
    Declaration,
    Stakes,
    is_specialty_fit,
    shared_interests,
)

PAID = Declaration(text="Paid for lectures by Needle Works Ltd")
PARTY = Declaration(text="Shares", parties=("Needle Works", "NW"))


@pytest.mark.parametrize(
    ("own", "stakes", "shared"),
    [
        (PAID, Stakes(), ()),
        (PAID, Stakes(sponsor="A foundation"), ()),
        (PAID, Stakes(sponsor="Needle Works Ltd"), ("Needle Works Ltd",)),
        (PAID, Stakes(sponsor=" needle-works  LTD "), ("needle-works  LTD",)),
        (PAID, Stakes(sponsor="Needle"), ("Needle",)),
        (PAID, Stakes(sponsor="Need"), ()),
        (PAID, Stakes(sponsor="Needle Works Limited"), ()),
        (PARTY, Stakes(sponsor="Needle Works Limited"), ("Needle Works",)),
        (PARTY, Stakes(sponsor="NW Group"), ()),
        (Declaration(text="Employed by the NHS"), Stakes(sponsor="NHS"), ("NHS",)),
        (PAID, Stakes(treatments=("Acupuncture", "Needles")), ()),
        (Declaration(text="Teaches acupuncture"), Stakes(treatments=("Acupuncture", "Needling")), ("Acupuncture",)),
        (Declaration(text="Sells remedies", parties=("Homöopathie",)), Stakes(treatments=("Homoopathie",)), ("Homoopathie",)),
        (PARTY, Stakes(declared=(Declaration(text="Owns Needle Works"),)), ("Needle Works",)),
        (PAID, Stakes(declared=(Declaration(text="Owns shares", parties=("Needle Works Ltd",)),)), ("Needle Works Ltd",)),
        (PAID, Stakes(declared=(Declaration(text="Paid for lectures by Needle Works Ltd"),)), ()),
        (PARTY, Stakes(sponsor="Needle Works", declared=(Declaration(text="x", parties=("needle works",)),)), ("Needle Works",)),
    ],
)  # fmt: skip
def test_interests_are_shared_by_name(
    own: Declaration, stakes: Stakes, shared: tuple[str, ...]
) -> None:
    assert shared_interests([own], stakes) == shared


def test_who_declares_nothing_shares_nothing() -> None:
    assert shared_interests([], Stakes(sponsor="Needle Works")) == ()


@pytest.mark.parametrize(
    ("specialties", "subjects", "fits"),
    [
        ([], [], True),
        (["Dermatology"], [], True),
        ([], ["Back pain"], False),
        (["Dermatology"], ["Back pain"], False),
        (["Back pain"], ["Chronic low back pain"], True),
        (["Chronic low back pain"], ["Back pain"], True),
        (["Musculoskeletal medicine"], ["Eczema", "Musculoskeletal"], True),
        (["Dermatology", "Sports medicine"], ["Sports"], True),
        (["Medicine"], ["Back pain"], False),
        (["Medicine"], ["Health"], False),
        (["Nutrition"], ["Nutritionists"], False),
        *[
            ([each], ["Eczema"], True)
            for each in (
                "General practice", "General practitioner", "Family medicine", "General medicine", "Primary care",
                "Medicina de familia", "Medicina general", "Atención primaria",
            )
        ],
        (["Dolor de espalda"], ["dolor espalda crónico"], True),
    ],
)  # fmt: skip
def test_a_specialty_fits_what_it_names(
    specialties: list[str], subjects: list[str], fits: bool
) -> None:
    assert is_specialty_fit(specialties, subjects) is fits
