"""What the import writes: one draft, its revisions, its disclaimers, and nothing on refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing

from health_content.actors import System
from health_content.errors import ImportRefused
from health_content.models import DisclaimerSnippet, DisclaimerVersion, ImportSource
from health_content.pages.models import ArticlePage
from health_content.parents import article_parent, page_path
from health_content.services.article_import import (
    ArticleSource,
    article_import,
    article_import_plan,
)
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

ACTOR = System("test")
TEXT = b"""Warm Feet

Feet are far and cold.

How Socks Help

1. Air: It keeps warm.
2. Wool: It keeps dry.

Note: This is no substitute for the advice of your doctor.

Leave a Reply
"""


def source(data: bytes = TEXT, name: str = "/files/feet.txt") -> ArticleSource:
    return ArticleSource(data=data, name=name, title="Feet")


def run(
    data: bytes = TEXT,
    *,
    parent: Page,
    name: str = "/files/feet.txt",
    publish: bool = False,
) -> ArticlePage:
    result = article_import(
        source(data, name), parent=parent, actor=ACTOR, publish=publish
    )
    return ArticlePage.objects.get(pk=result.page_id)


def newest(page: ArticlePage) -> ArticlePage:
    return page.get_latest_revision_as_object()


def test_an_import_makes_a_draft(home: Page) -> None:
    result = article_import(source(), parent=home, actor=ACTOR)

    page = ArticlePage.objects.get(pk=result.page_id)
    assert (result.status, result.is_published, result.path) == (
        "created",
        False,
        page_path(page),
    )
    assert (page.title, page.slug, page.live, page.has_unpublished_changes) == (
        "Warm Feet",
        "warm-feet",
        False,
        True,
    )
    assert page.get_parent().pk == home.pk
    assert page.replies_mode == "open"
    assert page.introduction == "<p>Feet are far and cold.</p>"
    assert [block.block_type for block in page.body] == ["section"]
    assert [
        item["title"] for item in page.body[0].value["blocks"][0].value["items"]
    ] == ["Air", "Wool"]
    assert newest(page).body.get_prep_value() == page.body.get_prep_value()
    assert page.revisions.count() == 1


def test_a_second_import_is_a_revision_of_the_same_page(home: Page) -> None:
    first = run(parent=home)
    ids = [block.id for block in first.body]

    result = article_import(
        source(TEXT.replace(b"far", b"near")), parent=home, actor=ACTOR
    )

    page = ArticlePage.objects.get()
    assert (result.page_id, result.status) == (first.pk, "updated")
    assert (
        page.introduction
        == newest(page).introduction
        == "<p>Feet are near and cold.</p>"
    )
    assert [block.id for block in page.body] == ids
    assert page.revisions.count() == 2
    assert ImportSource.objects.count() == 1
    assert DisclaimerSnippet.objects.count() == 1


def test_the_same_bytes_under_another_name_are_the_same_page(home: Page) -> None:
    run(parent=home)

    run(parent=home, name="/elsewhere/copy.txt")
    run(TEXT.replace(b"far", b"near"), parent=home, name="/elsewhere/copy.txt")

    assert ArticlePage.objects.count() == 1


def test_bytes_without_a_name_are_known_by_themselves(home: Page) -> None:
    run(parent=home, name="")
    run(parent=home, name="")
    run(TEXT.replace(b"Warm", b"Cold"), parent=home, name="")

    assert sorted(page.title for page in ArticlePage.objects.all()) == [
        "Cold Feet",
        "Warm Feet",
    ]


def test_another_parent_has_a_page_of_its_own(home: Page) -> None:
    other = factories.index(home, title="Other")

    pages = {run(parent=home).pk, run(parent=other).pk}

    assert len(pages) == 2


def test_a_page_that_was_moved_is_still_known(home: Page) -> None:
    other = factories.index(home, title="Other")
    page = run(parent=home)
    page.move(other, pos="last-child")

    assert run(parent=Page.objects.get(pk=home.pk)).pk == page.pk


def test_a_page_that_was_deleted_is_made_again(home: Page) -> None:
    run(parent=home).delete()

    run(parent=Page.objects.get(pk=home.pk))

    assert ArticlePage.objects.count() == 1


def test_a_live_page_gets_a_draft_only(home: Page) -> None:
    page = run(parent=home, publish=True)

    result = article_import(
        source(TEXT.replace(b"far", b"near")), parent=home, actor=ACTOR
    )

    page.refresh_from_db()
    assert page.live
    assert not result.is_published
    assert page.has_unpublished_changes
    assert "far" in page.introduction
    assert "near" in newest(page).introduction


def test_publishing_makes_it_public(home: Page) -> None:
    result = article_import(source(), parent=home, actor=ACTOR, publish=True)

    page = ArticlePage.objects.get(pk=result.page_id)
    assert (result.is_published, page.live, page.has_unpublished_changes) == (
        True,
        True,
        False,
    )


def test_a_long_name_is_known_too(home: Page) -> None:
    names = ["/" + "x" * 400 + "/a.txt", "/" + "y" + "x" * 399 + "/a.txt"]
    for name in names:
        run(TEXT.replace(b"Warm", name[1].encode()), parent=home, name=name)
        run(TEXT.replace(b"Warm", name[1].encode()), parent=home, name=name)

    assert ArticlePage.objects.count() == 2


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Warm Feet", "warm-feet-2"), ("¿?", "article"), ("足を温める", "足を温める")],
)
def test_slugs_are_free(home: Page, title: str, slug: str) -> None:
    factories.article(home, title="Warm Feet", slug="warm-feet")

    assert run(f"{title}\n\nText.".encode(), parent=home).slug == slug


def test_a_long_title_gets_a_shorter_slug(home: Page) -> None:
    page = run(b"word " * 50 + b"\n\nText.", parent=home)

    assert len(page.title) == 249
    assert len(page.slug) <= 200


def test_a_disclaimer_is_added_to_the_library_as_a_draft(home: Page) -> None:
    page = run(parent=home)

    snippet = DisclaimerSnippet.objects.get()
    assert (snippet.title, snippet.key) == ("Note", "note-warm-feet")
    assert (snippet.live, snippet.has_unpublished_changes) == (False, True)
    assert (
        get_text_for_indexing(snippet.body)
        == "This is no substitute for the advice of your doctor."
    )
    assert DisclaimerVersion.objects.count() == 0
    assert [
        (b.value["disclaimer"], b.value["placement"]) for b in page.disclaimers
    ] == [(snippet, "end")]
    assert "substitute" not in str(page.body)


@pytest.mark.parametrize("is_second_import", [False, True])
def test_publishing_publishes_the_new_disclaimer_too(
    home: Page, is_second_import: bool
) -> None:
    if is_second_import:
        run(parent=home)

    page = run(parent=home, publish=True)

    snippet = DisclaimerSnippet.objects.get()
    assert (page.live, snippet.live, snippet.has_unpublished_changes) == (
        True,
        True,
        False,
    )
    assert DisclaimerVersion.objects.filter(disclaimer=snippet).count() == 1


def edit(snippet: DisclaimerSnippet) -> None:
    snippet.body = "<p>Not checked yet.</p>"
    snippet.save_revision()


def unpublish(snippet: DisclaimerSnippet) -> None:
    snippet.get_latest_revision().publish()
    snippet.refresh_from_db()
    snippet.unpublish()


def lock(snippet: DisclaimerSnippet) -> None:
    snippet.locked = True
    snippet.save()


@pytest.mark.parametrize("handle", [edit, unpublish, lock])
def test_a_disclaimer_that_somebody_took_in_hand_is_not_published(
    home: Page, handle: Callable[[DisclaimerSnippet], None]
) -> None:
    run(parent=home)
    handle(DisclaimerSnippet.objects.get())

    result = article_import(source(), parent=home, actor=ACTOR, publish=True)

    assert result.refusal == (
        "disclaimers: “Note” is not published. "
        "Publish it under Disclaimers first, or remove it here."
    )
    assert not ArticlePage.objects.get().live
    assert not DisclaimerSnippet.objects.get().live


def test_a_page_that_cannot_be_published_leaves_its_disclaimer_a_draft(
    home: Page,
) -> None:
    data = TEXT.replace(b"Note:", b"Q: Why?\n\nNote:")

    result = article_import(source(data), parent=home, actor=ACTOR, publish=True)

    assert "Why?" in result.refusal
    assert not DisclaimerSnippet.objects.get().live
    assert DisclaimerVersion.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "<p>This is no substitute for the advice of your doctor.</p>",
        "<p>THIS is <b>no</b>  substitute,</p><p>for the advice of your doctor</p>",
        "<p>Note: This is no substitute for the advice of your doctor.</p>",
    ],
)
def test_a_disclaimer_of_the_library_is_used_when_its_words_are_the_same(
    home: Page, body: str
) -> None:
    known = factories.disclaimer("known", body=body)

    page = run(parent=home)

    assert [block.value["disclaimer"] for block in page.disclaimers] == [known]
    assert DisclaimerSnippet.objects.count() == 1


def test_a_disclaimer_of_another_language_or_a_draft_is_not_used(home: Page) -> None:
    text = "<p>This is no substitute for the advice of your doctor.</p>"
    factories.disclaimer("spanish", locale="es", body=text)
    factories.disclaimer("draft", live=False, body=text)

    page = run(parent=home)

    assert page.disclaimers[0].value["disclaimer"].key not in {"spanish", "draft"}


def test_a_draft_of_an_earlier_import_is_used_again(home: Page) -> None:
    run(parent=home)
    DisclaimerSnippet.objects.update(title="Renamed")

    page = run(parent=home)

    assert page.disclaimers[0].value["disclaimer"].title == "Renamed"
    assert DisclaimerSnippet.objects.count() == 1


def test_the_same_disclaimer_twice_is_attached_once(home: Page) -> None:
    data = TEXT.replace(
        b"Leave a Reply",
        b"Disclaimer: This is no substitute for the advice of your doctor.",
    )

    result = article_import(source(data), parent=home, actor=ACTOR)

    assert (
        result.disclaimers
        == article_import_plan(source(data), parent=home).disclaimers
        == 1
    )


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Disclaimer", "medical_information"),
        ("Affiliate disclosure", "affiliate"),
        ("Sponsor disclaimer", "sponsored"),
    ],
)
def test_a_new_disclaimer_gets_the_kind_its_label_says(
    home: Page, label: str, kind: str
) -> None:
    run(f"Warm Feet\n\nText.\n\n{label}: No advice.".encode(), parent=home)

    assert DisclaimerSnippet.objects.get().kind == kind


@pytest.mark.parametrize(
    ("label", "title", "key"),
    [
        ("DISCLAIMER", "Disclaimer", "disclaimer-warm-feet"),
        ("Medical Disclaimer", "Medical Disclaimer", "medical-disclaimer-warm-feet"),
        ("AFFILIATE DISCLOSURE", "Affiliate disclosure", "affiliate-disclosure-warm-feet"),
    ],
)  # fmt: skip
def test_a_new_disclaimer_has_a_public_title_and_a_key_that_names_the_article(
    home: Page, label: str, title: str, key: str
) -> None:
    run(f"Warm Feet\n\nText.\n\n{label}: No advice.".encode(), parent=home)

    snippet = DisclaimerSnippet.objects.get()
    assert (snippet.title, snippet.key) == (title, key)


def test_titles_and_headings_are_in_the_language_of_the_page(home: Page) -> None:
    spanish = home.copy_for_translation(factories.language("es"))
    data = "Pies\n\nTexto.\n\nMás\n\nTexto.\n\nNota: Consulte a su médico.\n\nP: ¿Qué?\nR: Esto.\n"

    page = run(data.encode(), parent=spanish)

    assert DisclaimerSnippet.objects.get().title == "Nota"
    assert page.body[-1].block_type == "faq"
    assert page.body[-1].value["heading"] == "Preguntas y respuestas"


def test_the_summary_is_the_beginning_of_the_introduction(home: Page) -> None:
    page = run(b"Warm Feet\n\n" + b"Feet are cold. " * 20 + b"\n\nMore\n\nText.", parent=home)  # fmt: skip

    assert page.summary == "Feet are cold. " * 10 + "…"


def test_a_second_import_keeps_the_summary_of_an_editor(home: Page) -> None:
    page = run(parent=home)
    assert page.summary == "Feet are far and cold."
    assert run(TEXT.replace(b"far", b"near"), parent=home).summary == (
        "Feet are near and cold."
    )
    page = newest(page)
    page.summary = "Why socks help."
    page.save_revision()

    assert run(parent=home).summary == "Why socks help."


def test_references_can_be_published(home: Page) -> None:
    data = (
        "Warm Feet\n\nText.\n\nReferences\n\n[1] Smith J. Heat. 2001. doi:10.1000/182\n"
    )

    page = run(data.encode(), parent=home, publish=True)

    (block,) = page.body[0].value["blocks"]
    assert (page.live, block.block_type) == (True, "references")
    assert block.value["items"][0]["doi"] == "10.1000/182"


def test_a_table_can_be_published(home: Page) -> None:
    data = b"Pills\n\nText.\n\nDoses\n\n| a | b |\n|---|---|\n| c | d |\n"

    page = run(data, parent=home, publish=True)

    (block,) = page.body[0].value["blocks"]
    rows = [[str(cell.value) for cell in row] for row in block.value["table"].rows]
    assert (page.live, rows) == (True, [["c", "d"]])


def test_keys_of_disclaimers_are_free(home: Page) -> None:
    factories.disclaimer("note-warm-feet", body="<p>Other words.</p>")

    run(parent=home)

    keys = DisclaimerSnippet.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["note-warm-feet", "note-warm-feet-2"]


def test_a_plan_writes_nothing(home: Page) -> None:
    result = article_import_plan(source(), parent=home)

    assert (result.page_id, result.status) == (None, "would_create")
    assert result.path == page_path(home) + "warm-feet/"
    assert (
        ArticlePage.objects.count()
        == DisclaimerSnippet.objects.count()
        == ImportSource.objects.count()
        == 0
    )


def test_a_plan_knows_the_page_it_would_update(home: Page) -> None:
    page = run(parent=home)

    result = article_import_plan(source(), parent=home)

    assert (result.page_id, result.status, result.path) == (
        None,
        "would_update",
        page_path(page),
    )
    assert page.revisions.count() == 1


@pytest.mark.parametrize("data", [b"", b"\xff", b"x" * 256 + b"\n\nText."])
def test_a_refused_source_writes_nothing(home: Page, data: bytes) -> None:
    with pytest.raises(ImportRefused):
        article_import(source(data), parent=home, actor=ACTOR)
    with pytest.raises(ImportRefused):
        article_import_plan(source(data), parent=home)

    assert ArticlePage.objects.count() == ImportSource.objects.count() == 0


def test_a_locked_page_is_refused(home: Page) -> None:
    page = run(parent=home)
    ArticlePage.objects.filter(pk=page.pk).update(locked=True)

    with pytest.raises(ImportRefused, match="locked"):
        article_import(source(), parent=home, actor=ACTOR)
    with pytest.raises(ImportRefused, match="locked"):
        article_import_plan(source(), parent=home)


def test_a_page_that_wagtail_refuses_is_refused(
    home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ArticlePage._meta.get_field("replies_mode"), "choices", [("hidden", "Hidden")]
    )

    with pytest.raises(ImportRefused, match="open"):
        article_import(source(), parent=home, actor=ACTOR)

    assert ArticlePage.objects.count() == DisclaimerSnippet.objects.count() == 0


# Parents


def test_the_default_parent_is_the_first_page_below_the_root_that_takes_articles(
    home: Page,
) -> None:
    assert article_parent(None, locale_code=None).pk == home.pk

    first = factories.index(home, title="First", slug="first")
    factories.index(home, title="Second", slug="second")

    assert article_parent(None, locale_code="en").pk == first.pk
    assert article_parent("/", locale_code=None).pk == home.pk
    assert article_parent("/second", locale_code="en").slug == "second"
    assert article_parent("first/", locale_code=None).pk == first.pk


def test_the_root_of_a_plain_site_takes_articles(db: None) -> None:
    Site.clear_site_root_paths_cache()
    root = Site.objects.get().root_page

    assert article_parent(None, locale_code=None).pk == root.pk
    assert article_parent("/", locale_code=None).pk == root.pk


def test_the_parent_of_another_language(home: Page) -> None:
    spanish = home.copy_for_translation(factories.language("es"))
    child = factories.index(spanish, title="Temas", slug="temas")

    assert article_parent(None, locale_code="es").pk == child.pk
    assert article_parent("/es/", locale_code=None).pk == spanish.pk
    assert article_parent("/es/temas/", locale_code="es").pk == child.pk
    assert run(b"Pies\n\nTexto.", parent=child).locale.language_code == "es"
    with pytest.raises(ImportRefused, match="is in es, not in en"):
        article_parent("/es/temas/", locale_code="en")


@pytest.mark.parametrize(
    ("path", "locale", "words"),
    [
        ("/nowhere/", None, "no page at /nowhere/"),
        ("/leaf/", None, "the page at /leaf/ takes no articles"),
        (None, "xx", "unknown locale xx; this site has en, es"),
        (None, "nonsense!", "unknown locale"),
        ("/", "es", "is in en, not in es"),
        (None, "es", "no site has a root page in es"),
    ],
)
def test_a_parent_that_cannot_be_used_is_refused(
    home: Page, path: str | None, locale: str | None, words: str
) -> None:
    factories.language("es")
    factories.article(home, title="Leaf", slug="leaf")

    with pytest.raises(ImportRefused, match=words):
        article_parent(path, locale_code=locale)


def test_a_site_without_our_pages_is_told_so(
    home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("health_content.parents.ARTICLE_MODEL", "health_pages.Missing")

    with pytest.raises(ImportRefused, match="is not installed"):
        article_parent(None, locale_code=None)
