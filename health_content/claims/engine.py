"""Text or page in, report out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .balance import find_imbalance
from .blocks import check_block
from .facts import Block, Page, Role
from .findings import Finding, Profile, Report, Severity, Status
from .gazetteer import with_names
from .guidelines import unmentioned
from .loader import LANGUAGES, load_rule_base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cache import ClaimCache
    from .rules import RuleBase


def find_claims(text: str, profile: Profile = Profile.EDITORIAL) -> tuple[Finding, ...]:
    """Return what is claimed in an English *text*, in order of place."""
    return check_text(text, profile=profile).findings


def find_reply_claims(text: str) -> tuple[Finding, ...]:
    """Return what a moderator should look at in a reader's reply: everything above info.

    Fits the setting `COMMENTS["TEXT_CHECKS"]`, which holds a reply with findings.
    """
    return tuple(
        finding
        for finding in find_claims(text, Profile.REPLY)
        if finding.severity is not Severity.INFO
    )


def check_text(
    text: str,
    *,
    profile: Profile = Profile.EDITORIAL,
    locale: str = "en",
    role: Role = Role.BODY,
) -> Report:
    """Return the report of one text. Never raises, whatever the text. Cost: linear in its length."""
    block = Block(id="", text=text, role=role)
    return check_page(Page(locale=locale, blocks=(block,)), profile=profile)


def check_page(
    page: Page,
    *,
    profile: Profile = Profile.EDITORIAL,
    cache: ClaimCache | None = None,
) -> Report:
    """Return the report of a page; in another language than the rules' it is `not_checked`, never passed.

    Blocks are read one by one, so that no disclaimer softens another block; only what a guideline advises against may be
    said anywhere on the page. A claim that the page made before names the block in which it did. With a *cache*, blocks
    that it knows cost nothing.
    """
    language = language_of(page.locale)
    if language is None:
        version = load_rule_base().version
        return Report(status=Status.NOT_CHECKED, rule_base=version, profile=profile)
    plain = load_rule_base(language)
    base = with_names(plain, page.treatments, page.conditions)
    page = replace(page, permitted=unmentioned(page, base))
    findings = [
        finding
        for block in page.blocks
        for finding in strongest(_block_findings(block, page, base, profile, cache))
    ]
    findings.extend(find_imbalance(page, base, profile))
    return Report(
        status=Status.CHECKED,
        rule_base=base.version,
        profile=profile,
        findings=tuple(_mark_repeated(findings)),
    )


def strongest(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of a block, of several of one category in one sentence the most severe, or else the first."""
    kept: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.sentence_sha, finding.category)
        if key not in kept or finding.severity.rank > kept[key].severity.rank:
            kept[key] = finding
    return sorted(kept.values(), key=lambda finding: (finding.start, finding.end))


def language_of(locale: str) -> str | None:
    """Return the rule base's language for *locale* (`en` for `en-GB`), None when there are no rules for it."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None


def _block_findings(
    block: Block, page: Page, base: RuleBase, profile: Profile, cache: ClaimCache | None
) -> tuple[Finding, ...]:
    if cache is None:
        return check_block(block, base, profile, page.permitted)
    bare = replace(block, id="")
    names = (page.treatments, page.conditions)
    key = (bare, base.version, base.locale, profile, names, page.permitted)
    found = cache.findings(
        key, lambda: check_block(bare, base, profile, page.permitted)
    )
    return tuple(replace(finding, block_id=block.id) for finding in found)


def _mark_repeated(findings: Iterable[Finding]) -> Iterable[Finding]:
    first: dict[str, str] = {}
    for finding in findings:
        before = first.setdefault(finding.rule, finding.block_id)
        if before == finding.block_id:
            yield finding
        else:
            yield replace(finding, repeated_from=before)
