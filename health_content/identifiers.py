"""Syntax of the identifiers that references carry. Pure: nothing is looked up."""

from __future__ import annotations

import re

# Crossref, "DOIs and matching regular expressions": matches 74.4 of 74.9 million DOIs it issued.
_DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Z0-9<>\[\]+&#%@!~$*,=|]+", re.IGNORECASE)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMID_PREFIX = re.compile(
    r"(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*)", re.IGNORECASE
)
# PubMed: an identifier of 1 to 8 digits without leading zeros.
_PMID = re.compile(r"[1-9]\d{0,7}", re.ASCII)


def parse_doi(text: str) -> str | None:
    """Return the bare DOI in *text* (`10.1000/182`, `doi:…` or a doi.org address), or None."""
    bare = _DOI_PREFIX.sub("", text.strip(), count=1)
    return bare if _DOI.fullmatch(bare) else None


def parse_pmid(text: str) -> str | None:
    """Return the digits of the PubMed identifier in *text* (a number, `PMID: …` or its address), or None."""
    bare = _PMID_PREFIX.sub("", text.strip(), count=1).rstrip("/")
    return bare if _PMID.fullmatch(bare) else None
