"""What the gate says to people: a sentence for each reason, with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from .gate_checks import Reason

SENTENCES: Mapping[str, _StrPromise] = {
    "disclaimer_missing": _(
        "No medical disclaimer is shown. Choose one under Safety, or publish one for every page of this language."
    ),
    "disclaimer_draft": _(
        "“%(text)s” is not published. Publish it under Disclaimers first, or remove it here."
    ),
    "disclaimer_expired": _("“%(text)s” has expired. Choose another disclaimer."),
    "disclaimer_language": _(
        "“%(text)s” is in another language. Choose its translation."
    ),
    "disclaimer_jurisdiction": _(
        "“%(text)s” is meant for another country. Choose another disclaimer."
    ),
    "review_missing": _(
        "Nobody reviewed it medically. Submit it for review, or lower the risk if it is news or an opinion."
    ),
    "risk_unconfirmed": _(
        "Its risk, or what it is about, was set lower than it was, or than is usual. A reviewer has to confirm that."
    ),
    "changed": _("It was changed after its medical review. Submit it for review."),
    "changed_slightly": _(
        "It was changed a little after its medical review. A reviewer can confirm that no statement changed."
    ),
    "review_overdue": _("The next review was due on %(text)s. Submit it for review."),
    "reviewer_unknown": _("The account of the reviewer is gone. Ask another reviewer."),
    "reviewer_wrote": _("The reviewer wrote it, too. Ask another reviewer."),
    "reviewer_interest": _(
        "The reviewer declared an interest in what it is about. Ask another reviewer."
    ),
    "reviewer_interest_in": _(
        "The reviewer declared an interest that the page shares: %(text)s. Ask another reviewer."
    ),
    "credential_expired": _(
        "The reviewer's credential has expired. Renew it under People, or ask another reviewer."
    ),
    "credential_unverified": _(
        "Nobody looked the reviewer's credential up. Do so under People."
    ),
    "credential_specialty": _(
        "The subject is not among the specialties of the reviewer."
    ),
    "claim": _("“%(text)s”: %(message)s"),
    "claims_unchecked": _(
        "Nobody checked its claims: there are no rules for its language yet."
    ),
    "references_missing": _(
        "It makes claims and names no source. Add references, or take the claims back."
    ),
    "citation_dangling": _("“%(text)s” is cited, and is not among the references."),
    "reference_retracted": _(
        "“%(text)s” was retracted. Take it out, with what rests on it."
    ),
    "aspects_missing": _("Readers expect sections on: %(text)s."),
    "finding_overstated": _(
        "“%(text)s” sounds surer than its certainty: “does” is for high, “probably” for moderate, “may” for low, “it is uncertain whether” for very low."
    ),
    "dose_misplaced": _(
        "It says how to take %(text)s and is not about a medicine. Take that out, or say under “About and sources” that the page is about a medicine."
    ),
    "risks_missing": _(
        "It names benefits and no risks. Add a list of risks, or a section on side effects."
    ),
    "helpline_missing": _(
        "It is about a crisis and shows no helpline. Choose a disclaimer of the kind “Where to get help”."
    ),
    "replies_open": _(
        "It is about a crisis, and replies appear unread. Close them, or have them moderated first."
    ),
    "urgent_care_missing": _(
        "It does not say when to seek help at once. Add an urgent care card, or a section on when to see a doctor."
    ),
    "interests_undeclared": _(
        "It is commercial and does not say so. Write a statement on interests, or show a disclaimer on advertising."
    ),
    "alt_missing": _(
        "An image has no description. Describe it, or mark it as decorative."
    ),
    "captions_missing": _(
        "A video has no captions: “%(text)s”. Have them made, and tick that it has them."
    ),
    "transcript_missing": _(
        "A video has no transcript: “%(text)s”. Write down what is said and shown."
    ),
    "heading_skipped": _("A heading is a level too deep: “%(text)s”."),
    "table_headings": _(
        "A table has a column without a heading: “%(text)s”. Give every column one."
    ),
    "title_unprotected": _(
        "It says “%(text)s”, but the library knows another title that the law protects there. Use that, or correct the library."
    ),
    "text_complex": _("It is hard to read (LIX %(text)s). Shorter words help."),
    "sentences_long": _("%(text)s sentences have more than 20 words."),
    "consent_missing": _(
        "A person is shown or quoted without a note of consent: %(text)s. Say when they agreed and where the record is, or that the story is made up."
    ),
    "translation_unreviewed": _(
        "Its source was reviewed medically, this translation was not. Submit it for review."
    ),
    "translation_behind": _("Its source was reviewed anew since it was translated."),
    "procedure_type": _(
        "It says “%(text)s”, but the treatment goes through the skin. Correct one of the two."
    ),
    "ai_unreviewed": _(
        "A machine helped to write it, and nobody reviewed the whole page. Submit it for review."
    ),
}


# Where an editor mends what is not wrong in one place of the text: the name of a field.
FIELDS: Mapping[str, str] = {
    "disclaimer_missing": "disclaimers",
    "disclaimer_draft": "disclaimers",
    "disclaimer_expired": "disclaimers",
    "disclaimer_language": "disclaimers",
    "disclaimer_jurisdiction": "disclaimers",
    "helpline_missing": "disclaimers",
    "replies_open": "replies_mode",
    "references_missing": "references",
    "citation_dangling": "references",
    "reference_retracted": "references",
    "interests_undeclared": "conflict_statement",
    "ai_unreviewed": "ai_assistance",
    "risk_unconfirmed": "risk_tier",
    "aspects_missing": "body",
    "risks_missing": "body",
    "urgent_care_missing": "body",
}


def reason_sentence(reason: Reason) -> str:
    """Return what is wrong, in the active language, without the suggestion."""
    facts = {"text": reason.text, "message": reason.message}
    return gettext(str(SENTENCES[reason.code])) % facts


def reason_text(reason: Reason) -> str:
    """Return the sentence that tells an editor about *reason*, in the active language."""
    return " ".join(filter(None, (reason_sentence(reason), reason.suggestion)))


def reason_place(reason: Reason) -> str:
    """Return the block, or the field, in which *reason* is mended; "" for the page as a whole."""
    return reason.block_id or FIELDS.get(reason.code, "")
