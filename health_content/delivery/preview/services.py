"""The writers of previews: drafts as editors see them, one-time codes, and the end of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import AbstractPage

from ...after_commit import after_commit
from ...errors import PreviewCodeRefused
from ...selectors.addresses import site_label
from ..hosts import is_same_host
from ..models import GrantUse, PreviewDraft, PreviewGrant
from .drafts import (
    DraftContent,
    draft_content,
    draft_subject,
    page_parent,
)
from .selectors import grant_of_code
from .tokens import (
    CODE_LIFETIME,
    TOKEN_LIFETIME,
    code_hash,
    code_new,
    login_hash,
    token_of,
)

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from wagtail.models import Revision

    from ...abstract import DocumentMixin

# As long as Wagtail keeps what was typed for a preview.
DRAFT_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What a code was exchanged for."""

    token: str
    grant: PreviewGrant


@transaction.atomic
def draft_store(
    page: DocumentMixin, *, user: AbstractBaseUser, is_followed: bool
) -> PreviewDraft:
    """Store *page*, as it is in memory, as what *user* sees of it; its version rises when that is something new.

    *is_followed* says that what the user saves next replaces it. Drafts that nobody looked at for a day are deleted.
    """
    drafts_purge()
    content = draft_content(page)
    draft, is_new = PreviewDraft.objects.select_for_update().get_or_create(
        user_id=user.pk,
        subject=draft_subject(page),
        defaults=_columns(page, content, is_followed=is_followed),
    )
    return draft if is_new else _renew(draft, page, content, is_followed=is_followed)


def code_issue(draft: PreviewDraft) -> str:
    """Return a new code for *draft*, good once within a minute. The database keeps its hash."""
    code = code_new()
    PreviewGrant.objects.create(
        draft=draft,
        code_hash=code_hash(code),
        code_expires_at=timezone.now() + CODE_LIFETIME,
        login_hash=login_hash(draft.user),
    )
    return code


def code_exchange(code_raw: str, *, site: str | None = None) -> Exchanged:
    """Return the token that the code is good for. *site* is the host name that the caller is the front end of.

    A code is good once. When it comes a second time somebody else has it, too, so what it was exchanged for ends with
    it (RFC 6749, section 4.1.2).

    Raises:
        PreviewCodeRefused: the code is not ours, was used, has expired, is of another site, or its editor may no longer
            see the page.
    """
    grant = _redeem(code_raw, GrantUse.TOKEN)
    if grant is None:
        PreviewGrant.objects.filter(code_hash=code_hash(code_raw)).delete()
        raise PreviewCodeRefused
    if site is not None and not is_same_host(site, site_label(grant.draft.site)):
        grant.delete()
        raise PreviewCodeRefused
    return Exchanged(token=token_of(grant.pk), grant=grant)


def page_preview_open(code_raw: str) -> PreviewDraft:
    """Return the draft for a front end that sends its code with each request, as wagtail-headless-preview has it.

    The first use within a minute opens it for as long as a token lives.

    Raises:
        PreviewCodeRefused: as for `code_exchange`; a code that was exchanged for a token ends that one.
    """
    grant = _redeem(code_raw, GrantUse.PAGE_PREVIEW) or grant_of_code(
        code_raw, use=GrantUse.PAGE_PREVIEW
    )
    if grant is None:
        PreviewGrant.objects.filter(code_hash=code_hash(code_raw)).delete()
        raise PreviewCodeRefused
    return grant.draft


def previews_end(
    *, page: AbstractPage | None = None, user: AbstractBaseUser | None = None
) -> int:
    """End all previews of *page*, or all that *user* opened; return how many could still be read."""
    drafts = PreviewDraft.objects.all()
    if page is not None:
        drafts = drafts.filter(page_id=page.pk)
    if user is not None:
        drafts = drafts.filter(user_id=user.pk)
    open_now = PreviewGrant.objects.filter(
        draft__in=drafts, expires_at__gt=timezone.now()
    )
    count = open_now.count()
    drafts.delete()
    return count


def revision_follow(revision: Revision) -> None:
    """Bring the preview of who saved *revision* up to date with it, when they have one that follows what they save."""
    if not issubclass(revision.base_content_type.model_class() or object, AbstractPage):
        return
    draft = PreviewDraft.objects.filter(
        user_id=revision.user_id, page_id=int(revision.object_id), is_followed=True
    ).first()
    if draft is not None:
        after_commit(partial(_follow, revision, draft.pk))


def drafts_purge() -> None:
    """Delete the drafts that nobody looked at for a day, and the accesses that are over."""
    now = timezone.now()
    PreviewDraft.objects.filter(updated_at__lt=now - DRAFT_LIFETIME).delete()
    over = Q(use=GrantUse.NONE, code_expires_at__lt=now - TOKEN_LIFETIME)
    PreviewGrant.objects.filter(over | Q(expires_at__lt=now)).delete()


@transaction.atomic
def _redeem(code_raw: str, use: GrantUse) -> PreviewGrant | None:
    """Use the code for *use* and return its grant; None when it is not good.

    Of two at once, one gets it; the other waits for its row, and so cannot delete what the first one still reads.
    """
    now = timezone.now()
    grants = PreviewGrant.objects.filter(code_hash=code_hash(code_raw))
    won = grants.filter(use=GrantUse.NONE, code_expires_at__gt=now)
    if not won.update(use=use, expires_at=now + TOKEN_LIFETIME):
        return None
    return grant_of_code(code_raw, use=use)


def _follow(revision: Revision, draft_id: int) -> None:
    page = revision.as_object()
    with transaction.atomic():
        draft = PreviewDraft.objects.select_for_update().filter(pk=draft_id).first()
        if draft is not None:
            _renew(draft, page, draft_content(page), is_followed=True)


def _renew(
    draft: PreviewDraft,
    page: DocumentMixin,
    content: DraftContent,
    *,
    is_followed: bool,
) -> PreviewDraft:
    """Write *content* to *draft*, whose row is locked. The same content again is no new version."""
    is_new = bytes(draft.document) != content.document
    columns = _columns(page, content, is_followed=is_followed)
    columns["version"] = draft.version + is_new
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(columns))
    return draft


def _columns(
    page: DocumentMixin, content: DraftContent, *, is_followed: bool
) -> dict[str, Any]:
    is_saved = page.pk is not None
    return {
        "page_id": page.pk,
        "parent_id": None if is_saved else page_parent(page),
        "site_id": content.site_id,
        "model": content.model,
        "path": content.path,
        "locale": content.locale,
        "document": content.document,
        "source_map": content.source_map,
        "is_followed": is_followed,
        "updated_at": timezone.now(),
    }
