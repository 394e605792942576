"""What neither part can do alone."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, Site

from comments.actors import Actor
from comments.models import Action, ReviewItem
from comments.services import Order, Submission, item_decide, reply_submit
from comments.tokens import make_form_token
from health_content.pages.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        home = IndexPage(title="Health", slug="health")
        Page.objects.get(depth=1).add_child(instance=home)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
        )
        Site.clear_site_root_paths_cache()
        page = ArticlePage(
            title="Sleep",
            slug="sleep",
            body=json.dumps([{"type": "rich_text", "value": "<p>Rest.</p>"}]),
        )
        home.add_child(instance=page)
        page.save_revision().publish()
    return page


def test_approved_reply_is_counted_in_the_document_at_once(
    article, client, django_capture_on_commit_callbacks
):
    url = f"/api/content/v1/articles/{article.pk}/"
    before = client.get(url)
    now = timezone.now()
    submission = Submission(
        page_id=article.pk,
        form_token_raw=make_form_token(article.pk, now=now),
        name_raw="Ada",
        email_raw="",
        body_raw="Thank you.",
        parent_raw="",
        website_raw="",
    )
    moderator = Actor.person(get_user_model().objects.create_superuser("moderator"))

    with django_capture_on_commit_callbacks(execute=True):
        reply_submit(submission, actor=Actor.guest(), network="n", now=now)
        item = ReviewItem.objects.get()
        item_decide(item.pk, Order(action=Action.APPROVE), actor=moderator, now=now)

    after = client.get(url)
    assert before.json()["replies"]["count"] == 0
    assert after.json()["replies"]["count"] == 1
    assert after["ETag"] != before["ETag"]
