"""Tells people by mail what they did not see happen: an emergency, a schedule that could not be kept, an overdue page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.models import Revision

from ..compat import page_model
from .overrides import LEAD_PERMISSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..models import EmergencyPublication

# Who has a permission is asked of Django's own back end: others need not be able to say.
BACKEND = "django.contrib.auth.backends.ModelBackend"


def emergency_tell(emergency_id: int) -> int:
    """Tell every lead of an emergency publication; return the number of mails."""
    model: type[EmergencyPublication] = apps.get_model(
        "health_content", "EmergencyPublication"
    )
    row = model.objects.get(pk=emergency_id)
    return _send(
        _leads(but=row.user_id),
        _("Published in an emergency: %(title)s"),
        _("%(name)s published it unchecked. Reason: %(reason)s\nIt has to be reviewed by %(due)s."),
        {
            "title": _title(row.page_id),
            "name": row.user_name,
            "reason": row.reason,
            "due": row.review_due_at.isoformat(timespec="minutes"),
        },
    )  # fmt: skip


def schedule_tell(revision_id: int, reasons: Sequence[str]) -> int:
    """Tell whoever made a revision that it was not published when its time had come; return the number of mails."""
    revision = Revision.objects.select_related("user").filter(pk=revision_id).first()
    user = revision.user if revision else None
    if revision is None or user is None or not user.email:
        return 0
    return _send(
        [user.email],
        _("Not published when its time had come: %(title)s"),
        _("%(reasons)s\nMend that, and schedule it again."),
        {
            "title": revision.object_str,
            "reasons": "\n".join(f"- {reason}" for reason in reasons),
        },
    )


def overdue_tell(page_id: int, due_on: str) -> int:
    """Tell every lead that a page is offline since its review is overdue; return the number of mails."""
    return _send(
        _leads(),
        _("Taken offline, its review is overdue: %(title)s"),
        _("Its medical review was due on %(due)s, and the days of grace are over.\nHave it reviewed, and publish it again."),
        {"title": _title(page_id), "due": due_on},
    )  # fmt: skip


def _leads(*, but: int | None = None) -> list[str]:
    """Return the addresses of the health leads."""
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    found = users.with_perm(LEAD_PERMISSION, backend=BACKEND).exclude(email="")
    if but is not None:
        found = found.exclude(pk=but)
    return list(found.order_by("pk").values_list("email", flat=True))


def _title(page_id: int) -> str:
    page = page_model().objects.filter(pk=page_id).first()
    return page.get_admin_display_title() if page else str(page_id)


def _send(
    recipients: Iterable[str], subject: str, body: str, facts: dict[str, str]
) -> int:
    return sum(
        send_mail(subject % facts, body % facts, [recipient])
        for recipient in recipients
    )
