"""A reply counts once, however often it is sent."""

from __future__ import annotations

import pytest

from comments.models import Action, Reply, Thread

from .factories import decide, make_thread
from .sending import assert_problem, locked, payload, pointers, post, row_counts

pytestmark = pytest.mark.django_db


def test_second_post_with_the_same_key_gives_the_same_answer_and_no_row(client, thread):
    data = payload(thread.page_id)
    first = post(client, thread.page_id, data, key="one")
    before = row_counts()

    second = post(client, thread.page_id, data, key="one")

    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert row_counts() == before


def test_same_form_without_a_key_counts_once(client, thread):
    data = payload(thread.page_id)

    answers = [post(client, thread.page_id, data) for _ in range(3)]

    assert {(answer.status_code, answer.content) for answer in answers} == {
        (202, answers[0].content)
    }
    assert Reply.objects.count() == 1


def test_answer_stays_the_same_after_the_decision_and_after_closing(client, thread):
    data = payload(thread.page_id)
    first = post(client, thread.page_id, data, key="one")
    decide(Reply.objects.get(), Action.APPROVE)
    Thread.objects.update(mode="closed")

    second = post(client, thread.page_id, data, key="one")

    assert (second.status_code, second.content) == (202, first.content)


def test_same_key_with_another_body_is_a_mismatch(client, thread):
    data = payload(thread.page_id)
    post(client, thread.page_id, data, key="one")

    answer = post(client, thread.page_id, data | {"body": "Something else."}, key="one")

    assert_problem(answer, 422, "idempotency-mismatch")
    assert Reply.objects.count() == 1


def test_form_token_counts_once(client, thread):
    data = payload(thread.page_id)
    post(client, thread.page_id, data, key="one")

    answer = post(client, thread.page_id, data | {"body": "More."}, key="two")

    assert_problem(answer, 409, "form-spent")
    assert Reply.objects.count() == 1


def test_same_key_of_another_person_is_another_reply(client, thread):
    first = post(client, thread.page_id, payload(thread.page_id), key="1").json()

    second = post(client, thread.page_id, payload(thread.page_id), key="1").json()

    assert first["id"] != second["id"]
    assert first["status_url"] != second["status_url"]
    assert Reply.objects.count() == 2


KEY = "2f1c9a52-7f7e-4c39-9d0a-6d1f5b8f3c11"


def test_retry_with_a_fresh_form_gets_the_same_answer_and_no_row(client, thread):
    """As after a time-out and a reload: the client kept its key and its text, and drew the form anew."""
    first = post(client, thread.page_id, payload(thread.page_id), key=KEY)
    before = row_counts()

    again = post(client, thread.page_id, payload(thread.page_id), key=KEY)

    assert (again.status_code, again.content) == (202, first.content)
    assert row_counts() == before


@pytest.mark.parametrize(
    "change",
    [
        {"body": "Other words."},
        {"name": "Bea"},
        {"email": "ana@example.org"},
        {"website": "x"},
    ],
)
def test_long_key_tells_nobody_of_another_persons_reply(client, thread, change):
    fresh = post(client, thread.page_id, payload(thread.page_id), key=KEY[::-1])
    first = post(client, thread.page_id, payload(thread.page_id), key=KEY)

    other = post(client, thread.page_id, payload(thread.page_id, **change), key=KEY)

    assert other.status_code == fresh.status_code == 202
    assert other.json().keys() == fresh.json().keys()
    assert other.json()["id"] != first.json()["id"]
    assert Reply.objects.count() == 3


def test_long_key_counts_for_one_page(client, thread):
    elsewhere = make_thread()
    first = post(client, thread.page_id, payload(thread.page_id), key=KEY)

    other = post(client, elsewhere.page_id, payload(elsewhere.page_id), key=KEY)

    assert other.json()["id"] != first.json()["id"]


def test_spent_form_is_judged_before_the_retry(client, thread):
    spent = payload(thread.page_id, body="First words.")
    post(client, thread.page_id, spent, key="another key, as long as others")
    post(client, thread.page_id, payload(thread.page_id), key=KEY)

    answer = post(
        client, thread.page_id, spent | {"body": "Heat **helped** me."}, key=KEY
    )

    assert_problem(answer, 409, "form-spent")


@pytest.mark.parametrize("key", ["x" * 256, "caf\u00e9", "a\tb"])
def test_unusable_key_is_refused(client, thread, key):
    answer = post(client, thread.page_id, payload(thread.page_id), key=key)

    assert pointers(assert_problem(answer, 400, "invalid-request")) == {
        "#/Idempotency-Key": "invalid-value"
    }


def test_locked_database_stores_nothing_and_the_same_can_be_sent_again(
    client, thread, monkeypatch
):
    client.raise_request_exception = False
    data, before = payload(thread.page_id), row_counts()
    with monkeypatch.context() as patch:
        patch.setattr("comments.services.submissions._store", locked)
        answer = post(client, thread.page_id, data, key="one")

    again = post(client, thread.page_id, data, key="one")

    assert_problem(answer, 503, "unavailable")
    assert answer["Retry-After"] == "10"
    assert before == [0, 0, 0, 0, 0, 1]
    assert (again.status_code, row_counts()) == (202, [1] * 6)


def test_repetition_is_not_counted(client, thread, settings):
    settings.COMMENTS |= {"RATE_LIMITS": ((1, 600),)}
    data = payload(thread.page_id)

    answers = [post(client, thread.page_id, data) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 202]
