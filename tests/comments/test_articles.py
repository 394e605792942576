"""Replies below the articles of the content part, end to end as a site without its own code has them."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from wagtail.models import Site

from comments.models import Reply, Thread

from .factories import make_moderator
from .test_desk import choose

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not apps.is_installed("health_content.pages")
        and not apps.is_installed("wagtail_healthpress.health_content.pages"),
        reason="needs the concrete pages of the content part",
    ),
]
API = "/api/replies/v1"


@pytest.fixture(autouse=True)
def _default_settings(settings):
    """Use the site's defaults: pages say themselves whether they take replies."""
    settings.COMMENTS = {}


@pytest.fixture
def article(db):
    """Return a published article whose replies are open."""
    root = Site.objects.get(is_default_site=True).root_page
    page = apps.get_model("health_pages", "ArticlePage")(
        title="Heat", slug="heat", live=False
    )
    root.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_publishing_opens_the_thread(client, article):
    assert Thread.objects.get().mode == "open"
    assert client.get(f"{API}/threads/{article.pk}/").json()["open"] is True


def test_draft_has_no_thread(client, db):
    root = Site.objects.get(is_default_site=True).root_page
    page = apps.get_model("health_pages", "ArticlePage")(
        title="Heat", slug="heat", live=False
    )
    root.add_child(instance=page)

    assert Thread.objects.count() == 0
    assert client.get(f"{API}/threads/{page.pk}/").status_code == 404


def test_mode_follows_what_is_published_not_the_draft(client, article):
    article.replies_mode = "hidden"
    revision = article.save_revision()
    while_draft = client.get(f"{API}/threads/{article.pk}/").status_code

    revision.publish()

    assert while_draft == 200
    assert client.get(f"{API}/threads/{article.pk}/").status_code == 404


def test_reply_from_the_form_to_the_public_page(client, article):
    """The whole way: challenge, post, again, wait, approve in the admin, public as inert text with bold."""
    challenge = client.post(
        f"{API}/challenges/", {"page": article.pk}, content_type="application/json"
    ).json()
    data = json.dumps(
        {
            "form_token": challenge["form_token"],
            "name": "Ana",
            "email": "ana@example.org",
            "body": "Hello <script>alert(1)</script> [x](javascript:alert(1)) **bold**",
            "parent": None,
            "website": "",
        }
    )

    answers = [
        client.post(
            f"{API}/threads/{article.pk}/replies/",
            data,
            content_type="application/json",
            headers={"Idempotency-Key": "story"},
        )
        for _ in range(2)
    ]
    before = client.get(f"{API}/threads/{article.pk}/replies/").json()
    client.force_login(make_moderator())
    choose(client, Reply.objects.get(), "approve")
    client.logout()
    after = client.get(f"{API}/threads/{article.pk}/replies/").json()
    html = client.get(article.url).content.decode()

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert before["items"] == []
    [item] = after["items"]
    assert "<strong>bold</strong>" in item["body_html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in item["body_html"]
    assert "href" not in item["body_html"]
    assert item["body_html"] in html
    assert "<script>alert(1)" not in html
    assert "ana@example.org" not in html + json.dumps(after)
