"""References as readers know them: CSL-JSON to plain text in two styles.

AMA: AMA Manual of Style, 11th edition, chapter 3 (3.7 names: up to six authors, else three and “et al”; full page ranges;
`doi:` last; dates of access for web pages). Vancouver: ICMJE, "Samples of Formatted References", which follows NLM's
Citing Medicine (up to six authors, else six and “et al.”; page ranges without repeated digits). Journals have the short
title that the reference carries: abbreviations are not looked up. Titles stay as they are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .csl import csl_url, date_parts

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject

AUTHORS_MAX = 6  # Both styles list so many.
AMA_AUTHORS_SHOWN = 3
VANCOUVER_AUTHORS_SHOWN = 6
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ARTICLES = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "review"}
)
WEB = frozenset({"webpage", "post", "post-weblog"})
_RANGE = re.compile(r"([A-Za-z]*)(\d+)\s*[-\u2013\u2014]\s*([A-Za-z]*)(\d+)", re.ASCII)
_INITIALS = re.compile(r"[^\W\d_a-z]{1,4}")


def format_ama(csl: JsonObject) -> str:
    """Return the reference in AMA style, as plain text."""
    doi = f"doi:{csl['DOI']}" if csl.get("DOI") else ""
    if csl["type"] in ARTICLES:
        where = _sentence(_journal(csl)) + _space(_ama_issue(csl))
    elif csl["type"] in WEB:
        site = csl.get("container-title") or csl.get("publisher")
        published = _ama_date(csl.get("issued"))
        where = _sentence(site) + _space(f"Published {published}." if published else "")
    else:
        where = _sentence(_edition(csl)) + _space(_sentence(_ama_imprint(csl)))
    is_dated = bool(csl.get("URL")) and not doi
    accessed = _ama_date(csl.get("accessed")) if is_dated else ""
    return _join(
        _sentence(_names(csl, shown=AMA_AUTHORS_SHOWN, et_al="et al")),
        _sentence(csl["title"]),
        where,
        f"Accessed {accessed}." if accessed else "",
        doi or (csl_url(csl) or "" if is_dated else ""),
    )


def format_vancouver(csl: JsonObject) -> str:
    """Return the reference in Vancouver style (NLM, ICMJE), as plain text."""
    is_web = csl["type"] in WEB or (bool(csl.get("URL")) and not csl.get("DOI"))
    title = str(csl["title"])
    if csl["type"] in ARTICLES:
        medium = " [Internet]" if is_web else ""
        source = _sentence(f"{_journal(csl)}{medium}" if _journal(csl) else "")
        where = _join(source, _vancouver_issue(csl, is_web=is_web))
    else:
        title += " [Internet]" if is_web else ""
        where = _join(
            _sentence(_edition(csl)), _sentence(_vancouver_imprint(csl, is_web))
        )
    return _join(
        _sentence(_names(csl, shown=VANCOUVER_AUTHORS_SHOWN, et_al="et al.")),
        _sentence(title),
        where,
        f"Available from: {csl['URL']}" if is_web and csl.get("URL") else "",
        f"doi: {csl['DOI']}." if csl.get("DOI") else "",
        f"PubMed PMID: {csl['PMID']}." if csl.get("PMID") else "",
    )


def pages_full(pages: str) -> str:
    """Return a range of pages with both numbers whole: `455-74` is `455-474`."""

    def whole(match: re.Match[str]) -> str:
        prefix, first, prefix_after, last = match.groups()
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        return f"{prefix}{first}-{prefix_after or prefix}{last}"

    return _RANGE.sub(whole, pages)


def pages_short(pages: str) -> str:
    """Return a range of pages without the digits that repeat: `284-287` is `284-7`. Letters keep theirs."""

    def short(match: re.Match[str]) -> str:
        prefix, first, prefix_after, last = match.groups()
        if prefix or prefix_after or len(first) != len(last):
            return match[0]
        same = 0
        while same < len(last) - 1 and first[same] == last[same]:
            same += 1
        return f"{first}-{last[same:]}"

    return _RANGE.sub(short, pages_full(pages))


def _names(csl: JsonObject, *, shown: int, et_al: str) -> str:
    """Return the authors, or the editors of what has none."""
    authors = _objects(csl.get("author"))
    people = authors or _objects(csl.get("editor"))
    names = [_name(person) for person in people]
    if len(names) > AUTHORS_MAX:
        names = [*names[:shown], et_al]
    role = (
        "" if authors or not people else ", editors" if len(people) > 1 else ", editor"
    )
    return ", ".join(names) + role


def _name(person: JsonObject) -> str:
    if literal := person.get("literal"):
        return str(literal)
    particles = (person.get("dropping-particle"), person.get("non-dropping-particle"))
    parts = (
        *particles,
        person.get("family"),
        _initials(str(person.get("given") or "")),
    )
    return " ".join(str(part) for part in (*parts, person.get("suffix")) if part)


def _initials(given: str) -> str:
    """Return “AJ” for “Andrew J.”, “JP” for “Jean-Paul”; what is initials already stays."""
    words = re.split(r"[\s.\-]+", given)
    if len(words) == 1 and _INITIALS.fullmatch(given):
        return given
    return "".join(
        word if _INITIALS.fullmatch(word) and len(word) > 1 else word[0].upper()
        for word in words
        if word
    )


def _journal(csl: JsonObject) -> str:
    return str(csl.get("container-title-short") or csl.get("container-title") or "")


def _edition(csl: JsonObject) -> str:
    edition = str(csl.get("edition") or "")
    if edition in {"", "1"}:
        return ""
    if not edition.isascii() or not edition.isdigit():
        return edition
    number = int(edition)
    teens = 10 < number % 100 < 14
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed"


def _volume(csl: JsonObject) -> str:
    issue = f"({csl['issue']})" if csl.get("issue") else ""
    return f"{csl.get('volume') or ''}{issue}"


def _located(date: str, csl: JsonObject, pages: str) -> str:
    volume = _volume(csl)
    text = f"{date};{volume}" if date and volume else date or volume
    return f"{text}:{pages}" if text and pages else text or pages


def _ama_issue(csl: JsonObject) -> str:
    pages = pages_full(str(csl.get("page") or csl.get("number") or ""))
    return _sentence(_located(_year(csl), csl, pages))


def _vancouver_issue(csl: JsonObject, *, is_web: bool) -> str:
    date = _vancouver_date(csl.get("issued")) if not csl.get("volume") else _year(csl)
    cited = _vancouver_date(csl.get("accessed")) if is_web else ""
    date += f" [cited {cited}]" if date and cited else ""
    pages = pages_short(str(csl.get("page") or csl.get("number") or ""))
    return _sentence(_located(date, csl, pages))


def _ama_imprint(csl: JsonObject) -> str:
    parts = (str(csl.get("publisher") or ""), _year(csl))
    return "; ".join(part for part in parts if part)


def _vancouver_imprint(csl: JsonObject, is_web: bool) -> str:
    publisher = str(csl.get("publisher") or csl.get("container-title") or "")
    place = str(csl.get("publisher-place") or "")
    who = f"{place}: {publisher}" if place and publisher else place or publisher
    date = _vancouver_date(csl.get("issued"))
    cited = _vancouver_date(csl.get("accessed")) if is_web else ""
    date = f"{date} [cited {cited}]".strip() if cited else date
    return "; ".join(part for part in (who, date) if part)


def _year(csl: JsonObject) -> str:
    parts = date_parts(csl.get("issued"))
    return str(parts[0]) if parts else ""


def _ama_date(value: Json) -> str:
    """Return “June 19, 2023”, “June 2023” or “2023”."""
    match date_parts(value):
        case (year, month, day):
            return f"{MONTHS[month - 1]} {day}, {year}"
        case (year, month):
            return f"{MONTHS[month - 1]} {year}"
        case (year,):
            return str(year)
    return ""


def _vancouver_date(value: Json) -> str:
    """Return “2023 Jun 19”, “2023 Jun” or “2023”."""
    parts = date_parts(value)
    words = [str(part) for part in parts]
    if len(parts) > 1:
        words[1] = MONTHS[parts[1] - 1][:3]
    return " ".join(words)


def _sentence(value: Json) -> str:
    """Return *value* with one full stop, unless it asks or exclaims already."""
    text = str(value or "").strip()
    return text if not text or text[-1] in ".?!" else f"{text}."


def _space(text: str) -> str:
    return f" {text}" if text else ""


def _join(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def _objects(value: Json) -> list[JsonObject]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
