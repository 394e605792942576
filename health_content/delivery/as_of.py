"""What a page and its disclaimers said at an instant, from what was recorded: half-open intervals, begin included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from ..published_html import republish_html

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from ..document_facts import Json, JsonObject

PINNED = "pinned"
SECTION = "section"
# Of records that were made before documents said why.
UNTOLD_WHY: JsonObject = {"code": "page", "name": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A wording of a disclaimer, as it was recorded."""

    chain: int
    """The disclaimer, whatever its key was or is."""
    number: int
    key: str
    locale: str
    title: str
    body_html: str
    text_sha: str
    hash: str
    live_from: datetime
    live_until: datetime | None = None
    """When the next one took its place; None for the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingThen:
    """A disclaimer of a page, and its wording at the instant that was asked for."""

    recorded: JsonObject
    """What the page's record says of it."""
    wording: Wording | None
    """None when no version tells: then the record's own words stand."""

    @property
    def html(self) -> str:
        """Return the words, with all the links that were in them."""
        if self.wording is not None:
            return self.wording.body_html
        body = self.recorded.get("body")
        return str(body.get("html", "")) if isinstance(body, dict) else ""


def with_ends(wordings: Iterable[Wording]) -> list[Wording]:
    """Return *wordings*, in order of chain and number, each with the moment at which the next one took its place."""
    found = list(wordings)
    following: Sequence[Wording | None] = [*found[1:], None] if found else []
    return [
        replace(here, live_until=later.live_from)
        if later is not None and later.chain == here.chain
        else here
        for here, later in zip(found, following, strict=True)
    ]


def wording_then(
    recorded: JsonObject, wordings: Sequence[Wording], *, locale: str, at: datetime
) -> WordingThen:
    """Return what the *recorded* disclaimer of a page in *locale* said at the instant *at*.

    One that was kept says what it said when the page was published. Any other said at each instant what its interval of
    *wordings* says, also before the page's record followed.
    """
    said = [
        wording
        for wording in wordings
        if (wording.key, wording.number, wording.title)
        == (recorded.get("key"), recorded.get("version"), recorded.get("title"))
    ]
    # An alias shows its source's words, which may be in another language.
    said.sort(key=lambda wording: wording.locale != locale)
    if not said or recorded.get("wording") == PINNED:
        return WordingThen(recorded=recorded, wording=said[0] if said else None)
    begun = [w for w in wordings if w.chain == said[0].chain and w.live_from <= at]
    # Without any the clock went back between the wording and the record; the record is right.
    newest = max(begun, key=lambda wording: wording.number, default=said[0])
    return WordingThen(recorded=recorded, wording=newest)


def disclaimer_then(
    then: WordingThen, *, sections: Collection[str], may_follow: Callable[[str], bool]
) -> JsonObject:
    """Return the disclaimer as a document carries it, in the words of then.

    Of its links those are kept that *may_follow* admits, and the name of a section if it is one of *sections*, which the
    public can see above the page today.
    """
    wording, recorded = then.wording, then.recorded
    own: JsonObject = {}
    if wording is not None:
        own = {
            "key": wording.key,
            "version": wording.number,
            "title": wording.title,
        }
    return {
        **recorded,
        "why": _why(recorded.get("why"), sections),
        "wording": recorded.get("wording", "latest"),
        **own,
        "body": {"html": republish_html(then.html, may_follow)},
    }


def _why(recorded: Json, sections: Collection[str]) -> JsonObject:
    if not isinstance(recorded, dict):
        return {**UNTOLD_WHY}
    is_hidden = recorded.get("code") == SECTION and recorded.get("name") not in sections
    return {**recorded, "name": None} if is_hidden else recorded


def proof_of(then: WordingThen) -> JsonObject:
    """Return when the wording was the newest one, and what proves it."""
    wording = then.wording
    return {
        "locale": wording.locale if wording else None,
        "live_from": exact(wording.live_from) if wording else None,
        "live_until": exact(wording.live_until) if wording else None,
        "text_sha": wording.text_sha if wording else None,
        "hash": wording.hash if wording else None,
    }


def exact(moment: datetime | None) -> str | None:
    """Return *moment* in RFC 3339, UTC, as exactly as it is known: ask with it, and you are on its side of the border."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def recorded_disclaimers(document: JsonObject) -> list[JsonObject]:
    """Return the disclaimers of a recorded document's safety envelope."""
    safety: Json = document.get("safety")
    found = safety.get("disclaimers") if isinstance(safety, dict) else None
    return [d for d in found if isinstance(d, dict)] if isinstance(found, list) else []
