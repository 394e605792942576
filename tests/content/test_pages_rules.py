"""Health pages: where they stand, who may touch them, what their lists cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.search.models import IndexEntry

from health_content.pages.models import ArticlePage, FAQPage, IndexPage
from tests import factories
from tests.content.test_pages import add_url, article_form, edit_url


@pytest.mark.parametrize(
    ("parent", "allowed"),
    [
        (IndexPage, {"articlepage", "faqpage", "indexpage"}),
        (ArticlePage, set()),
        (FAQPage, set()),
    ],
)
def test_pages_stand_where_they_belong(parent, allowed):
    names = {model._meta.model_name for model in parent.allowed_subpage_models()}

    assert names == allowed


@pytest.mark.parametrize("model", ["articlepage", "faqpage", "indexpage"])
def test_forms_explain_every_field_of_ours(home, admin_client, model):
    form_class = (
        {"articlepage": ArticlePage, "faqpage": FAQPage, "indexpage": IndexPage}[model]
        .get_edit_handler()
        .get_form_class()
    )
    ours = {"introduction", "summary", "body", "disclaimers", "replies_mode"} & set(
        form_class.base_fields
    )
    silent = {name for name in ours if not form_class.base_fields[name].help_text}

    assert silent == set()
    assert admin_client.get(add_url(model, home)).status_code == 200


def test_an_editor_without_page_rights_is_refused(home, client):
    page = factories.article()
    client.force_login(factories.editor())

    for url in (edit_url(page), add_url("articlepage", home)):
        for method in (client.get, client.post):
            response = method(url)
            assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert ArticlePage.objects.count() == 1


def test_an_editor_without_publish_right_saves_a_draft(home, client):
    client.force_login(factories.editor("add", "change"))

    client.post(
        add_url("articlepage", home), article_form([]) | {"action-publish": "1"}
    )

    assert not ArticlePage.objects.get().live


@pytest.mark.parametrize("view", ["edit", "preview_on_edit"])
def test_anonymous_visitors_are_sent_to_the_login(home, client, view):
    page = factories.article()

    response = client.get(reverse(f"wagtailadmin_pages:{view}", args=(page.pk,)))

    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))


def test_the_explorer_costs_the_same_for_2_and_20_pages(home, client):
    """For this editor: Wagtail asks more for each row of those who may not publish, or may translate."""
    client.force_login(factories.editor("add", "change", "publish"))
    url = reverse("wagtailadmin_explore", args=(home.pk,))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    for _ in range(2):
        factories.article(live=False)
    cost()
    few = cost()
    for _ in range(18):
        factories.article(live=False)

    assert cost() == few


def test_pages_are_found_by_words_inside_lists(
    home, django_capture_on_commit_callbacks
):
    items = [factories.item({"title": "Endorphins", "body": "<p>x</p>"}, "m")]
    value = {"heading": "", "introduction": "", "items": items, "start": 1}
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.article(body=[factories.block("mechanism_list", value)])
        factories.article()

    assert list(ArticlePage.objects.search("Endorphins")) == [page]


def test_search_forgets_a_page_that_was_deleted(
    home, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.article(title="Endorphins")
    with django_capture_on_commit_callbacks(execute=True):
        page.summary = "Saved just before it goes."
        page.save()
        page.delete()

    assert not IndexEntry.objects.filter(content_type__model="articlepage").exists()
    assert list(ArticlePage.objects.search("Endorphins")) == []


ELSEWHERE = {"BACKEND": "wagtail.search.backends.opensearch3", "URLS": ["http://127.0.0.1:1"]}  # fmt: skip


@pytest.mark.parametrize(
    ("backend", "followed"),
    [
        ({"BACKEND": "wagtail.search.backends.database"}, 0),
        (ELSEWHERE, 1),
        (ELSEWHERE | {"AUTO_UPDATE": False}, 0),
        ({"BACKEND": "no.such.backend"}, 1),
    ],
)
def test_saving_a_draft_leaves_an_index_alone_that_knows_nothing_of_drafts(
    home, settings, django_capture_on_commit_callbacks, backend, followed
):
    """An index outside the database also keeps when a page was changed; the database has that in the page's row."""
    page = factories.article()
    settings.WAGTAILSEARCH_BACKENDS = {"default": backend}

    page.title = "Draft"
    with django_capture_on_commit_callbacks() as callbacks:
        page.save_revision()

    assert len(callbacks) == followed


def test_search_follows_a_save_of_single_fields(
    home, django_capture_on_commit_callbacks
):
    page = factories.article(title="Endorphins")

    page.title = "Oxytocin"
    with django_capture_on_commit_callbacks(execute=True):
        page.save(update_fields=["title", "draft_title"])

    assert list(ArticlePage.objects.search("Oxytocin")) == [page]
