"""What is measured: one row a subject, the peers' rows beside ours."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One URL of one server."""

    name: str
    group: str
    """What is compared: rows of one group answer the same question."""
    path: str
    """Path and query; `{id}` and `{path}` are those of one seeded article."""
    settings: str = "benchmarks.settings"
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    is_conditional: bool = False
    """Send the answer's own ETag back: measures 304."""
    is_base: bool = False
    """The row that the others of its group are divided by."""


PEER = "benchmarks.peer.settings"
CONTENT = "/api/content/v1"
REPLIES = "/api/replies/v1"

SUBJECTS = [
    Subject(name="Wagtail v2 detail", group="document", path="/api/v2/pages/{id}/", settings=PEER, is_base=True),
    Subject(name="Wagtail v3 detail", group="document", path="/api/v3/pages/{id}/", settings=PEER),
    Subject(name="Django, bare 9 kB view", group="document", path="/bare/", settings=PEER),
    Subject(name="articles/{id}/", group="document", path=CONTENT + "/articles/{id}/"),
    Subject(name="resolve/", group="document", path=CONTENT + "/resolve/?path={path}"),
    Subject(name="articles/{id}/, 304", group="document", path=CONTENT + "/articles/{id}/", is_conditional=True),
    Subject(name="articles/{id}/, brotli", group="document", path=CONTENT + "/articles/{id}/", headers={"Accept-Encoding": "br"}),
    Subject(name="Wagtail v2 list of 20", group="list", path="/api/v2/pages/?type=health_pages.ArticlePage&limit=20", settings=PEER, is_base=True),
    Subject(name="Wagtail v3 list of 20", group="list", path="/api/v3/pages/?type=health_pages.ArticlePage&limit=20", settings=PEER),
    Subject(name="articles/, first page of 20", group="list", path=CONTENT + "/articles/?page_size=20"),
    Subject(name="Wagtail v2 detail ", group="replies", path="/api/v2/pages/{id}/", settings=PEER, is_base=True),
    Subject(name="replies of one thread, 20", group="replies", path=REPLIES + "/threads/{id}/replies/"),
    Subject(name="replies of one thread, 304", group="replies", path=REPLIES + "/threads/{id}/replies/", is_conditional=True),
]  # fmt: skip
