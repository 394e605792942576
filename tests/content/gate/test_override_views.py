"""The forms that let a page pass a check: who may open them, what they answer, and what they never do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from health_content.actors import System
from health_content.admin.findings import override_url
from health_content.models import (
    EmergencyPublication,
    GateOverride,
    OverrideApproval,
    OverrideKind,
    PublicationRecord,
)
from health_content.selectors.gate import page_decision
from health_content.services.overrides import override_grant
from health_content.services.withdrawals import page_withdraw
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, FINE, allow, body, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."
FORM = {"kind": "quotation", "reason": REASON, "days": "7"}
DOUBTFUL = "<p>Acupuncture can relieve back pain.</p>"


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def finding(page: Any, check: str) -> str:
    outcomes = page_decision(newest(page)).outcomes
    return next(o.reason.fingerprint for o in outcomes if str(o.check) == check)


def given(page: Any, user: Any) -> GateOverride:
    return override_grant(
        newest(page),
        actor=user,
        fingerprint=finding(page, "G08"),
        kind=OverrideKind.QUOTATION,
        reason=REASON,
    )


def approve_url(override: GateOverride) -> str:
    return reverse("health_content_override_approve", args=[override.pk])


def emergency_url(page: Any) -> str:
    return reverse("health_content_emergency", args=[page.pk])


@pytest.fixture
def bad(draft: Callable[..., Any]) -> Any:
    return draft(BAD)


@pytest.fixture
def editor(home: Any) -> Any:
    """Return somebody who edits pages and has none of the gate's permissions."""
    return factories.editor("change")


def test_a_lead_overrides_a_finding(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE, reviewed=False)
    client, ann = signed_in(allow(lead("ann"), "access_admin"))
    url = override_url(page.pk, finding(page, "G03"))

    shown = client.get(url).content.decode()
    answer = client.post(url, FORM)

    assert "Nobody reviewed it medically." in shown
    assert answer.status_code == 302
    override = GateOverride.objects.get()
    assert (override.user_id, override.kind, override.reason) == (ann.pk, "quotation", REASON)  # fmt: skip
    assert (override.expires_at - timezone.now()).days == 6
    assert page_decision(newest(page)).is_open


def test_the_kind_of_reason_is_chosen_by_the_address(
    bad: Any, lead: Callable[[str], Any]
) -> None:
    client, _ = signed_in(allow(lead("ann"), "access_admin"))

    def chosen(kind: str) -> str | None:
        url = override_url(bad.pk, finding(bad, "G08"), kind=kind)
        initial: str | None = client.get(url).context["form"].initial.get("kind")
        return initial

    assert chosen("false_positive") == "false_positive"
    assert chosen("nonsense") is None
    assert chosen("") is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": "too short"}, "at least 20 characters"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "91"}, "less than or equal to 90"),
        ({"kind": "whim"}, "Select a valid choice"),
    ],
)
def test_a_bad_form_says_why_and_stores_nothing(
    bad: Any, lead: Callable[[str], Any], changed: dict[str, str], message: str
) -> None:
    client, _ = signed_in(allow(lead("ann"), "access_admin"))

    answer = client.post(override_url(bad.pk, finding(bad, "G08")), FORM | changed)

    assert message in answer.content.decode()
    assert not GateOverride.objects.exists()


def test_a_finding_that_the_saved_draft_does_not_have_is_explained(
    bad: Any, lead: Callable[[str], Any]
) -> None:
    client, _ = signed_in(allow(lead("ann"), "access_admin"))
    url = override_url(bad.pk, "no such finding")

    assert "save the page first" in client.get(url).content.decode()
    assert client.post(url, FORM).status_code == 200
    assert not GateOverride.objects.exists()


def test_an_editor_answers_for_a_doubt_and_not_for_a_blocker(
    draft: Callable[..., Any], editor: Any
) -> None:
    page = draft(BAD)
    client, _ = signed_in(editor)
    doubts = [o for o in page_decision(newest(page)).outcomes if o.waiver == "editor"]

    refused = client.post(override_url(page.pk, finding(page, "G08")), FORM)
    assert "You may not override this check." in refused.content.decode()
    assert not GateOverride.objects.exists()

    fingerprint = doubts[0].reason.fingerprint
    assert client.post(override_url(page.pk, fingerprint), FORM).status_code == 302
    assert GateOverride.objects.get().standing == "editor"


def test_nobody_overrides_what_nobody_may(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE, is_commercial=True)
    client, _ = signed_in(allow(lead("ann"), "access_admin"))
    url = override_url(page.pk, finding(page, "G15"))

    answer = client.post(url, FORM).content.decode()

    assert "Nobody may override this check." in answer
    assert not GateOverride.objects.exists()


def test_a_blocking_claim_waits_for_a_second_person(
    bad: Any, lead: Callable[[str], Any]
) -> None:
    first, _ = signed_in(allow(lead("ann"), "access_admin"))
    second, ben = signed_in(allow(lead("ben"), "access_admin"))
    fingerprint = finding(bad, "G08")

    answer = first.post(override_url(bad.pk, fingerprint), FORM, follow=True)
    assert "as soon as a second person has approved it" in answer.content.decode()
    url = approve_url(GateOverride.objects.get())

    own = first.get(url).content.decode()
    assert "You overrode it yourself." in own
    assert "Somebody else has to approve it." in first.post(url).content.decode()
    assert not OverrideApproval.objects.exists()

    shown = second.get(url).content.decode()
    assert (BLOCKER in shown, REASON in shown) == (True, True)
    assert second.post(url).status_code == 302
    assert OverrideApproval.objects.get().user_id == ben.pk
    assert "It was approved already." in second.post(url).content.decode()


def test_an_emergency_goes_live_with_its_reason(
    bad: Any, lead: Callable[[str], Any]
) -> None:
    client, ann = signed_in(allow(lead("ann"), "access_admin"))

    assert BLOCKER in client.get(emergency_url(bad)).content.decode()
    short = client.post(emergency_url(bad), {"reason": "now"}).content.decode()
    assert "at least 20 characters" in short
    assert not EmergencyPublication.objects.exists()
    answer = client.post(emergency_url(bad), {"reason": REASON})

    bad.refresh_from_db()
    assert (answer.status_code, bad.live) == (302, True)
    row = EmergencyPublication.objects.get()
    assert (row.user_id, row.reason) == (ann.pk, REASON)


@pytest.mark.parametrize("was_public", [True, False])
def test_an_emergency_waits_for_no_date(
    draft: Callable[..., Any], lead: Callable[[str], Any], *, was_public: bool
) -> None:
    page = draft(FINE)
    if was_public:
        page.latest_revision.publish()
        page.refresh_from_db()
    page.body, page.go_live_at = body(BAD), timezone.now() + timedelta(days=3)
    page.save_revision()
    client, ann = signed_in(allow(lead("ann"), "access_admin"))

    answer = client.post(emergency_url(page), {"reason": REASON}, follow=True)

    assert "is public" in answer.content.decode()
    page.refresh_from_db()
    assert (page.live, page.go_live_at) == (True, None)
    assert BLOCKER in str(page.body)
    assert not page.has_unpublished_changes
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert EmergencyPublication.objects.get().user_id == ann.pk
    record = PublicationRecord.objects.filter(page_id=page.pk).last()
    assert record.gate["status"] == "emergency"


def test_what_passes_is_no_emergency(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE)
    client, _ = signed_in(allow(lead("ann"), "access_admin"))

    answer = client.post(emergency_url(page), {"reason": REASON})

    assert "Publish it as usual" in answer.content.decode()
    page.refresh_from_db()
    assert not page.live


def test_an_emergency_does_not_undo_a_withdrawal(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page.refresh_from_db()
    page_withdraw(
        page, actor=System("test"), reason="The dose was wrong.", severity="high"
    )
    page.body = body(BAD)
    page.save_revision()
    client, _ = signed_in(allow(lead("ann"), "access_admin"))

    answer = client.post(emergency_url(page), {"reason": REASON})

    assert answer.status_code == 200
    assert "withdrawn" in str(answer.context["form"].non_field_errors())
    page.refresh_from_db()
    assert not page.live
    assert not EmergencyPublication.objects.exists()


@pytest.mark.parametrize(
    "role", ["anonymous", "reader", "stranger", "editor", "doctor"]
)
def test_who_may_not_is_refused_and_nothing_changes(
    role: str, bad: Any, editor: Any, doctor: Any, lead: Callable[[str], Any]
) -> None:
    override = given(bad, lead("ann"))
    users = {
        "reader": factories.user("rob"),
        "stranger": allow(factories.user("sue"), "access_admin"),
        "editor": editor,
        "doctor": doctor,
    }
    client = signed_in(users[role])[0] if role in users else Client()

    addresses = [approve_url(override), emergency_url(bad)]
    if role in {"anonymous", "reader", "stranger"}:
        addresses.append(override_url(bad.pk, finding(bad, "G08")))
    for address in addresses:
        for answer in (client.get(address), client.post(address, FORM)):
            assert answer.status_code == 302
            assert answer.url.startswith("/admin/")
    assert GateOverride.objects.count() == 1
    assert not OverrideApproval.objects.exists()
    assert not EmergencyPublication.objects.exists()
    bad.refresh_from_db()
    assert not bad.live


def test_other_pages_and_overrides_do_not_exist(
    home: Any, lead: Callable[[str], Any]
) -> None:
    client, _ = signed_in(allow(lead("ann"), "access_admin"))

    for address in (
        override_url(home.pk, "x"),
        override_url(999_999, "x"),
        reverse("health_content_emergency", args=[home.pk]),
        reverse("health_content_override_approve", args=[999_999]),
    ):
        assert client.get(address).status_code == 404


def test_the_emergency_is_offered_to_those_who_may(
    bad: Any, editor: Any, lead: Callable[[str], Any]
) -> None:
    boss = lead("ann")
    editor.groups.get().user_set.add(boss)
    edit = reverse("wagtailadmin_pages:edit", args=[bad.pk])

    assert emergency_url(bad) in signed_in(boss)[0].get(edit).content.decode()
    assert emergency_url(bad) not in signed_in(editor)[0].get(edit).content.decode()
