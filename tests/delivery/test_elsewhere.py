"""Other pages in the text of one, and videos: what readers get follows what those are now, and what the public may see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from health_content.delivery.models import PublishedDocument
from health_content.selectors import page_facts
from health_content.selectors.claims import page_claims
from health_content.services.reviews import review_record
from tests.factories import article, block, block_id, faq, home_page, item, user

from .test_rich_text import embed

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
Get = "Callable[..., Any]"
Committed = "Callable[[], Any]"
URL = "https://vimeo.com/76979871"


def asking(question: str = "Does it hurt?", answer: str = "<p>Rarely.</p>") -> str:
    """Return the body of a page that asks this, always by the same id."""
    asked = item({"question": question, "answer": answer}, "question")
    return json.dumps([block("faq", {"heading": "", "items": [asked]})])


def showing(source: Any, words: str = "Does it hurt?", **chosen: str) -> str:
    """Return a body with a link to *source*, and its question."""
    return json.dumps(
        [
            block("related", {"heading": "Read on", "pages": [item(source.pk, "r")]}),
            block("faq_ref", {"page": source.pk, "question": words, **chosen}),
        ]
    )


def shown(get: Any, page: Any) -> tuple[list[str], Any]:
    """Return the titles that the document of *page* links to, and the question that it shows."""
    related, asked = get(f"articles/{page.pk}/").json()["body"]
    return [link["title"] for link in related["pages"]], asked["question"]


def republish(page: Any, **fields: Any) -> None:
    page.refresh_from_db()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page_shows_others_everywhere_it_is_shown(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        source = faq(title="Asked", slug="asked", body=asking())
        page = article(title="Backs", slug="backs", body=showing(source, " does it HURT?"))  # fmt: skip

    titles, question = shown(get, page)
    markdown = get(f"articles/{page.pk}.md").content.decode()
    html = Client().get("/backs/").content.decode()
    tree = get(f"articles/{page.pk}/?include=hast").json()["body"][1]["question"]

    assert titles == ["Asked"]
    assert question["source"] == {
        "id": source.pk, "title": "Asked", "path": "/asked/", "url": "http://testserver/asked/",
    }  # fmt: skip
    assert (question["anchor"], question["locale"]) == (block_id("question"), "en")
    assert question["answer"] == {"html": "<p>Rarely.</p>"}
    assert tree["answer"]["hast"]["children"][0]["tagName"] == "p"
    assert "## Does it hurt?\n\nRarely.\n\n[Asked](http://testserver/asked/)" in markdown  # fmt: skip
    assert '<li><a href="/asked/">Asked</a></li>' in html
    assert '<div class="hp-faq__item" lang="en">' in html
    assert '<a href="http://testserver/asked/" hreflang="en">Asked</a>' in html
    assert 'href="http://testserver/asked/#' not in html.split("ld+json")[0]


def test_the_questions_of_a_site_name_it_once(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        source = faq(body=asking())
        article(body=showing(source))

    found = get("faqs/entries/", q="hurt").json()["items"]

    assert [entry["page"]["id"] for entry in found] == [source.pk]


def test_a_question_follows_the_page_that_answers_it_and_nothing_else_does(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        source = faq(title="Asked", body=asking())
        chosen = {"question_id": block_id("question")}
        page = article(body=showing(source, **chosen))
        by_words = article(body=showing(source))
        link = f'<p><a linktype="page" id="{source.pk}">it</a></p>'
        linking = article(introduction=link)
    before = PublishedDocument.objects.get(page_id=linking.pk).updated_at

    with committed():
        republish(source, body=asking("Is it painful?", "<p>Seldom.</p>"))

    _titles, question = shown(get, page)
    assert question["question"] == "Is it painful?"
    assert question["answer"] == {"html": "<p>Seldom.</p>"}
    assert shown(get, by_words)[1] is None
    assert PublishedDocument.objects.get(page_id=linking.pk).updated_at == before

    with committed():
        republish(source, body="[]", title="Empty")
    assert shown(get, page) == (["Empty"], None)


def test_a_draft_of_the_answer_is_nobodys_business(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        source = faq(body=asking())
        page = article(body=showing(source))
    with committed():
        source.body = asking(answer="<p>A draft.</p>")
        source.save_revision()
        republish(page, summary="Anew.")

    assert shown(get, page)[1]["answer"] == {"html": "<p>Rarely.</p>"}


def test_a_question_says_when_its_page_was_reviewed(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        source = faq(body=asking())
        page = article(slug="backs", body=showing(source))
    assert shown(get, page)[1]["last_reviewed"] is None

    with committed():
        review = review_record(source, reviewer=user("doctor"))

    day = review.reviewed_at.date().isoformat()
    assert shown(get, page)[1]["last_reviewed"] == day
    html = Client().get("/backs/").content.decode()
    assert f'Medically reviewed: <time datetime="{day}">' in html

    with committed():
        republish(source, body=asking(answer="<p>Often.</p>"))
    assert shown(get, page)[1]["last_reviewed"] is None


def test_links_in_an_answer_lead_to_what_is_public(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        target = article(slug="target")
        link = f'<p><a linktype="page" id="{target.pk}">more</a></p>'
        source = faq(body=asking(answer=link))
        page = article(body=showing(source))
    assert shown(get, page)[1]["answer"] == {"html": '<p><a href="/target/">more</a></p>'}  # fmt: skip

    with committed():
        target.refresh_from_db()
        target.unpublish()

    assert shown(get, page)[1]["answer"] == {"html": "<p>more</p>"}


def test_a_question_comes_in_the_readers_language_once_there_is_one(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        spanish = Locale.objects.create(language_code="es")
        source = faq(title="Asked", body=asking())
        page = article(body=showing(source, question_id=block_id("question")))
        home_page().copy_for_translation(spanish).save_revision().publish()
    with committed():
        translated = page.copy_for_translation(spanish)
        translated.save_revision().publish()
    assert shown(get, translated)[1]["locale"] == "en"

    with committed():
        answered = source.copy_for_translation(spanish)
        answered.title, answered.body = "Preguntas", asking("¿Duele?", "<p>Poco.</p>")
        answered.save_revision().publish()
    titles, question = shown(get, translated)
    assert (titles, question["question"]) == (["Preguntas"], "¿Duele?")
    assert question["source"]["id"] == answered.pk
    assert shown(get, page)[1]["question"] == "Does it hurt?"

    with committed():
        republish(answered, body="[]")
    titles, question = shown(get, translated)
    assert (titles, question["locale"]) == (["Preguntas"], "en")

    with committed():
        answered.refresh_from_db()
        answered.unpublish()
    assert shown(get, translated)[0] == ["Asked"]


def test_many_cost_what_two_do(committed: Callable[[], Any]) -> None:
    def cost(count: int) -> int:
        sources = [faq(body=asking()) for _ in range(count)]
        body = [
            part
            for number, source in enumerate(sources)
            for part in (
                block("related", {"pages": [item(source.pk, f"p{number}")]}, f"r{number}"),
                block("faq_ref", {"page": source.pk, "question": "Does it hurt?"}, f"q{number}"),
                block("video", {"url": f"{URL}{number}", "title": "T"}, f"v{number}"),
            )
        ]  # fmt: skip
        page = article(body=json.dumps(body))
        with CaptureQueriesContext(connection) as queries:
            resources = page_facts(page).resources
        found = (resources.related, resources.questions, resources.videos)
        assert [len(each) for each in found] == [count] * 3
        return len(queries)

    assert cost(20) == cost(2)


def test_an_answer_is_checked_for_claims_on_its_own_page() -> None:
    source = faq(body=asking(answer="<p>Acupuncture cures back pain for good.</p>"))
    page = article(body=showing(source))

    def claimed_in(page: Any) -> set[str]:
        found = page_claims(page, profiles=["editorial"], conditions=[], treatments=[])
        return {claim.block_id for claim in found.claims}

    assert claimed_in(source) == {block_id("question")}
    assert claimed_in(page) == set()


def test_a_video_is_a_link_and_says_what_its_provider_says(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    video = {
        "url": URL, "title": "Three stretches", "caption": "Slowly.", "credit": "Us", "has_captions": True,
        "transcript": "<p>Lie down.</p>", "shows_patient": True, "consent_given_on": "2026-01-02", "consent_note": "entry 12",
    }  # fmt: skip
    elsewhere = {"url": "https://videos.invalid/1", "title": "Not here"}
    with committed():
        page = article(
            slug="stretching",
            body=json.dumps(
                [block("video", video), block("video", elsewhere, "other")]
            ),
        )
    bare, refused = get(f"articles/{page.pk}/").json()["body"]
    assert (bare["video"]["url"], bare["video"]["provider"]) == (URL, None)
    assert (refused["title"], refused["video"]) == ("Not here", None)

    with committed():
        embed(URL)
    document = get(f"articles/{page.pk}/?include=hast")
    html = Client().get("/stretching/").content.decode()

    known = document.json()["body"][0]
    assert known["video"] == {
        "url": URL, "provider": "Video Example", "thumbnail_url": "https://img.example/1.jpg", "width": 480, "height": 270,
    }  # fmt: skip
    assert known["transcript"]["hast"]["type"] == "root"
    assert f'<a href="{URL}" rel="external">Watch “Three stretches” on Video Example</a>' in html  # fmt: skip
    assert "With captions." in html
    assert "Lie down." in html
    for body in (html, document.content.decode()):
        assert "entry 12" not in body
        assert "iframe" not in body
        assert "autoplay" not in body
        assert "videos.invalid" not in body
