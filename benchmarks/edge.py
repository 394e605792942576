"""Measure a document behind Varnish with our headers and VCL, beside nginx with the same bytes as a file.

    .venv/bin/python -m benchmarks.edge --rounds 5 --seconds 3

Both run on one core, the load generator on the other; their rounds interleave, and the ratio is the median of the
rounds' ratios. Needs `wrk`, `taskset`, `nginx`, `varnishd` and the module xkey (Debian: wrk, util-linux, nginx-light,
varnish, varnish-modules).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .load import SERVER_CORE, Sample, load, serve
from .run import _get, _seed

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE_PORT, VARNISH_PORT, NGINX_PORT = 8190, 8191, 8192
VCL = Path(__file__).resolve().parents[1] / "docs/how-to/varnish.vcl"
NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=16;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s; default_type application/json;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""
TOOLS = ("wrk", "taskset", "nginx", "varnishd")
START_SECONDS = 30


def main() -> None:
    """Seed, serve, verify, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if not shutil.which(tool, path="/usr/sbin:/usr/bin:/bin")]  # fmt: skip
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)
        database = f"sqlite:///{folder}/bench.sqlite3"
        page = _seed(database, 100)
        stack.enter_context(serve("benchmarks.settings", SITE_PORT, database))
        path = f"/api/content/v1/articles/{page['id']}/"
        stack.enter_context(_varnish(Path(folder)))
        edge = f"http://127.0.0.1:{VARNISH_PORT}{path}"
        body = _verify(edge)
        stack.enter_context(_nginx(Path(folder), body))
        file = f"http://127.0.0.1:{NGINX_PORT}/document.json"
        assert _get(file, {})[2] == body
        samples = _measure({"nginx, a file": file, "Varnish": edge}, options)
    _report(samples, options, len(body))


def _verify(url: str) -> bytes:
    """Return the document, which must come out of the cache."""
    _get(url, {})
    status, headers, body = _get(url, {})
    if status != 200 or headers["X-Cache"] != "hit" or len(body) < 300:
        sys.exit(f"{url} answered {status}, {headers['X-Cache']}, {len(body)} bytes.")
    return body


@contextmanager
def _varnish(folder: Path) -> Iterator[None]:
    vcl = folder / "site.vcl"
    vcl.write_text(VCL.read_text().replace('"8000"', f'"{SITE_PORT}"'))
    command = [
        "taskset", "-c", SERVER_CORE, "/usr/sbin/varnishd", "-F", "-j", "none", "-n", str(folder / "varnish"),
        "-f", str(vcl), "-a", f"127.0.0.1:{VARNISH_PORT}", "-s", "malloc,64m",
    ]  # fmt: skip
    with _running(command, VARNISH_PORT):
        yield


@contextmanager
def _nginx(folder: Path, body: bytes) -> Iterator[None]:
    (folder / "files").mkdir()
    (folder / "files/document.json").write_bytes(body)
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=NGINX_PORT))
    command = ["taskset", "-c", SERVER_CORE, "/usr/sbin/nginx", "-c", str(config)]
    with _running(command, NGINX_PORT):
        yield


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{command[3]} did not start.")
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _measure(
    urls: dict[str, str], options: argparse.Namespace
) -> dict[str, list[Sample]]:
    samples: dict[str, list[Sample]] = {name: [] for name in urls}
    for number in range(options.rounds + 1):
        for name, url in urls.items():
            sample = load(
                url,
                connections=options.connections,
                seconds=options.seconds,
                headers={},
            )
            if sample.failures:
                sys.exit(f"{name}: {sample.failures} answers failed.")
            if number:  # The first round warms up.
                samples[name].append(sample)
    return samples


def _report(
    samples: dict[str, list[Sample]], options: argparse.Namespace, size: int
) -> None:
    base = [sample.requests_per_second for sample in samples["nginx, a file"]]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {size:,} bytes, {options.connections} connections, "
        f"{options.rounds} rounds of {options.seconds} s\n"
    )
    print("| subject | requests/s | spread | p50 ms | ratio |\n|--|--:|--:|--:|--:|")
    for name, found in samples.items():
        rates = [sample.requests_per_second for sample in found]
        spread = (max(rates) - min(rates)) / median(rates) * 100
        ratio = median(a / b for a, b in zip(rates, base, strict=True))
        p50 = median(sample.p50_ms for sample in found)
        print(f"| {name} | {median(rates):,.0f} | {spread:.0f} % | {p50:.2f} | {ratio:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main()
