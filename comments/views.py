"""Reading and replying without JavaScript."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import OperationalError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from . import errors
from .actors import Actor
from .author_selectors import submitted_reply
from .conf import get_conf
from .forms import ReplyForm
from .language import thread_language
from .network import client_network
from .selectors import (
    live_page,
    public_thread,
    published_reply,
)
from .services import proof_use, reply_submit
from .thread_context import thread_context
from .tokens import InvalidTokenError, make_status_token, read_status_token

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show a page's replies with the form, in the page's language; take the form when it comes back."""
    with translation.override(_language(page_id)):
        if request.method == "POST":
            return _submit(request, page_id)
        parent = request.GET.get("parent", "")
        form = ReplyForm(page_id=page_id, initial={"parent": parent})
        return _show(request, page_id, form)


@require_GET
def submission(request: HttpRequest, token: str) -> HttpResponse:
    """Tell an author what became of their reply; whoever has the address may know."""
    try:
        found = submitted_reply(read_status_token(token))
    except InvalidTokenError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    page_id = found.reply.thread.page_id
    context = {
        "reply": found.reply,
        "public_reason": found.public_reason,
        "thread_page": live_page(page_id),
    }
    with translation.override(_language(page_id)):
        response = render(request, "health_comments/submission.html", context)
        response["Referrer-Policy"] = "no-referrer"
        return _private(response)


@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever followed the link of a mail to press a button: programs that open links press none.

    What the browser could be remembered by is for front ends; without JavaScript the reply alone goes on.
    """
    context: dict[str, Any] = {"token": token}
    status = HTTPStatus.OK
    if request.method == "POST":
        network = client_network(
            request.META, proxy_count=get_conf().trusted_proxy_count
        )
        try:
            context["proven"] = proof_use(token, network=network, now=timezone.now())
        except errors.ProofRefused:
            status = HTTPStatus.CONFLICT
            context["is_refused"] = True
        except errors.AuthorSuspended:
            status = HTTPStatus.FORBIDDEN
            context["is_suspended"] = True
        except errors.RateLimited:
            status = HTTPStatus.TOO_MANY_REQUESTS
            context["is_limited"] = True
    response = render(request, "health_comments/proof.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return _private(response)


def _submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Store the reply and send the browser on, or show the form again with all that was typed."""
    form = ReplyForm(request.POST, page_id=page_id)
    network = client_network(request.META, proxy_count=get_conf().trusted_proxy_count)
    status, headers = HTTPStatus.OK, {}
    try:
        result = reply_submit(
            form.submission(), actor=Actor.guest(), network=network, now=timezone.now()
        )
    except errors.ThreadNotFound as error:
        raise Http404 from error
    except errors.ReplyInvalid as error:
        form.add_faults(error.errors)
    except (errors.FormSpent, errors.IdempotencyMismatch):
        form.add_error(
            None, _("You sent this form before. To send this text too, send it again.")
        )
    except errors.NotAllowed:
        # Also of a measure: the page cannot know who it is, so nobody without an account gets here by one.
        status = HTTPStatus.FORBIDDEN
        form.add_error(None, _("Only people with an account can reply here."))
    except errors.ThreadClosed:
        status = HTTPStatus.CONFLICT
        form.add_error(None, _("This thread takes no new replies any more."))
    except errors.RateLimited as error:
        status = HTTPStatus.TOO_MANY_REQUESTS
        headers["Retry-After"] = str(error.retry_after)
        form.add_error(
            None,
            _(
                "Many replies came from your network. Please send yours again later; your text is still here."
            ),
        )
    except OperationalError:
        # The database is locked or away. Nothing was stored, and what was typed must not be lost.
        logger.exception("A reply could not be stored.")
        status = HTTPStatus.SERVICE_UNAVAILABLE
        form.add_error(
            None,
            _("Your reply could not be stored just now. Please send it again."),
        )
    else:
        token = make_status_token(result.reply_id)
        return HttpResponseRedirect(
            reverse("health_comments:submission", args=[token]),
            status=HTTPStatus.SEE_OTHER,
        )
    response = _show(request, page_id, form, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


def _show(
    request: HttpRequest, page_id: int, form: ReplyForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Render the page of the thread; the form always carries a fresh token."""
    shown = public_thread(page_id)
    page = live_page(page_id) if shown is not None else None
    if shown is None or page is None:
        raise Http404
    context: dict[str, Any] = thread_context(
        shown,
        form=form,
        after_raw=request.GET.get("after", ""),
        branch_raw=request.GET.get("branch", ""),
    )
    context["thread_page"] = page
    context["parent_reply"] = _parent(shown.id, form)
    response = render(request, "health_comments/page.html", context, status=status)
    return _private(response)


def _language(page_id: int) -> str | None:
    """Return the page's language or else the active one: these addresses carry none the middleware could know."""
    return thread_language(page_id) or translation.get_language()


def _parent(thread_id: int | None, form: ReplyForm) -> object:
    parent_id = form.parent_id
    return published_reply(thread_id, parent_id) if parent_id is not None else None


def _private(response: HttpResponse) -> HttpResponse:
    """Keep what holds a form or a secret address out of every cache and index."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    response["Content-Language"] = translation.get_language() or ""
    return response
