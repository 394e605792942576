"""What the templates of a thread need: one function for the page of its own and for the tag on other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from .conf import get_conf
from .forms import ReplyForm
from .selectors import reply_children, thread_tree

if TYPE_CHECKING:
    from .selectors import PublicThread


def thread_context(
    thread: PublicThread,
    *,
    form: ReplyForm | None = None,
    after_raw: str = "",
    branch_raw: str = "",
    has_form: bool = True,
) -> dict[str, Any]:
    """Return the context of `health_comments/thread.html`.

    Keys: `thread` (PublicThread), `disclaimer` (text, in the active language), `nodes` (ReplyNode trees), `next_id`,
    `is_open`, `form` (None when there is none to show), `thread_url` (the thread's own page, where forms go), `branch`
    (the reply whose answers alone are shown, or None). *after_raw* and *branch_raw* come from the address; what is no
    key is passed over. Cost: one query, two for a branch, none for an empty thread.
    """
    after, branch = _read_id(after_raw), _read_id(branch_raw)
    tree = reply_children(thread, branch, after=after) if branch else None
    if tree is None:
        tree, branch = thread_tree(thread, after=after), None
    is_open = thread.is_open(timezone.now())
    if form is None and is_open and has_form:
        form = ReplyForm(page_id=thread.page_id)
    return {
        "thread": thread,
        "disclaimer": get_conf().disclaimer,
        "nodes": tree.nodes,
        "next_id": tree.next_id,
        "branch": branch,
        "is_open": is_open,
        # A form with faults is shown even if the thread closed meanwhile: the text in it is not lost.
        "form": form if is_open or (form is not None and form.is_bound) else None,
        "thread_url": reverse("health_comments:thread", args=[thread.page_id]),
    }


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
