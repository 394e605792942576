"""What the history of a page says of entries whose words depend on what happened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter


class RejectionFormatter(LogFormatter):
    """Says what a reviewer wants changed."""

    label = _("Reject a medical review")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence."""
        text = gettext("Medical review rejected: %(reason)s")
        return text % {"reason": log_entry.data.get("reason", "")}


class MendingFormatter(LogFormatter):
    """Says which sentence was mended, and what stands there now."""

    label = _("Mend a claim")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence."""
        facts = {name: log_entry.data.get(name, "") for name in ("sentence", "text")}
        if facts["text"]:
            return gettext("A claim was mended: “%(sentence)s” is now “%(text)s”") % facts  # fmt: skip
        return gettext("A claim was taken out: “%(sentence)s”") % facts
