"""The health-claim checker: text in, findings out. Pure: no framework, no clock, no setting."""

from .engine import check_page, check_text, find_claims, find_reply_claims
from .findings import Category, Finding, Profile, Report, Severity, Status

__all__ = [
    "Category",
    "Finding",
    "Profile",
    "Report",
    "Severity",
    "Status",
    "check_page",
    "check_text",
    "find_claims",
    "find_reply_claims",
]
