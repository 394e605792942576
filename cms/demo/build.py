"""Build the whole demonstration, and say where to look at it."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale

from .content import load_pages, load_replies, load_site
from .library import disclaimers_ensure, images_ensure, topics_ensure
from .menus import menus_ensure
from .people import groups_ensure, people_ensure
from .policies import organization_ensure, policy_ensure
from .redirects import redirects_ensure
from .replies import ReplyBuilder
from .reviewing import workflow_ensure
from .shelves import profiles_ensure, references_ensure
from .tree import HOST, TreeBuilder, site_ensure, site_port

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "es")
EDIT, EVIDENCE = "wagtailadmin_pages:edit", "health_content_evidence"
# State of an article of the demonstration: what it stands for, and where the admin shows that.
STAGES = {
    "refused": ("claims what must not stand: try to publish it, and see the Health panel", EDIT),
    "draft": ("waits for its medical review, which its editor cannot give", EDIT),
    "published": ("went live: who reviewed and published it, when, and under which rules", EVIDENCE),
    "unpublished": ("was taken offline, which nothing keeps anybody from", EDIT),
}  # fmt: skip
# Of the content API: a redirect, a menu, one in Spanish, a search within a topic, and a list of the pages of a wider topic.
EXAMPLES = (
    "resolve/?path=/back-pain/",
    "navigation/main/",
    "navigation/footer/?locale=es",
    "search/?q=needles&topic=back-pain",
    "articles/?topic=muscles-and-joints",
)


def demo_build() -> int:
    """Make everything that is missing; return how many pages and replies were added.

    What is there is left alone, so that a second run changes nothing and an editor's changes stay.
    """
    site = load_site()
    before = _page_count()
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    groups_ensure()
    call_command("load_starter_data", stdout=StringIO())
    users = people_ensure(site.people)
    disclaimers = disclaimers_ensure(site.disclaimers, user=users["administrator"])
    tree = TreeBuilder(
        user=users["editor"],
        reviewer=users["reviewer"],
        images=images_ensure(site.images),
        disclaimers=disclaimers,
        topics=topics_ensure(site.topics, disclaimers=disclaimers),
        people=profiles_ensure(site.profiles, user=users["administrator"]),
        references=references_ensure(site.references, user=users["administrator"]),
    )
    home, *others = site.indexes
    tree.build_indexes([home])
    site_ensure(home=tree.indexes[home.locale, home.key], name=site.site_name)
    organization_ensure(site.organization, policy=policy_ensure(site.policy))
    tree.build_indexes(others)
    workflow_ensure(tree.homes())
    tree.build_pages(load_pages())
    menus_ensure(site.menus, pages=tree.page_ids(), user=users["editor"])
    redirects_ensure(site.redirects, pages=tree.page_ids())
    replies = ReplyBuilder(moderator=users["moderator"], pages=tree.pages)
    return _page_count() - before + replies.build(load_replies())


def demo_summary(*, port: int | None = None) -> Iterator[str]:
    """Yield the lines that tell a newcomer where everything is; with *port*, the site moves there first."""
    base = f"http://{HOST}:{site_port(port)}"
    yield "Pages"
    for title, path in _addresses():
        yield f"  {base}{path}  {title}"
    yield "Articles on their way, each at another stage"
    for stage, path in _stages():
        yield f"  {base}{path}  {stage}"
    yield "Admin"
    yield f"  {base}/admin/"
    for person in load_site().people:
        yield f"  {person.role:<14} {person.username} / {person.password}"
    yield "API"
    example = "/articles/acupuncture-for-back-pain/"
    yield f"  {base}/api/content/v1/resolve/?path={example}"
    for path in EXAMPLES:
        yield f"  {base}/api/content/v1/{path}"
    yield f"  {base}/api/content/v1/docs/"
    yield f"  {base}/api/replies/v1/openapi.json"


def _addresses() -> list[tuple[str, str]]:
    """Return title and path of every public page of the demonstration, the home pages first."""
    found: list[tuple[str, str]] = []
    for name in ("IndexPage", "ArticlePage", "FAQPage"):
        model = apps.get_model("health_pages", name)
        found += [
            (page.title, page.get_url() or "")
            for page in model.objects.live().defer("introduction").order_by("path")
        ]
    return [(title, _path(url)) for title, url in found if url]


def _stages() -> Iterator[tuple[str, str]]:
    """Yield what became of an article of each state, and where that is seen in the admin."""
    model = apps.get_model("health_pages", "ArticlePage")
    for state, (stage, view) in STAGES.items():
        slugs = [text.slug for text in load_pages() if text.state == state]
        page = model.objects.filter(slug__in=slugs).order_by("path").first()
        if page is not None:
            yield stage, reverse(view, args=[page.pk])


def _path(url: str) -> str:
    """Return *url* without scheme and host."""
    return "/" + url.split("/", 3)[3] if "://" in url else url


def _page_count() -> int:
    return sum(
        apps.get_model("health_pages", name).objects.count()
        for name in ("IndexPage", "ArticlePage", "FAQPage")
    )
