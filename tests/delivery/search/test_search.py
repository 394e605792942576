"""`search/`: what is found, in which order, and what is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.search.models import IndexEntry

from health_content.delivery.models import SearchEntry, SearchWord
from tests.factories import article, block, disclaimer, faq, index, item, topic

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def text_block(text: str, name: str = "text") -> dict[str, Any]:
    return block("rich_text", f"<p>{text}</p>", name)


def page_about(text: str, title: str = "Page", **fields: Any) -> Any:
    return article(title=title, body=json.dumps([text_block(text)]), **fields)


@pytest.fixture
def titles(get: Callable[..., Any]) -> Callable[..., list[str]]:
    def ask(q: str, path: str = "search/", **query: Any) -> list[str]:
        answer = get(path, q=q, **query)
        assert answer.status_code == 200
        items = answer.json()["items"]
        return [item.get("document", item)["title"] for item in items]

    return ask


def shown(hit: dict[str, Any]) -> list[str]:
    return [
        "".join(f"[{p['text']}]" if p["match"] else p["text"] for p in h["parts"])
        for h in hit["highlights"]
    ]


def test_a_hit_is_the_card_and_where_it_says_so(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True, body="<p>Knees and doctors.</p>")
        section = {"heading": "Causes", "level": "2", "blocks": [
            block("faq", {"heading": "", "items": [item({"question": "Why?", "answer": "<p>Weak knees.</p>"}, "q")]}, "faq"),
        ]}  # fmt: skip
        page = article(
            title="Knee pain", body=json.dumps([block("section", section, "section")])
        )

    answer = get("search/", q="knees")

    body = answer.json()
    (hit,) = body["items"]
    document = get(f"pages/{page.pk}/").json()
    card = get("articles/").json()["items"][0]
    assert hit["document"] == card
    assert hit["document"]["safety"]["disclaimers"][0]["key"] == "general"
    assert hit["score"] == 1.0
    assert shown(hit) == ["[Knee] pain", "Weak [knees]."]
    assert [h["field"] for h in hit["highlights"]] == ["title", "body"]
    assert hit["highlights"][1]["section_id"] == document["body"][0]["id"]
    assert hit["highlights"][1]["block_id"] == document["body"][0]["blocks"][0]["id"]
    assert body["total"] == {"value": 1, "is_exact": True}
    assert body["did_you_mean"] is body["next"] is None
    assert body["facets"] == {
        "type": [{"value": "article", "count": 1}],
        "locale": [{"value": "en", "count": 1}],
        "review_status": [{"value": "none", "count": 1}],
        "topic": [],
        "health_aspect": [],
    }


def test_a_wording_that_is_everywhere_is_not_searched(
    titles: Callable[..., list[str]], committed: Callable[[], Any]
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True, body="<p>Ask a pharmacist.</p>")
        page_about("Rest")

    assert titles("pharmacist") == []


def test_words_phrases_and_exclusions(
    titles: Callable[..., list[str]], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("Low back pain after work", title="A")
        page_about("Lower your back when pain starts", title="B")
        page_about("Surgery for back pain", title="C")

    assert sorted(titles("back pain")) == ["A", "B", "C"]
    assert sorted(titles('"back pain"')) == ["A", "C"]
    assert sorted(titles("PAINS backs -surgery")) == ["A", "B"]
    assert titles('back -"low back" -"back pain"') == ["B"]
    assert titles("-pain") == titles("work surgery") == []


def test_the_title_counts_most_and_scores_fall(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("massage " + "word " * 60, title="Once")
        page_about("massage " * 20, title="Often")
        page_about("other", title="Massage")

    items = get("search/", q="massage").json()["items"]

    scores = [hit["score"] for hit in items]
    assert [hit["document"]["title"] for hit in items] == ["Massage", "Often", "Once"]
    assert scores[0] == 1.0
    assert scores[1] == 0.5 > scores[2] > 0


def test_languages_have_their_own_stems(
    titles: Callable[..., list[str]], committed: Callable[[], Any]
) -> None:
    with committed():
        spanish = Locale.objects.create(language_code="es")
        page = page_about("Los medicamentos y su medicación", title="Dolor crónico")
        page.copy_for_translation(spanish, copy_parents=True)
        translated = Page.objects.get(locale=spanish, depth__gt=2).specific
        translated.save_revision().publish()

    assert titles("medicaciones", locale="es") == ["Dolor crónico"]
    assert len(titles("CRONICO")) == 2


def test_scripts_without_spaces_are_found(
    titles: Callable[..., list[str]], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("古代針灸治療法です", title="中文")
        page_about("العلاج بالإبر للظهر", title="عربي")
        page_about("नमस्ते दुनिया", title="हिन्दी")

    assert titles("針灸治療") == titles("灸治") == titles("針") == ["中文"]
    assert titles("針治") == []
    assert titles("للظهر") == ["عربي"]
    assert titles("दुनिया") == ["हिन्दी"]


def test_filters(
    titles: Callable[..., list[str]], get: Callable[..., Any], committed: Callable[[], Any]
) -> None:  # fmt: skip
    with committed():
        parent = index(title="Pain section")
        article(parent, title="Pain below")
        faq(title="Pain asked")

    assert sorted(titles("pain")) == ["Pain asked", "Pain below", "Pain section"]
    assert titles("pain", type="faq") == ["Pain asked"]
    assert titles("pain", ancestor=parent.pk) == ["Pain below"]
    assert titles("pain", locale="es") == titles("pain", site="a.example") == []
    assert len(titles("pain", site="testserver", locale="en")) == 3
    answer = get("search/", q="pain", type="faq").json()
    assert answer["facets"]["type"] == [{"value": "faq", "count": 1}]


def test_facets_count_and_filter_what_was_found(
    titles: Callable[..., list[str]], get: Callable[..., Any], committed: Callable[[], Any]
) -> None:  # fmt: skip
    with committed():
        wide = topic("Muscles")
        narrow = topic("Back", parent=wide)
        aspect = {"heading": "How", "level": "2", "blocks": [], "health_aspect": "HowItWorksHealthAspect"}  # fmt: skip
        article(title="Pain A", topics=[narrow], body=json.dumps([block("section", aspect)]))  # fmt: skip
        article(title="Pain B", topics=[wide])
        article(title="Pain C")
        article(title="Other", topics=[narrow])

    answer = get("search/", q="pain").json()

    assert answer["facets"]["topic"] == [
        {"value": "muscles", "count": 2}, {"value": "back", "count": 1},
    ]  # fmt: skip
    assert answer["facets"]["health_aspect"] == [
        {"value": "HowItWorksHealthAspect", "count": 1}
    ]
    assert answer["facets"]["review_status"] == [{"value": "none", "count": 3}]
    assert titles("pain", topic="back") == ["Pain A"]
    assert sorted(titles("pain", topic="muscles")) == ["Pain A", "Pain B"]
    assert titles("pain", health_aspect="HowItWorksHealthAspect") == ["Pain A"]
    assert titles("pain", review_status="overdue") == titles("pain", topic="x") == []
    assert len(titles("pain", review_status="none")) == 3
    assert get("search/", q="pain", health_aspect="No").status_code == 400


def test_lists_filter_by_what_pages_say(
    titles: Callable[..., list[str]], get: Callable[..., Any], committed: Callable[[], Any]
) -> None:  # fmt: skip
    with committed():
        page_about("needles", title="B")
        page_about("needles and rest", title="A")
        page_about("rest", title="C")

    assert titles("needle", "pages/", order="title") == ["A", "B"]
    assert titles("needle rest", "articles/", order="-title") == ["A"]
    assert titles("needle", "faqs/") == titles("!", "pages/") == []
    assert get("pages/", q="needle", count="exact", page_size=1).json()["count"] == 2


def test_pages_of_hits_hold_everything_once(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        for number in range(5):
            page_about("pain " * (number + 1), title=f"P{number}")
    seen: list[str] = []
    query: dict[str, Any] = {"q": "pain", "page_size": 2}

    while query.get("cursor", "") is not None:
        answer = get("search/", **query)
        seen += [hit["document"]["title"] for hit in answer.json()["items"]]
        assert answer.json()["total"]["value"] == 5
        query["cursor"] = answer.json()["next"]

    assert sorted(seen) == ["P0", "P1", "P2", "P3", "P4"]
    assert "Link" not in answer.headers


def test_mistyped_words_are_guessed(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("Acupuncture for your back", title="Needles")

    answer = get("search/", q='acupunctre "your back"').json()

    assert answer["did_you_mean"] == 'acupuncture "your back"'
    assert [hit["document"]["title"] for hit in answer["items"]] == ["Needles"]
    assert shown(answer["items"][0]) == ["[Acupuncture] for [your back]"]
    for q in ("acupxxxtre", "bak", "acupunctre -back"):
        nothing = get("search/", q=q).json()
        assert (nothing["items"], nothing["did_you_mean"]) == ([], None)


def test_what_only_a_hidden_page_says_is_not_guessed(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page = page_about("Thalidomide")
    with committed():
        page.unpublish()
    assert SearchWord.objects.filter(word="thalidomide").exists()

    answer = get("search/", q="thalidomid").json()

    assert (answer["items"], answer["did_you_mean"]) == ([], None)


@pytest.mark.parametrize("how", ["expired", "dead", "unpublished", "deleted"])
def test_hidden_pages_are_gone_at_once(
    how: str, titles: Callable[..., list[str]], committed: Callable[[], Any]
) -> None:
    with committed():
        page = page_about("pain")
    rows = Page.objects.filter(pk=page.pk)
    match how:
        case "expired":
            rows.update(expire_at=timezone.now())
        case "dead":
            rows.update(live=False)
        case "unpublished":
            with committed():
                page.unpublish()
        case "deleted":
            with committed():
                page.delete()

    assert titles("pain") == titles("pain", "pages/") == []
    assert SearchEntry.objects.filter(pk=page.pk).exists() == (
        how in {"expired", "dead"}
    )


@pytest.mark.parametrize(
    "q",
    [
        "\"'*()^:{}[]+-|&!<>~", "NEAR(a b)", "title:pain AND OR NOT", "a* b^2", "''' \"\"\"", "\\", "%_", "{body} : x",
        "\N{GRINNING FACE}" * 50, "\u202eright", "\ud7ff\ufffe", "a" * 200, "-" * 200, '"' * 200, "a " * 100,
        "\u0301" * 200, "針" * 200, "1 2 3 4 5.5e5 :* | ! <-> <1>", "\t\n\r\x0b\x01",
    ],
)  # fmt: skip
def test_hostile_queries_are_answered(
    q: str, get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("a b pain x")

    for path in ("search/", "pages/"):
        assert get(path, q=q).status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "missing-parameter"),
        ({"q": ""}, "invalid-value"),
        ({"q": "a" * 201}, "invalid-value"),
        ({"q": "a\0b"}, "invalid-encoding"),
        ({"q": "a" * 10_000}, "too-long"),
        ({"q": "a", "fields": "id"}, "unknown-parameter"),
        ({"q": "a", "cursor": "zzz"}, "invalid-value"),
        ({"q": "a", "cursor": "WyJzZWFyY2giLCJhIiwwXQ"}, "invalid-value"),
    ],
)
def test_bad_requests_are_problems(
    query: dict[str, str], code: str, get: Callable[..., Any]
) -> None:
    answer = get("search/", **query)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["code"] == code


def test_answers_are_kept_for_a_minute(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page_about("pain")

    answer = get("search/", q="pain")
    again = get("search/", headers={"If-None-Match": answer.headers["ETag"]}, q="pain")

    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "list-search" in answer.headers["Cache-Tag"].split(",")
    assert again.status_code == 304


def test_searches_are_counted(get: Callable[..., Any], settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": (1, 60)}

    first, second = get("search/", q="a"), get("search/", q="b")

    assert (first.status_code, second.status_code) == (200, 429)
    assert "RateLimit" not in first.headers


def test_queries_do_not_grow_with_the_hits(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = get("search/", q="pain", page_size=100)
        assert answer.json()["items"]
        return len(queries)

    with committed():
        page_about("pain")
    ask()  # What a process looks up once.
    few = ask()
    with committed():
        for number in range(20):
            page_about("pain", title=f"P{number}")

    assert ask() == few <= 6


def test_a_list_says_that_the_database_cannot_search(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        article(title="Pain")
    table = connection.ops.quote_name(IndexEntry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO out_of_reach")

    with transaction.atomic():
        answer = get("pages/", q="pain")
        transaction.set_rollback(True)

    assert answer.status_code == 503
    assert answer.json()["type"] == "search-unavailable"
    assert get("pages/").status_code == 200
