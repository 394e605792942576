"""Rates: counted exactly across processes, told to clients, and no hindrance when nothing can be counted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import redis
from django.core.cache import cache
from django.test import Client, RequestFactory

from health_content.checks import check_access_settings
from health_content.delivery.api import throttles
from health_content.delivery.api.problems import Problem
from tests.delivery.conftest import API
from tests.delivery.test_tokens import ask, make_token, needs_tokens
from tests.factories import faq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
NOW = 1_800_000_010
RATE = (2, 60)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what sets the time; it is ten seconds into a window of a minute."""

    def set_time(now: int) -> None:
        monkeypatch.setattr(throttles.time, "time", lambda: float(now))

    set_time(NOW)
    return set_time


def act(key: str = "somebody", name: str = "test") -> int:
    """Act once; return the status."""
    try:
        throttles.throttle(name, key, RATE)
    except Problem as problem:
        return int(problem.status)
    return 200


def test_a_window_ends_at_its_time(clock: Callable[[int], None]) -> None:
    assert [act() for _ in range(4)] == [200, 200, 429, 429]

    clock(NOW + 49)
    assert act() == 429
    clock(NOW + 50)
    assert [act() for _ in range(3)] == [200, 200, 429]


def test_callers_and_kinds_are_counted_apart(clock: Callable[[int], None]) -> None:
    assert [act("a"), act("a"), act("a"), act("b")] == [200, 200, 429, 200]
    assert act("a", "other") == 200


def test_the_quota_says_what_is_left(clock: Callable[[int], None]) -> None:
    quotas = [throttles.throttle("test", "somebody", RATE) for _ in range(2)]

    assert [quota.headers for quota in quotas if quota] == [
        {"RateLimit-Policy": '"test";q=2;w=60', "RateLimit": '"test";r=1;t=50'},
        {"RateLimit-Policy": '"test";q=2;w=60', "RateLimit": '"test";r=0;t=50'},
    ]
    with pytest.raises(Problem) as refused:
        throttles.throttle("test", "somebody", RATE)
    assert refused.value.headers["Retry-After"] == "50"


def test_the_cache_holds_no_address(clock: Callable[[int], None]) -> None:
    keys: list[str] = []
    original = cache.incr

    def incr(key: str, *args: Any, **kwargs: Any) -> int:
        keys.append(key)
        return original(key, *args, **kwargs)

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            type(cache._connections[cache._alias]), "incr", staticmethod(incr)
        )
        throttles.throttle_read(request, None)

    assert len(keys) == 1
    assert "192" not in keys[0].replace(str(NOW // 60), "")


@pytest.mark.parametrize(
    "backend",
    [
        {
            "BACKEND": "cms.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
        {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    ],
    ids=["forgiving", "redis", "dummy"],
)
def test_without_a_cache_everybody_may_go_on(
    settings: Any, backend: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHES = {"default": backend}

    assert [act() for _ in range(5)] == [200] * 5
    assert ("counted" in caplog.text or "Redis" in caplog.text) == (
        "redis" in str(backend).lower()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["changes/", "changes.atom", "redirects/"])
def test_reads_that_no_cache_answers_are_counted(
    path: str, settings: Any, clock: Callable[[int], None]
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": [2, 60]}
    client = Client()

    answers = [client.get(f"{API}{path}") for _ in range(3)]
    elsewhere = client.get(f"{API}{path}", REMOTE_ADDR="192.0.2.9")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit"] for answer in answers] == [
        '"read";r=1;t=50',
        '"read";r=0;t=50',
        '"read";r=0;t=50',
    ]
    assert elsewhere.status_code == 200
    refused = answers[2]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Retry-After"] == "50"
    assert refused.headers["Cache-Control"] == "no-store"
    assert json.loads(refused.content)["type"] == "too-many-requests"


@pytest.mark.django_db
def test_what_a_shared_cache_answers_is_not_counted(settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": [1, 60]}

    statuses = [Client().get(f"{API}pages/").status_code for _ in range(3)]

    assert statuses == [200, 200, 200]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["pages/", "faqs/entries/"])
def test_searches_are_counted_however_they_are_spelled(
    path: str, settings: Any, committed: Callable[[], Any]
) -> None:
    with committed():
        faq(slug="pain", title="Pain")  # No cache keeps that nothing was found.
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": [3, 10**9]}
    queries = ("q=pain", "%71=pain", "page_size=5&%71=pain", "q=other")

    answers = [Client().get(f"{API}{path}?{query}") for query in queries]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    # A shared cache would tell it to others.
    assert ["RateLimit" in answer.headers for answer in answers] == [False] * 3 + [True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["pages/1/", "webhooks/endpoints/", "preview/resolve/"]
)
@pytest.mark.parametrize(
    "header", ["Bearer unknown", "Bearer unlock_x.y", "Basic eA=="]
)
def test_refused_tokens_are_counted_by_address(
    path: str, header: str, settings: Any, clock: Callable[[int], None]
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": [2, 60]}
    headers = {"Authorization": header}

    answers = [Client().get(f"{API}{path}", headers=headers) for _ in range(3)]
    elsewhere = Client().get(f"{API}{path}", headers=headers, REMOTE_ADDR="192.0.2.9")

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[2].headers["Retry-After"] == "50"
    assert elsewhere.status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["resolve/?path=/nothing/", "pages/999/", "articles/999.md", "nothing/"]
)
def test_misses_are_counted(
    path: str,
    settings: Any,
    clock: Callable[[int], None],
    django_assert_max_num_queries: Any,
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_MISS_RATE": [2, 60]}

    answers = [Client().get(f"{API}{path}") for _ in range(2)]
    with django_assert_max_num_queries(2):
        late = Client().get(f"{API}{path}")

    assert [answer.status_code for answer in answers] == [404, 404]
    assert late.status_code == 429
    assert late.headers["Retry-After"] == "50"
    assert late.headers["RateLimit-Policy"] == '"miss";q=2;w=60'
    assert Client().get(f"{API}pages/").status_code == 200


@needs_tokens
@pytest.mark.django_db
def test_a_token_has_a_count_of_its_own_wherever_it_is_used(
    settings: Any, clock: Callable[[int], None]
) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_READ_RATE": [2, 60]}
    _, one = make_token()
    _, other = make_token()

    def statuses(text: str) -> list[int]:
        return [
            Client()
            .get(
                f"{API}pages/",
                headers={"Authorization": f"Bearer {text}"},
                REMOTE_ADDR=address,
            )
            .status_code
            for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3")
        ]

    assert statuses(one) == [200, 200, 429]
    assert statuses(other) == [200, 200, 429]
    assert ask("pages/", f"Bearer {one}").headers["Vary"] == "Authorization"


@pytest.fixture
def redis_url(lacking: Callable[[str], NoReturn]) -> Iterator[str]:
    """Return the address of a Redis of this test's own."""
    binary = shutil.which("redis-server")
    if binary is None:
        lacking("no redis-server (apt-get install redis-server)")
    folder = tempfile.mkdtemp(prefix="hp-redis-")
    socket = f"{folder}/redis.sock"
    server = subprocess.Popen(
        [binary, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(unix_socket_path=socket)
    deadline = time.monotonic() + 20
    try:
        while time.monotonic() < deadline:
            try:
                client.ping()
                break
            except redis.ConnectionError:
                continue
        yield f"unix://{socket}"
    finally:
        client.close()
        server.kill()
        server.wait()
        shutil.rmtree(folder)


def run_together(count: int, *, limit: int, times: int, url: str) -> list[int]:
    """Let *count* processes act at the same moment; return how many acts each was allowed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.delivery.throttle_settings",
        "THROTTLE_REDIS": url,
        "PYTHONPATH": str(ROOT),
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.delivery.throttle_worker", str(limit), str(times)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(count)
    ]  # fmt: skip
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"  # type: ignore[union-attr]
        for worker in workers:
            worker.stdin.write("go\n")  # type: ignore[union-attr]
            worker.stdin.flush()  # type: ignore[union-attr]
        return [int(worker.communicate(timeout=120)[0]) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


@pytest.mark.slow
def test_a_limit_of_five_lets_exactly_five_through_four_processes(
    redis_url: str,
) -> None:
    allowed = run_together(4, limit=5, times=50, url=redis_url)

    assert sum(allowed) == 5


@pytest.mark.slow
def test_processes_go_on_when_their_redis_is_away() -> None:
    assert run_together(2, limit=5, times=20, url="redis://127.0.0.1:1/0") == [20, 20]


@pytest.mark.parametrize(
    "wrong",
    [
        {"API_READ_RATE": 5},
        {"API_READ_RATE": (5,)},
        {"API_READ_RATE": (0, 60)},
        {"API_MISS_RATE": (5, 0)},
        {"API_WRITE_RATE": (5, "60")},
        {"API_WRITE_RATE": (True, 60)},
        {"TRUSTED_PROXY_COUNT": -1},
        {"TRUSTED_PROXY_COUNT": None},
    ],
    ids=str,
)
def test_a_wrong_setting_is_said_at_start(settings: Any, wrong: dict[str, Any]) -> None:
    settings.HEALTH_CONTENT = wrong

    assert [message.id for message in check_access_settings()] == [
        "health_content.E005"
    ]
    assert next(iter(wrong)) in check_access_settings()[0].msg


def test_right_settings_are_silent(settings: Any) -> None:
    settings.HEALTH_CONTENT = {"API_READ_RATE": [5, 60], "TRUSTED_PROXY_COUNT": 2}
    assert check_access_settings() == []
    settings.HEALTH_CONTENT = {"NONSENSE": 1}  # E001 says it.
    assert check_access_settings() == []


def test_writes_have_a_rate_of_their_own(
    settings: Any, clock: Callable[[int], None]
) -> None:
    settings.HEALTH_CONTENT = {"API_WRITE_RATE": (1, 60), "API_READ_RATE": (5, 60)}
    request = RequestFactory().post("/")

    assert throttles.throttle_read(request, None) is not None
    assert throttles.throttle_write(request, None) is not None
    with pytest.raises(Problem):
        throttles.throttle_write(request, None)
    assert throttles.throttle_read(request, None) is not None
