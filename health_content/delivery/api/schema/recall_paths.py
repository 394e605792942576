"""Recalls and acknowledgements in the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....models import Severity
from ...models import AcknowledgedAction, NoticeState
from ...scopes import Scope
from ..caller_grammar import (
    ACK_FIELDS,
    ACK_POINTS,
    PAGED,
    WITHDRAW_FIELDS,
    WITHDRAWAL_PARAMETERS,
)
from .callers import CallerEndpoint
from .parts import (
    INTEGER,
    PAGE_ID,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    array,
    described,
    enum,
    id_parameter,
    nullable,
    record,
    ref,
)
from .query_parameters import query_parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ....document_facts import JsonObject

WITHDRAWAL_ID = id_parameter("withdrawal_id", "Id of the withdrawal.")
UNPROCESSABLE = ("422", "Unprocessable")


def recall_endpoints() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    """Return the endpoints by path and by method."""
    return {**_withdrawals(), **_acks()}


def _withdrawals() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    return {
        "/pages/{id}/withdraw/": {
            "post": CallerEndpoint(
                operation="withdrawPage",
                summary="Withdraw a page: 200 when it is withdrawn already in the same words",
                scope=Scope.PAGES_WITHDRAW,
                answer=ref("WithdrawalDetail"),
                status="201",
                other_statuses=("200",),
                body=WITHDRAW_FIELDS,
                parameters=(PAGE_ID,),
                other_responses=(UNPROCESSABLE, ("409", "AlreadyWithdrawn")),
                tag="recall",
            )
        },
        "/withdrawals/": {
            "get": CallerEndpoint(
                operation="listWithdrawals",
                summary="Withdrawals of the token's sites, the newest first",
                scope=Scope.PAGES_WITHDRAW,
                answer=ref("WithdrawalList"),
                parameters=[query_parameter(p) for p in WITHDRAWAL_PARAMETERS],
                tag="recall",
            )
        },
        "/withdrawals/{withdrawal_id}/": {
            "get": CallerEndpoint(
                operation="getWithdrawal",
                summary="A withdrawal, and which consumers were told and confirmed",
                scope=Scope.PAGES_WITHDRAW,
                answer=ref("WithdrawalDetail"),
                parameters=(WITHDRAWAL_ID,),
                tag="recall",
            )
        },
        "/withdrawals/{withdrawal_id}/lift/": {
            "post": CallerEndpoint(
                operation="liftWithdrawal",
                summary="Let the page be published again; one that is lifted stays so",
                scope=Scope.PAGES_WITHDRAW,
                answer=ref("WithdrawalDetail"),
                parameters=(WITHDRAWAL_ID,),
                tag="recall",
            )
        },
    }


def _acks() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    return {
        "/acks/": {
            "get": CallerEndpoint(
                operation="listAcknowledgements",
                summary="What your account acknowledged, the newest first",
                scope=Scope.ACKS_WRITE,
                answer=ref("AcknowledgementList"),
                parameters=[query_parameter(parameter) for parameter in PAGED],
                tag="recall",
            ),
            "post": CallerEndpoint(
                operation="acknowledge",
                summary="Say what you did with your copy: 200 when you said the same before",
                scope=Scope.ACKS_WRITE,
                answer=ref("RecordedAcknowledgement"),
                status="201",
                other_statuses=("200",),
                body=ACK_FIELDS,
                any_of=ACK_POINTS,
                other_responses=(UNPROCESSABLE,),
                tag="recall",
            ),
        },
    }


def recall_schemas() -> JsonObject:
    """Return the component schemas by name."""
    withdrawal = _withdrawal()
    acknowledgement: dict[str, JsonObject] = {
        "id": INTEGER,
        "page": INTEGER,
        "action": enum(*AcknowledgedAction.values),
        "cursor": TEXT_OR_NULL,
        "version": nullable(INTEGER),
        "endpoint": described(TEXT_OR_NULL, "Id of the webhook that it is about."),
        "acknowledged_at": TIME,
    }
    return {
        "ManagedWithdrawal": record(withdrawal),
        "WithdrawalDetail": record(
            {**withdrawal, "report": array(ref("RecallConsumer"))}
        ),
        "WithdrawalList": page_of("ManagedWithdrawal"),
        "RecallConsumer": _consumer(),
        "Acknowledgement": record(acknowledgement),
        "AcknowledgementList": page_of("Acknowledgement"),
        "RecordedAcknowledgement": record(
            {
                **acknowledgement,
                "withdrawals": described(
                    array(INTEGER), "Ids of the withdrawals that it settles."
                ),
            }
        ),
    }


def page_of(item: str) -> JsonObject:
    """Return the schema of a page of a list of the component *item*."""
    return record(
        {
            "items": array(ref(item)),
            "next": described(TEXT_OR_NULL, "`cursor` of the next page."),
            "page_size": INTEGER,
        }
    )


def _withdrawal() -> dict[str, JsonObject]:
    return {
        "id": INTEGER,
        "page": described(INTEGER, "Id of the page."),
        "type": TEXT,
        "title": described(TEXT, "Of the page when it was withdrawn. Not public."),
        "site": TEXT_OR_NULL,
        "path": TEXT_OR_NULL,
        "severity": enum(*Severity.values),
        "reason": TEXT,
        "replacement": described(
            TEXT_OR_NULL, "Where to go instead, when that is public."
        ),
        "withdrawn_at": TIME,
        "lifted_at": TIME_OR_NULL,
        "cursor": described(
            TEXT_OR_NULL, "Where the change feed stands after the withdrawal."
        ),
        "version": described(nullable(INTEGER), "The last public version."),
        "consumers": record(
            {"count": INTEGER, "confirmed": INTEGER},
            "How many there are, and how many confirmed.",
        ),
    }


def _consumer() -> JsonObject:
    return record(
        {
            "name": TEXT,
            "kind": enum("webhook", "account"),
            "endpoint": described(TEXT_OR_NULL, "Id of the webhook, while it exists."),
            "state": enum(*NoticeState.values),
            "told_at": TIME_OR_NULL,
            "attempt_count": INTEGER,
            "last_result": described(
                TEXT_OR_NULL, "Status of the last answer, or the word of a failure."
            ),
            "failed_at": described(TIME_OR_NULL, "When the message was given up."),
            "acknowledged_at": TIME_OR_NULL,
            "action": nullable(enum(*AcknowledgedAction.values)),
            "version": described(nullable(INTEGER), "That it confirmed."),
            "cursor": described(
                TEXT_OR_NULL,
                "The furthest place of the change feed that it ever confirmed.",
            ),
        },
        "A consumer of a recalled page, told by its webhook or reading the change feed.",
    )
