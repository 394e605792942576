"""What the gate and the editor's panel make of disclaimers that a page inherits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from health_content.errors import PublishBlocked
from health_content.models import DisclaimerSnippet, Topic
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import FINE, body, signed_in
from tests.content.gate.test_panel import shown, wagtail_8
from tests.content.gate.test_routes import form
from tests.content.test_pages import add_url, edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

MISSING = "No medical disclaimer is shown"


@pytest.fixture
def home(db: None) -> Any:
    """Return the home page of a site on which no disclaimer is for every page."""
    return factories.home_page()


def chosen(*disclaimers: DisclaimerSnippet, **more: Any) -> str:
    return json.dumps(
        [
            factories.block("disclaimer", {"disclaimer": d.pk} | more, d.key)
            for d in disclaimers
        ]
    )


def checks(page: Any) -> set[str]:
    return {str(outcome.check) for outcome in page_decision(page).outcomes}


def test_an_inherited_disclaimer_is_a_disclaimer(
    home: Any, draft: Callable[..., Any]
) -> None:
    page = draft()
    assert "G01" in checks(page)

    home.section_disclaimers = chosen(factories.disclaimer("general"))
    home.save_revision().publish()

    assert "G01" not in checks(page)
    page.latest_revision.publish()
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("kind", ["affiliate", "not_emergency", "other"])
def test_a_disclaimer_of_another_kind_is_no_medical_one(
    home: Any, draft: Callable[..., Any], kind: str
) -> None:
    factories.disclaimer("notice", kind=kind, applies_to_all=True)

    with pytest.raises(PublishBlocked, match=MISSING):
        draft().latest_revision.publish()


def test_a_draft_that_changes_its_topic_is_judged_by_the_new_one(
    home: Any, draft: Callable[..., Any]
) -> None:
    notice = factories.disclaimer("notice")
    topic = factories.topic("Back pain", disclaimers=chosen(notice))
    page = draft()

    page.topics = [topic]

    assert "G01" not in checks(page)
    assert list(Topic.objects.filter(pk=topic.pk)) == [topic]


def test_a_helpline_may_be_inherited(draft: Callable[..., Any]) -> None:
    crisis = factories.condition("Self-harm", is_crisis=True)
    page = draft(FINE, replies_mode="closed", about_conditions=[crisis])
    assert "G13" in checks(page)

    rule = json.dumps([factories.block("risk_tier", "crisis")])
    factories.disclaimer("help", kind="helpline", applies_to=rule)

    assert "G13" not in checks(page)


def test_a_reason_to_replace_is_part_of_what_was_reviewed(
    home: Any, draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(disclaimers=chosen(factories.disclaimer("own")))
    assert "G07" not in checks(page)

    page.disclaimers_replace_reason = "Written by our lawyers."
    page.save_revision()

    assert "G07" in checks(page.latest_revision.as_object())
    review_record(page.latest_revision.as_object(), reviewer=doctor)
    page.latest_revision.publish()


@pytest.mark.parametrize("field", ["topic", "section", "rule"])
def test_the_panel_lists_what_readers_see_and_why(
    home: Any, client: Any, field: str
) -> None:
    notice = factories.disclaimer("notice", title="Needles")
    page = factories.article(live=False, content_kind="treatment", body=body(FINE))
    page.save_revision()
    if field == "topic":
        page.topics = [factories.topic("Acupuncture", disclaimers=chosen(notice))]
        page.save_revision()
        why = "from the topic “Acupuncture”"
    elif field == "section":
        home.section_disclaimers = chosen(notice)
        home.save_revision().publish()
        why = "from the section “Home”"
    else:
        rules = [factories.block("content_kind", "treatment")]
        notice.applies_to = json.dumps(rules)
        notice.save_revision().publish()
        why = "for all pages about: A treatment"
    client.force_login(factories.superuser())

    html = client.get(edit_url(page)).content.decode()

    assert shown(html)["disclaimers"] == [f"“Needles”, {why}. Newest wording: 1."]
    assert "Disclaimers that readers see" in html


@wagtail_8
def test_the_panel_follows_what_is_typed(
    home: Any, draft: Callable[..., Any], client: Any
) -> None:
    notice = factories.disclaimer("notice", title="Needles", body="<p>1</p>")
    notice.body = "<p>2</p>"
    notice.save_revision().publish()
    page = draft()
    client.force_login(factories.superuser())
    data = form(page) | {
        "disclaimers-count": "1",
        "disclaimers-0-deleted": "",
        "disclaimers-0-order": "0",
        "disclaimers-0-type": "disclaimer",
        "disclaimers-0-id": "",
        "disclaimers-0-value-disclaimer": str(notice.pk),
        "disclaimers-0-value-placement": "end",
        "disclaimers-0-value-version": "1",
    }

    answer = client.post(f"{edit_url(page)}preview/", data).json()

    assert answer["health"]["disclaimers"] == [
        "“Needles”, chosen for this page. It keeps wording 1."
    ]


def test_a_new_page_is_offered_what_its_section_chose(home: Any) -> None:
    client, _ = signed_in(factories.superuser())
    section = factories.index(home, slug="backs", title="Backs")
    url = add_url("articlepage", section)
    typed = ArticlePage(title="New", slug="new", body=body(FINE))

    refused = client.post(url, form(typed) | {"action-publish": "1"})
    assert MISSING in refused.content.decode()

    section.section_disclaimers = chosen(factories.disclaimer("notice", title="Needles"))  # fmt: skip
    section.save_revision().publish()

    refused = client.post(url, form(typed) | {"action-publish": "1"})
    html = refused.content.decode()
    assert MISSING not in html
    assert "Nobody with medical knowledge" in html or "review" in html
    assert not ArticlePage.objects.filter(slug="new").exists()


def test_a_wording_that_never_was_is_told_beside_the_field(
    home: Any, draft: Callable[..., Any]
) -> None:
    notice = factories.disclaimer("notice", title="Needles")
    page = draft(disclaimers=chosen(notice, placement="end", version=7))

    with pytest.raises(PublishBlocked, match="“Needles” has no published wording 7"):
        page.latest_revision.publish()
