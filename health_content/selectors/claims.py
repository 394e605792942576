"""What the claim engine says of a page, as the gate takes it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from ..claims.blocks import SILENT_ROLES
from ..claims.cache import ClaimCache
from ..claims.engine import check_page
from ..claims.facts import PermittedClaimFacts, Stance
from ..claims.findings import Category, Profile, Severity, Source, Status
from ..claims_page import page_of_document
from ..document_blocks import build_blocks
from ..document_facts import ImageFacts, Resources
from ..gate_facts import ClaimState, Level
from ..stored_values import integer_of, object_of, walk_stream
from .library import citations_of, cited_references, library_view, named_in_streams
from .page_content import page_content, stored_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from ..abstract import DocumentMixin
    from ..claims.facts import Page
    from ..claims.findings import Finding, Report
    from ..document_facts import Json, JsonObject
    from ..models import Condition, PermittedClaim, Treatment
    from .library import LibraryView

_kept = threading.local()
OF_PAGE = "page"
# The notes of findings that a regulator or a guideline speaks against.
AGAINST = frozenset({Stance.NOT_PERMITTED, Stance.GUIDELINE_AGAINST})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClaims:
    """The claims of a page that somebody has to answer for."""

    profiles: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    """Each once, as the profile has it that takes it most seriously."""
    is_about_crisis: bool = False
    is_checked: bool = False
    """False for a language without rules: nobody looked."""
    rule_base: str = ""
    texts: tuple[str, ...] = ()
    """What readers read, without disclaimers and titles of sources."""

    @property
    def claims(self) -> tuple[ClaimState, ...]:
        """Return the findings as the gate takes them."""
        return tuple(map(_claim, self.findings))


def page_claims(
    page: DocumentMixin,
    *,
    profiles: Sequence[str],
    conditions: Sequence[Condition],
    treatments: Sequence[Treatment],
    content: Mapping[str, Json] | None = None,
) -> PageClaims:
    """Return what is claimed on *page*, as it is in memory, by the gravest of *profiles*.

    *conditions* and *treatments* are what it is about; *content* is what it said at another time, instead of what it
    says. Cost: a query where it is about a treatment, and one where it has references.
    """
    # A note that no review vouches for, so that no content of another time need hold it.
    said = {"ai_note": stored_value(page, "ai_note")}
    said |= page_content(page) if content is None else content
    checked = replace(
        _page(said, page_locale(page)),
        treatments=subject_names(treatments),
        conditions=subject_names(conditions),
        permitted=tuple(permitted_facts(row) for row in permitted_claims(treatments)),
    )
    reports = _reports(checked, profiles)
    return PageClaims(
        profiles=tuple(profiles),
        findings=_gravest(reports),
        is_about_crisis=any(
            f.category is Category.CRISIS for report in reports for f in report.findings
        ),
        is_checked=all(report.status is Status.CHECKED for report in reports),
        rule_base=reports[0].rule_base,
        texts=tuple(b.text for b in checked.blocks if b.role not in SILENT_ROLES),
    )


def words_claims(
    content: Mapping[str, Json], *, locale: str, profiles: Sequence[str]
) -> tuple[ClaimState, ...]:
    """Return what a text that is no health page claims, by the gravest of *profiles*: a section's, or a disclaimer's.

    *content* has the names of a page's fields; those that are absent say nothing. No query.
    """
    return gravest_claims(_reports(_page(content, locale), profiles))


def gravest_claims(reports: Sequence[Report]) -> tuple[ClaimState, ...]:
    """Return each finding of *reports* once, as the gate takes it."""
    return tuple(map(_claim, _gravest(reports)))


def permitted_claims(treatments: Sequence[Treatment]) -> list[PermittedClaim]:
    """Return what regulators and guidelines say of *treatments*. One query, none without treatments."""
    if not treatments:
        return []
    claims = apps.get_model("health_content", "PermittedClaim").objects
    # What a guideline recommends is nobody's permission to claim it.
    rows: QuerySet[PermittedClaim] = claims.filter(
        treatment__in=[treatment.pk for treatment in treatments],
        stance__in=list(Stance),
    )
    return list(rows.select_related("treatment", "condition").order_by("pk"))


def permitted_facts(row: PermittedClaim) -> PermittedClaimFacts:
    """Return *row* as the engine takes it."""
    return PermittedClaimFacts(
        treatments=subject_names([row.treatment]),
        conditions=subject_names([row.condition] if row.condition else []),
        jurisdiction=row.jurisdiction,
        stance=Stance(row.stance),
        wording=row.wording,
        source=Source(
            body=row.source_title,
            ref=row.wording,
            url=row.source_url,
            checked=str(row.checked_at),
        ),
    )


def page_locale(page: DocumentMixin) -> str:
    """Return the language that *page* is written in: its source's, for an alias."""
    base: Any = page
    subject = base.alias_of if base.alias_of_id else base
    locale = subject.locale if subject.locale_id else subject.get_default_locale()
    code: str = locale.language_code
    return code


def subject_names(entries: Iterable[Treatment | Condition]) -> tuple[str, ...]:
    """Return the names by which texts call *entries* of the library."""
    return tuple(n for each in entries for n in (each.name, *each.synonym_list))


def _page(content: Mapping[str, Json], locale: str) -> Page:
    """Return what the engine reads of *content*."""
    body = content.get("body")
    named = named_in_streams(None, content.get("references"), {}, body=body)
    view = library_view([named], locale_ids=(), now=timezone.now())
    resources = Resources(
        images=_images(body),
        references=cited_references(citations_of(named, view)),
        locale=locale,
    )
    document: JsonObject = {
        "title": content.get("title"),
        "summary": content.get("summary"),
        "introduction": {"html": content.get("introduction")},
        "body": build_blocks(body, resources),
        "references": [_reference(each, view) for each in named.citations],
        "seo": {
            "title": content.get("seo_title"),
            "description": content.get("search_description"),
        },
        "conflicts": {"statement": content.get("conflict_statement")},
        "ai_assistance": {"note": content.get("ai_note")},
        "locale": locale,
    }
    return page_of_document(document)


def _images(body: Json) -> dict[int, ImageFacts]:
    """Return the pictures of *body* without their files: what stands beside them is read, whether or not they can be shown."""
    chosen = (
        integer_of(object_of(object_of(block.get("value")).get("image")).get("image"))
        for block in walk_stream(body)
    )
    return {pk: ImageFacts(id=pk, alt="", sources=()) for pk in chosen if pk}


def _reference(citation: JsonObject, view: LibraryView) -> JsonObject:
    """Return a reference as documents have it, as far as it matters here; of one that is not live only the note is known."""
    facts = view.references.get(integer_of(citation["reference"]))
    known: JsonObject = {"key": citation["key"], "note": citation["note"]}
    if facts is not None:
        known |= {
            "kind": facts.kind,
            "certainty": facts.certainty,
            "direction": facts.direction,
            "retracted_at": str(facts.retracted_at) if facts.retracted_at else None,
        }
    return known


def _reports(checked: Page, profiles: Sequence[str]) -> list[Report]:
    return [
        check_page(checked, profile=Profile(profile), cache=_cache())
        for profile in profiles
    ]


def _gravest(reports: Sequence[Report]) -> tuple[Finding, ...]:
    """Return each finding of *reports* once, as the report says that takes it most seriously."""
    worst: dict[tuple[str, str], Finding] = {}
    for finding in (f for report in reports for f in report.findings):
        if OF_PAGE in finding.notes:
            continue  # Benefits without risks: the gate looks at sections itself.
        key = (finding.rule, finding.sentence_sha)
        known = worst.get(key)
        if known is None or _weight(known) < _weight(finding):
            worst[key] = finding
    return tuple(worst.values())


def _weight(finding: Finding) -> tuple[bool, bool, int]:
    """Return what the gate asks of *finding* as a number: two people's answer, a lead's, an editor's or none."""
    own = finding.own_severity
    return own is Severity.BLOCK, _is_advised_against(finding), own.rank


def _is_advised_against(finding: Finding) -> bool:
    return not AGAINST.isdisjoint(finding.notes)


def _cache() -> ClaimCache:
    """Return this thread's cache: a page of which one paragraph changed costs one paragraph."""
    cache: ClaimCache | None = getattr(_kept, "cache", None)
    if cache is None:
        cache = _kept.cache = ClaimCache()
    return cache


def _claim(finding: Finding) -> ClaimState:
    return ClaimState(
        rule=finding.rule,
        severity=Level(finding.own_severity),
        sentence_sha=finding.sentence_sha,
        text=finding.sentence,
        message=finding.message,
        suggestion=finding.suggestion,
        source=finding.source,
        block_id=finding.block_id,
        is_about_certainty="verb_stronger_than_evidence" in finding.notes,
        is_about_permitted_wording=_is_advised_against(finding),
    )
