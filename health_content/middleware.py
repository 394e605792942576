"""Answers that views of others cannot give: why content is withdrawn, and why a page was not published."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Site

from .refusals import refusals_noted
from .selectors.withdrawals import withdrawal_at, withdrawal_replacements

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

TEMPLATE = "health_content/withdrawn.html"


class WithdrawnMiddleware:
    """Answers 410 where a 404 would be given and a withdrawn page was. Costs one query, and only then.

    Goes after the middleware for redirects: a recall outranks a redirect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response, or what is said of a withdrawn page in its place."""
        response = self.get_response(request)
        is_read = request.method in {"GET", "HEAD"}
        if response.status_code != HTTPStatus.NOT_FOUND or not is_read:
            return response
        site = Site.find_for_request(request)
        withdrawal = withdrawal_at(site.pk, request.path) if site else None
        if withdrawal is None:
            return response
        context = {
            "withdrawal": withdrawal,
            "replacement": withdrawal_replacements([withdrawal]).get(
                withdrawal.page_id
            ),
        }
        withdrawn = render(request, TEMPLATE, context, status=HTTPStatus.GONE)
        # It may be lifted at any moment.
        withdrawn.headers["Cache-Control"] = "no-cache"
        return withdrawn


class RefusalMiddleware:
    """Tells a person why a page was not published, where Wagtail redirects with "you do not have permission".

    In the modal of a workflow, where Wagtail says less, it leads back to the page below, which says it.

    Goes after the middleware for messages. Views that show a form anew say it there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; leave the reasons for the page that it leads to."""
        if request.method != "POST":
            return self.get_response(request)
        with refusals_noted() as noted:
            response = self.get_response(request)
        is_led_on = HTTPStatus.MULTIPLE_CHOICES <= response.status_code < HTTPStatus.BAD_REQUEST  # fmt: skip
        is_in_modal = response.status_code == HTTPStatus.FORBIDDEN and _is_modal(
            request
        )
        if noted and (is_led_on or is_in_modal):
            for reason in dict.fromkeys(r for each in noted for r in each.reasons):
                messages.error(request, reason)
            if is_in_modal:
                # What Wagtail's modal takes for the end of its work: it leaves for the address, where the reasons are.
                return JsonResponse({"step": "success", "redirect": _left(request)})
        return response


def _is_modal(request: HttpRequest) -> bool:
    """Return whether the request is that of the modal in which an editor acts on a workflow."""
    match = request.resolver_match
    is_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return is_script and match is not None and match.url_name == "workflow_action"


def _left(request: HttpRequest) -> str:
    """Return the address of the page over which the modal stands."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if is_ours else reverse("wagtailadmin_home")
