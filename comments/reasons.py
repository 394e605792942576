"""Why a reply is kept from the public: a code for the record, words for its author."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Ground, Severity


class Reason(models.TextChoices):
    """The reasons a moderator can give. Codes are permanent: decisions and reports hold them."""

    OFF_TOPIC = "off_topic", _("Off topic")
    ADVERTISING = "advertising", _("Advertising")
    ABUSE = "abuse", _("Abuse of a person or a group")
    UNSAFE_ADVICE = "unsafe_advice", _("Unsafe health advice")
    PERSONAL_DATA = "personal_data", _("Personal information")
    UNREADABLE = "unreadable", _("Cannot be understood")
    ILLEGAL = "illegal", _("Against the law")
    OTHER = "other", _("Another reason")

    @property
    def ground(self) -> Ground:
        """On what the reason rests: our rules, or the law."""
        return Ground.LEGAL if self is Reason.ILLEGAL else Ground.TERMS


PUBLIC_TEXTS = {
    Reason.OFF_TOPIC: _("Your reply is not about this article."),
    Reason.ADVERTISING: _("Your reply advertises something, which our rules exclude."),
    Reason.ABUSE: _("Your reply attacks a person or a group."),
    Reason.UNSAFE_ADVICE: _(
        "Your reply gives health advice that could harm someone who follows it."
    ),
    Reason.PERSONAL_DATA: _(
        "Your reply holds personal information, yours or someone else's, that should not be public."
    ),
    Reason.UNREADABLE: _("We could not understand your reply."),
    Reason.ILLEGAL: _("Publishing your reply would be against the law."),
    Reason.OTHER: _("Your reply does not meet our rules."),
}
"""What the author is told when the moderator writes nothing of their own."""


class ReportReason(models.TextChoices):
    """What readers can say of others' replies. Codes are permanent."""

    ADVERTISING = "advertising", _("It advertises something")
    ABUSE = "abuse", _("It attacks a person or a group")
    UNSAFE_ADVICE = "unsafe_advice", _("Its advice could harm someone")
    PERSONAL_DATA = "personal_data", _("It holds personal information")
    SELF_HARM = "self_harm", _("Someone may be in danger")
    ILLEGAL = "illegal", _("It is against the law")
    OTHER = "other", _("Something else")

    @property
    def severity(self) -> Severity:
        """How urgent it is that somebody looks."""
        match self:
            case ReportReason.SELF_HARM:
                return Severity.CRISIS
            case ReportReason.ILLEGAL:
                return Severity.LEGAL
            case ReportReason.UNSAFE_ADVICE | ReportReason.PERSONAL_DATA:
                return Severity.ELEVATED
        return Severity.ROUTINE
