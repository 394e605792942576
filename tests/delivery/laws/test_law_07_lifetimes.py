"""Law 7: no shared cache keeps an answer beyond the next go-live, expiry or review of anything that it says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Revision

from health_content import document as document_module
from health_content.delivery.models import PublishedDocument
from health_content.delivery.navigation.services import navigations_refresh
from health_content.delivery.selectors.transitions import (
    next_transition,
    next_transition_of_all,
    review_moment,
)
from health_content.delivery.services import documents_rebuild
from health_content.models import DisclaimerSnippet
from tests.delivery.laws.conftest import LAW
from tests.factories import (
    article,
    block,
    block_id,
    clear_sections,
    disclaimer,
    home_page,
    index,
    language,
    menu,
    menu_page,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Schedules:
    """An article, and one thing of each kind on which it hangs."""

    def __init__(self) -> None:
        self.named, self.unnamed = disclaimer("named"), disclaimer("unnamed")
        self.coming = disclaimer("coming", live=False, applies_to_all=True)
        self.parent = index(slug="topics")
        self.linked, self.draft = (
            article(slug="linked"),
            article(slug="draft", live=False),
        )
        chosen = [
            block("disclaimer", {"disclaimer": self.named.pk, "placement": "end"})
        ]
        section = {"heading": "Topics", "level": "2", "standalone_safe": True, "blocks": [block("rich_text", "<p>x</p>")]}  # fmt: skip
        self.page = article(
            self.parent,
            slug="sleep",
            body=json.dumps([block("section", section, "section")]),
            introduction=_links(self.linked, self.draft),
            disclaimers=json.dumps(chosen),
        )
        clear_sections(self.page)
        self.stranger = article(slug="stranger")
        menu("main", menu_page(self.linked), menu_page(self.draft))
        spanish = language("es")
        for page in (home_page(), self.parent):
            page.copy_for_translation(spanish).save_revision().publish()
        self.translation = self.page.copy_for_translation(spanish)
        self.review: str | None = None

    def clear(self) -> None:
        Revision.objects.update(approved_go_live_at=None)
        Page.objects.update(expire_at=None)
        DisclaimerSnippet.objects.update(expire_at=None)
        self.review = None

    def plan(self, kind: str, at: datetime) -> None:
        """Plan the change of *kind* for *at*."""
        name, _, what = kind.partition(" ")
        if what == "review":
            self.review = at.date().isoformat()
        elif what == "expiry":
            type(getattr(self, name)).objects.filter(pk=getattr(self, name).pk).update(
                expire_at=at
            )
        else:
            getattr(self, name).refresh_from_db()
            getattr(self, name).save_revision(approved_go_live_at=at)


def _links(*pages: Page) -> str:
    return "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages)


def moment_of(kind: str, at: datetime) -> int:
    """Return when the change of *kind* happens: reviews are due in the night before."""
    if kind.endswith("review"):
        at = datetime.combine(at.date(), time.min, UTC)
    return int(at.timestamp())


RELEVANT = (
    "page expiry", "page go-live", "linked expiry", "linked go-live", "draft go-live", "translation go-live",
    "parent expiry", "parent go-live", "named expiry", "named go-live", "coming go-live", "page review",
)  # fmt: skip
FOREIGN = ("stranger expiry", "stranger go-live", "unnamed expiry", "unnamed go-live")
SECONDS = st.integers(2, 900) | st.integers(900, 3 * 24 * 3600)
# What no shared cache keeps for long in any case.
BRIEF = ("search/?q=topics", "redirects/", "changes/", "changes.atom")
LIFETIME_MAX = 300


@pytest.fixture
def schedules(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Schedules:
    with committed():
        made = Schedules()
    make = document_module._safety

    def with_review(facts: Any) -> Any:
        safety = make(facts)
        if facts.id == made.page.pk:
            safety["review"]["next_review"] = made.review
        return safety

    monkeypatch.setattr(document_module, "_safety", with_review)
    return made


def lifetimes(answer: Any) -> tuple[int, int, int]:
    """Return `s-maxage` and for how long the answer may be used stale, while a new one is fetched and on errors."""
    parts = dict(re.findall(r"([a-z-]+)=(\d+)", answer.headers["Cache-Control"]))
    return (
        int(parts["s-maxage"]),
        int(parts.get("stale-while-revalidate", 0)),
        int(parts.get("stale-if-error", 0)),
    )


@settings(LAW, max_examples=max(10, LAW.max_examples))
@given(plans=st.dictionaries(st.sampled_from(RELEVANT + FOREIGN), SECONDS, max_size=4))
def test_law_7_no_cache_keeps_an_answer_past_a_schedule(
    plans: dict[str, int], schedules: Schedules, get: Callable[..., Any]
) -> None:
    now = timezone.now()
    schedules.clear()
    moments = {
        kind: now + timedelta(seconds=seconds) for kind, seconds in plans.items()
    }
    for kind, at in moments.items():
        schedules.plan(kind, at)
    pages = [
        schedules.page.pk,
        schedules.stranger.pk,
        schedules.linked.pk,
        schedules.parent.pk,
    ]
    documents_rebuild(pages)
    navigations_refresh()

    def next_of(kinds: Any) -> int | None:
        due = [moment_of(kind, at) for kind, at in moments.items() if kind in kinds]
        return min((at for at in due if at > now.timestamp()), default=None)

    own = next_of(RELEVANT)
    assert PublishedDocument.objects.get(pk=schedules.page.pk).next_transition == own
    page = schedules.page.pk
    # Of disclaimers that are on no page, lists of pages know nothing.
    of_lists = next_of([kind for kind in moments if kind != "unnamed expiry"])
    # What goes live may be below a page that a menu shows.
    in_menu = {kind for kind in moments if kind.endswith("go-live")} | {"linked expiry"}
    of_menu = next_of(in_menu)
    deadlines = {
        f"articles/{page}/": own, f"pages/{page}/": own, f"articles/{page}.md": own, f"articles/{page}/?fields=title": own,
        "resolve/?path=/topics/sleep/": own, f"articles/{page}/?include=children": of_lists, f"articles/{page}/versions/": of_lists,
        "articles/": of_lists, "pages/?include=body": of_lists, "faqs/entries/": of_lists, "routes/": of_lists,
        "site/": of_lists, f"articles/{page}/sections/{block_id('section')}/": own,
        "navigation/main/": of_menu, f"articles/{page}/?include=navigation:main": next_of({*RELEVANT, *in_menu}),
        "disclaimers/": next_of(moments), "disclaimers/named/": next_of(moments),
    }  # fmt: skip
    for path, deadline in deadlines.items():
        asked_at = int(datetime.now(UTC).timestamp())
        answer = get(path)
        assert answer.status_code == 200, path
        fresh, revalidating, failing = lifetimes(answer)
        if deadline is None:
            assert (fresh, revalidating, failing) == (300, 60, 86_400), path
            continue
        assert fresh + max(revalidating, failing) <= deadline - asked_at, path
    for path in BRIEF:
        fresh, revalidating, failing = lifetimes(get(path))
        left = LIFETIME_MAX if of_lists is None else of_lists - int(now.timestamp())
        assert fresh + revalidating <= max(left, 0), path
        assert failing == 0, path


def test_what_is_planned_through_wagtail_reaches_what_hangs_on_it(
    schedules: Schedules, committed: Any
) -> None:
    """Whoever plans something has the documents rebuilt that will change with it."""

    def planned() -> int | None:
        return PublishedDocument.objects.get(pk=schedules.page.pk).next_transition

    soon = timezone.now() + timedelta(hours=1)
    for name in ("draft", "linked", "parent", "translation", "named", "coming"):
        with committed():
            getattr(schedules, name).refresh_from_db()
            revision = getattr(schedules, name).save_revision(approved_go_live_at=soon)
        assert planned() == int(soon.timestamp()), name
        with committed():
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
        assert planned() is None, name
    with committed():
        linked = Page.objects.get(pk=schedules.linked.pk).specific
        linked.expire_at = soon
        linked.save_revision().publish()
    assert planned() == int(soon.timestamp())


def test_a_deadline_that_is_over_is_none(schedules: Schedules) -> None:
    schedules.review = "2020-01-31"
    documents_rebuild([schedules.page.pk])

    assert PublishedDocument.objects.get(pk=schedules.page.pk).next_transition is None


@pytest.mark.parametrize(
    ("document", "moment"),
    [
        ({}, None),
        ({"safety": {"review": None}}, None),
        ({"safety": {"review": {"next_review": None}}}, None),
        ({"safety": {"review": {"next_review": "2027-11-19"}}}, datetime(2027, 11, 19, tzinfo=UTC)),
        ({"safety": {"review": {"next_review": "2027-11-19T15:00:00Z"}}}, datetime(2027, 11, 19, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_review_is_due_when_its_day_begins(document: Any, moment: Any) -> None:
    assert review_moment(document) == moment


def test_what_is_no_document_counts_where_it_is_named(schedules: Schedules) -> None:
    now = timezone.now()
    schedules.plan("unnamed expiry", now + timedelta(hours=2))

    assert next_transition(now) is None
    assert next_transition_of_all(now) == int((now + timedelta(hours=2)).timestamp())
