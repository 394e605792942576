"""Questions and answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .aspects import health_aspect_block
from .base import (
    GROUP_LISTS,
    HEADING_MAX_LENGTH,
    ITEM_FEATURES,
    ITEMS_MAX,
    PREVIEW_TEMPLATE,
    ItemsBlock,
    heading_block,
)
from .evidence import evidence_block


class QuestionBlock(blocks.StructBlock):
    """One question as a reader would ask it, and its answer."""

    question = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Question"),
        help_text=_("As a reader would ask it, with a question mark."),
    )
    answer = blocks.RichTextBlock(
        features=list(ITEM_FEATURES),
        label=_("Answer"),
        help_text=_("Answer in the first sentence; explain after it."),
    )
    health_aspect = health_aspect_block()
    evidence = evidence_block()

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"
        form_layout = blocks.BlockGroup(
            children=["question", "answer", "evidence"], settings=["health_aspect"]
        )


class FAQBlock(ItemsBlock):
    """Questions and answers; a question may be asked once."""

    unique_field = "question"

    heading = heading_block()
    items = blocks.ListBlock(
        QuestionBlock(),
        min_num=1,
        max_num=ITEMS_MAX,
        collapsed=True,
        label=_("Questions"),
    )

    class Meta:
        icon = "hp-faq"
        group = GROUP_LISTS
        label = _("Questions and answers")
        label_format = "{heading}"
        description = _("What readers ask, and short answers.")
        template = "health_content/blocks/faq.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": "Common questions",
            "items": [
                {
                    "question": "Does it hurt?",
                    "answer": "<p>Most people feel little.</p>",
                },
                {
                    "question": "How long does it take?",
                    "answer": "<p>About half an hour.</p>",
                },
            ],
        }
