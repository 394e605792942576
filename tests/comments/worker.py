"""One of several processes that act at once: `python -m tests.comments.worker`.

Reads a job a line (`["post", {…}]`), says "ready", waits for a line, acts, and prints one JSON list. Settings come from the
environment.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Run the jobs that come in."""
    django.setup()
    from django.db import connections
    from django.test.utils import setup_test_environment

    setup_test_environment()
    for line in iter(sys.stdin.readline, ""):
        job, argument = json.loads(line)
        run: Callable[[Any], list[Any]] = globals()[f"run_{job}"]
        _say("ready")
        sys.stdin.readline()
        answer = run(argument)
        connections.close_all()
        _say(json.dumps(answer))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_hit(argument: dict[str, Any]) -> list[bool]:
    """Act as often as told; answer which of the acts were allowed."""
    from datetime import datetime

    from comments.ratelimit import Limit, hit

    limits = [Limit(count=argument["limit"], seconds=600)]
    now = datetime.fromisoformat(argument["now"])
    return [
        hit("test", "one network", limits=limits, now=now) is None
        for _ in range(argument["times"])
    ]


def run_post(argument: dict[str, Any]) -> list[list[Any]]:
    """Send each payload; answer its status and what came back."""
    from django.test import Client

    client = Client()
    answers = []
    for data, key in argument["posts"]:
        response = client.post(
            f"/api/replies/v1/threads/{argument['page']}/replies/",
            data,
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        answers.append([response.status_code, response.json()])
    return answers


def run_decide(argument: dict[str, Any]) -> list[str]:
    """Decide on each item; answer the decision's number or the error's code."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from comments.actors import Actor
    from comments.errors import CommentsError
    from comments.models import Action
    from comments.reasons import Reason
    from comments.services import Order, item_decide

    actor = Actor.person(get_user_model().objects.get(pk=argument["user"]))
    order = Order(action=Action(argument["action"]), reason=Reason.ABUSE)
    outcomes = []
    for item_id in argument["items"]:
        try:
            decision = item_decide(item_id, order, actor=actor, now=timezone.now())
            outcomes.append(f"{decision.pk} {decision.action}")
        except CommentsError as error:
            outcomes.append(error.code)
    return outcomes


def run_withdraw(replies: list[str]) -> list[str]:
    """Withdraw each reply as its author; answer what came of it."""
    from uuid import UUID

    from django.utils import timezone

    from comments.actors import Actor
    from comments.services import reply_withdraw

    def withdraw(key: UUID) -> str:
        author = Actor.author(reply_id=key)
        return reply_withdraw(
            key, version=None, actor=author, now=timezone.now()
        ).status

    return [_outcome(withdraw, UUID(key)) for key in replies]


def run_report(replies: list[str]) -> list[str]:
    """Report each reply; answer what came of it."""
    from uuid import UUID

    from django.utils import timezone

    from comments.actors import Actor
    from comments.reasons import ReportReason
    from comments.services import report_submit

    def report(key: UUID) -> str:
        return report_submit(
            key,
            reason=ReportReason.ABUSE,
            text_raw="",
            actor=Actor.guest(),
            network="n",
            now=timezone.now(),
        ).state

    return [_outcome(report, UUID(key)) for key in replies]


def run_claim(argument: dict[str, Any]) -> list[str]:
    """Take each item; answer what came of it."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from comments.actors import Actor
    from comments.services import item_claim

    actor = Actor.person(get_user_model().objects.get(pk=argument["user"]))

    def claim(item_id: int) -> str:
        return item_claim(item_id, version=1, actor=actor, now=timezone.now()).state

    return [_outcome(claim, item_id) for item_id in argument["items"]]


def _outcome(act: Callable[[Any], str], value: Any) -> str:
    from comments.errors import CommentsError

    try:
        return act(value)
    except CommentsError as error:
        return error.code


def run_rerender(argument: dict[str, Any]) -> list[int]:
    """Render everything again as often as told, in small batches; answer how many texts each run saw."""
    from comments.services import replies_rerender

    return [
        sum(b.seen for b in replies_rerender(is_forced=True, batch_size=3))
        for _ in range(argument["times"])
    ]


def run_hang(argument: dict[str, Any]) -> list[Any]:
    """Send a reply and stop for ever just before the transaction would end."""
    import time

    from comments.services import submissions

    store = submissions._store

    def store_and_hang(*args: Any) -> None:
        store(*args)
        _say("hanging")
        time.sleep(600)

    submissions._store = store_and_hang
    return run_post(argument)


if __name__ == "__main__":
    main()
