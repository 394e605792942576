"""Videos of other parties."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from ..videos import is_allowed, video_is_there
from .base import GROUP_MEDIA, HEADING_MAX_LENGTH, ITEM_FEATURES
from .stories import consent_date_block, consent_note_block, refuse_future_consent


class VideoBlock(blocks.StructBlock):
    """A video at another party's, of which readers get the address and never a player that starts by itself.

    Captions and the transcript: WCAG 2.2, success criteria 1.2.1 to 1.2.3 (https://www.w3.org/TR/WCAG22/#time-based-media).
    """

    url = blocks.URLBlock(
        label=_("Address"),
        help_text=_(
            "Of the page on which one can watch it, for example on YouTube or Vimeo."
        ),
    )
    title = blocks.CharBlock(
        max_length=HEADING_MAX_LENGTH,
        label=_("Title"),
        help_text=_("What the video shows. It is the text of the link."),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Caption"),
        help_text=_("Optional. What the video adds to the text."),
    )
    credit = blocks.CharBlock(
        required=False,
        max_length=HEADING_MAX_LENGTH,
        label=_("Credit"),
        help_text=_("Who made it, and under which license."),
    )
    has_captions = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("It has captions"),
        help_text=_(
            "Subtitles of all that is said and heard, which somebody has checked. Tick this, too, if it has no sound."
        ),
    )
    transcript = blocks.RichTextBlock(
        required=False,
        features=list(ITEM_FEATURES),
        label=_("Transcript"),
        help_text=_(
            "What is said, and what is shown without words, for those who cannot see or hear it."
        ),
    )
    shows_patient = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("It shows a patient"),
        help_text=_(
            "A real person who can be recognized as a patient. Say below when they agreed."
        ),
    )
    consent_given_on = consent_date_block()
    consent_note = consent_note_block()

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; refuse a host that the site does not allow, and, except in a draft, an unknown video."""
        cleaned = super().clean(value)
        refuse_future_consent(cleaned)
        url = cleaned["url"]
        if url and (message := self._problem(url)):
            error = ValidationError(message, code="video")
            raise StructBlockValidationError(block_errors={"url": error})
        return cleaned

    def _problem(self, url: str) -> str:
        if not is_allowed(url):
            return gettext("Videos of this site are not allowed here.")
        if not self.is_deferred_validation and not video_is_there(url):
            return gettext("There is no video at this address.")
        return ""

    class Meta:
        icon = "media"
        group = GROUP_MEDIA
        label = _("Video")
        label_format = "{title}"
        description = _(
            "A video on another site, with captions and a transcript. It never starts by itself."
        )
        form_layout = blocks.BlockGroup(
            children=[
                "url",
                "title",
                "caption",
                "credit",
                "has_captions",
                "transcript",
            ],
            settings=["shows_patient", "consent_given_on", "consent_note"],
        )
        template = "health_content/blocks/video.html"
        preview_template = "health_content/previews/video.html"
        preview_value = {
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
            "title": "Three stretches for a stiff back",
            "caption": "Stop when it hurts.",
            "credit": "our own film",
            "has_captions": True,
            "transcript": "<p>Lie on your back. Pull one knee to your chest.</p>",
        }
