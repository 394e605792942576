"""Previews in the admin: the script that talks with front ends in the preview panel, and the end of a page's previews."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ...abstract import DocumentMixin
from ...compat import page_model
from ...conf import get_conf
from ..preview.front_end import preview_origins
from ..preview.selectors import previews_open
from ..preview.services import previews_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from wagtail.models import AbstractPage

END_URL = "health_delivery_end_previews"


class EndPreviewsView(WagtailAdminTemplateMixin, FormView):
    """Says who previews the page in a front end, asks once more, and ends it."""

    template_name = "health_delivery/admin/end_previews.html"
    page_title = gettext_lazy("End previews")
    header_icon = "view"
    form_class = forms.Form
    _show_breadcrumbs = True

    @cached_property
    def page(self) -> AbstractPage:
        """The health page of the address."""
        page = page_model().objects.filter(pk=self.kwargs["page_id"]).first()
        specific = page.specific if page else None
        if not isinstance(specific, DocumentMixin):
            raise Http404
        return specific

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may preview the page."""
        if not may_end(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the page."""
        editor = {
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "label": self.get_page_subtitle(),
        }
        own = {"url": "", "label": str(self.page_title)}
        return [*self.breadcrumbs_items, editor, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, and who previews it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "page": self.page,
            "previews": previews_open(self.page),
            "back_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
        }

    def form_valid(self, _form: forms.Form) -> HttpResponse:
        """End them."""
        count = previews_end(page=self.page)
        text = ngettext(
            "%(count)d preview was ended.", "%(count)d previews were ended.", count
        )
        messages.success(self.request, text % {"count": count})
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def may_end(page: AbstractPage, user: Any) -> bool:
    """Return whether *user* may end the previews of *page*: whoever may make one."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.can_publish())


def end_buttons(page: AbstractPage, user: Any) -> Iterator[Button]:
    """Yield the button that ends the previews of *page*, where there are front ends."""
    is_document = issubclass(page.specific_class or object, DocumentMixin)
    if get_conf().preview_urls and is_document and may_end(page, user):
        yield Button(
            _("End previews"),
            reverse(END_URL, args=[page.pk]),
            icon_name="view",
            priority=66,
        )


def end_urls() -> list[URLPattern]:
    """Return the address of the view."""
    return [
        path("previews/<int:page_id>/end/", EndPreviewsView.as_view(), name=END_URL)
    ]


def panel_script() -> str:
    """Return the script element of the editor, "" without a front end."""
    if not get_conf().preview_urls:
        return ""
    return format_html(
        '<script src="{}" data-origins="{}"></script>',
        static("health_delivery/preview-panel.js"),
        json.dumps(preview_origins()),
    )
