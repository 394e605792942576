"""The findings of one block: its sentences, its evidence, what is permitted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .evidence import best_certainty, is_verb_covered, verb_of
from .facts import Role, Stance
from .findings import Category, Finding, Severity
from .normalize import normalize
from .passages import find_passages
from .permitted import BY_PERMISSION, FORBIDDEN_TOO, find_stance
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
            _judged(_settle(finding, block, words), words, permitted, base, profile)
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


def _settle(finding: Finding, block: Block, words: list[str]) -> Finding:
    """Return *finding* with what the block's evidence makes of it."""
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
    return finding


def _judged(
    finding: Finding,
    words: list[str],
    permitted: tuple[PermittedClaimFacts, ...],
    base: RuleBase,
    profile: Profile,
) -> Finding:
    """Return *finding* with what regulators and guidelines make of it; where they forbid it, they are named."""
    row = find_stance(words, permitted, profile)
    if row is None:
        return finding
    if row.stance is Stance.PERMITTED:
        is_settled = BY_PERMISSION in finding.resolve
        return _noted(finding, Severity.INFO, BY_PERMISSION) if is_settled else finding
    if BY_PERMISSION not in finding.resolve and finding.category not in FORBIDDEN_TOO:
        return finding
    raised = _noted(finding, finding.severity.higher(), str(row.stance))
    finding = replace(raised, raised_from=finding.severity)
    said = base.phrases.stances.get(str(row.stance), "")
    if row.source is None or not said:
        return finding
    return replace(
        finding,
        message=said.format(source=row.source.body),
        sources=(row.source, *finding.sources),
    )


def _noted(finding: Finding, severity: Severity, note: str) -> Finding:
    return replace(finding, severity=severity, notes=(*finding.notes, note))
