"""Writer of what consumers say they did with their copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ...errors import AcknowledgementRefused
from ...services.publication import publication_newest
from ..models import (
    AcknowledgedAction,
    Acknowledgement,
    Change,
    ChangeCounter,
    Recall,
    RecallNotice,
    WebhookEndpoint,
)
from ..models.recalls import MAX_NAME
from .rules import Point, is_settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a consumer says: what it did with its copy of a page, and up to which change or version."""

    page_id: int
    action: AcknowledgedAction
    number: int = 0
    version: int = 0
    endpoint: UUID | None = None
    """The webhook that it speaks for; None: for every system of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A stored statement."""

    acknowledgement: Acknowledgement
    is_new: bool
    settled: tuple[int, ...]
    """The withdrawals that it settles."""


@transaction.atomic
def acknowledgement_record(
    statement: Statement,
    *,
    account: AbstractBaseUser,
    allows_site: Callable[[int], bool],
) -> Acknowledged:
    """Store *statement* once, and note it in the reports of the recalls that it settles.

    The same statement again changes nothing: its time is that of the first. *allows_site* says for which sites the
    account speaks; a recall of no site is everybody's.

    Raises:
        AcknowledgementRefused: it names something that does not exist, or is not the account's.
    """
    endpoint = _endpoint(statement, account)
    _check(statement)
    stored, is_new = Acknowledgement.objects.get_or_create(
        account_id=account.pk,
        endpoint=str(endpoint.uuid) if endpoint else "",
        page_id=statement.page_id,
        action=statement.action,
        number=statement.number,
        version=statement.version,
        defaults={
            "name": account.get_username()[:MAX_NAME],
            "acknowledged_at": timezone.now(),
        },
    )
    settled = [
        recall
        for recall in _recalls(stored)
        if recall.withdrawal.site_id is None or allows_site(recall.withdrawal.site_id)
    ]
    for recall in settled:
        _settle(recall, stored, endpoint)
    return Acknowledged(
        acknowledgement=stored,
        is_new=is_new,
        settled=tuple(recall.withdrawal_id for recall in settled),
    )


def _endpoint(
    statement: Statement, account: AbstractBaseUser
) -> WebhookEndpoint | None:
    if statement.endpoint is None:
        return None
    own = WebhookEndpoint.objects.filter(account_id=account.pk)
    endpoint = own.filter(uuid=statement.endpoint).first()
    if endpoint is None:
        raise AcknowledgementRefused("endpoint", "No webhook of yours has this id.")
    return endpoint


def _check(statement: Statement) -> None:
    """Refuse a page that never was public, and a point that is not there yet: it would settle what is to come."""
    newest_record = publication_newest(statement.page_id)
    is_known = Change.objects.filter(page_id=statement.page_id).exists()
    if newest_record is None or not is_known:
        raise AcknowledgementRefused("page", "No page with this id was ever public.")
    newest = ChangeCounter.objects.values_list("value", flat=True).first() or 0
    if statement.number > newest:
        raise AcknowledgementRefused("cursor", "There is no such change yet.")
    if statement.version > newest_record.number:
        raise AcknowledgementRefused("version", "There is no such version yet.")


def _recalls(stored: Acknowledgement) -> list[Recall]:
    recalls = Recall.objects.filter(withdrawal__page_id=stored.page_id)
    return [
        recall
        for recall in recalls.select_related("withdrawal").order_by("pk")
        if is_settled(
            Point(number=stored.number, version=stored.version),
            Point(number=recall.number, version=recall.version),
            has_newer=stored.action == AcknowledgedAction.UPDATED,
        )
    ]


def _settle(
    recall: Recall, stored: Acknowledgement, endpoint: WebhookEndpoint | None
) -> None:
    """Note *stored* in the lines of its consumer; one that the report does not know yet gets a line."""
    notices = RecallNotice.objects.filter(recall=recall)
    mine = (
        Q(endpoint=endpoint)
        if endpoint
        else Q(endpoint__account_id=stored.account_id) | Q(account_id=stored.account_id)
    )
    lines = notices.filter(mine)
    # The first one counts: that is when the consumer had done it.
    lines.filter(acknowledgement=None).update(acknowledgement=stored)
    if not lines.exists():
        RecallNotice.objects.get_or_create(
            recall=recall,
            endpoint=endpoint,
            account_id=None if endpoint else stored.account_id,
            defaults={
                "name": endpoint.name if endpoint else stored.name,
                "acknowledgement": stored,
            },
        )
