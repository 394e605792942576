"""Front ends and caches read threads."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from wagtail.models import Locale

from comments.api.schema import openapi
from comments.conf import DISCLAIMER
from comments.models import Action, Reply, Thread
from comments.summaries import replies_summaries

from .factories import decide, make_page, make_published, make_reply, make_thread
from .sending import API, assert_problem, payload, post

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parents[1] / "contracts/replies-openapi.json"


def replies(client, thread: Thread, query: str = "", **extra):
    """Return the answer of the list."""
    return client.get(f"{API}/threads/{thread.page_id}/replies/{query}", **extra)


def outline(items: list[dict]) -> list:
    """Return the texts as nested lists."""
    return [[item["body_text"], *outline(item["replies"])] for item in items]


def assert_schema(name: str, value: object) -> None:
    """Check *value* against a component of the description."""
    document = openapi()
    schema = {"$ref": f"#/components/schemas/{name}"} | {
        "components": document["components"]
    }
    OAS31Validator(schema).validate(value)


def test_description_is_valid_and_as_reviewed(client, request):
    answer = client.get(f"{API}/openapi.json")

    OpenAPIV31SpecValidator(answer.json()).validate()
    if request.config.getoption("--update-snapshots"):
        SNAPSHOT.write_text(
            json.dumps(answer.json(), indent=2, sort_keys=True, ensure_ascii=False)
            + "\n"
        )
    assert answer.json() == json.loads(SNAPSHOT.read_text()), (
        "Review the change, then run `make schema`."
    )


@pytest.mark.parametrize("end", ["", "/"])
def test_description_answers_with_and_without_the_last_slash(client, end):
    assert client.get(f"{API}/openapi.json{end}").json() == openapi()


@pytest.mark.parametrize("end", ["", "/"])
def test_root_leads_everywhere(client, thread, end, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(f"{API}{end}")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "links": {
            "thread": f"{API}/threads/{{page_id}}/",
            "replies": f"{API}/threads/{{page_id}}/replies/",
            "challenges": f"{API}/challenges/",
            "counts": f"{API}/counts/",
            "submission": f"{API}/submissions/{{token}}/",
            "verifications": f"{API}/verifications/",
            "sign_ins": f"{API}/sign-ins/",
            "own_reply": f"{API}/replies/{{reply_id}}/",
            "reports": f"{API}/replies/{{reply_id}}/reports/",
            "decision": f"{API}/decisions/{{key}}/",
            "appeals": f"{API}/decisions/{{key}}/appeals/",
            "export": f"{API}/me/export/",
            "me": f"{API}/me/",
            "openapi": f"{API}/openapi.json",
        }
    }
    assert_schema("Root", answer.json())
    link = answer.json()["links"]["replies"].format(page_id=thread.page_id)
    assert client.get(link).status_code == 200
    assert_problem(client.get(f"{API}{end}?x=1"), 400, "invalid-request")
    assert_problem(client.delete(f"{API}{end}"), 405, "method-not-allowed")


def test_thread_says_what_readers_may_do(client, thread):
    make_published(thread)
    make_reply(thread)

    answer = client.get(f"{API}/threads/{thread.page_id}/")

    assert answer.json() == {
        "page": thread.page_id,
        "mode": "open",
        "open": True,
        "moderation": "pre",
        "count": 1,
        "closes_at": None,
        "disclaimer": {"version": 1, "locale": "en", "text": str(DISCLAIMER)},
        "replies_href": f"/api/replies/v1/threads/{thread.page_id}/replies/",
        "capabilities": {"reply": True, "max_depth": 4, "max_characters": 5_000},
    }
    assert_schema("Thread", answer.json())


def test_disclaimer_is_in_the_pages_language_whoever_asks(
    client, thread, django_assert_num_queries
):
    spanish = Locale.objects.create(language_code="es")
    type(thread.page)._default_manager.filter(pk=thread.page_id).update(locale=spanish)
    address = f"{API}/threads/{thread.page_id}/"

    with django_assert_num_queries(2):
        answer = client.get(address, headers={"Accept-Language": "en"})
    other = client.get(address, headers={"Accept-Language": "fr"})

    assert answer.json()["disclaimer"]["locale"] == "es"
    assert "No son consejo médico" in answer.json()["disclaimer"]["text"]
    assert (other.content, other["ETag"]) == (answer.content, answer["ETag"])
    assert answer["Content-Language"] == "es"
    assert not answer.has_header("Vary")


def test_reply_keeps_the_version_of_the_disclaimer_it_was_sent_under(
    client, thread, settings
):
    first = client.get(f"{API}/threads/{thread.page_id}/")
    before = make_reply(thread)
    settings.COMMENTS |= {"DISCLAIMER": "Be <b>kind</b>.", "DISCLAIMER_VERSION": 2}

    after = make_reply(thread)
    changed = client.get(
        f"{API}/threads/{thread.page_id}/", headers={"If-None-Match": first["ETag"]}
    )

    assert (before.disclaimer_version, after.disclaimer_version) == (1, 2)
    assert changed.json()["disclaimer"]["text"] == "Be <b>kind</b>."


def test_replies_nest_in_reading_order(client, thread):
    first = make_published(thread, body_raw="1")
    second = make_published(thread, body_raw="2")
    answer = make_published(thread, first, body_raw="1a")
    make_published(thread, answer, body_raw="1a-i")
    make_published(thread, first, body_raw="1b")
    make_published(thread, second, body_raw="2a")

    oldest, newest = replies(client, thread), replies(client, thread, "?sort=newest")

    tree = [["1", ["1a", ["1a-i"]], ["1b"]], ["2", ["2a"]]]
    assert outline(oldest.json()["items"]) == tree
    assert outline(newest.json()["items"]) == tree[::-1]
    assert oldest.json()["count"] == 6
    assert oldest.json()["items"][0]["reply_count"] == 3
    assert_schema("ReplyPage", oldest.json())


@pytest.mark.parametrize(
    ("depth", "expected"),
    [(0, [["1"]]), (1, [["1", ["1a"]]]), (7, [["1", ["1a", ["1a-i"]]]])],
)
def test_depth_limits_generations(client, thread, depth, expected):
    first = make_published(thread, body_raw="1")
    make_published(
        thread, make_published(thread, first, body_raw="1a"), body_raw="1a-i"
    )

    answer = replies(client, thread, f"?depth={depth}")

    assert outline(answer.json()["items"]) == expected


def test_answers_deeper_than_the_limit_join_the_last_generation(
    client, thread, settings
):
    settings.COMMENTS |= {"MAX_DEPTH": 1}
    first = make_published(thread, body_raw="1")
    second = make_published(thread, first, body_raw="1a")

    third = make_published(thread, second, body_raw="1b")

    assert (third.parent_id, third.depth) == (first.pk, 1)
    assert outline(replies(client, thread).json()["items"]) == [["1", ["1a"], ["1b"]]]


@pytest.mark.parametrize("sort", ["oldest", "newest"])
def test_cursor_walks_every_reply_once(client, thread, settings, sort):
    settings.COMMENTS |= {"PAGE_SIZE": 2}
    texts = [str(number) for number in range(5)]
    for text in texts:
        make_published(thread, body_raw=text)

    seen, cursor = [], ""
    while cursor is not None:
        body = replies(
            client, thread, f"?sort={sort}" + (f"&cursor={cursor}" if cursor else "")
        ).json()
        seen.append([item["body_text"] for item in body["items"]])
        cursor = body["next"]

    expected = texts if sort == "oldest" else texts[::-1]
    assert seen == [expected[:2], expected[2:4], expected[4:]]


def test_crowded_branch_is_cut_and_read_on_by_parent(client, thread, settings):
    settings.COMMENTS |= {"MAX_CHILDREN": 2, "PAGE_SIZE": 2}
    first = make_published(thread, body_raw="1")
    for text in "abcd":
        make_published(thread, first, body_raw=text)

    [item] = replies(client, thread).json()["items"]
    page = replies(client, thread, f"?parent={first.pk}").json()
    rest = replies(client, thread, f"?parent={first.pk}&cursor={page['next']}").json()

    assert outline([item]) == [["1", ["a"], ["b"]]]
    assert (item["has_more"], item["reply_count"]) == (True, 4)
    assert outline(page["items"] + rest["items"]) == [["a"], ["b"], ["c"], ["d"]]
    assert rest["next"] is None


def test_withdrawn_reply_keeps_its_place_for_its_answers_and_nothing_else(
    client, thread
):
    first = make_published(thread, body_raw="Secret words", name_raw="Secret name")
    make_published(thread, first, body_raw="Answer")
    lonely = make_published(thread, body_raw="Lonely words")

    for reply in (first, lonely):
        decide(reply, Action.HIDE, reason="personal_data")
    answer = replies(client, thread)

    [item] = answer.json()["items"]
    assert item["status"] == "unavailable"
    assert (
        item["author"]
        is item["body_html"]
        is item["body_text"]
        is item["created_at"]
        is None
    )
    assert outline(item["replies"]) == [["Answer"]]
    assert b"Secret" not in answer.content
    assert b"Lonely" not in answer.content
    assert answer.json()["count"] == 1
    assert_schema("ReplyPage", answer.json())


@pytest.mark.parametrize("action", [Action.REJECT, Action.SPAM, None])
def test_what_is_not_public_changes_no_byte_and_no_tag(client, thread, action):
    make_published(thread)
    before = replies(client, thread)

    reply = make_reply(thread)
    if action:
        decide(reply, action, reason="off_topic")
    after = replies(client, thread)

    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


@pytest.mark.parametrize("path", ["", "replies/"])
def test_unchanged_thread_is_304_until_it_changes(client, thread, path):
    address = f"{API}/threads/{thread.page_id}/{path}"
    first = client.get(address)
    tag = first["ETag"]

    unchanged = [
        client.get(address, headers={"If-None-Match": value})
        for value in (tag, f'"x", W/{tag}', "*")
    ]
    reply = make_published(thread)
    changed = client.get(address, headers={"If-None-Match": tag})
    decide(reply, Action.HIDE, reason="abuse")
    hidden = client.get(address, headers={"If-None-Match": changed["ETag"]})

    assert [answer.status_code for answer in unchanged] == [304, 304, 304]
    assert {answer.content for answer in unchanged} == {b""}
    assert {answer["ETag"] for answer in unchanged} == {tag}
    assert (changed.status_code, hidden.status_code) == (200, 200)


def test_tag_follows_the_settings_and_the_clock(client, thread, settings):
    closing = make_thread(closes_at=timezone.now() + timedelta(hours=1))
    first = client.get(f"{API}/threads/{closing.page_id}/")["ETag"]

    Thread.objects.filter(pk=closing.pk).update(
        closes_at=timezone.now() - timedelta(hours=1)
    )
    closed = client.get(
        f"{API}/threads/{closing.page_id}/", headers={"If-None-Match": first}
    )
    settings.COMMENTS |= {"POLICY": "post"}
    other = client.get(
        f"{API}/threads/{closing.page_id}/", headers={"If-None-Match": closed["ETag"]}
    )

    assert (closed.status_code, closed.json()["open"]) == (200, False)
    assert other.json()["moderation"] == "post"


@pytest.mark.parametrize("path", ["", "replies/"])
def test_read_writes_nothing_sets_no_cookie_and_may_be_shared(
    client, thread, path, django_user_model
):
    make_published(thread)
    client.force_login(django_user_model.objects.create_superuser("root", password="x"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(f"{API}/threads/{thread.page_id}/{path}")

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=30, stale-while-revalidate=300"
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize("number", [2, 20])
def test_list_takes_two_queries(client, thread, number, django_assert_num_queries):
    for _ in range(number // 2):
        make_published(thread, make_published(thread))

    with django_assert_num_queries(2):
        answer = replies(client, thread)
    with django_assert_num_queries(1):
        replies(client, thread, headers={"If-None-Match": answer["ETag"]})

    assert len(answer.json()["items"]) == number // 2


def test_page_without_a_row_has_an_empty_thread_and_gets_none_by_reading(client, db):
    page = make_page()

    answer = client.get(f"{API}/threads/{page.pk}/")
    listed = client.get(f"{API}/threads/{page.pk}/replies/")

    assert (answer.json()["open"], answer.json()["count"]) == (True, 0)
    assert listed.json() == {"items": [], "next": None, "count": 0}
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("mode", ["closed", "read_only", "hidden"])
def test_page_that_never_takes_replies_has_no_thread(client, db, settings, mode):
    settings.COMMENTS |= {"DEFAULT_MODE": mode}
    page = make_page()

    asked = client.post(
        f"{API}/challenges/", {"page": page.pk}, content_type="application/json"
    )

    assert_problem(client.get(f"{API}/threads/{page.pk}/"), 404, "not-found")
    assert_problem(client.get(f"{API}/threads/{page.pk}/replies/"), 404, "not-found")
    assert_problem(asked, 404, "not-found")
    assert replies_summaries([page.pk]) == {}


@pytest.mark.parametrize("mode", ["closed", "read_only"])
def test_article_that_takes_no_replies_has_a_closed_thread(
    client, db, settings, monkeypatch, mode
):
    """Also before it was published anew, which is when it gets a row."""
    settings.COMMENTS |= {"DEFAULT_MODE": "hidden"}
    page = make_page()
    monkeypatch.setattr(type(page), "replies_mode", mode, raising=False)

    answer = client.get(f"{API}/threads/{page.pk}/").json()

    assert (answer["mode"], answer["open"]) == (mode, False)
    assert Thread.objects.count() == 0


def test_first_reply_makes_the_thread(client, db):
    page = make_page()

    answer = post(client, page.pk, payload(page.pk))

    assert answer.status_code == 202
    assert Thread.objects.get().page_id == page.pk


def test_every_address_answers_without_the_last_slash(client, thread):
    for path in (f"threads/{thread.page_id}", f"threads/{thread.page_id}/replies"):
        assert client.get(f"{API}/{path}").status_code == 200
    sent = client.post(
        f"{API}/threads/{thread.page_id}/replies",
        json.dumps(payload(thread.page_id)),
        content_type="application/json",
    )
    challenge = client.post(
        f"{API}/challenges", {"page": thread.page_id}, content_type="application/json"
    )

    assert (sent.status_code, challenge.status_code) == (202, 200)


def test_times_are_utc_to_the_second_with_a_z(client):
    closes_at = datetime(2030, 1, 2, 3, 4, 5, 678, tzinfo=ZoneInfo("Europe/Madrid"))
    thread = make_thread(closes_at=closes_at)
    make_published(thread)

    body = client.get(f"{API}/threads/{thread.page_id}/").json()
    [item] = replies(client, thread).json()["items"]

    assert body["closes_at"] == "2030-01-02T02:04:05Z"
    for name in ("created_at", "published_at"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item[name])


def test_replies_below_an_unknown_reply_are_not_found(client, thread):
    pending = make_reply(thread)
    elsewhere = make_published(make_thread())

    for parent in (pending.pk, elsewhere.pk, UUID(int=5)):
        assert_problem(replies(client, thread, f"?parent={parent}"), 404, "not-found")


def test_restriction_hides_a_thread_at_once(client, thread):
    from wagtail.models import PageViewRestriction

    make_published(thread)
    tag = replies(client, thread)["ETag"]
    PageViewRestriction.objects.create(
        page=thread.page.get_parent(), restriction_type="login"
    )

    answer = replies(client, thread, headers={"If-None-Match": tag})

    assert_problem(answer, 404, "not-found")
    assert replies_summaries([thread.page_id]) == {}


def test_pages_of_other_origins_may_read_and_those_allowed_may_post(
    client, thread, settings
):
    settings.COMMENTS |= {"ALLOWED_ORIGINS": ("https://a.example",)}
    address = f"{API}/threads/{thread.page_id}/replies/"

    def ask(origin: str):
        return client.options(
            address, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
        )

    friend, stranger = ask("https://a.example"), ask("https://b.example")
    sent = post(
        client,
        thread.page_id,
        payload(thread.page_id),
        headers={"Origin": "https://a.example"},
    )

    assert friend.status_code == stranger.status_code == 204
    assert friend["Access-Control-Allow-Origin"] == "https://a.example"
    assert "Idempotency-Key" in friend["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in stranger
    assert sent["Access-Control-Allow-Origin"] == "https://a.example"
    assert "Origin" in sent["Vary"]
    assert "Access-Control-Allow-Credentials" not in sent


def test_answers_fit_the_description(client, thread):
    data = payload(thread.page_id)
    receipt = post(client, thread.page_id, data).json()

    assert_schema("Submission", data)
    assert_schema("Receipt", receipt)
    assert_schema("SubmissionStatus", client.get(receipt["status_url"]).json())
    assert_schema("Problem", post(client, thread.page_id, {}).json())
    assert_schema("Problem", post(client, thread.page_id, data | {"name": ""}).json())
    challenge = client.post(
        f"{API}/challenges/", {"page": thread.page_id}, content_type="application/json"
    )
    assert_schema("Challenge", challenge.json())


def test_summary_for_documents(thread):
    make_published(thread)

    assert replies_summaries([thread.page_id]) == {
        thread.page_id: {
            "open": True,
            "moderation": "pre",
            "count": 1,
            "href": f"/api/replies/v1/threads/{thread.page_id}/",
        }
    }
    assert replies_summaries([999_999]) == {}
    assert Reply.objects.count() == 1
