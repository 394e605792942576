"""Who may recall content, and who may let a page pass the gate; asked alike by the admin and by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from .gate_facts import Waiver

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

WITHDRAW = "health_content.add_withdrawal"
LIFT = "health_content.change_withdrawal"
SEE = "health_content.view_withdrawal"
OVERRIDE = "health_content.override_gate"
EMERGENCY = "health_content.publish_emergency"
REVIEW = "health_content.review_medically"
SEE_REVIEWS = "health_content.view_medicalreview"
SEE_OVERRIDES = "health_content.view_gateoverride"
SEE_DRIFT = "health_content.view_pagedrift"
SEE_FINDINGS = "health_content.view_pagefinding"
SEE_DISCLAIMERS = "health_content.view_disclaimersnippet"
SEE_REFERENCES = "health_content.view_reference"
CHANGE_DISCLAIMERS = "health_content.change_disclaimersnippet"
CHANGE_REFERENCES = "health_content.change_reference"
SEE_EMERGENCIES = "health_content.view_emergencypublication"


def may_withdraw(page: AbstractPage, user: Any) -> bool:
    """Return whether *user* may withdraw *page*: by permission, and where they may publish."""
    if not user.has_perm(WITHDRAW):
        return False
    return bool(page.permissions_for_user(user).can_publish())


def may_see_withdrawals(user: Any) -> bool:
    """Return whether *user* may see the list of withdrawals and their reports: whoever may do anything with them."""
    return any(user.has_perm(permission) for permission in (WITHDRAW, LIFT, SEE))


def may_waive(page: AbstractPage, user: Any, waiver: Waiver) -> bool:
    """Return whether *user* may let *page* pass what *waiver* may override, alone or as the first of two people."""
    match waiver:
        case Waiver.NOBODY:
            return False
        case Waiver.EDITOR:
            return may_ask_gate(page, user)
        case Waiver.REVIEWER:
            return bool(user.has_perm(REVIEW))
        case Waiver.LEAD | Waiver.TWO_PEOPLE:
            return bool(user.has_perm(OVERRIDE))
        case _:
            assert_never(waiver)


def may_ask_gate(page: AbstractPage, user: Any) -> bool:
    """Return whether *user* may read what the gate says of *page*: who edits it, and who may answer for it."""
    if user.has_perm(OVERRIDE) or user.has_perm(REVIEW):
        return True
    return bool(page.permissions_for_user(user).can_edit())


def may_see_reviews(user: Any) -> bool:
    """Return whether *user* may see which pages were reviewed, when and by whom."""
    return any(user.has_perm(each) for each in (SEE_REVIEWS, REVIEW, OVERRIDE))


def may_see_overrides(user: Any) -> bool:
    """Return whether *user* may see who let which page pass what."""
    return any(user.has_perm(each) for each in (SEE_OVERRIDES, OVERRIDE))


def may_see_emergencies(user: Any) -> bool:
    """Return whether *user* may see what was published unchecked."""
    return any(user.has_perm(each) for each in (SEE_EMERGENCIES, EMERGENCY, OVERRIDE))


def may_see_drift(user: Any) -> bool:
    """Return whether *user* may see which public pages would not go live today."""
    return any(user.has_perm(each) for each in (SEE_DRIFT, OVERRIDE, REVIEW))


def may_see_findings(user: Any) -> bool:
    """Return whether *user* may see what the gate finds on public pages, sentence by sentence."""
    return any(user.has_perm(each) for each in (SEE_FINDINGS, OVERRIDE, REVIEW))


def may_see_disclaimer_use(user: Any) -> bool:
    """Return whether *user* may see which public page shows which wording."""
    wanted = (SEE_DISCLAIMERS, CHANGE_DISCLAIMERS, OVERRIDE)
    return any(user.has_perm(each) for each in wanted)


def may_see_sources(user: Any) -> bool:
    """Return whether *user* may see which sources were retracted, superseded or grew old."""
    wanted = (SEE_REFERENCES, CHANGE_REFERENCES, OVERRIDE, REVIEW)
    return any(user.has_perm(each) for each in wanted)


def may_see_evidence(user: Any) -> bool:
    """Return whether *user* may read all that is on record of how a page came about, with who reviewed and decided."""
    if user.has_perm(OVERRIDE) or user.has_perm(REVIEW):
        return True
    return bool(user.has_perm(SEE_REVIEWS) and user.has_perm(SEE_OVERRIDES))
