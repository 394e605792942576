"""What an edit changes is purged, and nothing else: every answer, before and after, beside what the cache was told."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import F
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site

from health_content.actors import System
from health_content.delivery.models import PublishedDocument
from health_content.models import DisclaimerSnippet, PersonProfile
from health_content.services.withdrawals import page_withdraw
from tests.factories import (
    article,
    block,
    condition,
    disclaimer,
    faq,
    home_page,
    image,
    index,
    item,
    language,
    person,
    reference,
    treatment,
)

from .recorder import Answer, crawl

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Edited

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Library:
    """Pages that refer to each other in each way there is."""

    def __init__(self) -> None:
        self.general = disclaimer("general", applies_to_all=True)
        self.special = disclaimer("special")
        self.unused = disclaimer("unused")
        self.topics = index(title="Topics", slug="topics")
        self.sleep = article(
            self.topics, title="Sleep", slug="sleep", disclaimers=_chosen(self.special)
        )
        self.author, self.cited = person("Ada Sample"), reference("A trial")
        self.about, self.with_ = condition("Insomnia"), treatment("Naps")
        self.rest = article(
            self.topics,
            title="Rest",
            slug="rest",
            introduction=_link(self.sleep),
            **governed(self.author, self.cited),
            about_conditions=[self.about],
            about_treatments=[self.with_],
        )
        self.uncited = reference("Nobody names it")
        self.picture = image()
        self.teas = article(title="Teas", slug="teas", body=_picture(self.picture))
        self.asked = faq(title="Asked", slug="asked", body=_question())
        spanish = language("es")
        for page in (home_page(), self.topics):
            page.copy_for_translation(spanish).save_revision().publish()
        self.spanish = self.sleep.copy_for_translation(spanish)
        self.spanish.disclaimers = []
        self.spanish.save_revision().publish()
        self.draft = article(title="Draft", slug="draft", live=False)
        self.waiting = article(
            title="Waiting", slug="waiting", introduction=_link(self.draft)
        )
        self.linking = disclaimer("linking", body=_link(self.teas))
        self.redirect = Redirect.add_redirect("/old-teas", self.teas)
        self.files: dict[str, bytes] = {}
        self.answers: dict[str, Answer] = {}
        self.paths = (
            "/old-teas/",
            "/topics/sleep/",
            "/naps/sleep/",
            "/sleep/",
            "/draft/",
            "/nowhere/",
        )


def _link(page: Page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">x</a></p>'


def _chosen(snippet: DisclaimerSnippet) -> str:
    return json.dumps(
        [block("disclaimer", {"disclaimer": snippet.pk, "placement": "end"})]
    )


def governed(*entries: Any) -> dict[str, str]:
    """Return the streams of a page that name *entries*: people as authors, references as sources."""
    people = [e for e in entries if isinstance(e, PersonProfile)]
    cited = [e for e in entries if not isinstance(e, PersonProfile)]
    return {
        "contributors": json.dumps([block("contributor", {"person": p.pk, "role": "author"}, f"person-{p.pk}") for p in people]),
        "references": json.dumps([block("reference", {"reference": r.pk}, f"reference-{r.pk}") for r in cited]),
    }  # fmt: skip


def _picture(picture: Any) -> str:
    return json.dumps(
        [
            block(
                "image",
                {"image": {"image": picture.pk, "alt_text": "x", "decorative": False}},
            )
        ]
    )


def _question() -> str:
    entry = {"question": "Why?", "answer": "<p>Because.</p>"}
    return json.dumps([block("faq", {"items": [item(entry, "why")]})])


def _publish(page: Page, **fields: Any) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _reword(snippet: Any, **fields: Any) -> None:
    snippet.refresh_from_db()
    for name, value in fields.items():
        setattr(snippet, name, value)
    snippet.save_revision().publish()


def _rename_site(_library: Library) -> None:
    site = Site.objects.get(is_default_site=True)
    site.site_name = f"{site.site_name}+"
    site.save()


def _restrict(library: Library) -> None:
    PageViewRestriction.objects.create(page=library.topics, restriction_type="login")


def _alt(library: Library) -> None:
    library.picture.title = "Another"
    library.picture.save()


EDITS: dict[str, Callable[[Library], Any]] = {
    "text": lambda x: _publish(x.teas, introduction="<p>New.</p>"),
    "title": lambda x: _publish(x.sleep, title="Sleeping"),
    "title of an index": lambda x: _publish(x.topics, title="Subjects"),
    "title of home": lambda _: _publish(home_page(), title="Front"),
    "slug": lambda x: _publish(x.topics, slug="naps"),
    "questions": lambda x: _publish(x.asked, introduction="<p>New.</p>"),
    "Spanish": lambda x: _publish(x.spanish, title="Reposo"),
    "unpublish": lambda x: Page.objects.get(pk=x.sleep.pk).specific.unpublish(),
    "publish": lambda x: _publish(x.draft, title="Ready"),
    "new page": lambda x: article(x.topics, title="New", slug="new"),
    "delete": lambda x: Page.objects.get(pk=x.teas.pk).specific.delete(),
    "delete a tree": lambda x: Page.objects.get(pk=x.topics.pk).specific.delete(),
    "move": lambda x: Page.objects.get(pk=x.sleep.pk).specific.move(home_page(), pos="last-child"),
    "reorder": lambda x: Page.objects.get(pk=x.rest.pk).specific.move(x.sleep, pos="left"),
    "general disclaimer": lambda x: _reword(x.general, body="<p>Ask a doctor.</p>"),
    "special disclaimer": lambda x: _reword(x.special, body="<p>Ask a doctor.</p>"),
    "unused disclaimer": lambda x: _reword(x.unused, body="<p>Ask a doctor.</p>"),
    "disclaimer goes": lambda x: DisclaimerSnippet.objects.get(pk=x.unused.pk).unpublish(),
    "new disclaimer": lambda _: disclaimer("new"),
    "draft disclaimer": lambda x: x.special.save_revision(),
    "draft page": lambda x: Page.objects.get(pk=x.teas.pk).specific.save_revision(),
    "withdraw": lambda x: page_withdraw(Page.objects.get(pk=x.sleep.pk).specific, actor=System("test"), reason="Wrong dose.", severity="high"),
    "person": lambda x: _reword(x.author, name="Ada Example"),
    "person goes": lambda x: type(x.author).objects.get(pk=x.author.pk).unpublish(),
    "reference": lambda x: _reword(x.cited, csl={"type": "book", "title": "A book"}),
    "condition": lambda x: _reword(x.about, name="Sleeplessness"),
    "treatment": lambda x: _reword(x.with_, name="Siesta"),
    "uncited reference": lambda x: _reword(x.uncited, csl={"type": "book", "title": "A book"}),
    "restrict": _restrict,
    "redirect": lambda x: Redirect.add_redirect("/nowhere", x.teas),
    "redirect goes": lambda x: Redirect.objects.get(pk=x.redirect.pk).delete(),
    "redirect elsewhere": lambda x: Redirect.objects.filter(pk=x.redirect.pk).first().delete() and Redirect.add_redirect("/old-teas", x.sleep),
    "image": _alt,
    "image goes": lambda x: get_image_model().objects.get(pk=x.picture.pk).delete(),
    "nothing": lambda _: None,
}  # fmt: skip


def compare(
    edited: Edited, library: Library, edit: Callable[[Library], Any]
) -> tuple[set[str], set[str]]:
    """Return the addresses whose answers an edit changed, and those that the cache dropped."""
    before = library.answers
    with edited() as cache:
        edit(library)
    after = crawl(*library.paths)
    purged = cache.tags()
    changed = {
        url
        for url, answer in before.items()
        if url not in after or after[url].content != answer.content
    }
    return changed, {url for url, answer in before.items() if answer.tags & purged}


@pytest.fixture(scope="module")
def made(shared_rows: Any) -> Library:
    with shared_rows():
        library = Library()
    # Routes tell the second of the last change: an edit in that second would change nothing there.
    PublishedDocument.objects.update(updated_at=F("updated_at") - timedelta(minutes=1))
    files = [library.picture.file, *(r.file for r in library.picture.renditions.all())]
    library.files = {
        file.name: default_storage.open(file.name).read() for file in files
    }
    library.answers = crawl(*library.paths)
    return library


@pytest.fixture
def library(made: Library, db: None) -> Library:
    """Return the library as it was made, whatever a test before did to it."""
    for name, content in made.files.items():
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    return deepcopy(made)


@pytest.mark.parametrize("name", EDITS)
def test_exactly_what_changed_is_purged(
    name: str, edited: Edited, library: Library
) -> None:
    changed, dropped = compare(edited, library, EDITS[name])

    assert sorted(changed - dropped) == []
    # A part of a document is dropped with the whole.
    assert sorted(url for url in dropped - changed if "fields=" not in url) == []


def test_a_renamed_site_drops_at_least_what_changed(
    edited: Edited, library: Library
) -> None:
    changed, dropped = compare(edited, library, _rename_site)

    assert changed
    assert changed <= dropped
