"""What the editor is told of the gate: in the side panel, while typing, and on the button that publishes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from health_content import compat, edit_handlers
from health_content.abstract import ArticleMixin
from health_content.admin.findings import page_findings
from health_content.edit_handlers import health_edit_handler
from health_content.gate_tab import GatePanel
from health_content.models import MedicalReview, PermittedClaim
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.selectors.remedies import page_remedies
from health_content.services.overrides import override_approve, override_grant
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, FINE, allow, signed_in
from tests.content.gate.test_routes import form
from tests.content.test_pages import edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."
wagtail_8 = pytest.mark.skipif(
    not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no views of page classes"
)


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def findings(page: Any, user: Any) -> Any:
    return page_findings(newest(page), user)


def by_check(found: Any) -> dict[str, list[Any]]:
    return {group["check"]: group["findings"] for group in found["groups"]}


def shown(html: str) -> Any:
    """Return the findings that a page of the editor holds."""
    _, _, rest = html.partition(
        '<script id="hp-gate-findings" type="application/json">'
    )
    return json.loads(rest.partition("</script>")[0])


@pytest.fixture
def superuser(db: None) -> Any:
    return factories.superuser()


def test_findings_stand_by_check_with_place_and_answer(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page = draft(BAD)

    found = findings(page, lead("ann"))

    (claim, *_rest) = by_check(found)["G08"]
    assert BLOCKER in claim["sentence"]
    assert claim["level_label"] == "Blocking"
    assert claim["place"] == page.body[0].id
    assert claim["source"].startswith("https://")
    assert claim["source_name"] in claim["source"]
    assert claim["action_label"] == "Dismiss with a reason"
    assert claim["action"].endswith("&kind=false_positive")
    assert claim["quote"] == BLOCKER
    assert claim["action"].startswith(f"/admin/gate/page/{page.pk}/override/?finding=")
    assert [f["place"] for f in by_check(found)["G10"]] == ["references"]
    assert found["blocking"] == sum(
        f["level"] == "block" for group in found["groups"] for f in group["findings"]
    )
    assert found["publish"] == f"Publish ({found['blocking']} blocking)"


def test_who_may_not_override_reads_who_may(draft: Callable[..., Any]) -> None:
    page = draft(BAD, is_commercial=True)

    found = by_check(findings(page, factories.editor("change")))

    assert found["G08"][0]["note"] == "Two health leads together may override it."
    assert found["G15"][0]["note"] == "Nobody may override it."
    assert {f["action"] for f in found["G08"] + found["G15"]} == {""}
    assert found["G15"][0]["place"] == "conflict_statement"


def test_an_override_is_shown_while_it_waits_and_when_it_counts(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page, ann, ben = draft(BAD), lead("ann"), lead("ben")
    before = findings(page, ann)["blocking"]
    fingerprint = by_check(findings(page, ann))["G08"][0]["action"]
    override = override_grant(
        newest(page),
        actor=ann,
        fingerprint=_fingerprint(newest(page), "G08"),
        kind="quotation",
        reason=REASON,
    )
    assert fingerprint

    own, other = (by_check(findings(page, u))["G08"][0] for u in (ann, ben))
    assert own["note"] == "ann overrode it. A second person has to approve that."
    assert (own["action"], other["action"]) == ("", f"/admin/gate/overrides/{override.pk}/approve/")  # fmt: skip

    override_approve(newest(page), override, actor=ben)
    done = findings(page, ann)
    assert by_check(done)["G08"][0]["level_label"] == "Overridden"
    assert by_check(done)["G08"][0]["note"].startswith("ann overrode it until ")
    assert done["blocking"] == before - 1


def _fingerprint(page: Any, check: str) -> str:
    outcomes = page_decision(page).outcomes
    return next(o.reason.fingerprint for o in outcomes if str(o.check) == check)


def test_the_review_is_told_with_its_end(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(FINE, reviewed=False)
    reader = factories.user("rob")
    assert findings(page, reader)["review"] == {
        "state": "missing",
        "lines": ["Nobody reviewed it yet."],
    }

    review_record(newest(page), reviewer=doctor)
    current = findings(page, reader)["review"]
    assert current["state"] == "current"
    assert current["lines"][0].startswith("Rae Sample (fictional) reviewed it on ")
    assert current["lines"][1].startswith("The next review is due on ")

    later = newest(page)
    later.title = "Another title"
    assert page_findings(later, reader)["review"]["lines"][1] == "It was changed since."

    MedicalReview.objects.all()._raw_delete("default")
    review = review_record(newest(page), reviewer=doctor)
    late = timezone.now() - timedelta(days=1)
    MedicalReview.objects.bulk_create([_overdue(review, late)])
    assert findings(page, reader)["review"]["state"] == "overdue"


def _overdue(review: Any, moment: Any) -> Any:
    review.pk, review.expires_at = None, moment
    review.reviewed_at += timedelta(seconds=1)
    return review


def test_a_reviewer_reads_why_a_review_would_not_count(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(FINE)
    other = allow(factories.user("quack"), "review_medically")

    lines = findings(page, other)["review"]["lines"]

    assert lines[-1] == (
        "A review of yours would not count: You have no profile under People that names your account."
    )
    assert "would not count" not in str(findings(page, doctor)["review"])


@wagtail_8
def test_the_editor_opens_with_the_panel(
    draft: Callable[..., Any], superuser: Any
) -> None:
    page = draft(BAD)
    client, _ = signed_in(superuser)

    html = client.get(edit_url(page)).content.decode()

    assert 'data-side-panel="health"' in html
    assert "health_content/gate-panel.js" in html
    assert BLOCKER in by_check(shown(html))["G08"][0]["sentence"]
    assert shown(html)["publish"] in html.partition('name="action-publish"')[2]


@wagtail_8
def test_a_new_page_opens_with_the_panel(home: Any, superuser: Any) -> None:
    client, _ = signed_in(superuser)
    url = reverse(
        "wagtailadmin_pages:add", args=("health_pages", "articlepage", home.pk)
    )

    html = client.get(url).content.decode()

    assert 'data-side-panel="health"' in html
    assert set(by_check(shown(html))) >= {"G03"}


@wagtail_8
def test_what_is_typed_is_judged_without_being_saved(
    draft: Callable[..., Any], superuser: Any
) -> None:
    page = draft(FINE)
    client, _ = signed_in(superuser)
    typed = newest(page)
    typed.body[0].value.source = BAD
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])

    before = client.post(url, form(newest(page))).json()
    after = client.post(url, form(typed)).json()

    assert (before["is_valid"], before["health"]["blocking"]) == (True, 0)
    assert BLOCKER in by_check(after["health"])["G08"][0]["sentence"]
    assert newest(page).body[0].value.source == FINE


@wagtail_8
def test_a_new_page_is_judged_while_it_is_typed(home: Any, superuser: Any) -> None:
    client, _ = signed_in(superuser)
    parent = factories.index(home)
    typed = ArticlePage(title="New", slug="new", body=body_of(BAD))
    url = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=("health_pages", "articlepage", parent.pk),
    )

    answer = client.post(url, form(typed)).json()

    assert BLOCKER in by_check(answer["health"])["G08"][0]["sentence"]
    assert "G01" not in by_check(answer["health"])
    assert not ArticlePage.objects.filter(slug="new").exists()


def body_of(html: str) -> str:
    from tests.content.gate.conftest import body

    return body(html)


@wagtail_8
def test_a_form_with_errors_keeps_the_findings_back(
    draft: Callable[..., Any], superuser: Any
) -> None:
    page = draft(FINE)
    client, _ = signed_in(superuser)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])

    answer = client.post(url, form(newest(page)) | {"slug": "no slug"}).json()

    assert (answer["is_valid"], "health" in answer) == (False, False)


def test_the_button_says_how_much_blocks_and_stays(
    draft: Callable[..., Any], superuser: Any
) -> None:
    bad, fine = draft(BAD), draft(FINE)
    client, _ = signed_in(superuser)

    refused = client.get(edit_url(bad)).content.decode()
    passed = client.get(edit_url(fine)).content.decode()

    label = findings(bad, superuser)["publish"]
    assert label in refused.partition('name="action-publish"')[2].partition("</button>")[0]  # fmt: skip
    button = passed.partition('name="action-publish"')[2].partition("</button>")[0]
    assert "Publish" in button
    assert "blocking" not in button


def test_what_is_public_as_it_is_blocks_nobody(
    draft: Callable[..., Any], superuser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    late = timezone.now() + timedelta(days=4000)
    monkeypatch.setattr(timezone, "now", lambda: late)

    found = findings(page, superuser)

    assert found["blocking"] >= 1
    assert found["publish"] == ""
    assert "What is public now stays so" in found["summary"]


def test_pages_without_a_gate_have_no_panel(home: Any, superuser: Any) -> None:
    client, _ = signed_in(superuser)

    assert "hp-gate" not in client.get(edit_url(home)).content.decode()


def test_an_older_wagtail_has_a_tab_in_place_of_the_panel(
    draft: Callable[..., Any], superuser: Any, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = newest(draft(BAD))
    monkeypatch.setattr(edit_handlers, "has_page_viewsets", lambda: False)
    request = rf.get("/")
    request.user = superuser

    tabs = health_edit_handler(ArticlePage, ArticleMixin)
    (tab,) = [t for t in tabs.children if str(t.heading) == "Health"]
    panel = GatePanel().bind_to_model(ArticlePage)
    bound = panel.get_bound_panel(instance=page, request=request)

    assert [type(child) for child in tab.children] == [GatePanel]
    assert BLOCKER in by_check(shown(bound.render_html()))["G08"][0]["sentence"]
    assert "gate-panel.js" in str(bound.media)


def test_what_a_guideline_recommends_permits_no_wording(
    draft: Callable[..., Any], superuser: Any
) -> None:
    treatment = factories.treatment("Acupuncture")
    PermittedClaim.objects.create(
        treatment=treatment,
        jurisdiction="uk",
        stance="guideline_for",
        wording="Acupuncture cures back pain for good.",
        source_url="https://example.org/guideline",
        checked_at="2026-01-05",
    )
    page = draft(BAD)
    later = newest(page)
    later.about_treatments = [treatment]

    assert "G08" in by_check(page_findings(later, superuser))


def about(page: Any, *, locale: str = "en", **claim: Any) -> Any:
    """Return the draft of *page*, about a treatment and a condition, with a regulator's wording for both."""
    treatment = factories.treatment("Acupuncture", locale=locale)
    condition = factories.condition(
        "Chronic low back pain", synonyms="Back pain", locale=locale
    )
    values = {
        "treatment": treatment,
        "condition": condition,
        "jurisdiction": "uk",
        "stance": "permitted",
        "wording": "short-term relief of chronic low back pain",
        "qualifier": "Say that it is short-term.",
        "source_url": "https://example.org/ruling",
        "checked_at": "2026-01-05",
    }
    PermittedClaim.objects.create(**values | claim)
    later = newest(page)
    later.about_treatments, later.about_conditions = [treatment], [condition]
    return later


def test_a_claim_comes_with_what_may_be_said_instead(
    draft: Callable[..., Any], superuser: Any
) -> None:
    later = about(draft(BAD))

    (claim, *_rest) = by_check(page_findings(later, superuser))["G08"]

    assert claim["wording"] == (
        "Acupuncture may offer short-term relief of chronic low back pain."
    )
    assert claim["wording_button"] == "Use permitted wording"
    assert claim["wording_note"] == "Say that it is short-term."
    assert (claim["attributed"], claim["takes_reference"]) == ("", False)


def test_a_wording_of_the_rule_is_called_a_suggestion(
    draft: Callable[..., Any], superuser: Any
) -> None:
    page = draft("<p>Needling is completely painless.</p>")

    (claim,) = by_check(findings(page, superuser))["G08"]

    assert claim["wording"].startswith("Most people feel little pain")
    assert claim["wording_label"] == "Suggested wording"


def test_what_was_answered_for_needs_no_remedy(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page, ann, ben = draft("<p>Needling is completely painless.</p>"), lead("ann"), lead("ben")  # fmt: skip
    override = override_grant(
        newest(page),
        actor=ann,
        fingerprint=_fingerprint(newest(page), "G08"),
        kind="quotation",
        reason=REASON,
    )
    override_approve(newest(page), override, actor=ben)

    (claim,) = by_check(findings(page, ann))["G08"]

    assert (claim["level"], claim["wording"]) == ("overridden", "")


def test_missing_sources_lead_to_the_references(
    draft: Callable[..., Any], superuser: Any
) -> None:
    found = by_check(findings(draft(BAD), superuser))

    assert [f["takes_reference"] for f in found["G10"]] == [True]
    assert [f["quote"] for f in found["G10"]] == [""]


def test_claims_of_a_language_without_rules_have_no_remedies(
    draft: Callable[..., Any], superuser: Any
) -> None:
    page = draft(BAD)
    outcomes = page_decision(newest(page)).outcomes
    later = newest(page)
    later.locale = factories.language("es")

    assert page_remedies(later, outcomes) == {}
    assert page_remedies(newest(page), ()) == {}
