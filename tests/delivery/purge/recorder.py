"""A cache that remembers what it was asked, and a crawl of all that another could hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.test import Client

from health_content.delivery.models import PublishedDocument
from health_content.delivery.purge.purgers import PurgeError
from health_content.models import DisclaimerSnippet

if TYPE_CHECKING:
    from health_content.delivery.purge.purgers import PurgeRequest

API = "/api/content/v1/"
BACKEND = f"{__name__}.RecordingPurger"


@dataclass(frozen=True, kw_only=True)
class RecordingPurger:
    """Keeps the requests of all of its kind, and refuses while it is told to."""

    name: str = ""
    requests: ClassVar[list[tuple[str, PurgeRequest]]] = []
    is_down: ClassVar[bool] = False

    def purge(self, request: PurgeRequest) -> None:
        if type(self).is_down:
            raise PurgeError("The answer was 503.")
        self.requests.append((self.name, request))

    @classmethod
    def tags(cls, *, is_hard: bool | None = None) -> set[str]:
        """Return the tags that were purged."""
        return {
            tag
            for _, request in cls.requests
            if is_hard is None or request.is_hard is is_hard
            for tag in request.tags
        }


@dataclass(frozen=True)
class Answer:
    """What a shared cache would hold."""

    content: bytes
    tags: frozenset[str]


def crawl(*paths: str) -> dict[str, Answer]:
    """Return every answer that a shared cache may keep, by address; *paths* are paths of pages to ask for, too."""
    client = Client()
    answers = {}
    for url in _urls(set(paths)):
        response: Any = client.get(url)
        control = response.headers.get("Cache-Control", "")
        if response.status_code == 200 and "s-maxage=0" not in control:
            assert "s-maxage" in control, url
            tags = frozenset(response.headers["Cache-Tag"].split(","))
            answers[url] = Answer(response.content, tags)
    return answers


def _urls(paths: set[str]) -> list[str]:
    lists = [
        "", "pages/", "articles/", "faqs/", "faqs/entries/", "routes/", "redirects/", "site/", "disclaimers/",
        "pages/?type=index", "articles/?include=body&order=title",
    ]  # fmt: skip
    lists += [
        f"{name}/?locale={locale}"
        for name in ("pages", "articles", "faqs", "faqs/entries", "routes")
        for locale in ("en", "es")
    ]
    lists += [f"disclaimers/{key}/" for key in set(DisclaimerSnippet.objects.values_list("key", flat=True))]  # fmt: skip
    rows = PublishedDocument.objects.values_list("page_id", "type", "path")
    for page_id, kind, path in rows:
        paths.add(path)
        lists += [f"pages/{page_id}/", f"pages/{page_id}.md", f"pages/{page_id}/?include=children"]  # fmt: skip
        if kind == "article":
            lists += [f"articles/{page_id}/", f"articles/{page_id}/?fields=title,path", f"articles/{page_id}/versions/"]  # fmt: skip
    lists += [f"resolve/?path={path}" for path in sorted(paths)]
    lists += [f"resolve/?path={path}&include=children" for path in sorted(paths)]
    return [*(f"{API}{path}" for path in lists), "/llms.txt"]
