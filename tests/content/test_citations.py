"""Citations in the two styles, against what the styles' own guides print, and CSL-JSON against its schema."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.citations import (
    format_ama,
    format_vancouver,
    pages_full,
    pages_short,
)
from health_content.csl import (
    author_line,
    csl_clean,
    csl_faults,
    csl_url,
    date_parts,
    parse_author,
)

Csl = dict[str, Any]


def people(*lines: str) -> list[Csl]:
    return [parse_author(line) for line in lines]


def issued(*parts: int) -> Csl:
    return {"date-parts": [list(parts)]}


# ICMJE, "Samples of Formatted References": articles 1 (optional removal of month and issue), more than six authors,
# organization as author, book with authors, web site.
HALPERN = {
    "type": "article-journal",
    "title": "Solid-organ transplantation in HIV-infected patients",
    "author": people("Halpern, Scott D.", "Ubel, Peter A.", "Caplan, Arthur L."),
    "container-title": "The New England Journal of Medicine",
    "container-title-short": "N Engl J Med",
    "issued": issued(2002, 7, 25),
    "volume": "347",
    "issue": "4",
    "page": "284-287",
}
ROSE = {
    "type": "article-journal",
    "title": "Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury",
    "author": people(
        "Rose ME", "Huerbin MB", "Melick J", "Marion DW", "Palmer AM", "Schiding JK", "Kochanek PM", "Graham SH",
    ),
    "container-title": "Brain Res",
    "issued": issued(2002),
    "volume": 935,
    "issue": "1-2",
    "page": "40-46",
}  # fmt: skip
DIABETES = {
    "type": "article-journal",
    "title": "Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance",
    "author": people("Diabetes Prevention Program Research Group"),
    "container-title": "Hypertension",
    "issued": issued(2002),
    "volume": "40",
    "issue": "5",
    "page": "679-86",
}
MURRAY = {
    "type": "book",
    "title": "Medical microbiology",
    "author": people("Murray PR", "Rosenthal KS", "Kobayashi GS", "Pfaller MA"),
    "edition": "4",
    "publisher": "Mosby",
    "publisher-place": "St. Louis",
    "issued": issued(2002),
}
VICKERS = {
    "type": "article-journal",
    "title": "Acupuncture for chronic pain: update of an individual patient data meta-analysis",
    "author": people(
        "Vickers AJ", "Vertosick EA", "Lewith G", "MacPherson H", "Foster NE", "Sherman KJ", "Irnich D", "Witt CM",
        "Linde K",
    ),
    "container-title-short": "J Pain",
    "issued": issued(2018, 5),
    "volume": "19",
    "issue": "5",
    "page": "455-474",
    "DOI": "10.1016/j.jpain.2017.11.005",
    "PMID": "29198932",
}  # fmt: skip
WHO = {
    "type": "webpage",
    "title": "Low back pain",
    "author": people("World Health Organization"),
    "container-title": "WHO fact sheets",
    "issued": issued(2023, 6, 19),
    "accessed": issued(2026, 11, 30),
    "URL": "https://www.who.int/news-room/fact-sheets/detail/low-back-pain",
}


@pytest.mark.parametrize(
    ("csl", "text"),
    [
        (HALPERN, "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002;347(4):284-7."),
        (ROSE, "Rose ME, Huerbin MB, Melick J, Marion DW, Palmer AM, Schiding JK, et al. Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-6."),
        (DIABETES, "Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance. Hypertension. 2002;40(5):679-86."),
        (MURRAY, "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. St. Louis: Mosby; 2002."),
        (VICKERS, "Vickers AJ, Vertosick EA, Lewith G, MacPherson H, Foster NE, Sherman KJ, et al. Acupuncture for chronic pain: update of an individual patient data meta-analysis. J Pain. 2018;19(5):455-74. doi: 10.1016/j.jpain.2017.11.005. PubMed PMID: 29198932."),
        (WHO, "World Health Organization. Low back pain [Internet]. WHO fact sheets; 2023 Jun 19 [cited 2026 Nov 30]. Available from: https://www.who.int/news-room/fact-sheets/detail/low-back-pain"),
    ],
    ids=["article", "many authors", "organization", "book", "doi", "web"],
)  # fmt: skip
def test_vancouver(csl: Csl, text: str) -> None:
    assert format_vancouver(csl) == text


@pytest.mark.parametrize(
    ("csl", "text"),
    [
        (HALPERN, "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002;347(4):284-287."),
        (ROSE, "Rose ME, Huerbin MB, Melick J, et al. Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury. Brain Res. 2002;935(1-2):40-46."),
        (DIABETES, "Diabetes Prevention Program Research Group. Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance. Hypertension. 2002;40(5):679-686."),
        (MURRAY, "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. Mosby; 2002."),
        (VICKERS, "Vickers AJ, Vertosick EA, Lewith G, et al. Acupuncture for chronic pain: update of an individual patient data meta-analysis. J Pain. 2018;19(5):455-474. doi:10.1016/j.jpain.2017.11.005"),
        (WHO, "World Health Organization. Low back pain. WHO fact sheets. Published June 19, 2023. Accessed November 30, 2026. https://www.who.int/news-room/fact-sheets/detail/low-back-pain"),
    ],
    ids=["article", "many authors", "organization", "book", "doi", "web"],
)  # fmt: skip
def test_ama(csl: Csl, text: str) -> None:
    assert format_ama(csl) == text


@pytest.mark.parametrize(
    ("csl", "ama", "vancouver"),
    [
        ({"type": "document", "title": "Alone?"}, "Alone?", "Alone?"),
        (
            {"type": "book", "title": "Pain", "editor": people("Wall PD"), "edition": "Revised edition", "publisher": "Press"},
            "Wall PD, editor. Pain. Revised edition. Press.",
            "Wall PD, editor. Pain. Revised edition. Press.",
        ),
        (
            {"type": "book", "title": "Pain", "editor": people("Wall PD", "Melzack R"), "edition": "22", "publisher-place": "London"},
            "Wall PD, Melzack R, editors. Pain. 22nd ed.",
            "Wall PD, Melzack R, editors. Pain. 22nd ed. London.",
        ),
        (
            {"type": "article-journal", "title": "T", "container-title": "J", "issued": issued(2024, 3), "number": "e12", "URL": "https://j.example/12", "accessed": issued(2024, 4)},
            "T. J. 2024:e12. Accessed April 2024. https://j.example/12",
            "T. J [Internet]. 2024 Mar [cited 2024 Apr]:e12. Available from: https://j.example/12",
        ),
        (
            {"type": "article-journal", "title": "T", "container-title": "J", "volume": "3", "author": people("van der Berg, Jean-Paul", "King ML Jr")},
            "van der Berg JP, King ML Jr. T. J. 3.",
            "van der Berg JP, King ML Jr. T. J. 3.",
        ),
        ({"type": "article-journal", "title": "T", "page": "e1"}, "T. e1.", "T. e1."),
        (
            {"type": "webpage", "title": "T", "URL": "https://a.example/", "issued": issued(2024), "accessed": issued(2025)},
            "T. Published 2024. Accessed 2025. https://a.example/",
            "T [Internet]. 2024 [cited 2025]. Available from: https://a.example/",
        ),
        ({"type": "report", "title": "T", "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "Anna"}], "publisher": "P", "edition": "1"}, "van den Berg A. T. P.", "van den Berg A. T. P."),
        ({"type": "webpage", "title": "T", "URL": "https://a.example/", "accessed": issued(2025, 1, 2)}, "T. Accessed January 2, 2025. https://a.example/", "T [Internet]. [cited 2025 Jan 2]. Available from: https://a.example/"),
    ],
)  # fmt: skip
def test_what_is_missing_leaves_no_mark(csl: Csl, ama: str, vancouver: str) -> None:
    assert format_ama(csl) == ama
    assert format_vancouver(csl) == vancouver


@pytest.mark.parametrize(
    ("given_pages", "full", "short"),
    [
        ("284-287", "284-287", "284-7"),
        ("284-7", "284-287", "284-7"),
        ("679\u201386", "679-686", "679-86"),
        ("99-101", "99-101", "99-101"),
        ("e316-e329", "e316-e329", "e316-e329"),
        ("e316-29", "e316-e329", "e316-e329"),
        ("455", "455", "455"),
        ("12-12", "12-12", "12-2"),
        ("12-5, 20-4", "12-15, 20-24", "12-5, 20-4"),
    ],
)
def test_pages(given_pages: str, full: str, short: str) -> None:
    assert pages_full(given_pages) == full
    assert pages_short(given_pages) == short


@pytest.mark.parametrize("number", range(1, 24))
def test_editions_are_counted(number: int) -> None:
    text = format_ama({"type": "book", "title": "T", "edition": str(number)})

    wanted = {
        1: "T.",
        2: "T. 2nd ed.",
        3: "T. 3rd ed.",
        11: "T. 11th ed.",
        12: "T. 12th ed.",
        13: "T. 13th ed.",
        21: "T. 21st ed.",
        22: "T. 22nd ed.",
        23: "T. 23rd ed.",
    }
    assert text == wanted.get(number, f"T. {number}th ed.")


# CSL-JSON.


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        (VICKERS, []),
        ([], [("", "object")]),
        (None, [("", "object")]),
        ({}, [("type", "type"), ("title", "required")]),
        ({"type": "book", "title": " "}, [("title", "required")]),
        ({"type": "book", "title": 3}, [("title", "required")]),
        ({"type": "book", "title": "T", "volume": True}, [("volume", "text")]),
        ({"type": "book", "title": "T", "page": "1" * 1001}, [("page", "text")]),
        ({"type": "book", "title": "T", "author": "Vickers"}, [("author", "names")]),
        ({"type": "book", "title": "T", "author": ["V"]}, [("author", "names")]),
        ({"type": "book", "title": "T", "author": [{"given": "A"}]}, [("author", "names")]),
        ({"type": "book", "title": "T", "author": [{"family": ["A"]}]}, [("author", "names")]),
        ({"type": "book", "title": "T", "issued": "2020"}, [("issued", "date")]),
        ({"type": "book", "title": "T", "issued": issued(2020, 13)}, [("issued", "date")]),
        ({"type": "book", "title": "T", "issued": {"date-parts": [[True]]}}, [("issued", "date")]),
        ({"type": "book", "title": "T", "DOI": "11.1/x", "PMID": "0", "URL": "javascript:alert(1)"}, [("DOI", "identifier"), ("PMID", "identifier"), ("URL", "identifier")]),
        ({"type": "book", "title": "T", "URL": "https://[x/"}, [("URL", "identifier")]),
        ({"type": "book", "title": "T", "URL": "https://a.example/\"x"}, [("URL", "identifier")]),
    ],
)  # fmt: skip
def test_shape(value: Any, faults: list[tuple[str, str]]) -> None:
    assert [(f.field, f.code) for f in csl_faults(value)] == faults


def test_what_a_reference_manager_adds_is_dropped() -> None:
    pasted = VICKERS | {
        "id": "http://zotero.org/users/1/items/ABC",
        "note": "private",
        "abstract": "long",
        "DOI": "https://doi.org/10.1016/j.jpain.2017.11.005",
        "issue": 5,
        "author": [
            {"family": "Vickers", "given": "Andrew J.", "isInstitution": "false"}
        ],
        "issued": {"raw": "2018-05"},
        "volume": "",
    }

    cleaned = csl_clean(pasted)

    assert cleaned["DOI"] == "10.1016/j.jpain.2017.11.005"
    assert cleaned["issue"] == "5"
    assert cleaned["issued"] == {"date-parts": [[2018, 5]]}
    assert cleaned["author"] == [{"family": "Vickers", "given": "Andrew J."}]
    assert {"note", "abstract", "id", "volume"}.isdisjoint(cleaned)
    assert csl_clean(cleaned) == cleaned
    assert csl_faults(cleaned) == []


@pytest.mark.parametrize(
    ("csl", "url"),
    [
        ({"URL": "https://a.example/", "DOI": "10.1000/182"}, "https://a.example/"),
        ({"DOI": "10.1000/1(2)<3>"}, "https://doi.org/10.1000/1%282%29%3C3%3E"),
        ({"PMID": "123"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({}, None),
    ],
)
def test_where_to_read_it(csl: Csl, url: str | None) -> None:
    assert csl_url(csl) == url


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (issued(2020), (2020,)),
        ({"date-parts": [["2020", "5"]]}, (2020, 5)),
        ({"raw": "2020-05-01"}, (2020, 5, 1)),
        ({"literal": "2020"}, (2020,)),
        ({"raw": "May 2020"}, ()),
        ({"raw": "2020-05-01-01"}, ()),
        ({"raw": ""}, ()),
        ({"date-parts": [[2020, "x"]]}, ()),
        ({"date-parts": [[]]}, ()),
        ({"date-parts": []}, ()),
        ({"date-parts": ["2020"]}, ()),
        ({"date-parts": [[2020, 1, 32]]}, ()),
        ({"date-parts": [[0]]}, ()),
        ("2020", ()),
        (None, ()),
    ],
)
def test_dates(value: Any, parts: tuple[int, ...]) -> None:
    assert date_parts(value) == parts


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Vickers AJ", {"family": "Vickers", "given": "AJ"}),
        ("Vickers, Andrew J", {"family": "Vickers", "given": "Andrew J"}),
        ("  van der Berg   J ", {"family": "van der Berg", "given": "J"}),
        ("King ML Jr", {"family": "King", "given": "ML", "suffix": "Jr"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("Ministry of Health, ", {"literal": "Ministry of Health,"}),
        ("Ñandú Á", {"family": "Ñandú", "given": "Á"}),
    ],
)
def test_an_author_on_a_line(line: str, name: Csl) -> None:
    assert parse_author(line) == name


@given(
    st.sampled_from(
        [
            *VICKERS["author"],
            *HALPERN["author"],
            {"family": "King", "given": "ML", "suffix": "Jr"},
            {"literal": "World Health Organization"},
        ]
    )
)
def test_a_line_gives_the_author_it_was_made_of(name: Csl) -> None:
    assert parse_author(author_line(name)) == name


def test_an_author_without_a_first_name_has_a_line() -> None:
    name = {"family": "Aristotle", "non-dropping-particle": "von", "suffix": "II"}

    assert author_line(name) == "von Aristotle II"
