"""Everything the gate asks of a page, gathered from the page as it is in memory and from what the site knows of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from ..document_evidence import find_evidence
from ..gate import decide
from ..gate_checks import CHECKS
from ..gate_content import (
    alt_faults,
    aspects_of,
    consent_faults,
    dose_faults,
    effective_tier,
    has_aspect,
    has_urgent_card,
    heading_faults,
    noninvasive_faults,
    overstated_faults,
    table_faults,
    title_faults,
    video_faults,
)
from ..gate_facts import (
    Check,
    DisclaimerState,
    GateFacts,
    Level,
    Override,
    Policy,
    ReferencesState,
    ReviewScope,
    ReviewState,
    TranslationState,
    Waiver,
)
from ..health_aspects import missing_aspects
from ..readability import readability
from ..stored_values import walk_stream
from .claims import page_claims
from .minor_changes import is_change_minor
from .page_content import page_digest, page_subject_id, stored_value
from .policies import check_levels_of, organization_of, profiles_of
from .related import related_objects
from .review_states import page_writers, review_rows, review_states
from .risk import risk_waits
from .shown_disclaimers import disclaimers_of_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ..abstract import HealthPageMixin
    from ..document_facts import Json, JsonObject
    from ..gate import GateDecision, Outcome
    from ..gate_facts import Fault
    from ..models import GateOverride, MedicalReview, OrganizationSettings, Treatment
    from .disclaimers import LocatedDisclaimer

RISK_ASPECTS = frozenset({"SideEffects", "RisksOrComplications", "ContraindicationHealthAspect"})  # fmt: skip
CARE_ASPECTS = frozenset({"SeeDoctor"})
INTEREST_KINDS = frozenset({"affiliate", "sponsored"})
HELPLINE_KIND = "helpline"
RISK_UNCONFIRMED = "risk_unconfirmed"


def page_decision(
    page: HealthPageMixin, *, now: datetime | None = None
) -> GateDecision:
    """Return what the gate says of *page*, as it is in memory. Cost: a dozen queries, and the claims once per text."""
    moment = now or timezone.now()
    organization = organization_of(page)
    facts = gate_facts(page, profiles_of(organization))
    policy = page_policy(page, organization)
    return decide(facts, policy, page_overrides(page), now=moment)


def page_outcomes(page: HealthPageMixin) -> Sequence[Outcome]:
    """Return all that speaks against publishing *page*, whether or not somebody answered for it."""
    return page_decision(page).outcomes


def needs_risk_confirmed(page: HealthPageMixin) -> bool:
    """Return whether the gate asks for a reviewer who agrees to the risk of *page*, as it is in memory."""
    return any(o.reason.code == RISK_UNCONFIRMED for o in page_outcomes(page))


def page_policy(
    page: HealthPageMixin, organization: OrganizationSettings | None
) -> Policy:
    """Return how strict *organization*, which publishes *page*, is with it."""
    levels = {
        Check(check): Level(level)
        for check, level in check_levels_of(page, organization).items()
        if CHECKS[Check(check)].waiver is not Waiver.NOBODY
    }
    return Policy(levels=levels)


def page_overrides(page: HealthPageMixin) -> list[Override]:
    """Return the overrides that were given for *page* and have not ended. One query."""
    model: type[GateOverride] = apps.get_model("health_content", "GateOverride")
    found = model.objects.filter(
        page_id=page_subject_id(page), expires_at__gt=timezone.now()
    )
    return [_override(each) for each in found.select_related("approval")]


def gate_facts(page: HealthPageMixin, profiles: Sequence[str]) -> GateFacts:
    """Return the facts of *page*, its claims judged by *profiles*. What nobody knows is absent, so that the gate counts it as missing."""
    base: Any = page
    digest = page_digest(page)
    body = stored_value(page, "body")
    stream = list(walk_stream(body))
    conditions = related_objects(base, "about_conditions")
    treatments = related_objects(base, "about_treatments")
    claims = page_claims(
        page, profiles=profiles, conditions=conditions, treatments=treatments
    )
    rows = review_rows(page)
    reviews = review_states(page, rows, digest)
    reviewers = {row.reviewer_id for row in rows if row.reviewer_id}
    is_changed = bool(rows) and all(row.content_digest != digest for row in rows)
    shown = disclaimers_of_page(base).library.values()
    kinds = {d.facts.kind for d in shown if d.is_live}
    is_crisis = claims.is_about_crisis or any(c.is_crisis for c in conditions)
    is_plain = claims.is_checked and not (claims.findings or conditions or treatments)
    return GateFacts(
        digest=digest,
        risk_tier=effective_tier(
            base.risk_tier, content_kind=base.content_kind, is_crisis=is_crisis
        ),
        is_risk_unconfirmed=risk_waits(page, is_plain=is_plain),
        is_clinic="uk-clinic" in profiles,
        writers=page_writers(page, rows, digest, among=reviewers),
        disclaimers=tuple(_disclaimer(d, base) for d in shown),
        reviews=tuple(reviews),
        is_change_minor=is_changed and is_change_minor(page, rows, claims.claims),
        claims=claims.claims,
        are_claims_checked=claims.is_checked,
        rule_base=claims.rule_base,
        references=_references(page, stream),
        overstated=overstated_faults(stream, _language(base)),
        misplaced_doses=dose_faults(base.content_kind, stream),
        missing_aspects=missing_aspects(base.content_kind, set(aspects_of(stream))),
        has_benefits=any(b.get("type") == "benefit_list" for b in stream),
        has_risks=has_aspect(stream, RISK_ASPECTS)
        or any(b.get("type") == "risks" for b in stream),
        is_about_crisis=is_crisis,
        has_helpline=HELPLINE_KIND in kinds,
        are_replies_open=base.replies_mode == "open" and _replies_unread(page),
        needs_urgent_care=base.content_kind in {"symptom", "condition"},
        has_urgent_care=has_urgent_card(stream) or has_aspect(stream, CARE_ASPECTS),
        is_commercial=base.is_commercial or bool(base.sponsor.strip()),
        are_interests_declared=bool(
            base.conflict_statement.strip() or kinds & INTEREST_KINDS
        ),
        accessibility=_accessibility(stream),
        readability=readability(claims.texts),
        without_consent=consent_faults(stream),
        translation=_translation(page, reviews, digest),
        contradictions=_contradictions(treatments, claims.texts),
        has_ai_assistance=base.ai_assistance != "none",
    )


def _accessibility(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    return (
        *alt_faults(stream),
        *heading_faults(stream),
        *table_faults(stream),
        *video_faults(stream),
    )


def _override(row: GateOverride) -> Override:
    needs_two = row.standing == Waiver.TWO_PEOPLE
    is_approved = getattr(row, "approval", None) is not None
    return Override(
        check=Check(row.check_id),
        fingerprint=row.fingerprint,
        expires_at=row.expires_at,
        digest=row.content_digest,
        granted_by=Waiver.LEAD if needs_two and not is_approved else Waiver(row.standing),
    )  # fmt: skip


def _disclaimer(disclaimer: LocatedDisclaimer, page: Any) -> DisclaimerState:
    return DisclaimerState(
        title=disclaimer.facts.title,
        kind=str(disclaimer.facts.kind),
        is_live=disclaimer.is_live,
        is_in_language=bool(page.alias_of_id) or disclaimer.locale_id == page.locale_id,
        # One that pages show is kept beyond its date by itself, and says so in the log.
        expires_at=None,
    )


def _references(page: HealthPageMixin, stream: Sequence[JsonObject]) -> ReferencesState:
    """Return what the page and its statements rest on: references of the library, and those written into the text."""
    cited = {
        _cited(block.get("value"))
        for block in walk_stream(stored_value(page, "references"))
    }
    cited |= {
        reference for _key, reference in find_evidence(stored_value(page, "body"))
    }
    model = apps.get_model("health_content", "Reference")
    cited.discard(0)
    rows = list(model.objects.filter(pk__in=cited).order_by("pk")) if cited else []
    inline = sum(
        len(items)
        for block in stream
        if block.get("type") == "references"
        and isinstance(value := block.get("value"), dict)
        and isinstance(items := value.get("items"), list)
    )
    return ReferencesState(
        count=inline + sum(row.live and not row.retracted_at for row in rows),
        dangling=tuple(row.title for row in rows if not row.live),
        retracted=tuple(row.title for row in rows if row.live and row.retracted_at),
    )


def _cited(value: Json) -> int:
    chosen = value.get("reference") if isinstance(value, dict) else value
    return chosen if isinstance(chosen, int) else 0


def _language(page: Any) -> str:
    """Return the code of the page's language: a page that was never saved has none yet."""
    locale = page.locale if page.locale_id else page.get_default_locale()
    code: str = locale.language_code
    return code


def _replies_unread(page: HealthPageMixin) -> bool:
    """Return whether replies under *page* would be public before anybody has read them, once it is public and open."""
    from ..conf import get_conf

    base: Any = page
    provider = get_conf().replies_summaries()
    if provider is None:
        return False
    page_id = base.pk or 0
    summary = provider([page_id], if_opened=True).get(page_id, {})
    return bool(summary.get("open")) and summary.get("moderation") != "pre"


def _translation(
    page: HealthPageMixin, reviews: Sequence[ReviewState], digest: str
) -> TranslationState | None:
    """Return how a translation stands to the page it was made from: the oldest of its translations."""
    base: Any = page
    if not base.pk or base.alias_of_id:
        return None
    pages = type(base)._base_manager  # noqa: SLF001 - Django's documented name
    siblings = pages.filter(translation_key=base.translation_key).order_by("pk")
    source_id = siblings.values_list("pk", flat=True).first()
    if source_id in {None, base.pk}:
        return None
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    # Whoever confirms a minor change reviews nothing anew, neither the source nor the translation.
    full = model.objects.filter(page_id=source_id).exclude(
        scope=ReviewScope.MINOR_CHANGE
    )
    newest = full.defer("content").order_by("-reviewed_at", "-pk").first()
    found = next((review for review in reviews if review.digest == digest), None)
    own = (found.rests_on or found) if found else None
    return TranslationState(
        is_source_reviewed=newest is not None,
        is_reviewed=own is not None,
        has_source_changed=bool(newest and own and own.reviewed_at < newest.reviewed_at),
    )  # fmt: skip


def _contradictions(
    treatments: Sequence[Treatment], texts: Sequence[str]
) -> tuple[Fault, ...]:
    found = title_faults(texts, [treatment.licensed_title for treatment in treatments])
    if any(treatment.procedure_type == "percutaneous" for treatment in treatments):
        found += noninvasive_faults(texts)
    return found
