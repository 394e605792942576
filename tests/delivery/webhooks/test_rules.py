"""The pure rules of webhooks: signatures, types, times."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from health_content.delivery.recalls.rules import Point, is_settled
from health_content.delivery.signing import format_secret, sign
from health_content.delivery.webhooks.event_types import (
    EVENT_TYPES,
    DocumentState,
    document_events,
    ends_recall,
    is_recall,
    is_urgent,
    merge_types,
    redirect_event,
    review_state,
)
from health_content.delivery.webhooks.schedule import (
    DELAYS,
    Verdict,
    judge,
    next_delay,
    next_rest,
    read_retry_after,
)

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
KEYS = st.binary(min_size=24, max_size=64)


def signature_by_the_specification(key: bytes, message_id: str, moment: int, body: str) -> str:  # fmt: skip
    """Return what Standard Webhooks 1.0.0 ("Signature scheme") says, without anybody's library."""
    content = f"{message_id}.{moment}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()  # fmt: skip


def test_signature_is_that_of_the_specifications_example():
    """The example of the reference libraries' test suites."""
    headers = sign(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        '{"test": 2432232314}',
        secrets=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@given(
    keys=st.lists(KEYS, min_size=1, max_size=3),
    body=st.text(st.characters(codec="utf-8")),
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)  # fmt: skip
def test_each_secret_verifies_what_was_signed(keys, body, moment):
    headers = sign("msg_1", moment, body, secrets=map(format_secret, keys))

    assert headers["webhook-signature"].split(" ") == [
        signature_by_the_specification(key, "msg_1", int(moment.timestamp()), body)
        for key in keys
    ]


def test_the_librarys_verification_accepts_either_secret_of_a_rotation():
    new, old, other = (format_secret(bytes([n]) * 32) for n in range(3))
    headers = sign("msg_1", datetime.now(UTC), '{"a":1}', secrets=[new, old])

    assert Webhook(new).verify('{"a":1}', headers) == {"a": 1}
    assert Webhook(old).verify('{"a":1}', headers) == {"a": 1}
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(other).verify('{"a":1}', headers)


def test_key_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="24"):
        format_secret(b"x" * 23)


FIRST = DocumentState(type="article", site_id=1, path="/a/", version=1)
SECOND = replace(FIRST, version=2)
ELSEWHERE = replace(SECOND, path="/b/")
REVIEWED = replace(SECOND, review="by somebody")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, FIRST, ("article.published",)),
        (FIRST, SECOND, ("article.updated",)),
        (FIRST, ELSEWHERE, ("article.moved",)),
        (FIRST, None, ("article.unpublished",)),
        (FIRST, FIRST, ()),
        (None, None, ()),
        (None, replace(FIRST, type="faq"), ("faq.published",)),
        (None, replace(FIRST, type="index"), ()),
        (FIRST, REVIEWED, ("article.updated", "article.reviewed")),
        (FIRST, replace(REVIEWED, path="/b/"), ("article.moved", "article.reviewed")),
        (SECOND, REVIEWED, ("article.reviewed",)),
        (None, REVIEWED, ("article.published",)),
        (REVIEWED, None, ("article.unpublished",)),
    ],
)
def test_change_of_a_document_is_so_many_events(before, after, expected):
    assert document_events(before, after) == expected


REVIEW = {"status": "current", "last_reviewed": "2026-11-19", "next_review": "2027-11-19", "reviewed_by": [], "overdue_action": None}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "is_review"),
    [
        ({"last_reviewed": "2026-11-20"}, True),
        ({"next_review": None}, True),
        ({"reviewed_by": [{"name": "A. Fictional"}]}, True),
        ({"status": "overdue", "overdue_action": "banner"}, False),
        ({"status": "due"}, False),
        ({}, False),
    ],
)
def test_review_is_who_and_when_and_not_that_time_goes_by(change, is_review):
    before = review_state({"review": REVIEW})
    after = review_state({"review": REVIEW | change})

    assert (before != after) is is_review


def test_envelope_without_a_review_states_none():
    assert review_state({}) == review_state({"review": {"status": "none"}}) == "{}"


@pytest.mark.parametrize(
    ("was_public", "is_public", "expected"),
    [
        (False, True, "redirect.created"),
        (True, True, "redirect.updated"),
        (True, False, "redirect.deleted"),
    ],
)
def test_redirect_is_what_the_public_knows_of_it(was_public, is_public, expected):
    assert redirect_event(was_public=was_public, is_public=is_public) == expected


@pytest.mark.parametrize(
    ("waiting", "newer", "told"),
    [
        ([], "article.updated", "article.updated"),
        (["article.updated"], "article.updated", "article.updated"),
        (["article.published"], "article.updated", "article.published"),
        (["article.published"], "article.moved", "article.published"),
        (["article.moved", "article.updated"], "article.updated", "article.moved"),
        (["article.published", "article.moved"], "article.updated", "article.published"),
        (["article.published"], "article.unpublished", "article.unpublished"),
        (["article.unpublished"], "article.published", "article.published"),
        (["reply.approved"], "reply.removed", "reply.removed"),
    ],
)  # fmt: skip
def test_waiting_events_come_to_one(waiting, newer, told):
    assert merge_types(waiting, newer) == told


@given(st.lists(st.sampled_from(["published", "updated", "moved", "unpublished"]), min_size=1))  # fmt: skip
def test_merged_events_say_whether_the_page_is_public_now(verbs):
    """Merging one after the other, as the outbox does, never loses the last word."""
    told = f"article.{verbs[0]}"
    for verb in verbs[1:]:
        told = merge_types([told], f"article.{verb}")

    assert (told == "article.unpublished") is (verbs[-1] == "unpublished")


def test_only_a_recall_is_urgent():
    urgent = [event_type for event_type in EVENT_TYPES if is_urgent(event_type)]

    assert urgent == ["article.withdrawn", "faq.withdrawn"]


def test_only_what_is_public_again_ends_a_recall():
    """So that nothing else takes the place of a recall that waits: an update least of all."""
    recalls = [event_type for event_type in EVENT_TYPES if is_recall(event_type)]
    ends = [event_type for event_type in EVENT_TYPES if ends_recall(event_type)]

    assert recalls == ["article.withdrawn", "faq.withdrawn"]
    assert ends == ["article.published", "faq.published"]


def test_schedule_is_the_one_of_the_specification():
    hours = [round(delay.total_seconds() / 3600, 4) for delay in DELAYS]

    assert hours == [0, 0.0014, 0.0833, 0.5, 2, 5, 10, 14, 20, 24]


@given(
    attempts=st.integers(1, 20),
    jitter=st.floats(0, 1),
    asked=st.none() | st.timedeltas(timedelta(0), timedelta(hours=24)),
)
def test_delay_follows_the_schedule_with_at_most_a_fifth_more(attempts, jitter, asked):
    delay = next_delay(attempts, jitter=jitter, asked=asked)

    if attempts >= 10:
        assert delay is None
    else:
        assert delay is not None
        assert delay >= max(DELAYS[attempts], asked or timedelta(0))
        assert delay <= max(DELAYS[attempts] * 1.2, asked or timedelta(0))


@pytest.mark.parametrize(
    ("attempts", "jitter", "asked", "expected"),
    [
        (1, 0.0, None, timedelta(seconds=5)),
        (1, 1.0, None, timedelta(seconds=6)),
        (1, 1.0, timedelta(seconds=5), timedelta(seconds=6)),
        (1, 1.0, timedelta(hours=1), timedelta(hours=1)),
        (9, 0.5, None, timedelta(hours=26, minutes=24)),
        (10, 0.0, timedelta(hours=1), None),
    ],
)
def test_delay_is_lengthened_by_chance_and_by_the_receiver(
    attempts, jitter, asked, expected
):
    assert next_delay(attempts, jitter=jitter, asked=asked) == expected


def test_rest_of_an_endpoint_grows_to_five_minutes():
    rests = [next_rest(failures).total_seconds() for failures in (1, 2, 3, 6, 7, 10_000)]  # fmt: skip

    assert rests == [5, 10, 20, 160, 300, 300]
    assert next_rest(1, asked=timedelta(hours=1)) == timedelta(hours=1)
    assert next_rest(9, asked=timedelta(0)) == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("9" * 400, 86_400),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 22 Nov 2099 12:02:00 GMT", 86_400),
        ("Sun, 22 Nov 2026 12:02:00 -0000", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
    ],
)
def test_retry_after_is_read_and_bounded(header, seconds):
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert read_retry_after(header, now=NOW) == expected


@given(st.text())
def test_retry_after_takes_any_text(header):
    asked = read_retry_after(header, now=NOW)

    assert asked is None or timedelta(0) <= asked <= timedelta(hours=24)


@pytest.mark.parametrize(("status", "verdict"), [*product((200, 202, 204, 299), [Verdict.DELIVERED]), *product((101, 199, 300, 301, 304, 308, 400, 404, 429, 500, 503, 999), [Verdict.RETRY]), (410, Verdict.GONE)])  # fmt: skip
def test_status_decides(status, verdict):
    assert judge(status) is verdict


@pytest.mark.parametrize(
    ("told", "recall", "has_newer", "expected"),
    [
        (Point(number=5), Point(number=5, version=2), False, True),
        (Point(number=6), Point(number=5, version=2), False, True),
        (Point(number=4), Point(number=5, version=2), False, False),
        (Point(version=2), Point(number=5, version=2), False, True),
        (Point(version=1), Point(number=5, version=2), False, False),
        (Point(number=4, version=2), Point(number=5, version=2), False, True),
        (Point(), Point(), False, False),
        (Point(number=5), Point(number=5, version=2), True, False),
        (Point(number=6), Point(number=5, version=2), True, True),
        (Point(version=2), Point(number=5, version=2), True, False),
        (Point(version=3), Point(number=5, version=2), True, True),
    ],
)
def test_statement_settles_a_recall_that_it_reaches(told, recall, has_newer, expected):
    assert is_settled(told, recall, has_newer=has_newer) is expected
