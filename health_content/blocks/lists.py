"""Lists with a meaning: how something works, what it is good for, what else helps, what to do in which order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import (
    GROUP_LISTS,
    ITEMS_MAX,
    PREVIEW_TEMPLATE,
    ItemsBlock,
    ListItemBlock,
    heading_block,
    introduction_block,
)
from .evidence import evidence_block

NUMBERED = (
    "hp-numbered"  # Class name that makes the editing form show each item's number.
)


def items_block(item: blocks.StructBlock, *, is_numbered: bool) -> blocks.ListBlock:
    """Return the list of *item*: one at least, each shown by its title and folded away when the page is opened."""
    return blocks.ListBlock(
        item,
        min_num=1,
        max_num=ITEMS_MAX,
        collapsed=True,
        label=_("Items"),
        form_classname=NUMBERED if is_numbered else "",
    )


def start_block() -> blocks.IntegerBlock:
    """Return the number that a numbered list starts with."""
    return blocks.IntegerBlock(
        default=1,
        min_value=1,
        max_value=999,
        label=_("Start numbering at"),
        help_text=_("1, unless the list carries on from one above."),
    )


# The words and limits of `RisksBlock`.
FREQUENCIES = [
    ("very_common", _("Very common: may affect more than 1 in 10 people")),
    ("common", _("Common: may affect up to 1 in 10 people")),
    ("uncommon", _("Uncommon: may affect up to 1 in 100 people")),
    ("rare", _("Rare: may affect up to 1 in 1,000 people")),
    ("very_rare", _("Very rare: may affect up to 1 in 10,000 people")),
    ("not_known", _("Not known: cannot be estimated from what is known")),
]
MECHANISM_STATUSES = [
    ("established", _("Established: shown in people")),
    ("plausible", _("Plausible: studied, not settled")),
    ("traditional_belief", _("Traditional belief")),
]
NUMBERED_LAYOUT = blocks.BlockGroup(
    children=["heading", "introduction", "items"], settings=["start"]
)


class MechanismItemBlock(ListItemBlock):
    """One explanation, how far it is known, and on what that rests."""

    status = blocks.ChoiceBlock(
        choices=MECHANISM_STATUSES,
        required=False,
        label=_("How far it is known"),
        help_text=_(
            "A traditional belief needs words that say whose it is: “In traditional Chinese medicine, …”."
        ),
    )
    evidence = evidence_block()

    class Meta:
        icon = "hp-mechanism"
        label = _("Mechanism")
        form_layout = blocks.BlockGroup(
            children=["title", "body", "status", "evidence"]
        )


class MechanismListBlock(ItemsBlock):
    """Numbered explanations of how or why something works."""

    heading = heading_block()
    introduction = introduction_block()
    items = items_block(MechanismItemBlock(), is_numbered=True)
    start = start_block()

    class Meta:
        icon = "hp-mechanism"
        group = GROUP_LISTS
        label = _("Mechanisms")
        label_format = "{heading} {introduction}"
        description = _("How it works: a numbered list of explanations.")
        form_layout = NUMBERED_LAYOUT
        template = "health_content/blocks/mechanism_list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "introduction": "<p>Heat may ease a stiff back in several ways:</p>",
            "items": [
                {
                    "title": "Blood flow",
                    "body": "<p>Warm skin gets more blood.</p>",
                    "status": "established",
                },
                {
                    "title": "Muscles",
                    "body": "<p>Warm muscles may stretch more easily.</p>",
                    "status": "plausible",
                },
            ],
            "start": 1,
        }


class BenefitItemBlock(ListItemBlock):
    """One benefit, and on what it rests."""

    evidence = evidence_block()

    class Meta:
        icon = "hp-benefit"
        label = _("Benefit")
        form_layout = blocks.BlockGroup(children=["title", "body", "evidence"])


class BenefitListBlock(ItemsBlock):
    """What something may be good for."""

    heading = heading_block()
    introduction = introduction_block()
    items = items_block(BenefitItemBlock(), is_numbered=False)

    class Meta:
        icon = "hp-benefit"
        group = GROUP_LISTS
        label = _("Benefits")
        label_format = "{heading} {introduction}"
        description = _(
            "What it may be good for: a bulleted list. Name risks on the same page."
        )
        template = "health_content/blocks/benefit_list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "introduction": "<p>People who walk every day often notice:</p>",
            "items": [
                {"title": "Better sleep", "body": "<p>Many fall asleep sooner.</p>"},
                {
                    "title": "Less stiffness",
                    "body": "<p>Joints that move stay supple.</p>",
                },
            ],
        }


class RiskItemBlock(ListItemBlock):
    """One risk, how often it happens, and on what that rests."""

    frequency = blocks.ChoiceBlock(
        choices=FREQUENCIES,
        required=False,
        label=_("How often"),
        help_text=_(
            "The words of medicine leaflets. Readers see the number with the word."
        ),
    )
    evidence = evidence_block()

    class Meta:
        icon = "warning"
        label = _("Risk")
        form_layout = blocks.BlockGroup(
            children=["title", "body", "frequency", "evidence"]
        )


class RisksBlock(ItemsBlock):
    """What can go wrong: unwanted effects, and who should be careful.

    The words for how often are those of medicine leaflets in the European Union: European Commission, "A guideline on
    summary of product characteristics (SmPC)" (September 2009), section 4.8 (limits 1/10, 1/100, 1/1,000, 1/10,000), in
    the plain wording of EMA's QRD template of the package leaflet, section 4 ("may affect up to 1 in 10 people").
    """

    heading = heading_block()
    introduction = introduction_block()
    items = items_block(RiskItemBlock(), is_numbered=False)

    class Meta:
        icon = "warning"
        group = GROUP_LISTS
        label = _("Risks")
        label_format = "{heading} {introduction}"
        description = _(
            "What can go wrong, and how often. It belongs on every page that names benefits."
        )
        template = "health_content/blocks/risks.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": "Unwanted effects",
            "items": [
                {
                    "title": "Sore skin",
                    "body": "<p>It passes within a day or two.</p>",
                    "frequency": "common",
                },
                {
                    "title": "Burns",
                    "body": "<p>Put a cloth between your skin and the heat.</p>",
                    "frequency": "not_known",
                },
            ],
        }


class ApproachItemBlock(ListItemBlock):
    """One approach, a page of ours about it, and on what the words rest."""

    page = blocks.PageChooserBlock(
        required=False,
        label=_("Page about it"),
        help_text=_("Optional. Readers get a link to it while the public can see it."),
    )
    evidence = evidence_block()

    class Meta:
        icon = "hp-approach"
        label = _("Approach")
        form_layout = blocks.BlockGroup(children=["title", "body", "page", "evidence"])


class ApproachListBlock(ItemsBlock):
    """Numbered things that a reader can try besides, or instead."""

    heading = heading_block()
    introduction = introduction_block()
    items = items_block(ApproachItemBlock(), is_numbered=True)
    start = start_block()

    class Meta:
        icon = "hp-approach"
        group = GROUP_LISTS
        label = _("Approaches")
        label_format = "{heading} {introduction}"
        description = _("What else may help: a numbered list of approaches.")
        form_layout = NUMBERED_LAYOUT
        template = "health_content/blocks/approach_list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "introduction": "<p>These may help as well:</p>",
            "items": [
                {
                    "title": "Exercise",
                    "body": "<p>Walking or swimming, a little every day.</p>",
                },
                {
                    "title": "Posture",
                    "body": "<p>Change position often when you sit.</p>",
                },
            ],
            "start": 1,
        }


class StepItemBlock(ListItemBlock):
    """One step, and how long it takes."""

    duration = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("How long it takes"),
        help_text=_("Optional, in words: “20 to 30 minutes”."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        form_layout = blocks.BlockGroup(children=["title", "body", "duration"])


class StepListBlock(ItemsBlock):
    """What happens, or what to do, in order."""

    heading = heading_block()
    introduction = introduction_block()
    items = items_block(StepItemBlock(), is_numbered=True)

    class Meta:
        icon = "hp-steps"
        group = GROUP_LISTS
        label = _("Steps")
        label_format = "{heading} {introduction}"
        description = _("What to expect or to do, one step after the other.")
        template = "health_content/blocks/step_list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": "At your first visit",
            "items": [
                {
                    "title": "Talk",
                    "body": "<p>You describe your pain.</p>",
                    "duration": "10 minutes",
                },
                {
                    "title": "Examination",
                    "body": "<p>The doctor checks how you move.</p>",
                },
            ],
        }
