"""Messages of ours, as httplint reads them."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from httplint import HttpRequestLinter, HttpResponseLinter
from httplint.note import levels

if TYPE_CHECKING:
    from collections.abc import Mapping

SERIOUS = frozenset({levels.BAD, levels.WARN})


@dataclass(frozen=True, slots=True)
class Message:
    """An answer as it came over the wire, and what was asked."""

    method: str
    url: str
    sent: Mapping[str, str]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.by_name.get(name.lower(), "")

    @property
    def by_name(self) -> dict[str, str]:
        """Return the headers, their names in lower case."""
        return {name.lower(): value for name, value in self.headers}


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of httplint that says that something is wrong, or may be."""

    name: str
    subject: str
    summary: str


def exchange(url: str, method: str = "GET", **sent: str) -> Message:
    """Return the answer to a request; an underscore in a header's name stands for a hyphen."""
    parts = urlsplit(url)
    headers = {name.replace("_", "-"): value for name, value in sent.items()}
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        resource = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method, resource, headers={"Accept-Encoding": "identity"} | headers
        )
        answer = connection.getresponse()
        return Message(
            method=method,
            url=url,
            sent=headers,
            status=answer.status,
            reason=answer.reason,
            headers=tuple(answer.getheaders()),
            body=answer.read(),
        )
    finally:
        connection.close()


def remarks(message: Message) -> set[Remark]:
    """Return what httplint holds against *message*."""
    request = HttpRequestLinter()
    request.process_request_topline(
        message.method.encode(), message.url.encode(), b"1.1"
    )
    request.process_headers(
        _bytes([("Host", urlsplit(message.url).netloc), *message.sent.items()])
    )
    request.finish_content(complete=True)
    linter = HttpResponseLinter(
        start_time=time.time(), no_content=message.method == "HEAD", _related=request
    )
    linter.is_head_response = message.method == "HEAD"
    linter.base_uri = message.url
    linter.process_response_topline(
        b"1.1", str(message.status).encode(), message.reason.encode()
    )
    linter.process_headers(_bytes(message.headers))
    linter.feed_content(message.body)
    linter.finish_content(complete=True)
    return {
        Remark(type(note).__name__, str(note.subject), str(note.summary))
        for note in linter.notes
        if note.level in SERIOUS
    }


def _bytes(headers: object) -> list[tuple[bytes, bytes]]:
    return [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers]  # type: ignore[attr-defined]
