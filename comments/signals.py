"""What this part tells others; sent after the transaction has been committed, so that receivers see what they hear of.

Signals inform and never decide: a receiver that fails is logged and undoes nothing. Each is sent with `sender` the model class.
"""

from __future__ import annotations

from django.dispatch import Signal

thread_changed = Signal()
"""Something a reader can see changed in a thread. Arguments: page_id (int), thread (Thread)."""

reply_submitted = Signal()
"""A reply came in and was stored, in whatever state. Arguments: reply_id (UUID), page_id (int)."""

reply_published = Signal()
"""A reply became public. Arguments: reply_id (UUID), page_id (int)."""

reply_decided = Signal()
"""A decision was written. Arguments: decision_id (int), reply_id (UUID), page_id (int)."""
