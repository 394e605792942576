import json

import pytest
import swapper
from django.urls import reverse
from wagtail.models import Site

from health_content.models import ImportSource, PublicationRecord
from health_content.pages.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db
BasePage = swapper.load_model("wagtailcore", "Page")


@pytest.fixture
def home():
    root = BasePage.get_first_root_node()
    page = root.add_child(instance=IndexPage(title="Home", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": page},
    )
    Site.clear_site_root_paths_cache()
    return page


def test_our_pages_stand_on_the_base_page_of_the_site():
    assert BasePage._meta.label == "base_page.BasePage"
    assert issubclass(ArticlePage, BasePage)
    assert ArticlePage._meta.pk.name == "page_ptr"
    assert ArticlePage._meta.pk.related_model is BasePage
    assert ImportSource._meta.get_field("page").related_model is BasePage


def test_an_article_is_published_and_delivered(
    home, client, django_capture_on_commit_callbacks
):
    body = [{"type": "rich_text", "value": "<p>Rest well.</p>"}]
    article = ArticlePage(
        title="Sleep",
        slug="sleep",
        department="Neurology",
        body=json.dumps(body),
        live=False,
    )
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=article)
        article.save_revision().publish()

    record = PublicationRecord.objects.get(page_id=article.pk)
    assert record.document["body"][0]["body"]["html"] == "<p>Rest well.</p>"
    document = client.get(f"/content/articles/{article.pk}/").json()
    assert document["title"] == "Sleep"
    assert client.get("/sleep/").status_code == 200


def test_the_editing_form_has_our_fields_and_those_of_the_site(home, admin_client):
    response = admin_client.get(
        reverse("wagtailadmin_pages:add", args=("health_pages", "articlepage", home.pk))
    )

    form = response.context["form"]
    assert {"title", "slug", "department", "body", "disclaimers"} <= set(form.fields)
    assert "seo_title" not in form.fields
