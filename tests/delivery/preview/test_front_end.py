"""Which pages are previewed in a front end, what the editor's script gets, and what everybody else keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page

from health_content.delivery.models import PreviewDraft, PreviewGrant
from health_content.delivery.preview.front_end import (
    FrontEnds,
    preview_origins,
    with_query,
)
from health_content.front_end import (
    NoFrontEnd,
    front_end_previews,
    register_front_end,
)
from health_content.pages.models import ArticlePage
from tests.factories import article, editor, home_page, language

from .conftest import FRONT_END, Editor, exchange, query_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Editor:
    return Editor()


@pytest.fixture
def page() -> ArticlePage:
    return article(title="Sleep", slug="sleep", live=False)


def urls(settings: Any, value: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PREVIEW_URLS": value}


def modes(page: ArticlePage) -> list[str]:
    return [name for name, _label in page.preview_modes]


def test_the_front_end_is_the_first_mode_and_the_others_stay(
    anna: Editor, page: ArticlePage
) -> None:
    response = anna.press(page, mode="")

    assert modes(page) == ["front_end", "", "json"]
    assert page.default_preview_mode == "front_end"
    assert response.status_code == 200
    assert "<h1" in response.content.decode()
    assert anna.press(page, mode="json").headers["Content-Type"] == "application/json"
    assert PreviewDraft.objects.count() == 0


def test_without_a_front_end_the_stock_preview_stays(
    settings: Any, anna: Editor, page: ArticlePage
) -> None:
    for value in ({}, {"other.example.org": FRONT_END}):
        urls(settings, value)
        assert modes(page) == ["", "json"]
        assert "<h1" in anna.press(page).content.decode()
    assert PreviewGrant.objects.count() == 0


def test_each_site_has_a_front_end_of_its_own(
    settings: Any, anna: Editor, page: ArticlePage
) -> None:
    urls(settings, {"testserver": "/front/", "*": FRONT_END})

    location = anna.press(page).headers["Location"]

    assert location.startswith("/front/?code=")
    assert preview_origins() == ["", "https://www.example.org"]


def test_a_page_of_no_site_has_no_front_end(anna: Editor) -> None:
    home_page()
    root = Page.get_first_root_node()
    lost = root.add_child(
        instance=ArticlePage(title="Lost", slug="lost", live=False, locale=language())
    )

    assert anna.press(lost).status_code == 200
    assert PreviewGrant.objects.count() == 0


def test_a_page_that_is_in_no_tree_yet_may_get_one() -> None:
    assert modes(ArticlePage()) == ["front_end", "", "json"]


def test_nobody_gets_a_code_without_being_logged_in(page: ArticlePage) -> None:
    request = RequestFactory().get("/")

    assert FrontEnds().serve(page, request, "front_end") is None
    assert page.make_preview_request(None, "front_end").status_code == 200
    assert PreviewGrant.objects.count() == 0


def test_a_front_end_in_the_panel_is_told_of_a_change(
    anna: Editor, page: ArticlePage
) -> None:
    """The message holds a new code, so that it works when the token of the last one is over."""
    response = anna.press(page, mode="front_end_change")
    message = response.json()

    assert message == {
        "type": "healthpress:preview-changed",
        "code": message["code"],
        "page": page.pk,
        "path": "/sleep/",
        "version": 1,
    }
    assert "no-store" in response.headers["Cache-Control"]
    assert exchange(message["code"]).status_code == 200


def test_the_editor_loads_the_script_with_the_origins(
    settings: Any, anna: Editor, page: ArticlePage
) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    with_front_end = anna.client.get(url).content.decode()
    urls(settings, {})
    without = anna.client.get(url).content.decode()

    assert "health_delivery/preview-panel.js" in with_front_end
    assert 'data-origins="[&quot;https://www.example.org&quot;]"' in with_front_end
    assert 'option value="front_end" selected' in with_front_end
    assert f"/admin/previews/{page.pk}/end/" in with_front_end
    for trace in ("preview-panel.js", "front_end", "/end/"):
        assert trace not in without


def test_previews_are_ended_in_the_admin(anna: Editor, page: ArticlePage) -> None:
    token = anna.token(page)
    url = f"/admin/previews/{page.pk}/end/"
    colleague = Editor()

    shown = colleague.client.get(url).content.decode()
    response = colleague.client.post(url, follow=True)

    assert anna.user.get_username() in shown
    assert "1 preview was ended." in response.content.decode()
    assert read("preview/document/", token).status_code == 401
    assert "Nobody previews" in colleague.client.get(url).content.decode()


def test_who_may_not_edit_the_page_ends_nothing(
    anna: Editor, page: ArticlePage
) -> None:
    token = anna.token(page)
    stranger = Editor(editor())

    response = stranger.client.post(f"/admin/previews/{page.pk}/end/")

    assert response.status_code == 302
    assert read("preview/document/", token).status_code == 200


def test_a_page_that_is_none_of_ours_has_no_previews_to_end(anna: Editor) -> None:
    root = Page.get_first_root_node()

    assert anna.client.get(f"/admin/previews/{root.pk}/end/").status_code == 404
    assert anna.client.get("/admin/previews/999999/end/").status_code == 404


def test_the_content_part_does_without_a_front_end(page: ArticlePage) -> None:
    known = front_end_previews()
    register_front_end(NoFrontEnd())
    try:
        assert modes(page) == ["", "json"]
        assert page.make_preview_request(None, "").status_code == 200
    finally:
        register_front_end(known)
    assert isinstance(known, FrontEnds)


@pytest.mark.parametrize(
    "value",
    [
        "https://www.example.org",
        {"*": "www.example.org"},
        {"*": "//www.example.org/preview"},
        {"*": "javascript:alert(1)"},
        {"*": 7},
        {"": "/preview/"},
        {"https://www.example.org": "/preview/"},
    ],
)
def test_a_setting_of_another_kind_is_an_error(settings: Any, value: Any) -> None:
    urls(settings, value)

    found = [m.id for m in run_checks(tags=["compatibility"])]

    assert "health_content.E010" in found


def test_a_good_setting_is_none(settings: Any) -> None:
    urls(settings, {"*": "/preview/", "a.example.org:8000": FRONT_END})

    found = [m.id for m in run_checks(tags=["compatibility"])]

    assert "health_content.E010" not in found


def test_an_address_keeps_its_own_query() -> None:
    url = with_query("https://a.example/p?x=1&y=#z", {"code": "a b&c"})

    assert url == "https://a.example/p?x=1&y=&code=a+b%26c#z"


def test_the_address_names_the_type_as_the_package_does(
    anna: Editor, page: ArticlePage
) -> None:
    query = query_of(anna.press(page))

    assert query["content_type"] == f"{page._meta.app_label}.{page._meta.model_name}"
