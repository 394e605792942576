"""Stored replies are rendered again when the renderer's rules change."""

from __future__ import annotations

from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from comments.models import Action, ReplyRevision, Thread
from comments.sanitize import RENDERER_VERSION
from comments.services import replies_rerender
from comments.services.assessing import text_hash
from comments.signals import thread_changed

from .factories import decide, make_published, make_reply, make_thread

pytestmark = pytest.mark.django_db
API = "/api/replies/v1"
OLD = {"renderer_version": "0", "body_html": "<p>old</p>", "body_text": "old"}


def make_old(*, same: bool = False) -> None:
    """Make all stored texts look as an earlier renderer left them: other words, or the *same*."""
    ReplyRevision.objects.update(**({"renderer_version": "0"} if same else OLD))


def versions() -> list[int]:
    """Return the version of every thread."""
    return list(Thread.objects.order_by("pk").values_list("version", flat=True))


def stored() -> list[tuple]:
    """Return what is kept of every text."""
    fields = ("renderer_version", "body_html", "body_text", "text_hash")
    return list(ReplyRevision.objects.order_by("pk").values_list(*fields))


def run(capsys, *options: str) -> tuple[list[str], list[str]]:
    """Run the command; return the lines of both its outputs."""
    call_command("rerender_replies", *options)
    output, complaints = capsys.readouterr()
    return output.splitlines(), complaints.splitlines()


def test_every_text_is_made_anew_and_readers_see_it_at_once(client, thread, capsys):
    make_published(thread, body_raw="**Heat**")
    rejected = make_reply(thread, body_raw="*Cold*")
    decide(rejected, Action.REJECT, reason="abuse")
    fresh = stored()
    make_old()
    address = f"{API}/threads/{thread.page_id}/replies/"
    before = client.get(address)

    output, complaints = run(capsys)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert before.json()["items"][0]["body_html"] == "<p>old</p>"
    assert after.json()["items"][0]["body_html"] == "<p><strong>Heat</strong></p>"
    assert stored() == fresh
    assert fresh[1] == (
        RENDERER_VERSION,
        "<p><em>Cold</em></p>",
        "Cold",
        text_hash("Cold"),
    )
    assert output == ["Texts rendered: 2; changed: 2; threads with a new version: 1."]
    assert complaints == []


def test_only_threads_in_which_a_reader_sees_a_difference_get_a_version(thread):
    make_published(thread)
    waiting, hiding = make_thread(), make_thread()
    make_reply(waiting)
    make_published(hiding)
    decide(make_published(hiding), Action.HIDE, reason="abuse")
    make_old(same=True)
    ReplyRevision.objects.filter(reply__thread=waiting).update(**OLD)
    ReplyRevision.objects.filter(reply__status="hidden").update(**OLD)
    ReplyRevision.objects.filter(reply__thread=thread).update(**OLD)
    before = versions()

    [batch] = replies_rerender()

    assert (batch.seen, batch.changed, batch.threads) == (4, 3, 1)
    assert versions() == [before[0] + 1, *before[1:]]
    assert set(ReplyRevision.objects.values_list("renderer_version", flat=True)) == {
        RENDERER_VERSION
    }


def test_change_is_announced_once_a_thread(thread, django_capture_on_commit_callbacks):
    make_published(thread)
    make_published(thread)
    make_old()
    heard: list[int] = []

    def listen(page_id: int, **_kwargs: object) -> None:
        heard.append(page_id)

    thread_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            list(replies_rerender())
    finally:
        thread_changed.disconnect(listen)

    assert heard == [thread.page_id]


def test_dry_run_says_the_same_and_writes_nothing(thread, capsys):
    make_published(thread)
    make_old()
    before = (stored(), versions())

    output, _complaints = run(capsys, "--dry-run")

    assert output == [
        "Texts rendered: 1; changed: 1; threads with a new version: 1.",
        "Nothing was written: this was a dry run.",
    ]
    assert (stored(), versions()) == before


def test_stopped_run_goes_on_where_it_was(thread):
    for _ in range(5):
        make_published(thread)
    make_old()

    first = list(islice(replies_rerender(batch_size=2), 1))
    rest = list(replies_rerender(batch_size=2))

    assert [batch.seen for batch in first + rest] == [2, 2, 1]
    assert list(replies_rerender()) == []


def test_all_looks_at_every_text_and_changes_none_that_is_right(thread, capsys):
    make_published(thread)
    before = (stored(), versions())

    passed_over, _complaints = run(capsys)
    output, _complaints = run(capsys, "--all", "--verbosity", "2")

    assert passed_over == [
        "Texts rendered: 0; changed: 0; threads with a new version: 0."
    ]
    assert output == [
        "Texts so far: 1.",
        "Texts rendered: 1; changed: 0; threads with a new version: 0.",
    ]
    assert (stored(), versions()) == before


def test_text_over_todays_limit_is_left_and_named(thread, monkeypatch, capsys):
    long, short = make_published(thread), make_published(thread, body_raw="Short")
    make_old()
    monkeypatch.setattr("comments.sanitize.MAX_CHARACTERS", 10)

    with pytest.raises(CommandError, match="Texts left as they were: 1"):
        call_command("rerender_replies")

    output, complaints = capsys.readouterr()
    assert output == "Texts rendered: 2; changed: 1; threads with a new version: 1.\n"
    assert complaints == f"Too long, left as it was: {long.pk}\n"
    assert [html for _version, html, *_rest in stored()] == [
        "<p>old</p>",
        "<p>Short</p>",
    ]
    assert short.published_revision_id != long.published_revision_id


def test_text_that_is_escaped_now_is_named(thread, monkeypatch, capsys):
    reply = make_published(thread, body_raw="**bold**")
    make_old()
    monkeypatch.setattr("comments.sanitize._is_canonical", lambda _html: False)

    _output, complaints = run(capsys)

    assert complaints == [f"Shown as escaped text now: {reply.pk}"]
    assert stored()[0][1] == "<p>**bold**</p>"


@pytest.mark.parametrize("number", [2, 20])
def test_batch_takes_the_same_queries_for_any_number_of_right_texts(
    thread, number, django_assert_num_queries
):
    for _ in range(number):
        make_published(thread)
    make_old(same=True)

    # Read, savepoint, the version of all texts, savepoint, read again.
    with django_assert_num_queries(5):
        list(replies_rerender())
