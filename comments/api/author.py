"""The endpoints for authors: who they are, what they wrote, what was decided about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from ..actors import Actor
from ..author_selectors import OwnReply, own_decision, own_reply
from ..conf import get_conf
from ..errors import FaultCode, ThreadNotFound
from ..models import Thread
from ..network import client_network
from ..reasons import ReportReason
from ..selectors import public_thread
from ..services import (
    actor_of_token,
    appeal_submit,
    appeal_withdraw,
    person_erase,
    person_export,
    proof_use,
    reply_edit,
    reply_withdraw,
    report_submit,
    signin_ask,
)
from .author_payloads import decision_json, own_reply_json, proven_json
from .author_schema import EMAIL
from .base import ReaderView, read_object, read_query
from .problems import Problem, invalid_request

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class VerificationsView(ReaderView):
    """Where the link of a mail leads in the end."""

    def post(self, request: Request) -> Response:
        """Use the token of a link, once; a GET never does."""
        read_query(request, ())
        data = read_texts(request, required=("token",))
        proven = proof_use(
            data["token"], network=network_of(request), now=timezone.now()
        )
        return Response(proven_json(proven), headers=PRIVATE)


class SignInsView(ReaderView):
    """Asks for a link to an address that was proven before."""

    def post(self, request: Request) -> Response:
        """Answer the same whether anybody has that address or not."""
        read_query(request, ())
        data = read_object(request)
        page_id = data.get("page")
        email = data.get("email")
        if type(page_id) is not int or set(data) != {"page", "email"}:
            raise _wrong("page", _('Send {"page": id, "email": address}.'))
        if not isinstance(email, str) or not EMAIL.fullmatch(email):
            raise _wrong("email", _("Please give a complete mail address."))
        if public_thread(page_id) is None:
            raise ThreadNotFound
        thread = Thread.objects.filter(page_id=page_id).first()
        if thread is not None:
            signin_ask(thread, email, network=network_of(request), now=timezone.now())
        return Response(
            {"status": "accepted"}, status=HTTPStatus.ACCEPTED, headers=PRIVATE
        )


class OwnReplyView(ReaderView):
    """One reply for its author, who shows the token of its private address or of a proven mail address."""

    def get(self, request: Request, reply_id: UUID) -> Response:
        """Return the reply with its latest source, and its version as entity tag."""
        read_query(request, ())
        return _own(own_reply(reply_id, author_of(request)))

    def patch(self, request: Request, reply_id: UUID) -> Response:
        """Propose another text; 202 while it waits."""
        read_query(request, ())
        actor = author_of(request)
        version = read_version(request)
        data = read_texts(request, required=("body",))
        reply = reply_edit(
            reply_id,
            body_raw=data["body"],
            version=version,
            actor=actor,
            network=network_of(request),
            now=timezone.now(),
        )
        own = own_reply(reply.pk, actor)
        waits = own.has_proposal
        return _own(own, HTTPStatus.ACCEPTED if waits else HTTPStatus.OK)

    def delete(self, request: Request, reply_id: UUID) -> Response:
        """Withdraw the reply; answers below it keep its empty place."""
        read_query(request, ())
        actor = author_of(request)
        version = read_version(request)
        reply_withdraw(reply_id, version=version, actor=actor, now=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT, headers=PRIVATE)


class ReportsView(ReaderView):
    """Where readers say that a reply should not be public."""

    def post(self, request: Request, reply_id: UUID) -> Response:
        """Take a report; a second one of the same reader is answered alike."""
        read_query(request, ())
        data = read_texts(request, required=("reason",), optional=("text",))
        if data["reason"] not in ReportReason.values:
            detail = _("Use one of: %(values)s.") % {
                "values": ", ".join(ReportReason.values)
            }
            raise _wrong("reason", detail)
        report_submit(
            reply_id,
            reason=ReportReason(data["reason"]),
            text_raw=data.get("text", ""),
            actor=reader_of(request),
            network=network_of(request),
            now=timezone.now(),
        )
        return Response(
            {"status": "received"}, status=HTTPStatus.ACCEPTED, headers=PRIVATE
        )


class DecisionView(ReaderView):
    """One decision for the person concerned: the statement of reasons (DSA, Article 17)."""

    def get(self, request: Request, key: UUID) -> Response:
        """Return the statement, and whether it can be appealed against."""
        read_query(request, ())
        decision = own_decision(key, author_of(request))
        return Response(decision_json(decision, timezone.now()), headers=PRIVATE)


class AppealsView(ReaderView):
    """Appeals against one decision, by the person concerned (DSA, Article 20)."""

    def post(self, request: Request, key: UUID) -> Response:
        """Take an appeal; sent again, it is the same."""
        read_query(request, ())
        actor = author_of(request)
        data = read_texts(request, required=("text",))
        appeal = appeal_submit(
            key, text_raw=data["text"], actor=actor, now=timezone.now()
        )
        return Response(
            {"status": appeal.state}, status=HTTPStatus.CREATED, headers=PRIVATE
        )

    def delete(self, request: Request, key: UUID) -> Response:
        """Take the appeal back."""
        read_query(request, ())
        appeal_withdraw(key, actor=author_of(request), now=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT, headers=PRIVATE)


class ExportView(ReaderView):
    """All that is stored about a person, for them."""

    def get(self, request: Request) -> Response:
        """Return it."""
        read_query(request, ())
        return Response(person_export(author_of(request)), headers=PRIVATE)


class MeView(ReaderView):
    """A person who proved a mail address."""

    def delete(self, request: Request) -> Response:
        """Erase the person and every word of theirs."""
        read_query(request, ())
        person_erase(author_of(request), now=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT, headers=PRIVATE)


def author_of(request: Request) -> Actor:
    """Return who the request's token says that it is; without a good one, it is a 401 whatever was asked for."""
    actor = _actor(request)
    if actor is None:
        raise Problem(
            "authentication-required",
            _("Send the token of the reply, or of a proven mail address, as Bearer."),
            headers={"WWW-Authenticate": "Bearer"},
        )
    return actor


def reader_of(request: Request) -> Actor:
    """Return who the request's token says that it is, a guest when there is none; a bad token is a 401."""
    if not request.headers.get("Authorization"):
        return Actor.guest()
    return author_of(request)


def network_of(request: Request) -> str:
    """Return the network of the caller."""
    return client_network(request.META, proxy_count=get_conf().trusted_proxy_count)


def read_version(request: Request) -> int:
    """Return the version in If-Match, which is required: nobody changes what they have not seen."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise Problem(
            "precondition-required", _("Send the ETag of the reply as If-Match.")
        )
    digits = header.removeprefix('"').removesuffix('"')
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Problem("stale", _("The reply is another by now. Read it again."))
    return int(digits)


def read_texts(
    request: Request, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return the texts of a JSON object with these keys and no others."""
    data = read_object(request)
    for name in list(data)[:20]:
        if name not in (*required, *optional):
            raise invalid_request(
                "body", name, FaultCode.UNKNOWN_FIELD, _("There is no such field.")
            )
    for name in required:
        if name not in data:
            raise invalid_request(
                "body", name, FaultCode.MISSING_FIELD, _("This field is required.")
            )
    for name, value in data.items():
        if not isinstance(value, str):
            raise _wrong(name, _("This field must be text."))
    return data


def _actor(request: Request) -> Actor | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return actor_of_token(token.strip()) if scheme.lower() == "bearer" else None


def _own(own: OwnReply, status: int = HTTPStatus.OK) -> Response:
    headers = PRIVATE | {"ETag": f'"{own.reply.version}"'}
    return Response(own_reply_json(own), status=status, headers=headers)


def _wrong(name: str, detail: str) -> Problem:
    return invalid_request("body", name, FaultCode.INVALID_VALUE, detail)
