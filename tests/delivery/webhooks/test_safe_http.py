"""Outbound HTTP reaches the public internet and nothing else, in bounded time."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery import safe_http
from health_content.delivery.outbound_rules import (
    Refusal,
    RefusedError,
    is_public,
    parse_target,
)
from health_content.delivery.safe_http import FailedError, Failure, Rules, post

from .receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCAL = Rules(
    is_http_allowed=True,
    private_hosts=frozenset({"127.0.0.1", "hooks.example"}),
    timeout_seconds=5,
)
STRICT = Rules(is_http_allowed=True, timeout_seconds=5)
ANY = "0.0.0.0"  # noqa: S104 - nothing is bound to it
PRIVATE = [
    ANY, "0.0.0.1", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "168.63.129.16", "::ffff:168.63.129.16", "64:ff9b::a83f:8110", "100.100.100.200", "fd00:ec2::254",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:7f00:1::", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "2606:4700::1%1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]  # fmt: skip


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return `names(*answers)`: the resolver gives one answer after the other, the last for ever."""

    def answer(*answers: list[str]) -> list[str]:
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return answers[min(len(asked), len(answers)) - 1]

        monkeypatch.setattr(safe_http, "resolve", resolve)
        return asked

    return answer


@pytest.mark.parametrize("address", PRIVATE)
def test_address_that_is_not_public_is_refused(address, names):
    names([address])

    assert not is_public(address)
    with pytest.raises(RefusedError) as refused:
        post("https://hooks.example/", body=b"", headers={}, rules=STRICT)
    assert refused.value.refusal is Refusal.ADDRESS


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "localhost", "localhost.", "LOCALHOST", ANY, "0", "127.1", "2130706433",
        "017700000001", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.0x1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]",
        "[::1%25lo]", "[::1%lo]", "user@127.0.0.1", "hooks.example@127.0.0.1", "hooks.example%2f@127.0.0.1",
        "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460", "127\u30020\u30020\u30021",
        "\u24dbocalhost",
    ],
)  # fmt: skip
def test_no_spelling_of_this_machine_reaches_it(receiver, host):
    """With the machine's own resolver, and a server that listens there."""
    with pytest.raises((RefusedError, FailedError)):
        post(f"http://{host}:{receiver.port}/", body=b"", headers={}, rules=STRICT)

    assert receiver.requests == []


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "hooks.example", "1.2.3", "1.2.3.4.5", "08.8.8.8"]
)
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_private_ipv4_is_private_in_every_ipv6_dress(address):
    number = int(address)
    for dressed in (
        f"::ffff:{address}", f"::{address}", f"64:ff9b::{address}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1", f"2001:0:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ):  # fmt: skip
        assert not is_public(dressed)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://hooks.example/", Refusal.SCHEME),
        ("ftp://hooks.example/", Refusal.SCHEME),
        ("file:///etc/passwd", Refusal.SCHEME),
        ("//hooks.example/", Refusal.SCHEME),
        ("hooks.example", Refusal.SCHEME),
        ("", Refusal.SCHEME),
        ("https://user@hooks.example/", Refusal.USERINFO),
        ("https://user:word@hooks.example/", Refusal.USERINFO),
        ("https://hooks.example@127.0.0.1/", Refusal.USERINFO),
        ("https://", Refusal.HOST),
        ("https:///path", Refusal.HOST),
        ("https://hooks.example:0/", Refusal.PORT),
        ("https://hooks.example:99999/", Refusal.URL),
        ("https://hooks.example:http/", Refusal.URL),
        ("https://hooks.example/a b", Refusal.URL),
        ("https://hooks.example/\r\nX: 1", Refusal.URL),
        ("https://hooks.example/#part", Refusal.URL),
        ("https://hooks.example/é", Refusal.URL),
        ("https://hooks.example\\@127.0.0.1/", Refusal.URL),
        ("https://" + "a" * 2_000, Refusal.URL),
        ("https://[::1", Refusal.URL),
        ("https://[fe80::zz]/", Refusal.URL),
        ("https://[v1.x]/", Refusal.HOST),
        ("https://-hooks.example/", Refusal.HOST),
        ("https://hooks..example/", Refusal.HOST),
        ("https://127.0.0.1./", Refusal.HOST),
        ("https://ho oks/", Refusal.HOST),
        ("https://2130706433/", Refusal.HOST),
        ("https://0x7f000001/", Refusal.HOST),
        ("https://0x7f.1/", Refusal.HOST),
        ("https://0177.0.0.1/", Refusal.HOST),
        ("https://127.1/", Refusal.HOST),
        ("https://127.0.0.0x1/", Refusal.HOST),
        ("https://" + "a." * 130 + "example/", Refusal.HOST),
        ("https://\u2488.example\u3002\uff0f/", Refusal.URL),
        ("https://xn--\u00df\u0378.example/", Refusal.HOST),
    ],
)  # fmt: skip
def test_url_is_refused_before_anything_is_asked(url, refusal):
    with pytest.raises(RefusedError) as refused:
        parse_target(url, is_http_allowed=False)

    assert refused.value.refusal is refusal


@pytest.mark.parametrize(
    ("url", "host", "port", "resource"),
    [
        ("https://Hooks.Example", "hooks.example", 443, "/"),
        ("https://hooks.example:8443/a/b?c=d", "hooks.example", 8443, "/a/b?c=d"),
        ("https://8.8.8.8/", "8.8.8.8", 443, "/"),
        ("https://[2606:4700::0:1]/", "2606:4700::1", 443, "/"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "/"),
        ("https://\uff11\uff12\uff17.0.0.1/", "127.0.0.1", 443, "/"),
        ("https://in_ternal/", "in_ternal", 443, "/"),
    ],
)
def test_target_is_taken_apart(url, host, port, resource):
    target = parse_target(url, is_http_allowed=False)

    assert (target.host, target.port, target.resource) == (host, port, resource)


def test_http_is_allowed_when_the_site_says_so():
    assert parse_target("http://hooks.example/", is_http_allowed=True).port == 80


def test_name_with_one_private_address_among_public_ones_is_refused(names):
    names(["8.8.8.8", "2606:4700::1", "10.0.0.1"])

    with pytest.raises(RefusedError) as refused:
        post("https://hooks.example/", body=b"", headers={}, rules=STRICT)
    assert refused.value.refusal is Refusal.ADDRESS


def test_name_is_resolved_once_and_only_what_was_checked_is_connected_to(
    names, monkeypatch
):
    """A name server that answers with a public address first and a private one second gains nothing."""
    asked = names(["8.8.8.8", "1.1.1.1"], ["127.0.0.1"])
    tried: list[Any] = []

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        assert 0 < timeout <= 5
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)

    with pytest.raises(FailedError) as failed:
        post("http://hooks.example:8080/", body=b"", headers={}, rules=STRICT)
    assert failed.value.failure is Failure.CONNECTION
    assert asked == ["hooks.example"]
    assert tried == [("8.8.8.8", 8080), ("1.1.1.1", 8080)]


def test_posts_with_the_name_in_host(receiver, names):
    names(["127.0.0.1"])
    receiver.status, receiver.body = 200, b"thank you"
    receiver.headers = {"Retry-After": "7"}

    answer = post(
        f"http://hooks.example:{receiver.port}/in?a=b",
        body=b'{"a":1}',
        headers={"Content-Type": "application/json"},
        rules=LOCAL,
    )

    assert (answer.status, answer.excerpt, answer.retry_after_raw) == (200, b"thank you", "7")  # fmt: skip
    [request] = receiver.requests
    assert (request.path, request.body) == ("/in?a=b", b'{"a":1}')
    assert request.headers == {
        "Host": f"hooks.example:{receiver.port}",
        "Accept-Encoding": "identity",
        "Content-Length": "7",
        "Connection": "close",
        "User-Agent": "wagtail-healthpress",
        "Content-Type": "application/json",
    }


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert post(receiver.url, body=b"", headers={}, rules=LOCAL).status == 204


def test_next_address_is_tried_when_one_does_not_answer(receiver, names, monkeypatch):
    names(["127.0.0.2", "127.0.0.1"])
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        if address[0] == "127.0.0.2":
            raise ConnectionRefusedError
        return connect(address, timeout)

    monkeypatch.setattr(socket, "create_connection", create_connection)
    url = f"http://hooks.example:{receiver.port}/"

    assert post(url, body=b"", headers={}, rules=LOCAL).status == 204


def test_redirect_is_returned_and_not_followed(receiver):
    receiver.status = 302
    receiver.headers = {"Location": receiver.url}

    assert post(receiver.url, body=b"", headers={}, rules=LOCAL).status == 302
    assert len(receiver.requests) == 1


def test_only_the_beginning_of_a_long_answer_is_read(receiver):
    receiver.status, receiver.body = 500, b"x" * 5_000_000

    answer = post(receiver.url, body=b"", headers={}, rules=LOCAL)

    assert answer.excerpt == b"x" * 2_048


@pytest.mark.parametrize("answers", [[], OSError("no such name")])
def test_name_without_an_address_fails(answers, monkeypatch):
    def resolve(host: str, port: int) -> list[str]:
        if isinstance(answers, OSError):
            raise answers
        return answers

    monkeypatch.setattr(safe_http, "resolve", resolve)

    with pytest.raises(FailedError) as failed:
        post("https://hooks.example/", body=b"", headers={}, rules=STRICT)
    assert failed.value.failure is Failure.NAME


def test_system_resolver_is_asked_for_addresses_of_streams():
    assert safe_http.resolve("127.0.0.1", 80) == ["127.0.0.1"]


@contextmanager
def talking(script: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Run a server that does *script* with its first connection; give its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.recv(65_536)
                script(connection, over)
            except OSError:
                pass  # The client broke off, as it should.

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"//127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        over.set()
        thread.join()
        listener.close()


@pytest.fixture
def times_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that ends the time of the running request; no clock does."""
    timers: list[Callable[[], None]] = []

    class ManualTimer:
        daemon = False

        def __init__(self, seconds: float, function: Callable[[], None]) -> None:
            assert seconds == 5
            timers.append(function)

        def start(self) -> None:
            pass

        cancel = start

    monkeypatch.setattr(safe_http, "Timer", ManualTimer)
    return lambda: timers[-1]()


DRIPPED = {
    "nothing": ("http", b""),
    "status": ("http", b"HTTP/1.1 2"),
    "headers": ("http", b"HTTP/1.1 200 OK\r\nX: "),
    "tls": ("https", b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"),
}


@pytest.mark.parametrize("what", DRIPPED)
def test_answer_that_drips_is_broken_off(what, times_up):
    """A byte now and then keeps every single read from timing out; the whole is bounded all the same."""
    scheme, beginning = DRIPPED[what]

    def script(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(beginning)
        for _ in range(20):
            connection.sendall(b"\x00" if scheme == "https" else b"x")
        times_up()
        over.wait(60)

    with talking(script) as address, pytest.raises(FailedError) as failed:
        post(f"{scheme}:{address}", body=b"", headers={}, rules=LOCAL)
    assert failed.value.failure is Failure.TIMEOUT


def test_answer_whose_headers_ended_with_the_time_is_none(receiver, monkeypatch):
    """The end of a broken connection reads like the end of the headers."""
    getresponse = safe_http._PinnedConnection.getresponse

    def expired(connection: Any) -> Any:
        response = getresponse(connection)
        connection.expire()
        return response

    monkeypatch.setattr(safe_http._PinnedConnection, "getresponse", expired)

    with pytest.raises(FailedError) as failed:
        post(receiver.url, body=b"", headers={}, rules=LOCAL)
    assert failed.value.failure is Failure.TIMEOUT


@pytest.mark.parametrize("header", [b"", b"Connection: close\r\n"])
def test_body_that_drips_is_cut_and_the_status_counts(times_up, monkeypatch, header):
    reading = threading.Event()
    excerpt = safe_http._excerpt

    def read(response: Any) -> bytes:
        reading.set()
        return excerpt(response)

    def script(connection: socket.socket, over: threading.Event) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n" + header + b"\r\n"
        connection.sendall(head + b"yyy")
        reading.wait(60)
        times_up()
        over.wait(60)

    monkeypatch.setattr(safe_http, "_excerpt", read)
    with talking(script) as address:
        answer = post(f"http:{address}", body=b"", headers={}, rules=LOCAL)

    assert answer.status == 200
    assert answer.excerpt in {b"", b"yyy"}


def test_a_clock_ends_the_time(receiver):
    receiver.is_silent = True
    rules = Rules(is_http_allowed=True, private_hosts=LOCAL.private_hosts, timeout_seconds=0.05)  # fmt: skip

    with pytest.raises(FailedError) as failed:
        post(receiver.url, body=b"", headers={}, rules=rules)
    assert failed.value.failure is Failure.TIMEOUT


def test_connection_that_is_not_taken_in_time_times_out(monkeypatch, names):
    names(["8.8.8.8"])

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", create_connection)

    with pytest.raises(FailedError) as failed:
        post("https://hooks.example/", body=b"", headers={}, rules=STRICT)
    assert failed.value.failure is Failure.TIMEOUT


def test_no_address_is_tried_when_the_time_is_over(names):
    names(["8.8.8.8"])

    with pytest.raises(FailedError) as failed:
        post("https://hooks.example/", body=b"", headers={}, rules=Rules(timeout_seconds=0))  # fmt: skip
    assert failed.value.failure is Failure.TIMEOUT


def test_connection_made_after_the_time_is_over_is_not_used(monkeypatch, receiver):
    connect = socket.create_connection

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        made = connect(address, timeout)
        connection.expire()
        return made

    made: list[safe_http._PinnedConnection] = []
    build = safe_http._connection

    def keep(*args: Any) -> safe_http._PinnedConnection:
        nonlocal connection
        connection = build(*args)
        made.append(connection)
        return connection

    connection: Any = None
    monkeypatch.setattr(safe_http, "_connection", keep)
    monkeypatch.setattr(socket, "create_connection", create_connection)

    with pytest.raises(FailedError) as failed:
        post(receiver.url, body=b"", headers={}, rules=LOCAL)
    assert failed.value.failure is Failure.TIMEOUT
    assert receiver.requests == []


def test_answer_that_is_not_http_fails():
    def script(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"220 mail.example ESMTP\r\n")

    with talking(script) as address, pytest.raises(FailedError) as failed:
        post(f"http:{address}", body=b"", headers={}, rules=LOCAL)
    assert failed.value.failure is Failure.PROTOCOL


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a key and its own certificate, for hooks.example."""
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=hooks.example", "-addext", "subjectAltName=DNS:hooks.example", "-keyout", "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    file.write_bytes(made.stdout)
    return file


def test_tls_is_for_the_name_though_the_connection_is_to_an_address(
    certificate, names, monkeypatch
):
    names(["127.0.0.1"])
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    seen: list[str] = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    server.sni_callback = lambda _socket, name, _context: seen.append(name)
    with Receiver.running(server) as receiver:
        rules = Rules(private_hosts=LOCAL.private_hosts | {"other.example"})
        answer = post(f"https://hooks.example:{receiver.port}/", body=b"", headers={}, rules=rules)  # fmt: skip
        with pytest.raises(FailedError) as failed:
            post(f"https://other.example:{receiver.port}/", body=b"", headers={}, rules=rules)  # fmt: skip

    assert answer.status == 204
    assert seen == ["hooks.example", "other.example"]
    assert failed.value.failure is Failure.TLS
    assert len(receiver.requests) == 1


def test_certificate_that_nobody_vouches_for_is_refused(certificate, names):
    names(["127.0.0.1"])
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    with (
        Receiver.running(server) as receiver,
        pytest.raises(FailedError) as failed,
    ):
        post(f"https://hooks.example:{receiver.port}/", body=b"", headers={}, rules=LOCAL)  # fmt: skip
    assert failed.value.failure is Failure.TLS
    assert receiver.requests == []
