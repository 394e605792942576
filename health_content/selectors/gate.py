"""Everything the gate asks of a page, gathered from the page as it is in memory and from what the site knows of it."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from ..content_digest import DIGEST_FIELDS, content_digest
from ..document_evidence import find_evidence
from ..gate import decide
from ..gate_checks import CHECKS
from ..gate_content import (
    alt_faults,
    consent_faults,
    dose_faults,
    effective_tier,
    has_aspect,
    has_urgent_card,
    missing_aspects,
    noninvasive_faults,
    overstated_faults,
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
from ..readability import readability
from ..stored_values import walk_stream
from .claims import page_claims
from .policies import check_levels_of, site_profiles
from .related import related_objects
from .shown_disclaimers import disclaimers_of_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..abstract import HealthPageMixin
    from ..document_facts import Json, JsonObject
    from ..gate import GateDecision, Outcome
    from ..gate_facts import Fault
    from ..models import GateOverride, MedicalReview, Treatment
    from .disclaimers import LocatedDisclaimer

REVIEWS_MAX = 20
"""Newest reviews that are looked at."""
REVISIONS_MAX = 200
"""Newest revisions that are looked at."""
STREAMS = ("body", "disclaimers", "references")
RISK_ASPECTS = frozenset({"SideEffects", "RisksOrComplications", "ContraindicationHealthAspect"})  # fmt: skip
CARE_ASPECTS = frozenset({"SeeDoctor"})
INTEREST_KINDS = frozenset({"affiliate", "sponsored"})
HELPLINE_KIND = "helpline"


def page_subject_id(page: HealthPageMixin) -> int:
    """Return the id of the page whose content *page* shows: its source, for an alias."""
    base: Any = page
    subject: int = base.alias_of_id or base.pk or 0
    return subject


def page_digest(page: HealthPageMixin) -> str:
    """Return the digest of what *page*, as it is in memory, says."""
    return content_digest({name: _stored(page, name) for name in DIGEST_FIELDS})


def page_decision(
    page: HealthPageMixin, *, now: datetime | None = None
) -> GateDecision:
    """Return what the gate says of *page*, as it is in memory. Cost: a dozen queries, and the claims once per text."""
    moment = now or timezone.now()
    facts = gate_facts(page)
    return decide(facts, page_policy(page), page_overrides(page), now=moment)


def page_outcomes(page: HealthPageMixin) -> Sequence[Outcome]:
    """Return all that speaks against publishing *page*, whether or not somebody answered for it."""
    return page_decision(page).outcomes


def page_policy(page: HealthPageMixin) -> Policy:
    """Return how strict the site is with *page*."""
    levels = {
        Check(check): Level(level)
        for check, level in check_levels_of(page).items()
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


def page_writers(page: HealthPageMixin, *, among: set[int]) -> frozenset[int]:
    """Return those *among* users who wrote what *page*, as it is in memory, says: none of them may review it."""
    return _writers(page, _reviews(page), page_digest(page), among=among)


def gate_facts(page: HealthPageMixin) -> GateFacts:
    """Return the facts of *page*. What nobody knows is absent, so that the gate counts it as missing."""
    base: Any = page
    digest = page_digest(page)
    body = _stored(page, "body")
    stream = list(walk_stream(body))
    profiles = site_profiles(page)
    conditions = related_objects(base, "about_conditions")
    treatments = related_objects(base, "about_treatments")
    claims = page_claims(
        page, profiles=profiles, conditions=conditions, treatments=treatments
    )
    reviews = _reviews(page)
    reviewers = {r.reviewer_user_id for r in reviews if r.reviewer_user_id}
    shown = disclaimers_of_page(base).library.values()
    kinds = {d.facts.kind for d in shown if d.is_live}
    is_crisis = claims.is_about_crisis or any(c.is_crisis for c in conditions)
    return GateFacts(
        digest=digest,
        risk_tier=effective_tier(
            base.risk_tier, content_kind=base.content_kind, is_crisis=is_crisis
        ),
        is_clinic="uk-clinic" in profiles,
        writers=_writers(page, reviews, digest, among=reviewers),
        disclaimers=tuple(_disclaimer(d, base) for d in shown),
        reviews=tuple(reviews),
        is_change_minor=False,
        claims=claims.claims,
        are_claims_checked=claims.is_checked,
        rule_base=claims.rule_base,
        references=_references(page, stream),
        overstated=overstated_faults(stream, _language(base)),
        misplaced_doses=dose_faults(base.content_kind, stream),
        missing_aspects=missing_aspects(base.content_kind, stream),
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
        accessibility=alt_faults(stream),
        readability=readability(claims.texts),
        without_consent=consent_faults(stream),
        translation=_translation(page, reviews, digest),
        contradictions=_contradictions(treatments, claims.texts),
        has_ai_assistance=base.ai_assistance != "none",
    )


def _stored(page: HealthPageMixin, name: str) -> Json:
    value = getattr(page, name, "")
    prepared: Json = (
        value.get_prep_value() if hasattr(value, "get_prep_value") else value
    )
    return prepared


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


def _reviews(page: HealthPageMixin) -> list[ReviewState]:
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    found = model.objects.filter(page_id=page_subject_id(page))
    return [
        ReviewState(
            digest=row.content_digest,
            reviewed_at=row.reviewed_at,
            expires_at=row.expires_at,
            reviewer_user_id=row.reviewer_id,
            scope=ReviewScope(row.scope),
            credential_until=_end_of(row),
            is_verified=row.is_verified,
            has_shared_interest=row.has_shared_interest,
        )
        for row in found.order_by("-reviewed_at", "-pk")[:REVIEWS_MAX]
    ]


def _end_of(review: MedicalReview) -> datetime | None:
    """Return the moment at which the reviewer's credential ends: its last day counts."""
    if review.credential_until is None:
        return None
    return timezone.make_aware(datetime.combine(review.credential_until, time.max))


def _writers(
    page: HealthPageMixin,
    reviews: Iterable[ReviewState],
    digest: str,
    *,
    among: set[int],
) -> frozenset[int]:
    """Return who *among* users wrote what would go live: whom the page names, and who saved it since its last other review."""
    base: Any = page
    if not among:
        return frozenset()
    named = _contributing_users(page, roles={"author", "editor"})
    if not base.pk:
        return frozenset(named & among)
    earlier = next((r.reviewed_at for r in reviews if r.digest != digest), None)
    saved = _savers(page, since=earlier, among=among)
    owner = {base.owner_id} if earlier is None else set()
    return frozenset((named | saved | owner) & among)


def _savers(
    page: HealthPageMixin, *, since: datetime | None, among: set[int]
) -> set[int]:
    """Return who *among* users saved something else than what was there, after *since*; saving it as it is writes nothing.

    A reviewer who approves in the editor saves the form that way. Of very many revisions the oldest count as written.
    """
    base: Any = page
    rows = base.revisions.order_by("-created_at", "-pk")
    late = rows.filter(created_at__gt=since) if since else rows
    if not late.filter(user_id__in=among).exists():
        return set()  # Texts are long, and mostly nobody has to look into them.
    newest = list(rows.values_list("user_id", "created_at", "content")[:REVISIONS_MAX])
    digests = [_revision_digest(content) for _user, _moment, content in newest]
    savers: set[int] = set()
    earlier = [*digests, ""][1:]
    for (user_id, moment, _content), digest, before in zip(
        newest, digests, earlier, strict=True
    ):
        is_late = since is None or moment > since
        if user_id is not None and is_late and digest != before:
            savers.add(user_id)
    return savers


def _revision_digest(content: Any) -> str:
    """Return the digest of what a revision holds: streams are strings of JSON there."""
    given = content if isinstance(content, dict) else {}
    said = {name: given.get(name, "") for name in DIGEST_FIELDS}
    for name in STREAMS:
        value = said[name]
        said[name] = json.loads(value) if isinstance(value, str) and value else []
    return content_digest(said)


def _contributing_users(page: HealthPageMixin, *, roles: set[str]) -> set[int]:
    named = {
        _person(block.get("value"))
        for block in walk_stream(_stored(page, "contributors"))
        if _role(block.get("value")) in roles
    }
    people = apps.get_model("health_content", "PersonProfile").objects
    found = people.filter(pk__in=named - {0}, user_id__isnull=False)
    return set(found.values_list("user_id", flat=True))


def _person(value: Json) -> int:
    person = value.get("person") if isinstance(value, dict) else None
    return person if isinstance(person, int) else 0


def _role(value: Json) -> str:
    role = value.get("role") if isinstance(value, dict) else None
    return role if isinstance(role, str) else ""


def _disclaimer(disclaimer: LocatedDisclaimer, page: Any) -> DisclaimerState:
    return DisclaimerState(
        title=disclaimer.facts.title,
        is_live=disclaimer.is_live,
        is_in_language=bool(page.alias_of_id) or disclaimer.locale_id == page.locale_id,
        # One that pages show is kept beyond its date by itself, and says so in the log.
        expires_at=None,
    )


def _references(page: HealthPageMixin, stream: Sequence[JsonObject]) -> ReferencesState:
    """Return what the page and its statements rest on: references of the library, and those written into the text."""
    cited = {
        _cited(block.get("value")) for block in walk_stream(_stored(page, "references"))
    }
    cited |= {reference for _key, reference in find_evidence(_stored(page, "body"))}
    model = apps.get_model("health_content", "Reference")
    rows = list(model.objects.filter(pk__in=cited - {0}).order_by("pk"))
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
    """Return whether replies under *page* are public before anybody has read them."""
    from ..conf import get_conf

    base: Any = page
    provider = get_conf().replies_summaries()
    if provider is None or not base.pk:
        return False
    summary = provider([base.pk]).get(base.pk, {})
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
    newest = (
        model.objects.filter(page_id=source_id).order_by("-reviewed_at", "-pk").first()
    )
    own = next((review for review in reviews if review.digest == digest), None)
    return TranslationState(
        is_source_reviewed=newest is not None,
        is_reviewed=own is not None,
        has_source_changed=bool(newest and own and own.reviewed_at < newest.reviewed_at),
    )  # fmt: skip


def _contradictions(
    treatments: Iterable[Treatment], texts: Sequence[str]
) -> tuple[Fault, ...]:
    if any(treatment.procedure_type == "percutaneous" for treatment in treatments):
        return noninvasive_faults(texts)
    return ()
