"""The same decision on many replies: all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction

from ..actors import Actor, may_moderate
from ..errors import BatchTooLarge, StaleDecision
from ..models import Action, ReviewItem
from ..selectors import MAX_ID, queue_items
from ..services import MAX_BATCH, Order, items_decide
from .forms import ReasonForm
from .queue import QUEUE_URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django import forms
    from django.http import HttpRequest, HttpResponse


class ReplyBulkAction(BulkAction):
    """What the four share. Wagtail's own default lets everybody in the admin act, so nothing is left to it."""

    models = [ReviewItem]
    template_name = "health_comments/admin/bulk.html"
    action: Action

    def __init__(self, request: HttpRequest, model: type[ReviewItem]) -> None:
        """Lead back to the queue unless `next` names a place on this host; Wagtail would come here again, without ids."""
        super().__init__(request, model)
        self.next_url = get_valid_next_url_from_request(request) or reverse(QUEUE_URL)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody who may not moderate before anything is looked up."""
        if not may_moderate(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def check_perm(self, obj: ReviewItem) -> bool:  # noqa: ARG002 - Wagtail's signature
        """Return whether the moderator may decide on the item."""
        return may_moderate(self.request.user)

    @classmethod
    def get_queryset(
        cls,
        model: type[ReviewItem],  # noqa: ARG003 - Wagtail's signature
        object_ids: Iterable[object],
    ) -> list[ReviewItem]:
        """Return the items with these ids; a made-up id finds nothing."""
        ids = [int(text) for text in map(str, object_ids) if _is_id(text)]
        items = list(queue_items().filter(pk__in=ids).order_by("pk"))
        if not items:
            raise Http404
        return items

    def get_all_objects_in_listing_query(self, parent_id: object) -> list[int]:  # noqa: ARG002 - Wagtail's signature
        """Return nothing: "all" would ignore the filters, and nobody decides on what they have not seen."""
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which action it is for."""
        values: dict[str, Any] = super().get_form_kwargs()
        if issubclass(self.form_class, ReasonForm):
            values["action"] = self.action.value
        return values

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the action for the confirmation page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"action_label": self.action.label, "header_icon": "comment"}

    def get_execution_context(self) -> dict[str, Any]:
        """Return the order and who gives it."""
        form = self.cleaned_form
        order = (
            form.order(self.action)
            if isinstance(form, ReasonForm)
            else Order(action=self.action)
        )
        return {"order": order, "actor": Actor.of(self.request.user)}

    @classmethod
    def execute_action(
        cls, objects: Sequence[ReviewItem], *, order: Order, actor: Actor, **_kw: object
    ) -> tuple[int, int]:
        """Decide on all *objects* or raise; the count is of what was decided."""
        ids = [item.pk for item in objects]
        decided = items_decide(ids, order, actor=actor, now=timezone.now())
        return len(decided), 0

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Decide; if one of the replies does not allow it, change none and say so."""
        try:
            response: HttpResponse = super().form_valid(form)
        except StaleDecision:
            text = _("Nothing was changed: at least one of these replies has moved on.")
        except BatchTooLarge:
            text = _("Nothing was changed: at most %(limit)d replies at once.") % {
                "limit": MAX_BATCH
            }
        else:
            return response
        messages.error(self.request, text)
        return redirect(self.next_url)

    def get_success_message(
        self,
        num_parent_objects: int,
        num_child_objects: int,  # noqa: ARG002 - Wagtail's signature
    ) -> str:
        """Say how many replies were decided on."""
        return ngettext(
            "%(count)d reply was decided.",
            "%(count)d replies were decided.",
            num_parent_objects,
        ) % {"count": num_parent_objects}


class ApproveBulkAction(ReplyBulkAction):
    """Publish."""

    action = Action.APPROVE
    display_name = gettext_lazy("Approve")
    aria_label = gettext_lazy("Approve the selected replies")
    action_type = "approve"
    action_priority = 10


class RejectBulkAction(ReplyBulkAction):
    """Reject for one reason."""

    action = Action.REJECT
    form_class = ReasonForm
    display_name = gettext_lazy("Reject")
    aria_label = gettext_lazy("Reject the selected replies")
    action_type = "reject"
    action_priority = 20


class SpamBulkAction(ReplyBulkAction):
    """Mark as spam."""

    action = Action.SPAM
    display_name = gettext_lazy("Spam")
    aria_label = gettext_lazy("Mark the selected replies as spam")
    action_type = "spam"
    action_priority = 30


class RestoreBulkAction(ReplyBulkAction):
    """Bring back what was hidden, rejected or taken for spam."""

    action = Action.RESTORE
    display_name = gettext_lazy("Restore")
    aria_label = gettext_lazy("Restore the selected replies")
    action_type = "restore"
    action_priority = 40


BULK_ACTIONS = (
    ApproveBulkAction,
    RejectBulkAction,
    SpamBulkAction,
    RestoreBulkAction,
)


def _is_id(text: str) -> bool:
    return (
        text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= MAX_ID
    )
