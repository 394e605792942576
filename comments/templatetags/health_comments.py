"""Template tags of reader replies: `{% load health_comments %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from ..selectors import public_thread
from ..thread_context import thread_context

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

register = template.Library()


@register.inclusion_tag("health_comments/thread.html", takes_context=True)
def reply_thread(
    context: template.Context, page: AbstractPage, *, with_form: bool = True
) -> dict[str, Any]:
    """Show the published replies of *page* and, while the thread is open, the form.

    Nothing is shown for a page that is not public, or whose replies are hidden. A form needs the reader's own CSRF
    cookie, so a page that shared caches keep passes `with_form=False` and gets a link to the form instead.
    Cost: two queries.
    """
    thread = public_thread(page.pk) if page.pk and page.live else None
    if thread is None:
        return {"thread": None}
    return thread_context(thread, has_form=with_form) | {
        "request": context.get("request")
    }
