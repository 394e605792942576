"""Videos, links to other pages and questions of other pages: what editors may enter."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.models import Embed

from health_content import blocks, videos
from health_content.blocks.elsewhere import question_models
from health_content.pages.models import FAQPage
from health_content.videos import is_allowed
from tests import factories

URL = "https://vimeo.com/76979871"


def errors_of(block: Any, data: Any) -> dict[str, str]:
    """Return the message beside each field."""
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(data))
    return {
        name: error.messages[0] for name, error in caught.value.block_errors.items()
    }


# Videos


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, True),
        ("https://www.youtube.com/watch?v=abcdefghijk", True),
        ("https://videos.invalid/1", False),
        ("https://vimeo.com/1 onclick=x", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_the_site_says_whose_videos_are_allowed(url: str, expected: bool) -> None:
    assert is_allowed(url) is expected


def test_a_host_that_is_not_allowed_is_refused_in_drafts_too() -> None:
    block = blocks.VideoBlock()
    value = block.to_python({"url": "https://videos.invalid/1"})

    with pytest.raises(StructBlockValidationError) as caught:
        block.clean_deferred(value)

    assert caught.value.block_errors["url"].messages == [
        "Videos of this site are not allowed here."
    ]


@pytest.mark.django_db
def test_what_is_known_of_a_video_is_not_asked_again() -> None:
    Embed.objects.create(url=URL, hash=get_embed_hash(URL), type="video", html="x")
    block = blocks.VideoBlock()

    cleaned = block.clean(block.to_python({"url": URL, "title": "T"}))

    assert cleaned["url"] == URL


@pytest.mark.django_db
def test_a_video_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_url: str) -> None:
        raise EmbedNotFoundException

    monkeypatch.setattr("wagtail.embeds.embeds.get_embed", ask)

    errors = errors_of(blocks.VideoBlock(), {"url": URL, "title": "T"})

    assert errors == {"url": "There is no video at this address."}


def test_a_draft_asks_no_provider() -> None:
    block = blocks.VideoBlock()

    cleaned = block.clean_deferred(block.to_python({"url": URL}))

    assert cleaned["url"] == URL


def test_without_wagtails_embeds_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(videos.apps, "is_installed", lambda _name: False)

    assert videos.video_is_there(URL)


# Related pages


@pytest.mark.django_db
def test_a_page_is_named_once() -> None:
    page = factories.article()
    block = blocks.RelatedBlock()
    twice = {"pages": [factories.item(page.pk, name) for name in "ab"]}

    assert errors_of(block, twice) == {"pages": "A page is there twice."}
    once = block.clean(block.to_python({"pages": twice["pages"][:1]}))
    assert [chosen.pk for chosen in once["pages"]] == [page.pk]
    block.clean_deferred(block.to_python(twice))


# Questions of other pages


def test_only_pages_of_questions_are_offered() -> None:
    assert question_models() == [FAQPage]
    chooser = blocks.QuestionReferenceBlock().child_blocks["page"]
    assert chooser.target_models == [FAQPage]


def questions(*words: str, **fields: Any) -> Any:
    """Return a page that asks these questions."""
    asked = [
        factories.item({"question": text, "answer": "<p>x</p>"}, text) for text in words
    ]
    body = [factories.block("faq", {"heading": "", "items": asked})] if words else []
    return factories.faq(body=body, **fields)


@pytest.mark.django_db
def test_a_question_is_known_by_its_id_from_then_on() -> None:
    page = questions("Does it hurt?", "How long?")
    block = blocks.QuestionReferenceBlock()
    data = {"page": page.pk, "question": "how  LONG?", "question_id": "old"}

    cleaned = block.clean(block.to_python(data))

    assert cleaned["question_id"] == factories.block_id("How long?")


@pytest.mark.django_db
def test_a_question_that_the_page_does_not_ask_is_refused_with_those_it_asks() -> None:
    page = questions("Does it hurt?", "How long?")
    block = blocks.QuestionReferenceBlock()
    other = {"page": page.pk, "question": "Why?"}

    assert errors_of(block, other) == {
        "question": "That page does not ask this. It asks: Does it hurt? How long?"
    }
    assert block.clean_deferred(block.to_python(other))["question"] == "Why?"
    silent = {"page": questions().pk, "question": "Why?"}
    assert errors_of(block, silent) == {"question": "That page asks nothing."}
    assert block.clean_deferred(block.to_python({"question": "Why?"}))["page"] is None


@pytest.mark.django_db
def test_of_a_draft_its_newest_questions_count() -> None:
    page = questions("Does it hurt?", live=False)
    page.body = questions("How long?").body
    page.save_revision()
    block = blocks.QuestionReferenceBlock()

    cleaned = block.clean(block.to_python({"page": page.pk, "question": "How long?"}))

    assert cleaned["question_id"] == factories.block_id("How long?")
