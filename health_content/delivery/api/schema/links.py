"""How one answer leads to the next request: the links of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .caller_links import CALLER_LINKS
from .parts import Link

if TYPE_CHECKING:
    from ....document_facts import Json, JsonObject


def link_operations(paths: JsonObject) -> None:
    """Add the links to the operations in *paths*, in place.

    Raises:
        KeyError: a link leads from, or to, an operation that is not there.
    """
    operations = {
        str(operation["operationId"]): operation
        for item in paths.values()
        for operation in _objects(item)
    }
    for link in LINKS:
        shown: JsonObject = {
            "operationId": str(operations[link.target]["operationId"]),
            "parameters": {
                name: value if value.startswith("$") else f"$response.body#{value}"
                for name, value in link.parameters.items()
            },
            "description": link.description,
        }
        for answer in _successes(operations[link.source]):
            _object(answer.setdefault("links", {}))[link.name] = dict(shown)


def _links_of_collections() -> list[Link]:
    links = []
    for noun in ("Page", "Article", "Faq"):
        first = {"id": "/items/0/id"}
        links += [
            Link(
                name="document",
                source=f"list{noun}s",
                target=f"get{noun}",
                parameters=first,
                description="The whole document of an item.",
            ),
            Link(
                name="children",
                source=f"list{noun}s",
                target="listPages",
                parameters={"parent": "/items/0/id"},
                description="The pages below an item.",
            ),
            Link(
                name="markdown",
                source=f"list{noun}s",
                target=f"get{noun}Markdown",
                parameters=first,
                description="The document of an item as Markdown.",
            ),
            Link(
                name="resolve",
                source=f"list{noun}s",
                target="resolvePath",
                parameters={
                    "path": "/items/0/path",
                    "site": "/items/0/site",
                    "locale": "/items/0/locale",
                },
                description="What lives at an item's path: the item.",
            ),
            Link(
                name="markdown",
                source=f"get{noun}",
                target=f"get{noun}Markdown",
                parameters={"id": "/id"},
                description="The same document as Markdown.",
            ),
        ]
    return links


def _links_of_versions() -> list[Link]:
    links = []
    for noun, prefix in (("Article", ""), ("Faq", "Faq")):
        links += [
            Link(
                name="versions",
                source=f"list{noun}s",
                target=f"list{prefix}Versions",
                parameters={"id": "/items/0/id"},
                description="The publications of an item.",
            ),
            Link(
                name="versions",
                source=f"get{noun}",
                target=f"list{prefix}Versions",
                parameters={"id": "/id"},
                description="The publications of the page.",
            ),
            Link(
                name="as-of",
                source=f"list{prefix}Versions",
                target=f"get{prefix}AsOf",
                parameters={
                    "id": "$request.path.id",
                    "at": "/items/0/published_at",
                },
                description="What was public when an item was published.",
            ),
            Link(
                name="version",
                source=f"list{prefix}Versions",
                target=f"get{prefix}Version",
                parameters={"id": "$request.path.id", "number": "/items/0/number"},
                description="What an item said; where the site shows that.",
            ),
        ]
    return links


LINKS = (
    *_links_of_collections(),
    *_links_of_versions(),
    Link(
        name="site",
        source="getRoot",
        target="getSite",
        parameters={"site": "/sites/0/site"},
        description="The first site.",
    ),
    Link(
        name="pages",
        source="getRoot",
        target="listPages",
        parameters={"site": "/sites/0/site", "locale": "/locales/0"},
        description="The pages of the first site in the first language.",
    ),
    Link(
        name="page",
        source="resolvePath",
        target="getPage",
        parameters={"id": "/page/id"},
        description="The page by its id.",
    ),
    Link(
        name="section",
        source="getArticle",
        target="getSection",
        parameters={"id": "/id", "block_id": "/body/0/id"},
        description="The first block alone, when it is a section that may be shown alone.",
    ),
    Link(
        name="document",
        source="search",
        target="getPage",
        parameters={"id": "/items/0/document/id"},
        description="The whole document of the first hit.",
    ),
    Link(
        name="page",
        source="listQuestions",
        target="getPage",
        parameters={"id": "/items/0/page/id"},
        description="The page that a question is on.",
    ),
    Link(
        name="page",
        source="listRoutes",
        target="getPage",
        parameters={"id": "/items/0/id"},
        description="The page that lives at a route.",
    ),
    Link(
        name="resolve",
        source="listRoutes",
        target="resolvePath",
        parameters={
            "path": "/items/0/path",
            "site": "/items/0/site",
            "locale": "/items/0/locale",
        },
        description="What lives at a route.",
    ),
    Link(
        name="resolve",
        source="listRedirects",
        target="resolvePath",
        parameters={"path": "/items/0/path"},
        description="Where a redirect leads.",
    ),
    Link(
        name="routes",
        source="getSite",
        target="listRoutes",
        parameters={"site": "/site"},
        description="Where the pages of the site live.",
    ),
    Link(
        name="home",
        source="getSite",
        target="getPage",
        parameters={"id": "/homes/0/id"},
        description="The first home page of the site.",
    ),
    Link(
        name="menu",
        source="getSite",
        target="getNavigation",
        parameters={"key": "/navigation/0", "site": "/site"},
        description="The first menu of the site.",
    ),
    Link(
        name="disclaimer",
        source="listDisclaimers",
        target="getDisclaimer",
        parameters={"key": "/items/0/key", "locale": "/items/0/locale"},
        description="An item by its key.",
    ),
    Link(
        name="page",
        source="getDisclaimer",
        target="getPage",
        parameters={"id": "/shown_on/0/id"},
        description="A page that shows it.",
    ),
    Link(
        name="since",
        source="listChanges",
        target="listChanges",
        parameters={"since": "/cursor"},
        description="What changed after this answer.",
    ),
    Link(
        name="page",
        source="listChanges",
        target="getPage",
        parameters={"id": "/items/0/id"},
        description="The page that changed; 404 or 410 when it is gone.",
    ),
    *CALLER_LINKS,
)


def _successes(operation: JsonObject) -> list[JsonObject]:
    responses = _object(operation["responses"])
    return [_object(answer) for status, answer in responses.items() if status[0] == "2"]


def _objects(value: Json) -> list[JsonObject]:
    return [each for each in _object(value).values() if isinstance(each, dict)]


def _object(value: Json) -> JsonObject:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not an object")
    return value
