import json

import pytest
from django.apps import apps
from wagtail.models import Page, Site

pytestmark = pytest.mark.django_db


def test_page_class_of_the_site_is_delivered_like_ours(
    client, django_capture_on_commit_callbacks
):
    from tests.hosts.own_pages.models import GuidePage

    assert not apps.is_installed("health_content.pages")
    guide = GuidePage(
        title="Sleep",
        slug="sleep",
        body=json.dumps([{"type": "rich_text", "value": "<p>Rest well.</p>"}]),
    )
    root = Page.objects.get(depth=1)
    with django_capture_on_commit_callbacks(execute=True):
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "root_page": root}
        )
        Site.clear_site_root_paths_cache()
        root.add_child(instance=guide)

    document = client.get(f"/content/articles/{guide.pk}/").json()
    assert document["model"] == "own_pages.GuidePage"
    assert "Rest well." in document["body"][0]["body"]["html"]
