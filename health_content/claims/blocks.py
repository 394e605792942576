"""The findings of one block: its sentences, its evidence, what is permitted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .evidence import best_certainty, is_verb_covered, verb_of
from .facts import Role, Stance
from .findings import Category, Finding, Severity
from .normalize import normalize
from .passages import find_passages
from .permitted import find_stance
from .sentence_check import sentence_sha
from .tradition import find_unattributed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Block, PermittedClaimFacts
    from .findings import Profile
    from .normalize import Normalized
    from .passages import Passage
    from .rules import RuleBase

SILENT_ROLES = frozenset({Role.DISCLAIMER, Role.REFERENCE})
"""Not read at all: a disclaimer says what a page must not be taken for, a reference is somebody else's title."""

BY_EVIDENCE = "evidence"
BY_PERMISSION = "permitted_claim"
MEDICINE = "medicine_info"


def check_block(
    block: Block,
    base: RuleBase,
    profile: Profile,
    permitted: tuple[PermittedClaimFacts, ...] = (),
) -> tuple[Finding, ...]:
    """Return the findings of *block* by itself, in order of place."""
    if block.role in SILENT_ROLES:
        return ()
    normalized = normalize(block.text)
    found = list(find_unattributed(block, base, profile)) if block.is_tradition else []
    for passage in find_passages(normalized.text, block.role, base, profile):
        words = list(passage.sentence.words)
        found.extend(
            _settle(finding, block, words, permitted, profile)
            for finding in _findings(block, normalized, passage)
        )
    return tuple(found)


def _findings(
    block: Block, normalized: Normalized, passage: Passage
) -> Iterator[Finding]:
    if not passage.hits:
        return
    begin, stop = passage.bounds
    first, last = normalized.original(begin, stop)
    sha = sentence_sha(normalized.text[begin:stop])
    for hit in passage.hits:
        start, end = normalized.original(
            passage.tokens[hit.first].start, passage.tokens[hit.last - 1].end
        )
        yield Finding(
            rule=hit.rule.id,
            category=hit.rule.category,
            severity=hit.severity,
            start=start,
            end=end,
            text=block.text[start:end],
            block_id=block.id,
            sentence=block.text[first:last],
            sentence_sha=sha,
            message=hit.rule.message,
            suggestion=hit.rule.suggest,
            resolve=hit.rule.resolve,
            sources=hit.rule.sources,
            notes=hit.notes,
        )


def _settle(
    finding: Finding,
    block: Block,
    words: list[str],
    permitted: tuple[PermittedClaimFacts, ...],
    profile: Profile,
) -> Finding:
    """Return *finding* with what the block's evidence and the permitted wordings make of it."""
    if BY_EVIDENCE in finding.resolve and block.evidence:
        certainty = best_certainty(block.evidence)
        if certainty is None:
            # Of animals, retracted or against it: as if there were none.
            finding = _noted(finding, finding.severity, "evidence_unusable")
        elif is_verb_covered(verb_of(words), certainty):
            finding = _noted(finding, Severity.INFO, "evidence")
        else:
            finding = _noted(finding, finding.severity, "verb_stronger_than_evidence")
    if finding.category is Category.DOSAGE and block.kind == MEDICINE:
        # The place for it; the gate asks whether the page is about a medicine.
        finding = _noted(finding, Severity.INFO, MEDICINE)
    if BY_PERMISSION in finding.resolve and permitted:
        row = find_stance(words, permitted, profile)
        if row is not None and row.stance is Stance.PERMITTED:
            finding = _noted(finding, Severity.INFO, "permitted_claim")
        elif row is not None:
            raised = _noted(finding, finding.severity.higher(), str(row.stance))
            finding = replace(raised, raised_from=finding.severity)
    return finding


def _noted(finding: Finding, severity: Severity, note: str) -> Finding:
    return replace(finding, severity=severity, notes=(*finding.notes, note))
