"""Words for the codes that moderators meet."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..reasons import ReportReason

REASON_LABELS = {
    "policy.pre": gettext_lazy("New replies wait here"),
    "policy.new_author": gettext_lazy("New author"),
    "form.honeypot": gettext_lazy("Likely spam: filled a hidden field"),
    "form.too_fast": gettext_lazy("Sent very fast"),
    "form.expired": gettext_lazy("The form was very old"),
    "form.no_time": gettext_lazy("The form's time is odd"),
    "links.many": gettext_lazy("Many links"),
    "links.present": gettext_lazy("Links"),
    "repetition.same_text": gettext_lazy("The same text was sent before"),
    "shape.no_words": gettext_lazy("No words"),
    "shape.shouting": gettext_lazy("All capitals"),
    "shape.repeated": gettext_lazy("Repeated characters"),
    "shape.markup": gettext_lazy("Odd markup, shown as text"),
    "shape.name_is_link": gettext_lazy("The name is a link"),
    "name.like_staff": gettext_lazy("The name looks like a moderator's"),
    "name.like_protected": gettext_lazy("The name is not for readers"),
    "name.like_clinician": gettext_lazy("The name looks like a clinician's"),
    "name.like_participant": gettext_lazy("The name looks like another reader's"),
    "name.title": gettext_lazy("The name claims a title"),
    "name.mixed_scripts": gettext_lazy("The name mixes alphabets"),
    "edit.proposed": gettext_lazy("Changed by its author"),
    "appeal.submitted": gettext_lazy("The author appealed"),
    "sanction.hold_all": gettext_lazy("Every reply of the author waits"),
}
"""What the codes of signals and policies mean."""


def reason_label(code: str) -> str:
    """Return words for a reason's code; codes of a host's own checks speak for themselves."""
    if code in REASON_LABELS:
        return str(REASON_LABELS[code])
    if code.startswith("check.failed:"):
        return _("A check failed: %(name)s") % {"name": code.partition(":")[2]}
    if code.startswith("report."):
        reason = code.partition(".")[2]
        known = reason in ReportReason.values
        words = ReportReason(reason).label if known else reason
        return _("Reported: %(reason)s") % {"reason": words}
    return code
