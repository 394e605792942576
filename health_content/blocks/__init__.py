"""The blocks that editors write health pages with.

A block's name in the stream is the `type` of its JSON, for ever. Leaf blocks are Wagtail's own; ours are Struct, List
or Stream blocks. What only editors see (labels, help, icons, previews, layout) is dropped from migrations by
`LeanStreamField`, so it can be improved at will.
"""

from .body import BodyBlock, FAQBodyBlock, SectionBlock
from .care import CareCardBlock, MedicineInfoBlock
from .disclaimer import DisclaimerBlock, DisclaimerRulesBlock, PageDisclaimersBlock
from .elsewhere import QuestionReferenceBlock, RelatedBlock
from .evidence import CitedReferencesBlock, ReferencesBlock, reference_chooser
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
from .people import ContributorsBlock
from .stories import PersonalStoryBlock
from .text import CalloutBlock, QuoteBlock
from .video import VideoBlock

__all__ = [
    "ApproachListBlock",
    "BenefitListBlock",
    "BodyBlock",
    "CalloutBlock",
    "CareCardBlock",
    "CitedReferencesBlock",
    "ContributorsBlock",
    "DisclaimerBlock",
    "DisclaimerRulesBlock",
    "EvidenceSummaryBlock",
    "FAQBlock",
    "FAQBodyBlock",
    "FigureBlock",
    "MechanismListBlock",
    "MedicineInfoBlock",
    "PageDisclaimersBlock",
    "PersonalStoryBlock",
    "QuestionReferenceBlock",
    "QuoteBlock",
    "ReferencesBlock",
    "RelatedBlock",
    "RisksBlock",
    "SectionBlock",
    "StatBlock",
    "StepListBlock",
    "TableBlock",
    "VideoBlock",
    "reference_chooser",
]
