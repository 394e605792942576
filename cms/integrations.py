"""Where the two parts meet: the only module that may import both."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save


def connect() -> None:
    """Connect the parts' signals. Called once, when the host is ready."""
    # Signals' senders are models, which are loaded only now.
    from comments.models import Decision
    from comments.signals import thread_changed

    thread_changed.connect(
        rebuild_with_replies, dispatch_uid="cms.rebuild_with_replies"
    )
    # Within the decision's transaction, unlike the parts' own signals: the event is recorded with it or not at all.
    post_save.connect(
        record_reply_event, sender=Decision, dispatch_uid="cms.record_reply_event"
    )


def rebuild_with_replies(*, page_id: int, **_kwargs: object) -> None:
    """Rebuild the page's document, whose `replies` carries the number of replies and whether more are taken."""
    # Services need loaded models.
    from health_content.delivery.services import documents_refresh

    documents_refresh([page_id])


def record_reply_event(
    instance: Any, *, created: bool, raw: bool = False, **_kwargs: object
) -> None:
    """Record for webhooks that a reply became public or ceased to be."""
    from comments.models import ReplyStatus
    from health_content.delivery.webhooks.outbox import reply_record

    was_public = instance.from_status == ReplyStatus.PUBLISHED
    is_public = instance.to_status == ReplyStatus.PUBLISHED
    if created and not raw and was_public is not is_public:
        reply_record(
            str(instance.reply_key), page_id=instance.page_key, is_public=is_public
        )
