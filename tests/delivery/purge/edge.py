"""A real Varnish with the documentation's VCL in front of a real server."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[3]
VCL = ROOT / "docs" / "how-to" / "varnish.vcl"
VARNISHD = "/usr/sbin/varnishd"
XKEY = "*/varnish/vmods/libvmod_xkey.so"
START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came through the cache."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_hit(self) -> bool:
        return self.headers["x-cache"] == "hit"


@dataclass
class Edge:
    """Varnish, and the server behind it."""

    port: int
    site_port: int
    database: str
    folder: str
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Return the answer to a request for the API's *path*."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(
                method,
                f"/api/content/v1/{path}",
                headers={"Host": "testserver"} | names,
            )
            response = connection.getresponse()
            kept = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, kept, response.read())
        finally:
            connection.close()

    def until(self, path: str, is_so: Callable[[Answer], bool]) -> Answer:
        """Return the first answer of which *is_so* holds: after a soft purge the first one may be old."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            answer = self.get(path)
            if is_so(answer):
                return answer
        raise AssertionError(f"{path} never changed: {answer}")

    def fetches(self) -> int:
        """Return how many requests the site got from the cache."""
        command = ["varnishstat", "-n", self.folder, "-1", "-f", "MAIN.backend_req"]
        return int(subprocess.check_output(command).split()[1])

    def start_site(self) -> None:
        """Start the server and wait until it answers."""
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.delivery.purge.varnish_settings",
            "VARNISH_TEST_DATABASE": self.database,
        }
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.site_port}"]  # fmt: skip
        self.server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )  # fmt: skip
        _wait_for(self.site_port, self.server)

    def stop_site(self) -> None:
        """Kill the server: no answer, no connection."""
        if self.server is not None:
            self.server.kill()
            self.server.wait()
            self.server = None


def missing() -> str:
    """Return what is not installed, "" when nothing is missing."""
    if not Path(VARNISHD).exists():
        return "no varnishd (apt-get install varnish)"
    if not list(Path("/usr/lib").glob(XKEY)):
        return "no vmod xkey (apt-get install varnish-modules)"
    return ""


@contextmanager
def running(database: str) -> Iterator[Edge]:
    """Return a running pair in front of *database*."""
    with tempfile.TemporaryDirectory() as folder:
        edge = Edge(
            port=_free_port(), site_port=_free_port(), database=database, folder=folder
        )
        vcl = Path(folder) / "site.vcl"
        vcl.write_text(VCL.read_text().replace('"8000"', f'"{edge.site_port}"'))
        command = [VARNISHD, "-F", "-n", folder, "-f", str(vcl), "-a", f"127.0.0.1:{edge.port}", "-s", "malloc,64m"]  # fmt: skip
        # As root it would give its worker an account that cannot read the test's folder.
        command += ["-j", "none"]
        varnish = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        try:
            edge.start_site()
            _wait_for(edge.port, varnish)
            yield edge
        finally:
            edge.stop_site()
            varnish.terminate()
            varnish.communicate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[Any]) -> None:
    """Return when somebody listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "It ended at once."
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        # Nothing tells a process that another one listens.
        time.sleep(0.05)
    raise AssertionError("It did not start.")
