"""A page that uses every block, for tests that look at pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page, Site

from health_content.models import DisclaimerSnippet
from health_content.pages.models import ArticlePage, FAQPage, IndexPage
from tests.factories import reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MECHANISMS = ("Less strain", "Better blood flow", "Calmer nerves")
BENEFITS = ("Sleep", "Movement")
APPROACHES = ("Walking", "Stretching")
RISKS = ("Sore muscles", "A fall")
SIGNS = ("a fever", "a lump")
STEPS = ("Warm up", "Move", "Rest")
QUESTIONS = ("How often should I stretch?", "Is it safe to run?")


def identifier(name: str) -> str:
    """Return a stable UUID for *name*."""
    return str(uuid5(NAMESPACE_URL, name))


def block(kind: str, value: Any, name: str = "") -> dict[str, Any]:
    """Return a block as the database keeps it."""
    return {"type": kind, "id": identifier(name or kind), "value": value}


def items(values: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return list children as the database keeps them."""
    return [
        {"type": "item", "id": identifier(f"{name}-{index}"), "value": dict(value)}
        for index, value in enumerate(values)
    ]


def titled(kind: str, titles: Sequence[str], **extra: Any) -> dict[str, Any]:
    """Return a list block with an item for each of *titles*."""
    own = {name: extra.pop(name) for name in ("frequency", "status") if name in extra}
    evidence = extra.pop("evidence", [])
    values = [
        {
            "title": title,
            "body": f"<p>What <b>{title.lower()}</b> does for a back.</p>",
            **own,
            **(
                {"evidence": _evidence(evidence, f"{kind}-{title}")} if evidence else {}
            ),
        }
        for title in titles
    ]
    introduction = extra.pop("introduction", "")
    return block(
        kind,
        {
            "heading": "",
            "introduction": introduction,
            "items": items(values, kind),
            **extra,
        },
    )


def article_body(disclaimer: DisclaimerSnippet, image: Image) -> list[dict[str, Any]]:
    """Return a stream with every block of an article."""
    trial = reference("A trial of stretching", certainty="low").pk
    return [
        block("rich_text", "<p>Most backs get better by themselves.</p>"),
        _section(
            "Why moving helps",
            [
                titled(
                    "mechanism_list",
                    MECHANISMS,
                    start=1,
                    introduction="<p>It helps in several ways:</p>",
                )
            ],
        ),
        _section(
            "What people gain",
            [
                titled("benefit_list", BENEFITS, evidence=[trial]),
                titled("risks", RISKS, evidence=[trial], frequency="common"),
                *_facts(trial),
            ],
        ),
        _section(
            "What you can try",
            [titled("approach_list", APPROACHES, start=3), titled("step_list", STEPS)],
        ),
        _section("Pictures and figures", _media(image), level="3"),
        _section(
            "Good to know",
            [
                *_callouts(),
                _quote(),
                block("disclaimer", {"disclaimer": disclaimer.pk}),
                *_elsewhere(),
            ],
        ),
        block("faq", {"heading": "Questions", "items": items(_questions(), "faq")}),
        block(
            "references", {"heading": "", "items": items(_references(), "reference")}
        ),
    ]


def home_page() -> IndexPage:
    """Return the home page of the default site, made anew, with nothing below it."""
    Site.clear_site_root_paths_cache()  # A rolled back test leaves its paths behind.
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get_or_create(language_code="en")[0]
    home = root.add_child(
        instance=IndexPage(
            title="Healthy backs",
            slug="healthy-backs",
            locale=locale,
            introduction="<p>What helps, and what does not.</p>",
        )
    )
    site = Site.objects.get(is_default_site=True)
    site.root_page, site.site_name = home, "Test Library"
    site.save()
    return home


def disclaimer_make(key: str, **values: Any) -> DisclaimerSnippet:
    """Return a published disclaimer."""
    snippet = DisclaimerSnippet(
        key=key,
        title=values.pop("title", f"About {key}"),
        body=values.pop("body", f"<p>Wording of {key}.</p>"),
        locale=values.pop("locale", None) or Locale.get_default(),
        **values,
    )
    snippet.save()
    snippet.save_revision().publish()
    return snippet


def image_make() -> Image:
    """Return a picture in the library."""
    image = Image.objects.create(
        title="A bent knee", file=get_test_image_file(size=(1300, 870))
    )
    image.file.close()
    return image


def article_make(home: IndexPage, **values: Any) -> ArticlePage:
    """Return a published article with every block."""
    body = article_body(disclaimer_make("inline"), image_make())
    page = ArticlePage(
        title=values.pop("title", "Moving with a sore back"),
        slug=values.pop("slug", "moving"),
        summary="Why moving helps, and how to begin.",
        introduction="<p>Back pain is common. Moving usually helps.</p>",
        body=values.pop("body", body),
        **values,
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def article_translate(article: ArticlePage) -> ArticlePage:
    """Return the published Spanish translation of *article* at /es/moverse/, below a translated home page."""
    locale = Locale.objects.get_or_create(language_code="es")[0]
    home = article.get_parent().specific.copy_for_translation(locale)
    home.save_revision().publish()
    page: ArticlePage = article.copy_for_translation(locale)
    disclaimer = disclaimer_make("inline", locale=locale)
    page.title, page.slug = "Moverse con dolor de espalda", "moverse"
    page.body = article_body(disclaimer, image_make())
    page.save_revision().publish()
    return page


def spanish_make(english: ArticlePage) -> ArticlePage:
    """Return a published Spanish translation of *english*, with a disclaimer in Spanish, below a Spanish home page."""
    locale = Locale.objects.get_or_create(language_code="es")[0]
    home = english.get_parent().specific
    home.copy_for_translation(locale).save_revision().publish()
    disclaimer = DisclaimerSnippet.objects.get(key="inline").copy_for_translation(
        locale
    )
    disclaimer.save()
    disclaimer.save_revision().publish()
    page = english.copy_for_translation(locale)
    page.title, page.slug = "Moverse con dolor de espalda", "moverse"
    page.body = article_body(disclaimer, Image.objects.get())
    page.save_revision().publish()
    return page


def faq_make(home: IndexPage) -> FAQPage:
    """Return a published page of questions."""
    page = FAQPage(
        title="Questions about backs",
        slug="questions",
        body=[
            block(
                "faq",
                {
                    "heading": "",
                    "items": items(
                        [
                            *_questions(),
                            {
                                "question": "Who can help?",
                                "answer": "<p>A physiotherapist.</p>",
                            },
                        ],
                        "faqpage",
                    ),
                },
            )
        ],
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _section(
    heading: str, blocks: list[dict[str, Any]], level: str = "2"
) -> dict[str, Any]:
    return block(
        "section", {"heading": heading, "level": level, "blocks": blocks}, heading
    )


def _evidence(references: Sequence[int], name: str) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": identifier(f"{name}-evidence-{index}"), "value": pk}
        for index, pk in enumerate(references)
    ]


def _facts(trial: int) -> list[dict[str, Any]]:
    signs = [{"type": "item", "id": identifier(sign), "value": sign} for sign in SIGNS]
    return [
        block(
            "care_card",
            {"level": "urgent", "title": "Ask today if you have:", "criteria": signs, "action": "<p>Say that it is urgent.</p>"},
        ),
        block(
            "stat",
            {
                "numerator": 3, "denominator": 10000, "population": "adults", "statement": "fell", "period": "in a year",
                "evidence": _evidence([trial], "stat"),
            },
        ),
        block(
            "evidence_summary",
            {
                "question": "Does stretching help?", "finding": "It may help.", "certainty": "low", "effect": "A little",
                "studies": 2, "participants": 1200, "evidence": _evidence([trial], "summary"),
            },
        ),
        block(
            "personal_story",
            {
                "body": "<p>I stretched.</p>", "person": "Sam", "is_fictional": False,
                "consent_given_on": "2026-01-02", "consent_note": "register, entry 12",
            },
        ),
        block(
            "medicine_info",
            {"generic_name": "Ibuprofen", "form": "gel", "availability": "pharmacy", "dose": ""},
        ),
    ]  # fmt: skip


def _media(image: Image) -> list[dict[str, Any]]:
    chosen = {
        "image": image.pk,
        "alt_text": "A person bends the knees",
        "decorative": False,
    }
    table = {
        "columns": [
            {"type": "text", "heading": "Effort"},
            {"type": "number", "heading": "Minutes"},
        ],
        "rows": [{"values": ["Moderate", 150]}, {"values": ["Vigorous", 75]}],
        "caption": "",
    }
    return [
        block(
            "image",
            {"image": chosen, "caption": "Bend your knees.", "credit": "Our own"},
        ),
        block(
            "video",
            {
                "url": "https://vimeo.com/76979871",
                "title": "Bending the knees",
                "caption": "Slowly.",
                "credit": "Our own",
                "has_captions": True,
                "transcript": "<p>Bend the knees.</p>",
            },
        ),
        block(
            "table",
            {
                "caption": "How active adults should be",
                "table": table,
                "row_headings": True,
                "notes": "<p>Per week.</p>",
            },
        ),
    ]


def _elsewhere() -> list[dict[str, Any]]:
    """Return a link to the home page, and a question that no page asks."""
    home = Site.objects.get(is_default_site=True).root_page_id
    pages = [{"type": "item", "id": identifier("related-home"), "value": home}]
    return [
        block("related", {"heading": "Start again", "pages": pages}),
        block("faq_ref", {"page": home, "question": "Why?", "question_id": ""}),
    ]


def _callouts() -> list[dict[str, Any]]:
    tones = ("info", "warning", "do", "dont", "emergency")
    return [
        block(
            "callout",
            {
                "tone": tone,
                "title": f"Title of {tone}",
                "body": f"<p>Body of {tone}.</p>",
            },
            tone,
        )
        for tone in tones
    ]


def _quote() -> dict[str, Any]:
    return block(
        "quote",
        {
            "text": "Motion is lotion.",
            "attribution": "A physiotherapist",
            "source_url": "https://example.org/motion",
        },
    )


def _questions() -> list[dict[str, Any]]:
    return [
        {"question": q, "answer": f"<p>An answer to: {q.lower()}</p>"}
        for q in QUESTIONS
    ]


def _references() -> list[dict[str, Any]]:
    return [
        {
            "title": "A trial of walking",
            "authors": "Doe J, Roe R",
            "publication": "Journal of Examples",
            "year": 2020,
            "doi": "10.1000/182",
            "pmid": "12345678",
            "url": "",
        },
        {
            "title": "A guideline",
            "authors": "",
            "publication": "",
            "year": None,
            "doi": "",
            "pmid": "",
            "url": "https://example.org/guideline",
        },
    ]
