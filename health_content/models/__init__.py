"""Tables of the content part that are not pages."""

from .disclaimers import DisclaimerKind, DisclaimerSnippet, DisclaimerVersion, Placement
from .imports import ImportSource
from .records import PublicationReason, PublicationRecord
from .withdrawals import Severity, Withdrawal

__all__ = [
    "DisclaimerKind",
    "DisclaimerSnippet",
    "DisclaimerVersion",
    "ImportSource",
    "Placement",
    "PublicationReason",
    "PublicationRecord",
    "Severity",
    "Withdrawal",
]
