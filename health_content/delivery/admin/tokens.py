"""API tokens in the admin: the list, the form, the page that shows a new one once, and revoking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from ...compat import api_token_model, token_owners
from ..models import DeliveryScope
from ..scopes import known_scopes
from ..tokens import token_change, token_create
from .policy import MANAGE_TOKENS, token_policy
from .token_forms import LABELS, RightsForm, TokenForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import APIToken

NAME = "health_delivery_tokens"
CREATED, REVOKED = "wagtail.apitoken.create", "wagtail.apitoken.revoke"


def manageable_rows(user: Any) -> QuerySet[DeliveryScope]:
    """Return the rows whose tokens *user* may manage, by Wagtail's own rule, each with what its list shows."""
    tokens = _tokens().filter(user__in=token_owners(user))
    token = tokens.filter(pk=OuterRef("token_id"))
    facts = {
        "token_name": "name",
        "prefix": "prefix",
        "username": f"user__{get_user_model().USERNAME_FIELD}",
        "used_at": "last_used_at",
        "revoked_at": "revoked_at",
    }
    return DeliveryScope.objects.filter(token_id__in=tokens.values("pk")).annotate(
        **{name: Subquery(token.values(source)[:1]) for name, source in facts.items()}
    )


class ManageableMixin:
    """A view of one token that the user may manage."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[DeliveryScope]:
        """Return the rows that the user may manage."""
        return manageable_rows(self.request.user)

    def get_page_subtitle(self) -> str:
        """Name the token."""
        row: Any = getattr(self, "object", None)
        return row.token_name if row is not None else ""


def token_status(row: Any) -> str:
    """Return how the token is, in a word."""
    if row.revoked_at is not None:
        return _("Revoked")
    is_over = row.expires_at is not None and row.expires_at <= timezone.now()
    return _("Expired") if is_over else _("Active")


def token_scopes(row: DeliveryScope) -> str:
    """Return what the token may do, in words."""
    known = known_scopes(row.scopes)
    return ", ".join(str(label) for scope, label in LABELS.items() if scope in known)


class TokenIndexView(IndexView):
    """All tokens that have rights here."""

    any_permission_required = ("view",)
    is_searchable = False
    default_ordering = "-pk"

    def get_base_queryset(self) -> QuerySet[DeliveryScope]:
        """Return the rows that the user may manage."""
        return manageable_rows(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """What a row shows; all of it comes with the one query of the list."""
        return [
            TitleColumn("token_name", label=_("Name"), get_url=self.get_edit_url),
            Column("prefix", label=_("Begins with")),
            Column("username", label=_("User")),
            Column("scopes", label=_("Scopes"), accessor=token_scopes),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=token_status,
                primary=lambda row: token_status(row) == _("Active"),
            ),
            DateColumn("expires_at", label=_("Expires")),
            DateColumn("used_at", label=_("Last used")),
        ]


class TokenCreateView(CreateView):
    """Makes a token and shows it, once."""

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """Make the token; its text is in this answer and nowhere else."""
        row, text = token_create(
            form.cleaned_data["user"],
            name=form.cleaned_data["name"],
            rights=form.rights(),
        )
        log(instance=_token_of(row), action=CREATED, user=self.request.user)
        title = _("The token is made")
        context = super().get_context_data(form=form) | {
            "token": text,
            "name": form.cleaned_data["name"],
            "index_url": self.get_success_url(),
            "page_title": title,
            "header_title": title,
            "breadcrumbs_items": [
                *self.get_breadcrumbs_items()[:-1],
                {"url": "", "label": title},
            ],
        }
        return TemplateResponse(
            self.request, "health_delivery/admin/token_created.html", context
        )


class TokenEditView(ManageableMixin, EditView):
    """Changes what a token may do."""

    delete_item_label = gettext_lazy("Revoke")

    def save_instance(self) -> DeliveryScope:
        """Change the token and its rights."""
        form: Any = self.form
        row = token_change(
            _token_of(self.object),
            name=form.cleaned_data["name"],
            rights=form.rights(),
        )
        log(instance=row, action="wagtail.edit", user=self.request.user)
        return row


class TokenRevokeView(ManageableMixin, DeleteView):
    """Revokes a token; its row stays, for the record."""

    page_title = gettext_lazy("Revoke")
    template_name = "wagtailusers/api_tokens/confirm_revoke.html"

    @property
    def confirmation_message(self) -> str:
        """Ask."""
        return _("Revoke this token? Whoever uses it is refused at once.")

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Revoke."""
        token = _token_of(self.get_object())
        token.revoke()
        log(instance=token, action=REVOKED, user=request.user)
        messages.success(
            request, _("The token “%(name)s” is revoked.") % {"name": token.name}
        )
        return redirect(self.get_success_url())


class TokensMenuItem(MenuItem):
    """The way to tokens, for those who may manage them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may."""
        return request.user.has_perm(MANAGE_TOKENS)


class TokenViewSet(ModelViewSet):
    """API access, among the settings."""

    model = DeliveryScope
    name = NAME
    url_prefix = "api-access"
    icon = "key"
    permission_policy = token_policy
    add_to_settings_menu = True
    add_to_reference_index = False
    menu_label = gettext_lazy("API access")
    menu_name = "api-access"
    menu_item_class = TokensMenuItem
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = TokenIndexView
    index_results_template_name = "health_content/admin/listing_results.html"
    add_view_class = TokenCreateView
    edit_view_class = TokenEditView
    delete_view_class = TokenRevokeView

    def get_form_class(self, for_update: bool = False) -> type[RightsForm]:
        """Return the form; who owns a token never changes."""
        return RightsForm if for_update else TokenForm

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return the one permission, for the form of groups."""
        return Permission.objects.filter(
            content_type__app_label="health_delivery", codename="manage_api_tokens"
        )


def _tokens() -> QuerySet[APIToken]:
    model = api_token_model()
    if model is None:  # pragma: no cover - the viewset is not registered then
        raise LookupError
    return model.objects.order_by()


def _token_of(row: DeliveryScope) -> APIToken:
    return _tokens().get(pk=row.token_id)
