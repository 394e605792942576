"""Reads of previews: asked anew for each request, whether the editor may still see the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..models import GrantUse, PreviewDraft, PreviewGrant
from .tokens import code_hash, login_hash, token_grant

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

ADMIN = "wagtailadmin.access_admin"


def draft_of_token(token_raw: str) -> PreviewDraft | None:
    """Return the draft that the token reads, None when the token is not good, or its editor may no longer see the page.

    Cost: no query for a token that is not ours, else a number that no content changes.
    """
    identifier = token_grant(token_raw)
    if identifier is None:
        return None
    grants = PreviewGrant.objects.filter(pk=identifier, use=GrantUse.TOKEN)
    grant = _good(grants)
    return grant.draft if grant else None


def grant_of_code(code_raw: str, *, use: GrantUse) -> PreviewGrant | None:
    """Return the grant of a code that is in use for *use*, None when it is over, or not good any more."""
    grants = PreviewGrant.objects.filter(code_hash=code_hash(code_raw), use=use)
    return _good(grants)


def editor_may_see(draft: PreviewDraft) -> bool:
    """Return whether the editor of *draft* may open the page in the admin now."""
    user: Any = draft.user
    if not user.is_active or not user.has_perm(ADMIN):
        return False
    if draft.page is not None:
        page: AbstractPage = draft.page.specific_deferred
        permissions = page.permissions_for_user(user)
        return bool(permissions.can_edit() or permissions.can_publish())
    if draft.parent is None:
        return False
    parent: AbstractPage = draft.parent.specific_deferred
    return bool(parent.permissions_for_user(user).can_add_subpage())


def previews_open(page: AbstractPage) -> QuerySet[PreviewDraft]:
    """Return the previews of *page* that somebody can read now, with their editors, the newest first."""
    now = timezone.now()
    return (
        PreviewDraft.objects.filter(page_id=page.pk, grants__expires_at__gt=now)
        .select_related("user")
        .order_by("-updated_at")
        .distinct()
    )


def _good(grants: QuerySet[PreviewGrant]) -> PreviewGrant | None:
    related = ("draft__user", "draft__page", "draft__parent", "draft__site")
    found = grants.filter(expires_at__gt=timezone.now()).select_related(*related)
    grant = found.first()
    if grant is None:
        return None
    same_login = constant_time_compare(grant.login_hash, login_hash(grant.draft.user))
    return grant if same_login and editor_may_see(grant.draft) else None
