"""Start a server on one core and load it from the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERVER_CORE = "0"
LOAD_CORE = "1"
START_TIMEOUT_SECONDS = 60

REPORT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('JSON{"requests":%d,"microseconds":%d,"p50_ms":%.3f,"p99_ms":%.3f,"bad":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One timed window of one subject."""

    requests_per_second: float
    p50_ms: float
    p99_ms: float
    failures: int


@contextmanager
def serve(settings: str, port: int, database_url: str) -> Iterator[str]:
    """Run the site with one granian WSGI worker on one core; give its origin and stop it afterwards."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database_url,
    }
    command = [
        "taskset", "-c", SERVER_CORE, sys.executable, "-m", "granian",
        "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1",
        "--no-access-log", "--log-level", "warning",
        "--port", str(port), "benchmarks.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=env)
    try:
        _wait_until_up(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_up(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(
                f"The server on port {port} stopped with code {process.returncode}."
            )
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nothing-here", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"The server on port {port} did not start in {START_TIMEOUT_SECONDS} s.")


def load(
    url: str, *, connections: int, seconds: int, headers: Mapping[str, str]
) -> Sample:
    """Return one sample of *url* under *connections* open connections for *seconds*."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "report.lua")
        script.write_text(REPORT)
        command = [
            "taskset", "-c", LOAD_CORE, "wrk", "-t", "1", "-c", str(connections),
            "-d", f"{seconds}s", "-s", str(script),
            *(part for name, value in headers.items() for part in ("-H", f"{name}: {value}")),
            url,
        ]  # fmt: skip
        output = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout
    figures = json.loads(output.rpartition("JSON")[2])
    return Sample(
        requests_per_second=figures["requests"] / figures["microseconds"] * 1e6,
        p50_ms=figures["p50_ms"],
        p99_ms=figures["p99_ms"],
        failures=figures["bad"],
    )
