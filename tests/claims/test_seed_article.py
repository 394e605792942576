"""What the checker says of the reference article, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from health_content.claims import Profile, Severity, check_page
from health_content.claims_source import page_of_source
from health_content.importers.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from health_content.claims import Report

INFO, WARN, BLOCK = Severity.INFO, Severity.WARN, Severity.BLOCK

# Source line, category (in short), severity in the editorial profile.
EXPECTED = [
    (1, "cure_absolute", WARN),  # a promise in the title
    (3, "miracle_language", INFO),  # "may be the solution"
    (7, "miracle_language", INFO),  # "ancient Chinese practice"
    (7, "mechanism", WARN),  # "restore the balance of energy or qi"
    (9, "cure_absolute", INFO),  # the heading presupposes that it works
    (11, "cure_absolute", WARN),  # "can effectively relieve"
    (13, "mechanism", WARN),  # endorphins
    (15, "proof_overclaim", WARN),  # "has been shown to"
    (15, "mechanism", WARN),
    (17, "mechanism", WARN),  # muscle spasms
    (19, "mechanism", WARN),  # blood flow
    (21, "mechanism", WARN),  # pain signals
    (25, "endorsement", INFO),  # "licensed" differs by country
    (27, "safety_absolute", WARN),  # "generally painless"
    (29, "mechanism", WARN),  # "facilitate the healing process"
    (31, "safety_absolute", WARN),  # benefits without risks
    (35, "disparage_conventional", WARN),
    (35, "mechanism", WARN),  # "underlying causes"
    (37, "safety_absolute", WARN),  # "non-invasive"
    (39, "safety_absolute", INFO),  # an acceptable hedge
    (41, "mechanism", INFO),  # "underlying imbalances"
    (47, "disease_claim", INFO),
    (49, "disease_claim", INFO),
    (51, "disease_claim", INFO),
    (53, "disease_claim", INFO),
    (55, "disease_claim", INFO),
    (59, "safety_absolute", BLOCK),  # "safe and effective"
    (59, "cure_absolute", BLOCK),  # "long-lasting relief"
    (59, "mechanism", WARN),
    (65, "mechanism", WARN),
    (68, "cure_absolute", WARN),  # stronger than the article itself
    (71, "mechanism", WARN),
    (74, "mechanism", WARN),  # "restore balance and promote healing"
]


@pytest.fixture(scope="module")
def report(seed_article: Path) -> Report:
    return check_page(page_of_source(read_text(seed_article.read_bytes())))


@pytest.mark.parametrize(
    ("line", "category", "severity"), EXPECTED, ids=lambda value: str(value)
)
def test_line_has_its_finding(
    report: Report, line: int, category: str, severity: Severity
) -> None:
    found = {
        finding.severity
        for finding in report.findings
        if finding.block_id == str(line) and finding.category == category
    }

    assert severity in found, found
    assert max(found, key=lambda each: each.rank) is severity


def test_disclaimer_has_no_finding(report: Report) -> None:
    assert [f for f in report.findings if f.block_id in {"61", "62"}] == []


def test_sentence_about_meridians_is_attributed_and_so_passes(report: Report) -> None:
    found = [f for f in report.findings if "meridians" in f.sentence]

    assert {f.severity for f in found} <= {INFO}


def test_sensory_claim_passes(report: Report) -> None:
    assert [f for f in report.findings if "soothing" in f.sentence] == []


def test_only_the_last_paragraph_blocks(report: Report) -> None:
    blocked = {f.block_id for f in report.findings if f.severity is BLOCK}

    assert blocked == {"59"}


def test_repeated_mechanisms_name_the_first_place(report: Report) -> None:
    repeated = [
        f for f in report.findings if f.block_id == "59" and f.category == "mechanism"
    ]

    assert [f.repeated_from for f in repeated] == ["7"]


def test_clinic_may_not_say_that_circulation_improves(seed_article: Path) -> None:
    """CAP does not accept it for acupuncture."""
    page = page_of_source(read_text(seed_article.read_bytes()))

    report = check_page(page, profile=Profile.UK_CLINIC)

    assert {
        f.severity
        for f in report.findings
        if f.block_id == "19" and f.category == "mechanism"
    } == {BLOCK}
