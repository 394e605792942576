"""Rows for the tests of the replies part, made the way the services make them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Site

from comments.actors import Actor
from comments.compat import base_page_model
from comments.models import Action, Reply, ReviewItem, Thread
from comments.reasons import Reason
from comments.services import (
    Order,
    Submission,
    item_decide,
    reply_submit,
    thread_ensure,
)
from comments.tokens import make_form_token

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_numbers = count(1)


def make_page(**values: Any) -> AbstractPage:
    """Return a live page of the plain base class below the site's root."""
    number = next(_numbers)
    root = Site.objects.get(is_default_site=True).root_page
    values = {"title": f"Page {number}", "slug": f"page-{number}"} | values
    return root.add_child(instance=base_page_model()(**values))


def make_thread(page: AbstractPage | None = None, **values: Any) -> Thread:
    """Return the thread of *page*, open unless *values* say otherwise."""
    thread = thread_ensure(page or make_page())
    Thread.objects.filter(pk=thread.pk).update(**({"mode": "open"} | values))
    thread.refresh_from_db()
    return thread


def make_submission(page_id: int, **values: Any) -> Submission:
    """Return a submission that a patient person would send."""
    drawn_at = values.pop("drawn_at", timezone.now() - timedelta(minutes=1))
    defaults = {
        "page_id": page_id,
        "form_token_raw": make_form_token(page_id, now=drawn_at),
        "name_raw": "Ana",
        "email_raw": "",
        "body_raw": f"Heat helped me, number {next(_numbers)}.",
        "parent_raw": "",
        "website_raw": "",
    }
    return Submission(**(defaults | values))


def make_reply(thread: Thread, parent: Reply | None = None, **values: Any) -> Reply:
    """Return a reply that waits for a moderator."""
    parent_raw = str(parent.pk) if parent is not None else ""
    result = reply_submit(
        make_submission(thread.page_id, parent_raw=parent_raw, **values),
        actor=Actor.guest(),
        network=f"192.0.2.{next(_numbers)}",
        now=timezone.now(),
    )
    return Reply.objects.select_related("thread").get(pk=result.reply_id)


def make_published(thread: Thread, parent: Reply | None = None, **values: Any) -> Reply:
    """Return a reply that a moderator has approved."""
    reply = make_reply(thread, parent, **values)
    decide(reply, Action.APPROVE)
    reply.refresh_from_db()
    return reply


def decide(reply: Reply, action: Action, **values: Any) -> Any:
    """Let a moderator decide on *reply*."""
    user = values.pop("user", None) or make_moderator()
    item = ReviewItem.objects.filter(reply=reply).latest("pk")
    if "reason" in values:
        values["reason"] = Reason(values["reason"])
    return item_decide(
        item.pk,
        Order(action=action, **values),
        actor=Actor.person(user),
        now=timezone.now(),
    )


def make_user(**values: Any) -> Any:
    """Return an account without any right."""
    number = next(_numbers)
    return get_user_model().objects.create_user(
        username=f"user{number}", password="pass", **values
    )


def make_editor(**values: Any) -> Any:
    """Return an account that may enter the admin and no more."""
    user = make_user(**values)
    user.user_permissions.add(
        Permission.objects.get(
            codename="access_admin", content_type__app_label="wagtailadmin"
        )
    )
    return get_user_model().objects.get(pk=user.pk)


def make_moderator(**values: Any) -> Any:
    """Return an account that may enter the admin and moderate."""
    user = make_editor(**values)
    user.user_permissions.add(Permission.objects.get(codename="moderate_reply"))
    return get_user_model().objects.get(pk=user.pk)
