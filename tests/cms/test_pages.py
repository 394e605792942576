"""What a reader gets as HTML: every block, the disclaimers, the graph, an orderly and inert page."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.images.models import Rendition

from health_content.selectors import page_document
from health_content.templatetags.health_content_tags import page_outline, script_json
from tests import factories

from . import sample
from .reading import parse, queries_of, read, texts

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from django.test import Client

    from health_content.pages.models import ArticlePage, IndexPage

pytestmark = pytest.mark.django_db


def graph(tree: BeautifulSoup) -> list[dict[str, Any]]:
    (script,) = tree.select('script[type="application/ld+json"]')
    return json.loads(script.string)["@graph"]


def test_every_list_shows_its_items_in_order(
    client: Client, article: ArticlePage
) -> None:
    tree = read(client, "/moving/")

    titles = ".hp-item__title"
    assert texts(tree, f".hp-mechanism-list {titles}") == [*sample.MECHANISMS]
    assert texts(tree, f".hp-benefit-list {titles}") == [*sample.BENEFITS]
    assert texts(tree, f".hp-approach-list {titles}") == [*sample.APPROACHES]
    assert texts(tree, f".hp-step-list {titles}") == [*sample.STEPS]
    assert texts(tree, ".hp-faq__item h3") == [*sample.QUESTIONS]


def test_a_list_that_goes_on_starts_with_its_number(
    client: Client, article: ArticlePage
) -> None:
    tree = read(client, "/moving/")

    assert [node.get("start") for node in tree.select(".hp-approach-list ol")] == ["3"]
    assert [node.get("start") for node in tree.select(".hp-mechanism-list ol")] == [
        None
    ]


def test_the_other_blocks_are_shown(client: Client, article: ArticlePage) -> None:
    tree = read(client, "/moving/")

    assert texts(tree, ".hp-callout__title") == [
        "Title of info", "Title of warning", "Title of do", "Title of dont", "Title of emergency",
    ]  # fmt: skip
    assert texts(tree, ".hp-callout--emergency .hp-callout__tone") == ["! Emergency"]
    assert texts(tree, ".hp-quote:not(.hp-story) blockquote") == ["Motion is lotion."]
    assert texts(tree, ".hp-table caption") == ["How active adults should be"]
    assert texts(tree, '.hp-table th[scope="row"]') == ["Moderate", "Vigorous"]
    assert texts(tree, ".hp-table td") == ["150", "75"]
    assert len(tree.select(".hp-references li")) == 3
    (image,) = tree.select(".hp-figure picture img")
    assert image.get("alt") == "A person bends the knees"
    sources = tree.select(".hp-figure picture source")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    for source in sources:
        widths = [part.split()[1] for part in source.get("srcset").split(", ")]
        assert widths == ["400w", "800w", "1200w"]


def test_facts_are_shown_with_their_evidence(
    client: Client, article: ArticlePage
) -> None:
    tree = read(client, "/moving/")
    (entry,) = tree.select("#references li")

    assert texts(tree, ".hp-risks .hp-item__title") == [*sample.RISKS]
    assert texts(tree, ".hp-risks .hp-item__meta") == [
        "Common: may affect up to 1 in 10 people"
    ] * len(sample.RISKS)
    evidence = tree.select(".hp-evidence")
    assert len(evidence) == len(sample.BENEFITS) + len(sample.RISKS) + 2
    assert {a.get("href") for e in evidence for a in e.select("a")} == {
        f"#{entry.get('id')}"
    }
    assert {" ".join(e.get_text().split()) for e in evidence} == {
        "Evidence: 1 (reference) Randomized controlled trial, low certainty"
    }
    assert texts(tree, ".hp-care-card--urgent h3") == [
        "Urgent advice: Ask today if you have:"
    ]
    assert texts(tree, ".hp-care-card h3 .hp-visually-hidden") == ["Urgent advice:"]
    assert texts(tree, ".hp-care-card li") == [*sample.SIGNS]
    assert texts(tree, ".hp-stat > p:first-child") == [
        "3 in 10,000 adults fell in a year."
    ]
    assert texts(tree, ".hp-evidence-summary h3") == ["Does stretching help?"]
    assert texts(tree, ".hp-evidence-summary dd")[:2] == [
        "Low: the true effect may be quite different",
        "A little",
    ]
    assert texts(tree, ".hp-story__label") == ["Individual experience"]
    assert texts(tree, ".hp-medicine dd") == [
        "gel",
        "From a pharmacy, without a prescription",
    ]
    assert "entry 12" not in str(tree)


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("self_care", "Self-care advice:"),
        ("non_urgent", "Non-urgent advice:"),
        ("emergency", "Immediate action required:"),
    ],
)
def test_a_care_card_says_how_urgent_it_is(
    client: Client, home: IndexPage, level: str, words: str
) -> None:
    card = {"level": level, "title": "If you have:", "criteria": ["a fever"]}
    sample.article_make(home, body=[sample.block("care_card", card)])

    tree = read(client, "/moving/")

    assert texts(tree, ".hp-care-card h2") == [f"{words} If you have:"]


def test_a_made_up_story_says_so(client: Client, home: IndexPage) -> None:
    story = {"body": "<p>I walked.</p>", "person": "Sam", "is_fictional": True}
    sample.article_make(home, body=[sample.block("personal_story", story)])

    tree = read(client, "/moving/")

    assert texts(tree, ".hp-story__label") == ["Individual experience (made up)"]


def test_reading_makes_no_image_files(client: Client, article: ArticlePage) -> None:
    before = Rendition.objects.count()

    read(client, "/moving/")

    assert Rendition.objects.count() == before


def test_anchors_are_the_identifiers_of_the_document(
    client: Client, article: ArticlePage
) -> None:
    tree = read(client, "/moving/")
    document: Any = page_document(article)
    section = next(b for b in document["body"] if b["type"] == "section")
    mechanisms = section["blocks"][0]

    identifiers = {node.get("id") for node in tree.select("[id]")}

    wanted = {
        section["id"],
        mechanisms["id"],
        *(item["id"] for item in mechanisms["items"]),
    }
    assert wanted <= identifiers
    assert len(identifiers) == len(tree.select("[id]"))


def test_headings_never_skip_a_level(client: Client, article: ArticlePage) -> None:
    tree = read(client, "/moving/")

    levels = [
        int(node.name[1]) for node in tree.select("main h1, main h2, main h3, main h4")
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_outline_leads_to_every_section(
    client: Client, article: ArticlePage
) -> None:
    tree = read(client, "/moving/")

    links = tree.select(".hp-outline a")
    assert [link.get_text() for link in links] == [
        "Why moving helps", "What people gain", "What you can try", "Pictures and figures",
        "Good to know", "Questions", "References",
    ]  # fmt: skip
    assert all(tree.find(id=link.get("href")[1:]) is not None for link in links)


def test_a_short_page_has_no_outline(home: IndexPage) -> None:
    page = sample.article_make(home, body=[sample.block("rich_text", "<p>Short.</p>")])

    assert page_outline(page) == []


def test_questions_are_the_outline_of_a_page_of_questions(
    client: Client, home: IndexPage
) -> None:
    sample.faq_make(home)

    tree = read(client, "/questions/")

    assert texts(tree, ".hp-outline a") == [*sample.QUESTIONS, "Who can help?"]
    assert graph(tree)[0]["@type"] == ["MedicalWebPage", "FAQPage"]
    assert texts(tree, ".hp-faq__item h2") == [*sample.QUESTIONS, "Who can help?"]


def test_the_page_and_the_document_show_the_same_disclaimers(
    client: Client, home: IndexPage
) -> None:
    first = sample.disclaimer_make("first")
    sample.disclaimer_make("everywhere", applies_to_all=True)
    chosen = [
        sample.block("disclaimer", {"disclaimer": first.pk, "placement": "start"})
    ]
    page = sample.article_make(home, disclaimers=chosen)

    shown = texts(read(client, "/moving/"), ".hp-disclaimer .hp-prose")

    document: Any = page_document(page)
    wording = {
        d["placement"]: parse(d["body"]["html"]).get_text()
        for d in document["safety"]["disclaimers"]
    }
    assert wording == {
        "start": "Wording of first.",
        "inline": "Wording of inline.",
        "end": "Wording of everywhere.",
    }
    assert shown == [wording["start"], wording["inline"], wording["end"]]


def test_a_disclaimer_in_the_text_disappears_with_its_publication(
    client: Client, article: ArticlePage
) -> None:
    sample.DisclaimerSnippet.objects.filter(key="inline").update(live=False)

    shown = texts(read(client, "/moving/"), ".hp-disclaimer .hp-prose")

    assert shown == ["Wording of everywhere."]


def test_the_graph_is_the_documents(client: Client, article: ArticlePage) -> None:
    nodes = graph(read(client, "/moving/"))

    document: Any = page_document(article)
    assert nodes == document["seo"]["jsonld"]["@graph"]
    assert nodes[0]["@type"] == ["MedicalWebPage", "FAQPage"]


def test_the_graph_cannot_end_its_element(client: Client, home: IndexPage) -> None:
    sample.article_make(home, title="</script><script>alert(1)</script><!--")

    tree = read(client, "/moving/")

    assert graph(tree)[0]["name"] == "</script><script>alert(1)</script><!--"
    assert [node.get("type") for node in tree.select("script:not([src])")] == [
        "application/ld+json"
    ]


def test_script_json_escapes_what_could_end_the_element() -> None:
    assert (
        script_json({"a": "</b>&\u2028"}) == '{"a": "\\u003C/b\\u003E\\u0026\\u2028"}'
    )


@pytest.mark.parametrize("path", ["/", "/moving/", "/questions/", "/nowhere/"])
def test_a_page_carries_no_inline_script_or_style(
    client: Client, article: ArticlePage, path: str
) -> None:
    sample.faq_make(article.get_parent().specific)
    content = client.get(path).content.decode()
    tree = parse(content)

    assert tree.select("style, [style]") == []
    assert [
        n.attrs for n in tree.find_all() if any(a.startswith("on") for a in n.attrs)
    ] == []
    assert {node.get("type") for node in tree.select("script:not([src])")} <= {
        "application/ld+json"
    }
    assert "javascript:" not in content


def test_the_head_names_the_page(client: Client, article: ArticlePage) -> None:
    tree = read(client, "/moving/")

    def meta(name: str) -> str:
        return tree.select(f'meta[name="{name}"], meta[property="{name}"]')[0].get(
            "content"
        )

    assert tree.title.string.startswith("Moving with a sore back")
    assert meta("description") == "Why moving helps, and how to begin."
    assert meta("og:title") == "Moving with a sore back"
    assert meta("og:type") == "article"
    assert meta("robots").startswith("index")
    assert (
        tree.select('link[rel="canonical"]')[0].get("href")
        == "http://localhost/moving/"
    )
    assert tree.html.get("lang") == "en"


def test_a_translation_is_linked_in_both_directions(
    client: Client, article: ArticlePage
) -> None:
    sample.article_translate(article)

    english_tree = read(client, "/moving/")
    spanish_tree = read(client, "/es/moverse/")

    link = english_tree.select(".site-languages a")[0]
    assert (link.get("href"), link.get("hreflang"), link.get_text()) == (
        "/es/moverse/",
        "es",
        "Español",
    )
    alternates = {
        node.get("hreflang"): node.get("href")
        for node in spanish_tree.select('link[rel="alternate"][hreflang]')
    }
    assert alternates == {
        "en": "http://localhost/moving/",
        "es": "http://localhost/es/moverse/",
    }
    assert spanish_tree.html.get("lang") == "es"


def test_a_page_that_was_never_saved_can_be_previewed(home: IndexPage) -> None:
    from health_content.pages.models import ArticlePage

    body = [sample.titled("mechanism_list", sample.MECHANISMS, start=1)]
    page = ArticlePage(
        title="Not saved yet", slug="draft", body=body, locale=home.locale
    )
    page.set_url_path(home)

    response = page.make_preview_request()

    assert response.status_code == 200
    tree = parse(response.content.decode())
    assert texts(tree, "h1") == ["Not saved yet"]
    assert texts(tree, ".hp-item__title") == [*sample.MECHANISMS]


def test_an_empty_draft_can_be_previewed(home: IndexPage) -> None:
    from health_content.pages.models import ArticlePage

    kinds = (
        "section",
        "mechanism_list",
        "faq",
        "references",
        "table",
        "image",
        "quote",
        "callout",
        "disclaimer",
        "risks",
        "care_card",
        "stat",
        "evidence_summary",
        "personal_story",
        "medicine_info",
    )
    body = [sample.block(kind, {}) for kind in kinds]
    page = ArticlePage(title="Half done", slug="draft", body=body, locale=home.locale)
    page.set_url_path(home)

    assert page.make_preview_request().status_code == 200


def test_an_unknown_address_is_explained(client: Client, home: IndexPage) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    content = response.content.decode()
    assert "We could not find that page" in content
    assert re.search(r'<meta name="robots" content="noindex">', content)


def test_a_page_costs_the_same_queries_whatever_its_length(
    client: Client, home: IndexPage, django_assert_max_num_queries: Any
) -> None:
    page = sample.article_make(home, body=sections(2))
    few = queries_of(client, django_assert_max_num_queries)
    page.body = sections(20)
    page.save_revision().publish()

    many = queries_of(client, django_assert_max_num_queries)

    assert many == few


def sections(number: int) -> list[dict[str, Any]]:
    trial = factories.reference("A trial of sleep").pk
    blocks = [sample.titled("benefit_list", sample.BENEFITS, evidence=[trial])]
    return [
        sample.block(
            "section", {"heading": f"H{i}", "level": "2", "blocks": blocks}, f"s{i}"
        )
        for i in range(number)
    ]
