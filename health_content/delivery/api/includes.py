"""What `include` may ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .query import Parameter, ValueInvalidError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# What `include` adds to a list's cards, and the document's fields that it stands for.
INCLUDES = {
    "body": ("introduction", "body", "sources", "references"),
    "contributors": ("contributors", "conflicts", "organization"),
    "breadcrumbs": ("breadcrumbs",),
    "alternates": ("alternates",),
    "seo": ("seo",),
    "jsonld": ("seo",),
    "replies_summary": ("replies",),
    "children": (),
    "hast": (),
}
# Both are made for the request, so they are for one document at a time.
DETAIL_INCLUDES = ("children", "hast")
LIST_INCLUDES = tuple(name for name in INCLUDES if name not in DETAIL_INCLUDES)
NAVIGATION = "navigation:"
# A page has a header, a footer, and something beside the text.
NAVIGATIONS_MAX = 5
KEY = re.compile("[-a-zA-Z0-9_]{1,80}")


def include_parameter(choices: Collection[str], description: str = "") -> Parameter:
    """Return the parameter `include` of one document: some of *choices*, and menus."""

    def read(text: str) -> tuple[str, ...]:
        names = tuple(text.split(","))
        keys = navigation_keys(names)
        plain = set(names) - {NAVIGATION + key for key in keys}
        if (
            len(set(names)) != len(names)
            or not plain <= set(choices)
            or len(keys) > NAVIGATIONS_MAX
            or not all(KEY.fullmatch(key) for key in keys)
        ):
            raise ValueInvalidError(
                f"Some of {', '.join(choices)}, {NAVIGATION}<key>, separated by commas."
            )
        return names

    return Parameter(
        name="include",
        description=(
            "`children` adds the cards of the visible children, `hast` a syntax tree to every rich text, "
            f"`{NAVIGATION}<key>` the menu with that key, up to {NAVIGATIONS_MAX}; the rest is always there."
            f" {description}"
        ).rstrip(),
        schema={
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "string", "enum": list(choices)},
                    {"type": "string", "pattern": f"^{NAVIGATION}{KEY.pattern}$"},
                ]
            },
            "contains": {"type": "string", "pattern": f"^{NAVIGATION}"},
            "minContains": 0,
            "maxContains": NAVIGATIONS_MAX,
            "uniqueItems": True,
            "minItems": 1,
        },
        read=read,
    )


def navigation_keys(names: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of the menus among the names of `include`."""
    return tuple(
        name.removeprefix(NAVIGATION) for name in names if name.startswith(NAVIGATION)
    )
