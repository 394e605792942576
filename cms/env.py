"""Read typed values from environment variables.

Pure: the mapping is an argument, so that tests need no environment. Every reader raises `EnvError` with the name of the
variable and what it accepts; a secret's value is never part of a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class EnvError(ValueError):
    """An environment variable is missing or cannot be read."""


def read_text(env: Mapping[str, str], name: str, default: str | None = None) -> str:
    """Return the variable, stripped; an empty one counts as absent.

    Raises:
        EnvError: it is absent and there is no default.
    """
    value = env.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise EnvError(f"{name} must be set.")
    return default


def read_bool(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Return True for 1/true/yes/on and False for 0/false/no/off, in any case.

    Raises:
        EnvError: it is any other word.
    """
    word = read_text(env, name, "").lower()
    if not word:
        return default
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise EnvError(f"{name} must be one of 1, 0, true, false, yes, no, on, off.")


def read_choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return the variable, one of *choices*; the first of them when it is absent.

    Raises:
        EnvError: it is another one.
    """
    value = read_text(env, name, choices[0])
    if value not in choices:
        raise EnvError(f"{name} must be one of: {', '.join(choices)}.")
    return value


def read_int(
    env: Mapping[str, str], name: str, *, default: int, minimum: int = 0
) -> int:
    """Return the variable as a whole number of at least *minimum*.

    Raises:
        EnvError: it is not a whole number, or too small.
    """
    text = read_text(env, name, str(default))
    try:
        value = int(text)
    except ValueError as error:
        raise EnvError(f"{name} must be a whole number.") from error
    if value < minimum:
        raise EnvError(f"{name} must be {minimum} or more.")
    return value


def read_list(
    env: Mapping[str, str], name: str, default: tuple[str, ...] = ()
) -> list[str]:
    """Return the comma-separated variable as a list without blanks."""
    text = read_text(env, name, "")
    return [item.strip() for item in text.split(",") if item.strip()] or list(default)


def read_url(
    env: Mapping[str, str],
    name: str,
    *,
    schemes: frozenset[str],
    default: str = "",
) -> str:
    """Return the variable if it is empty or a URL with one of *schemes*.

    Raises:
        EnvError: the scheme is another one. The value is not repeated: it may hold a password.
    """
    value = read_text(env, name, default)
    if value and urlsplit(value).scheme not in schemes:
        raise EnvError(
            f"{name} must be a URL with one of: {', '.join(sorted(schemes))}."
        )
    return value


def origin_of(url: str) -> str:
    """Return the origin of an absolute *url*: scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
