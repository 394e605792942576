"""Whether what was accepted still holds: a program that compiles when every client of the accepted API compiles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = {"get", "put", "post", "delete", "patch"}
IMPORTS = """\
import type {{ components as ThenParts, paths as Then }} from "./{then}.js";
import type {{ components as NowParts, paths as Now }} from "./{now}.js";
"""
TYPES = """
/** Without `?`: a property that may be absent must still exist. */
type Full<T> = T extends readonly (infer Item)[] ? Full<Item>[] : T extends object ? { [K in keyof T]-?: Full<T[K]> } : T;
type Query<T> = T extends { parameters: { query?: infer Q } } ? keyof NonNullable<Q> : never;
"""


def gate(accepted: dict[str, Any], *, then: str, now: str) -> str:
    """Return a TypeScript module that compiles when the types in the module *now* may stand in for those in *then*.

    *then* are the types of the document *accepted*.

    Answers: what comes now is something that a client of then understands, and no property is gone, not even one that
    may be absent. Requests: what a client of then sends is something that is understood now.
    """
    lines = [*_operations(accepted), *_components(accepted)]
    return IMPORTS.format(then=then, now=now) + TYPES + "\n".join(lines) + "\n"


def _operations(accepted: dict[str, Any]) -> Iterator[str]:
    for path, item in accepted["paths"].items():
        for method in sorted(METHODS & set(item)):
            where = f"[{json.dumps(path)}][{json.dumps(method)}]"
            yield _sent(f"Then{where}['parameters']", f"Now{where}['parameters']")
            # A structure may have more properties than its type; a query may not.
            yield _sent(f"Query<Then{where}>", f"Query<Now{where}>")
            yield _sent(
                f"Pick<Then{where}, 'requestBody'>", f"Pick<Now{where}, 'requestBody'>"
            )
            for status, media_type in _contents(accepted, item[method]):
                content = f"{where}['responses'][{status}]['content'][{json.dumps(media_type)}]"
                yield from _answered(f"Then{content}", f"Now{content}")


def _contents(
    accepted: dict[str, Any], operation: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    for status, response in operation["responses"].items():
        resolved = response
        if name := response.get("$ref", "").rpartition("/")[2]:
            resolved = accepted["components"]["responses"][name]
        for media_type in resolved.get("content", {}):
            yield status, media_type


def _components(accepted: dict[str, Any]) -> Iterator[str]:
    """Clients name the component schemas, so a name is a promise, too."""
    sent = _reached(accepted, _bodies(accepted))
    for name in accepted["components"]["schemas"]:
        part = f"['schemas'][{json.dumps(name)}]"
        if name in sent:
            yield _sent(f"ThenParts{part}", f"NowParts{part}")
        else:
            yield from _answered(f"ThenParts{part}", f"NowParts{part}")


def _bodies(accepted: dict[str, Any]) -> list[Any]:
    return [
        operation["requestBody"]
        for item in accepted["paths"].values()
        for method, operation in item.items()
        if method in METHODS and "requestBody" in operation
    ]


def _reached(accepted: dict[str, Any], start: Any) -> set[str]:
    """Return the names of the component schemas that *start* leads to."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        if not isinstance(value, dict):
            continue
        waiting.extend(value.values())
        _, _, reference = str(value.get("$ref", "")).partition("#/components/")
        if reference and reference not in found:
            found.add(reference)
            kind, name = reference.split("/")
            waiting.append(accepted["components"][kind][name])
    return {
        name for kind, name in (each.split("/") for each in found) if kind == "schemas"
    }


def _answered(then: str, now: str) -> Iterator[str]:
    yield f"((now: {now}): {then} => now);"
    yield f"((now: Full<{now}>): Full<{then}> => now);"


def _sent(then: str, now: str) -> str:
    return f"((then: {then}): {now} => then);"
