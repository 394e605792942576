"""Whoever sets the risk of a page lower needs a reviewer who agrees, on every route to publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from health_content.errors import (
    ConfirmationRefused,
    OverrideRefused,
    PublishBlocked,
)
from health_content.models import OverrideKind, PublicationRecord, RiskConfirmation
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.services.evidence_pack import evidence_pack
from health_content.services.overrides import override_grant
from health_content.services.reviews import review_record, risk_confirm
from tests import factories
from tests.content.gate.conftest import allow, body, signed_in
from tests.content.gate.test_routes import form
from tests.content.test_pages import edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
LIGHT = {"content_kind": "news", "risk_tier": "low"}
REASON = "It announces the opening hours of the new garden."
SENTENCE = "was set lower than it was"


def stored(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk)


def newest(page: Any) -> Any:
    return stored(page).get_latest_revision_as_object()


def reasons(page: Any) -> list[str]:
    return [outcome.reason.code for outcome in page_decision(page).blockers]


def test_a_new_page_is_not_of_low_risk_until_a_reviewer_agrees(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(reviewed=False, about_conditions=[factories.condition()], **LIGHT)
    assert reasons(newest(page)) == ["risk_unconfirmed"]
    with pytest.raises(PublishBlocked, match=SENTENCE):
        page.latest_revision.publish()

    risk_confirm(newest(page), reviewer=allow(doctor), reason=REASON)
    page.latest_revision.publish()

    gate = PublicationRecord.objects.get(page_id=page.pk).gate
    assert (gate["risk"], gate["content_kind"]) == ("low", "news")
    assert PageLogEntry.objects.get(action="health_content.page.risk_confirmed").data == {
        "risk": "low",
        "content_kind": "news",
        "reason": REASON,
    }  # fmt: skip
    later = newest(page)
    later.body = body("<p>Another text of low risk.</p>")
    later.save_revision().publish()
    assert stored(page).live


def test_a_plain_page_may_be_of_low_risk_until_it_claims_something(
    draft: Callable[..., Any],
) -> None:
    page = draft(reviewed=False, **LIGHT)
    page.latest_revision.publish()
    assert stored(page).live

    later = newest(page)
    later.body = body("<p>Acupuncture boosts the flow of qi.</p>")

    assert "risk_unconfirmed" in reasons(later)


def test_a_page_that_is_live_is_not_lowered_by_its_editor_alone(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(risk_tier="high", content_kind="treatment")
    page.latest_revision.publish()

    lower = newest(page)
    lower.risk_tier = "standard"
    assert reasons(lower) == ["risk_unconfirmed"]
    with pytest.raises(PublishBlocked, match=SENTENCE):
        lower.save_revision().publish()
    stays = stored(page)
    stays.content_kind = ""
    with pytest.raises(PublishBlocked, match=SENTENCE):
        stays.save()
    higher = stored(page)
    higher.risk_tier = "crisis"
    assert "risk_unconfirmed" not in reasons(higher)

    risk_confirm(newest(page), reviewer=allow(doctor), reason=REASON)
    newest(page).latest_revision.publish()

    assert stored(page).risk_tier == "standard"


def test_who_reviews_the_whole_page_agrees_to_its_risk(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(about_conditions=[factories.condition()], **LIGHT)

    page.latest_revision.publish()

    assert stored(page).live


def test_an_old_word_does_not_count_when_the_page_was_graver_since(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(reviewed=False, about_conditions=[factories.condition()], **LIGHT)
    risk_confirm(newest(page), reviewer=allow(doctor), reason=REASON)
    page.latest_revision.publish()
    graver = newest(page)
    graver.risk_tier = "standard"
    graver.save_revision()
    review_record(newest(page), reviewer=doctor)
    newest(page).latest_revision.publish()
    stored(page).unpublish()

    lower = newest(page)
    lower.risk_tier = "low"

    assert reasons(lower) == ["risk_unconfirmed"]


def test_the_editors_form_says_why_and_the_reviewers_form_confirms(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(reviewed=False, about_conditions=[factories.condition()], **LIGHT)
    editor, _ = signed_in(factories.superuser())
    refused = editor.post(
        edit_url(page),
        form(page)
        | LIGHT
        | {"about_conditions": [page.about_conditions.get().pk], "action-publish": "1"},
    )
    assert SENTENCE in refused.content.decode()
    client, _ = signed_in(doctor)
    url = reverse("health_content_confirm_risk", args=[page.pk])
    assert "News" in client.get(url).content.decode()

    assert "20 characters" in client.post(url, {"reason": "Short."}).content.decode()
    assert not RiskConfirmation.objects.exists()
    assert client.post(url, {"reason": REASON}).status_code == 302

    row = RiskConfirmation.objects.get()
    assert (row.reviewer, row.risk_tier, row.reason) == (doctor, "low", REASON)
    assert evidence_pack(newest(page))["risk_confirmations"][0]["reason"] == REASON
    assert "needs no confirmation" in client.get(url).content.decode()
    assert "needs no confirmation" in client.post(url, {"reason": REASON}).content.decode()  # fmt: skip


def test_only_reviewers_confirm_and_nobody_overrides(
    draft: Callable[..., Any], doctor: Any, lead: Callable[[str], Any]
) -> None:
    page = draft(reviewed=False, about_conditions=[factories.condition()], **LIGHT)
    url = reverse("health_content_confirm_risk", args=[page.pk])
    ann = lead("ann")
    client, _ = signed_in(factories.editor("change", "publish"))

    assert client.post(url, {"reason": REASON}).status_code in {302, 403}
    with pytest.raises(ConfirmationRefused, match="no profile"):
        risk_confirm(newest(page), reviewer=factories.superuser(), reason=REASON)
    without = factories.user("without")
    factories.person(
        "Kim (fictional)", user=without, credentials=list(doctor_credentials(doctor))
    )
    with pytest.raises(ConfirmationRefused, match="may not review"):
        risk_confirm(newest(page), reviewer=without, reason=REASON)
    with pytest.raises(ConfirmationRefused, match="20 characters"):
        risk_confirm(newest(page), reviewer=doctor, reason="Short.")
    with pytest.raises(OverrideRefused, match="A reviewer confirms it"):
        override_grant(newest(page), actor=ann, fingerprint="risk_unconfirmed::", kind=OverrideKind.OTHER, reason=REASON)  # fmt: skip
    mine = newest(page)
    mine.summary = "News of the garden."
    mine.save_revision(user=doctor)
    with pytest.raises(ConfirmationRefused, match="You wrote it"):
        risk_confirm(newest(page), reviewer=doctor, reason=REASON)
    assert not RiskConfirmation.objects.exists()


def doctor_credentials(doctor: Any) -> Any:
    """Return unsaved copies of the doctor's credentials."""
    from health_content.models import Credential, PersonProfile

    profile = PersonProfile.objects.get(user=doctor)
    for row in profile.credentials.all():
        yield Credential(title=row.title, verified_at=row.verified_at, valid_until=row.valid_until)  # fmt: skip
