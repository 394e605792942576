"""Redirects are told as the public knows them: made, changed and gone, whoever made them and whatever they lead to."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from health_content.actors import System
from health_content.delivery.models import PublicRedirect, WebhookDelivery
from health_content.delivery.webhooks.sending import deliveries_send
from health_content.services.withdrawals import page_withdraw
from tests.factories import article, home_page, index

pytestmark = pytest.mark.django_db
SECRET = "zyzzogeton"


@pytest.fixture
def page(endpoint, committed) -> Any:
    """Return a public article; what waited because of it is gone."""
    with committed():
        made = article(title="Back pain", slug="back-pain")
    WebhookDelivery.objects.all().delete()
    return made


def redirects_told() -> list[str]:
    """Return the redirects' events that wait, the oldest first."""
    rows = WebhookDelivery.objects.filter(type__startswith="redirect.").order_by("pk")
    return list(rows.values_list("type", flat=True))


def redirect(**fields: Any) -> Redirect:
    return Redirect.add_redirect(**{"old_path": "/old"} | fields)


def test_redirect_is_told_with_its_path_status_and_location(page, receiver, clock):
    made = redirect(redirect_to=page)
    deliveries_send(clock=clock)

    [event] = receiver.events
    assert event["type"] == "redirect.created"
    assert event["data"] == {
        "id": made.pk,
        "path": "/old",
        "version": None,
        "severity": None,
        "cursor": None,
        "tags": ["list-redirect"],
        "href": "/api/content/v1/redirects/",
        "safety": None,
        "status": 301,
        "location": "/back-pain/",
    }


def test_each_change_that_the_public_sees_is_told_and_no_other(
    page, receiver, committed, clock
):
    def send() -> None:
        clock.forward(seconds=5)
        deliveries_send(clock=clock)

    made = redirect(redirect_to=page)
    send()
    made.save()
    send()
    made.is_permanent = False
    made.save()
    send()
    made.delete()
    send()

    assert receiver.types == ["redirect.created", "redirect.updated", "redirect.deleted"]  # fmt: skip
    last = receiver.events[-1]["data"]
    assert (last["path"], last["status"], last["location"]) == (None, None, None)
    assert PublicRedirect.objects.count() == 0


def test_redirect_to_something_hidden_is_no_event(endpoint, committed):
    with committed():
        draft = article(live=False, slug=SECRET)
    redirect(redirect_to=draft)
    redirect(old_path="/other", redirect_to=f"/{SECRET}/")

    assert redirects_told() == []


def test_redirect_follows_what_it_leads_to(page, receiver, committed, clock):
    redirect(redirect_to=page)
    WebhookDelivery.objects.all().delete()
    with committed():
        type(page).objects.get(pk=page.pk).unpublish()
    assert redirects_told() == ["redirect.deleted"]
    WebhookDelivery.objects.all().delete()
    with committed():
        type(page).objects.get(pk=page.pk).save_revision().publish()

    assert redirects_told() == ["redirect.created"]


def test_redirect_to_a_withdrawn_page_is_gone(page, committed):
    redirect(redirect_to=page)
    WebhookDelivery.objects.all().delete()
    with committed():
        page_withdraw(
            type(page).objects.get(pk=page.pk), actor=System("test"), reason="Wrong.", severity="low"
        )  # fmt: skip

    assert redirects_told() == ["redirect.deleted"]


def test_redirect_that_wagtail_makes_when_a_slug_changes_is_told(
    page, receiver, committed, clock
):
    with committed():
        fresh = type(page).objects.get(pk=page.pk)
        fresh.slug = "sore-back"
        fresh.save_revision().publish()
    deliveries_send(clock=clock)

    [event] = [e for e in receiver.events if e["type"].startswith("redirect.")]
    assert event["type"] == "redirect.created"
    assert (event["data"]["path"], event["data"]["location"]) == ("/back-pain", "/sore-back/")  # fmt: skip


def test_event_that_is_late_names_nothing_that_was_hidden_meanwhile(
    page, receiver, clock
):
    made = redirect(redirect_to=page)
    type(page).objects.filter(pk=page.pk).update(live=False)
    deliveries_send(clock=clock)

    [event] = receiver.events
    assert event["data"]["id"] == made.pk
    assert b"back-pain" not in receiver.requests[0].body


def test_redirect_is_told_to_those_of_its_site_and_one_of_all_sites_to_everybody(
    make_endpoint, committed
):
    default = make_endpoint(name="A")
    elsewhere = Site.objects.create(hostname="b.example", root_page=index(title="B"))
    other = make_endpoint(name="B", sites=[elsewhere])
    site = default.sites.get()

    one = redirect(old_path="/one", redirect_to="https://example.org/", site=site)
    redirect(old_path="/all", redirect_to="https://example.org/")

    told = WebhookDelivery.objects.filter(type="redirect.created").order_by("pk")
    assert [(d.endpoint, d.subject == f"redirect-{one.pk}") for d in told] == [
        (default, True), (default, False), (other, False),
    ]  # fmt: skip
    WebhookDelivery.objects.all().delete()
    one.site = elsewhere
    one.save()
    assert [(d.endpoint, d.type) for d in WebhookDelivery.objects.order_by("pk")] == [
        (default, "redirect.deleted"), (other, "redirect.created"),
    ]  # fmt: skip


def test_redirect_whose_path_is_a_public_page_is_no_event(page):
    redirect(old_path="/back-pain", redirect_to=home_page())

    assert redirects_told() == []
