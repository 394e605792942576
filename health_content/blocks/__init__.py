"""The blocks that editors write health pages with.

A block's name in the stream is the `type` of its JSON, for ever. Leaf blocks are Wagtail's own; ours are Struct, List
or Stream blocks. What only editors see (labels, help, icons, previews, layout) is dropped from migrations by
`LeanStreamField`, so it can be improved at will.
"""

from .body import BodyBlock, FAQBodyBlock, SectionBlock
from .disclaimer import DisclaimerBlock, DisclaimerRulesBlock, PageDisclaimersBlock
from .evidence import CitedReferencesBlock, ReferencesBlock, reference_chooser
from .faq import FAQBlock
from .lists import (
    ApproachListBlock,
    BenefitListBlock,
    MechanismListBlock,
    StepListBlock,
)
from .media import FigureBlock, TableBlock
from .people import ContributorsBlock
from .text import CalloutBlock, QuoteBlock

__all__ = [
    "ApproachListBlock",
    "BenefitListBlock",
    "BodyBlock",
    "CalloutBlock",
    "CitedReferencesBlock",
    "ContributorsBlock",
    "DisclaimerBlock",
    "DisclaimerRulesBlock",
    "FAQBlock",
    "FAQBodyBlock",
    "FigureBlock",
    "MechanismListBlock",
    "PageDisclaimersBlock",
    "QuoteBlock",
    "ReferencesBlock",
    "SectionBlock",
    "StepListBlock",
    "TableBlock",
    "reference_chooser",
]
