"""What changes in public becomes an event, once, in the same transaction, and names nothing that is not public."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django_tasks import task_backends
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from comments.models import Action
from health_content.actors import System
from health_content.delivery.encode import encode_json
from health_content.delivery.models import (
    Change,
    DeliveryState,
    PublishedDocument,
    WebhookDelivery,
)
from health_content.delivery.selectors.changes import change_cursor
from health_content.delivery.services import document_rebuild, documents_refresh
from health_content.delivery.webhooks.endpoints import endpoint_disable
from health_content.delivery.webhooks.event_types import EVENT_TYPES, DocumentState
from health_content.delivery.webhooks.outbox import (
    GATHERING,
    Event,
    documents_record,
    event_record,
    reply_record,
)
from health_content.delivery.webhooks.sending import deliveries_send
from health_content.models import DisclaimerVersion
from health_content.services.withdrawals import page_withdraw
from health_content.signals import navigation_changed
from tests.comments.factories import decide, make_reply, make_thread
from tests.factories import article, disclaimer, faq, index

from .conftest import SINGLE_TYPES

pytestmark = pytest.mark.django_db
SECRET = "Zyzzogeton"


def waiting() -> list[str]:
    """Return the types of what waits, the oldest first, but for redirects, which have tests of their own."""
    rows = WebhookDelivery.objects.filter(state=DeliveryState.WAITING).order_by("pk")
    pages = rows.exclude(type__startswith="redirect.")
    return list(pages.values_list("type", flat=True))


def flush() -> None:
    """Take what waits as sent."""
    WebhookDelivery.objects.all().delete()


@pytest.fixture
def page(endpoint, committed):
    """Return a public article; what waited because of it is gone."""
    with committed():
        made = article(title="Back pain", slug="back-pain")
    flush()
    return made


def republish(page: Any, committed: Any, **changes: Any) -> None:
    """Publish *page* with *changes* and follow the publication as after a commit."""
    fresh = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    with committed():
        fresh.save_revision().publish()


def test_each_documented_type_is_really_sent(endpoint, receiver, committed, clock):
    def send() -> None:
        clock.forward(seconds=5)
        deliveries_send(clock=clock)

    notice = disclaimer("general")
    send()
    for make in (article, faq):
        with committed():
            made = make()
        send()
        republish(made, committed, title="Other title")
        send()
        republish(made, committed, slug=f"other-{made.pk}")
        send()
        with committed():
            type(made).objects.get(pk=made.pk).unpublish()
        send()
    for make in (article, faq):
        with committed():
            recalled = make()
        flush()
        withdraw(recalled, committed)
        send()
    with committed():
        commented = article()
    send()
    reply = make_reply(make_thread(commented))
    decide(reply, Action.APPROVE)
    send()
    decide(reply, Action.HIDE, reason="abuse")
    send()
    notice.body = "<p>Another wording.</p>"
    notice.save_revision().publish()
    send()
    for page in (commented, make_public(faq, committed)):
        flush()
        review(page)
        send()
    redirect = Redirect.add_redirect("/old", commented)
    send()
    redirect.is_permanent = False
    redirect.save()
    send()

    tell_navigation(endpoint)
    send()

    assert set(receiver.types) == set(SINGLE_TYPES)
    assert receiver.types == [
        "disclaimer.updated",
        "article.published", "article.updated",
        "article.moved", "redirect.created", "article.unpublished", "redirect.deleted",
        "faq.published", "faq.updated",
        "faq.moved", "redirect.created", "faq.unpublished", "redirect.deleted",
        "article.withdrawn", "faq.withdrawn",
        "article.published", "reply.approved", "reply.removed",
        "disclaimer.updated",
        "article.reviewed", "faq.reviewed",
        "redirect.created", "redirect.updated",
        "navigation.updated",
    ]  # fmt: skip


def tell_navigation(endpoint: Any, **given: Any) -> None:
    """Send what is sent when a menu changed."""
    values = {"menu_id": 4, "site_id": endpoint.sites.get().pk, "key": "main", "locale": "en", "is_removed": False, "tags": ("navigation-4",)}  # fmt: skip
    navigation_changed.send(sender=None, **values | given)


def test_payload_of_a_menu_names_its_key_until_it_is_gone(endpoint, receiver, clock):
    tell_navigation(endpoint)
    deliveries_send(clock=clock)
    tell_navigation(endpoint)
    tell_navigation(endpoint, is_removed=True)
    clock.forward(seconds=5)
    deliveries_send(clock=clock)

    changed, gone = (event["data"] for event in receiver.events)
    assert (changed["id"], changed["key"], changed["locale"]) == (4, "main", "en")
    assert changed["tags"] == ["navigation-4"]
    assert changed["href"] == "/api/content/v1/navigation/main/?locale=en"
    assert (gone["id"], gone["key"], gone["href"]) == (4, None, None)
    assert b"main" not in receiver.requests[1].body


def make_public(make: Any, committed: Any) -> Any:
    """Return a public page that *make* makes."""
    with committed():
        return make()


def review(page: Any) -> None:
    """Let the document of *page* be what it was before a review, and rebuild it."""
    stored = PublishedDocument.objects.get(page_id=page.pk)
    card = json.loads(bytes(stored.card))
    card["safety"]["review"] |= {"status": "overdue", "last_reviewed": "2020-01-31"}
    PublishedDocument.objects.filter(page_id=page.pk).update(card=encode_json(card))
    document_rebuild(page.pk)


def test_review_is_told_beside_what_it_changes_and_survives_updates(page, committed):
    review(page)
    assert waiting() == ["article.reviewed"]
    republish(page, committed, title="New title")
    republish(page, committed, title="Newer title")

    assert waiting() == ["article.reviewed", "article.updated"]


def test_document_that_becomes_due_for_review_was_not_reviewed(page):
    stored = PublishedDocument.objects.get(page_id=page.pk)
    card = json.loads(bytes(stored.card))
    card["safety"]["review"]["status"] = "overdue"
    PublishedDocument.objects.filter(page_id=page.pk).update(card=encode_json(card))
    document_rebuild(page.pk)

    assert waiting() == []


def withdraw(page: Any, committed: Any) -> None:
    """Withdraw *page*, and follow as after a commit."""
    with committed():
        page_withdraw(
            type(page).objects.get(pk=page.pk),
            actor=System("test"),
            reason="The dose is wrong.",
            severity="high",
        )


def test_recall_says_why_and_takes_the_place_of_what_waits(
    page, receiver, committed, clock
):
    republish(page, committed, title="New title")
    republish(article(), committed)
    withdraw(page, committed)
    assert deliveries_send(clock=clock, limit=1) == 1

    [event] = receiver.events
    assert event["type"] == "article.withdrawn"
    data = event["data"]
    statement = data["safety"]["withdrawn"]
    assert (data["id"], data["severity"], data["path"]) == (page.pk, "high", None)
    assert (statement["reason"], statement["severity"]) == (
        "The dose is wrong.",
        "high",
    )
    told = WebhookDelivery.objects.filter(subject=f"page-{page.pk}")
    assert [delivery.type for delivery in told] == ["article.withdrawn"]
    assert b"New title" not in receiver.requests[0].body
    assert b"back-pain" not in receiver.requests[0].body


def test_payload_names_the_page_and_carries_its_envelope(
    endpoint, receiver, committed, clock
):
    notice = disclaimer("general", applies_to_all=True)
    with committed():
        page = article(title="Back pain", slug="back-pain")
    number = Change.objects.get(page_id=page.pk).number
    deliveries_send(clock=clock)

    [_, event] = receiver.events
    stored = PublishedDocument.objects.get(page_id=page.pk)
    card = json.loads(bytes(stored.card))
    assert list(event) == ["type", "timestamp", "data"]
    assert event["type"] == "article.published"
    assert event["timestamp"].endswith("Z")
    assert event["data"] == {
        "id": page.pk,
        "path": "/back-pain/",
        "version": 1,
        "severity": None,
        "cursor": change_cursor(number),
        "tags": stored.tags.split(),
        "href": f"/api/content/v1/articles/{page.pk}/",
        "safety": card["safety"]
        | {"disclaimers": [{"key": "general", "version": 1, "placement": "end"}]},
    }
    assert f"disclaimer-{notice.pk}" in event["data"]["tags"]
    assert event["data"]["safety"]["review"]["status"] == "none"
    assert b"doctor's advice" not in receiver.requests[1].body


def test_payload_of_a_disclaimer_names_its_version(endpoint, receiver, clock):
    notice = disclaimer("general")
    deliveries_send(clock=clock)

    [event] = receiver.events
    assert event["data"] == {
        "id": notice.pk,
        "path": None,
        "version": 1,
        "severity": None,
        "cursor": None,
        "tags": [f"disclaimer-{notice.pk}"],
        "href": "/api/content/v1/disclaimers/general/?locale=en",
        "safety": None,
        "key": "general",
        "locale": "en",
    }


def test_payload_of_a_disclaimer_taken_down_before_it_was_sent_names_its_id_only(
    endpoint, receiver, clock
):
    notice = disclaimer(SECRET.lower())
    notice.unpublish()
    deliveries_send(clock=clock)

    [event] = receiver.events
    assert (event["data"]["id"], event["data"]["key"]) == (notice.pk, None)
    assert SECRET.lower().encode() not in receiver.requests[0].body


def test_payload_of_a_reply_names_it_and_its_page_and_no_words(
    page, receiver, committed, clock
):
    reply = make_reply(make_thread(page), body_raw=f"I am {SECRET}.")
    decide(reply, Action.APPROVE)
    deliveries_send(clock=clock)

    [event] = receiver.events
    assert event["type"] == "reply.approved"
    assert event["data"]["reply"] == str(reply.pk)
    assert (event["data"]["id"], event["data"]["path"]) == (page.pk, "/back-pain/")
    assert event["data"]["safety"]["audience"] == "public"
    assert SECRET.encode() not in receiver.requests[0].body


def test_reply_that_waits_or_is_rejected_is_no_event(page):
    decide(make_reply(make_thread(page)), Action.SPAM)

    assert waiting() == []


def test_rolled_back_change_is_no_event(page):
    with transaction.atomic():
        Page.objects.filter(pk=page.pk).update(live=False)
        document_rebuild(page.pk)
        assert waiting() == ["article.unpublished"]
        transaction.set_rollback(True)

    assert waiting() == []


def test_draft_is_no_event_and_its_words_are_not_sent(page, receiver, committed, clock):
    draft = type(page).objects.get(pk=page.pk)
    draft.title = draft.slug = SECRET.lower()
    with committed():
        draft.save_revision()
        article(live=False, title=SECRET)
    assert waiting() == []

    republish(page, committed, title="New title")
    deliveries_send(clock=clock)

    assert receiver.types == ["article.updated"]
    assert SECRET.lower().encode() not in receiver.requests[0].body.lower()


def test_page_that_is_invisible_when_its_event_is_sent_is_named_by_its_id_only(
    page, receiver, committed, clock
):
    republish(page, committed, title=SECRET, slug=SECRET.lower())
    Page.objects.filter(pk=page.pk).update(live=False)
    deliveries_send(clock=clock)

    event, redirect = receiver.events
    data = event["data"]
    assert (redirect["type"], redirect["data"]["path"]) == ("redirect.created", None)
    assert event["type"] == "article.moved"
    assert (data["id"], data["tags"]) == (page.pk, [f"page-{page.pk}"])
    assert (data["path"], data["href"], data["version"], data["safety"]) == (None,) * 4
    assert SECRET.lower().encode() not in receiver.requests[0].body.lower()


def hide(page: Any, how: str) -> None:
    """Make *page* invisible as *how* says, in the database only: the read model does not know yet."""
    rows = Page.objects.filter(pk=page.pk)
    match how:
        case "unpublished":
            rows.update(live=False)
        case "expired":
            rows.update(expire_at=timezone.now())
        case "deleted":
            type(page).objects.get(pk=page.pk).delete()
        case "restricted":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "withdrawn":
            page_withdraw(
                type(page).objects.get(pk=page.pk),
                actor=System("test"), reason="Wrong.", severity="low",
            )  # fmt: skip


@pytest.mark.parametrize(
    "how", ["unpublished", "expired", "deleted", "restricted", "withdrawn"]
)
def test_law_no_event_names_what_the_public_cannot_see(
    endpoint, receiver, committed, clock, how
):
    """Every type of event about a page, sent while the page cannot be seen: none carries a word or a path of it."""
    endpoint.event_types = list(EVENT_TYPES)
    endpoint.save()
    with committed():
        page = article(title=SECRET, slug=SECRET.lower(), summary=SECRET)
    redirect = Redirect.add_redirect(f"/{SECRET}", page)
    facts_of = {
        "reply": {"page": page.pk, "reply": "8c0e"},
        "redirect": {"redirect": redirect.pk},
        "navigation": {"navigation": 4, "key": None, "locale": "en", "tags": []},
        "content": {"change": 1},
    }
    flush()
    hide(page, how)
    WebhookDelivery.objects.all().delete()
    for number, event_type in enumerate(EVENT_TYPES):
        facts = facts_of.get(event_type.partition(".")[0], {"page": page.pk})
        event_record(Event(type=event_type, subject=f"test-{number}", facts=facts))
    deliveries_send(clock=clock)

    assert sorted(receiver.types) == sorted(EVENT_TYPES)
    for request in receiver.requests:
        assert SECRET.lower().encode() not in request.body.lower()
        assert request.event["data"]["path"] is None
        envelope = request.event["data"]["safety"]
        is_of_page = not request.event["type"].startswith(("redirect.", "navigation.", "content."))  # fmt: skip
        assert (how == "withdrawn" and is_of_page) is (envelope is not None)


def test_page_that_expired_is_named_by_its_id_only(page, receiver, committed, clock):
    republish(page, committed, title="New title")
    Page.objects.filter(pk=page.pk).update(expire_at=clock.now)
    deliveries_send(clock=clock)

    assert receiver.events[0]["data"]["path"] is None


def test_removal_names_the_page_by_its_id_only(page, receiver, committed, clock):
    with committed():
        type(page).objects.get(pk=page.pk).unpublish()
    deliveries_send(clock=clock)

    [event] = receiver.events
    number = Change.objects.get(page_id=page.pk).number
    assert event["data"] == {
        "id": page.pk,
        "path": None,
        "version": None,
        "severity": None,
        "cursor": change_cursor(number),
        "tags": [f"page-{page.pk}"],
        "href": None,
        "safety": None,
    }


@pytest.mark.parametrize("how", ["unpublish", "delete", "restrict", "row"])
def test_page_that_goes_away_is_unpublished_whichever_way(page, committed, how):
    with committed():
        match how:
            case "unpublish":
                type(page).objects.get(pk=page.pk).unpublish()
            case "delete":
                type(page).objects.get(pk=page.pk).delete()
            case "restrict":
                PageViewRestriction.objects.create(page=page, restriction_type="login")
            case "row":
                Page.objects.filter(pk=page.pk).update(live=False)
                documents_refresh([page.pk])

    assert waiting() == ["article.unpublished"]


def test_restriction_and_its_removal_come_to_published(page, committed):
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type="login"
        )
    with committed():
        restriction.delete()

    assert waiting() == ["article.published"]


def test_rebuild_without_a_change_is_no_event(page):
    call_command("rebuild_documents")

    assert waiting() == []


def test_changed_number_of_replies_is_no_event_of_the_article(page, committed):
    with committed():
        decide(make_reply(make_thread(page)), Action.APPROVE)

    assert waiting() == ["reply.approved"]


def test_changed_disclaimer_updates_the_pages_that_show_it(endpoint, committed):
    notice = disclaimer("general", applies_to_all=True)
    with committed():
        article()
    flush()
    with committed():
        notice.body = "<p>Another wording.</p>"
        notice.save_revision().publish()

    assert waiting() == ["disclaimer.updated", "article.updated"]


def test_index_pages_are_no_events(endpoint, committed):
    with committed():
        index()

    assert waiting() == []


def test_index_page_that_is_withdrawn_is_no_event(endpoint, committed):
    with committed():
        page = index()
    withdraw(page, committed)

    assert waiting() == []


def test_reply_to_a_page_without_a_public_document_is_no_event(endpoint):
    reply_record("8c0e", page_id=999, is_public=True)

    assert waiting() == []


def test_wording_loaded_from_a_fixture_is_no_event(endpoint):
    version = disclaimer().versions.get()
    flush()
    post_save.send(DisclaimerVersion, instance=version, created=True, raw=True)

    assert waiting() == []


def test_site_that_does_not_mount_the_api_gives_no_address_of_it(
    page, receiver, committed, clock, settings
):
    republish(page, committed, title="New title")
    settings.ROOT_URLCONF = "wagtail.urls"
    deliveries_send(clock=clock)

    assert receiver.events[0]["data"]["href"] is None


def test_moved_section_moves_each_page_in_it(endpoint, committed):
    with committed():
        section, other = index(slug="old"), index(slug="other")
        article(section)
        article(section)
    flush()
    with committed():
        section.refresh_from_db()
        section.move(other, pos="last-child")

    assert waiting() == ["article.moved", "article.moved"]


def test_page_that_goes_to_another_site_leaves_one_and_comes_to_the_other(
    endpoint, make_endpoint, committed
):
    with committed():
        away = index(slug="away")
        other = Site.objects.create(hostname="other.example", root_page=away)
        page = article()
    theirs = make_endpoint(sites=[other])
    both = make_endpoint(sites=[other, *endpoint.sites.all()])
    flush()
    with committed():
        page.move(Page.objects.get(pk=away.pk), pos="last-child")

    told = WebhookDelivery.objects.exclude(type__startswith="redirect.")
    assert set(told.values_list("endpoint_id", "type")) == {
        (endpoint.pk, "article.unpublished"),
        (theirs.pk, "article.published"),
        (both.pk, "article.published"),
    }


def test_endpoint_gets_the_types_and_sites_it_asked_for(make_endpoint, committed):
    make_endpoint(event_types=["faq.published"])
    disabled = make_endpoint()
    endpoint_disable(disabled, now=timezone.now())
    other_root = Page.get_first_root_node().add_child(
        instance=Page(title="Other", slug="other")
    )
    elsewhere = Site.objects.create(hostname="other.example", root_page=other_root)
    make_endpoint(sites=[elsewhere])
    wanted = make_endpoint(event_types=["article.published", "disclaimer.updated"])
    with committed():
        article()
        disclaimer()

    told = WebhookDelivery.objects.filter(endpoint=wanted).values_list(
        "type", flat=True
    )
    assert sorted(told) == ["article.published", "disclaimer.updated"]
    others = WebhookDelivery.objects.exclude(endpoint=wanted)
    # A disclaimer is of no site.
    assert [(d.endpoint.sites.get(), d.type) for d in others] == [
        (elsewhere, "disclaimer.updated")
    ]


def test_many_updates_that_wait_are_one_with_the_newest_state(
    page, receiver, committed, clock
):
    republish(page, committed, title="Title")
    first = WebhookDelivery.objects.get()
    for number in range(5):
        republish(page, committed, title=f"Title {number}")

    delivery = WebhookDelivery.objects.get()
    assert delivery.message_id != first.message_id
    assert delivery.due_at == first.due_at  # It kept its place in the queue.
    deliveries_send(clock=clock)
    [event] = receiver.events
    assert (event["type"], event["data"]["version"]) == ("article.updated", 7)


def test_bulk_edit_is_one_message_for_each_page_however_often_it_was_edited(endpoint):
    def states(version: int) -> dict[int, DocumentState]:
        site_id = endpoint.sites.get().pk
        return {
            pk: DocumentState(type="article", site_id=site_id, path=f"/{pk}/", version=version)
            for pk in range(1, 201)
        }  # fmt: skip

    documents_record({}, states(1))
    for version in (2, 3):
        documents_record(states(version - 1), states(version))

    assert waiting() == ["article.published"] * 200
    assert WebhookDelivery.objects.values("subject").distinct().count() == 200


@pytest.fixture
def follower(make_endpoint):
    """Return an endpoint that is told of many pages at once, and of recalls."""
    return make_endpoint(event_types=["content.changed", "article.withdrawn"])


def test_bulk_edit_is_one_message_to_those_who_ask_for_it(
    follower, receiver, committed, clock, get
):
    notice = disclaimer("general", applies_to_all=True)
    pages = []
    for _ in range(3):
        with committed():
            pages.append(article().pk)
    deliveries_send(clock=clock)
    notice.body = "<p>Another wording.</p>"
    with committed():
        notice.save_revision().publish()
    clock.forward(minutes=1)
    deliveries_send(clock=clock)

    assert receiver.types == ["content.changed"] * 2
    first, second = (event["data"] for event in receiver.events)
    assert first | {"cursor": ""} == {
        "id": 0,
        "path": None,
        "version": None,
        "severity": None,
        "cursor": "",
        "tags": ["list-changes"],
        "href": "/api/content/v1/changes/",
        "safety": None,
    }
    # What happened between the two messages is what stands between their cursors.
    feed = get("changes/", since=first["cursor"]).json()
    assert {item["id"] for item in feed["items"]} >= set(pages)
    assert feed["cursor"] == second["cursor"]


def test_message_about_many_pages_waits_for_more_from_the_first_change_on(
    follower, receiver, committed
):
    with committed():
        page = article()
    [first] = WebhookDelivery.objects.all()
    assert first.due_at - first.occurred_at == GATHERING
    republish(page, committed, title="New title")
    [merged] = WebhookDelivery.objects.all()

    assert merged.due_at == first.due_at
    assert merged.facts["change"] == Change.objects.get(page_id=page.pk).number
    assert deliveries_send(clock=lambda: first.due_at - timedelta(seconds=1)) == 0
    assert deliveries_send(clock=lambda: first.due_at) == 1


def test_recall_is_told_of_each_page_at_once_also_to_who_asks_for_less(
    follower, committed
):
    with committed():
        pages = [article(), article()]
    flush()
    for page in pages:
        withdraw(page, committed)

    assert waiting().count("article.withdrawn") == 2
    assert waiting().count("content.changed") == 1
    recalls = WebhookDelivery.objects.filter(type="article.withdrawn")
    assert {delivery.due_at - delivery.occurred_at for delivery in recalls} == {
        timedelta(0)
    }


def test_message_about_many_pages_is_not_sent_for_what_was_rolled_back(
    follower, page, committed
):
    with transaction.atomic():
        Page.objects.filter(pk=page.pk).update(live=False)
        document_rebuild(page.pk)
        assert "content.changed" in waiting()
        transaction.set_rollback(True)

    assert waiting() == []


def test_update_of_a_page_not_yet_told_of_is_its_publication(endpoint, committed):
    with committed():
        page = article()
    republish(page, committed, title="New title")
    republish(page, committed, slug="new-place")

    assert waiting() == ["article.published"]


def test_recall_is_not_replaced_by_what_comes_after(endpoint):
    endpoint.event_types = ["article.withdrawn", "article.updated"]
    endpoint.save()
    for event_type in ("article.updated", "article.withdrawn", "article.updated"):
        event_record(Event(type=event_type, subject="page-1", facts={"page": 1}))

    assert waiting() == ["article.withdrawn", "article.updated"]


@pytest.mark.parametrize("count", [1, 8])
def test_event_costs_as_many_queries_for_one_endpoint_as_for_many(
    make_endpoint, count, django_assert_num_queries
):
    for _ in range(count):
        make_endpoint()
    event = Event(type="article.updated", subject="page-1", facts={"page": 1})
    event_record(event)

    # Endpoints; savepoint; what waits; its deletion (3); replaced; insert; release.
    with django_assert_num_queries(9):
        event_record(event)


def test_without_endpoints_an_event_costs_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        event_record(Event(type="article.updated", subject="page-1", facts={}))


class Recording:
    """A backend of tasks that runs nothing."""

    def __init__(self) -> None:
        self.enqueued: list[str] = []

    def enqueue(self, task: Any, *_args: Any) -> None:
        self.enqueued.append(task.name)

    def validate_task(self, task: Any) -> None:
        pass


def test_sending_is_a_task_where_tasks_run_elsewhere(endpoint, committed, monkeypatch):
    backend = Recording()
    monkeypatch.setattr(task_backends._connections, "default", backend, raising=False)
    with committed():
        disclaimer()

    assert "send_webhooks" in backend.enqueued


def test_nothing_is_sent_within_the_request_by_the_immediate_backend(
    endpoint, receiver, committed
):
    with committed():
        article()

    assert receiver.requests == []
    assert waiting() == ["article.published"]
