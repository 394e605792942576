"""Tools of others that judge us."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from .sharing import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "tests/contracts/client"
# How long a server may take to answer for the first time.
START_SECONDS = 120
# Checkers start a virtual machine of their own; nothing waits this long when all is well.
TIMEOUT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Node:
    """A folder of its own in which the programs of the Node workspace run."""

    folder: Path

    def put(self, name: str, text: str) -> Path:
        """Write *text* into the file *name*, and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def copy(self, *names: str) -> None:
        """Copy files of the workspace here."""
        for name in names:
            self.put(name, (CLIENT / name).read_text(encoding="utf-8"))

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run `node_modules/.bin/<command>`, or `node`, and return what it said; a failure is the caller's to judge."""
        program = command[0]
        if program != "node":
            program = str(CLIENT / "node_modules/.bin" / program)
        return subprocess.run(
            [program, *command[1:]],
            cwd=self.folder, capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS,
        )  # fmt: skip

    def succeed(self, *command: str) -> str:
        """Run *command*, which must succeed, and return its output."""
        result = self.run(*command)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout


@pytest.fixture(scope="session")
def workspace(
    tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], NoReturn]
) -> Callable[[], Node]:
    """Return a factory of folders in which the workspace's programs run."""
    if shutil.which("node") is None:
        lacking("there is no Node (make proofs)")
    if not (CLIENT / "node_modules").exists():
        lacking("the Node workspace is not installed (make proofs)")

    def make() -> Node:
        made = Node(tmp_path_factory.mktemp("node"))
        (made.folder / "node_modules").symlink_to(CLIENT / "node_modules")
        made.copy("package.json", "tsconfig.json")
        return made

    return make


@pytest.fixture
def node(workspace: Callable[[], Node]) -> Node:
    """Return a folder in which the workspace's programs run."""
    return workspace()


@dataclass(frozen=True, slots=True)
class Site:
    """The demonstration, served as in production by processes of its own."""

    url: str
    environment: dict[str, str]

    @property
    def is_postgresql(self) -> bool:
        """Whether it keeps its content in PostgreSQL."""
        return self.environment["DATABASE_URL"].startswith("postgres")

    def read(self, path: str, **headers: str) -> bytes:
        """Return the body of the answer to a request that succeeds."""
        request = urllib.request.Request(f"{self.url}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            body: bytes = answer.read()
        return body

    def manage(self, *arguments: str) -> str:
        """Run a management command of the site, and return its output."""
        return _manage(self.environment, *arguments)


@dataclass(frozen=True, slots=True)
class Built:
    """The demonstration in a database that nobody serves, to be copied."""

    folder: str
    port: int
    """Where it says that it is served."""
    database_url: str

    def environment(self, database_url: str) -> dict[str, str]:
        """Return what the site's processes find in their environment."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.outside.settings",
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": f"{self.folder}/media",
            "REDIS_URL": "",
            "PYTHONWARNINGS": "ignore",
        }


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Build the demonstration: in PostgreSQL, where DATABASE_URL says so, or in SQLite."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with shared(folder / "demonstration", make=_build, remove=_unbuild) as text:
        yield Built(**json.loads(text))


@pytest.fixture(scope="session")
def site(built: Built) -> Iterator[Site]:
    """Serve a copy of the demonstration, for those who only read."""
    with (
        _database(built.folder, "site", built.database_url) as url,
        _served(built, url, built.port) as served,
    ):
        yield served


@pytest.fixture(scope="session")
def scratch_site(built: Built) -> Iterator[Site]:
    """Serve a copy of the demonstration, for those who change it."""
    with (
        _database(built.folder, "scratch", built.database_url) as url,
        _served(built, url, _free_port()) as served,
    ):
        yield served


def _build(folder: Path) -> str:
    made = Built(str(folder), _free_port(), _create_database(str(folder), "original"))
    environment = made.environment(made.database_url)
    _manage(environment, "migrate", "-v0")
    _manage(environment, "demo", "--force", "--port", str(made.port))
    return json.dumps(asdict(made))


def _unbuild(text: str) -> None:
    _drop_database(Built(**json.loads(text)).database_url)


@contextmanager
def _served(built: Built, database_url: str, port: int) -> Iterator[Site]:
    environment = built.environment(database_url)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2",
        "--host", "127.0.0.1", "--port", str(port), "cms.wsgi:application",
    ]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with (
        Path(f"{built.folder}/server-{port}.log").open("wb") as log,
        _running(command, environment, log) as server,
    ):
        _wait_until_ready(url, server)
        yield Site(url, environment)


def _manage(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], log: object
) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
    )  # fmt: skip
    try:
        yield server
    finally:
        # The workers listen on the port, too, and must go with their parent.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=60)


@contextmanager
def _database(folder: str, name: str, source: str) -> Iterator[str]:
    """Make a copy of *source*, which nobody is using; remove it in the end."""
    url = _create_database(folder, name, source)
    try:
        yield url
    finally:
        _drop_database(url)


def _create_database(folder: str, name: str, source: str = "") -> str:
    """Make an empty database, or a copy of *source*, and return its address."""
    given = os.environ.get("DATABASE_URL", "")
    made = f"{name}_{os.getpid()}"
    if not given.startswith("postgres"):
        path = f"{folder}/{made}.sqlite3"
        if source:
            shutil.copy(source.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"
    server, _, base = given.rpartition("/")
    template = source.rpartition("/")[2] or "template1"
    _execute(server, f'CREATE DATABASE "{base}_{made}" TEMPLATE "{template}"')
    return f"{server}/{base}_{made}"


def _drop_database(url: str) -> None:
    server, _, name = url.rpartition("/")
    if url.startswith("postgres"):
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _execute(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped at once"
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {START_SECONDS} seconds")
