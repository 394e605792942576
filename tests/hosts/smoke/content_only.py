import json

import pytest
from django.apps import apps
from wagtail.models import Page, Site

pytestmark = pytest.mark.django_db


def test_article_goes_from_page_to_api_and_to_readers_without_replies(
    client, django_capture_on_commit_callbacks
):
    from health_content.pages.models import ArticlePage, IndexPage

    assert not apps.is_installed("comments")
    home = IndexPage(title="Health", slug="health")
    article = ArticlePage(
        title="Sleep",
        slug="sleep",
        body=json.dumps([{"type": "rich_text", "value": "<p>Rest well.</p>"}]),
    )
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(depth=1).add_child(instance=home)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
        )
        Site.clear_site_root_paths_cache()
        home.add_child(instance=article)

    document = client.get(f"/content/articles/{article.pk}/").json()
    assert document["title"] == "Sleep"
    assert "Rest well." in document["body"][0]["body"]["html"]
    assert document["replies"] is None
    assert "Rest well." in client.get("/sleep/").content.decode()
