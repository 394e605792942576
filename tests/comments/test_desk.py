"""Moderators read and decide in the admin; nobody else does anything there."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from comments.models import Action, Decision, Reply, ReplyRevision, ReviewItem, Thread

from .factories import (
    decide,
    make_editor,
    make_moderator,
    make_published,
    make_reply,
    make_thread,
    make_user,
)

pytestmark = pytest.mark.django_db
QUEUE = "/admin/replies/"
BULK = ("approve", "reject", "spam", "restore")


@pytest.fixture
def moderator(client):
    """Return a moderator who is logged in."""
    user = make_moderator()
    client.force_login(user)
    return user


def item_of(reply: Reply) -> ReviewItem:
    """Return the item of a reply."""
    return ReviewItem.objects.get(reply=reply)


def detail(reply: Reply) -> str:
    """Return the address of the page of one reply."""
    return f"{QUEUE}{item_of(reply).pk}/"


def bulk(action: str, *replies: Reply) -> str:
    """Return the address of a bulk action on *replies*."""
    ids = "&".join(f"id={item_of(reply).pk}" for reply in replies)
    return f"/admin/bulk/health_comments/reviewitem/{action}/?{ids}"


def choose(client, reply: Reply, action: str, **values: object):
    """Press a button of the page of one reply."""
    data = {"decision": action, "version": item_of(reply).version} | values
    return client.post(detail(reply), data)


def statuses() -> list[str]:
    """Return the status of every reply, the oldest first."""
    return list(Reply.objects.order_by("pk").values_list("status", flat=True))


def snapshot() -> tuple:
    """Return everything a decision could change."""
    return (
        list(Reply.objects.order_by("pk").values()),
        list(ReviewItem.objects.order_by("pk").values()),
        list(ReplyRevision.objects.order_by("pk").values()),
        list(Thread.objects.order_by("pk").values()),
        Decision.objects.count(),
        ModelLogEntry.objects.count(),
    )


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor"])
def test_nobody_without_the_permission_sees_or_does_anything(client, thread, who):
    pending, published = (
        make_reply(thread, body_raw="Waiting words"),
        make_published(thread),
    )
    if who != "anonymous":
        client.force_login({"reader": make_user, "editor": make_editor}[who]())
    before = snapshot()

    answers = [
        client.get(QUEUE),
        client.get(f"{QUEUE}results/"),
        client.get(f"{QUEUE}?export=csv"),
        client.get(detail(pending)),
        choose(client, pending, "approve"),
        choose(client, published, "hide", reason="abuse"),
        *(client.get(bulk(action, pending)) for action in BULK),
        *(client.post(bulk(action, pending), {"reason": "abuse"}) for action in BULK),
        client.post("/admin/bulk/health_comments/reviewitem/approve/?id=all"),
    ]

    assert {answer.status_code for answer in answers} == {302}
    targets = {answer["Location"].partition("?")[0] for answer in answers}
    assert targets == ({"/admin/"} if who == "editor" else {"/admin/login/"})
    assert snapshot() == before
    if who == "editor":
        home = client.get("/admin/").content.decode()
        assert QUEUE not in home
        assert "Waiting words" not in home


@pytest.mark.parametrize("who", ["moderator", "superuser"])
def test_who_may_moderate_sees_and_does(client, thread, who):
    reply = make_reply(thread, body_raw="Waiting words")
    superuser = get_user_model().objects.create_superuser
    client.force_login(
        make_moderator() if who == "moderator" else superuser("root", password="x")
    )

    home, queue, page = (client.get(path) for path in ("/admin/", QUEUE, detail(reply)))
    done = choose(client, reply, "approve")

    assert "Replies (1)" in home.content.decode()
    assert "Waiting words" in queue.content.decode()
    assert "Waiting words" in page.content.decode()
    assert done.status_code == 302
    assert statuses() == ["published"]


def test_permission_can_be_given_to_groups(client, moderator):
    client.force_login(get_user_model().objects.create_superuser("root", password="x"))

    form = client.get(reverse("wagtailusers_groups:add")).content.decode()

    assert "Can moderate replies" in form


def test_queue_shows_what_waits_and_filters_the_rest(client, moderator, thread):
    waiting = make_reply(thread, body_raw="Waiting words", name_raw="Walter")
    shown = make_published(thread, body_raw="Published words")
    spam = make_reply(thread, body_raw="Honey words", website_raw="x")

    def queue(query: str = "") -> list[bool]:
        html = client.get(QUEUE + query).content.decode()
        return [f"{word} words" in html for word in ("Waiting", "Published", "Honey")]

    assert queue() == [True, False, True]
    assert queue("?status=published") == [False, True, False]
    assert queue("?status=published&status=pending") == [True, True, True]
    assert queue("?reason=form.honeypot") == [False, False, True]
    assert queue("?q=Walter") == [True, False, False]
    assert queue("?q=honey") == [False, False, True]
    assert queue(f"?page={thread.page.title}") == [True, False, True]
    assert queue("?page=No+such+title") == [False, False, False]
    assert queue("?created_at_from=2999-01-01") == [False, False, False]
    assert queue("?severity=crisis") == [False, False, False]
    assert len({waiting.pk, shown.pk, spam.pk}) == 3


def test_likely_spam_comes_last(client, moderator, thread):
    make_reply(thread, body_raw="Honey words", website_raw="x")
    make_reply(thread, body_raw="Waiting words")

    html = client.get(QUEUE).content.decode()

    assert html.index("Waiting words") < html.index("Honey words")


@pytest.mark.parametrize(
    "query",
    [
        "?p=x",
        "?p=9999",
        "?status=odd",
        "?ordering=odd",
        "?created_at_from=odd",
        "?q=%00",
        "?reason=%00",
        "?page=%00",
    ],
)
def test_odd_parameters_of_the_queue_do_no_harm(client, moderator, thread, query):
    make_reply(thread)

    assert client.get(QUEUE + query).status_code in {200, 404}


@pytest.mark.parametrize("number", [2, 20])
def test_queue_takes_the_same_queries_for_any_number(
    client, moderator, thread, number, django_assert_max_num_queries
):
    for _ in range(number):
        make_reply(make_thread())
    client.get(QUEUE)

    with django_assert_max_num_queries(8):
        answer = client.get(f"{QUEUE}results/")

    assert answer.content.decode().count("bulk-action-checkbox-cell") == number


def test_page_of_a_reply_shows_it_in_context(client, moderator, thread):
    parent = make_published(thread, body_raw="Parent words")
    reply = make_reply(
        thread,
        parent,
        body_raw="Child **words** <script>alert(1)</script>",
        name_raw="<b>Eva</b>",
    )

    html = client.get(detail(reply)).content.decode()

    assert thread.page.title in html
    assert "Parent words" in html
    assert "Child <strong>words</strong>" in html
    assert "<script>alert(1)" not in html
    assert "<b>Eva" not in html
    assert "New replies wait here" in html
    assert "Nobody has decided yet." in html


def test_approval_publishes_and_is_logged_twice(client, moderator, thread):
    reply = make_reply(thread)

    choose(client, reply, "approve", internal_note="Kind words.")

    decision = Decision.objects.get()
    assert (decision.action, decision.from_status, decision.to_status) == (
        "approve",
        "pending",
        "published",
    )
    assert (decision.actor, decision.actor_label, decision.actor_kind) == (
        moderator,
        moderator.username,
        "human",
    )
    assert decision.internal_note == "Kind words."
    entry = ModelLogEntry.objects.get(action="health_comments.approve")
    assert (entry.user, entry.object_id) == (moderator, str(reply.pk))
    assert entry.label == f"Reply {reply.pk}"
    assert reply.revisions.get().state == "approved"
    assert item_of(reply).state == "resolved"


@pytest.mark.parametrize("action", ["reject", "hide"])
def test_keeping_words_from_the_public_needs_a_reason(
    client, moderator, thread, action
):
    reply = make_reply(thread) if action == "reject" else make_published(thread)
    before = snapshot()

    refused = choose(client, reply, action, internal_note="My note")
    unchanged = snapshot() == before
    done = choose(
        client, reply, action, reason="unsafe_advice", public_reason="Ask a doctor."
    )

    assert refused.status_code == 200
    assert "Say why" in refused.content.decode()
    assert "My note" in refused.content.decode()
    assert unchanged
    assert done.status_code == 302
    decision = Decision.objects.latest("pk")
    assert (decision.reason, decision.ground, decision.public_reason) == (
        "unsafe_advice",
        "terms",
        "Ask a doctor.",
    )


def test_spam_and_back(client, moderator, thread):
    reply = make_reply(thread)

    choose(client, reply, "spam")
    after_spam = statuses()
    choose(client, reply, "restore")
    after_restore = (statuses(), item_of(reply).state)
    choose(client, reply, "approve")

    assert after_spam == ["spam"]
    assert after_restore == (["pending"], "open")
    assert statuses() == ["published"]
    spam, restore, approve = Decision.objects.order_by("pk")
    assert (restore.reverses, approve.reverses) == (spam, None)


def test_stale_page_decides_nothing(client, moderator, thread):
    reply = make_reply(thread)
    version = item_of(reply).version
    decide(reply, Action.SPAM)
    decide(reply, Action.RESTORE)
    before = snapshot()

    answer = client.post(detail(reply), {"decision": "approve", "version": version})

    assert answer["Location"] == detail(reply)
    assert snapshot() == before


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"decision": "approve"},
        {"decision": "explode", "version": 1},
        {"decision": "approve", "version": "x"},
        {"decision": "reject", "version": 1, "reason": "made_up"},
        {"decision": "hide", "version": 1, "reason": "abuse"},
        {"decision": "restore", "version": 1},
    ],
)
def test_forged_decision_changes_nothing(client, moderator, thread, data):
    reply = make_reply(thread)
    before = snapshot()

    answer = client.post(detail(reply), data)

    assert answer.status_code in {302, 200}
    assert snapshot() == before


@pytest.mark.parametrize("where", ["detail", "bulk"])
def test_decision_from_another_site_is_refused(moderator, thread, where):
    reply = make_reply(thread)
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    url = detail(reply) if where == "detail" else bulk("approve", reply)
    before = snapshot()

    answer = client.post(url, {"decision": "approve", "version": 1})

    assert answer.status_code == 403
    assert snapshot() == before


def test_reading_changes_nothing(client, moderator, thread):
    reply = make_reply(thread)
    before = snapshot()

    answers = [
        client.get(QUEUE),
        client.get(f"{QUEUE}results/"),
        client.get(detail(reply), {"decision": "approve", "version": 1}),
        *(client.get(bulk(action, reply)) for action in BULK),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert snapshot() == before


def test_unknown_item_is_not_found(client, moderator):
    assert client.get(f"{QUEUE}999999/").status_code == 404
    assert client.post(f"{QUEUE}999999/", {}).status_code == 404


def test_bulk_approval_publishes_all(client, moderator, thread):
    replies = [make_reply(thread) for _ in range(3)]

    answer = client.post(bulk("approve", *replies))

    assert answer.status_code == 302
    assert statuses() == ["published"] * 3
    thread.refresh_from_db()
    assert thread.reply_count == 3


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("", QUEUE),
        ("https://evil.example/", QUEUE),
        ("//evil.example/", QUEUE),
        (f"{QUEUE}?status=spam", f"{QUEUE}?status=spam"),
    ],
)
@pytest.mark.parametrize("is_stale", [False, True])
def test_bulk_leads_back_to_a_list_of_this_host(
    client, moderator, thread, target, place, is_stale
):
    reply = make_reply(thread)
    address = f"{bulk('approve', reply)}&{urlencode({'next': target})}"
    if is_stale:
        decide(reply, Action.APPROVE)

    answer = client.post(address)

    assert (answer.status_code, answer["Location"]) == (302, place)


def test_bulk_is_all_or_nothing(client, moderator, thread):
    first, second = make_reply(thread), make_reply(thread)
    decide(second, Action.SPAM)
    before = snapshot()

    client.post(bulk("approve", first, second))

    assert snapshot() == before


def test_bulk_rejection_needs_a_reason(client, moderator, thread):
    reply = make_reply(thread)

    refused = client.post(bulk("reject", reply))
    after_refusal = statuses()
    client.post(bulk("reject", reply), {"reason": "off_topic"})

    assert refused.status_code == 200
    assert "Say why" in refused.content.decode()
    assert after_refusal == ["pending"]
    assert statuses() == ["rejected"]


@pytest.mark.parametrize("ids", ["id=all", "id=x", "id=%00", "id=" + "9" * 40, ""])
def test_made_up_ids_find_nothing(client, moderator, thread, ids):
    make_reply(thread)

    answer = client.post(f"/admin/bulk/health_comments/reviewitem/approve/?{ids}")

    assert answer.status_code == 404
    assert statuses() == ["pending"]


def test_more_than_a_hundred_at_once_are_refused(client, moderator, thread):
    replies = [make_reply(thread) for _ in range(101)]

    client.post(bulk("approve", *replies))

    assert set(statuses()) == {"pending"}


def test_permission_taken_away_meanwhile_stops_the_moderator(client, moderator, thread):
    reply = make_reply(thread)
    client.get(detail(reply))
    moderator.user_permissions.filter(codename="moderate_reply").delete()
    before = snapshot()

    answer = choose(client, reply, "approve")

    assert answer["Location"] == "/admin/"
    assert snapshot() == before


@pytest.mark.parametrize("where", ["queue", "detail", "bulk", "history"])
def test_hostile_words_are_inert_on_the_desk(client, moderator, thread, where):
    hostile = '<img src=x onerror=alert(1)>"\'{{ 7*7 }}{% now "Y" %}'
    reply = make_reply(thread, body_raw=hostile, name_raw=hostile[:70])
    type(thread.page)._default_manager.filter(pk=thread.page_id).update(title=hostile)
    pages = {
        "queue": QUEUE,
        "detail": detail(reply),
        "bulk": bulk("approve", reply),
        "history": "/admin/reports/site-history/",
    }
    if where == "history":
        decide(reply, Action.APPROVE)
        client.force_login(
            get_user_model().objects.create_superuser("root", password="x")
        )

    html = client.get(pages[where]).content.decode()

    assert "<img src=x" not in html
    assert "onerror=alert(1)&gt;" in html or where == "history"


def test_no_inline_script_or_style_of_ours(client, moderator, thread):
    reply = make_reply(thread)

    html = client.get(detail(reply)).content.decode()
    main = html[html.index('class="hp-desk"') : html.index("</main>")]

    assert "style=" not in main
    assert "<script" not in main
    assert "onclick" not in main


def test_add_button_is_nowhere(client, moderator, thread):
    client.force_login(get_user_model().objects.create_superuser("root", password="x"))

    html = client.get(QUEUE).content.decode()

    assert "Add review item" not in html
    assert Site.objects.count() == 1
