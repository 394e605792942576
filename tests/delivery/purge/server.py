"""A cache's own side: a real server that keeps what it got and answers as told."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self


@dataclass
class Received:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PurgeServer:
    """What the server got, and what it says next."""

    port: int = 0
    requests: list[Received] = field(default_factory=list)
    status: int = 200
    body: bytes = b"{}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        kept = cls()

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                super().handle_one_request()

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                kept.requests.append(
                    Received(self.command, self.path, dict(self.headers), body)
                )
                self.send_response(kept.status)
                self.send_header("Content-Length", str(len(kept.body)))
                self.end_headers()
                self.wfile.write(kept.body)

            do_POST = do_PURGE = answer  # noqa: N815 - http.server finds them by these names

            def log_message(self, *args: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        kept.port = server.server_address[1]
        thread = threading.Thread(
            target=server.serve_forever, args=(0.01,), daemon=True
        )
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
