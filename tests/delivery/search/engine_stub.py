"""A server that speaks as much of OpenSearch's protocol as Wagtail's search uses, on 127.0.0.1."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]


class EngineStub:
    """Indices in memory, and the requests that came."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, Document]] = {}
        self.searches: list[dict[str, Any]] = []
        self.url = ""
        self.is_broken = False

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        """Return status and JSON of a request."""
        if self.is_broken:
            return 503, {"error": "no shard is available", "status": 503}
        parts = path.partition("?")[0].strip("/").split("/")
        match method, parts:
            case "POST" | "PUT", [*index, "_bulk"]:
                return 200, self._bulk(index[0] if index else "", body)
            case "PUT" | "POST", [index, "_doc", pk]:
                self.indices.setdefault(index, {})[pk] = json.loads(body)
                return 201, {"result": "created"}
            case "DELETE", [index, "_doc", pk]:
                found = self.indices.get(index, {}).pop(pk, None)
                return (200 if found else 404), {"result": "deleted"}
            case "POST", [index, "_search"]:
                if index not in self.indices:
                    return 404, {"error": "index_not_found_exception", "status": 404}
                return 200, self._search(index, json.loads(body))
            case "POST" | "GET" | "DELETE", ["_search", "scroll", *_]:
                return 200, {"hits": {"hits": []}}
            case _:
                return 200, {"acknowledged": True}

    def _bulk(self, default: str, body: bytes) -> dict[str, Any]:
        lines = [json.loads(line) for line in body.splitlines() if line]
        results = []
        while lines:
            action = lines.pop(0)["index"]
            index = self.indices.setdefault(action.get("_index", default), {})
            index[str(action["_id"])] = lines.pop(0)
            results.append({"index": {"_id": action["_id"], "status": 201}})
        return {"errors": False, "items": results}

    def _search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        self.searches.append(body)
        found = [d for d in self.indices[index].values() if _matches(body["query"], d)]
        hits = [
            {"_id": str(d["pk"]), "_score": float(n), "fields": {"pk": [d["pk"]]}}
            for n, d in zip(range(len(found), 0, -1), found, strict=True)
        ]
        return {"hits": {"hits": hits}, "_scroll_id": "1"}


def _matches(query: dict[str, Any], document: Document) -> bool:
    """Return whether *document* matches: each clause by its kind, words as `\\w+`."""
    ((kind, value),) = query.items()
    match kind:
        case "bool":
            return (
                all(_matches(q, document) for q in _list(value.get("must")))
                and all(_matches(q, document) for q in _list(value.get("filter")))
                and not any(_matches(q, document) for q in _list(value.get("must_not")))
                and (
                    "should" not in value
                    or any(_matches(q, document) for q in _list(value["should"]))
                )
            )
        case "dis_max":
            return any(_matches(q, document) for q in value["queries"])
        case "multi_match":
            names = [name.partition("^")[0] for name in value["fields"]]
            return any(_has(_value(document, name), value) for name in names)
        case "match" | "match_phrase" | "term":
            ((name, wanted),) = value.items()
            wanted = wanted if isinstance(wanted, dict) else {"query": wanted}
            if kind == "match_phrase":
                wanted = wanted | {"type": "phrase"}
            return _has(_value(document, name), wanted)
        case _:
            raise AssertionError(f"the stub does not know {kind}")


def _value(document: Document, name: str) -> Any:
    """Return a field; those of all texts are copies, which Wagtail's mapping asks the server to make."""
    if name.startswith("_all_text"):
        return [document["title"], document["text"]]
    return document.get(name)


def _has(value: Any, wanted: dict[str, Any]) -> bool:
    text = " ".join(str(part) for part in _list(value)).lower()
    words = re.findall(r"[\w.]+", text)
    asked = re.findall(r"[\w.]+", str(wanted.get("query", wanted.get("value"))).lower())
    if wanted.get("type") == "phrase":
        return f" {' '.join(asked)} " in f" {' '.join(words)} "
    found = [
        any(w == a or ("fuzziness" in wanted and _is_near(w, a)) for w in words)
        for a in asked
    ]
    return all(found) if wanted.get("operator") == "and" else any(found)


def _is_near(word: str, other: str) -> bool:
    """Return whether one letter was left out of *other*."""
    return any(word[:n] + word[n + 1 :] == other for n in range(len(word)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


@contextmanager
def engine_stub() -> Iterator[EngineStub]:
    """Run a server; give it, and stop it afterwards."""
    stub = EngineStub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = stub.answer(self.command, self.path, body)
            content = b"" if self.command == "HEAD" else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 - the base class's names

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
