"""The report of a recall: each consumer, when it was told, when it confirmed, and how far it says it has read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from ...document import timestamp
from ...models import Withdrawal
from ...selectors.addresses import site_label
from ...selectors.withdrawals import replacement_locations
from ..models import (
    AcknowledgedAction,
    Acknowledgement,
    NoticeState,
    Recall,
    RecallNotice,
)
from .callers import CallerPage, caller_page
from .changes import change_cursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from ...document_facts import JsonObject
    from ..cursors import Cursor
    from ..queries import WithdrawalQuery

WITHDRAWALS_ORDER = "withdrawal"
ACKS_ORDER = "ack"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerLine:
    """One consumer of a recall's report."""

    name: str
    endpoint: str | None
    """The webhook's permanent id; None for an account, and for a webhook that was deleted."""
    is_webhook: bool
    state: NoticeState
    told_at: datetime | None
    attempt_count: int
    last_result: str
    failed_at: datetime | None
    acknowledged_at: datetime | None
    action: AcknowledgedAction | None
    version: int | None
    """The version that the acknowledgement names."""
    cursor: str | None
    """The furthest place of the change feed that the consumer ever said it had read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallReport:
    """Who was to be told of a withdrawal, and what became of it."""

    lines: tuple[ConsumerLine, ...] = ()

    @property
    def confirmed_count(self) -> int:
        """Return how many consumers confirmed."""
        return sum(line.state is NoticeState.ACKNOWLEDGED for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallCount:
    """How many consumers a recall has, and how many of them confirmed."""

    consumers: int = 0
    confirmed: int = 0


def recall_counts(withdrawal_ids: Iterable[int]) -> dict[int, RecallCount]:
    """Return the counts of each of the withdrawals that has consumers. One query."""
    notices = RecallNotice.objects.filter(recall__in=list(withdrawal_ids))
    rows = notices.order_by().values_list("recall").annotate(
        Count("pk"), Count("acknowledgement")
    )  # fmt: skip
    return {
        withdrawal_id: RecallCount(consumers=consumers, confirmed=confirmed)
        for withdrawal_id, consumers, confirmed in rows
    }


def recall_report(withdrawal_id: int) -> RecallReport:
    """Return the report of the withdrawal, in order of the consumers' names. Two queries."""
    notices = list(
        RecallNotice.objects.filter(recall=withdrawal_id)
        .select_related("endpoint", "acknowledgement")
        .order_by("name", "pk")
    )
    positions = _positions(notices)
    return RecallReport(lines=tuple(_line(notice, positions) for notice in notices))


def withdrawals_managed(site_ids: frozenset[int] | None) -> QuerySet[Withdrawal]:
    """Return the withdrawals of the sites; None: all, those of no site included."""
    withdrawals = Withdrawal.objects.select_related("site")
    return withdrawals if site_ids is None else withdrawals.filter(site__in=site_ids)


def withdrawal_page(
    site_ids: frozenset[int] | None, query: WithdrawalQuery
) -> CallerPage:
    """Return withdrawals, the newest first, with their counts. A constant number of queries."""
    rows = withdrawals_managed(site_ids).order_by("-pk")
    if query.page is not None:
        rows = rows.filter(page_id=query.page)
    if query.is_in_force is not None:
        rows = rows.filter(lifted_at__isnull=query.is_in_force)
    if query.cursor is not None:
        rows = rows.filter(pk__lt=query.cursor.id)
    return caller_page(
        rows, _withdrawals, order=WITHDRAWALS_ORDER, page_size=query.page_size
    )


def withdrawal_detail(withdrawal: Withdrawal) -> JsonObject:
    """Return *withdrawal* as a list shows it, with each of its consumers."""
    [shown] = _withdrawals([withdrawal])
    lines = recall_report(withdrawal.pk).lines
    return shown | {"report": [_consumer(line) for line in lines]}


def ack_page(account_id: int, *, cursor: Cursor | None, page_size: int) -> CallerPage:
    """Return what the account acknowledged, the newest first. One query."""
    rows = Acknowledgement.objects.filter(account=account_id).order_by("-pk")
    if cursor is not None:
        rows = rows.filter(pk__lt=cursor.id)
    return caller_page(
        rows,
        lambda acks: [acknowledgement_json(ack) for ack in acks],
        order=ACKS_ORDER,
        page_size=page_size,
    )


def acknowledgement_json(acknowledgement: Acknowledgement) -> JsonObject:
    """Return *acknowledgement* as the API shows it to its consumer."""
    number = acknowledgement.number
    return {
        "id": acknowledgement.pk,
        "page": acknowledgement.page_id,
        "action": str(acknowledgement.action),
        "cursor": change_cursor(number) if number else None,
        "version": acknowledgement.version or None,
        "endpoint": acknowledgement.endpoint or None,
        "acknowledged_at": timestamp(acknowledgement.acknowledged_at),
    }


def _withdrawals(withdrawals: Sequence[Withdrawal]) -> list[JsonObject]:
    identifiers = [withdrawal.pk for withdrawal in withdrawals]
    counts = recall_counts(identifiers)
    recalls = Recall.objects.in_bulk(identifiers)
    locations = replacement_locations(withdrawals)
    return [
        _withdrawal(
            withdrawal,
            counts.get(withdrawal.pk, RecallCount()),
            recalls.get(withdrawal.pk),
            locations.get(withdrawal.pk),
        )
        for withdrawal in withdrawals
    ]


def _withdrawal(
    withdrawal: Withdrawal,
    count: RecallCount,
    recall: Recall | None,
    replacement: str | None,
) -> JsonObject:
    return {
        "id": withdrawal.pk,
        "page": withdrawal.page_id,
        "type": withdrawal.document_type,
        "title": withdrawal.title,
        "site": site_label(withdrawal.site) if withdrawal.site else None,
        "path": withdrawal.path or None,
        "severity": str(withdrawal.severity),
        "reason": withdrawal.reason,
        "replacement": replacement,
        "withdrawn_at": timestamp(withdrawal.withdrawn_at),
        "lifted_at": timestamp(withdrawal.lifted_at),
        "cursor": change_cursor(recall.number) if recall else None,
        "version": recall.version if recall else None,
        "consumers": {"count": count.consumers, "confirmed": count.confirmed},
    }


def _consumer(line: ConsumerLine) -> JsonObject:
    return {
        "name": line.name,
        "kind": "webhook" if line.is_webhook else "account",
        "endpoint": line.endpoint,
        "state": str(line.state),
        "told_at": timestamp(line.told_at),
        "attempt_count": line.attempt_count,
        "last_result": line.last_result or None,
        "failed_at": timestamp(line.failed_at),
        "acknowledged_at": timestamp(line.acknowledged_at),
        "action": str(line.action) if line.action else None,
        "version": line.version,
        "cursor": line.cursor,
    }


def _line(
    notice: RecallNotice, positions: Mapping[tuple[int, str], int]
) -> ConsumerLine:
    told, endpoint = notice.acknowledgement, notice.endpoint
    number = max((positions.get(key, 0) for key in _keys(notice)), default=0)
    return ConsumerLine(
        name=notice.name,
        endpoint=str(endpoint.uuid) if endpoint else None,
        is_webhook=notice.account_id is None,
        state=notice.state,
        told_at=notice.told_at,
        attempt_count=notice.attempt_count,
        last_result=notice.last_result,
        failed_at=notice.failed_at,
        acknowledged_at=told.acknowledged_at if told else None,
        action=AcknowledgedAction(told.action) if told else None,
        version=(told.version or None) if told else None,
        cursor=change_cursor(number) if number else None,
    )


def _positions(notices: Sequence[RecallNotice]) -> dict[tuple[int, str], int]:
    """Return the furthest change that each consumer confirmed, by account and webhook ("" for the account alone)."""
    accounts = {account for notice in notices for account, _ in _keys(notice)}
    rows = Acknowledgement.objects.filter(account__in=accounts).order_by()
    furthest = rows.values_list("account", "endpoint").annotate(Max("number"))
    return {(account, endpoint): number for account, endpoint, number in furthest}


def _keys(notice: RecallNotice) -> list[tuple[int, str]]:
    """Return whose statements are this consumer's: the account's, and those for the webhook itself."""
    if notice.endpoint is not None and notice.endpoint.account_id is not None:
        account = notice.endpoint.account_id
        return [(account, ""), (account, str(notice.endpoint.uuid))]
    return [] if notice.account_id is None else [(notice.account_id, "")]
