"""The corpus in a real Chromium: rendered replies run nothing without a policy; raw ones run nothing with ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from csp.utils import build_policy
from django.conf import settings

from comments.sanitize import render_reply

from .corpus import corpus, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

playwright_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

ORIGIN = "http://replies.test"
HOOKS = """
window.hits = 0;
window.hit = () => { window.hits += 1; return true; };
window.alert = window.confirm = window.prompt = window.print = window.hit;
"""
FIRE = """
() => {
  const names = ['error', 'load', 'mouseover', 'mouseenter', 'pointerover', 'focus', 'focusin', 'blur', 'toggle',
    'animationstart', 'animationend', 'transitionend', 'scroll', 'wheel', 'copy', 'cut', 'paste', 'drag', 'drop',
    'input', 'change', 'select', 'keydown', 'contextmenu', 'dblclick', 'touchstart', 'begin', 'beforetoggle'];
  for (const node of document.querySelectorAll('main, main *'))
    for (const name of names) node.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
}
"""
INSERT = """
(replies) => replies.map((html) => {
  const node = document.createElement('div');
  document.querySelector('main').append(node);
  node.innerHTML = html;
  return node.innerHTML;
})
"""
FACTS = """
() => ({
  hits: window.hits,
  elements: [...new Set([...document.querySelectorAll('main *')].map((node) => node.localName))].sort(),
  attributes: [...new Set([...document.querySelectorAll('main *')].flatMap((node) => node.getAttributeNames()))].sort(),
  protocols: [...new Set([...document.querySelectorAll('main a')].map((link) => link.protocol))].sort(),
  rewritten: [...document.querySelectorAll('main a')].filter(
    (link) => link.host !== (link.getAttribute('href').match(/^https?:\\/\\/([^/?#]*)/) || ['', ''])[1].replace(
      link.protocol === 'http:' ? /:80$/ : /:443$/, '')).map((link) => link.getAttribute('href')),
})
"""


class Reader:
    """A page that counts what reply text makes it do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.body = ""
        self.headers: dict[str, str] = {}
        page.on("dialog", self._dialog)
        page.route("**/*", self._answer)
        page.add_init_script(HOOKS)

    def _dialog(self, dialog: object) -> None:
        self.dialogs.append(str(dialog))
        dialog.dismiss()  # type: ignore[attr-defined]

    def _answer(self, route: Route) -> None:
        if route.request.url == f"{ORIGIN}/":
            route.fulfill(
                body=self.body,
                content_type="text/html; charset=utf-8",
                headers=self.headers,
            )
            return
        self.requests.append(route.request.url)
        route.abort()

    def open(self, replies: list[str], headers: dict[str, str] | None = None) -> None:
        """Load a page with these replies in it, as the server would send it."""
        inner = "".join(f"<div>{reply}</div>" for reply in replies)
        self.body = (
            "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>"
            f"<title>x</title><main>{inner}</main>"
        )
        self.headers = headers or {}
        self.page.goto(f"{ORIGIN}/", wait_until="load")

    def facts(self) -> dict[str, object]:
        """Fire every event at every node and return what there is."""
        self.page.evaluate(FIRE)
        return dict(self.page.evaluate(FACTS))


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    page = browser.new_page()
    yield Reader(page)
    page.close()


def batches(replies: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(replies), size):
        yield replies[start : start + size]


CLEAN = {
    "hits": 0,
    "elements": [
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    ],
    "attributes": ["href", "rel"],
    "protocols": ["http:", "https:", "mailto:"],
    "rewritten": [],
}


def is_clean(facts: dict[str, object]) -> bool:
    """Tell whether nothing ran and nothing is there that may not be."""
    return all(
        facts[key] == limit
        or (isinstance(limit, list) and set(facts[key]) <= set(limit))  # type: ignore[call-overload]
        for key, limit in CLEAN.items()
    )


def test_rendered_replies_do_nothing_without_a_policy(reader: Reader) -> None:
    """As part of the page and by innerHTML; what Chromium reads back is what we stored, byte for byte."""
    replies = list(dict.fromkeys(render_reply(source).html for source in corpus()))
    unclean = []

    for batch in batches(replies, 500):
        reader.open(batch)
        as_served = reader.facts()
        reader.open([])
        read_back = reader.page.evaluate(INSERT, batch)
        as_inserted = reader.facts()
        unclean += [facts for facts in (as_served, as_inserted) if not is_clean(facts)]
        assert read_back == batch

    assert unclean == []
    assert reader.requests == []
    assert reader.dialogs == []


def test_raw_replies_run_nothing_under_our_policy(reader: Reader) -> None:
    """The second wall: were the sanitizers off, the policy alone would stop every payload."""
    policy = {"Content-Security-Policy": str(build_policy(config=directives()))}

    ran = runs(reader, sample(80), policy)

    assert ran == []


def test_raw_replies_do_run_without_a_policy(reader: Reader) -> None:
    """The payloads and this test's own eyes work."""
    ran = runs(reader, sample(40), {})

    assert len(ran) > 10


def directives() -> dict[str, object]:
    """Return the host's directives as the middleware sends them."""
    return dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])


def sample(size: int) -> list[str]:
    """Return *size* raw payloads, spread over the shapes that name the code."""
    live = [payload for payload in shapes() if "hit()" in payload and "<" in payload]
    return live[:: len(live) // size][:size]


def runs(reader: Reader, payloads: list[str], headers: dict[str, str]) -> list[str]:
    """Return the payloads that ran, each alone in its page."""
    ran = []
    for payload in payloads:
        try:
            reader.open([payload], headers)
            hits = reader.page.evaluate(f"({FIRE})(), window.hits")
        except playwright_api.Error as error:
            # Some payloads send the browser away; under the policy nothing may, bar a plain refresh.
            if "refresh" not in payload:
                ran.append(json.dumps([payload, str(error)]))
            continue
        if hits:
            ran.append(payload)
    return ran
