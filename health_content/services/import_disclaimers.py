"""Disclaimers of an imported article: found in the library, or added to it as drafts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.text import Truncator, slugify
from wagtail.rich_text import get_text_for_indexing

from ..actors import actor_user
from ..models import DisclaimerKind, DisclaimerSnippet

if TYPE_CHECKING:
    from wagtail.models import Locale

    from ..actors import Actor
    from ..importers.build import ArticleValues, DisclaimerText

MAX_DISCLAIMER_TITLE = 100  # Of 200 characters; it has to fit in a chooser.

_WORD = re.compile(r"\w+")


def import_disclaimers(
    values: ArticleValues, locale: Locale, actor: Actor
) -> list[tuple[DisclaimerSnippet, str]]:
    """Return the snippets of the article's disclaimers with their placement, each once; make those that are missing."""
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
        snippet = known or _imported_disclaimer(
            found, locale, actor, subject=values.title
        )
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

    Its key comes from its words, so that two imports at once make one. The title names the article too: a library full
    of "Note" would tell an editor nothing.
    """
    digest = hashlib.sha256(normal_words(found.text).encode()).hexdigest()
    key = f"{slugify(found.label)[:60] or 'disclaimer'}-{digest[:12]}"
    title = Truncator(f"{found.label}: {subject}").chars(MAX_DISCLAIMER_TITLE)
    values = {
        "title": title,
        "kind": _kind(found),
        "body": found.body_html,
        "placement": found.placement,
        "live": False,
    }
    snippet, is_new = DisclaimerSnippet.objects.get_or_create(
        key=key, locale=locale, defaults=values
    )
    if is_new:
        snippet.save_revision(user=actor_user(actor), log_action=True)
    return snippet


def _kind(found: DisclaimerText) -> DisclaimerKind:
    label = found.label.casefold()
    if "affiliate" in label:
        return DisclaimerKind.AFFILIATE
    if "sponsor" in label:
        return DisclaimerKind.SPONSORED
    return DisclaimerKind.MEDICAL
