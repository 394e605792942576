"""Texts in, what is claimed in them out, by the gravest of several profiles. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims import Profile, Status, check_page
from ..claims_json import finding_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..claims import Finding, Report
    from ..claims.facts import Page
    from ..document_facts import JsonObject


def claim_answer(page: Page, profiles: Sequence[Profile]) -> JsonObject:
    """Return what is claimed in *page*, in order of place, each by the gravest of *profiles*; one or more are given.

    `{"status": "checked" | "not_checked", "rule_base": str, "profile": str, "profiles": [str], "findings": [...]}`,
    `profile` being the first. Another language than the rules' is `not_checked`: nothing in it was found to be good.

    Cost: linear in the text, once for each profile.
    """
    reports = [check_page(page, profile=profile) for profile in profiles]
    places = {block.id: number for number, block in enumerate(page.blocks)}
    findings = sorted(
        gravest(reports),
        key=lambda each: (places[each.block_id], each.start, each.end),
    )
    is_checked = all(report.status is Status.CHECKED for report in reports)
    return {
        "status": str(Status.CHECKED if is_checked else Status.NOT_CHECKED),
        "rule_base": reports[0].rule_base,
        "profile": str(profiles[0]),
        "profiles": [str(profile) for profile in profiles],
        "findings": [_finding_json(finding) for finding in findings],
    }


def gravest(reports: Iterable[Report]) -> list[Finding]:
    """Return the findings of *reports* on one page, each claim once, as grave as any of them says."""
    found: dict[tuple[str, str, str], Finding] = {}
    for finding in (finding for report in reports for finding in report.findings):
        key = (finding.block_id, finding.rule, finding.sentence_sha)
        if key not in found or finding.severity.rank > found[key].severity.rank:
            found[key] = finding
    return list(found.values())


def _finding_json(finding: Finding) -> JsonObject:
    return {
        **finding_json(finding),
        **({"block": finding.block_id} if finding.block_id else {}),
        "text": finding.text,
        "sentence_sha": finding.sentence_sha,
    }
