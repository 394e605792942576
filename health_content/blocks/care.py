"""When to get help, and what a medicine is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import (
    GROUP_SAFETY,
    HEADING_MAX_LENGTH,
    ITEM_FEATURES,
    PREVIEW_TEMPLATE,
)

CRITERIA_MAX = 20
CRITERION_MAX_LENGTH = 300

CARE_LEVELS = [
    ("self_care", _("Self-care: what readers can do themselves")),
    ("non_urgent", _("Not urgent: see somebody at some time")),
    ("urgent", _("Urgent: get help today")),
    ("emergency", _("Emergency: get help now")),
]
AVAILABILITIES = [
    ("prescription", _("On prescription")),
    ("pharmacy", _("From a pharmacy, without a prescription")),
    ("general_sale", _("On general sale")),
]


class CareCardBlock(blocks.StructBlock):
    """Who should get which help, and how fast.

    NHS digital service manual, "Help users decide when and where to get care"
    (https://service-manual.nhs.uk/design-system/patterns/help-users-decide-when-and-where-to-get-care): the levels
    non-urgent, urgent and emergency, a title that says what to do "if", a list of signs, and words for those who hear
    the page that say how urgent it is. Self-care is ours: what readers can do themselves.
    """

    level = blocks.ChoiceBlock(
        choices=CARE_LEVELS,
        default="non_urgent",
        label=_("How urgent"),
        help_text=_("Decides the color, and what a screen reader says first."),
    )
    title = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Title"),
        help_text=_(
            "What to do, up to the “if” of the list below: “Call an ambulance if you have back pain and:”."
        ),
    )
    criteria = blocks.ListBlock(
        blocks.CharBlock(
            max_length=CRITERION_MAX_LENGTH,
            label=_("Sign"),
            help_text=_("One sign that a reader can notice, in plain words."),
        ),
        min_num=1,
        max_num=CRITERIA_MAX,
        label=_("Signs"),
    )
    action = blocks.RichTextBlock(
        required=False,
        features=list(ITEM_FEATURES),
        label=_("What to do"),
        help_text=_("Optional. Where to go, whom to call, what to do until then."),
    )

    class Meta:
        icon = "hp-care"
        group = GROUP_SAFETY
        label = _("Care card")
        label_format = "{level}: {title}"
        description = _("Signs to act on, and how fast: from self-care to emergency.")
        template = "health_content/blocks/care_card.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "level": "urgent",
            "title": "Ask for an appointment today if you have back pain and:",
            "criteria": ["a high temperature", "it is worse at night"],
            "action": "<p>Say that it is urgent when you call.</p>",
        }


class MedicineInfoBlock(blocks.StructBlock):
    """What a medicine is, and how people get it. How much of it to take belongs on pages about medicines alone."""

    generic_name = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Generic name"),
        help_text=_("The name of the substance, not of a brand: “ibuprofen”."),
    )
    form = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=_("Form"),
        help_text=_("For example “tablets, gel”."),
    )
    availability = blocks.ChoiceBlock(
        choices=AVAILABILITIES,
        required=False,
        label=_("How people get it"),
        help_text=_("In the country that the page is written for."),
    )
    dose = blocks.RichTextBlock(
        required=False,
        features=list(ITEM_FEATURES),
        label=_("How to take it"),
        help_text=_(
            "Only on a page that is about a medicine; elsewhere it keeps the page from being published."
        ),
    )

    class Meta:
        icon = "hp-medicine"
        group = GROUP_SAFETY
        label = _("Medicine")
        label_format = "{generic_name} {form}"
        description = _("What a medicine is called, its form, and how people get it.")
        form_layout = blocks.BlockGroup(
            children=["generic_name", "form", "availability"], settings=["dose"]
        )
        template = "health_content/blocks/medicine_info.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "generic_name": "Ibuprofen",
            "form": "tablets, gel",
            "availability": "general_sale",
        }
