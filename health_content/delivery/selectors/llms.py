"""A site's documents as language models are told of them (https://llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from ...conf import get_conf
from ...rich_markdown import markdown_heading, markdown_link, markdown_text
from ...selectors.organization import site_publisher
from ..visibility import documents_public

if TYPE_CHECKING:
    from wagtail.models import Site

# Enough to choose from; `routes/` has the rest.
DOCUMENTS_MAX = 1_000
SECTIONS = {"article": ("Articles", "articles"), "faq": ("Questions", "faqs")}
NOTE = (
    "Health content. Each document begins with its safety envelope and holds its disclaimers in full; quote neither "
    "without the other."
)


def llms_text(site: Site, *, api_url: str) -> str:
    """Return the text for *site*: what it is, then links to its documents as Markdown, by type and path.

    *api_url* is the absolute address of the API, with its closing slash. One query, and one where the site has no name.
    """
    conf = get_conf()
    blocks = [
        markdown_heading(1, site.site_name or site_publisher(site.pk) or site.hostname),
        *([f"> {quote}"] if (quote := markdown_text(conf.attribution_text)) else []),
        NOTE,
    ]
    documents = documents_public(timezone.now()).filter(site=site, type__in=SECTIONS)
    rows = documents.order_by("path", "page_id").values_list("type", "page_id", "title")
    shown = list(rows[:DOCUMENTS_MAX])
    for kind, (heading, collection) in SECTIONS.items():
        links = [
            f"- {markdown_link(title, f'{api_url}{collection}/{page_id}.md')}"
            for document_type, page_id, title in shown
            if document_type == kind
        ]
        if links:
            blocks += [f"## {heading}", "\n".join(links)]
    label = "Every page, as JSON"
    blocks += ["## Optional", f"- {markdown_link(label, f'{api_url}routes/')}"]
    return "\n\n".join(blocks) + "\n"
