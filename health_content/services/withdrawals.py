"""Recall: taking a page from the public at once, and letting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from ..actors import actor_user
from ..compat import page_model
from ..errors import ReplacementRefused, WithdrawalRefused
from ..models import Severity, Withdrawal
from ..selectors.addresses import AddressBook
from ..selectors.visibility import public_view
from ..selectors.withdrawals import may_replace
from ..signals import page_withdrawn, withdrawal_lifted
from .publication import page_lock, publication_newest

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

    from ..abstract import HealthPageMixin
    from ..actors import Actor

WITHDRAW_ACTION = "health_content.page.withdrawn"
LIFT_ACTION = "health_content.page.withdrawal_lifted"
MAX_REASON = 1_000


@transaction.atomic
def page_withdraw(
    page: HealthPageMixin,
    *,
    actor: Actor,
    reason: str,
    severity: str,
    replacement: AbstractPage | None = None,
) -> Withdrawal:
    """Take *page* from the public at once, and keep it away until the withdrawal is lifted.

    It is unpublished, its schedules are dropped, and no route publishes it meanwhile; so is each of its aliases, which say
    the same words elsewhere. The public is told, unless the page
    is behind a login or a password: then nobody outside learns that it was there. Sends `page_withdrawn`.

    Raises:
        ReplacementRefused: *replacement* is the page itself, or is not public now.
        WithdrawalRefused: it was never public, is withdrawn already, or another argument is not usable.
    """
    page_lock(page.pk)
    reason = reason.strip()
    _check(page, reason, severity, replacement)
    page.refresh_from_db()
    with translation.override(settings.LANGUAGE_CODE):
        address = AddressBook().address(page)
    user = actor_user(actor)
    withdrawal = Withdrawal.objects.create(
        page_id=page.pk,
        document_type=page.document_type,
        title=page.title,
        site_id=address.site_id if address else None,
        path=address.path if address else "",
        severity=severity,
        reason=reason,
        replacement_id=replacement.pk if replacement else None,
        is_public=_is_open(page),
        withdrawn_at=timezone.now(),
        withdrawn_by_id=user.pk if user else None,
    )
    aliases = _aliases_on_record(page)
    # Who may withdraw is the caller's question, and not that of who may unpublish.
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    data = {"reason": reason, "severity": severity}
    log(instance=page, action=WITHDRAW_ACTION, user=user, data=data)
    page_withdrawn.send(sender=type(page), withdrawal=withdrawal)
    for alias in aliases:
        page_withdraw(
            alias,
            actor=actor,
            reason=reason,
            severity=severity,
            replacement=replacement,
        )
    return withdrawal


@transaction.atomic
def withdrawal_lift(withdrawal: Withdrawal, *, actor: Actor) -> None:
    """Let the page be published again. It stays a draft until somebody does. Sends `withdrawal_lifted`.

    Raises:
        WithdrawalRefused: it was lifted before.
    """
    user = actor_user(actor)
    in_force = Withdrawal.objects.filter(pk=withdrawal.pk, lifted_at=None)
    lifted = {"lifted_at": timezone.now(), "lifted_by_id": user.pk if user else None}
    if not in_force.update(**lifted):
        raise WithdrawalRefused(_("This withdrawal was lifted before."))
    withdrawal.refresh_from_db()
    log(instance=withdrawal, action=LIFT_ACTION, user=user)
    withdrawal_lifted.send(sender=Withdrawal, withdrawal=withdrawal)
    aliases = page_model().objects.filter(alias_of=withdrawal.page_id)
    # They are published with the page, or stop it.
    for found in Withdrawal.objects.filter(page_id__in=aliases, lifted_at=None):
        withdrawal_lift(found, actor=actor)


def _aliases_on_record(page: AbstractPage) -> list[HealthPageMixin]:
    """Return the aliases of *page* that were ever public and are not withdrawn."""
    withdrawn = Withdrawal.objects.filter(lifted_at=None).values("page_id")
    aliases = page_model().objects.filter(alias_of=page).exclude(pk__in=withdrawn)
    return [
        alias
        for alias in aliases.order_by("pk").specific()
        if publication_newest(alias.pk) is not None
    ]


def _is_open(page: Any) -> bool:
    """Return whether no view restriction is on *page* or above it."""
    return not page.path.startswith(public_view().private_paths)


def _check(
    page: HealthPageMixin, reason: str, severity: str, replacement: AbstractPage | None
) -> None:
    if severity not in Severity.values:
        known = ", ".join(Severity.values)
        raise WithdrawalRefused(_("The severity is one of %s.") % known)
    if not 0 < len(reason) <= MAX_REASON:
        raise WithdrawalRefused(
            _("Give a reason of at most %d characters.") % MAX_REASON
        )
    if replacement is not None and replacement.pk == page.pk:
        raise ReplacementRefused(_("A page cannot replace itself."))
    if Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).exists():
        raise WithdrawalRefused(_("This page is withdrawn already."))
    if publication_newest(page.pk) is None:
        raise WithdrawalRefused(
            _("This page was never public. Delete it, or leave it a draft.")
        )
    if replacement is not None and not may_replace(replacement):
        raise ReplacementRefused(
            _(
                "The replacement cannot be read by the public. Publish it first, or name another page."
            )
        )
