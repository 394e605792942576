"""The only writers of this part; import them from here."""

from .decisions import MAX_BATCH, Order, item_decide, items_decide
from .intake import Submission
from .rendering import RerenderBatch, replies_rerender
from .submissions import SubmitResult, reply_check, reply_submit
from .threads import thread_ensure, thread_sync
from .traffic import records_purge

__all__ = [
    "MAX_BATCH",
    "Order",
    "RerenderBatch",
    "Submission",
    "SubmitResult",
    "item_decide",
    "items_decide",
    "records_purge",
    "replies_rerender",
    "reply_check",
    "reply_submit",
    "thread_ensure",
    "thread_sync",
]
