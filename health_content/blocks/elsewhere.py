"""Other pages in the text of one: links to them, and the questions that they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from ..document_questions import QuestionChoice, find_question, questions_of
from .base import GROUP_LISTS, HEADING_MAX_LENGTH, heading_block

if TYPE_CHECKING:
    from ..document_facts import Json

RELATED_MAX = 12  # More than readers choose from.
NAMED_MAX = 10  # Questions in an error message.


class RelatedBlock(blocks.StructBlock):
    """Links to pages of ours."""

    heading = heading_block()
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(
            label=_("Page"), help_text=_("A page of this site, or of another of ours.")
        ),
        min_num=1,
        max_num=RELATED_MAX,
        label=_("Pages"),
        help_text=_(
            "Each shows its own title, in the reader's language where it has that. One that the public cannot see is left out."
        ),
    )

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse a page that is there twice, except in a draft."""
        cleaned = super().clean(value)
        chosen = [page.pk for page in cleaned["pages"] if page is not None]
        if not self.is_deferred_validation and len(chosen) != len(set(chosen)):
            error = ValidationError(gettext("A page is there twice."), code="duplicate")
            raise StructBlockValidationError(block_errors={"pages": error})
        return cleaned

    class Meta:
        icon = "link"
        group = GROUP_LISTS
        label = _("Related pages")
        label_format = "{heading}"
        description = _("Links to other pages of ours, which follow when those move.")
        template = "health_content/blocks/related.html"
        preview_template = "health_content/previews/related.html"
        preview_value = {"heading": "Read on", "pages": []}


class QuestionPageBlock(blocks.PageChooserBlock):
    """A page of questions, of whichever class the site has for them."""

    @cached_property
    def target_models(self) -> list[Any]:
        """Return the models of pages of questions."""
        return question_models()


class QuestionReferenceBlock(blocks.StructBlock):
    """A question that another page answers, shown with its answer: written once, reviewed once."""

    page = QuestionPageBlock(
        label=_("Page of questions"),
        help_text=_("The question is shown while the public can see this page."),
    )
    question = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Question"),
        help_text=_(
            "Copy it from that page, word for word. Readers see question and answer as they stand there, also when they "
            "change."
        ),
    )
    question_id = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        search_index=False,
        label=_("What the question is known by"),
        help_text=_("Filled in by itself."),
    )

    def clean(self, value: Any) -> Any:
        """Return the cleaned value with the question's id; refuse one that the page does not ask, except in a draft."""
        cleaned = super().clean(value)
        page = cleaned["page"]
        if page is None:
            return cleaned
        stream = stored_body(page)
        words = cleaned["question"]
        found = find_question(stream, QuestionChoice(page=page.pk, id="", words=words))
        if found is not None:
            cleaned["question_id"] = found.id
        elif not self.is_deferred_validation:
            error = ValidationError(_not_asked(stream), code="not_asked")
            raise StructBlockValidationError(block_errors={"question": error})
        return cleaned

    class Meta:
        icon = "hp-faq"
        group = GROUP_LISTS
        label = _("Question of another page")
        label_format = "{question}"
        description = _(
            "A question with its answer from a page of questions. It changes with that page."
        )
        form_layout = blocks.BlockGroup(
            children=["page", "question"], settings=["question_id"]
        )
        template = "health_content/blocks/faq_ref.html"
        preview_template = "health_content/previews/faq_ref.html"
        preview_value = {"page": None, "question": "Does it hurt?"}


def question_models() -> list[Any]:
    """Return the models of the site's pages of questions."""
    return [m for m in apps.get_models() if getattr(m, "document_type", "") == "faq"]


def stored_body(page: Any) -> Json:
    """Return the stored body of *page*: what is live, or else its newest draft."""
    specific = page.specific
    content = specific if specific.live else specific.get_latest_revision_as_object()
    body = getattr(content, "body", None)
    stored: Json = body.get_prep_value() if body is not None else []
    return stored


def _not_asked(stream: Json) -> str:
    asked = [each.question for each in questions_of(stream)][:NAMED_MAX]
    if not asked:
        return gettext("That page asks nothing.")
    return gettext("That page does not ask this. It asks: %(questions)s") % {
        "questions": " ".join(asked)
    }
