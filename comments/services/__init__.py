"""The only writers of this part; import them from here."""

from .appeals import (
    appeal_decide,
    appeal_submit,
    appeal_take,
    appeal_withdraw,
    is_appealable,
)
from .decisions import MAX_BATCH, Order, actions_for, item_decide, items_decide
from .edits import reply_edit, reply_pin, reply_redact, reply_withdraw
from .intake import Submission
from .items import claims_release, item_claim, item_escalate, item_release
from .rendering import RerenderBatch, replies_rerender
from .reports import report_submit
from .sanctions import (
    sanction_impose,
    sanction_in_force,
    sanction_lift,
    sanctions_expire,
)
from .submissions import SubmitResult, reply_check, reply_submit
from .threads import thread_ensure, thread_sync
from .traffic import records_purge

__all__ = [
    "MAX_BATCH",
    "Order",
    "RerenderBatch",
    "Submission",
    "SubmitResult",
    "actions_for",
    "appeal_decide",
    "appeal_submit",
    "appeal_take",
    "appeal_withdraw",
    "claims_release",
    "is_appealable",
    "item_claim",
    "item_decide",
    "item_escalate",
    "item_release",
    "items_decide",
    "records_purge",
    "replies_rerender",
    "reply_check",
    "reply_edit",
    "reply_pin",
    "reply_redact",
    "reply_submit",
    "reply_withdraw",
    "report_submit",
    "sanction_impose",
    "sanction_in_force",
    "sanction_lift",
    "sanctions_expire",
    "thread_ensure",
    "thread_sync",
]
