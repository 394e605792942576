"""Stories of patients, and the note that they agreed to be shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .base import (
    GROUP_TEXT,
    HEADING_MAX_LENGTH,
    ITEM_FEATURES,
    PREVIEW_TEMPLATE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class DayBlock(blocks.DateBlock):
    """A day that is stored as text at once: a page's digest is made of it before Django's encoder sees it."""

    def get_prep_value(self, value: date | str | None) -> str | None:
        """Return the day as ISO 8601 has it; what was typed in a form, and not cleaned yet, as it is."""
        return value.isoformat() if isinstance(value, date) else value


def consent_date_block() -> DayBlock:
    """Return the day on which a person agreed to be shown."""
    return DayBlock(
        required=False,
        label=_("Agreed on"),
        help_text=_(
            "When the person agreed that this is published. Without it the page is not."
        ),
    )


def consent_note_block() -> blocks.CharBlock:
    """Return where the record of that is kept. Never the record: it names the person."""
    return blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        search_index=False,
        label=_("Where the record is"),
        help_text=_(
            "For example “consent register, entry 12”. Never the form itself or the person's name; readers do not see it."
        ),
    )


def refuse_future_consent(cleaned: Mapping[str, Any]) -> None:
    """Raise a validation error beside the day when it has not come yet, in drafts too.

    Raises:
        StructBlockValidationError: the day lies in the future.
    """
    day = cleaned.get("consent_given_on")
    if day is not None and day > timezone.localdate():
        message = gettext("This day has not come yet.")
        error = ValidationError(message, code="invalid")
        raise StructBlockValidationError(block_errors={"consent_given_on": error})


class PersonalStoryBlock(blocks.StructBlock):
    """What one person tells. It is always labeled as one person's experience.

    FTC, "Guides concerning the use of endorsements and testimonials", 16 CFR 255.2: one person's story reads as what anybody
    can expect. Consent: GMC, "Making and using visual and audio recordings of patients", recordings for use in widely
    accessible public media.
    """

    body = blocks.RichTextBlock(
        features=list(ITEM_FEATURES),
        label=_("Story"),
        help_text=_(
            "What happened to the person, and how it was for them. Leave out that something worked."
        ),
    )
    person = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Person, as readers see it"),
        help_text=_("As agreed with them: a first name, initials, or “a woman of 54”."),
    )
    is_fictional = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Made up"),
        help_text=_("Nobody lived this. Readers are told."),
    )
    consent_given_on = consent_date_block()
    consent_note = consent_note_block()

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse a consent that is still to be given."""
        cleaned = super().clean(value)
        refuse_future_consent(cleaned)
        return cleaned

    class Meta:
        icon = "user"
        group = GROUP_TEXT
        label = _("Personal story")
        label_format = "{person}"
        description = _(
            "One person's experience, marked as that. It needs a note of their consent."
        )
        form_layout = blocks.BlockGroup(
            children=["body", "person", "is_fictional"],
            settings=["consent_given_on", "consent_note"],
        )
        template = "health_content/blocks/personal_story.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "body": "<p>I walked a little further every morning. Some days were bad all the same.</p>",
            "person": "Sam, 61",
            "is_fictional": True,
        }
