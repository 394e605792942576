"""Disclaimers that pages inherit: from topics, sections and rules, in every answer, as soon as anything changes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from health_content.delivery.models import PublishedDocument
from health_content.errors import DisclaimerInUse, PublishBlocked
from health_content.models import DisclaimerSnippet, PublicationRecord
from health_content.selectors import page_document
from health_content.usage import disclaimer_use, live_pages_showing
from tests.factories import (
    article,
    block,
    condition,
    disclaimer,
    faq,
    home_page,
    index,
    language,
    topic,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


def chosen(*disclaimers: DisclaimerSnippet, **more: Any) -> str:
    return json.dumps(
        [
            block(
                "disclaimer", {"disclaimer": d.pk, "placement": "end"} | more, d.key
            )
            for d in disclaimers
        ]
    )  # fmt: skip


def rules(**values: Any) -> str:
    return json.dumps([block(kind, value) for kind, value in values.items()])


def reload(page: Any) -> Any:
    return Page.objects.get(pk=page.pk).specific


def told(get: Get, page: Any) -> dict[str, tuple[str, str | None]]:
    """Return why the public document of *page* shows its disclaimers, by key."""
    document = get(f"pages/{page.pk}/").json()
    return {
        d["key"]: (d["why"]["code"], d["why"]["name"])
        for d in document["safety"]["disclaimers"]
    }


def save(committed: Committed, thing: Any, **fields: Any) -> None:
    with committed():
        thing.refresh_from_db()
        for name, value in fields.items():
            setattr(thing, name, value)
        if hasattr(thing, "save_revision"):
            thing.save_revision().publish()
        else:
            thing.full_clean()
            thing.save()


# Topics


def test_a_page_shows_what_its_topics_and_those_above_chose(
    get: Get, committed: Committed
) -> None:
    with committed():
        body, back = topic("Body"), None
        back = topic("Back pain", parent=body)
        page = article(topics=[back])
        other = article()
    assert told(get, page) == {}

    save(committed, body, disclaimers=chosen(disclaimer("wide", kind="ai")))
    save(committed, back, disclaimers=chosen(disclaimer("near", kind="replies")))

    assert told(get, page) == {
        "near": ("topic", "Back pain"),
        "wide": ("topic", "Body"),
    }
    assert told(get, other) == {}


def test_a_topic_that_moves_takes_its_pages_along(
    get: Get, committed: Committed
) -> None:
    with committed():
        body = topic("Body", disclaimers=chosen(disclaimer("wide")))
        back = topic("Back pain")
        page = article(topics=[back])

    save(committed, back, parent=body)
    assert told(get, page) == {"wide": ("topic", "Body")}

    save(committed, back, parent=None)
    assert told(get, page) == {}


def test_a_page_that_changes_its_topic_shows_what_that_says(
    get: Get, committed: Committed
) -> None:
    with committed():
        first = topic("First", disclaimers=chosen(disclaimer("one")))
        second = topic("Second", disclaimers=chosen(disclaimer("two")))
        page = article(topics=[first])
    assert told(get, page) == {"one": ("topic", "First")}

    save(committed, page, topics=[second])

    assert told(get, page) == {"two": ("topic", "Second")}


def test_a_page_shows_what_was_chosen_in_another_language_in_its_own(
    get: Get, committed: Committed
) -> None:
    spanish = language("es")
    with committed():
        notice = disclaimer("notice", title="Notice")
        back = topic("Back pain", disclaimers=chosen(notice))
        home_page().copy_for_translation(spanish).save_revision().publish()
        page = article(topics=[back])
        translated = page.copy_for_translation(spanish)
        translated.save_revision().publish()
    assert told(get, page) == {"notice": ("topic", "Back pain")}
    assert told(get, translated) == {}

    with committed():
        aviso = notice.copy_for_translation(spanish)
        aviso.title = "Aviso"
        aviso.save()
        aviso.save_revision().publish()

    shown = get(f"pages/{translated.pk}/").json()["safety"]["disclaimers"]
    assert [(d["key"], d["title"]) for d in shown] == [("notice", "Aviso")]
    with pytest.raises(DisclaimerInUse):
        DisclaimerSnippet.objects.get(pk=aviso.pk).unpublish()


def test_a_topic_cannot_choose_what_nobody_sees() -> None:
    back = topic("Back pain")
    back.disclaimers = chosen(disclaimer("draft", title="Draft", live=False))

    with pytest.raises(Exception, match=r"Publish these first, .*Draft"):
        back.full_clean()


# Sections


def test_pages_show_what_the_sections_above_them_chose(
    get: Get, committed: Committed
) -> None:
    with committed():
        backs = index(title="Backs", slug="backs")
        discs = index(backs, title="Discs", slug="discs")
        page, question = article(discs), faq(backs)
    save(committed, backs, section_disclaimers=chosen(disclaimer("wide", kind="ai")))
    assert told(get, page) == {"wide": ("section", "Backs")}
    assert told(get, question) == {"wide": ("section", "Backs")}
    assert told(get, discs) == {}

    save(committed, discs, section_disclaimers=chosen(disclaimer("near", kind="ai")))
    assert told(get, page) == {"near": ("section", "Discs")}

    save(committed, discs, section_disclaimers="[]")
    assert told(get, page) == {"wide": ("section", "Backs")}


def test_a_moved_page_shows_what_its_new_section_chose_and_that_is_on_record(
    get: Get, committed: Committed
) -> None:
    with committed():
        first = index(
            slug="first", title="First", section_disclaimers=chosen(disclaimer("one"))
        )
        second = index(
            slug="second", title="Second", section_disclaimers=chosen(disclaimer("two"))
        )
        shelf = index(first, slug="shelf")
        page = article(shelf)
    assert told(get, page) == {"one": ("section", "First")}

    with committed():
        reload(shelf).move(reload(second), pos="last-child")

    assert told(get, page) == {"two": ("section", "Second")}
    record = PublicationRecord.objects.filter(page_id=page.pk).latest("number")
    assert record.reason == "dependency"
    assert record.document["safety"]["disclaimers"][0]["key"] == "two"


def test_a_section_that_is_no_longer_public_still_binds_and_has_no_name(
    get: Get, committed: Committed
) -> None:
    with committed():
        section = index(
            slug="s", title="Secret", section_disclaimers=chosen(disclaimer("one"))
        )
        page = article(section)

    with committed():
        reload(section).unpublish()

    assert told(get, page) == {"one": ("section", None)}
    assert b"Secret" not in get(f"pages/{page.pk}/").content


def test_a_section_that_was_never_published_says_nothing(
    get: Get, committed: Committed
) -> None:
    with committed():
        section = index(
            live=False, slug="s", section_disclaimers=chosen(disclaimer("one"))
        )
        page = article(section)

    assert told(get, page) == {}


def test_a_draft_of_a_section_changes_nothing(get: Get, committed: Committed) -> None:
    with committed():
        section = index(slug="s")
        page = article(section)
    number = PublicationRecord.objects.count()

    with committed():
        section.section_disclaimers = chosen(disclaimer("one"))
        section.save_revision()

    assert told(get, page) == {}
    assert PublicationRecord.objects.count() == number


def test_a_section_is_not_published_with_a_disclaimer_that_is_not(home: Any) -> None:
    draft = disclaimer("draft", title="Draft", live=False)
    section = index(slug="s")
    section.section_disclaimers = chosen(draft)

    with pytest.raises(PublishBlocked, match="Draft"):
        section.save_revision().publish()


@pytest.fixture
def home() -> Any:
    return home_page()


# Rules


@pytest.mark.parametrize(
    ("rule", "fields", "why"),
    [
        ({"content_kind": "medicine"}, {"content_kind": "medicine"}, ("content_kind", "medicine")),
        ({"risk_tier": "high"}, {"risk_tier": "high"}, ("risk_tier", "high")),
        ({"trait": "commercial"}, {"is_commercial": True}, ("commercial", None)),
        ({"trait": "commercial"}, {"sponsor": "A shop"}, ("commercial", None)),
        ({"trait": "ai"}, {"ai_assistance": "draft"}, ("ai", None)),
        ({"trait": "replies_open"}, {"replies_mode": "open"}, ("replies_open", None)),
    ],
)  # fmt: skip
def test_a_rule_finds_its_pages(
    get: Get, committed: Committed, rule: Any, fields: Any, why: Any
) -> None:
    with committed():
        page = article(**fields)
        plain = article(replies_mode="closed")
        notice = disclaimer("notice")
    assert told(get, page) == {}

    save(committed, notice, applies_to=rules(**rule))
    assert told(get, page) == {"notice": why}
    assert told(get, plain) == {}

    save(committed, notice, applies_to="[]")
    assert told(get, page) == {}


def test_a_rule_finds_pages_about_a_crisis_and_follows_the_condition(
    get: Get, committed: Committed
) -> None:
    with committed():
        danger = condition("Self-harm", is_crisis=False)
        page = article(about_conditions=[danger])
        disclaimer("help", kind="helpline", applies_to=rules(risk_tier="crisis"))
    assert told(get, page) == {}

    save(committed, danger, is_crisis=True)

    assert told(get, page) == {"help": ("risk_tier", "crisis")}


def test_a_rule_finds_translations(get: Get, committed: Committed) -> None:
    spanish = language("es")
    with committed():
        home_page().copy_for_translation(spanish).save_revision().publish()
        page = article()
        translated = page.copy_for_translation(spanish)
        translated.save_revision().publish()
        for locale in ("en", "es"):
            disclaimer("machine", locale=locale, applies_to=rules(trait="translation"))

    assert told(get, translated) == {"machine": ("translation", None)}
    assert told(get, page) == {}


def test_a_rule_finds_the_pages_of_a_topic_and_of_those_below_it(
    get: Get, committed: Committed
) -> None:
    with committed():
        body = topic("Body")
        page = article(topics=[topic("Back pain", parent=body)])
        disclaimer("notice", applies_to=rules(topic=body.pk))

    assert told(get, page) == {"notice": ("topic", "Body")}


def test_a_rule_that_is_to_come_ends_what_caches_keep(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(content_kind="news")
        coming = disclaimer("coming", live=False)
    go_live_at = timezone.now() + timedelta(seconds=90)
    with committed():
        coming.go_live_at = go_live_at
        coming.applies_to = rules(content_kind="news")
        coming.save_revision().publish()

    found = PublishedDocument.objects.get(pk=page.pk)
    assert found.next_transition == int(go_live_at.timestamp())


# The page


def test_a_page_that_replaces_says_why_and_keeps_what_must_be(
    get: Get, committed: Committed
) -> None:
    own = disclaimer("own", kind="other")
    with committed():
        disclaimer("everywhere", applies_to_all=True)
        back = topic(
            "Back pain",
            disclaimers=chosen(disclaimer("ai", kind="ai"), disclaimer("help", kind="helpline")),
        )  # fmt: skip
        page = article(topics=[back], disclaimers=chosen(own))
    assert set(told(get, page)) == {"own", "ai", "help", "everywhere"}

    save(committed, page, disclaimers_replace_reason="No machine wrote this one.")

    assert set(told(get, page)) == {"own", "help", "everywhere"}


def test_the_preview_shows_what_would_be_shown(home: Any) -> None:
    section = index(slug="s", section_disclaimers=chosen(disclaimer("one")))
    page = article(section, live=False)
    page.topics = [topic("Back pain", disclaimers=chosen(disclaimer("two", kind="ai")))]

    shown: Any = page_document(page)["safety"]

    assert [d["key"] for d in shown["disclaimers"]] == ["two", "one"]


def test_the_html_page_shows_them(client: Any, committed: Committed) -> None:
    notice = disclaimer("notice", body="<p>Ask a physiotherapist.</p>")
    with committed():
        page = article(topics=[topic("Back pain", disclaimers=chosen(notice))])

    assert "Ask a physiotherapist." in client.get(page.get_url()).content.decode()


def test_the_queries_do_not_grow_with_pages(committed: Committed) -> None:
    with committed():
        danger = condition("Self-harm", is_crisis=True)
        back = topic("Back pain", disclaimers=chosen(disclaimer("one")))
        section = index(slug="s", section_disclaimers=chosen(disclaimer("two")))
        everything = rules(risk_tier="crisis", trait="translation")
        three = disclaimer("three", kind="ai", applies_to=everything)
        for _number in range(5):
            article(section, topics=[back], about_conditions=[danger])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(list(live_pages_showing(three))) == Page.objects.filter(path__startswith=section.path, depth__gt=section.depth, live=True).count()  # fmt: skip
        return len(queries)

    few = cost()
    with committed():
        for _number in range(10):
            article(section, topics=[back], about_conditions=[danger])
    assert cost() == few


def test_a_disclaimer_names_the_pages_that_show_it_and_no_others(
    get: Get, committed: Committed
) -> None:
    with committed():
        near, wide = disclaimer("near"), disclaimer("wide")
        section = index(slug="s", section_disclaimers=chosen(wide))
        inherits = article(section)
        other = article(section, disclaimers=chosen(near))

    def shown_on(key: str) -> list[int]:
        return [page["id"] for page in get(f"disclaimers/{key}/").json()["shown_on"]]

    assert (shown_on("near"), shown_on("wide")) == ([other.pk], [inherits.pk])

    save(committed, near, kind="ai")
    assert set(shown_on("wide")) == {inherits.pk, other.pk}

    save(committed, near, kind=wide.kind)
    save(committed, wide, kind="ai")
    assert set(told(get, other)) == {"near", "wide"}


# Pinned wordings


def versions_told(get: Get, page: Any) -> list[tuple[int, str, str]]:
    shown = get(f"pages/{page.pk}/").json()["safety"]["disclaimers"]
    return [(d["version"], d["wording"], d["body"]["html"]) for d in shown]


def test_a_kept_wording_stays_until_the_page_is_published_with_another(
    get: Get, committed: Committed
) -> None:
    with committed():
        notice = disclaimer("notice", body="<p>One</p>")
        follows = article(disclaimers=chosen(notice))
        keeps = article(disclaimers=chosen(notice, version=1))

    save(committed, notice, body="<p>Two</p>")
    assert versions_told(get, follows) == [(2, "latest", "<p>Two</p>")]
    assert versions_told(get, keeps) == [(1, "pinned", "<p>One</p>")]

    save(committed, keeps, title="Only the title")
    assert versions_told(get, keeps) == [(1, "pinned", "<p>One</p>")]

    save(committed, keeps, disclaimers=chosen(notice, version=2))
    assert versions_told(get, keeps) == [(2, "pinned", "<p>Two</p>")]


def test_a_kept_wording_links_to_what_is_public_only(
    get: Get, committed: Committed
) -> None:
    with committed():
        target = article(slug="target")
        link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
        notice = disclaimer("notice", body=link)
        page = article(disclaimers=chosen(notice, version=1))
    save(committed, notice, body="<p>Two</p>")
    assert versions_told(get, page)[0][2] == '<p><a href="/target/">there</a></p>'

    with committed():
        reload(target).unpublish()

    assert versions_told(get, page)[0][2] == "<p>there</p>"


def test_a_wording_that_never_was_cannot_be_kept() -> None:
    notice = disclaimer("notice", title="Notice")

    with pytest.raises(PublishBlocked, match="“Notice” has no published wording 2"):
        article(disclaimers=chosen(notice, version=2))


def test_a_topic_keeps_a_wording_too(get: Get, committed: Committed) -> None:
    with committed():
        notice = disclaimer("notice", body="<p>One</p>")
        back = topic("Back pain", disclaimers=chosen(notice, version=1))
        page = article(topics=[back])

    save(committed, notice, body="<p>Two</p>")

    assert versions_told(get, page) == [(1, "pinned", "<p>One</p>")]


# Guards


def refusal(notice: DisclaimerSnippet, act: str, error: type[Exception]) -> str:
    stored = DisclaimerSnippet.objects.get(pk=notice.pk)
    with pytest.raises(error) as caught, transaction.atomic():
        getattr(stored, act)()
    return str(caught.value.args[0] if error is ProtectedError else caught.value)


def test_what_a_topic_or_section_chose_cannot_go(home: Any) -> None:
    notice = disclaimer("notice")
    back = topic("Back pain", disclaimers=chosen(notice))
    assert refusal(notice, "unpublish", DisclaimerInUse) == "“notice” is chosen for other pages. First remove it from Back pain."  # fmt: skip

    section = index(slug="s", title="Backs", section_disclaimers=chosen(notice))
    article(section, title="Below")
    article(title="About", topics=[back])

    use = disclaimer_use(notice)
    assert use.pages == ("About", "Below")
    assert use.holders == ("Back pain", "Backs")
    said = "“notice” is shown on 2 pages (About, Below). First remove it from Back pain, Backs."
    assert refusal(notice, "unpublish", DisclaimerInUse) == said
    assert refusal(notice, "delete", ProtectedError) == said


def test_what_a_section_chose_cannot_go_while_that_is_offline(home: Any) -> None:
    notice = disclaimer("notice")
    section = index(slug="s", title="Backs", section_disclaimers=chosen(notice))
    article(section, title="Below")
    reload(section).unpublish()

    said = refusal(notice, "unpublish", DisclaimerInUse)

    assert said == "“notice” is shown on 1 page (Below). First remove it from Backs."


def test_what_a_rule_shows_cannot_go_until_the_rule_went(home: Any) -> None:
    notice = disclaimer("notice", applies_to=rules(content_kind="news"))
    page = article(title="News", content_kind="news")
    assert list(live_pages_showing(notice)) == [page]

    said = refusal(notice, "unpublish", DisclaimerInUse)
    assert said.startswith("“notice” is shown on 1 page (News). First publish it without the rules")  # fmt: skip
    assert refusal(notice, "delete", ProtectedError) == said

    notice.applies_to = "[]"
    notice.save_revision().publish()
    notice.unpublish()
    assert not DisclaimerSnippet.objects.get(pk=notice.pk).live


def test_a_rule_without_pages_keeps_nothing(home: Any) -> None:
    notice = disclaimer("notice", applies_to=rules(content_kind="news"))
    article(content_kind="treatment")

    notice.unpublish()

    assert not DisclaimerSnippet.objects.get(pk=notice.pk).live
