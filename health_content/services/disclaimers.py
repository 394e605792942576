"""Writes about disclaimers: recording each published wording, and keeping what live pages show."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.rich_text import expand_db_html

from ..actors import actor_active, actor_user
from ..document import canonical_json
from ..errors import DisclaimerInUse, in_use_message
from ..models.disclaimers import DisclaimerVersion
from ..usage import live_titles_showing, objects_using

if TYPE_CHECKING:
    from ..document_facts import JsonObject
    from ..models import DisclaimerSnippet

KEPT_ACTION = "health_content.disclaimer.kept"
MAX_LOGGED = 20
"""Titles that a log entry names: a disclaimer for every page may be on thousands."""


def disclaimer_record(disclaimer: DisclaimerSnippet) -> DisclaimerVersion | None:
    """Append the wording of a live *disclaimer* as its next version; None if it is the newest one already.

    The caller holds the transaction that made it live. Two publications at once are settled by the unique number.
    """
    text_sha = sha256(f"{disclaimer.title}\n{disclaimer.body}".encode()).hexdigest()
    newest = disclaimer.versions.order_by("-number").first()
    if newest and newest.text_sha == text_sha:
        return None
    version = DisclaimerVersion(
        disclaimer=disclaimer,
        key=disclaimer.key,
        locale=disclaimer.locale.language_code,
        number=newest.number + 1 if newest else 1,
        title=disclaimer.title,
        body_html=expand_db_html(disclaimer.body),
        text_sha=text_sha,
        published_at=disclaimer.last_published_at or timezone.now(),
        published_by=actor_user(actor_active("publish")),  # type: ignore[misc]
        prev_hash=newest.hash if newest else "",
    )
    version.hash = version_hash(version)
    version.save()
    return version


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
    if stored.live and (titles := live_titles_showing(stored)):
        raise DisclaimerInUse(
            disclaimer.key, titles, is_everywhere=stored.applies_to_all
        )


def disclaimer_keep_expired(disclaimer: DisclaimerSnippet) -> bool:
    """Keep an expired *disclaimer* that live pages show: drop its schedule, log it, and return True.

    An exception here would stop `publish_scheduled` for every object after this one.
    """
    titles = live_titles_showing(disclaimer)
    if not titles:
        return False
    type(disclaimer).objects.filter(pk=disclaimer.pk).update(expire_at=None)
    log(instance=disclaimer, action=KEPT_ACTION, data={"pages": titles[:MAX_LOGGED]})
    return True


def disclaimer_guard_delete(disclaimer: DisclaimerSnippet) -> None:
    """Refuse to delete a *disclaimer* that any page, draft or live, refers to, or that live pages show.

    Raises:
        ProtectedError: with the objects that refer to it, as Django does for a protected foreign key.
    """
    titles = titles_keeping(disclaimer)
    if titles:
        users = objects_using(disclaimer) or [disclaimer]
        reason = in_use_message(
            disclaimer.key, titles, is_everywhere=disclaimer.applies_to_all
        )
        raise ProtectedError(reason, set(users))


def titles_keeping(disclaimer: DisclaimerSnippet) -> list[str]:
    """Return the titles of what keeps *disclaimer* from being deleted: what refers to it, and live pages that show it."""
    holders = {str(user) for user in objects_using(disclaimer)}
    shown_on = live_titles_showing(disclaimer) if disclaimer.live else []
    return sorted({*holders, *shown_on})
