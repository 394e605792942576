"""The only outbound HTTP of this part: one request, to the public internet, in bounded time, with a short answer.

A name is resolved once; all its addresses must be public; the connection goes to one that was checked, with the name in
Host and in TLS. So there is no second look-up that could answer otherwise. Redirects, proxies of the environment,
cookies and compression do not exist here.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Timer
from typing import TYPE_CHECKING

from .outbound_rules import Refusal, RefusedError, Target, is_public, parse_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_ADDRESSES = 3
"""Addresses of a name that are tried, one after the other, within the same time."""
MAX_EXCERPT_BYTES = 2_048
CHUNK_BYTES = 512
USER_AGENT = "wagtail-healthpress"


class Failure(StrEnum):
    """Why a request got no answer."""

    NAME = "name"
    """The name has no address."""
    CONNECTION = "connection"
    """Nobody took the connection, or it was broken off."""
    TLS = "tls"
    """No TLS, or a certificate that is not the host's."""
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    """The answer was not HTTP."""


class FailedError(Exception):
    """A request was made and got no answer, because of `failure`."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(str(failure))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a site allows."""

    is_http_allowed: bool = False
    private_hosts: frozenset[str] = frozenset()
    """Host names, in lower case, whose addresses need not be public."""
    timeout_seconds: float = 10
    """From the connection's start to the end of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    retry_after_raw: str
    excerpt: bytes
    """The first 2 kB of the body."""


def post(url: str, *, body: bytes, headers: Mapping[str, str], rules: Rules) -> Answer:
    """Do what `send` does, by POST."""
    return send("POST", url, body=body, headers=headers, rules=rules)


def send(
    method: str, url: str, *, body: bytes, headers: Mapping[str, str], rules: Rules
) -> Answer:
    """Send *body* to *url* and return the answer, whatever its status.

    Blocks for `rules.timeout_seconds` at most, and for as long as the system's resolver takes before that.

    Raises:
        RefusedError: nothing was sent, because of where it would have gone.
        FailedError: no answer.
    """
    target = parse_target(url, is_http_allowed=rules.is_http_allowed)
    addresses = _checked_addresses(target, rules)
    connection = _connection(target, addresses, rules)
    try:
        with closing(connection), _deadline(connection, rules.timeout_seconds):
            sent = {"Connection": "close", "User-Agent": USER_AGENT, **headers}
            connection.request(method, target.resource, body=body, headers=sent)
            with closing(connection.getresponse()) as response:
                if connection.is_expired:
                    # The end of the connection looks like the end of the headers.
                    raise TimeoutError
                return Answer(
                    status=response.status,
                    retry_after_raw=response.getheader("Retry-After", ""),
                    excerpt=_excerpt(response),
                )
    except (OSError, http.client.HTTPException) as error:
        raise FailedError(_failure(error, connection)) from error


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, as the system knows them.

    Raises:
        OSError: there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def tls_context() -> ssl.SSLContext:
    """Return the system's trust, which the usual variables (SSL_CERT_FILE) change."""
    return ssl.create_default_context()


def _checked_addresses(target: Target, rules: Rules) -> list[str]:
    """Resolve once, and refuse a name of which any address is not public."""
    try:
        addresses = resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise FailedError(Failure.NAME) from error
    if not addresses:
        raise FailedError(Failure.NAME)
    if target.host not in rules.private_hosts and not all(map(is_public, addresses)):
        raise RefusedError(Refusal.ADDRESS)
    return addresses[:MAX_ADDRESSES]


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to addresses that were checked; its `host` is for the Host header and for TLS only."""

    def __init__(
        self,
        target: Target,
        addresses: Sequence[str],
        *,
        deadline: float,
        context: ssl.SSLContext | None,
    ) -> None:
        super().__init__(target.host, target.port)
        # HTTPConnection leaves the standard port out of Host by this.
        self.default_port = 443 if context else 80
        self.is_expired = False
        # `sock` is taken away by an answer that will be the connection's last.
        self._connected: socket.socket | None = None
        self._addresses = addresses
        self._deadline = deadline
        self._context = context

    def connect(self) -> None:
        """Connect to the first address that answers."""
        self.sock = self._connected = self._connect_any()
        if self._context is not None:
            # The end of the time must find the socket also while TLS is being negotiated.
            self.sock = self._connected = secured = self._context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            secured.do_handshake()
        if self.is_expired:
            raise TimeoutError

    def expire(self) -> None:
        """End whatever the connection waits for. Called by another thread."""
        self.is_expired = True
        if (sock := self._connected) is not None:
            with suppress(OSError):
                # Past TLS, whose own shutdown would wait for the other side.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _connect_any(self) -> socket.socket:
        refusal: OSError = TimeoutError()
        for address in self._addresses:
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, self.port), timeout=left)
            except OSError as error:
                refusal = error
        raise refusal


def _connection(
    target: Target, addresses: Sequence[str], rules: Rules
) -> _PinnedConnection:
    return _PinnedConnection(
        target,
        addresses,
        deadline=time.monotonic() + rules.timeout_seconds,
        context=tls_context() if target.scheme == "https" else None,
    )


@contextmanager
def _deadline(connection: _PinnedConnection, seconds: float) -> Iterator[None]:
    """Break the connection off when the time is over: a socket's timeout starts anew with every byte."""
    timer = Timer(seconds, connection.expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _excerpt(response: http.client.HTTPResponse) -> bytes:
    """Return the beginning of the body; what breaks off after the status is no failure."""
    content = b""
    with suppress(OSError, http.client.HTTPException):
        while len(content) < MAX_EXCERPT_BYTES:
            chunk = response.read1(min(CHUNK_BYTES, MAX_EXCERPT_BYTES - len(content)))
            if not chunk:
                break
            content += chunk
    return content


def _failure(error: Exception, connection: _PinnedConnection) -> Failure:
    if connection.is_expired or isinstance(error, TimeoutError):
        return Failure.TIMEOUT
    match error:
        case ssl.SSLError():
            return Failure.TLS
        case OSError():
            return Failure.CONNECTION
    return Failure.PROTOCOL
