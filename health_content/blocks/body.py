"""The streams that pages are made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BlockGroup,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    StreamBlock,
    StructBlock,
)

from .aspects import health_aspect_block
from .base import GROUP_TEXT, HEADING_MAX_LENGTH, PREVIEW_TEMPLATE
from .care import CareCardBlock, MedicineInfoBlock
from .disclaimer import DisclaimerBlock
from .elsewhere import QuestionReferenceBlock, RelatedBlock
from .evidence import ReferencesBlock
from .faq import FAQBlock
from .figures import EvidenceSummaryBlock, StatBlock
from .lists import (
    ApproachListBlock,
    BenefitListBlock,
    MechanismListBlock,
    RisksBlock,
    StepListBlock,
)
from .media import FigureBlock, TableBlock
from .stories import PersonalStoryBlock
from .text import CalloutBlock, QuoteBlock, rich_text_block
from .video import VideoBlock

SECTION_LEVELS = [("2", _("Section")), ("3", _("Subsection of the one above"))]


class SectionContentBlock(StreamBlock):
    """Everything but a section."""

    rich_text = rich_text_block()
    mechanism_list = MechanismListBlock()
    benefit_list = BenefitListBlock()
    risks = RisksBlock()
    approach_list = ApproachListBlock()
    step_list = StepListBlock()
    faq = FAQBlock()
    faq_ref = QuestionReferenceBlock()
    related = RelatedBlock()
    callout = CalloutBlock()
    care_card = CareCardBlock()
    medicine_info = MedicineInfoBlock()
    quote = QuoteBlock()
    personal_story = PersonalStoryBlock()
    image = FigureBlock()
    video = VideoBlock()
    table = TableBlock()
    disclaimer = DisclaimerBlock()
    stat = StatBlock()
    evidence_summary = EvidenceSummaryBlock()
    references = ReferencesBlock()


class SectionBlock(StructBlock):
    """A heading and what belongs under it."""

    heading = CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Heading"),
        help_text=_(
            "Say what the section answers. Readers scan headings before they read."
        ),
    )
    level = ChoiceBlock(
        choices=SECTION_LEVELS,
        default="2",
        label=_("Level"),
        help_text=_("A subsection belongs to the nearest section above it."),
    )
    health_aspect = health_aspect_block()
    standalone_safe = BooleanBlock(
        required=False,
        default=False,
        label=_("Offer on its own"),
        help_text=_(
            "Other sites and apps may show the section without the rest of the article once a medical reviewer has cleared "
            "it, and until it changes. The disclaimers always go with it."
        ),
    )
    blocks = SectionContentBlock(label=_("Content"), required=False)

    class Meta:
        icon = "title"
        group = GROUP_TEXT
        label = _("Section")
        label_format = "{heading}"
        description = _("A heading with its text, lists and pictures. Start here.")
        form_layout = BlockGroup(
            children=["heading", "blocks"],
            settings=["level", "health_aspect", "standalone_safe"],
        )
        template = "health_content/blocks/section.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": "What to expect",
            "level": "2",
            "blocks": [
                {
                    "type": "rich_text",
                    "value": "<p>Your first visit takes about half an hour.</p>",
                },
            ],
        }


class _SectionsBlock(StreamBlock):
    """Sections alone; a base, so that the picker offers a section before anything else."""

    section = SectionBlock()


class BodyBlock(SectionContentBlock, _SectionsBlock):
    """The body of an article: sections, and anything that stands before or between them."""


class FAQBodyBlock(StreamBlock):
    """The body of a page of questions and answers."""

    faq = FAQBlock()
    rich_text = rich_text_block()
    callout = CalloutBlock()
    care_card = CareCardBlock()
    image = FigureBlock()
    video = VideoBlock()
    related = RelatedBlock()
    disclaimer = DisclaimerBlock()
    references = ReferencesBlock()
