"""Questions that pages show and others answer: found in bulk, in what the public may see of those."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from ..blocks.elsewhere import question_models
from ..document_facts import QuestionFacts
from ..document_questions import find_question
from .links import page_links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from wagtail.models import AbstractPage

    from ..document_facts import ReviewFacts
    from ..document_questions import AskedQuestion, QuestionChoice
    from .addresses import AddressBook
    from .visibility import PublicView


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question, and the page that answers it."""

    asked: AskedQuestion
    page: AbstractPage


def answering_pages(
    found: Iterable[Mapping[QuestionChoice, FoundQuestion]],
) -> list[AbstractPage]:
    """Return the pages that answer the questions, each once."""
    pages = {each.page.pk: each.page for asked in found for each in asked.values()}
    return list(pages.values())


def questions_found(
    choices: Sequence[tuple[int, Collection[QuestionChoice]]], view: PublicView
) -> list[Mapping[QuestionChoice, FoundQuestion]]:
    """Return the questions that the public may see, for the *choices* of each page and the language that it is in.

    A question comes in the page's language where the page that answers it has a public translation with that question.
    Two queries where the site has one model of such pages, none without choices.
    """
    pages = _pages({choice.page for _locale, asked in choices for choice in asked})
    by_id = {page.pk: page for page in view.shown(pages)} if pages else {}
    translations: dict[object, dict[int, AbstractPage]] = defaultdict(dict)
    for page in by_id.values():
        translations[page.translation_key][page.locale_id] = page
    found: list[Mapping[QuestionChoice, FoundQuestion]] = []
    for locale_id, asked in choices:
        own: dict[QuestionChoice, FoundQuestion] = {}
        for choice in asked:
            chosen = by_id.get(choice.page)
            if chosen is not None:
                local = translations[chosen.translation_key].get(locale_id, chosen)
                question = _first(choice, (local, chosen))
                if question is not None:
                    own[choice] = question
        found.append(own)
    return found


def question_facts(
    found: Mapping[QuestionChoice, FoundQuestion],
    reviews: Mapping[int, ReviewFacts | None],
    book: AddressBook,
) -> dict[QuestionChoice, QuestionFacts]:
    """Return the questions as documents show them; *reviews* are those of the pages that answer them, by id. No query."""
    facts: dict[QuestionChoice, QuestionFacts] = {}
    for choice, question in found.items():
        review = reviews.get(question.page.pk)
        for link in page_links([question.page], book):
            facts[choice] = QuestionFacts(
                asked=question.asked,
                source=link,
                reviewed_at=review.reviewed_at if review else None,
            )
    return facts


def _pages(identifiers: Collection[int]) -> list[AbstractPage]:
    """Return the pages of questions with *identifiers*, and their translations where links follow those."""
    if not identifiers:
        return []
    found: list[AbstractPage] = []
    for model in question_models():
        chosen = model.objects.filter(pk__in=identifiers)
        wanted = Q(pk__in=identifiers)
        if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            wanted |= Q(translation_key__in=chosen.order_by().values("translation_key"))
        found += model.objects.filter(wanted)
    return found


def _first(
    choice: QuestionChoice, pages: Iterable[AbstractPage]
) -> FoundQuestion | None:
    for page in pages:
        question = find_question(page.body.get_prep_value(), choice)
        if question is not None:
            return FoundQuestion(question, page)
    return None
