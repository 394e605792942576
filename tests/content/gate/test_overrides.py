"""Who may let a page pass a check that it fails, for how long, and what ends it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry

from health_content.claims.loader import load_rule_base
from health_content.errors import (
    EmergencyRefused,
    OverrideRefused,
    PublishBlocked,
    RecordIsFinal,
)
from health_content.models import (
    EmergencyPublication,
    GateOverride,
    MedicalReview,
    OverrideKind,
    PublicationRecord,
)
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.services.gate import page_publish_emergency
from health_content.services.overrides import override_approve, override_grant
from tests import factories
from tests.content.gate.conftest import BAD, FINE, body

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def fingerprints(page: Any, check: str) -> list[str]:
    outcomes = page_decision(newest(page)).outcomes
    return sorted({o.reason.fingerprint for o in outcomes if str(o.check) == check})


def grant(page: Any, actor: Any, fingerprint: str, **changes: Any) -> GateOverride:
    fields = {"kind": OverrideKind.QUOTATION, "reason": REASON} | changes
    return override_grant(newest(page), actor=actor, fingerprint=fingerprint, **fields)


@pytest.fixture
def unreviewed(draft: Callable[..., Any]) -> Any:
    return draft(FINE, reviewed=False)


def test_a_lead_lets_a_page_go_live_unreviewed(
    unreviewed: Any, lead: Callable[[str], Any]
) -> None:
    (missing,) = fingerprints(unreviewed, "G03")

    override = grant(unreviewed, lead("ann"), missing)
    unreviewed.latest_revision.publish()

    unreviewed.refresh_from_db()
    assert unreviewed.live
    assert PublicationRecord.objects.get(page_id=unreviewed.pk).gate["status"] == "overridden"  # fmt: skip
    assert timezone.now() + timedelta(days=29) < override.expires_at
    entry = PageLogEntry.objects.get(action="health_content.gate.override")
    assert entry.data == {"override": override.pk, "check": "G03", "reason": REASON}


def test_it_ends_when_the_content_changes(
    unreviewed: Any, lead: Callable[[str], Any]
) -> None:
    (missing,) = fingerprints(unreviewed, "G03")
    grant(unreviewed, lead("ann"), missing)
    page = newest(unreviewed)
    page.title = "Another title"

    with pytest.raises(PublishBlocked):
        page.save_revision().publish()


def test_it_ends_by_its_date(
    unreviewed: Any, lead: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (missing,) = fingerprints(unreviewed, "G03")
    grant(unreviewed, lead("ann"), missing, days=1)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert [str(o.check) for o in page_decision(newest(unreviewed)).blockers] == ["G03"]


def test_a_claim_needs_two_people(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(BAD, **cited())
    ann, ben = lead("ann"), lead("ben")
    overrides = [grant(page, ann, each) for each in fingerprints(page, "G08")]
    assert page_decision(newest(page)).blockers

    for override in overrides:
        with pytest.raises(OverrideRefused, match="Somebody else"):
            override_approve(newest(page), override, actor=ann)
        override_approve(newest(page), override, actor=ben)
        with pytest.raises(OverrideRefused, match="approved already"):
            override_approve(newest(page), override, actor=lead(f"c{override.pk}"))

    assert not page_decision(newest(page)).blockers
    assert {override.rule_base for override in overrides} == {load_rule_base().version}
    page.latest_revision.publish()
    page.refresh_from_db()
    assert page.live


def test_an_override_of_a_sentence_outlives_changes_around_it(
    draft: Callable[..., Any], lead: Callable[[str], Any], doctor: Any
) -> None:
    page = draft(BAD, **cited())
    ann, ben = lead("ann"), lead("ben")
    for each in fingerprints(page, "G08"):
        override_approve(newest(page), grant(page, ann, each), actor=ben)
    changed = newest(page)
    changed.title = "Another title"

    assert [str(o.check) for o in page_decision(changed).blockers] == ["G07"]
    changed.body = body(BAD.replace("for good", "forever"))
    assert "G08" in {str(o.check) for o in page_decision(changed).blockers}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "Because."}, "reason"),
        ({"reason": " " * 40}, "reason"),
        ({"days": 0}, "days"),
        ({"days": 91}, "days"),
        ({"fingerprint": "review_missing:x:"}, "fingerprint"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(
    unreviewed: Any, lead: Callable[[str], Any], changes: dict[str, Any], field: str
) -> None:
    (missing,) = fingerprints(unreviewed, "G03")
    fields = {"fingerprint": missing} | changes
    fingerprint = fields.pop("fingerprint")

    with pytest.raises(OverrideRefused) as refusal:
        grant(unreviewed, lead("ann"), fingerprint, **fields)

    assert (refusal.value.field, refusal.value.code) == (field, "content.override_refused")  # fmt: skip
    assert not GateOverride.objects.exists()


def test_who_may_not_is_refused(unreviewed: Any) -> None:
    (missing,) = fingerprints(unreviewed, "G03")

    with pytest.raises(OverrideRefused) as refusal:
        grant(unreviewed, factories.user(), missing)

    assert refusal.value.field == "user"
    assert not GateOverride.objects.exists()


def test_nobody_overrides_an_undeclared_interest(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE, is_commercial=True)
    (undeclared,) = fingerprints(page, "G15")

    with pytest.raises(OverrideRefused, match="Nobody may"):
        grant(page, lead("ann"), undeclared)


def test_one_that_needs_no_second_person_takes_none(
    unreviewed: Any, lead: Callable[[str], Any]
) -> None:
    (missing,) = fingerprints(unreviewed, "G03")
    override = grant(unreviewed, lead("ann"), missing)

    with pytest.raises(OverrideRefused, match="no second person"):
        override_approve(newest(unreviewed), override, actor=lead("ben"))


def test_rows_are_final(unreviewed: Any, lead: Callable[[str], Any]) -> None:
    (missing,) = fingerprints(unreviewed, "G03")
    override = grant(unreviewed, lead("ann"), missing)
    override.reason = "Something else entirely."

    with pytest.raises(RecordIsFinal):
        override.save()
    with pytest.raises(RecordIsFinal):
        GateOverride.objects.update(reason="Something else entirely.")
    with pytest.raises(RecordIsFinal):
        MedicalReview.objects.all().delete()


# Emergencies


def test_an_emergency_is_published_noted_and_told(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(BAD)
    ann = lead("ann")

    page_publish_emergency(
        newest(page), page.latest_revision, actor=ann, reason="The dose was ten times too high."
    )  # fmt: skip

    page.refresh_from_db()
    row = EmergencyPublication.objects.get()
    assert page.live
    assert (row.page_id, row.user_id, row.user_name) == (page.pk, ann.pk, "ann")
    assert row.review_due_at == row.published_at + timedelta(hours=24)
    assert {outcome["check"] for outcome in row.outcomes} >= {"G08", "G10"}
    record = PublicationRecord.objects.get(page_id=page.pk)
    assert (record.gate["status"], record.gate["emergency"]) == ("emergency", row.pk)
    assert PageLogEntry.objects.filter(action="health_content.gate.emergency").exists()


def test_the_other_leads_are_told_by_mail(
    draft: Callable[..., Any],
    lead: Callable[[str], Any],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = draft(BAD)
    ann, ben, cat = lead("ann"), lead("ben"), lead("cat")
    for user, address in ((ann, "ann@example.org"), (ben, "ben@example.org")):
        user.email = address
        user.save()
    assert cat.email == ""

    with django_capture_on_commit_callbacks(execute=True):
        page_publish_emergency(
            newest(page), page.latest_revision, actor=ann, reason="The dose was ten times too high."
        )  # fmt: skip

    (mail,) = mailoutbox
    assert mail.to == ["ben@example.org"]
    assert mail.subject == f"Published in an emergency: {page.title}"
    assert "The dose was ten times too high." in mail.body


def test_a_page_and_its_aliases_are_one_emergency(
    draft: Callable[..., Any],
    lead: Callable[[str], Any],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)
    aliases = [page.create_alias(update_slug=f"alias-{n}") for n in range(2)]
    page.body = body(BAD)
    revision = page.save_revision()
    other = lead("ben")
    other.email = "ben@example.org"
    other.save()

    with django_capture_on_commit_callbacks(execute=True):
        page_publish_emergency(newest(page), revision, actor=lead("ann"), reason=REASON)

    row = EmergencyPublication.objects.get()
    assert len(mailoutbox) == 1
    assert PageLogEntry.objects.filter(action="health_content.gate.emergency").count() == 1  # fmt: skip
    for each in (page, *aliases):
        record = PublicationRecord.objects.filter(page_id=each.pk).latest("number")
        assert record.gate["emergency"] == row.pk


def test_the_next_publication_is_asked_again(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(BAD)
    page_publish_emergency(
        newest(page), page.latest_revision, actor=lead("ann"), reason="The dose was ten times too high."
    )  # fmt: skip
    page = ArticlePage.objects.get(pk=page.pk)
    page.title = "Another title"

    with pytest.raises(PublishBlocked):
        page.save_revision().publish()


@pytest.mark.parametrize("reason", ["", "Now!", " " * 30])
def test_an_emergency_needs_a_reason(
    draft: Callable[..., Any], lead: Callable[[str], Any], reason: str
) -> None:
    page = draft(BAD)

    with pytest.raises(EmergencyRefused, match="at least 20"):
        page_publish_emergency(
            newest(page), page.latest_revision, actor=lead("ann"), reason=reason
        )

    page.refresh_from_db()
    assert not page.live


def test_an_emergency_needs_the_permission(draft: Callable[..., Any]) -> None:
    page = draft(BAD)

    with pytest.raises(PermissionDenied):
        page_publish_emergency(
            newest(page), page.latest_revision, actor=factories.user(), reason=REASON
        )

    page.refresh_from_db()
    assert not page.live
    assert not EmergencyPublication.objects.exists()


def test_a_page_that_passes_is_no_emergency(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(FINE)

    page_publish_emergency(
        newest(page), page.latest_revision, actor=lead("ann"), reason=REASON
    )

    page.refresh_from_db()
    assert page.live
    assert not EmergencyPublication.objects.exists()


def cited() -> dict[str, Any]:
    """Return the fields of a page that rests on something."""
    reference = factories.reference("A trial")
    chosen = {"reference": reference.pk, "locator": "", "note": ""}
    return {"references": json.dumps([factories.block("reference", chosen, "cited")])}
