"""Several real processes act at once, on whichever database the suite runs on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comments.models import (
    Decision,
    IdempotencyRecord,
    Participant,
    RateWindow,
    Reply,
    ReplyRevision,
    Report,
    ReviewItem,
    Thread,
)

from .factories import (
    NOW,
    make_moderator,
    make_page,
    make_published,
    make_reply,
    make_thread,
)
from .sending import payload

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
# The children of a table before it.
TABLES = (Report, Decision, ReviewItem, IdempotencyRecord, RateWindow)
IDLE: list[subprocess.Popen[str]] = []


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """Open the database without the transaction that other tests run in: other processes must see what is written."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def committed(_django_db_helper):
    """Return a thread and a list for users; leave nothing behind."""
    users: list = []
    page = make_page()
    yield make_thread(page), users
    for model in TABLES:
        model.objects.all()._raw_delete(connection.alias)
    page.delete()
    Participant.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    for user in users:
        user.delete()


def database_url() -> str:
    """Return the address of the test database for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = (
        f"{values['USER']}:{values['PASSWORD']}"
        if values["PASSWORD"]
        else values["USER"]
    )
    return f"postgres://{login}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


@pytest.fixture(autouse=True, scope="module")
def _pool():
    """Stop the workers that the tests of this module shared: a process takes longer to start than to act."""
    yield
    while IDLE:
        IDLE.pop().communicate()


def start() -> subprocess.Popen[str]:
    """Start a worker that waits for jobs."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.comments.worker_settings",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.comments.worker"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def tell(worker: subprocess.Popen[str], line: str) -> None:
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()


def run_together(job: str, arguments: list[object]) -> list[list]:
    """Let one worker for each argument act at the same moment; return what each says."""
    return run_jobs([(job, argument) for argument in arguments])


def run_jobs(jobs: list[tuple[str, object]]) -> list[list]:
    """Let one worker for each job act at the same moment; return what each says."""
    IDLE.extend(start() for _ in range(len(jobs) - len(IDLE)))
    workers = IDLE[: len(jobs)]
    for worker, job in zip(workers, jobs, strict=True):
        tell(worker, json.dumps(job))
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        tell(worker, "go")
    return [json.loads(worker.stdout.readline()) for worker in workers]


def test_limit_of_five_lets_exactly_five_through_eight_processes(committed):
    argument = {"limit": 5, "times": 20, "now": NOW.isoformat()}

    allowed = run_together("hit", [argument] * 8)

    assert sum(map(sum, allowed)) == 5
    assert RateWindow.objects.get().n == 160


def test_same_form_sent_by_eight_processes_counts_once(committed):
    thread, _users = committed
    post = [payload(thread.page_id), "one"]

    answers = run_together("post", [{"page": thread.page_id, "posts": [post] * 3}] * 8)

    flat = [json.dumps(answer) for worker in answers for answer in worker]
    assert len(set(flat)) == 1
    assert json.loads(flat[0])[0] == 202
    assert (
        Reply.objects.count()
        == ReplyRevision.objects.count()
        == ReviewItem.objects.count()
        == 1
    )


def test_same_key_with_eight_forms_in_eight_processes_counts_once(committed):
    thread, _users = committed
    key = "2f1c9a52-7f7e-4c39-9d0a-6d1f5b8f3c11"

    answers = run_together(
        "post",
        [
            {
                "page": thread.page_id,
                "posts": [[payload(thread.page_id), key] for _ in range(3)],
            }
            for _ in range(8)
        ],
    )

    flat = {json.dumps(answer) for worker in answers for answer in worker}
    assert len(flat) == 1
    assert Reply.objects.count() == Participant.objects.count() == 1


def test_three_hundred_posts_by_three_processes_are_three_hundred_replies(committed):
    thread, _users = committed
    posts = [
        [
            [
                payload(thread.page_id, body=f"Text {worker}-{number}"),
                f"{worker}-{number}",
            ]
            for number in range(100)
        ]
        for worker in range(3)
    ]

    answers = run_together(
        "post", [{"page": thread.page_id, "posts": part} for part in posts]
    )

    assert Counter(status for worker in answers for status, _body in worker) == {
        202: 300
    }
    sources = dict(ReplyRevision.objects.values_list("reply_id", "source"))
    sent = {
        answer["id"]: data["body"]
        for part, worker in zip(posts, answers, strict=True)
        for (data, _key), (_status, answer) in zip(part, worker, strict=True)
    }
    assert {str(reply_id): source for reply_id, source in sources.items()} == sent


def test_two_moderators_decide_each_item_once(committed):
    thread, users = committed
    replies = [make_reply(thread) for _ in range(20)]
    items = list(ReviewItem.objects.order_by("pk").values_list("pk", flat=True))
    users += [make_moderator(), make_moderator()]

    approver, rejecter = run_together(
        "decide",
        [
            {"user": users[0].pk, "action": "approve", "items": items},
            {"user": users[1].pk, "action": "reject", "items": items[::-1]},
        ],
    )

    assert Decision.objects.count() == len(replies) == 20
    done = Counter(answer == "decision.stale" for answer in approver + rejecter)
    assert done == {True: 20, False: 20}
    thread = Thread.objects.get(pk=thread.pk)
    assert thread.reply_count == Reply.objects.filter(status="published").count()


def test_two_moderators_who_want_the_same_get_the_same_decision(committed):
    thread, users = committed
    for _ in range(20):
        make_reply(thread)
    items = list(ReviewItem.objects.order_by("pk").values_list("pk", flat=True))
    users += [make_moderator(), make_moderator()]

    first, second = run_together(
        "decide",
        [{"user": user.pk, "action": "approve", "items": items} for user in users],
    )

    assert first == second
    assert Decision.objects.count() == 20
    assert Thread.objects.get(pk=thread.pk).reply_count == 20


def test_item_taken_by_two_at_once_is_had_by_one(committed):
    thread, users = committed
    for _ in range(10):
        make_reply(thread)
    items = list(ReviewItem.objects.order_by("pk").values_list("pk", flat=True))
    users += [make_moderator(), make_moderator()]

    first, second = run_together(
        "claim",
        [
            {"user": users[0].pk, "items": items},
            {"user": users[1].pk, "items": items[::-1]},
        ],
    )

    assert Counter(first + second) == {"claimed": 10, "decision.stale": 10}
    holders = Counter(ReviewItem.objects.values_list("assignee_id", flat=True))
    assert sum(holders.values()) == 10
    assert set(holders) <= {user.pk for user in users}


def test_hiding_withdrawing_and_reporting_at_once_leave_exact_counters(committed):
    thread, users = committed
    root = make_published(thread)
    keys = [str(make_published(thread, root).pk) for _ in range(10)]
    items = list(
        ReviewItem.objects.exclude(reply=root)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    users.extend(
        Decision.objects.exclude(actor=None).values_list("actor", flat=True).distinct()
    )
    users[:] = list(type(make_moderator()).objects.filter(pk__in=users))
    moderator = make_moderator()
    users.append(moderator)
    hide = {"user": moderator.pk, "action": "hide", "items": items}

    hidden, withdrawn, reported = run_jobs(
        [("decide", hide), ("withdraw", keys[::-1]), ("report", keys)]
    )

    public = Reply.objects.filter(status="published").count()
    root.refresh_from_db()
    thread = Thread.objects.get(pk=thread.pk)
    assert thread.reply_count == public
    assert root.reply_count == public - 1
    assert not Report.objects.filter(state="received").exclude(
        reply__status="published"
    )
    assert len(hidden) == len(withdrawn) == len(reported) == 10
    statuses = Counter(
        Reply.objects.exclude(pk=root.pk).values_list("status", flat=True)
    )
    assert statuses["removed"] == withdrawn.count("removed")
    assert statuses["pending"] == 0


def test_rendering_anew_gets_in_nobodys_way(committed):
    thread, users = committed
    for _ in range(20):
        make_reply(thread)
    ReplyRevision.objects.update(renderer_version="0", body_html="<p>old</p>")
    items = list(ReviewItem.objects.order_by("pk").values_list("pk", flat=True))
    users.append(make_moderator())
    decide = {"user": users[0].pk, "action": "approve", "items": items}

    decided, seen, _seen = run_jobs(
        [("decide", decide), ("rerender", {"times": 3}), ("rerender", {"times": 3})]
    )

    assert [answer.split()[1] for answer in decided] == ["approve"] * 20
    assert seen == [20, 20, 20]
    assert not ReplyRevision.objects.filter(body_html="<p>old</p>").exists()
    thread = Thread.objects.get(pk=thread.pk)
    assert thread.reply_count == Reply.objects.filter(status="published").count() == 20
    assert thread.version >= 21


def test_killed_process_leaves_nothing_and_the_form_can_be_sent_again(committed):
    thread, _users = committed
    argument = {"page": thread.page_id, "posts": [[payload(thread.page_id), "one"]]}
    victim = start()
    tell(victim, json.dumps(["hang", argument]))
    assert victim.stdout.readline() == "ready\n"
    tell(victim, "go")
    assert victim.stdout.readline() == "hanging\n"

    victim.kill()
    victim.communicate()
    left = (
        Reply.objects.count(),
        IdempotencyRecord.objects.count(),
        Participant.objects.count(),
    )
    [[answer]] = run_together("post", [argument])

    assert left == (0, 0, 0)
    assert answer[0] == 202
    assert Reply.objects.count() == 1
    assert timezone.now() > NOW
