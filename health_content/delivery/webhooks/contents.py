"""What an event's subject is to the public at the moment of sending: never more than anybody could read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from ...models import DisclaimerSnippet
from ...selectors.withdrawals import withdrawal_statements, withdrawals_of_pages
from ..cache_tags import CHANGES
from ..models import Change
from ..selectors.changes import change_cursor
from ..selectors.current import documents_current, is_overdue
from ..selectors.redirects import redirect_statements
from ..visibility import documents_public
from .event_types import TEST_TYPE, verb
from .payload import Subject, build_payload

if TYPE_CHECKING:
    from datetime import datetime

    from ...document_facts import JsonObject
    from ..models import WebhookDelivery

# Verbs of events that tell that something is not there: they name nothing of it.
REMOVALS = frozenset({"unpublished", "withdrawn"})
COLLECTIONS = {"article": "articles", "faq": "faqs"}


def delivery_payload(delivery: WebhookDelivery, *, now: datetime) -> str:
    """Return the body of *delivery* as it is true at *now*. A constant number of queries."""
    facts: JsonObject = delivery.facts
    subject, extra = Subject(id=0), _NOTHING
    if delivery.type == TEST_TYPE:
        pass
    elif "change" in facts:
        subject = _changes(int(str(facts["change"])))
    elif "navigation" in facts:
        subject, extra = _navigation(facts)
    elif "redirect" in facts:
        subject, extra = _redirect(int(str(facts["redirect"])))
    elif "disclaimer" in facts:
        subject, extra = _disclaimer(int(str(facts["disclaimer"])))
    else:
        is_shown = delivery.type.startswith("reply.") or (
            verb(delivery.type) not in REMOVALS
        )
        subject = _page(int(str(facts["page"])), is_shown=is_shown, now=now)
        extra = {"reply": facts["reply"]} if "reply" in facts else _NOTHING
    return build_payload(delivery.type, delivery.occurred_at, subject, extra)


_NOTHING: JsonObject = {}


def _changes(number: int) -> Subject:
    """Return the change feed, as far as it went."""
    return Subject(
        id=0,
        cursor=change_cursor(number),
        tags=(CHANGES,),
        href=_href("changes"),
    )


def _page(page_id: int, *, is_shown: bool, now: datetime) -> Subject:
    """Return the page: when the public cannot see it, its id alone and, of a withdrawn one, why."""
    change = Change.objects.filter(page_id=page_id).first()
    cursor = change_cursor(change.number) if change else None
    document = documents_public(now).filter(page_id=page_id).first()
    if document is not None and is_overdue(document.next_transition, now):
        built = documents_current([(page_id, document.next_transition)], now)[page_id]
        document = built.row if built else None
    if document is None or not is_shown:
        withdrawn = withdrawal_statements(withdrawals_of_pages([page_id]).values())
        statement = withdrawn.get(page_id)
        return Subject(
            id=page_id,
            severity=str(statement["severity"]) if statement else None,
            cursor=cursor,
            tags=(f"page-{page_id}",),
            safety={"withdrawn": statement} if statement else None,
        )
    return Subject(
        id=page_id,
        path=document.path,
        version=document.version,
        cursor=cursor,
        tags=tuple(document.tags.split()),
        href=_href(f"{COLLECTIONS.get(document.type, 'pages')}/{page_id}"),
        safety=json.loads(bytes(document.card))["safety"],
    )


def _disclaimer(pk: int) -> tuple[Subject, JsonObject]:
    """Return a disclaimer and its key and language: its id alone when it is not published."""
    snippet = (
        DisclaimerSnippet.objects.select_related("locale")
        .filter(pk=pk, live=True)
        .first()
    )
    if snippet is None:
        return Subject(id=pk, tags=(f"disclaimer-{pk}",)), {"key": None, "locale": None}
    newest = snippet.versions.order_by("-number").first()
    language = snippet.locale.language_code
    href = _href(f"disclaimers/{snippet.key}")
    subject = Subject(
        id=pk,
        version=newest.number if newest else None,
        tags=(f"disclaimer-{pk}",),
        href=href and f"{href}?locale={language}",
    )
    return subject, {"key": snippet.key, "locale": language}


def _navigation(facts: JsonObject) -> tuple[Subject, JsonObject]:
    """Return a menu, its key and its language; of one that is gone no key. A newer event replaces one that waits."""
    key, tags = facts["key"], facts["tags"]
    href = _href(f"navigation/{key}") if key else None
    subject = Subject(
        id=int(str(facts["navigation"])),
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        href=href and f"{href}?locale={facts['locale']}",
    )
    return subject, {"key": key, "locale": facts["locale"]}


def _redirect(pk: int) -> tuple[Subject, JsonObject]:
    """Return a redirect, its status and its location: its id alone when it leads nowhere public."""
    statement = redirect_statements([pk]).get(pk)
    subject = Subject(
        id=pk,
        path=statement.path if statement else None,
        tags=("list-redirect",),
        href=_href("redirects"),
    )
    return subject, {
        "status": statement.status if statement else None,
        "location": statement.location if statement else None,
    }


def _href(resource: str) -> str | None:
    """Return the path of the content API's *resource*, None where the site does not mount the API."""
    try:
        return f"{reverse('health_delivery:root')}{resource}/"
    except NoReverseMatch:
        return None
