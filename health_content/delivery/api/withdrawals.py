"""Recall by program: withdraw, list, read the report of consumers, lift."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from wagtail.log_actions import LogContext

from ...abstract import HealthPageMixin
from ...compat import page_model
from ...errors import ReplacementRefused, WithdrawalRefused
from ...permissions import LIFT, may_withdraw
from ...selectors.addresses import AddressBook
from ...selectors.withdrawals import withdrawal_of_page
from ...services.withdrawals import page_withdraw, withdrawal_lift
from ..scopes import Scope
from ..selectors.recalls import (
    withdrawal_detail,
    withdrawal_page,
    withdrawals_managed,
)
from .access import insufficient_scope
from .base import page_number, query_string_of
from .body import read_body, unprocessable
from .body_bytes import field_error
from .caller_grammar import WITHDRAW_FIELDS, read_withdrawal_query
from .caller_lists import page_response
from .grammar import read_no_query
from .problems import Problem, not_found
from .write import WriteView, json_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import AbstractPage

    from ...models import Withdrawal
    from .access import Caller


class WithdrawView(WriteView):
    """Withdraws a page."""

    scope = Scope.PAGES_WITHDRAW

    def post(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Withdraw: 201, or 200 when it is withdrawn already with the very same words."""
        caller = self.known_caller
        page = _page(caller, page_number(page_id))
        given = read_body(request, WITHDRAW_FIELDS)
        replacement = _replacement(given.get("replacement"))
        status = HTTPStatus.CREATED
        try:
            with LogContext(user=caller.user):
                withdrawal = page_withdraw(
                    page,
                    actor=caller.user,
                    reason=given["reason"],
                    severity=given["severity"],
                    replacement=replacement,
                )
        except WithdrawalRefused as error:
            withdrawal = _same(page, given, error)
            status = HTTPStatus.OK
        where = reverse("health_delivery:withdrawal", args=[withdrawal.pk])
        return json_response(
            withdrawal_detail(withdrawal),
            status=status,
            headers={"Location": f"{where}/"},
        )


class WithdrawalListView(WriteView):
    """The withdrawals of the token's sites."""

    scope = Scope.PAGES_WITHDRAW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of them, the newest first, with how many consumers confirmed."""
        query = read_withdrawal_query(query_string_of(request))
        found = withdrawal_page(self.known_caller.site_ids, query)
        return page_response(request, found, page_size=query.page_size)


class WithdrawalView(WriteView):
    """One withdrawal and its report."""

    scope = Scope.PAGES_WITHDRAW

    def get(self, request: HttpRequest, withdrawal_id: str) -> HttpResponse:
        """Return it with each consumer."""
        read_no_query(query_string_of(request))
        found = _withdrawal(self.known_caller, withdrawal_id)
        return json_response(withdrawal_detail(found))


class LiftView(WriteView):
    """Lifts a withdrawal."""

    scope = Scope.PAGES_WITHDRAW

    def post(self, request: HttpRequest, withdrawal_id: str) -> HttpResponse:
        """Let the page be published again; one that is lifted stays as it is."""
        caller = self.known_caller
        read_body(request, ())
        withdrawal = _withdrawal(caller, withdrawal_id)
        if not caller.user.has_perm(LIFT):  # type: ignore[attr-defined]  # every user that Wagtail takes has it
            raise insufficient_scope(Scope.PAGES_WITHDRAW)
        try:
            withdrawal_lift(withdrawal, actor=caller.user)
        except WithdrawalRefused:
            withdrawal.refresh_from_db()
        return json_response(withdrawal_detail(withdrawal))


def already_withdrawn(withdrawal: Withdrawal) -> Problem:
    """Return the 409 for a page that is withdrawn with other words: what the public was told is not changed silently."""
    return Problem(
        HTTPStatus.CONFLICT,
        "already-withdrawn",
        f"The page is withdrawn, with another reason, severity or replacement. See withdrawal {withdrawal.pk}.",
    )


def _same(
    page: AbstractPage, given: dict[str, Any], error: WithdrawalRefused
) -> Withdrawal:
    """Return the withdrawal in force when it says what was *given*: a client that lost the answer asked again."""
    found = withdrawal_of_page(page.pk)
    if found is None:
        at = ["replacement"] if isinstance(error, ReplacementRefused) else []
        fault = field_error("invalid-value", str(error), *at)
        raise unprocessable([fault]) from error
    told = (found.reason, found.severity, found.replacement_id)
    if told != (given["reason"].strip(), given["severity"], given.get("replacement")):
        raise already_withdrawn(found) from error
    return found


def _page(caller: Caller, page_id: int) -> Any:
    """Return the health page that the caller may withdraw.

    Raises:
        Problem: 404, alike for what is not there, not theirs, and not on the token's sites.
    """
    page = page_model().objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    if not isinstance(specific, HealthPageMixin):
        raise not_found("There is no such page that you may withdraw.")
    if not may_withdraw(specific, caller.user) or not _is_allowed(caller, specific):
        raise not_found("There is no such page that you may withdraw.")
    return specific


def _is_allowed(caller: Caller, page: AbstractPage) -> bool:
    if caller.site_ids is None:
        return True
    address = AddressBook().address(page)
    return address is not None and caller.allows_site(address.site_id)


def _replacement(page_id: int | None) -> AbstractPage | None:
    if page_id is None:
        return None
    page = page_model().objects.filter(pk=page_id).first()
    if page is None:
        fault = field_error("invalid-value", "There is no such page.", "replacement")
        raise unprocessable([fault])
    return page


def _withdrawal(caller: Caller, withdrawal_id: str) -> Withdrawal:
    found = withdrawals_managed(caller.site_ids).filter(pk=page_number(withdrawal_id))
    withdrawal = found.first()
    if withdrawal is None:
        raise not_found("There is no such withdrawal on the token's sites.")
    return withdrawal
