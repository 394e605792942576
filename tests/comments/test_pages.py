"""Reading and replying without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from comments.models import Action, Reply, ReviewItem, Thread
from comments.tokens import make_form_token, make_status_token

from .factories import decide, make_page, make_published, make_reply, make_thread
from .sending import locked

pytestmark = pytest.mark.django_db


def url(thread: Thread) -> str:
    """Return the address of the thread's own page."""
    return f"/replies/pages/{thread.page_id}/"


def typed(page_id: int, **values: str) -> dict[str, str]:
    """Return what a browser sends."""
    token = make_form_token(page_id, now=timezone.now() - timedelta(minutes=1))
    return {
        "form_token": token,
        "name": "Ana",
        "email": "",
        "body": "Heat **helped** me.",
        "parent": "",
        "website": "",
    } | values


def test_form_leads_to_a_page_that_says_the_reply_waits(client, thread):
    answer = client.post(url(thread), typed(thread.page_id))
    page = client.get(answer["Location"])

    assert answer.status_code == 303
    assert "waits for a moderator" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert Reply.objects.get().origin == "form"


def test_sending_twice_stores_one_reply(client, thread):
    data = typed(thread.page_id)

    first, second = (client.post(url(thread), data) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Reply.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "no"}, "email"),
        ({"body": " "}, "body"),
        ({"body": "x" * 6_000}, "body"),
    ],
)
def test_faults_stand_beside_their_field_and_no_text_is_lost(
    client, thread, change, field
):
    data = typed(
        thread.page_id, name="Ana <b>", email="a@b.example", body="</textarea><i>&amp;"
    )

    answer = client.post(url(thread), data | change)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="reply-{field}_error"' in html
    assert html.count('hp-form__error"') == 1
    kept = {
        "name": "Ana &lt;b&gt;",
        "email": "a@b.example",
        "body": "&lt;/textarea&gt;&lt;i&gt;&amp;amp;",
    }
    for name, text in kept.items():
        if name != field:
            assert text in html
    assert "x" * 6_000 not in change.get("body", "") or "x" * 6_000 in html
    assert Reply.objects.count() == 0


def test_form_that_came_back_can_be_sent_again(client, thread):
    answer = client.post(url(thread), typed(thread.page_id, form_token="stale"))
    token = re.search(r'name="form_token" value="([^"]+)"', answer.content.decode())

    again = client.post(url(thread), typed(thread.page_id, form_token=token[1]))

    assert answer.status_code == 200
    assert "not valid any more" in answer.content.decode()
    assert again.status_code == 303


def test_second_text_with_a_spent_form_is_kept_and_can_be_sent(client, thread):
    data = typed(thread.page_id)
    client.post(url(thread), data)

    answer = client.post(url(thread), data | {"body": "Another text."})

    assert answer.status_code == 200
    assert "Another text." in answer.content.decode()
    assert Reply.objects.count() == 1


def test_reply_to_a_reply_that_went_away_can_be_sent_on_its_own(client, thread):
    gone = make_reply(thread)

    answer = client.post(url(thread), typed(thread.page_id, parent=str(gone.pk)))

    assert answer.status_code == 200
    assert 'name="parent" value=""' in answer.content.decode()


def test_too_many_replies_keep_the_text(client, thread, settings):
    settings.COMMENTS |= {"RATE_LIMITS": ((1, 600),)}
    client.post(url(thread), typed(thread.page_id))

    answer = client.post(url(thread), typed(thread.page_id, body="Kept."))

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "Kept." in answer.content.decode()


def test_locked_database_keeps_the_text(client, thread, monkeypatch):
    monkeypatch.setattr("comments.services.submissions._store", locked)

    answer = client.post(url(thread), typed(thread.page_id, body="Long & dear."))

    assert answer.status_code == 503
    assert "Long &amp; dear.</textarea>" in answer.content.decode()
    assert "could not be stored just now" in answer.content.decode()
    assert Reply.objects.count() == 0


def test_closed_while_writing_keeps_the_text(client, thread):
    Thread.objects.update(mode="closed")

    answer = client.post(url(thread), typed(thread.page_id, body="Kept."))

    assert answer.status_code == 409
    assert "Kept." in answer.content.decode()


def test_post_without_a_csrf_token_is_refused(thread):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(url(thread), typed(thread.page_id))

    assert answer.status_code == 403
    assert Reply.objects.count() == 0


def test_filled_trap_looks_like_any_answer(client, thread):
    answer = client.post(url(thread), typed(thread.page_id, website="x"))

    assert answer.status_code == 303
    assert ReviewItem.objects.get().reasons[0] == "form.honeypot"


def test_answering_shows_whom_and_nests(client, thread):
    parent = make_published(thread)
    page = client.get(url(thread), {"parent": str(parent.pk)})

    client.post(url(thread), typed(thread.page_id, parent=str(parent.pk)))

    html = page.content.decode()
    assert "Reply to <bdi>Ana</bdi>" in html
    assert f'name="parent" value="{parent.pk}"' in html
    assert Reply.objects.exclude(pk=parent.pk).get().parent_id == parent.pk


@pytest.mark.parametrize("values", [{"live": False}, {}])
def test_thread_that_is_not_public_is_not_found(client, values):
    page = make_page(**values)
    make_thread(page, mode="hidden")

    assert client.get(f"/replies/pages/{page.pk}/").status_code == 404
    assert client.post(f"/replies/pages/{page.pk}/", typed(page.pk)).status_code == 404
    assert client.get(f"/replies/pages/{10**25}/").status_code == 404


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (Action.APPROVE, "Your reply is public"),
        (Action.REJECT, "Your reply attacks a person or a group."),
        (Action.SPAM, "advertises something"),
    ],
)
def test_author_reads_what_became_of_the_reply(client, thread, action, text):
    reply = make_reply(thread)
    decide(reply, action, reason="abuse")

    page = client.get(f"/replies/submissions/{make_status_token(reply.pk)}/")

    assert text in page.content.decode()


def test_made_up_receipt_is_not_found(client, db):
    assert client.get("/replies/submissions/made-up/").status_code == 404


def render_tag(page, options: str = "") -> str:
    """Return what the tag shows of *page*."""
    template = Template(
        "{% load health_comments %}{% reply_thread page " + options + " %}"
    )
    request = RequestFactory().get("/")
    return template.render(
        Context({"page": page, "request": request, "csrf_token": "CSRF"})
    )


def test_tag_shows_published_replies_nested_and_the_form(thread):
    parent = make_published(thread, body_raw="First & **foremost**")
    make_published(thread, parent, name_raw="Eva <b>")
    make_reply(thread, body_raw="Nobody has read this.")
    page = thread.page

    html = render_tag(page)

    assert "2 replies" in html
    assert f'id="reply-{parent.pk}"' in html
    assert "First &amp; <strong>foremost</strong>" in html
    assert "<bdi>Eva &lt;b&gt;</bdi>" in html
    assert "hp-thread__list--nested" in html
    assert "<time datetime=" in html
    assert "Nobody has read this." not in html
    assert 'value="CSRF"' in html


@pytest.mark.parametrize(("policy", "waits"), [("pre", True), ("post", False)])
def test_page_shows_the_disclaimer_and_promises_no_moderator_in_vain(
    client, thread, settings, policy, waits
):
    settings.COMMENTS |= {"DISCLAIMER": "Be <b>kind</b>.", "POLICY": policy}

    html = client.get(f"/replies/pages/{thread.page_id}/").content.decode()

    assert "Be &lt;b&gt;kind&lt;/b&gt;." in html
    assert ("A moderator reads every reply" in html) is waits


def test_tag_without_form_links_to_it(thread):
    html = render_tag(thread.page, "with_form=False")

    assert "<form" not in html
    assert f'href="/replies/pages/{thread.page_id}/#reply-form"' in html


def test_tag_shows_nothing_of_a_hidden_thread(thread):
    make_published(thread)
    Thread.objects.update(mode="hidden")

    assert render_tag(thread.page).strip() == ""


def test_tag_of_a_closed_thread_has_no_form(thread):
    make_published(thread)
    Thread.objects.update(mode="closed")

    html = render_tag(thread.page)

    assert "New replies are closed." in html
    assert "<form" not in html
    assert "Reply to" not in html


@pytest.mark.parametrize("number", [2, 20])
def test_tag_takes_two_queries(thread, number, django_assert_num_queries):
    for _ in range(number // 2):
        make_published(thread, make_published(thread))
    page = thread.page

    with django_assert_num_queries(2):
        render_tag(page)


def test_long_thread_goes_on_on_its_own_page(client, thread, settings):
    settings.COMMENTS |= {"PAGE_SIZE": 2, "MAX_CHILDREN": 1}
    replies = [make_published(thread, body_raw=f"Text {n}.") for n in range(3)]
    answers = [
        make_published(thread, replies[0], body_raw=f"Answer {n}.") for n in range(2)
    ]

    html = render_tag(thread.page)
    more = client.get(
        re.search(r'href="([^"#]+)[^"]*" rel="next', html)[1]
    ).content.decode()
    branch = client.get(
        re.search(r'href="([^"#]+branch[^"#]+)', html)[1]
    ).content.decode()

    assert [f"Text {n}." in html for n in range(3)] == [True, True, False]
    assert [f"Text {n}." in more for n in range(3)] == [False, False, True]
    assert [f"Answer {n}." in html for n in range(2)] == [True, False]
    assert [f"Answer {n}." in branch for n in range(2)] == [True, True]
    assert len(answers) == 2
