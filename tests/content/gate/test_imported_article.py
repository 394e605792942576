"""An imported article full of claims: refused with its findings, and live once people answered for each of them."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from health_content.models import DisclaimerSnippet, OverrideKind, PublicationRecord
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.services.overrides import override_approve, override_grant
from health_content.services.reviews import review_record
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
REASON = "Two leads read it, and rewrite it with the next review."


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def test_the_reference_article_is_refused_until_its_findings_are_resolved(
    home: Any, doctor: Any, lead: Callable[[str], Any], seed_article: Path
) -> None:
    with pytest.raises(CommandError, match="not published") as refusal:
        call_command("import_article", str(seed_article), publish=True, stdout=StringIO())  # fmt: skip

    page = ArticlePage.objects.get()
    assert refusal.value.returncode == 3
    assert not page.live
    found = {str(outcome.check) for outcome in page_decision(newest(page)).blockers}
    assert found >= {"G03", "G08", "G10"}

    draft = newest(page)
    chosen = {"reference": factories.reference("A trial").pk, "locator": "", "note": ""}
    draft.references = json.dumps([factories.block("reference", chosen, "cited")])
    draft.save_revision()
    page.refresh_from_db()
    ann, ben = lead("ann"), lead("ben")
    for outcome in page_decision(newest(page)).blockers:
        if str(outcome.check) == "G08":
            override = override_grant(
                newest(page),
                actor=ann,
                fingerprint=outcome.reason.fingerprint,
                kind=OverrideKind.OTHER,
                reason=REASON,
            )
            override_approve(newest(page), override, actor=ben)
    for disclaimer in DisclaimerSnippet.objects.filter(live=False):
        disclaimer.latest_revision.publish()
    review_record(newest(page), reviewer=doctor)
    page.get_latest_revision().publish()

    page.refresh_from_db()
    gate = PublicationRecord.objects.get(page_id=page.pk).gate
    assert page.live
    assert gate["status"] == "overridden"
    overridden = {o["check"] for o in gate["outcomes"] if o["is_overridden"]}
    assert overridden == {"G08"}
