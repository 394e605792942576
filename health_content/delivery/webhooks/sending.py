"""Deliveries are claimed, sent and settled. Any number of processes may do so at once.

A claim is a due time in the near future: nobody else takes the row before, and everybody may afterwards. So what a
killed process left is tried again by itself, and two processes never try the same delivery at the same time.
"""

from __future__ import annotations

import logging
import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ...conf import get_conf
from ..models import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from ..models.webhooks import MAX_EXCERPT
from ..outbound_rules import RefusedError
from ..recalls.notices import notice_follow
from ..safe_http import FailedError, post
from ..signing import sign
from .contents import delivery_payload
from .event_types import TEST_TYPE, ends_recall, is_recall
from .keys import endpoint_secrets
from .rules import outbound_rules
from .schedule import DELAYS, Verdict, judge, next_delay, next_rest, read_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

CLAIM_MARGIN = timedelta(minutes=2)
"""Beyond the longest request: for the resolver, and a slow database."""
MAX_CANDIDATES = 20
"""Rows looked at for one to claim: more than there are processes."""
MAX_EXHAUSTED = 3
"""Deliveries given up in a row, each after its whole schedule, that disable an endpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What came of one attempt."""

    verdict: Verdict
    result: str
    excerpt: str = ""
    asked: timedelta | None = None
    """How long the receiver asked us to wait."""


def deliveries_send(
    *,
    limit: int | None = None,
    is_over: Callable[[], bool] = bool,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Send what is due, the urgent first, then the oldest; return how many attempts were made.

    Ends when nothing is due, after *limit* attempts, or before the next one when *is_over* says so.
    """
    count = 0
    while (limit is None or count < limit) and not is_over():
        delivery = delivery_claim(now=clock())
        if delivery is None:
            break
        delivery_attempt(delivery, clock=clock)
        count += 1
    return count


def delivery_claim(*, now: datetime, pk: int | None = None) -> WebhookDelivery | None:
    """Return a delivery that is the caller's alone until its claim ends, None when nothing is due.

    With *pk*, that delivery if it waits and nobody has claimed it, whatever its time or its endpoint's state.
    """
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING)
    if pk is None:
        free = waiting.filter(due_at__lte=now)
        candidates = list(_candidates(free, now))
    else:
        free = waiting.filter(Q(claim=None) | Q(due_at__lte=now))
        candidates = [pk]
    until = now + timedelta(seconds=get_conf().webhook_timeout_seconds) + CLAIM_MARGIN
    for candidate in candidates:
        claim = uuid.uuid4()
        # One guarded UPDATE: of two processes, one changes the row and the other finds it changed.
        if free.filter(pk=candidate).update(
            claim=claim, due_at=until, attempt_count=F("attempt_count") + 1
        ):
            return WebhookDelivery.objects.select_related("endpoint").get(pk=candidate)
    return None


def delivery_attempt(
    delivery: WebhookDelivery, *, clock: Callable[[], datetime] = timezone.now
) -> None:
    """Send a claimed *delivery* and settle it by the answer."""
    started_at, started = clock(), time.monotonic()
    outcome = _send(delivery, now=started_at)
    duration = time.monotonic() - started
    with transaction.atomic():
        # Without the key: who publishes refers to these rows and must neither wait nor be waited for in a circle.
        rows = WebhookDelivery.objects.select_for_update(no_key=True)
        if not rows.filter(pk=delivery.pk).values_list("pk", flat=True):
            return  # Deleted meanwhile, with its endpoint.
        WebhookAttempt.objects.create(
            delivery=delivery,
            started_at=started_at,
            duration_ms=round(duration * 1_000),
            result=outcome.result,
            excerpt=outcome.excerpt,
        )
        _settle(delivery, outcome, now=clock())
        if is_recall(delivery.type):
            notice_follow(delivery)


def _candidates(free: QuerySet[WebhookDelivery], now: datetime) -> list[int]:
    """Return the ids of what is due: not for endpoints that are disabled, nor those that rest, but for the urgent."""
    awake = Q(endpoint__resting_until=None) | Q(endpoint__resting_until__lte=now)
    due = free.filter(awake | Q(is_urgent=True), endpoint__disabled_at=None)
    ordered = due.order_by("-is_urgent", "due_at", "pk")
    return list(ordered.values_list("pk", flat=True)[:MAX_CANDIDATES])


def _send(delivery: WebhookDelivery, *, now: datetime) -> _Outcome:
    endpoint = delivery.endpoint
    try:
        body = delivery_payload(delivery, now=now)
        headers = sign(
            delivery.message_id,
            now,
            body,
            secrets=endpoint_secrets(endpoint, now=now),
        )
        answer = post(
            endpoint.url,
            body=body.encode(),
            headers={"Content-Type": "application/json", **headers},
            rules=outbound_rules(),
        )
    except RefusedError as error:
        return _Outcome(verdict=Verdict.RETRY, result=f"refused-{error.refusal}")
    except FailedError as error:
        return _Outcome(verdict=Verdict.RETRY, result=str(error.failure))
    except Exception:
        # The runner's last line: one delivery that cannot be made must not keep the others.
        logger.exception("Delivery %s could not be made", delivery.message_id)
        return _Outcome(verdict=Verdict.RETRY, result="error")
    return _Outcome(
        verdict=judge(answer.status),
        result=str(answer.status),
        excerpt=_text(answer.excerpt),
        asked=read_retry_after(answer.retry_after_raw, now=now),
    )


def _text(excerpt: bytes) -> str:
    """Return the beginning of an answer as text that every database stores."""
    return excerpt.decode("utf-8", "replace").replace("\0", "")[:MAX_EXCERPT]


def _settle(delivery: WebhookDelivery, outcome: _Outcome, *, now: datetime) -> None:
    """Write what *outcome* means for the delivery and its endpoint.

    A claim that ended meanwhile is somebody else's now: then only the endpoint learns of the outcome.
    """
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, claim=delivery.claim)
    changes = {"claim": None, "last_result": outcome.result}
    if outcome.verdict is Verdict.DELIVERED:
        mine.update(state=DeliveryState.DELIVERED, settled_at=now, **changes)
        _note_success(delivery.endpoint_id, now)
        return
    is_test = delivery.type == TEST_TYPE
    delay = next_delay(
        len(DELAYS) if is_test else delivery.attempt_count,
        jitter=secrets.randbelow(1_000) / 1_000,
        asked=outcome.asked,
    )
    if outcome.verdict is Verdict.GONE or delay is None:
        mine.update(state=DeliveryState.FAILED, settled_at=now, **changes)
    elif _is_replaced(delivery):
        mine.update(state=DeliveryState.SUPERSEDED, settled_at=now, **changes)
    else:
        mine.update(due_at=now + delay, **changes)
    is_exhausted = delay is None and not is_test
    _note_failure(delivery.endpoint_id, outcome, is_exhausted=is_exhausted, now=now)


def _is_replaced(delivery: WebhookDelivery) -> bool:
    """Return whether a newer event about the same thing came while this one was being sent."""
    newer = WebhookDelivery.objects.filter(
        endpoint_id=delivery.endpoint_id, subject=delivery.subject, pk__gt=delivery.pk
    ).values_list("type", flat=True)
    return any(not delivery.is_urgent or ends_recall(name) for name in newer)


def _note_success(endpoint_id: int, now: datetime) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(
        failure_count=0, exhausted_count=0, resting_until=None, last_success_at=now
    )


def _note_failure(
    endpoint_id: int, outcome: _Outcome, *, is_exhausted: bool, now: datetime
) -> None:
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(
        pk=endpoint_id
    )
    endpoint.failure_count += 1
    endpoint.exhausted_count += is_exhausted
    endpoint.last_failure_at = now
    endpoint.resting_until = now + next_rest(
        endpoint.failure_count, asked=outcome.asked
    )
    reason = ""
    if outcome.verdict is Verdict.GONE:
        reason = DisabledReason.GONE
    elif endpoint.exhausted_count >= MAX_EXHAUSTED:
        reason = DisabledReason.FAILING
    if reason and endpoint.is_enabled:
        endpoint.disabled_at, endpoint.disabled_reason = now, reason
        logger.warning("Webhook %s was disabled: %s", endpoint_id, reason)
    endpoint.save(
        update_fields=[
            "failure_count", "exhausted_count", "last_failure_at", "resting_until", "disabled_at", "disabled_reason",
        ]
    )  # fmt: skip
