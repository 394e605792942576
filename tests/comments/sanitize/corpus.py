"""Hostile reply texts, multiplied from first principles when a test asks for them; nothing of it is stored.

Elements x events, addresses x spellings x places, shapes that parsers disagree on, and random mixtures of all that.
The order is fixed, so a failure names a payload that comes back.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATA = Path(__file__).resolve().parents[2] / "data/sanitize"
CODE = "hit()"
"""What a payload calls when it runs; browser tests define it."""

RUNNERS = (
    f"<img src=x onerror={CODE}>",
    f"<svg onload={CODE}>",
    f"<script>{CODE}</script>",
    f"<iframe srcdoc='<script>parent.{CODE}</script>'></iframe>",
)


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the word lists by heading."""
    lists: dict[str, list[str]] = {}
    for line in (DATA / "words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#: "):
            current.append(line)
    lists["invisible"] = [
        chr(int(word.removeprefix("U+"), 16)) for word in lists["invisible"]
    ]
    return {heading: tuple(values) for heading, values in lists.items()}


def shapes() -> Iterator[str]:
    """Yield every shape with every element that runs code."""
    for line in (DATA / "shapes.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#: "):
            continue
        runners = RUNNERS if "%H" in line else ("",)
        for runner in runners:
            yield line.replace("%H", runner).replace("%C", CODE)


def event_handlers() -> Iterator[str]:
    """Yield every event on every element, in changing spellings."""
    spellings: tuple[Callable[[str, str], str], ...] = (
        lambda tag, event: f"<{tag} {event}={CODE}>x</{tag}>",
        lambda tag, event: (
            f'<{tag} src=x href=x {event}="{CODE}" autofocus tabindex=1>'
        ),
        lambda tag, event: f"<{tag.upper()}/{event.upper()}='{CODE}'/>x",
        lambda tag, event: f"<{tag}\n{event}\t=\n`{CODE}`>**x**",
        lambda tag, event: f'<{tag} x="`" {event}="{CODE}" y="`">',
        lambda tag, event: f"<{tag} {event}=&#104;it&lpar;&rpar;//",
    )
    number = 0
    for tag in words()["elements"]:
        for event in words()["events"]:
            yield spellings[number % len(spellings)](tag, event)
            number += 1


def spelled_schemes() -> Iterator[str]:
    """Yield addresses of every scheme, plain and disguised."""
    for scheme in words()["schemes"]:
        body = f"text/html,<script>{CODE}</script>" if scheme == "data" else CODE
        for disguise in (
            scheme,
            scheme.upper(),
            scheme.title(),
            f"&#{ord(scheme[0])};{scheme[1:]}",
            f"&#x{ord(scheme[0]):X}{scheme[1:]}",
            f"&#{ord(scheme[0]):08d}{scheme[1:]}",
            f"%{ord(scheme[0]):02x}{scheme[1:]}",
            f" {scheme}",
            f"\\{scheme}",
        ):
            yield f"{disguise}:{body}"
        yield f"{scheme}&colon;{body}"
        yield f"{scheme}&#58;{body}"
        yield f"{scheme}&#x3A{body}"
        yield f"{scheme}://example.org/%0a{body}"
        yield f"{scheme}:80"


def disguised_javascript() -> Iterator[str]:
    """Yield `javascript:` with each invisible character at the start, inside and before the colon."""
    for character in words()["invisible"]:
        reference = f"&#{ord(character)};"
        for part in (character, reference, reference[:-1]):
            yield f"{part}javascript:{CODE}"
            yield f"java{part}script:{CODE}"
            yield f"javascript{part}:{CODE}"
        yield f"https://exam{character}ple.org/"
        yield f"https://example.org/{character}x"


def addresses() -> Iterator[str]:
    """Yield every hostile address."""
    yield from words()["hostile addresses"]
    yield from spelled_schemes()
    yield from disguised_javascript()


def placed_addresses(*, is_dense: bool = False) -> Iterator[str]:
    """Yield every hostile address in three of the places an address can stand, in turn; *is_dense*: in all of them."""
    attributes = words()["uri attributes"]
    places = (
        "[x]({})",
        "[x](<{}>)",
        '[x]({} "t")',
        "![x]({})",
        "<{}>",
        "see {} now",
        "[x]: {}\n\n[x]",
        '<a href="{}">x</a>',
        "<a href={}>x</a>",
        '<img %="{}">',
        '<form %="{}">',
        '<object %="{}">',
        '<svg %="{}">',
    )
    for number, address in enumerate(addresses()):
        attribute = attributes[number % len(attributes)]
        for turn in range(len(places) if is_dense else 3):
            place = places[(number * 3 + turn) % len(places)]
            yield place.replace("%", attribute).replace("{}", address)


def noise() -> Iterator[str]:
    """Yield every invisible character inside markup, and combining marks by the hundred."""
    for character in words()["invisible"]:
        yield f"<{character}script>{CODE}</script>"
        yield f"<scr{character}ipt>{CODE}</script>"
        yield f"<img src=x on{character}error={CODE}>"
        yield f"<img{character}src=x{character}onerror={CODE}>"
        yield f"**a{character}b** [x{character}](https://example.org/){character}"
        yield f"a{character}\u0301{character}\u0301b"
    yield "a" + "\u0301" * 500
    yield "\u202egpj.exe\u202c abc \u2066x\u2069"
    yield "&#" * 50 + "0;" * 50


def fuzzed(seed: int = 20_260_601) -> Iterator[str]:
    """Yield random mixtures of everything above, without end; the same *seed* gives the same strings."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, and guards nothing
    fragments = [*shapes(), *addresses(), *words()["invisible"], *RUNNERS]
    glue = (
        *"*_`~[]()<>&#;:!\"'\\/|=-+. \n\t>",
        *("\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", "\n```\n", "](", "**", "***"),
        *("https://example.org/", "mailto:a@example.org", "&lt;", "&amp;", "x", "é"),
        *("<b>", "</b>", "<a ", "</", "<!--", "-->", "]]>", "\u0301", "😀", "漢"),
    )
    while True:
        parts = []
        for _ in range(chance.randint(1, 14)):
            kind = chance.random()
            if kind < 0.55:
                parts.append(chance.choice(glue))
            elif kind < 0.85:
                fragment = chance.choice(fragments)
                start = chance.randrange(len(fragment))
                parts.append(fragment[start : start + chance.randint(1, 40)])
            else:
                parts.append(chance.choice(fragments))
        yield "".join(parts)


@cache
def corpus(*, is_dense: bool = False) -> tuple[str, ...]:
    """Return the multiplied corpus, duplicates out, and 1,500 mixtures."""
    payloads = [
        *shapes(),
        *event_handlers(),
        *placed_addresses(is_dense=is_dense),
        *noise(),
        *islice(fuzzed(), 1_500),
    ]
    return tuple(dict.fromkeys(payloads))
