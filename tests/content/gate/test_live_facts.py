"""A live page whose text stays is asked again when something else changes by which the gate decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

from health_content.content_digest import FACT_FIELDS, GATED_FIELDS
from health_content.errors import PublishBlocked
from health_content.models import PublicationRecord, ReviewPolicy
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.services import gate
from health_content.services.publication import publication_faults
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import FINE, body
from tests.content.gate.test_routes import form
from tests.content.test_pages import edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = [
    pytest.mark.gated,
    pytest.mark.django_db,
    pytest.mark.usefixtures("unreviewed"),
]

CHANGES = [
    ({"replies_mode": "open"}, "replies appear unread"),
    ({"sponsor": "Needle Works"}, "does not say so"),
    ({"is_commercial": True}, "does not say so"),
    ({"ai_assistance": "draft"}, "A machine helped to write it"),
]
"""G13, G15, G22."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the ids of the pages about which the gate was asked, once for each time."""
    pages: list[int] = []

    def noting(page: Any) -> Any:
        pages.append(page.pk)
        return page_decision(page)

    monkeypatch.setattr(gate, "page_decision", noting)
    return pages


def public(**fields: Any) -> Any:
    """Return a public page of low risk, which nobody has to review, on a site that shows replies unread."""
    values = {"content_kind": "news", "risk_tier": "low", "replies_mode": "closed"}
    page = factories.article(live=False, body=body(FINE), **values | fields)
    page.save_revision().publish()
    return stored(page)


def crisis(doctor: Any) -> Any:
    """Return a public, reviewed page about a crisis with closed replies."""
    factories.disclaimer("help", kind="helpline", applies_to_all=True)
    values = {"risk_tier": "crisis", "replies_mode": "closed"}
    page = factories.article(live=False, body=body(FINE), **values)
    page.save_revision()
    review_record(page.latest_revision.as_object(), reviewer=doctor)
    page.latest_revision.publish()
    return stored(page)


@pytest.fixture
def live(home: Any, doctor: Any, settings: Any) -> Callable[[dict[str, Any]], Any]:
    """Return `live(changes)`: a public page to which *changes* are a reason against it."""
    settings.COMMENTS = {"POLICY": "post"}

    def make(changes: dict[str, Any]) -> Any:
        return crisis(doctor) if "replies_mode" in changes else public()

    return make


def stored(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk)


def numbers(page: Any) -> list[int]:
    records = PublicationRecord.objects.filter(page_id=page.pk).order_by("number")
    return list(records.values_list("number", flat=True))


def change(page: Any, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(page, name, value)


@pytest.mark.parametrize(("changes", "reason"), CHANGES)
def test_the_form_says_why_what_a_live_page_is_may_not_change(
    live: Callable[[dict[str, Any]], Any],
    client: Client,
    changes: dict[str, Any],
    reason: str,
) -> None:
    page = live(changes)
    client.force_login(factories.superuser())
    kept = {n: getattr(page, n) for n in ("content_kind", "risk_tier", "replies_mode")}
    data = form(page) | kept | changes | {"action-publish": "1"}

    response = client.post(edit_url(page), data)

    assert response.status_code == 200
    assert reason in response.content.decode()
    (name,) = changes
    assert getattr(stored(page), name) == getattr(page, name)


@pytest.mark.parametrize(("changes", "reason"), CHANGES)
@pytest.mark.parametrize("is_whole", [True, False])
def test_saving_refuses_to_change_what_a_live_page_is(
    live: Callable[[dict[str, Any]], Any],
    changes: dict[str, Any],
    reason: str,
    *,
    is_whole: bool,
) -> None:
    page = live(changes)
    change(page, changes)

    with pytest.raises(PublishBlocked, match=reason):
        page.save(update_fields=None if is_whole else [*changes])

    (name,) = changes
    assert getattr(stored(page), name) != changes[name]
    assert numbers(page) == [1]


def test_replies_that_a_moderator_reads_first_may_open(
    live: Callable[[dict[str, Any]], Any], settings: Any
) -> None:
    settings.COMMENTS = {"POLICY": "pre"}
    page = live({"replies_mode": "open"})
    page.replies_mode = "open"

    page.save()

    assert stored(page).replies_mode == "open"


@pytest.mark.parametrize("replies_mode", ["closed", "hidden"])
def test_a_draft_about_a_crisis_does_not_go_live_with_replies_unread(
    live: Callable[[dict[str, Any]], Any], draft: Callable[..., Any], replies_mode: str
) -> None:
    factories.disclaimer("help", kind="helpline", applies_to_all=True)
    page = draft(risk_tier="crisis", replies_mode="open")
    other = draft(risk_tier="crisis", replies_mode=replies_mode)

    with pytest.raises(PublishBlocked, match="replies appear unread"):
        page.latest_revision.publish()
    other.latest_revision.publish()

    assert not stored(page).live
    assert stored(other).live


def test_what_stays_is_not_asked_again(home: Any, asked: list[int]) -> None:
    page = public(topics=[factories.topic("Backs")])
    asked.clear()

    for _ in range(2):
        stored(page).save()
        stored(page).save_revision().publish()

    assert asked == []
    assert numbers(page) == [1]


def test_what_nobody_sees_is_asked_once_and_recorded(
    home: Any, asked: list[int]
) -> None:
    page = public()
    policy = ReviewPolicy.objects.create(name="Ours")
    asked.clear()
    page.review_policy = policy

    page.save()
    stored(page).save()

    assert asked == [page.pk]
    assert numbers(page) == [1, 2]
    assert publication_faults(page.pk) == []


@pytest.mark.parametrize("name", ["topics", "about_conditions", "about_treatments"])
def test_what_a_page_is_about_is_asked_about(
    home: Any, asked: list[int], name: str
) -> None:
    page = public()
    about = {
        "topics": factories.topic,
        "about_conditions": factories.condition,
        "about_treatments": factories.treatment,
    }
    asked.clear()
    setattr(page, name, [about[name]("Backs")])

    page.save()
    stored(page).save()

    assert asked == [page.pk]


def test_a_statement_of_old_is_asked_for_once(home: Any, asked: list[int]) -> None:
    page = public()
    # Not by its own manager, which changes nothing.
    rows = QuerySet(PublicationRecord).filter(page_id=page.pk)
    statement = {k: v for k, v in rows.get().gate.items() if k != "facts_digest"}
    rows.update(gate=statement)
    asked.clear()

    stored(page).save()
    stored(page).save()

    assert asked == [page.pk]


def test_every_fact_is_gated() -> None:
    assert GATED_FIELDS.issuperset(FACT_FIELDS)
    assert {"live", "locale", "review_policy"} <= GATED_FIELDS


def test_the_chain_holds_when_only_the_statement_changed(home: Any) -> None:
    page = public()
    page.review_policy = ReviewPolicy.objects.create(name="Ours")

    page.save()

    call_command("health_verify_chain")
    first, second = PublicationRecord.objects.filter(page_id=page.pk).order_by("number")
    assert first.digest == second.digest
    assert first.gate["facts_digest"] != second.gate["facts_digest"]
