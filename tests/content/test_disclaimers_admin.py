"""The library of disclaimers in the admin."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from health_content.models import DisclaimerSnippet
from tests import factories
from tests.content.test_disclaimers import page_with, versions

pytestmark = pytest.mark.django_db


def url(view: str, *args: object) -> str:
    return reverse(DisclaimerSnippet.snippet_viewset.get_url_name(view), args=args)


def form(**fields: object) -> dict:
    values = {
        "title": "General information",
        "body": rich_text("<p>Ask a doctor.</p>", features=["bold"]),
        "kind": "medical_information",
        "key": "general",
        "placement": "end",
        "applies_to": streamfield([]),
    } | fields
    return nested_form_data(values)


def test_life_of_a_disclaimer_in_the_admin(admin_client):
    draft = admin_client.post(url("add"), form(key="life"))
    disclaimer = DisclaimerSnippet.objects.get(key="life")
    assert draft.status_code == 302
    assert (disclaimer.live, versions(disclaimer)) == (False, [])

    data = form(key="life", title="Published") | {"action-publish": "1"}
    assert admin_client.post(url("edit", disclaimer.pk), data).status_code == 302
    disclaimer.refresh_from_db()
    assert (disclaimer.live, disclaimer.title) == (True, "Published")
    assert disclaimer.versions.get().published_by.get_username() == "admin"

    for view in ("edit", "inspect", "history", "usage", "delete", "unpublish"):
        assert admin_client.get(url(view, disclaimer.pk)).status_code == 200, view
    assert (
        "Ask a doctor."
        in admin_client.get(url("inspect", disclaimer.pk)).content.decode()
    )

    assert admin_client.post(url("unpublish", disclaimer.pk)).status_code == 302
    disclaimer.refresh_from_db()
    assert not disclaimer.live

    assert admin_client.post(url("delete", disclaimer.pk)).status_code == 302
    assert not DisclaimerSnippet.objects.filter(key="life").exists()


def test_a_draft_can_be_previewed(admin_client):
    disclaimer = factories.disclaimer(live=False)
    preview = url("preview_on_edit", disclaimer.pk)

    assert admin_client.post(preview, form(title="Unsaved title")).json()["is_valid"]
    html = admin_client.get(preview).content.decode()

    assert "Unsaved title" in html
    assert "Ask a doctor." in html


def test_a_second_disclaimer_with_the_key_is_refused_beside_the_field(admin_client):
    factories.disclaimer("general")

    response = admin_client.post(url("add"), form())

    assert response.status_code == 200
    assert (
        "There is a disclaimer with this key in this language."
        in response.content.decode()
    )
    assert DisclaimerSnippet.objects.count() == 1


def test_the_admin_refuses_to_delete_and_says_why(home, admin_client):
    disclaimer = factories.disclaimer("needed")
    page_with(disclaimer, title="Back pain")

    for method in (admin_client.get, admin_client.post):
        response = method(url("delete", disclaimer.pk), follow=True)

        assert response.redirect_chain == [(url("usage", disclaimer.pk), 302)]
        assert (
            "“needed” is shown on 1 page (Back pain). Remove it there first."
            in response.content.decode()
        )
    assert DisclaimerSnippet.objects.filter(key="needed").exists()


def test_bulk_deletion_is_refused_too(home, admin_client):
    disclaimer = factories.disclaimer("needed")
    page_with(disclaimer)
    address = reverse(
        "wagtail_bulk_action", args=("health_content", "disclaimersnippet", "delete")
    )

    admin_client.post(f"{address}?id={disclaimer.pk}")

    assert DisclaimerSnippet.objects.filter(key="needed").exists()


def test_the_admin_refuses_to_unpublish_and_says_why(home, admin_client):
    disclaimer = factories.disclaimer("needed")
    page_with(disclaimer, title="Back pain")

    for method in (admin_client.get, admin_client.post):
        response = method(url("unpublish", disclaimer.pk), follow=True)

        assert response.redirect_chain == [(url("usage", disclaimer.pk), 302)]
        assert "Remove it there first." in response.content.decode()
    disclaimer.refresh_from_db()
    assert disclaimer.live


def test_the_admin_keeps_what_every_page_shows(home, admin_client):
    disclaimer = factories.disclaimer(applies_to_all=True)
    factories.article(title="Back pain")

    for method in (admin_client.get, admin_client.post):
        response = method(url("unpublish", disclaimer.pk), follow=True)

        assert response.redirect_chain == [(url("edit", disclaimer.pk), 302)]
        assert "show on every health page" in response.content.decode()
    disclaimer.refresh_from_db()
    assert disclaimer.live


def test_the_list_shows_use_kind_and_status(home, admin_client):
    disclaimer = factories.disclaimer("shown", kind="supplement", applies_to_all=True)
    page_with(disclaimer)

    html = admin_client.get(url("list")).content.decode()

    assert "Food supplements" in html
    assert "Every health page" in html
    assert "1 page" in html
    assert url("usage", disclaimer.pk) in html


def test_the_list_filters_and_searches(admin_client):
    factories.disclaimer("one", title="Alpha", kind="supplement")
    factories.disclaimer("two", title="Beta")

    def found(**query: str) -> list[str]:
        response = admin_client.get(url("list"), query)
        return sorted(str(row) for row in response.context["object_list"])

    assert found() == ["Alpha", "Beta"]
    assert found(kind="supplement") == ["Alpha"]
    assert found(live="false") == []
    assert found(q="Bet") == ["Beta"]


def test_the_list_costs_the_same_for_2_and_20_rows(client):
    """The "Translate" button of Wagtail's simple_translation costs a query a row; this editor has none."""
    client.force_login(
        factories.editor(model_permissions=("change_disclaimersnippet",))
    )

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("list")).status_code == 200
        return len(queries)

    for _ in range(2):
        factories.disclaimer()
    cost()
    few = cost()
    for _ in range(18):
        factories.disclaimer()

    assert cost() == few


VIEWS = ("list", "add", "edit", "delete", "unpublish", "usage", "inspect", "history")


@pytest.mark.parametrize("view", VIEWS)
def test_without_permission_nothing_is_seen_or_done(client, view):
    disclaimer = factories.disclaimer("mine")
    args = () if view in {"list", "add"} else (disclaimer.pk,)
    client.force_login(factories.editor())

    for method in (client.get, client.post):
        response = method(url(view, *args), form() if method == client.post else None)
        assert response.status_code in {302, 405}
        assert response.headers.get("Location", "/admin/") == reverse(
            "wagtailadmin_home"
        )

    disclaimer.refresh_from_db()
    assert (disclaimer.live, DisclaimerSnippet.objects.count()) == (True, 1)


@pytest.mark.parametrize("view", VIEWS)
def test_anonymous_visitors_are_sent_to_the_login(client, view):
    disclaimer = factories.disclaimer()
    args = () if view in {"list", "add"} else (disclaimer.pk,)

    response = client.post(url(view, *args), form())

    assert response.headers["Location"].startswith(reverse("wagtailadmin_login"))
    assert DisclaimerSnippet.objects.get().live


def test_an_editor_without_publish_right_only_drafts(client):
    client.force_login(
        factories.editor(
            model_permissions=("add_disclaimersnippet", "change_disclaimersnippet")
        )
    )

    client.post(url("add"), form(key="mine") | {"action-publish": "1"})

    disclaimer = DisclaimerSnippet.objects.get(key="mine")
    assert (disclaimer.live, versions(disclaimer)) == (False, [])
