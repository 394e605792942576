"""What the gate says of a page, as the editor's panel shows it: sentences, places, and what this user may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..claims.remedies import Remedies
from ..disclaimer_messages import why_sentence
from ..gate_facts import Check, Level, Waiver
from ..gate_messages import reason_place, reason_sentence
from ..models.review import OverrideKind
from ..permissions import OVERRIDE, REVIEW, may_waive
from ..policy_forms import CHECK_LABELS
from ..selectors.gate import RISK_UNCONFIRMED, page_decision
from ..selectors.overrides import override_waits, overrides_given
from ..selectors.page_content import page_digest
from ..selectors.remedies import page_remedies
from ..selectors.review_summary import review_rejection, review_summary
from ..selectors.reviewers import review_fault
from ..selectors.shown_disclaimers import disclaimers_of_page
from ..services.publication import publication_newest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ..abstract import HealthPageMixin
    from ..document_facts import Json, JsonObject
    from ..gate import GateDecision, Outcome
    from ..models import GateOverride

OVERRIDE_URL = "health_content_override"
APPROVE_URL = "health_content_override_approve"
EMERGENCY_URL = "health_content_emergency"
CONFIRM_URL = "health_content_confirm"
RISK_URL = "health_content_confirm_risk"
REFERENCES_MISSING = "references_missing"
LEVELS = {
    Level.BLOCK: gettext_lazy("Blocking"),
    Level.WARN: gettext_lazy("Warning"),
    Level.INFO: gettext_lazy("Hint"),
    Level.OFF: "",
}
WAIVERS = {
    Waiver.NOBODY: gettext_lazy("Nobody may override it."),
    Waiver.EDITOR: gettext_lazy("Whoever edits the page may override it."),
    Waiver.REVIEWER: gettext_lazy(
        "A medical reviewer who did not make the change may confirm it."
    ),
    Waiver.LEAD: gettext_lazy("A health lead may override it."),
    Waiver.TWO_PEOPLE: gettext_lazy("Two health leads together may override it."),
}


def page_findings(page: HealthPageMixin, user: Any) -> JsonObject:
    """Return what the panel shows *user* of *page*, as it is in memory.

    `{"blocking", "warning", "summary", "publish", "groups": [{"check", "label", "findings"}], "review": {"state",
    "lines"}, "disclaimers"}`, groups in the order of the checks. Cost: that of the gate and of `page_remedies`, and twelve
    queries.
    """
    decision = page_decision(page)
    given = overrides_given(page)
    remedies = page_remedies(page, decision.outcomes)
    groups: dict[Check, list[JsonObject]] = {}
    for outcome in decision.outcomes:
        finding = _finding(page, outcome, given, user)
        finding |= _remedies(outcome, remedies.get(outcome.reason.fingerprint))
        groups.setdefault(outcome.check, []).append(finding)
    blocking = len(decision.blockers)
    is_public = is_public_as_it_is(page)
    shown: list[Json] = [
        {"check": str(check), "label": str(CHECK_LABELS[check]), "findings": [*found]}
        for check, found in groups.items()
    ]
    return {
        "blocking": blocking,
        "warning": len(decision.warnings),
        "summary": _summary(decision, is_public=is_public),
        "publish": publish_label(0 if is_public else blocking),
        "groups": shown,
        "review": _review(page, decision, user),
        "disclaimers": [*_disclaimers(page)],
    }


def is_public_as_it_is(page: HealthPageMixin) -> bool:
    """Return whether *page* is public with exactly what it says in memory: the gate does not ask for it again."""
    base: Any = page
    newest = publication_newest(base.pk) if base.pk else None
    return bool(
        newest and newest.document and newest.content_digest == page_digest(page)
    )


def publish_label(blocking: int) -> str:
    """Return what stands on the button that publishes, "" for what Wagtail writes there."""
    if not blocking:
        return ""
    text = ngettext(
        "Publish (%(count)d blocking)", "Publish (%(count)d blocking)", blocking
    )
    return text % {"count": blocking}


def may_confirm(page: HealthPageMixin, user: Any) -> bool:
    """Return whether *user* may confirm that no statement of *page*, as it is in memory, changed."""
    # A superuser has every permission, and is no reviewer for that.
    return bool(user.has_perm(REVIEW)) and not review_fault(page, user)


def override_url(page_id: int, fingerprint: str, *, kind: str = "") -> str:
    """Return the address of the form that overrides one finding; *kind* of reason is chosen there already."""
    query = urlencode({"finding": fingerprint} | ({"kind": kind} if kind else {}))
    return f"{reverse(OVERRIDE_URL, args=[page_id])}?{query}"


def _summary(decision: GateDecision, *, is_public: bool) -> str:
    blocking, warning = len(decision.blockers), len(decision.warnings)
    if not blocking and not warning:
        return _("Nothing speaks against publishing this page.")
    blocks = ngettext(
        "%(count)d finding keeps it from going live.",
        "%(count)d findings keep it from going live.",
        blocking,
    )
    warns = ngettext("%(count)d warning.", "%(count)d warnings.", warning)
    parts = [blocks % {"count": blocking}] if blocking else []
    parts += [warns % {"count": warning}] if warning else []
    if blocking and is_public:
        parts.append(_("What is public now stays so until it is changed."))
    return " ".join(parts)


def _finding(
    page: HealthPageMixin, outcome: Outcome, given: Mapping[str, GateOverride], user: Any
) -> JsonObject:  # fmt: skip
    reason = outcome.reason
    finding: JsonObject = {
        "id": reason.fingerprint,
        "quote": reason.text if reason.sentence else "",
        "level": str(outcome.level),
        "level_label": str(LEVELS[outcome.level]),
        "sentence": reason_sentence(reason),
        "message": reason.message or reason_sentence(reason),
        "suggestion": reason.suggestion,
        "source": reason.source,
        "source_name": urlsplit(reason.source).hostname or "",
        "place": reason_place(reason),
        "note": "",
        "action": "",
        "action_label": "",
    }
    return finding | _answer(page, outcome, given.get(reason.fingerprint), user)


def _remedies(outcome: Outcome, found: Remedies | None) -> JsonObject:
    """Return what is one click away from settling *outcome*, while nobody answered for it."""
    if outcome.override is not None:
        found = None
    takes_reference = outcome.reason.code == REFERENCES_MISSING
    remedies = found or Remedies(takes_reference=takes_reference)
    # A claim that must not stand stays one, whatever is cited.
    is_settled_by_reference = takes_reference or outcome.level is not Level.BLOCK
    label = _("Permitted wording") if remedies.is_permitted else _("Suggested wording")
    button = _("Use permitted wording") if remedies.is_permitted else _("Use suggested wording")  # fmt: skip
    return {
        "wording": remedies.wording,
        "wording_label": label,
        "wording_button": button,
        "wording_note": remedies.qualifier,
        "attributed": remedies.attributed,
        "takes_reference": remedies.takes_reference and is_settled_by_reference,
    }


def _answer(
    page: Any, outcome: Outcome, row: GateOverride | None, user: Any
) -> JsonObject:
    """Return who answered for *outcome*, or who may, and where."""
    if outcome.override is not None:
        facts = {
            "name": row.user_name if row else "",
            "day": _day(outcome.override.expires_at),
        }
        note = _("%(name)s overrode it until %(day)s.") % facts
        return {"note": note, "level": "overridden", "level_label": _("Overridden")}
    if row is not None and override_waits(row):
        note = _("%(name)s overrode it. A second person has to approve that.")
        answer: JsonObject = {"note": note % {"name": row.user_name}}
        if user.has_perm(OVERRIDE) and user.pk != row.user_id:
            url = reverse(APPROVE_URL, args=[row.pk])
            answer |= {"action": url, "action_label": _("Approve the override")}
        return answer
    if outcome.level is Level.INFO:
        return {}
    if outcome.waiver is Waiver.REVIEWER:
        if not page.pk or not may_confirm(page, user):
            return {"note": str(WAIVERS[outcome.waiver])}
        if outcome.reason.code == RISK_UNCONFIRMED:
            url = reverse(RISK_URL, args=[page.pk])
            return {"action": url, "action_label": _("Confirm the risk")}
        url = reverse(CONFIRM_URL, args=[page.pk])
        return {"action": url, "action_label": _("Confirm that no statement changed")}
    if page.pk and may_waive(page, user, outcome.waiver):
        reason = outcome.reason
        if reason.is_bound_to_sentence:
            kind = OverrideKind.FALSE_POSITIVE
            url = override_url(page.pk, reason.fingerprint, kind=kind)
            return {"action": url, "action_label": _("Dismiss with a reason")}
        url = override_url(page.pk, reason.fingerprint)
        return {"action": url, "action_label": _("Override this finding")}
    return {"note": str(WAIVERS[outcome.waiver])}


def _review(page: HealthPageMixin, decision: GateDecision, user: Any) -> JsonObject:
    summary = review_summary(page)
    if summary is None:
        is_needed = any(o.check is Check.REVIEW_MISSING for o in decision.outcomes)
        lines = [
            _("Nobody reviewed it yet.") if is_needed else _("No review is asked for.")
        ]
        state = "missing" if is_needed else "none"
    else:
        review = summary.review
        full = review.full
        facts = {"name": full.reviewer_name, "day": _day(full.reviewed_at)}
        lines = [_("%(name)s reviewed it on %(day)s.") % facts]
        if full is not review:
            facts = {"name": review.reviewer_name, "day": _day(review.reviewed_at)}
            text = _("%(name)s confirmed on %(day)s that no statement changed since.")
            lines.append(text % facts)
        if not summary.is_of_content:
            state = "changed"
            lines.append(_("It was changed since."))
        else:
            state = "overdue" if summary.is_overdue else "current"
            text = (
                _("The next review was due on %(day)s.")
                if summary.is_overdue
                else _("The next review is due on %(day)s.")
            )
            lines.append(text % {"day": _day(review.expires_at)})
    if (rejection := review_rejection(page)) is not None:
        facts = {"name": rejection.reviewer_name, "day": _day(rejection.rejected_at), "reason": rejection.reason}  # fmt: skip
        lines.append(_("%(name)s asked for changes on %(day)s: %(reason)s") % facts)
    base: Any = page
    # A superuser has every permission, and is no reviewer for that.
    is_reviewer = user.has_perm(REVIEW) and not user.is_superuser
    if base.pk and is_reviewer and (fault := review_fault(page, user)):
        lines.append(_("A review of yours would not count: %(reason)s") % {"reason": fault})  # fmt: skip
    return {"state": state, "lines": [*lines]}


def _disclaimers(page: Any) -> Iterator[str]:
    """Yield what readers of *page* will see, and why; what they will not see is among the findings."""
    shown = disclaimers_of_page(page)
    for each in shown.shown:
        disclaimer = shown.library[each.id]
        if not disclaimer.is_live:
            continue
        facts = {
            "title": disclaimer.facts.title,
            "number": disclaimer.facts.version,
            "why": why_sentence(each.why),
        }
        if disclaimer.facts.is_pinned:
            yield _("“%(title)s”, %(why)s. It keeps wording %(number)d.") % facts
        else:
            yield _("“%(title)s”, %(why)s. Newest wording: %(number)d.") % facts


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
