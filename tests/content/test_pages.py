"""Health pages in the admin: written, previewed and published as an editor does it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from health_content.models import PublicationRecord
from health_content.pages.models import ArticlePage, FAQPage, IndexPage
from tests import factories

if TYPE_CHECKING:
    from wagtail.models import Page


def add_url(model: str, parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=("health_pages", model, parent.pk))


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def listing(*items: dict | str) -> dict:
    """Return the form data of a ListBlock."""
    rows = {
        str(number): {"value": value, "order": number, "deleted": "", "id": ""}
        for number, value in enumerate(items)
    }
    return {"count": len(items), **rows}


def text(html: str) -> str:
    return rich_text(html, features=["bold", "link", "ol", "ul"])


def mechanism_list(*titles: str) -> dict:
    return {
        "heading": "",
        "introduction": text("<p>Several ways:</p>"),
        "items": listing(
            *(
                {
                    "title": title,
                    "body": text("<p>So.</p>"),
                    "status": "",
                    "evidence": listing(),
                }
                for title in titles
            )
        ),
        "start": "1",
    }


def article_form(body: list, **fields: object) -> dict:
    values = {
        "title": "Back pain",
        "slug": "back-pain",
        "introduction": text("<p>For <b>everybody</b>.</p>"),
        "summary": "About backs.",
        "replies_mode": "open",
        "disclaimers": streamfield([]),
        "body": streamfield(body),
    } | fields
    return nested_form_data(values) | factories.governance_form()


def section(*blocks: tuple) -> tuple:
    return (
        "section",
        {"heading": "How it works", "level": "2", "blocks": streamfield(blocks)},
    )


VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


def full_body(
    disclaimer_pk: int, image_pk: int, reference_pk: int = 0, faq_pk: int = 0
) -> list:
    """Return one of every block, as the form posts it."""
    titled = {"heading": "", "introduction": text("<p>Intro</p>")}
    item = {"title": "One", "body": text("<p>Text</p>")}
    evidence = {"evidence": listing(str(reference_pk))}
    return [
        section(
            ("rich_text", text("<p>Plain words.</p>")),
            ("mechanism_list", mechanism_list("Endorphins", "Muscles")),
            ("disclaimer", {"disclaimer": str(disclaimer_pk)}),
        ),
        ("benefit_list", titled | {"items": listing(item | evidence)}),
        ("risks", titled | {"items": listing(item | {"frequency": "rare"} | evidence)}),
        (
            "care_card",
            {
                "level": "urgent",
                "title": "Ask today if you have:",
                "criteria": listing("a fever", "a lump"),
                "action": text(""),
            },
        ),
        (
            "stat",
            {
                "numerator": "3",
                "denominator": "100",
                "population": "adults",
                "statement": "had it",
                "period": "in a year",
                **evidence,
            },
        ),
        (
            "evidence_summary",
            {
                "question": "Does it help?",
                "finding": "It may help.",
                "certainty": "low",
                "effect": "",
                "studies": "",
                "participants": "90",
                **evidence,
            },
        ),
        (
            "personal_story",
            {
                "body": text("<p>I walked.</p>"),
                "person": "Sam",
                "is_fictional": "",
                "consent_given_on": "2026-01-02",
                "consent_note": "register, entry 12",
            },
        ),
        (
            "medicine_info",
            {
                "generic_name": "Ibuprofen",
                "form": "gel",
                "availability": "pharmacy",
                "dose": text(""),
            },
        ),
        (
            "approach_list",
            titled
            | {"items": listing(item | {"page": str(faq_pk)} | evidence), "start": "2"},
        ),
        ("step_list", titled | {"items": listing(item | {"duration": "5 minutes"})}),
        ("callout", {"tone": "emergency", "title": "Call", "body": text("<p>Now</p>")}),
        ("quote", {"text": "Words", "attribution": "Ana", "source_url": ""}),
        (
            "image",
            {
                "image": {
                    "image": str(image_pk),
                    "alt_text": "A stretch",
                    "decorative": "",
                },
                "caption": "How",
                "credit": "",
                "shows_patient": "",
                "consent_given_on": "",
                "consent_note": "",
            },
        ),
        (
            "table",
            {
                "caption": "Minutes",
                "row_headings": "on",
                "notes": text(""),
                "table": {
                    "caption": "",
                    "column-count": "1",
                    "column-0-type": "number",
                    "column-0-order": "0",
                    "column-0-deleted": "",
                    "column-0-heading": "Minutes",
                    "row-count": "1",
                    "row-0-order": "0",
                    "row-0-deleted": "",
                    "cell-0-0": "150",
                },
            },
        ),
        (
            "faq",
            {
                "heading": "",
                "items": listing(
                    {
                        "question": "Why?",
                        "answer": text("<p>So.</p>"),
                        "health_aspect": "CausesHealthAspect",
                        **evidence,
                    }
                ),
            },
        ),
        (
            "video",
            {
                "url": VIDEO,
                "title": "Three stretches",
                "caption": "",
                "credit": "",
                "has_captions": "on",
                "transcript": text("<p>Lie on your back.</p>"),
                "shows_patient": "",
                "consent_given_on": "",
                "consent_note": "",
            },
        ),
        ("related", {"heading": "Read on", "pages": listing(str(faq_pk))}),
        (
            "faq_ref",
            {"page": str(faq_pk), "question": "does it  hurt?", "question_id": ""},
        ),
        (
            "references",
            {
                "heading": "",
                "items": listing(
                    {
                        "title": "A trial",
                        "authors": "",
                        "publication": "",
                        "year": "2018",
                        "doi": "https://doi.org/10.1000/182",
                        "pmid": "",
                        "url": "",
                    }
                ),
            },
        ),
        ("rich_text", text("<p>The end.</p>")),
    ]


def test_an_article_of_every_block_is_written_previewed_and_published(
    home, admin_client
):
    disclaimer = factories.disclaimer("inline")
    source = factories.reference("A trial of stretching")
    asked = factories.item({"question": "Does it hurt?", "answer": "<p>No.</p>"}, "q")
    questions = factories.faq(body=[factories.block("faq", {"items": [asked]})])
    Embed.objects.create(
        url=VIDEO, hash=get_embed_hash(VIDEO), type="video", title="Stretches", html="x"
    )
    chosen = ("disclaimer", {"disclaimer": str(disclaimer.pk), "placement": "start"})
    form = article_form(
        full_body(disclaimer.pk, factories.image().pk, source.pk, questions.pk),
        disclaimers=streamfield([chosen]),
    )

    response = admin_client.post(add_url("articlepage", home), form)
    page = ArticlePage.objects.get()
    assert response.headers["Location"] == edit_url(page)
    assert (page.live, PublicationRecord.objects.filter(page_id=page.pk).count()) == (
        False,
        0,
    )
    assert [block.block_type for block in page.body] == [
        kind for kind, _value in full_body(0, 0)
    ]
    mechanisms = page.body[0].value["blocks"][1].value["items"]
    assert [item["title"] for item in mechanisms] == ["Endorphins", "Muscles"]
    assert all(child.id for child in mechanisms.bound_blocks)

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    unsaved = form | {"title": "Unsaved title"}
    answer = admin_client.post(preview, unsaved).json()
    assert (answer["is_valid"], answer["is_available"]) == (True, True)
    html = admin_client.get(preview).content.decode()
    assert "Unsaved title" in html
    assert "Endorphins" in html

    response = admin_client.post(edit_url(page), form | {"action-publish": "1"})
    page.refresh_from_db()
    assert (response.status_code, page.live) == (302, True)
    record = PublicationRecord.objects.get(page_id=page.pk)
    assert (record.number, record.reason, record.published_by.get_username()) == (
        1,
        "publish",
        "admin",
    )
    document = record.document
    assert document["type"] == "article"
    assert [block["type"] for block in document["body"]] == [
        kind for kind, _value in full_body(0, 0)
    ]
    assert document["body"][0]["blocks"][1]["items"][0]["title"] == "Endorphins"
    assert {
        (entry["key"], entry["placement"])
        for entry in document["safety"]["disclaimers"]
    } == {("inline", "start")}
    shown = {block["type"]: block for block in document["body"]}
    assert shown["video"]["video"]["url"] == VIDEO
    assert [p["id"] for p in shown["related"]["pages"]] == [questions.pk]
    assert shown["approach_list"]["items"][0]["page"]["id"] == questions.pk
    (answer,) = shown["faq"]["items"]
    assert (answer["health_aspect"], len(answer["evidence"])) == (
        "CausesHealthAspect",
        1,
    )
    assert document["aspect_coverage"]["covered"] == ["CausesHealthAspect"]
    assert shown["faq_ref"]["question"]["anchor"] == asked["id"]
    assert page.body[18].value["items"][0]["doi"] == "10.1000/182"
    assert document["body"][1]["items"][0]["evidence"][0]["number"] == 1
    assert document["references"][0]["csl"]["title"] == "A trial of stretching"
    assert "register, entry 12" not in json.dumps(document)

    html = admin_client.get(page.url).content.decode()
    assert "Endorphins" in html


def test_an_faq_page_is_written_and_published(home, admin_client):
    unsourced = {"health_aspect": "", "evidence": listing()}
    questions = listing(
        {"question": "Does it hurt?", "answer": text("<p>Rarely.</p>")} | unsourced,
        {"question": "How long?", "answer": text("<p>Half an hour.</p>")} | unsourced,
    )
    form = article_form([("faq", {"heading": "Needles", "items": questions})]) | {
        "action-publish": "1"
    }

    response = admin_client.post(add_url("faqpage", home), form)

    page = FAQPage.objects.get()
    assert (response.status_code, page.live) == (302, True)
    document = PublicationRecord.objects.get(page_id=page.pk).document
    assert document["type"] == "faq"
    assert [item["question"] for item in document["body"][0]["items"]] == [
        "Does it hurt?",
        "How long?",
    ]


def test_an_index_page_is_written_and_published(home, admin_client):
    form = nested_form_data(
        {
            "title": "Backs",
            "slug": "backs",
            "introduction": text("<p>All of it.</p>"),
            "summary": "",
            "section_disclaimers": streamfield([]),
        }
    )

    admin_client.post(add_url("indexpage", home), form | {"action-publish": "1"})

    page = IndexPage.objects.get(slug="backs")
    assert page.live
    assert PublicationRecord.objects.get(page_id=page.pk).document["type"] == "index"


def test_the_api_document_previews_unsaved_content_and_is_never_stored(
    home, admin_client
):
    page = factories.article(live=False)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    admin_client.post(
        preview, article_form([section(("mechanism_list", mechanism_list("Unsaved")))])
    )

    response = admin_client.get(preview, {"mode": "json"})

    assert response.headers["Content-Type"] == "application/json"
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    document = response.json()
    assert document["title"] == "Back pain"
    assert document["body"][0]["blocks"][0]["items"][0]["title"] == "Unsaved"
    assert not PublicationRecord.objects.filter(page_id=page.pk).exists()


def test_a_new_page_previews_as_an_api_document_too(home, admin_client):
    preview = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=("health_pages", "articlepage", home.pk),
    )
    admin_client.post(
        preview, article_form([("rich_text", text("<p>First words</p>"))])
    )

    response = admin_client.get(preview, {"mode": "json"})

    assert response.status_code == 200
    assert response.json()["body"][0]["type"] == "rich_text"


def test_a_draft_may_be_incomplete_and_a_publication_not(home, admin_client):
    repeated = article_form([("mechanism_list", mechanism_list("Same", "same"))])

    assert admin_client.post(add_url("articlepage", home), repeated).status_code == 302
    page = ArticlePage.objects.get()
    response = admin_client.post(edit_url(page), repeated | {"action-publish": "1"})

    page.refresh_from_db()
    assert (response.status_code, page.live) == (200, False)
    assert "Item 1 says the same." in response.content.decode()


def test_publishing_without_a_change_records_nothing_new(home, admin_client):
    form = article_form([("rich_text", text("<p>Words</p>"))]) | {"action-publish": "1"}
    admin_client.post(add_url("articlepage", home), form)
    page = ArticlePage.objects.get()
    page.save_revision().publish()
    page.refresh_from_db()

    page.save_revision()
    page.save(update_fields=["locked"])

    assert [
        record.number for record in PublicationRecord.objects.filter(page_id=page.pk)
    ] == [1]


def test_unpublishing_and_deleting_close_the_record(home):
    kept, gone = factories.article(), factories.article()

    kept.unpublish()
    gone_pk = gone.pk
    gone.delete()

    for pk in (kept.pk, gone_pk):
        reasons = list(
            PublicationRecord.objects.filter(page_id=pk).values_list(
                "reason", flat=True
            )
        )
        assert reasons == ["publish", "unpublish"]


def test_deleting_the_parent_closes_the_records_below(home):
    parent = factories.index()
    child = factories.article(parent)

    parent.delete()

    reasons = PublicationRecord.objects.filter(page_id=child.pk).values_list(
        "reason", flat=True
    )
    assert list(reasons) == ["publish", "unpublish"]


def test_a_failed_record_undoes_the_publication(home, monkeypatch):
    page = factories.article(live=False)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("health_content.services.publication.publication_record", fail)
    with pytest.raises(RuntimeError):
        page.save_revision().publish()

    page.refresh_from_db()
    assert not page.live
