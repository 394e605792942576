"""Where the two parts meet: the only module that may import both."""

from __future__ import annotations


def connect() -> None:
    """Connect the parts' signals. Called once, when the host is ready."""
    # Signals' senders are models, which are loaded only now.
    from comments.signals import thread_changed

    thread_changed.connect(
        rebuild_with_replies, dispatch_uid="cms.rebuild_with_replies"
    )


def rebuild_with_replies(*, page_id: int, **_kwargs: object) -> None:
    """Rebuild the page's document, whose `replies` carries the number of replies and whether more are taken."""
    # Services need loaded models.
    from health_content.delivery.services import documents_refresh

    documents_refresh([page_id])
