"""CSL-JSON: what a reference is kept as. Its shape is checked, its identifiers are made bare, the rest is dropped.

Source: citation-style-language/schema, `schemas/input/csl-data.json` (1.0.2). Notes, abstracts and keywords are not kept:
what editors paste from their reference manager may be private there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from .identifiers import parse_doi, parse_pmid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document_facts import Json, JsonObject

TYPES = (
    "article-journal", "article", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "motion_picture", "pamphlet", "paper-conference", "patent", "performance",
    "periodical", "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book",
    "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
TEXTS = (
    "title", "title-short", "container-title", "container-title-short", "collection-title", "publisher",
    "publisher-place", "volume", "issue", "page", "number", "edition", "version", "medium", "genre", "language",
    "PMCID", "ISBN", "ISSN",
)  # fmt: skip
NAMES = ("author", "editor", "translator")
DATES = ("issued", "accessed")
NAME_PARTS = (
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal",
)  # fmt: skip
IDENTIFIERS = ("DOI", "PMID", "URL")
TEXT_MAX_LENGTH = 1_000
NAMES_MAX = 5_000
# "Vickers AJ", "van der Berg J Jr": a name that ends in at most three capital initials.
_INITIALS = re.compile(
    r"(?P<family>.+?)\s+(?P<given>[^\W\d_a-z]{1,3})(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|I{2,3}|IV))?"
)
_YEAR = re.compile(r"-?\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CslFault:
    """What is wrong with a reference."""

    field: str
    """Name of the CSL variable, "" for the whole."""
    code: str
    """`object`, `type`, `required`, `text`, `names`, `date` or `identifier`."""


def csl_faults(value: Json) -> list[CslFault]:
    """Return what keeps *value* from being a reference, in the order of its parts; nothing when it is one."""
    if not isinstance(value, dict):
        return [CslFault(field="", code="object")]
    return list(_faults(value))


def csl_clean(value: JsonObject) -> JsonObject:
    """Return *value* with what is known only, in one order, with bare identifiers. It has no faults."""
    cleaned: JsonObject = {"type": value["type"]}
    for name in TEXTS:
        if value.get(name) not in (None, ""):
            cleaned[name] = " ".join(str(value[name]).split())
    for name in NAMES:
        if names := _clean_names(value.get(name)):
            cleaned[name] = names
    for name in DATES:
        if parts := date_parts(value.get(name)):
            cleaned[name] = {"date-parts": [list(parts)]}
    identifiers: JsonObject = {
        "DOI": parse_doi(str(value.get("DOI") or "")),
        "PMID": parse_pmid(str(value.get("PMID") or "")),
        "URL": str(value.get("URL") or "").strip() or None,
    }
    return cleaned | {k: v for k, v in identifiers.items() if v is not None}


def csl_url(csl: JsonObject) -> str | None:
    """Return where to read the reference: its address, or that of its DOI or PubMed number."""
    if url := csl.get("URL"):
        return str(url)
    if doi := csl.get("DOI"):
        return f"https://doi.org/{quote(str(doi))}"
    pmid = csl.get("PMID")
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else None


def date_parts(value: Json) -> tuple[int, ...]:
    """Return year, month and day of a CSL date, as many as it has; () when it is none."""
    if not isinstance(value, dict):
        return ()
    found = value.get("date-parts")
    if not isinstance(found, list) or not found or not isinstance(found[0], list):
        return _iso_parts(value.get("raw") or value.get("literal"))
    numbers = tuple(
        number for part in found[0] if (number := _number(part)) is not None
    )
    return numbers if len(numbers) == len(found[0]) and _is_date(numbers) else ()


def parse_author(line: str) -> JsonObject:
    """Return one author as CSL has them: “Vickers AJ”, “Vickers, Andrew J”, or the name of an organization."""
    text = " ".join(line.split())
    family, comma, given = text.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    if match := _INITIALS.fullmatch(text):
        parts: JsonObject = {"family": match["family"], "given": match["given"]}
        return parts | ({"suffix": match["suffix"]} if match["suffix"] else {})
    return {"literal": text}


def author_line(name: JsonObject) -> str:
    """Return the line that `parse_author` reads as *name*."""
    if literal := name.get("literal"):
        return str(literal)
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    family = " ".join(str(part) for part in (*particles, name.get("family")) if part)
    given = str(name.get("given") or "")
    suffix = f" {name['suffix']}" if name.get("suffix") else ""
    if not given:
        return f"{family}{suffix}"
    line = f"{family} {given}{suffix}"
    return line if parse_author(line).get("given") == given else f"{family}, {given}"


def _faults(value: JsonObject) -> Iterator[CslFault]:
    if value.get("type") not in TYPES:
        yield CslFault(field="type", code="type")
    if not isinstance(value.get("title"), str) or not str(value["title"]).strip():
        yield CslFault(field="title", code="required")
    for name in TEXTS:
        if not _is_text(value.get(name)):
            yield CslFault(field=name, code="text")
    for name in NAMES:
        if not _are_names(value.get(name)):
            yield CslFault(field=name, code="names")
    for name in DATES:
        if value.get(name) is not None and not date_parts(value[name]):
            yield CslFault(field=name, code="date")
    for name in _wrong_identifiers(value):
        yield CslFault(field=name, code="identifier")


def _wrong_identifiers(value: JsonObject) -> Iterable[str]:
    given = {name: str(value.get(name) or "").strip() for name in IDENTIFIERS}
    checks = {"DOI": parse_doi, "PMID": parse_pmid, "URL": _web_address}
    return [name for name, text in given.items() if text and checks[name](text) is None]


def _web_address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return text if is_web and not set(text) & set(" <>\"'\\\n\t") else None


def _is_text(value: Json) -> bool:
    if value is None:
        return True
    is_plain = isinstance(value, str | int) and not isinstance(value, bool)
    return is_plain and len(str(value)) <= TEXT_MAX_LENGTH


def _are_names(value: Json) -> bool:
    if value is None:
        return True
    if not isinstance(value, list) or len(value) > NAMES_MAX:
        return False
    return all(isinstance(name, dict) and _is_name(name) for name in value)


def _is_name(name: JsonObject) -> bool:
    has_texts = all(isinstance(name.get(part) or "", str) for part in NAME_PARTS)
    return has_texts and any(
        str(name.get(p) or "").strip() for p in ("family", "literal")
    )


def _clean_names(value: Json) -> list[Json]:
    return [
        {part: name[part] for part in NAME_PARTS if name.get(part)}
        for name in (value if isinstance(value, list) else [])
        if isinstance(name, dict)
    ]


def _iso_parts(value: Json) -> tuple[int, ...]:
    parts = str(value or "").strip().split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    numbers = tuple(int(part) for part in parts)
    return numbers if len(numbers) <= 3 and _is_date(numbers) else ()


def _number(part: Json) -> int | None:
    text = str(part)
    return int(text) if not isinstance(part, bool) and _YEAR.fullmatch(text) else None


def _is_date(numbers: tuple[int, ...]) -> bool:
    if not 1 <= len(numbers) <= 3 or not 1 <= numbers[0] <= 9999:
        return False
    limits = (12, 31)
    return all(1 <= n <= limit for n, limit in zip(numbers[1:], limits, strict=False))
