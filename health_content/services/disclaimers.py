"""Writes about disclaimers: recording each published wording, and keeping what live pages show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.rich_text import expand_db_html

from ..actors import actor_active, actor_user, user_name
from ..document import canonical_json
from ..errors import DisclaimerInUse, in_use_message
from ..models.disclaimers import DisclaimerVersion
from ..models.records import NAME_LENGTH
from ..usage import DisclaimerUse, disclaimer_use, objects_using
from .chain_heads import head_of_version, heads_advance

if TYPE_CHECKING:
    from datetime import datetime

    from ..document_facts import JsonObject
    from ..models import DisclaimerSnippet

KEPT_ACTION = "health_content.disclaimer.kept"
MAX_LOGGED = 20
"""Titles that a log entry names: a disclaimer for every page may be on thousands."""


def disclaimer_record(disclaimer: DisclaimerSnippet) -> DisclaimerVersion | None:
    """Append the wording of a live *disclaimer* as its next version; None if it is the newest one already.

    The caller holds the transaction that made it live. Two publications at once are settled by the unique number.
    """
    text_sha = wording_sha(disclaimer.title, disclaimer.body)
    newest = disclaimer.versions.order_by("-number").first()
    if newest and newest.text_sha == text_sha:
        return None
    user = actor_user(actor_active("publish"))
    version = DisclaimerVersion(
        disclaimer=disclaimer,
        key=disclaimer.key,
        locale=disclaimer.locale.language_code,
        chain=disclaimer.pk,
        number=newest.number + 1 if newest else 1,
        title=disclaimer.title,
        body=disclaimer.body,
        body_html=expand_db_html(disclaimer.body),
        text_sha=text_sha,
        published_at=_begin(disclaimer, newest),
        published_by=user,  # type: ignore[misc]
        user_name="" if user is None else user_name(user)[:NAME_LENGTH],
        prev_hash=newest.hash if newest else "",
    )
    version.hash = version_hash(version)
    version.save()
    heads_advance([head_of_version(version)])
    return version


def _begin(disclaimer: DisclaimerSnippet, newest: DisclaimerVersion | None) -> datetime:
    """Return when the wording went live: with the publication, or now, where somebody saved it without one."""
    published_at: datetime | None = disclaimer.last_published_at
    if published_at is None or (newest and published_at <= newest.published_at):
        return timezone.now()
    return published_at


def wording_sha(title: str, body: str) -> str:
    """Return the SHA-256 of a wording as it was written."""
    return sha256(f"{title}\n{body}".encode()).hexdigest()


def version_hash(version: DisclaimerVersion) -> str:
    """Return the SHA-256 over the previous version's hash and all that *version* states."""
    statement: JsonObject = {
        "prev_hash": version.prev_hash,
        "key": version.key,
        "locale": version.locale,
        "number": version.number,
        "title": version.title,
        "body_html": version.body_html,
        "text_sha": version.text_sha,
        "published_at": version.published_at.astimezone(UTC).isoformat(),
    }
    if version.user_name:
        statement["user_name"] = version.user_name
    return sha256(canonical_json(statement)).hexdigest()


def disclaimer_guard_live(disclaimer: DisclaimerSnippet) -> None:
    """Refuse to save a *disclaimer* as no longer live while live pages show it.

    Raises:
        DisclaimerInUse: with the titles of the pages.
    """
    if disclaimer.live or disclaimer.pk is None:
        return
    # Locked, so that no page goes live with it between the question and the answer.
    stored = type(disclaimer).objects.select_for_update().get(pk=disclaimer.pk)
    if stored.live and (use := disclaimer_use(stored)).is_needed:
        raise DisclaimerInUse(
            disclaimer.key,
            use.pages,
            holders=use.holders,
            is_everywhere=use.is_everywhere,
            has_rules=use.has_rules,
        )


def disclaimer_keep_expired(disclaimer: DisclaimerSnippet) -> bool:
    """Keep an expired *disclaimer* that live pages show: drop its schedule, log it, and return True.

    An exception here would stop `publish_scheduled` for every object after this one.
    """
    use = disclaimer_use(disclaimer)
    if not use.is_needed:
        return False
    titles = [*use.pages, *use.holders]
    type(disclaimer).objects.filter(pk=disclaimer.pk).update(expire_at=None)
    log(instance=disclaimer, action=KEPT_ACTION, data={"pages": titles[:MAX_LOGGED]})
    return True


def disclaimer_guard_delete(disclaimer: DisclaimerSnippet) -> None:
    """Refuse to delete a *disclaimer* that any page, draft or live, refers to, or that live pages show.

    Raises:
        ProtectedError: with the objects that refer to it, as Django does for a protected foreign key.
    """
    use = use_keeping(disclaimer)
    if use.is_needed:
        users = objects_using(disclaimer) or [disclaimer]
        raise ProtectedError(use_message(disclaimer, use), set(users))


def use_keeping(disclaimer: DisclaimerSnippet) -> DisclaimerUse:
    """Return what keeps *disclaimer* from being deleted: what refers to it, draft or live, and live pages that show it."""
    use = disclaimer_use(disclaimer) if disclaimer.live else DisclaimerUse()
    users = {str(user) for user in objects_using(disclaimer)}
    return replace(use, pages=tuple(sorted({*use.pages, *users - {*use.holders}})))


def use_message(disclaimer: DisclaimerSnippet, use: DisclaimerUse) -> str:
    """Return the sentence that tells an editor what keeps *disclaimer*, and what to do first."""
    return in_use_message(
        disclaimer.key,
        use.pages,
        holders=use.holders,
        is_everywhere=use.is_everywhere,
        has_rules=use.has_rules,
    )
