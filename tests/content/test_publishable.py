"""No route makes a page live with a disclaimer that readers would not see, or not understand."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import streamfield

from health_content.errors import PublishBlocked
from health_content.pages.models import ArticlePage
from health_content.services.publishable import disclaimer_faults
from tests import factories
from tests.content.test_pages import add_url, article_form, edit_url, section

if TYPE_CHECKING:
    from health_content.models import DisclaimerSnippet

UNPUBLISHED = (
    "“%s” is not published. Publish it under Disclaimers first, or remove it here."
)


def chosen(*disclaimers: DisclaimerSnippet) -> str:
    return json.dumps(
        [
            factories.block(
                "disclaimer", {"disclaimer": d.pk, "placement": "end"}, d.key
            )
            for d in disclaimers
        ]
    )


def inline(disclaimer: DisclaimerSnippet) -> str:
    inside = factories.block("disclaimer", {"disclaimer": disclaimer.pk})
    value = {"heading": "Risks", "level": "2", "blocks": [inside]}
    return json.dumps([factories.block("section", value)])


@pytest.fixture
def draft(home: Page) -> DisclaimerSnippet:
    return factories.disclaimer("draft", title="Draft", live=False)


def article_with(disclaimer: DisclaimerSnippet, **fields: object) -> ArticlePage:
    return factories.article(disclaimers=chosen(disclaimer), live=False, **fields)


# What is wrong


def test_faults_are_named_by_field_each_once(draft: DisclaimerSnippet) -> None:
    page = factories.article(
        live=False,
        disclaimers=chosen(draft, factories.disclaimer("fine")),
        body=inline(draft),
    )

    assert disclaimer_faults(page) == {
        "body": [UNPUBLISHED % "Draft"],
        "disclaimers": [UNPUBLISHED % "Draft"],
    }


def test_a_disclaimer_of_another_language_is_a_fault(home: Page) -> None:
    spanish = factories.disclaimer("general", locale="es", title="General")

    assert disclaimer_faults(article_with(spanish)) == {
        "disclaimers": [
            "“General” is in Español, this page in English. Translate it, or choose another."
        ]
    }


def test_its_translation_is_named(home: Page) -> None:
    spanish = factories.disclaimer("general", locale="es", title="Aviso")
    english = spanish.copy_for_translation(factories.language("en"))
    english.title = "Notice"
    english.save()

    assert disclaimer_faults(article_with(spanish)) == {
        "disclaimers": [
            "“Aviso” is in Español, this page in English. Choose its translation “Notice”."
        ]
    }


def test_an_alias_shows_its_sources_disclaimers(home: Page) -> None:
    page = factories.article(disclaimers=chosen(factories.disclaimer()))
    home.copy_for_translation(factories.language("es"))

    alias = page.copy_for_translation(factories.language("es"), alias=True)
    page.save_revision().publish()

    alias.refresh_from_db()
    assert (alias.live, alias.locale.language_code) == (True, "es")
    assert disclaimer_faults(alias) == {}


def test_the_question_costs_the_same_for_2_and_20(
    home: Page, django_assert_num_queries
) -> None:
    disclaimers = [factories.disclaimer() for _ in range(20)]
    few = factories.article(disclaimers=chosen(*disclaimers[:2]))
    many = factories.article(disclaimers=chosen(*disclaimers))

    for page in (few, many):
        with django_assert_num_queries(1):
            disclaimer_faults(page)


# Routes


def publish_revision(page: ArticlePage) -> None:
    page.save_revision().publish()


def save_live(page: ArticlePage) -> None:
    page.live = True
    page.save()


def save_field(page: ArticlePage) -> None:
    page.live = True
    page.save(update_fields=["live"])


def copy_live(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()
    page.copy(update_attrs={"slug": "copy"}, keep_live=True)


@pytest.mark.parametrize("route", [publish_revision, save_live, save_field, copy_live])
def test_code_is_refused(draft: DisclaimerSnippet, route) -> None:
    page = article_with(draft)

    with pytest.raises(PublishBlocked) as refusal:
        route(page)

    assert refusal.value.code == "content.publish_blocked"
    assert refusal.value.reasons == (UNPUBLISHED % "Draft",)
    assert not ArticlePage.objects.filter(slug="copy").exists()


def test_a_page_of_another_language_is_refused(home: Page) -> None:
    page = article_with(factories.disclaimer(locale="es"))

    with pytest.raises(PublishBlocked, match="is in Español"):
        publish_revision(page)


def test_a_page_without_a_language_of_its_own_has_its_parents(home: Page) -> None:
    page = ArticlePage(
        title="New", slug="new", disclaimers=chosen(factories.disclaimer(locale="es"))
    )

    with pytest.raises(PublishBlocked, match="is in Español, this page in English"):
        home.add_child(instance=page)


def test_a_draft_of_a_live_page_may_choose_it(draft: DisclaimerSnippet) -> None:
    page = factories.article()
    page.disclaimers = chosen(draft)

    page.save_revision()

    page.refresh_from_db()
    assert page.has_unpublished_changes


def test_a_page_goes_live_once_its_disclaimer_is(draft: DisclaimerSnippet) -> None:
    page = article_with(draft)
    draft.save_revision().publish()

    publish_revision(page)

    page.refresh_from_db()
    assert page.live


def test_a_schedule_that_cannot_be_kept_is_dropped_and_the_next_one_goes(
    draft: DisclaimerSnippet,
) -> None:
    pages = [article_with(draft), factories.article(live=False)]
    for page in pages:
        revision = page.save_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.save()

    call_command("publish_scheduled")

    kept, gone = [ArticlePage.objects.get(pk=page.pk) for page in pages]
    assert (kept.live, gone.live) == (False, True)
    assert not kept.revisions.filter(approved_go_live_at__isnull=False).exists()
    entry = PageLogEntry.objects.get(action="health_content.unscheduled")
    assert (entry.page_id, entry.data) == (
        kept.pk,
        {"reasons": [UNPUBLISHED % "Draft"]},
    )


# The admin


def form(disclaimer: DisclaimerSnippet, **fields: object) -> dict:
    row = ("disclaimer", {"disclaimer": str(disclaimer.pk), "placement": "end"})
    inside = ("disclaimer", {"disclaimer": str(disclaimer.pk)})
    return article_form([section(inside)], disclaimers=streamfield([row]), **fields)


def test_the_form_says_why_and_keeps_what_was_typed(
    draft: DisclaimerSnippet, home: Page, admin_client
) -> None:
    response = admin_client.post(
        add_url("articlepage", home), form(draft) | {"action-publish": "1"}
    )

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"body", "disclaimers"}
    # Beside each of the two fields, and in the panel of the checks: the sentence, and the message in it.
    assert response.content.decode().count("is not published. Publish it") == 4
    assert ArticlePage.objects.count() == 0


def test_the_form_saves_a_draft(
    draft: DisclaimerSnippet, home: Page, admin_client
) -> None:
    admin_client.post(add_url("articlepage", home), form(draft))

    assert not ArticlePage.objects.get().live


def test_a_draft_may_be_submitted_for_review(
    draft: DisclaimerSnippet, home: Page, admin_client
) -> None:
    page = article_with(draft)

    admin_client.post(edit_url(page), form(draft) | {"action-submit": "1"})

    page.refresh_from_db()
    assert page.current_workflow_state is not None


def test_the_form_does_not_schedule_it(
    draft: DisclaimerSnippet, home: Page, admin_client
) -> None:
    page = article_with(draft)
    moment = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")

    response = admin_client.post(
        edit_url(page), form(draft, go_live_at=moment) | {"action-publish": "1"}
    )

    assert "disclaimers" in response.context["form"].errors
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_publishing_many_is_refused_with_the_reason(
    draft: DisclaimerSnippet, admin_client
) -> None:
    pages = [article_with(draft, title="Backs"), factories.article(live=False)]
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    query = "&".join(f"id={page.pk}" for page in pages)

    response = admin_client.post(f"{url}?{query}&next=/admin/pages/", follow=True)

    assert f"Backs: {UNPUBLISHED % 'Draft'}" in response.content.decode()
    assert ArticlePage.objects.filter(live=True).count() == 0


def test_unpublishing_many_is_not_asked(home: Page, admin_client) -> None:
    page = factories.article()
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "unpublish"))

    admin_client.post(f"{url}?id={page.pk}&next=/admin/pages/")

    page.refresh_from_db()
    assert not page.live
