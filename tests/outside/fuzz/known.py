"""What a caller of the site would know: the values of its lists, and what `world.py` made."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from collections.abc import Callable

WORLD: dict[str, Any] = json.loads(os.environ.get("FUZZ_WORLD", "{}"))
# A code of `page_preview/`, and every bearer of ours, is good for 15 minutes.
GOOD_SECONDS = 600
STARTED_AT = time.monotonic()


@dataclass(frozen=True, slots=True)
class Known:
    """What the site has: the values that a reader of its lists would know."""

    pages: dict[str, list[int]]
    """Ids by the first part of the address."""
    versions: dict[str, list[tuple[int, int]]]
    """Ids and version, by the first part of the address."""
    sections: list[tuple[int, str]]
    """Article and block of every section that may be shown alone."""
    paths: list[str]
    words: list[str]
    """Of the titles."""
    locales: list[str]
    sites: list[str]
    keys: list[str]
    menus: list[str]


@lru_cache(maxsize=1)
def known_values(base_url: str) -> Known:
    """Return what the content API lists."""
    root = base_url.replace("/api/replies/", "/api/content/")

    def get(path: str) -> Any:
        answer = requests.get(f"{root}/{path}", timeout=30)
        answer.raise_for_status()
        return answer.json()

    routes = get("routes/?page_size=1000")["items"]
    articles = get("articles/?page_size=100&include=body")["items"]
    # What is withdrawn is gone for the rest of the run.
    asked = [
        page
        for page in get("faqs/?page_size=100")["items"]
        if page["id"] != WORLD.get("withdrawn")
    ]
    return Known(
        pages={
            "pages": [route["id"] for route in routes],
            "articles": [page["id"] for page in articles],
            "faqs": [page["id"] for page in asked],
        },
        versions={
            "articles": [(page["id"], page["version"]) for page in articles],
            "faqs": [(page["id"], page["version"]) for page in asked],
        },
        sections=[
            (article["id"], block["id"])
            for article in articles
            for block in article["body"]
            if block["type"] == "section" and block["standalone_safe"]
        ],
        paths=[route["path"] for route in routes],
        words=sorted({word for page in articles for word in page["title"].split()}),
        locales=sorted({route["locale"] for route in routes}),
        sites=sorted({route["site"] for route in routes}),
        keys=sorted({each["key"] for each in get("disclaimers/")["items"]}),
        menus=get("site/")["navigation"],
    )


def fresh(make: Callable[[str], str]) -> Callable[[str], str]:
    """Return *make* that makes something new when the last one is soon good no more."""
    made: dict[str, tuple[float, str]] = {}

    def give(base_url: str) -> str:
        at, found = made.get(base_url, (0.0, ""))
        if not found or time.monotonic() - at > GOOD_SECONDS:
            found = make(base_url)
            made[base_url] = (time.monotonic(), found)
        return found

    return give


@fresh
def preview_token(base_url: str) -> str:
    """Return a token of the draft."""
    return _token(f"{base_url}/preview/sessions/", {"code": next_code()})


@fresh
def unlock_token(base_url: str) -> str:
    """Return the bearer that the password gives."""
    return _token(
        f"{base_url}/pages/{WORLD['guarded']}/unlock/", {"password": WORLD["password"]}
    )


def next_code() -> str:
    """Return a code that nobody has used, as long as there are any."""
    codes: list[str] = WORLD["codes"]
    return codes.pop() if len(codes) > 1 else codes[0]


def page_preview_code() -> str:
    """Return the code of `page_preview/` that is good now."""
    codes: list[str] = WORLD["page_preview_codes"]
    number = int((time.monotonic() - STARTED_AT) / GOOD_SECONDS)
    return codes[number % len(codes)]


def _token(url: str, body: dict[str, str]) -> str:
    answer = requests.post(url, json=body, timeout=30)
    answer.raise_for_status()
    token: str = answer.json()["token"]
    return token
