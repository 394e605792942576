"""Read the demonstration's texts: TOML files in, plain values out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"
IMAGES = HERE / "images"

Block = dict[str, Any]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexText:
    """A page that lists others. `key` is the same in every language."""

    key: str
    locale: str
    slug: str
    title: str
    summary: str
    introduction: str
    parent: str = ""
    """Key of the index above; empty for the home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerText:
    """A disclaimer in one language."""

    key: str
    locale: str
    kind: str
    title: str
    placement: str
    applies_to_all: bool
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicText:
    """A topic in one language. `key` is the same in every language."""

    key: str
    locale: str
    slug: str
    name: str
    description: str
    parent: str = ""
    """Key of the wider topic; empty for the widest."""
    disclaimers: tuple[str, ...] = ()
    """Keys of the disclaimers that its pages show, and those of the topics below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuText:
    """A menu of the site in one language."""

    key: str
    locale: str
    title: str
    items: tuple[Block, ...]
    """Each has a type and what its block wants; `page` is the key of an index or the slug of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectText:
    """A second address of a page."""

    path: str
    locale: str
    page: str
    """The key of an index or the slug of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """A drawing in `images/`."""

    key: str
    file: str
    title: str
    alt: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return IMAGES / self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A fictional user. `role` is administrator, editor, moderator or reviewer."""

    role: str
    username: str
    first_name: str
    last_name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileText:
    """A fictional person whom pages name."""

    key: str
    name: str
    job_title: str
    bio: str
    specialties: tuple[str, ...] = ()
    credentials: tuple[Block, ...] = ()
    """Each with `title` and `awarding_body`, and `verified_at` if somebody looked it up."""
    conflicts: tuple[str, ...] = ()
    user: str = ""
    """The name of their account, if they have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceText:
    """A source of the library. `csl` is CSL-JSON, with authors as lines and the date as a text."""

    key: str
    kind: str
    csl: Block
    direction: str = ""
    certainty: str = ""
    """As the source itself states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """An article or a page of questions."""

    slug: str
    type: str
    locale: str
    parent: str
    state: str
    """What becomes of it: published, draft (waits for its medical review), refused (a draft that the gate refuses) or unpublished (published,
    then taken down)."""
    title: str
    summary: str
    introduction: str
    body: tuple[Block, ...]
    disclaimers: tuple[Block, ...] = ()
    topics: tuple[str, ...] = ()
    """Keys of its topics."""
    content_kind: str = ""
    risk_tier: str = "standard"
    conditions: tuple[str, ...] = ()
    """Keys of conditions of the starter data; so are `treatments` of treatments."""
    treatments: tuple[str, ...] = ()
    contributors: tuple[Block, ...] = ()
    """Each with `person`, the key of a profile, and `role`."""
    references: tuple[Block, ...] = ()
    """Each with `key`, that of a reference of the library, and perhaps `locator` and `note`."""
    conflict_statement: str = ""
    translation_of: str = ""
    """Slug of the page that this one translates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """A reply of a fictional reader, and the state it ends in."""

    key: str
    page: str
    name: str
    email: str
    state: str
    body: str
    parent: str = ""
    reason: str = ""
    """Code of the reason why it is kept from the public."""
    note: str = ""
    """What the moderator noted for colleagues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteText:
    """Everything in `site.toml`."""

    site_name: str
    indexes: tuple[IndexText, ...]
    disclaimers: tuple[DisclaimerText, ...]
    topics: tuple[TopicText, ...]
    menus: tuple[MenuText, ...]
    redirects: tuple[RedirectText, ...]
    images: tuple[ImageFile, ...]
    people: tuple[Person, ...]
    profiles: tuple[ProfileText, ...]
    references: tuple[ReferenceText, ...]
    policy: Block
    organization: Block


def load_site() -> SiteText:
    """Return the tree, the disclaimers, the topics, the menus, the redirects, the drawings, the people and the sources."""
    data = _read(CONTENT / "site.toml")
    return SiteText(
        site_name=data["site_name"],
        indexes=tuple(_record(IndexText, item) for item in data["indexes"]),
        disclaimers=tuple(
            _record(DisclaimerText, item) for item in data["disclaimers"]
        ),
        topics=tuple(_record(TopicText, item) for item in data["topics"]),
        menus=tuple(_record(MenuText, item) for item in data["menus"]),
        redirects=tuple(_record(RedirectText, item) for item in data["redirects"]),
        images=tuple(_record(ImageFile, item) for item in data["images"]),
        people=tuple(_record(Person, item) for item in data["people"]),
        profiles=tuple(_record(ProfileText, item) for item in data["profiles"]),
        references=tuple(_record(ReferenceText, item) for item in data["references"]),
        policy=data["policy"],
        organization=data["organization"],
    )


def load_pages() -> tuple[PageText, ...]:
    """Return the articles and question pages; a translation comes after its original."""
    files = sorted(CONTENT.glob("*/*.toml"))
    pages = [_record(PageText, _read(path)) for path in files]
    return tuple(sorted(pages, key=lambda page: (bool(page.translation_of), page.slug)))


def load_replies() -> tuple[ReplyText, ...]:
    """Return the replies; an answer comes after what it answers."""
    data = _read(CONTENT / "replies.toml")
    return tuple(_record(ReplyText, item) for item in data["replies"])


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _record(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """Return *values* as a dataclass: lists made tuples, blank lines around texts dropped.

    Raises:
        TypeError: a key is missing or unknown, so a typing error in a file is found at once.
    """
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := set(values) - names:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}.")
    return kind(**{key: _plain(value) for key, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value.strip() if isinstance(value, str) else value
