import json

import pytest
from wagtail.models import Page, Site

pytestmark = pytest.mark.django_db


def test_article_is_published_and_read_without_a_content_api(client):
    from health_content.pages.models import ArticlePage, IndexPage

    home = IndexPage(title="Health", slug="health")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    article = ArticlePage(
        title="Sleep",
        slug="sleep",
        body=json.dumps([{"type": "rich_text", "value": "<p>Rest well.</p>"}]),
    )
    home.add_child(instance=article)

    assert "Rest well." in client.get("/sleep/").content.decode()
    assert client.get(f"/content/articles/{article.pk}/").status_code == 404
    assert client.get(f"/answers/threads/{article.pk}/").json()["mode"] == "open"
