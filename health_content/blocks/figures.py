"""Figures and findings, each with its source."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import GROUP_EVIDENCE, HEADING_MAX_LENGTH, PREVIEW_TEMPLATE
from .evidence import evidence_block

NUMBER_MAX = 10_000_000_000  # More than there are people.
CERTAINTIES = [
    ("high", _("High: the true effect is close to this")),
    ("moderate", _("Moderate: the true effect is probably close to this")),
    ("low", _("Low: the true effect may be quite different")),
    ("very_low", _("Very low: the true effect is probably quite different")),
]


class StatBlock(blocks.StructBlock):
    """How many of how many people, in what time: a natural frequency (see `natural_frequencies`)."""

    numerator = blocks.IntegerBlock(
        min_value=0,
        max_value=NUMBER_MAX,
        label=_("How many"),
        help_text=_("The 3 of “3 in 100”."),
    )
    denominator = blocks.IntegerBlock(
        min_value=1,
        max_value=NUMBER_MAX,
        label=_("Of how many"),
        help_text=_("The 100 of “3 in 100”. Use the same one on the whole page."),
    )
    population = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Who"),
        help_text=_("Who was counted: “adults”, “people who had acupuncture”."),
    )
    statement = blocks.CharBlock(
        max_length=300,
        label=_("What it says of them"),
        help_text=_("The rest of the sentence: “had at least one unwanted effect”."),
    )
    period = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("In what time"),
        help_text=_("“over 12 months”, “during a course of treatment”, “at any time”."),
    )
    evidence = evidence_block(is_required=True)

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse more people than there are, in drafts too."""
        cleaned = super().clean(value)
        few, many = cleaned.get("numerator"), cleaned.get("denominator")
        if few is not None and many is not None and few > many:
            message = gettext("This cannot be more than the number below it.")
            error = ValidationError(message, code="invalid")
            raise StructBlockValidationError(block_errors={"numerator": error})
        return cleaned

    class Meta:
        icon = "hp-stat"
        group = GROUP_EVIDENCE
        label = _("Figure in numbers of people")
        label_format = "{numerator} / {denominator} {population} {statement}"
        description = _(
            "“3 in 100 adults …”, with its source. Say it before a percentage."
        )
        template = "health_content/blocks/stat.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "numerator": 3,
            "denominator": 100,
            "population": "people in an imagined study",
            "statement": "had this unwanted effect",
            "period": "over 12 months",
            "evidence": [],
        }


class EvidenceSummaryBlock(blocks.StructBlock):
    """What research answers to a question, and how sure that is.

    The levels and their meaning are GRADE's (Balshem and colleagues, "GRADE guidelines: 3. Rating the quality of evidence",
    J Clin Epidemiol 2011;64:401-6); the verbs that go with them are those of "GRADE guidelines 26" (Santesso and
    colleagues, J Clin Epidemiol 2020;119:126-35): does, probably, may, uncertain. The gate reads the finding for its verb.
    """

    question = blocks.CharBlock(
        max_length=300,
        label=_("Question"),
        help_text=_("What was asked: “Does acupuncture ease chronic low back pain?”."),
    )
    finding = blocks.TextBlock(
        rows=3,
        max_length=1_000,
        label=_("Finding"),
        help_text=_(
            "One sentence with the verb of its certainty: “does” when it is high, “probably” when moderate, “may” when low, "
            "“it is uncertain whether” when very low."
        ),
    )
    certainty = blocks.ChoiceBlock(
        choices=CERTAINTIES,
        label=_("Certainty (GRADE)"),
        help_text=_("As the review or guideline states it for this finding."),
    )
    effect = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Size of the effect"),
        help_text=_("Optional, with its unit: “9 points less on a scale of 100”."),
    )
    studies = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=100_000,
        label=_("Number of studies"),
        help_text=_("Optional. Those that this finding rests on."),
    )
    participants = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=NUMBER_MAX,
        label=_("Number of participants"),
        help_text=_("Optional. Of those studies together."),
    )
    evidence = evidence_block(is_required=True)

    class Meta:
        icon = "clipboard-list"
        group = GROUP_EVIDENCE
        label = _("Finding of research")
        label_format = "{question}"
        description = _(
            "What research found, how sure that is, and from how many people."
        )
        template = "health_content/blocks/evidence_summary.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "question": "Does a warm bath ease a stiff back? (imagined)",
            "finding": "A warm bath may ease stiffness for an hour.",
            "certainty": "low",
            "effect": "1 point less on a scale of 10",
            "studies": 2,
            "participants": 180,
            "evidence": [],
        }
