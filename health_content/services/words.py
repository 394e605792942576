"""Keeps claims that must not stand out of public texts that are no health pages: those of sections, and disclaimers.

Such a text has no medical review and nobody to override a finding: it can always be said otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..disclaimer_fields import SECTION_WORDS
from ..errors import WordingRefused
from ..gate_checks import Reason
from ..gate_facts import Check, Level
from ..gate_messages import reason_text
from ..selectors.claims import words_claims
from ..selectors.page_content import stored_value
from ..selectors.policies import organization_of, profiles_everywhere, site_levels
from .disclaimers import wording_sha

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..abstract import IndexMixin
    from ..document_facts import Json
    from ..gate_facts import ClaimState
    from ..models import DisclaimerSnippet


def section_words_faults(page: IndexMixin) -> list[str]:
    """Return the claims that keep the section *page* from going live; none where a live one says what it said.

    Cost: three queries.
    """
    base: Any = page
    content = {name: stored_value(base, name) for name in SECTION_WORDS}
    live = type(base)._base_manager.filter(pk=base.pk, live=True)  # noqa: SLF001 - Django's documented name
    if base.pk and content in list(live.values(*SECTION_WORDS)):
        return []
    organization = organization_of(base)
    profiles = organization.profiles if organization else profiles_everywhere()
    levels = site_levels(organization)
    locale = base.locale if base.locale_id else base.get_default_locale()
    return _faults(content, locale.language_code, profiles, levels)


def disclaimer_words_faults(disclaimer: DisclaimerSnippet) -> list[str]:
    """Return the claims that keep *disclaimer* from going live; none where its wording is the newest that was published.

    It may be shown on every site, so it is judged by the profiles of all. Cost: three queries.
    """
    text_sha = wording_sha(disclaimer.title, disclaimer.body)
    newest = disclaimer.versions.order_by("-number").first() if disclaimer.pk else None
    if newest and newest.text_sha == text_sha:
        return []
    content: dict[str, Json] = {
        "title": disclaimer.title,
        "introduction": disclaimer.body,
    }
    language = disclaimer.locale.language_code
    return _faults(content, language, profiles_everywhere(), site_levels(None))


def disclaimer_guard_words(disclaimer: DisclaimerSnippet) -> None:
    """Refuse to save *disclaimer* as live while it claims what must not stand.

    Raises:
        WordingRefused: with the reasons.
    """
    if disclaimer.live and (faults := disclaimer_words_faults(disclaimer)):
        raise WordingRefused(faults)


def _faults(
    content: Mapping[str, Json],
    locale: str,
    profiles: Sequence[str],
    levels: Mapping[str, str],
) -> list[str]:
    if levels.get(Check.CLAIM_BLOCKING, Level.BLOCK) != Level.BLOCK:
        return []
    claims = words_claims(content, locale=locale, profiles=profiles)
    found = [_sentence(claim) for claim in claims if claim.severity is Level.BLOCK]
    return list(dict.fromkeys(found))


def _sentence(claim: ClaimState) -> str:
    return reason_text(
        Reason(
            code="claim",
            level=Level.BLOCK,
            text=claim.text,
            message=claim.message,
            suggestion=claim.suggestion,
        )
    )
