"""The only writers of this part; import them from here."""

from .appeals import (
    appeal_decide,
    appeal_submit,
    appeal_take,
    appeal_withdraw,
    is_appealable,
)
from .credentials import credential_end, credential_set
from .decisions import MAX_BATCH, Order, actions_for, item_decide, items_decide
from .edits import reply_edit, reply_withdraw
from .identity import actor_of_token
from .intake import Submission
from .items import claims_release, item_claim, item_escalate, item_release
from .mail import messages_send
from .proofs import Proven, proof_use, signin_ask
from .redactions import reply_pin, reply_redact
from .rendering import RerenderBatch, replies_rerender
from .reports import report_submit
from .rights import person_erase, person_export
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
    "Proven",
    "RerenderBatch",
    "Submission",
    "SubmitResult",
    "actions_for",
    "actor_of_token",
    "appeal_decide",
    "appeal_submit",
    "appeal_take",
    "appeal_withdraw",
    "claims_release",
    "credential_end",
    "credential_set",
    "is_appealable",
    "item_claim",
    "item_decide",
    "item_escalate",
    "item_release",
    "items_decide",
    "messages_send",
    "person_erase",
    "person_export",
    "proof_use",
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
    "signin_ask",
    "thread_ensure",
    "thread_sync",
]
