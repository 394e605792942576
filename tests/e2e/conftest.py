"""A demonstration site that really runs, and a browser that notices every complaint."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Response,
    )

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
# Room for a machine that runs much else; nothing waits this long when all is well.
TIMEOUT_MS = 20_000
DESKTOP = {"width": 1280, "height": 1000}
SIGNED_IN: dict[str, Any] = {}
"""The cookies of those who signed in to the demonstration, by name."""

REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`violation of ${event.effectiveDirective} by ${event.blockedURI || 'inline'}`);
});
"""


@dataclass
class Visit:
    """A person at the site: a browser context of their own, and every complaint the browser had."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    tolerated: tuple[str, ...] = ()
    """Parts of console messages that this visit provokes on purpose."""

    def goto(self, path: str) -> Response:
        """Open *path* and return the answer."""
        response = self.page.goto(f"{self.url}{path}")
        assert response is not None
        return response

    def watch(self) -> None:
        """Note console errors, uncaught errors, and pages without a strict policy."""
        self.page.on("console", self._console)
        self.page.on(
            "pageerror", lambda error: self.complaints.append(f"pageerror: {error}")
        )
        self.page.on("response", self._response)
        self.page.add_init_script(REPORT_VIOLATIONS)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(
            t in message.text for t in self.tolerated
        ):
            self.complaints.append(f"{message.type}: {message.text} ({self.page.url})")

    def _response(self, response: Response) -> None:
        if response.request.resource_type == "document" and response.ok:
            policy = response.headers.get("content-security-policy", "")
            if "script-src" not in policy or "unsafe" in policy:
                self.complaints.append(f"policy of {response.url}: {policy!r}")


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the database and files of the demonstration, made once for all processes of the suite."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, folder = shared / "demonstration", tmp_path_factory.mktemp("site")
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "demonstration-in-the-making"
            making.mkdir()
            for arguments in (["migrate", "-v0"], ["demo"]):
                subprocess.run(
                    [sys.executable, "manage.py", *arguments],
                    cwd=ROOT, env=environment_of(making), check=True, capture_output=True, timeout=300,
                )  # fmt: skip
            making.rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment of a site that lives in *folder*."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PYTHONWARNINGS": "default",
    }


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """Serve the demonstration from a database of its own, and return the address."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = environment_of(site_folder) | {
        # The front end is another origin, and even another site, than the admin.
        "WAGTAILADMIN_BASE_URL": url,
        "PREVIEW_URL": f"http://localhost:{port}/demo-front-end/",
    }
    command = [
        sys.executable,
        "manage.py",
        "runserver",
        "--noreload",
        f"127.0.0.1:{port}",
    ]
    with (site_folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_until_live(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture
def visitor(browser: Browser, site_url: str) -> Iterator[Any]:
    """Return a factory of visits; after the test, no visit may have had a complaint."""
    visits: list[Visit] = []
    expect.set_options(timeout=TIMEOUT_MS)

    def visit(*, tolerated: tuple[str, ...] = (), **options: Any) -> Visit:
        context = browser.new_context(timezone_id="UTC", **options)
        context.set_default_timeout(TIMEOUT_MS)
        made = Visit(context, context.new_page(), site_url, tolerated=tolerated)
        made.watch()
        visits.append(made)
        return made

    yield visit
    for made in visits:
        made.context.close()
    assert [complaint for made in visits for complaint in made.complaints] == []


@pytest.fixture
def admin(visitor: Any) -> Visit:
    """Return a visit of the demonstration's administrator, logged in through the form."""
    return signed_in(visitor, "admin")


@pytest.fixture
def reviewer(visitor: Any) -> Visit:
    """Return a visit of the demonstration's medical reviewer, logged in through the form."""
    return signed_in(visitor, "reviewer")


@pytest.fixture
def author(
    page_id: int, browser: Browser, live_server: Any, settings: Any
) -> Iterator[Visit]:
    """Return a visit of somebody who may write and publish, signed in; the editor saves when it is told to."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    expect.set_options(timeout=TIMEOUT_MS)
    context = browser.new_context(
        timezone_id="UTC", viewport={"width": 1280, "height": 1000}
    )
    context.set_default_timeout(TIMEOUT_MS)
    visit = Visit(context, context.new_page(), live_server.url)
    visit.watch()
    visit.goto("/admin/login/")
    visit.page.locator("[name=username]").fill("admin")
    visit.page.locator("[name=password]").fill("password")
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/admin/")
    yield visit
    context.close()
    assert visit.complaints == []


@pytest.fixture
def shots(author: Visit) -> Callable[[str], None]:
    """Return a function that keeps what the browser shows, for a person to look at."""
    folder = os.environ.get("SCREENSHOTS")

    def keep(name: str) -> None:
        if folder:
            author.page.screenshot(path=f"{folder}/{name}.png")

    return keep


def a_site() -> None:
    """Make a site with an administrator and a disclaimer, in a database that the test before this one may have emptied."""
    from wagtail.models import Page, Site

    from tests import factories

    factories.superuser()
    if not Site.objects.exists():
        locale = factories.language()
        root = Page.add_root(title="Root", slug="root", locale=locale)
        Site.objects.create(hostname="old", root_page=root, is_default_site=True)
    factories.home_page()
    factories.disclaimer("general", applies_to_all=True)


def open_panel(visit: Visit, page_id: int) -> Any:
    """Open the editor of the page with its panel, and return that."""
    visit.goto(f"/admin/pages/{page_id}/edit/")
    visit.page.get_by_role("button", name="Toggle health").click()
    panel = visit.page.locator("[data-hp-gate]")
    expect(panel).to_be_visible()
    return panel


def signed_in(visitor: Any, name: str) -> Visit:
    """Return a visit of the demonstration's *name*, signed in; through the form for the first time, with its cookies then."""
    known = SIGNED_IN.get(name)
    visit: Visit = visitor(viewport=DESKTOP, storage_state=known)
    if known is None:
        visit.goto("/admin/login/")
        visit.page.locator("[name=username]").fill(name)
        visit.page.locator("[name=password]").fill(f"demo-{name}-only-local")
        visit.page.get_by_role("button", name="Sign in").click()
        visit.page.wait_for_url("**/admin/")
        SIGNED_IN[name] = visit.context.storage_state()
    return visit


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_live(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped at once"
        try:
            with urllib.request.urlopen(f"{url}/health/live", timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {START_SECONDS} seconds")
