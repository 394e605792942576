"""One reply, in its context, with what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ..actors import Actor
from ..errors import StaleDecision
from ..models import Action, ReviewItem
from ..selectors import queue_items, reply_lineage
from ..services import item_decide
from ..services.decisions import actions_for
from .forms import DecisionForm
from .labels import reason_label
from .policy import MODERATE, policy
from .queue import QUEUE_URL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DONE = {
    Action.APPROVE: gettext_lazy("The reply is public."),
    Action.REJECT: gettext_lazy("The reply was rejected; its author can read why."),
    Action.SPAM: gettext_lazy("The reply was marked as spam."),
    Action.HIDE: gettext_lazy("The reply is hidden."),
    Action.RESTORE: gettext_lazy("The reply was restored."),
}
_BUTTONS = {
    Action.APPROVE: ("check", ""),
    Action.REJECT: ("cross", "button-secondary"),
    Action.SPAM: ("warning", "button-secondary"),
    Action.HIDE: ("no-view", "button-secondary"),
    Action.RESTORE: ("rotate", ""),
}
"""Icon and class of the button of each action."""


class DeskView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Reads with GET, decides with POST."""

    model = ReviewItem
    permission_policy = policy
    permission_required = MODERATE
    template_name = "health_comments/admin/desk.html"
    page_title = "Reply"
    header_icon = "comment"
    _show_breadcrumbs = True
    http_method_names = ["get", "head", "post"]

    @cached_property
    def item(self) -> ReviewItem:
        """The item of the address."""
        item = queue_items().filter(pk=self.kwargs["pk"]).first()
        if item is None:
            raise Http404
        return item

    def get_page_title(self) -> str:
        """Name the author: the text may be anything."""
        return _("Reply by %(name)s") % {"name": self.item.reply.author_name}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the queue."""
        queue = {"url": reverse(QUEUE_URL), "label": _("Replies")}
        return [
            *self.breadcrumbs_items,
            queue,
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the reply, its surroundings, its history and the form."""
        item = self.item
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", DecisionForm(initial={"version": item.version}))
        return context | {
            "item": item,
            "reply": item.reply,
            "revision": item.revision,
            "thread_page": item.reply.thread.page,
            "lineage": reply_lineage(item.reply),
            "decisions": item.reply.decisions.select_related("actor"),
            "reasons": [reason_label(code) for code in item.reasons],
            "signals": item.revision.signals,
            "actions": [
                {
                    "value": action.value,
                    "label": action.label,
                    "icon": _BUTTONS[action][0],
                    "classname": _BUTTONS[action][1],
                }
                for action in actions_for(item)
            ],
        }

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Decide, or show what is missing with everything that was typed."""
        action = request.POST.get("decision", "")
        form = DecisionForm(request.POST, action=action)
        if not form.is_valid():
            messages.error(request, _("The reply was not changed: see below."))
            context = self.get_context_data(form=form)
            return self.render_to_response(context)
        order = form.order(Action(action), version=form.cleaned_data["version"])
        try:
            item_decide(
                self.item.pk,
                order,
                actor=Actor.of(request.user),
                now=timezone.now(),
            )
        except StaleDecision:
            text = _("Somebody changed this reply meanwhile. Look again, then decide.")
            messages.warning(request, text)
            return redirect(request.path)
        messages.success(request, _DONE[order.action])
        return redirect(QUEUE_URL)
