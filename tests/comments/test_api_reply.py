"""A reader sends a reply through the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import (
    Action,
    Decision,
    IdempotencyRecord,
    Participant,
    RateWindow,
    Reply,
    ReplyRevision,
    ReviewItem,
    Thread,
)
from comments.tokens import make_status_token

from .factories import decide, make_page, make_published, make_reply, make_thread
from .sending import API, assert_problem, payload, pointers, post, row_counts

pytestmark = pytest.mark.django_db


def test_reply_waits_and_is_invisible_until_approved(client, thread):
    source = "Hello <script>alert(1)</script> [x](javascript:alert(1)) **bold**"

    answer = post(
        client, thread.page_id, payload(thread.page_id, body=source), key="k1"
    )
    waiting = client.get(f"{API}/threads/{thread.page_id}/replies/")
    decide(Reply.objects.get(), Action.APPROVE)
    shown = client.get(f"{API}/threads/{thread.page_id}/replies/")

    assert answer.status_code == 202
    assert answer.json()["status"] == "pending"
    assert waiting.json() == {"items": [], "next": None, "count": 0}
    [item] = shown.json()["items"]
    assert "<strong>bold</strong>" in item["body_html"]
    assert "<script" not in item["body_html"]
    assert "href" not in item["body_html"]
    assert item["author"] == {"name": "Ana", "credential": None}


def test_filled_honeypot_is_answered_like_any_and_held_as_likely_spam(client, thread):
    honest = post(client, thread.page_id, payload(thread.page_id))

    answer = post(
        client, thread.page_id, payload(thread.page_id, website="http://x.example")
    )

    assert answer.status_code == honest.status_code == 202
    assert answer.json().keys() == honest.json().keys()
    item = ReviewItem.objects.latest("pk")
    assert item.reasons[0] == "form.honeypot"
    assert item.priority == -10
    assert item.state == "open"


@pytest.mark.parametrize(
    ("age", "reason"),
    [
        (timedelta(seconds=0), "form.too_fast"),
        (timedelta(days=3), "form.expired"),
        (timedelta(days=-1), "form.no_time"),
    ],
)
@pytest.mark.parametrize("policy", ["pre", "post"])
def test_odd_time_of_a_form_holds_and_never_refuses(
    client, thread, settings, age, reason, policy
):
    settings.COMMENTS |= {"POLICY": policy}

    answer = post(client, thread.page_id, payload(thread.page_id, age=age))

    assert answer.status_code == 202
    assert reason in ReviewItem.objects.get().reasons


def test_policy_post_publishes_a_clean_reply_at_once(client, thread, settings):
    settings.COMMENTS |= {"POLICY": "post"}

    answer = post(client, thread.page_id, payload(thread.page_id))

    assert answer.status_code == 201
    assert answer.json()["status"] == "published"
    [item] = client.get(f"{API}/threads/{thread.page_id}/replies/").json()["items"]
    assert item["id"] == answer.json()["id"]


def test_failing_check_of_the_host_holds(client, thread, settings):
    settings.COMMENTS |= {
        "POLICY": "post",
        "TEXT_CHECKS": (f"{__name__}.explode",),
    }

    answer = post(client, thread.page_id, payload(thread.page_id))

    assert answer.status_code == 202
    assert ReviewItem.objects.get().reasons == [f"check.failed:{__name__}.explode"]


def explode(_text: str) -> list[object]:
    """Fail, as a check of a host may."""
    raise RuntimeError


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": ""}, {"#/name": "missing-value"}),
        ({"name": " \u200b "}, {"#/name": "missing-value"}),
        ({"name": "x" * 81}, {"#/name": "too-long"}),
        ({"email": "nobody"}, {"#/email": "invalid-value"}),
        ({"email": "a@b.example\nBcc: c@d.example"}, {"#/email": "invalid-value"}),
        ({"body": "  \n"}, {"#/body": "missing-value"}),
        ({"body": "x" * 5_001}, {"#/body": "too-long"}),
        ({"parent": "nonsense"}, {"#/parent": "not-found"}),
        (
            {"parent": "0193a5b0-0000-7000-8000-000000000000"},
            {"#/parent": "not-found"},
        ),
        ({"form_token": ""}, {"#/form_token": "invalid-form"}),
        ({"form_token": "x" * 10_000}, {"#/form_token": "invalid-form"}),
        ({"form_token": "\ud800"}, {"#/form_token": "invalid-form"}),
        ({"name": None}, {"#/name": "invalid-value"}),
        (
            {"name": 7, "body": []},
            {"#/name": "invalid-value", "#/body": "invalid-value"},
        ),
        ({"status": "published"}, {"#/status": "unknown-field"}),
        (
            {"name": "", "body": ""},
            {"#/name": "missing-value", "#/body": "missing-value"},
        ),
    ],
)
def test_wrong_values_are_named_and_nothing_is_stored(client, thread, change, expected):
    before = row_counts()

    answer = post(client, thread.page_id, payload(thread.page_id, **change))

    assert pointers(assert_problem(answer, 422, "reply-invalid")) == expected
    assert row_counts() == before


@pytest.mark.parametrize("name", ["form_token", "name", "body"])
def test_missing_field_is_named(client, thread, name):
    data = payload(thread.page_id)
    del data[name]

    answer = post(client, thread.page_id, data)

    assert pointers(assert_problem(answer, 422, "reply-invalid")) == {
        f"#/{name}": "missing-field"
    }


def test_optional_fields_may_be_absent_or_null(client, thread):
    data = payload(thread.page_id)
    for name in ("email", "parent", "website"):
        del data[name]

    absent = post(client, thread.page_id, data)
    null = post(
        client,
        thread.page_id,
        payload(thread.page_id, email=None, website=None, altcha=None),
    )

    assert (absent.status_code, null.status_code) == (202, 202)


def test_form_of_another_page_is_refused(client, thread):
    other = make_thread()

    answer = post(client, thread.page_id, payload(other.page_id))

    assert pointers(assert_problem(answer, 422, "reply-invalid")) == {
        "#/form_token": "invalid-form"
    }


def test_status_token_is_no_form_token(client, thread):
    reply = make_reply(thread)

    answer = post(
        client,
        thread.page_id,
        payload(thread.page_id, form_token=make_status_token(reply.pk)),
    )

    assert_problem(answer, 422, "reply-invalid")


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid-request"),
        (b"", "application/json", 400, "invalid-request"),
        (b"[]", "application/json", 400, "invalid-request"),
        (b"null", "application/json", 400, "invalid-request"),
        (b'"text"', "application/json", 400, "invalid-request"),
        (b'{"name": NaN}', "application/json", 400, "invalid-request"),
        (b'{"name": "a", "name": "b"}', "application/json", 400, "invalid-request"),
        (
            b'{"name": ' + b"9" * 5_000 + b"}",
            "application/json",
            400,
            "invalid-request",
        ),
        (b"\xff\xfe", "application/json", 400, "invalid-request"),
        (b"[" * 60_000, "application/json", 400, "invalid-request"),
        (
            b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
            "application/json",
            400,
            "invalid-request",
        ),
        (b'{"body": "' + b"x" * 65_536 + b'"}', "application/json", 413, "too-large"),
        (b"x" * 1_000_000, "application/json", 413, "too-large"),
        (
            b"name=Ana",
            "application/x-www-form-urlencoded",
            415,
            "unsupported-media-type",
        ),
        (b"{}", "text/plain", 415, "unsupported-media-type"),
        (b"{}", "", 415, "unsupported-media-type"),
    ],
)
def test_unreadable_body_is_a_problem(
    client, thread, content, content_type, status, code
):
    answer = post(client, thread.page_id, content, content_type=content_type)

    assert_problem(answer, status, code)
    assert Reply.objects.count() == 0


def test_nul_and_lone_surrogates_are_dropped(client, thread):
    data = payload(
        thread.page_id, name="An\x00a\ud800", body="Good\x00 \udfffadvice \ufdd0."
    )

    answer = post(client, thread.page_id, data)

    assert answer.status_code == 202
    assert Reply.objects.get().author_name == "Ana"
    assert "Good advice" in ReplyRevision.objects.get().body_text


@pytest.mark.parametrize(
    "make_hidden",
    [
        lambda: 999_999,
        lambda: 10**30,
        lambda: 0,
        lambda: make_page(live=False).pk,
        lambda: make_thread(mode="hidden").page_id,
        lambda: restricted(),
    ],
    ids=["absent", "overflow", "zero", "draft", "hidden", "restricted"],
)
def test_absent_draft_private_and_hidden_answer_alike(client, make_hidden):
    page_id = make_hidden()
    data = payload(page_id)

    answers = [
        client.get(f"{API}/threads/{page_id}/"),
        client.get(f"{API}/threads/{page_id}/replies/"),
        post(client, page_id, data),
        client.post(
            f"{API}/challenges/", {"page": page_id}, content_type="application/json"
        ),
    ]

    bodies = [assert_problem(answer, 404, "not-found") for answer in answers]
    assert {body["detail"] for body in bodies} == {"No public thread has this address."}
    assert Reply.objects.count() == 0


def restricted() -> int:
    """Return a page below one that a password guards."""
    from wagtail.models import PageViewRestriction

    parent = make_page()
    child = parent.add_child(instance=type(parent)(title="Child", slug="child"))
    make_thread(child)
    PageViewRestriction.objects.create(
        page=parent, restriction_type="password", password="x"
    )
    return child.pk


@pytest.mark.parametrize(
    "values",
    [
        {"mode": "closed"},
        {"mode": "read_only"},
        {"policy": "closed"},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_closed_thread_takes_no_reply_and_stays_readable(client, thread, values):
    make_published(thread)
    Thread.objects.update(**values)

    answer = post(client, thread.page_id, payload(thread.page_id))
    challenge = client.post(
        f"{API}/challenges/", {"page": thread.page_id}, content_type="application/json"
    )
    shown = client.get(f"{API}/threads/{thread.page_id}/replies/")

    assert_problem(answer, 409, "thread-closed")
    assert_problem(challenge, 409, "thread-closed")
    assert len(shown.json()["items"]) == 1
    assert client.get(f"{API}/threads/{thread.page_id}/").json()["open"] is False


def test_challenge_is_bound_to_its_page(client, thread):
    answer = client.post(
        f"{API}/challenges/", {"page": thread.page_id}, content_type="application/json"
    )

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"form_token", "altcha"}
    assert answer.json()["altcha"] is None
    data = payload(thread.page_id, form_token=answer.json()["form_token"])
    assert post(client, thread.page_id, data).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"page": "1"},
        {"page": True},
        {"page": 1.5},
        {"page": None},
        {"page": 1, "x": 2},
    ],
)
def test_unusable_challenge_request_is_refused(client, db, body):
    answer = client.post(f"{API}/challenges/", body, content_type="application/json")

    assert_problem(answer, 400, "invalid-request")


@pytest.mark.parametrize(
    "make_parent",
    [
        lambda thread: make_reply(thread),
        lambda thread: make_published(make_thread()),
        lambda thread: hidden(thread),
    ],
    ids=["pending", "another page's", "hidden"],
)
def test_parent_must_be_published_in_the_same_thread(client, thread, make_parent):
    parent = make_parent(thread)

    answer = post(
        client, thread.page_id, payload(thread.page_id, parent=str(parent.pk))
    )

    assert pointers(assert_problem(answer, 422, "reply-invalid")) == {
        "#/parent": "not-found"
    }


def hidden(thread: Thread) -> Reply:
    """Return a reply that was published once."""
    reply = make_published(thread)
    decide(reply, Action.HIDE, reason="off_topic")
    return reply


def test_rate_limit_names_when_to_come_back(client, thread, settings):
    settings.COMMENTS |= {"RATE_LIMITS": ((2, 600),)}

    answers = [post(client, thread.page_id, payload(thread.page_id)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert_problem(answers[2], 429, "rate-limited")
    assert 1 <= int(answers[2]["Retry-After"]) <= 600
    assert Reply.objects.count() == 2


def test_forwarded_header_is_not_believed_without_a_proxy(client, thread, settings):
    settings.COMMENTS |= {"RATE_LIMITS": ((1, 600),)}

    answers = [
        post(
            client,
            thread.page_id,
            payload(thread.page_id),
            headers={"X-Forwarded-For": f"198.51.{n}.1"},
        )
        for n in range(3)
    ]

    assert [answer.status_code for answer in answers] == [202, 429, 429]


def test_dry_run_shows_the_reply_and_stores_nothing(client, thread):
    before = row_counts()

    fine = post(client, thread.page_id, payload(thread.page_id), query="?dry_run=1")
    wrong = post(
        client, thread.page_id, payload(thread.page_id, name=""), query="?dry_run=1"
    )
    odd = post(client, thread.page_id, payload(thread.page_id), query="?dry_run=yes")

    assert (fine.status_code, fine.json()) == (
        200,
        {"valid": True, "body_html": "<p>Heat <strong>helped</strong> me.</p>"},
    )
    assert_problem(wrong, 422, "reply-invalid")
    assert_problem(odd, 400, "invalid-request")
    assert row_counts() == before


def test_no_mail_address_and_no_network_is_stored(client, thread):
    post(
        client,
        thread.page_id,
        payload(thread.page_id, email="Ana@Example.org"),
        REMOTE_ADDR="203.0.113.77",
    )

    person = Participant.objects.get()
    assert len(person.email_hmac) == 64
    for model in (
        Participant,
        Reply,
        ReplyRevision,
        ReviewItem,
        RateWindow,
        IdempotencyRecord,
    ):
        text = str(list(model.objects.values())).lower()
        assert "example.org" not in text
        assert "203.0.113" not in text


def test_guests_with_one_address_are_two_participants(client, thread):
    for name in ("Ana", "Eva"):
        post(
            client,
            thread.page_id,
            payload(thread.page_id, name=name, email="a@example.org"),
        )

    first, second = Participant.objects.order_by("pk")
    assert first.email_hmac == second.email_hmac
    assert (first.display_name, second.display_name) == ("Ana", "Eva")


def test_author_follows_the_reply_by_the_private_address(client, thread):
    url = post(client, thread.page_id, payload(thread.page_id)).json()["status_url"]
    waiting = client.get(url)
    decide(
        Reply.objects.get(), Action.REJECT, reason="off_topic", internal_note="secret"
    )

    rejected = client.get(url)

    assert waiting.json()["status"] == "pending"
    assert rejected.json() == {
        "id": str(Reply.objects.get().pk),
        "status": "not_published",
        "anchor": None,
        "reason": "Your reply is not about this article.",
        "decision": str(Decision.objects.get().key),
    }
    assert rejected["Cache-Control"] == "no-store"
    assert "secret" not in rejected.content.decode()


@pytest.mark.parametrize("token", ["x", "a:b", "x" * 1000, "caf\u00e9"])
def test_made_up_status_address_is_not_found(client, db, token):
    assert_problem(client.get(f"{API}/submissions/{token}/"), 404, "not-found")
