"""The words by which shared caches know answers: what an answer carries, and which of them a change makes stale.

An answer about one page carries `self-3`, which is dropped when its own bytes change and at no other time; a list
carries one word for its kind and language. What else a document is made of (`page-5`, `disclaimer-2`) stands there for
operators: the read model finds the documents that depend on something, and names each by its own word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYTHING = "content-api"
"""On every answer that may be stored: for the day when all must go."""
ALL_LISTS = "list"
SITES = "list-site"
"""The API's root, which lists the sites and languages."""
REDIRECTS = "list-redirect"
CHANGES = "list-changes"
DISCLAIMERS = "list-disclaimer"
KEY_LENGTH = 16
"""Characters of a path's key that a tag holds: 64 bits, enough never to meet by chance."""
LLMS_TYPES = frozenset({"article", "faq"})
# What these name is shown in the document; the rest of its tags are its own.
SHOWN_KINDS = frozenset(
    {
        "page",
        "image",
        "document",
        "topic",
        "person",
        "reference",
        "condition",
        "treatment",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What caches are told of a document: where it is, and what it shows."""

    id: int
    type: str
    locale: str
    site_id: int
    path: str
    path_key: str
    title: str
    tags: frozenset[str]
    """All tags of its answers."""
    has_questions: bool = False
    home_of: frozenset[int] = frozenset()
    """The sites whose root page it is, in some language."""

    @property
    def disclaimers(self) -> frozenset[str]:
        """Return the ids of the disclaimers that it shows."""
        return frozenset(_numbers(self.tags, "disclaimer"))


def self_tag(page_id: int) -> str:
    """Return the tag of the answers that are about the page."""
    return f"self-{page_id}"


def path_tag(site_id: int, path_key: str) -> str:
    """Return the tag of what `resolve/` answers for a path."""
    return f"path-{site_id}-{path_key[:KEY_LENGTH]}"


def children_tag(page_id: int) -> str:
    """Return the tag of answers that hold the cards of the page's children."""
    return f"children-{page_id}"


def llms_tag(site_id: int) -> str:
    """Return the tag of the site's `/llms.txt`."""
    return f"llms-{site_id}"


def home_tag(site_id: int) -> str:
    """Return the tag of the site's own answer, which names its home pages."""
    return f"home-{site_id}"


def redirect_tag(redirect_id: int) -> str:
    """Return the tag of the answer that a redirect gives."""
    return f"redirect-{redirect_id}"


def wording_tag(disclaimer_id: int | str) -> str:
    """Return the tag of the answer that is the disclaimer itself, not a page that shows it."""
    return f"wording-{disclaimer_id}"


def disclaimer_key_tag(key: str) -> str:
    """Return the tag of what hangs on which disclaimers with the key are public.

    Another language may be another disclaimer, and versions of articles name disclaimers only while those are public.
    """
    return f"disclaimer-key-{key}"


def navigation_tag(menu_id: int) -> str:
    """Return the tag of the answers that have the menu."""
    return f"navigation-{menu_id}"


def navigation_key_tag(key: str) -> str:
    """Return the tag of what was asked for a menu with *key*: another language's may be the answer, or none."""
    return f"navigation-key-{key}"


def list_tag(kind: str, locale: str | None = None) -> str:
    """Return the tag of lists of *kind*: those of one language have a word of their own."""
    return f"list-{kind}-{locale}" if locale else f"list-{kind}"


def list_tags(kind: str, locale: str | None = None) -> str:
    """Return the tags of a list's answer."""
    return f"{ALL_LISTS} {list_tag(kind, locale)}"


def document_tags(
    *,
    page_id: int,
    document_type: str,
    site_id: int,
    path_key: str,
    shown: Iterable[str],
) -> list[str]:
    """Return the tags of a document's answers: its own, the disclaimers it shows, the rest of what it shows."""
    own = [
        f"page-{page_id}",
        f"type-{document_type}",
        f"site-{site_id}",
        self_tag(page_id),
        path_tag(site_id, path_key),
    ]
    rest = sorted(
        set(shown) - set(own), key=lambda tag: (not tag.startswith("disclaimer-"), tag)
    )
    return own + rest


def stale_tags(before: Tagged | None, after: Tagged | None) -> set[str]:
    """Return the tags of the answers that are others now that the document *before* is *after*; None is not public.

    Called for documents whose bytes changed, that came or that went.
    """
    tags: set[str] = set()
    for each in (before, after):
        if each is not None:
            tags.add(self_tag(each.id))
            tags.update(_lists(each))
    if face_changed(before, after):
        is_moved = place_changed(before, after)
        for each in (before, after):
            if each is not None:
                tags.update(_neighbors(each, is_moved=is_moved))
    return tags | _disclaimer_lists(before, after)


def must_go(before: Tagged | None, after: Tagged | None) -> bool:
    """Return whether not even one more reader may get the answer *before*, while a cache fetches the new one.

    So when the document went away, and when it ceased to show something, which may have become private.
    """
    if before is None or after is None:
        return before is not None
    lost = before.tags - after.tags
    return any(tag.partition("-")[0] in SHOWN_KINDS for tag in lost)


def place_changed(before: Tagged | None, after: Tagged | None) -> bool:
    """Return whether links and redirects to the document lead elsewhere, or nowhere."""
    return _place(before) != _place(after)


def face_changed(before: Tagged | None, after: Tagged | None) -> bool:
    """Return whether what others show of the document changed: its title or its place."""
    return _face(before) != _face(after)


def trim_tags(tags: str, max_length: int) -> str:
    """Return as many of *tags*, separated by spaces, as fit; the first ones are those that we purge by."""
    if len(tags) <= max_length:
        return tags
    return tags[: max_length + 1].rpartition(" ")[0]


def _lists(document: Tagged) -> set[str]:
    kinds = ["page", document.type, "route"]
    if document.has_questions:
        kinds.append("question")
    return {list_tag(k, loc) for k in kinds for loc in (None, document.locale)}


def _neighbors(document: Tagged, *, is_moved: bool) -> set[str]:
    """Return the tags of what shows the document's title or place, besides pages."""
    tags = {home_tag(site_id) for site_id in document.home_of}
    if document.type in LLMS_TYPES:
        tags.add(llms_tag(document.site_id))
    if is_moved:
        tags.add(path_tag(document.site_id, document.path_key))
    return tags


def _disclaimer_lists(before: Tagged | None, after: Tagged | None) -> set[str]:
    """Return the tags of the disclaimers that say otherwise now where they are shown."""
    old = before.disclaimers if before else frozenset()
    new = after.disclaimers if after else frozenset()
    said = old | new if face_changed(before, after) else old ^ new
    return {wording_tag(pk) for pk in said} | ({DISCLAIMERS} if said else set())


def _place(document: Tagged | None) -> tuple[int, str] | None:
    return None if document is None else (document.site_id, document.path)


def _face(document: Tagged | None) -> tuple[str, tuple[int, str] | None]:
    return ("" if document is None else document.title, _place(document))


def _numbers(tags: Iterable[str], kind: str) -> list[str]:
    prefix = f"{kind}-"
    return [
        number
        for tag in tags
        if tag.startswith(prefix) and (number := tag[len(prefix) :]).isdigit()
    ]
