"""What the templates of blocks ask for that show what is kept elsewhere: videos, other pages and their questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template

from ..document_questions import QuestionChoice
from ..selectors.media import videos_allowed
from .health_content_tags import RESOURCES, public_address

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVideo:
    """A video on another site."""

    url: str
    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPage:
    """A page that a block links to."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question, its answer as stored, and the page that both are from."""

    question: str
    answer: str
    locale: str
    title: str
    href: str
    last_reviewed: str


@register.simple_tag(takes_context=True)
def video_of(context: Context, value: Any) -> ShownVideo | None:
    """Return where the video of a block is; None on a host that the site does not allow."""
    url = public_address(context, value.get("url"))
    resources = context.get(RESOURCES)
    is_allowed = url in (resources.videos if resources else videos_allowed([url]))
    if not is_allowed:
        return None
    facts = resources.embeds.get(url) if resources else None
    return ShownVideo(url=url, provider=facts.provider if facts else "")


@register.simple_tag(takes_context=True)
def related_pages(context: Context, pages: Any) -> list[LinkedPage]:
    """Return the links of a block that the public may follow; none without a page around it."""
    resources = context.get(RESOURCES)
    if resources is None:
        return []
    links: dict[int, LinkedPage] = {}
    for page in pages or ():
        link = resources.related.get(page.pk) if page is not None else None
        if link is not None:
            href = resources.pages[page.pk]
            links[link.id] = LinkedPage(title=link.title, href=href)
    return list(links.values())


@register.simple_tag(takes_context=True)
def linked_page(context: Context, page: Any) -> LinkedPage | None:
    """Return the link to *page*, None where the public may not follow it."""
    return next(iter(related_pages(context, [page])), None)


@register.simple_tag(takes_context=True)
def question_of(context: Context, value: Any) -> ShownQuestion | None:
    """Return the question of another page that a block shows; None while the public cannot see it, or without a page."""
    resources = context.get(RESOURCES)
    page = value.get("page")
    if resources is None or page is None:
        return None
    choice = QuestionChoice(
        page=page.pk,
        id=value.get("question_id") or "",
        words=value.get("question") or "",
    )
    found = resources.questions.get(choice)
    if found is None:
        return None
    return ShownQuestion(
        question=found.asked.question,
        answer=found.asked.answer,
        locale=found.source.locale,
        title=found.source.title,
        href=found.source.url,
        last_reviewed=found.reviewed_at.date().isoformat() if found.reviewed_at else "",
    )
