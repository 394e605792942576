"""Recall: taking a page from the public at once, and letting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from ..actors import actor_user
from ..errors import WithdrawalRefused
from ..models import Severity, Withdrawal
from ..selectors.addresses import AddressBook
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

    It is unpublished, its schedules are dropped, and no route publishes it meanwhile. Sends `page_withdrawn`.

    Raises:
        WithdrawalRefused: it was never public, is withdrawn already, or an argument is not usable.
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
        withdrawn_at=timezone.now(),
        withdrawn_by_id=user.pk if user else None,
    )
    # Who may withdraw is the caller's question, and not that of who may unpublish.
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    data = {"reason": reason, "severity": severity}
    log(instance=page, action=WITHDRAW_ACTION, user=user, data=data)
    page_withdrawn.send(sender=type(page), withdrawal=withdrawal)
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
        raise WithdrawalRefused(_("A page cannot replace itself."))
    if Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).exists():
        raise WithdrawalRefused(_("This page is withdrawn already."))
    if publication_newest(page.pk) is None:
        raise WithdrawalRefused(
            _("This page was never public. Delete it, or leave it a draft.")
        )
