"""Past an expiry that no schedule has noticed, every answer is what it will be once it has."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from health_content.delivery.models import DocumentBytes, PublishedDocument
from health_content.delivery.selectors.transitions import documents_overdue
from health_content.delivery.webhooks.contents import _page
from tests.delivery.schedules import expire_soon, expire_unnoticed
from tests.factories import article, block, clear_sections, disclaimer, faq, index, item

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db
SECRET = "zqsecret"


class Shop:
    """A page that expires, and what names it: a child, a neighbor, a disclaimer."""

    def __init__(self, committed: Committed, *, neighbors: int = 1) -> None:
        with committed():
            self.gone = index(title=f"{SECRET} title", slug="gone")
            link = f'<p><a linktype="page" id="{self.gone.pk}">there</a></p>'
            self.notice = disclaimer("notice", body=link, applies_to_all=True)
            self.child = article(self.gone, slug="child", introduction=link)
            question = item({"question": "Where?", "answer": link}, "q")
            blocks = [block("rich_text", link), block("faq", {"items": [question]})]
            section = {
                "heading": "S",
                "level": "2",
                "standalone_safe": True,
                "blocks": blocks,
            }
            self.neighbors = [
                clear_sections(article(title="Neighbor", body=json.dumps([block("section", section)])))
                for _ in range(neighbors)
            ]  # fmt: skip
            self.asked = faq(introduction=link)
            expires_at = expire_soon(self.gone)
        expire_unnoticed(expires_at)

    @property
    def neighbor(self) -> Any:
        """Return the first neighbor."""
        return self.neighbors[0]


def answers(shop: Shop) -> dict[str, dict[str, Any]]:
    """Return the addresses of all that names the page that expired, each with its query."""
    child, neighbor = shop.child.pk, shop.neighbor.pk
    return {
        f"articles/{child}/": {},
        f"pages/{child}/": {"fields": "breadcrumbs,seo"},
        f"articles/{child}.md": {},
        "resolve/": {"path": "/gone/child/"},
        f"articles/{neighbor}/": {"include": "hast"},
        f"articles/{neighbor}/sections/{_section_id(neighbor)}/": {},
        "articles/": {"include": "body,breadcrumbs,jsonld"},
        "pages/": {},
        f"pages/{shop.gone.get_parent().pk}/": {"include": "children"},
        "faqs/entries/": {},
        "search/": {"q": "Neighbor"},
        "changes/": {"include": "body,breadcrumbs"},
        "changes.atom": {},
    }


def _section_id(page_id: int) -> str:
    content = DocumentBytes.objects.get(
        document=page_id, form="document", coding="identity"
    )
    return str(json.loads(bytes(content.content))["body"][0]["id"])


def test_stored_bytes_name_what_expired(committed: Committed) -> None:
    """The control: without a look at the time, all this would be told."""
    shop = Shop(committed)

    stored = DocumentBytes.objects.filter(coding="identity", form="document")
    telling = {row.document_id for row in stored if b"/gone/" in bytes(row.content)}

    assert telling >= {shop.child.pk, shop.neighbor.pk, shop.asked.pk}


def test_no_answer_names_what_expired(get: Get, committed: Committed) -> None:
    shop = Shop(committed)

    told = {url: get(url, **query) for url, query in answers(shop).items()}

    assert {url: r.status_code for url, r in told.items() if r.status_code != 200} == {}
    assert {
        url: r.content
        for url, r in told.items()
        if SECRET in r.content.decode() or 'href=\\"/gone/\\"' in r.content.decode()
    } == {}


def test_no_shared_cache_keeps_it(get: Get, committed: Committed) -> None:
    shop = Shop(committed)

    told = {
        url: get(url, **query).headers["Cache-Control"]
        for url, query in answers(shop).items()
    }

    assert set(told.values()) == {"public, max-age=0, s-maxage=0"}


def test_a_get_writes_nothing(get: Get, committed: Committed) -> None:
    shop = Shop(committed)
    before = list(PublishedDocument.objects.order_by("pk").values())

    for url, query in answers(shop).items():
        get(url, **query)

    assert list(PublishedDocument.objects.order_by("pk").values()) == before


def test_the_rebuild_stores_the_same_bytes(get: Get, committed: Committed) -> None:
    shop = Shop(committed)
    # The feeds tell the time of the rebuild, and what it removed.
    urls = {u: q for u, q in answers(shop).items() if not u.startswith("changes")}
    urls.pop("search/")  # The score is of the whole index.
    before = {url: get(url, **query) for url, query in urls.items()}

    with committed():
        call_command("rebuild_documents", "--due", stdout=StringIO())

    after = {url: get(url, **query) for url, query in urls.items()}
    assert {url: r.content for url, r in after.items()} == {
        url: r.content for url, r in before.items()
    }
    assert {url: r.headers["ETag"] for url, r in after.items()} == {
        url: r.headers["ETag"] for url, r in before.items()
    }


def test_only_what_is_due_is_rebuilt(committed: Committed) -> None:
    shop = Shop(committed)
    with committed():
        article(title="Apart")
    output = StringIO()
    due = documents_overdue(timezone.now())

    with committed():
        call_command("rebuild_documents", "--due", stdout=output)

    assert shop.gone.pk in due
    assert output.getvalue().startswith(f"{len(due)} pages, 0 adopted, ")
    assert not PublishedDocument.objects.filter(pk=shop.gone.pk).exists()
    assert documents_overdue(timezone.now()) == []


def test_validators_follow_what_is_sent(get: Get, committed: Committed) -> None:
    shop = Shop(committed)
    url = f"articles/{shop.child.pk}/"
    stored = DocumentBytes.objects.get(
        document=shop.child.pk, form="document", coding="identity"
    )

    old = get(url, headers={"If-None-Match": f'"{stored.sha}"'})
    new = get(url, headers={"If-None-Match": old.headers["ETag"]})

    assert (old.status_code, new.status_code) == (200, 304)
    assert old.headers["ETag"] != f'"{stored.sha}"'
    assert new.headers["Last-Modified"] == old.headers["Last-Modified"]


def test_queries_do_not_grow(get: Get, committed: Committed) -> None:
    shop = Shop(committed, neighbors=20)
    assert shop.neighbor.live

    with CaptureQueriesContext(connection) as few:
        two = get("articles/", include="body", page_size=2).json()["items"]
    with CaptureQueriesContext(connection) as many:
        twenty = get("articles/", include="body", page_size=20).json()["items"]

    assert (len(two), len(twenty)) == (2, 20)
    assert len(many) == len(few)


def test_what_is_no_longer_public_is_left_out(get: Get, committed: Committed) -> None:
    shop = Shop(committed)
    # Behind the back of the signals.
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=shop.neighbor.pk, restriction_type="login")]
    )

    alone = get(f"articles/{shop.neighbor.pk}/")
    listed = get("articles/", include="body").json()["items"]
    asked = get("faqs/entries/").json()["items"]
    children = get(f"pages/{shop.gone.get_parent().pk}/", include="children").json()

    assert alone.status_code == 404
    assert [each["id"] for each in listed] == [shop.child.pk]
    assert asked == []
    assert shop.neighbor.pk not in {each["id"] for each in children["children"]}


def test_a_webhook_tells_no_more(committed: Committed) -> None:
    shop = Shop(committed)

    subject = _page(shop.neighbor.pk, is_shown=True, now=timezone.now())

    assert Page.objects.get(pk=shop.gone.pk).live
    assert subject.safety is not None
    assert "/gone/" not in json.dumps(subject.safety)
