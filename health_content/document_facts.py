"""What a document is made of: plain facts, gathered once, from which `document` builds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .governance_facts import Governance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from .disclaimer_rules import Shown
    from .document_questions import AskedQuestion, QuestionChoice

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSourceFacts:
    """One file of an image: a width a browser may choose."""

    src: str
    width: int
    height: int
    type: str
    """Media type, for example `image/webp`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FocalPoint:
    """The part of an image that cropping must keep, as fractions (0 to 1) of width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFacts:
    """An image that can be shown, now or as soon as its files are made."""

    id: int
    alt: str
    """What the image library says; a block may say it better."""
    sources: tuple[ImageSourceFacts, ...]
    """In order of width, the smallest first, all of one media type together; last the type that every browser reads."""
    focal_point: FocalPoint | None = None
    key: str = ""
    """Names the picture: another one, or another file in its place, has another key."""
    width: int = 0
    height: int = 0
    is_pending: bool = False
    """Files that are wanted are still to be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedFacts:
    """What is known of another party's video or post, since an editor chose it. None of it is that party's markup."""

    kind: str
    """`video`, `photo`, `rich` or `link`."""
    title: str
    provider: str
    thumbnail_url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerFacts:
    """A live disclaimer: its published wording, still as the database keeps rich text."""

    id: int
    key: str
    version: int
    """Number of the published wording; 0 when it was never recorded."""
    title: str
    kind: str
    placement: str
    """`start` or `end`: where it goes when a page does not say."""
    body: str
    applies_to_all: bool = False
    is_pinned: bool = False
    """The page keeps this wording, whatever the newest one says."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFacts:
    """A topic of a page, in the page's language where it has that."""

    id: int
    name: str
    slug: str
    above: tuple[str, ...] = ()
    """Slugs of the topics that it belongs to, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """Another page that everybody may see."""

    id: int
    title: str
    path: str
    url: str
    locale: str

    def document(self) -> JsonObject:
        """Return the link as documents name it."""
        return {"id": self.id, "title": self.title, "path": self.path, "url": self.url}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFacts:
    """A question that another public page answers."""

    asked: AskedQuestion
    source: PageLink
    reviewed_at: datetime | None = None
    """When that page was last reviewed, as it stands now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedReference:
    """A live reference of the library as statements in the body name it: its number on the page, and what it is worth."""

    number: int
    key: str
    """The anchor of its entry in the page's references."""
    kind: str
    certainty: str
    """"" where nobody graded it."""
    direction: str
    """"" where nobody said."""
    is_retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Everything a page refers to, looked up in bulk. What is not here is not visible."""

    pages: Mapping[int, str] = field(default_factory=dict)
    """Page id to the address that a link to it gets: site-relative, or absolute when it is on another site."""
    addresses: Mapping[str, int] = field(default_factory=dict)
    """Address that somebody typed to the id of the page of ours that it leads to, public or not."""
    documents: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    """Address that somebody typed to the id of the document of ours that it names, public or not."""
    embeds: Mapping[str, EmbedFacts] = field(default_factory=dict)
    """Address, as the rich text names it, to what is known of it."""
    videos: frozenset[str] = frozenset()
    """Addresses of videos whose host the site allows."""
    related: Mapping[int, PageLink] = field(default_factory=dict)
    """Page id, as a block chose it, to the page that readers get: in their language where it has that."""
    questions: Mapping[QuestionChoice, QuestionFacts] = field(default_factory=dict)
    images: Mapping[int, ImageFacts] = field(default_factory=dict)
    disclaimers: Mapping[int, DisclaimerFacts] = field(default_factory=dict)
    references: Mapping[int, CitedReference] = field(default_factory=dict)
    locale: str = ""
    """The page's language, for the few words that are made of numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """A medical review of a page."""

    reviewed_at: datetime
    """When the page was read as a whole: who confirms a minor change does not move it."""
    next_review_at: datetime
    status: str
    """`current`, `due` or `overdue`."""
    reviewer: str
    """Name of a person of the library; "" for an account that is none."""
    credentials: str
    reviewer_key: str = ""
    """Key of that person, by which pages name them too; "" when they are gone."""
    overdue_action: str = ""
    """What becomes of the page for being overdue; "" when it is not."""
    overdue_at: datetime | None = None
    """When it is overdue, where that is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who publishes the document, and on what terms it may be used."""

    publisher: str
    licence: str | None
    required_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page as it stands in the database, and what it refers to."""

    id: int
    type: str
    """`article`, `faq` or `index`."""
    model: str
    translation_key: str
    site: str
    """Host name of the page's site, with the port when it is not a standard one."""
    locale: str
    title: str
    slug: str
    path: str
    """Site-relative; starts and ends with a slash."""
    url: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    version: int
    """Number of the publication that this document becomes."""
    introduction: str
    """Rich text as the database keeps it."""
    summary: str
    body: Json
    """The stored stream: a list of `{"type", "value", "id"}`."""
    seo_title: str
    search_description: str
    audience: str
    resources: Resources
    breadcrumbs: tuple[PageLink, ...]
    """From the site's home page to the parent, visible pages only."""
    alternates: tuple[PageLink, ...]
    """The page in its other languages, without itself."""
    attribution: Attribution
    disclaimers: tuple[Shown, ...] = ()
    """Those that the page shows, in order, also such as are not live: `resources` has the others."""
    governance: Governance = field(default_factory=Governance)
    topics: tuple[TopicFacts, ...] = ()
    """In order of name, each slug once."""
    dependencies: frozenset[str] = frozenset()
    """Tags of all that the document is made of, the invisible included, such as `page-3`: never delivered."""
    site_id: int = 0
    """The site's row; 0 when no site contains the page."""
    expires_at: datetime | None = None
    """When the page, or a disclaimer it shows, goes offline by itself."""
    review: ReviewFacts | None = None
    """The newest medical review of exactly this content."""
    gate_status: str = "unchecked"
    """What the gate said when the content went live."""
    content_digest: str = ""
    """SHA-256 of what the editors wrote, which reviews are bound to; "" where the gate was not asked."""
