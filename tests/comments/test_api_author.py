"""Authors, and those who only say so, call the API."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from comments.actors import Actor
from comments.models import (
    Action,
    Appeal,
    Decision,
    OutboxMessage,
    Participant,
    Reply,
    ReplyRevision,
    Report,
    SanctionKind,
)
from comments.reasons import Reason
from comments.services import sanction_impose
from comments.tokens import make_guest_token, make_status_token

from .factories import (
    decide,
    make_moderator,
    make_published,
    make_reply,
    make_thread,
)
from .sending import API, assert_problem, payload, post
from .test_people import ADDRESS, send_and_prove, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def verified(settings):
    settings.COMMENTS |= {"GUESTS": "verified"}


def call(client, method: str, path: str, data: object = None, token="", **headers):
    """Send a request with a token."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    content = (
        {}
        if data is None
        else {
            "data": data if isinstance(data, str) else json.dumps(data),
            "content_type": "application/json",
        }
    )
    return getattr(client, method)(f"{API}/{path}", headers=headers, **content)


def rows() -> list[object]:
    """Return all that a refused request must leave as it was."""
    return [
        list(Reply.objects.order_by("pk").values_list("pk", "status", "version")),
        ReplyRevision.objects.count(),
        Decision.objects.count(),
        Appeal.objects.count(),
        Report.objects.count(),
        list(Participant.objects.order_by("pk").values_list("pk", "display_name")),
    ]


def test_author_edits_with_the_version_they_saw(thread, client):
    reply = make_published(thread, body_raw="Old words.")
    token = make_status_token(reply.pk)
    path = f"replies/{reply.pk}/"
    seen = call(client, "get", path, token=token)

    edit = {"body": "New words."}
    answer = call(client, "patch", path, edit, token, **{"If-Match": seen["ETag"]})

    assert seen.json()["source"] == "Old words."
    assert answer.status_code == 202
    assert answer.json() == seen.json() | {"source": "New words.", "edit_pending": True}
    assert answer["Cache-Control"] == "no-store"
    assert answer["ETag"] != seen["ETag"]
    stale = {"If-Match": seen["ETag"]}
    again = call(client, "patch", path, {"body": "Third."}, token, **stale)
    assert_problem(again, 409, "stale")
    for odd in ('"x"', "*", 'W/"1"', '"99999999999"', '"-1"'):
        odd_match = call(client, "patch", path, edit, token, **{"If-Match": odd})
        assert_problem(odd_match, 409, "stale")
    unseen = call(client, "patch", path, edit, token)
    assert_problem(unseen, 428, "precondition-required")


def test_author_withdraws_and_hidden_bytes_are_gone(thread, client):
    reply = make_published(thread, body_raw="Secret words.")
    token, path = make_status_token(reply.pk), f"replies/{reply.pk}/"
    tag = call(client, "get", path, token=token)["ETag"]
    listed = client.get(f"{API}/threads/{thread.page_id}/replies/")

    answer = call(client, "delete", path, token=token, **{"If-Match": tag})

    assert answer.status_code == 204
    after = client.get(
        f"{API}/threads/{thread.page_id}/replies/",
        headers={"If-None-Match": listed["ETag"]},
    )
    assert after.status_code == 200
    assert b"Secret words." in listed.content
    assert b"Secret words." not in after.content
    status = client.get(f"{API}/submissions/{token}/").json()
    assert (status["status"], status["reason"]) == ("removed", None)


PRIVATE = [
    ("get", "replies/{reply}/", None),
    ("patch", "replies/{reply}/", {"body": "Not mine."}),
    ("delete", "replies/{reply}/", None),
    ("get", "decisions/{decision}/", None),
    ("post", "decisions/{decision}/appeals/", {"text": "Why?"}),
    ("delete", "decisions/{decision}/appeals/", None),
    ("get", "me/export/", None),
    ("delete", "me/", None),
]


@pytest.mark.parametrize(("method", "path", "data"), PRIVATE)
def test_nobody_reaches_what_is_anothers(thread, client, method, path, data):
    """Anonymous, made-up tokens, other authors and moderators' sessions; absent and foreign answer alike."""
    reply, other = make_reply(thread), make_reply(thread)
    decision = decide(reply, Action.REJECT, reason="abuse")
    unproven = make_guest_token(other.participant_id, 1)
    client.force_login(make_moderator())
    match = {"If-Match": '"1"'}
    before = rows()

    for keys in (
        {"reply": reply.pk, "decision": decision.key},
        {"reply": uuid4(), "decision": uuid4()},
    ):
        address = path.format(**keys)
        for token in ("", "x", unproven, "x" * 3_000):
            answer = call(client, method, address, data, token, **match)
            assert_problem(answer, 401, "authentication-required")
        foreign = call(
            client, method, address, data, make_status_token(other.pk), **match
        )
        assert_problem(foreign, 404, "not-found")

    assert rows() == before


def test_reports_of_guests_are_answered_alike(thread, client):
    reply, hidden = make_published(thread), make_reply(thread)
    data = {"reason": "abuse", "text": "Unkind."}

    answers = [
        call(client, "post", f"replies/{reply.pk}/reports/", data) for _ in range(2)
    ]

    assert {(a.status_code, a.content) for a in answers} == {
        (202, b'{"status":"received"}')
    }
    assert sorted(Report.objects.values_list("state", flat=True)) == [
        "duplicate",
        "received",
    ]
    for key in (hidden.pk, uuid4()):
        answer = call(client, "post", f"replies/{key}/reports/", data)
        assert_problem(answer, 404, "not-found")
    for wrong in ({"reason": "x"}, {}, {"reason": 1}, {"reason": "abuse", "x": ""}, []):
        answer = call(client, "post", f"replies/{reply.pk}/reports/", wrong)
        assert_problem(answer, 400, "invalid-request")
    bad = call(client, "post", f"replies/{reply.pk}/reports/", data, "x")
    assert_problem(bad, 401, "authentication-required")


def test_statement_of_reasons_and_appeal(thread, client):
    reply = make_reply(thread)
    moderator = make_moderator()
    decide(reply, Action.REJECT, reason="abuse", user=moderator)
    token = make_status_token(reply.pk)
    key = client.get(f"{API}/submissions/{token}/").json()["decision"]

    statement = call(client, "get", f"decisions/{key}/", token=token)
    appeal = {"text": "I did not attack anybody."}
    sent = [
        call(client, "post", f"decisions/{key}/appeals/", appeal, token)
        for _ in range(2)
    ]
    after = call(client, "get", f"decisions/{key}/", token=token).json()
    taken_back = call(client, "delete", f"decisions/{key}/appeals/", token=token)
    again = call(client, "post", f"decisions/{key}/appeals/", appeal, token)

    body = statement.json()
    assert (body["reason"], body["decision_ground"]) == ("abuse", "terms")
    assert (body["automated_decision"], body["can_appeal"]) == (False, True)
    assert moderator.username not in statement.content.decode()
    assert [a.status_code for a in sent] == [201, 201]
    assert (after["appeal"], after["can_appeal"]) == ("submitted", False)
    assert taken_back.status_code == 204
    assert_problem(again, 409, "appeal-not-possible")


def test_verification_sign_in_and_being_remembered(thread, verified, client):
    first = post(client, thread.page_id, payload(thread.page_id, email=ADDRESS))
    token = token_of(OutboxMessage.objects.get())
    assert call(client, "get", "verifications/").status_code == 405

    proven = call(client, "post", "verifications/", {"token": token})
    replayed = call(client, "post", "verifications/", {"token": token})
    guest = proven.json()["guest_token"]
    second = post(
        client,
        thread.page_id,
        payload(thread.page_id, body="More."),
        headers={"Authorization": f"Bearer {guest}"},
    )
    asked = {
        call(client, "post", "sign-ins/", {"page": thread.page_id, "email": m}).content
        for m in (ADDRESS, "nobody@example.org")
    }

    assert first.json()["status"] == "unverified"
    assert proven.json()["reply"] == {"id": first.json()["id"], "status": "pending"}
    assert "no-store" in proven["Cache-Control"]
    assert_problem(replayed, 409, "proof-refused")
    assert second.json()["status"] == "pending"
    assert asked == {b'{"status":"accepted"}'}
    assert not proven.cookies
    for wrong in (
        {"email": ADDRESS},
        {"page": 1, "email": "x"},
        {"page": "1", "email": 1},
    ):
        answer = call(client, "post", "sign-ins/", wrong)
        assert_problem(answer, 400, "invalid-request")
    away = call(client, "post", "sign-ins/", {"page": 9_999, "email": ADDRESS})
    assert_problem(away, 404, "not-found")


def test_suspended_author_is_told_so_and_others_learn_nothing(thread, verified, client):
    reply, proven = send_and_prove(thread)
    sanction_impose(
        reply.participant_id,
        kind=SanctionKind.BLOCK,
        reason=Reason.ABUSE,
        actor=Actor.person(make_moderator()),
        now=timezone.now(),
    )
    headers = {"Authorization": f"Bearer {proven.guest_token}"}

    own = post(client, thread.page_id, payload(thread.page_id), headers=headers)
    other = post(client, thread.page_id, payload(thread.page_id, email=ADDRESS))

    assert_problem(own, 403, "author-suspended")
    assert (other.status_code, other.json()["status"]) == (202, "unverified")


def test_replies_need_an_account_where_the_site_says_so(thread, settings, client):
    settings.COMMENTS |= {"GUESTS": "none"}

    refused = post(client, thread.page_id, payload(thread.page_id))

    assert_problem(refused, 403, "not-allowed")


def test_export_holds_what_is_stored_and_names_no_moderator(thread, verified, client):
    reply, proven = send_and_prove(thread, body_raw="My words.")
    moderator = make_moderator()
    decide(reply, Action.REJECT, reason="abuse", user=moderator, internal_note="Hm.")

    answer = call(client, "get", "me/export/", token=proven.guest_token)

    body = answer.json()
    assert body["person"]["email"] == ADDRESS
    assert [t["source"] for r in body["replies"] for t in r["texts"]] == ["My words."]
    assert [d["action"] for d in body["decisions"]] == ["verify", "reject"]
    assert moderator.username not in answer.content.decode()
    assert "Hm." not in answer.content.decode()


def test_export_costs_the_same_for_two_and_for_six(
    thread, verified, client, django_assert_num_queries
):
    _reply, proven = send_and_prove(thread)
    headers = {"Authorization": f"Bearer {proven.guest_token}"}
    post(client, thread.page_id, payload(thread.page_id), headers=headers)

    for count in (2, 6):
        while Reply.objects.count() < count:
            post(client, thread.page_id, payload(thread.page_id), headers=headers)
        with django_assert_num_queries(9):
            call(client, "get", "me/export/", token=proven.guest_token)


def test_erasure_reaches_revisions_reports_appeals_outbox_and_public_bytes(
    thread, verified, client
):
    reply, proven = send_and_prove(thread, body_raw="My words.", name_raw="Zyxana")
    decide(reply, Action.APPROVE)
    settings_free = make_reply(thread, email_raw="bob@example.org")
    data = {"reason": "abuse", "text": "Zyx report."}
    other = make_published_by_other(thread)
    call(client, "post", f"replies/{other.pk}/reports/", data, proven.guest_token)
    decision = decide(reply, Action.HIDE, reason="abuse")
    appeal = {"text": "Zyx appeal."}
    path = f"decisions/{decision.key}/appeals/"
    call(client, "post", path, appeal, proven.guest_token)

    answer = call(client, "delete", "me/", token=proven.guest_token)

    assert answer.status_code == 204
    left = json.dumps(
        [
            list(model.objects.values())
            for model in (
                Reply,
                ReplyRevision,
                Report,
                Appeal,
                Decision,
                OutboxMessage,
                Participant,
            )
        ],
        default=str,
    )
    for word in ("My words.", "Zyxana", "Zyx report", "Zyx appeal"):
        assert word not in left
    gone = Reply.objects.get(pk=reply.pk)
    assert (gone.status, gone.removal, gone.participant) == ("removed", "erasure", None)
    assert settings_free.participant in Participant.objects.all()
    again = call(client, "delete", "me/", token=proven.guest_token)
    assert_problem(again, 401, "authentication-required")


def make_published_by_other(thread):
    reply, _ = send_and_prove(thread, email="carla@example.org", name_raw="Carla")
    decide(reply, Action.APPROVE)
    return reply


def test_erasure_is_no_way_around_a_block(thread, verified, client):
    reply, proven = send_and_prove(thread)
    sanction_impose(
        reply.participant_id,
        kind=SanctionKind.BLOCK,
        reason=Reason.ABUSE,
        actor=Actor.person(make_moderator()),
        now=timezone.now(),
    )

    call(client, "delete", "me/", token=proven.guest_token)

    kept = Participant.objects.get()
    assert (kept.display_name, kept.email_sealed) == ("", "")
    back = make_reply(thread, email_raw=ADDRESS)
    token = token_of(OutboxMessage.objects.latest("pk"))
    answer = call(client, "post", "verifications/", {"token": token})
    assert_problem(answer, 403, "author-suspended")
    back.refresh_from_db()
    assert back.status == "unverified"


def test_counts_of_many_pages_cost_the_same_and_name_public_threads_only(
    thread, client, django_assert_num_queries
):
    make_published(thread)
    others = [make_thread() for _ in range(4)]
    others[0].page.unpublish()
    ids = [thread.page_id, *(other.page_id for other in others)]

    with django_assert_num_queries(2):
        # As JSON Schema has it, 10.0 is an integer.
        few = call(client, "post", "counts/", {"pages": [float(ids[0]), ids[1]]})
    with django_assert_num_queries(2):
        many = call(client, "post", "counts/", {"pages": ids})

    assert few.json() == {"counts": {str(thread.page_id): 1}}
    assert many.json()["counts"] == {str(ids[0]): 1} | {str(i): 0 for i in ids[2:]}
    for wrong in ({"pages": []}, {"pages": [1] * 101}, {"pages": ["1"]}, {"x": 1}):
        assert_problem(call(client, "post", "counts/", wrong), 400, "invalid-request")
    huge = call(client, "post", "counts/", {"pages": [2**70, -1, 0, True]})
    assert_problem(huge, 400, "invalid-request")
