"""Codes to tokens: once, within a minute, for those who may; and the many ways in which both end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from health_content.delivery.models import PreviewDraft, PreviewGrant
from health_content.delivery.preview.services import (
    code_exchange,
    code_issue,
    draft_store,
    drafts_purge,
)
from health_content.delivery.preview.tokens import code_new, token_grant, token_of
from health_content.errors import PreviewCodeRefused
from tests.factories import article, editor, home_page, user

from .conftest import FRONT_END, Editor, exchange, query_of, read

if TYPE_CHECKING:
    from health_content.pages.models import ArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ArticlePage:
    return article(title="Sleep", slug="sleep", live=False)


@pytest.fixture
def anna() -> Editor:
    return Editor()


def test_preview_leads_to_the_front_end_with_a_code_that_nobody_keeps(
    anna: Editor, page: ArticlePage
) -> None:
    response = anna.press(page)

    query = query_of(response)
    code = query["code"]
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{FRONT_END}&code=")
    assert query == {
        "draft": "1",
        "code": code,
        "content_type": "health_pages.articlepage",
        "token": code,
    }
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert not PreviewGrant.objects.filter(code_hash=code).exists()
    assert len(code) == 43


def test_a_code_becomes_a_token_of_its_page(anna: Editor, page: ArticlePage) -> None:
    response = exchange(anna.code(page), site="testserver")

    body = response.json()
    left = PreviewGrant.objects.get().expires_at - timezone.now()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert body == {
        "token": body["token"],
        "expires_at": body["expires_at"],
        "page": page.pk,
        "path": "/sleep/",
        "site": "testserver",
        "locale": "en",
        "version": 1,
        "editor_origin": "http://127.0.0.1:8000",
    }
    assert body["token"].startswith("hpp_")
    assert timedelta(minutes=14, seconds=50) < left <= timedelta(minutes=15)
    assert read("preview/document/", body["token"]).json()["title"] == "Sleep"


def test_a_code_that_comes_twice_opens_nothing_and_ends_what_it_opened(
    anna: Editor, page: ArticlePage
) -> None:
    """Who replays a code has it from a log; who exchanged it first may have been them."""
    code = anna.code(page)
    token = exchange(code).json()["token"]

    replayed = exchange(code)

    assert (replayed.status_code, replayed.json()["type"]) == (403, "code-refused")
    assert read("preview/document/", token).status_code == 401


def test_two_who_exchange_at_the_same_time_do_not_both_get_a_token(
    anna: Editor, page: ArticlePage
) -> None:
    """The second comes between the first one's look and its mark: there is no such time, for the mark is the look."""
    code = anna.code(page)
    answers: list[int] = []
    update = PreviewGrant.objects.none().update

    def late(self: Any, **values: Any) -> int:
        with mock.patch("django.db.models.query.QuerySet.update", original):
            answers.append(exchange(code).status_code)
        return original(self, **values)

    original = type(PreviewGrant.objects.none()).update
    assert update() == 0
    with mock.patch("django.db.models.query.QuerySet.update", late):
        answers.append(exchange(code).status_code)

    assert sorted(answers) == [200, 403]


def test_a_code_lives_a_minute(anna: Editor, page: ArticlePage) -> None:
    code = anna.code(page)
    PreviewGrant.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))

    response = exchange(code)

    assert (response.status_code, response.json()["type"]) == (403, "code-refused")
    grant = PreviewGrant.objects.count()
    assert grant == 0


def test_a_code_of_another_site_is_refused_and_spent(
    anna: Editor, page: ArticlePage
) -> None:
    code = anna.code(page)

    assert exchange(code, site="other.example.org").status_code == 403
    assert exchange(code, site="testserver").status_code == 403


def test_a_made_up_code_is_refused_like_a_spent_one(
    anna: Editor, page: ArticlePage
) -> None:
    code = anna.code(page)
    exchange(code)

    spent, made_up = exchange(code), exchange(code_new())

    assert spent.content == made_up.content


@pytest.mark.parametrize(
    "body", [{}, {"code": ""}, {"code": 7}, {"code": "short"}, {"token": code_new()}]
)
def test_what_is_no_code_is_not_looked_up(
    body: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = Client().post(
            "/api/content/v1/preview/sessions/", body, content_type="application/json"
        )

    assert (response.status_code, response.json()["type"]) == (400, "invalid-request")


def test_a_lost_table_row_is_a_clear_refusal(anna: Editor, page: ArticlePage) -> None:
    """What a restart or a lost cache would do to codes kept elsewhere."""
    code = anna.code(page)
    PreviewGrant.objects.all().delete()

    detail = exchange(code).json()["detail"]

    assert detail.endswith("Open the preview again from the editor.")


def test_a_token_ends_after_fifteen_minutes_to_the_second(
    anna: Editor, page: ArticlePage
) -> None:
    token = anna.token(page)
    assert read("preview/document/", token).status_code == 200

    PreviewGrant.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    response = read("preview/document/", token)
    assert (response.status_code, response.json()["type"]) == (401, "invalid-token")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_a_signature_is_not_older_than_a_token_gets() -> None:
    token = token_of(7)
    assert token_grant(token) == 7

    with mock.patch("django.core.signing.time.time", return_value=2e9):
        later = token_of(7)
    with mock.patch("django.core.signing.time.time", return_value=2e9 + 901):
        assert token_grant(later) is None
    assert token_grant(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert token_grant(token.removeprefix("hpp_")) is None


def test_a_forged_token_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert read("preview/document/", "hpp_7.abc.def").status_code == 401


def _log_out(anna: Editor, _page: ArticlePage) -> None:
    anna.client.logout()


def _deactivate(anna: Editor, _page: ArticlePage) -> None:
    anna.user.is_active = False
    anna.user.save()


def _lose_permission(anna: Editor, _page: ArticlePage) -> None:
    anna.user.groups.get().page_permissions.all().delete()


def _lose_the_admin(anna: Editor, _page: ArticlePage) -> None:
    anna.user.groups.get().permissions.clear()


def _change_password(anna: Editor, _page: ArticlePage) -> None:
    anna.user.set_password("another")
    anna.user.save()


def _delete_user(anna: Editor, _page: ArticlePage) -> None:
    anna.user.delete()


def _delete_page(_anna: Editor, page: ArticlePage) -> None:
    page.delete()


def _delete_site(_anna: Editor, _page: ArticlePage) -> None:
    Site.objects.all().delete()


def _end_in_the_admin(_anna: Editor, page: ArticlePage) -> None:
    colleague = Editor()
    colleague.client.post(f"/admin/previews/{page.pk}/end/")


ENDS = [
    _log_out,
    _deactivate,
    _lose_permission,
    _lose_the_admin,
    _change_password,
    _delete_user,
    _delete_page,
    _delete_site,
    _end_in_the_admin,
]


@pytest.mark.parametrize("end", ENDS)
def test_a_preview_ends_at_once_with_its_reason(
    end: Any, anna: Editor, page: ArticlePage
) -> None:
    """Tokens that were given, and codes that are on their way."""
    token, code = anna.token(page), anna.code(page)

    end(anna, page)

    assert read("preview/document/", token).status_code == 401
    assert exchange(code).status_code == 403


def test_publishing_ends_no_preview(
    anna: Editor, page: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    token = anna.token(page)

    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(user=user()).publish()

    assert read("preview/document/", token).status_code == 200


def test_two_editors_of_a_page_see_what_each_of_them_has(
    anna: Editor, page: ArticlePage
) -> None:
    ben = Editor()
    page.title = "Anna's title"
    draft_store(page, user=anna.user, is_followed=True)
    page.title = "Ben's title"
    draft_store(page, user=ben.user, is_followed=True)
    codes = [
        code_issue(PreviewDraft.objects.get(user=someone.user))
        for someone in (anna, ben)
    ]

    tokens = [exchange(code).json()["token"] for code in codes]

    titles = [read("preview/document/", token).json()["title"] for token in tokens]
    assert titles == ["Anna's title", "Ben's title"]


def test_one_editor_ends_their_own_previews_by_logging_out(page: ArticlePage) -> None:
    anna, ben = Editor(), Editor()
    first, second = anna.token(page), ben.token(page)

    anna.client.logout()

    statuses = [read("preview/document/", t).status_code for t in (first, second)]
    assert statuses == [401, 200]


def test_old_drafts_and_accesses_are_deleted_by_the_next_preview(
    anna: Editor, page: ArticlePage
) -> None:
    other = article(live=False)
    anna.token(page)
    anna.code(other)
    day = timezone.now() - timedelta(hours=25)
    PreviewDraft.objects.filter(page=page).update(updated_at=day)
    PreviewGrant.objects.filter(draft__page=other).update(code_expires_at=day)

    drafts_purge()

    assert list(PreviewDraft.objects.values_list("page", flat=True)) == [other.pk]
    assert PreviewGrant.objects.count() == 0


def test_a_draft_has_one_row_and_a_version_for_each_content(
    anna: Editor, page: ArticlePage
) -> None:
    versions = []
    for title in ("One", "One", "Two"):
        page.title = title
        draft = draft_store(page, user=anna.user, is_followed=True)
        versions.append(draft.version)

    assert versions == [1, 1, 2]
    assert PreviewDraft.objects.count() == 1


def test_the_service_says_why_by_its_class(anna: Editor, page: ArticlePage) -> None:
    draft = draft_store(page, user=anna.user, is_followed=True)
    code = code_issue(draft)
    code_exchange(code)

    with pytest.raises(PreviewCodeRefused, match="Open the preview again") as caught:
        code_exchange(code)

    assert caught.value.code == "content.preview_code_refused"


def test_somebody_without_the_page_gets_no_code(page: ArticlePage) -> None:
    stranger = Editor(editor())

    response = stranger.press(page)

    assert response.status_code in {302, 403}
    assert "code=" not in response.headers.get("Location", "")
    assert PreviewGrant.objects.count() == 0
    assert home_page().pk != page.pk
