import pytest
from django.apps import apps
from wagtail.models import Page, Site

pytestmark = pytest.mark.django_db


def test_any_page_with_a_replies_mode_takes_replies(client):
    from tests.hosts.plain_site.models import NewsPage

    assert not apps.is_installed("health_content")
    page = NewsPage(title="News", slug="news")
    root = Page.objects.get(depth=1)
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": root}
    )
    Site.clear_site_root_paths_cache()

    token = client.post(
        "/answers/challenges/", {"page": page.pk}, content_type="application/json"
    ).json()["form_token"]
    reply = {
        "form_token": token,
        "name": "Ada",
        "email": "",
        "body": "Thank **you**.",
        "parent": None,
        "website": "",
    }
    posted = client.post(
        f"/answers/threads/{page.pk}/replies/",
        reply,
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )

    assert posted.status_code == 202
    assert client.get(f"/answers/threads/{page.pk}/replies/").json()["items"] == []
