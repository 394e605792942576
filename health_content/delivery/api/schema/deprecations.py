"""Routes that are to go, in the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable

    from ....document_facts import JsonObject

# A value of each path parameter, good enough to find the route.
EXAMPLES = {
    "id": "1",
    "number": "1",
    "withdrawal_id": "1",
    "key": "key",
    "block_id": str(UUID(int=0)),
    "endpoint_id": str(UUID(int=0)),
    "delivery_id": f"msg_{UUID(int=0).hex}",
}


def deprecate_operations(
    document: JsonObject, is_deprecated: Callable[[str], bool]
) -> None:
    """Mark, in place, the operations of the addresses of which *is_deprecated* holds."""
    paths = document["paths"]
    for path, item in paths.items() if isinstance(paths, dict) else ():
        if isinstance(item, dict) and is_deprecated(path.format_map(EXAMPLES)):
            for operation in item.values():
                if isinstance(operation, dict):
                    operation["deprecated"] = True
