"""Disclaimers of an imported article: found in the library, or added to it as drafts."""

from __future__ import annotations

import re
import unicodedata
import uuid
from typing import TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.rich_text import get_text_for_indexing

from ..actors import actor_user
from ..importers.build import NAMESPACE
from ..importers.vocabulary import is_note
from ..models import DisclaimerKind, DisclaimerSnippet

if TYPE_CHECKING:
    from wagtail.models import Locale

    from ..actors import Actor
    from ..importers.build import ArticleValues, DisclaimerText

MAX_KEY = 70  # Of 80 characters, so that a number still fits behind it.

_WORD = re.compile(r"\w+")


def import_disclaimers(
    values: ArticleValues, locale: Locale, actor: Actor, *, subject: str
) -> list[tuple[DisclaimerSnippet, str]]:
    """Return the snippets of the article's disclaimers with their placement, each once; make those that are missing.

    *subject* is the article's slug, for the keys of new ones.
    """
    live = DisclaimerSnippet.objects.filter(locale=locale, live=True).order_by("pk")
    library: dict[str, DisclaimerSnippet] = {}
    for snippet in live:
        library.setdefault(normal_words(get_text_for_indexing(snippet.body)), snippet)
    attached: dict[int, tuple[DisclaimerSnippet, str]] = {}
    for found in values.disclaimers:
        text = normal_words(found.text)
        known = library.get(text) or library.get(
            normal_words(f"{found.label} {found.text}")
        )
        snippet = known or _imported_disclaimer(found, locale, actor, subject=subject)
        library[text] = snippet
        attached.setdefault(snippet.pk, (snippet, found.placement))
    return list(attached.values())


def is_untouched(disclaimer: DisclaimerSnippet) -> bool:
    """Return whether nobody did anything with *disclaimer* since an import made it, so that it may go live with its page."""
    is_handled = (
        disclaimer.live
        or disclaimer.first_published_at
        or disclaimer.locked
        or disclaimer.current_workflow_state
    )
    return not is_handled and disclaimer.revisions.count() == 1


def normal_words(text: str) -> str:
    """Return the words of *text* alone: case, punctuation and white space make no other disclaimer."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _imported_disclaimer(
    found: DisclaimerText, locale: Locale, actor: Actor, *, subject: str
) -> DisclaimerSnippet:
    """Return the disclaimer that an import made of these words, in whatever state it is now; make a draft if none did.

    Its identity comes from its words, so that two imports at once make one. Readers see the title, editors tell it
    apart by the key, which names the article.
    """
    words = normal_words(found.text)
    title = _title(found.label)
    values = {
        "key": _free_key(f"{slugify(title)[:30]}-{subject}", locale),
        "title": title,
        "kind": _kind(found),
        "body": found.body_html,
        "placement": found.placement,
        "live": False,
    }
    snippet, is_new = DisclaimerSnippet.objects.get_or_create(
        translation_key=uuid.uuid5(NAMESPACE, f"disclaimer|{words}"),
        locale=locale,
        defaults=values,
    )
    if is_new:
        snippet.save_revision(user=actor_user(actor), log_action=True)
    return snippet


def _title(label: str) -> str:
    """Return what readers see above the wording; the active language is the page's."""
    bare = label.strip(" \t*_:!.-")
    if is_note(bare):
        return _("Note")
    if bare.casefold() in {"disclaimer", "disclaimers"}:
        return _("Disclaimer")
    return bare.capitalize() if bare.isupper() else bare


def _free_key(wanted: str, locale: Locale) -> str:
    """Return a key like *wanted* that no disclaimer of *locale* has."""
    base = slugify(wanted)[:MAX_KEY].strip("-_") or "disclaimer"
    taken = set(
        DisclaimerSnippet.objects.filter(
            locale=locale, key__startswith=base
        ).values_list("key", flat=True)
    )
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in candidates if key not in taken)


def _kind(found: DisclaimerText) -> DisclaimerKind:
    label = found.label.casefold()
    if "affiliate" in label:
        return DisclaimerKind.AFFILIATE
    if "sponsor" in label:
        return DisclaimerKind.SPONSORED
    return DisclaimerKind.MEDICAL
