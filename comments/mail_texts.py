"""What mails say. They hold links and the site's name, and not a word that a reader wrote, nor a name they chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from .conf import get_conf
from .models import MessageKind
from .tokens import Proof, make_proof_token, make_status_token

if TYPE_CHECKING:
    from datetime import datetime

    from .models import OutboxMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """A mail without its address."""

    subject: str
    body: str


def mail_text(message: OutboxMessage, *, now: datetime) -> MailText:  # noqa: ARG001 - texts of a kind may name a day
    """Return the mail in the message's language; its tokens are made here and stand nowhere else."""
    language = message.locale or settings.LANGUAGE_CODE
    with translation.override(language):
        site = _site(message)
        name = (site.site_name or site.hostname) if site is not None else ""
        subject, lines = _words(message, site)
    body = "\n\n".join([*lines, f"-- \n{name}" if name else ""]).strip() + "\n"
    # A site's name is an editor's, who may have pasted a line break.
    return MailText(subject=" ".join(f"{subject} {name}".split())[:200], body=body)


def _words(message: OutboxMessage, site: Site | None) -> tuple[str, list[str]]:
    match message.kind:
        case MessageKind.VERIFY:
            return _("Confirm your reply:"), [
                _("Somebody sent a reply and gave this address."),
                _("If it was you, open this page and confirm:"),
                _proof_link(message, site, "verify", UUID(message.facts["reply"]).hex),
                _("If it was not you, do nothing: the reply is not shown."),
            ]
        case MessageKind.SIGN_IN:
            return _("Your sign-in link:"), [
                _("Open this page to be recognized as the author of your replies:"),
                _proof_link(
                    message, site, "sign_in", str(message.facts["participant"])
                ),
                _(
                    "The link is good for half an hour, once. If you did not ask for it, do nothing."
                ),
            ]
        case MessageKind.SANCTION:
            return _("About your replies:"), [
                _("We took a measure that concerns your replies."),
                _("You can read the reasons, and appeal, where you are signed in."),
            ]
        case MessageKind.APPEAL:
            return _("Your appeal was judged:"), [
                _("Somebody else than who decided first has judged your appeal."),
                *_status_lines(message, site),
            ]
    return _("A decision about your reply:"), [
        _(
            "We decided about a reply of yours. This page says what and why, and how to appeal:"
        ),
        *_status_lines(message, site),
    ]


def _status_lines(message: OutboxMessage, site: Site | None) -> list[str]:
    if not message.facts.get("reply"):
        return []
    token = make_status_token(UUID(message.facts["reply"]))
    link = _own_link("health_comments:submission", token, site)
    return [link] if link else []


def _proof_link(
    message: OutboxMessage, site: Site | None, purpose: str, subject: str
) -> str:
    token = make_proof_token(
        Proof(
            purpose=purpose,
            site_id=message.facts["site"],
            subject=subject,
            email_hmac=message.facts["email"],
        )
    )
    if template := get_conf().proof_url:
        return template.replace("{token}", token)
    return _own_link("health_comments:proof", token, site)


def _own_link(name: str, token: str, site: Site | None) -> str:
    try:
        path = reverse(name, args=[token])
    except NoReverseMatch:
        return ""
    return f"{site.root_url}{path}" if site is not None else ""


def _site(message: OutboxMessage) -> Site | None:
    """Return the site that the message is of, the default one when it names none."""
    sites = Site.objects.select_related("root_page")
    site_id = message.facts.get("site")
    named = sites.filter(pk=site_id).first() if site_id is not None else None
    return named or sites.filter(is_default_site=True).first()
