"""The COMMENTS setting: every key, its default and what it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from .models.replies import MAX_DEPTH

TextCheck = Callable[[str], Iterable[object]]
"""What a dotted path in TEXT_CHECKS leads to: plain text in, findings out."""

MODES = ("open", "read_only", "closed", "hidden")
GUESTS = ("open", "verified", "none")
POLICIES = ("pre", "trusted", "post", "closed")


DISCLAIMER = _(
    "Replies are what readers say about themselves. They are not medical advice and may be wrong for you: ask a doctor "
    "or pharmacist before you change a treatment. In an emergency, call your emergency number."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conf:
    """Every key of COMMENTS; the setting has the field's name in capitals."""

    default_mode: str = "closed"
    """Mode of a thread whose page has no `replies_mode`: open, read_only, closed or hidden."""
    policy: str = "pre"
    """Who is published at once: `pre` nobody, `trusted` known people (never guests), `post` everybody clean, `closed` takes none."""
    trusted_from: int = 3
    """Trust from which the policy `trusted` publishes at once."""
    max_links: int = 2
    """Links in a reply above which it is held, whatever the policy."""
    min_fill_time: timedelta = timedelta(seconds=3)
    """A form sent sooner than this after it was drawn is held: people read first."""
    form_token_age: timedelta = timedelta(hours=24)
    """A form sent later than this is held."""
    rate_limits: tuple[tuple[int, int], ...] = ((20, 600), (120, 86_400))
    """(replies, seconds): at most so many from one network in each window."""
    trusted_proxy_count: int = 0
    """How many proxies of yours append to X-Forwarded-For; 0 trusts the socket's address alone."""
    allowed_origins: tuple[str, ...] = ()
    """Origins, such as "https://www.example.org", whose pages may post through the reader API; "*" for all."""
    max_depth: int = 4
    """Generations below a top-level reply; an answer to the last one joins it. At most 7."""
    page_size: int = 20
    """Top-level replies in one answer of the reader API and on one page."""
    max_children: int = 50
    """Replies below one top-level reply in one answer; the rest are read with `parent`."""
    guests: str = "open"
    """Who may reply without an account: `open` everybody, `verified` who proves a mail address, `none` nobody."""
    proof_url: str = ""
    """Where links in mails lead, with "{token}" for the token: a page of your front end; empty for this site's own."""
    mail_limits: tuple[tuple[int, int], ...] = ((3, 3_600), (10, 86_400))
    """(messages, seconds): at most so many links to one address that nobody has proven, in each window."""
    protected_names: tuple[str, ...] = ("Moderator", "Administrator", "Editor")
    """Names that readers do not have; a reply under one, or one that looks like it, is held. Moderators' own are too."""
    withdrawn_days: int = 30
    """How long the words of a withdrawn reply are kept, for moderators alone, before they are erased."""
    claim_time: timedelta = timedelta(minutes=15)
    """How long a moderator who takes an item has it for themselves."""
    appeal_time: timedelta = timedelta(days=183)
    """How long a decision can be appealed against; at least six months in the EU (DSA, Article 20(1))."""
    idempotency_age: timedelta = timedelta(days=2)
    """How long the answer to a submission is kept for its repetition; longer than `form_token_age`."""
    text_checks: tuple[str, ...] = ()
    """Dotted paths of functions from plain text to findings; a reply with findings is held."""
    disclaimer: str | Promise = field(default=DISCLAIMER, repr=False)
    """What stands above the replies and in the reader API; a lazy translation is shown in the page's language."""
    disclaimer_version: int = 1
    """Kept with each reply; raise it when you change `disclaimer`."""
    # Not in the text of the setting, which entity tags are made of: it changes no answer.
    reply_cache_bytes: int = field(default=8 * 1024 * 1024, repr=False)
    """Memory in each process for encoded pages of replies; 0 keeps none. Never older than the thread."""

    def import_text_checks(self) -> dict[str, TextCheck]:
        """Return the functions of `text_checks` by their path."""
        return {path: import_string(path) for path in self.text_checks}


@lru_cache(maxsize=1)
def get_conf() -> Conf:
    """Return the checked setting.

    Raises:
        ImproperlyConfigured: a key is unknown or a value is wrong; the system checks say the same at start.
    """
    values: Any = getattr(settings, "COMMENTS", {})
    problems = find_problems(values)
    if problems:
        raise ImproperlyConfigured(" ".join(problems.values()))
    return _build(values)


@lru_cache(maxsize=1)
def get_conf_text() -> str:
    """Return all values that an answer may depend on, as one text."""
    return repr(get_conf())


def find_problems(values: object) -> dict[str, str]:
    """Return what is wrong with a COMMENTS setting, by the id of the system check that says it."""
    if not isinstance(values, dict):
        return {"E001": "COMMENTS must be a dict."}
    known = {key.name.upper() for key in fields(Conf)}
    if unknown := sorted(set(map(str, values)) - known):
        return {"E001": f"COMMENTS has unknown keys: {', '.join(unknown)}."}
    conf = _build(values)
    problems = {
        check: message for check, message, is_right in _rules(conf) if not is_right
    }
    return problems | _import_problems(conf)


def _rules(conf: Conf) -> list[tuple[str, str, bool]]:
    """Return (check id, message, is it kept) for every rule on values."""
    return [
        ("E002", f"COMMENTS['DEFAULT_MODE'] must be one of {', '.join(MODES)}.", conf.default_mode in MODES),
        ("E003", f"COMMENTS['POLICY'] must be one of {', '.join(POLICIES)}.", conf.policy in POLICIES),
        ("E004", "COMMENTS['RATE_LIMITS'] must be pairs of positive whole numbers: (replies, seconds).", _are_limits(conf.rate_limits)),
        ("E005", f"COMMENTS['MAX_DEPTH'] must be a whole number from 0 to {MAX_DEPTH}.", _is_within(conf.max_depth, 0, MAX_DEPTH)),
        ("E006", "COMMENTS['PAGE_SIZE'] and ['MAX_CHILDREN'] must be whole numbers from 1 to 200.", _is_within(conf.page_size, 1, 200) and _is_within(conf.max_children, 1, 200)),
        ("E007", "COMMENTS['MIN_FILL_TIME'], ['FORM_TOKEN_AGE'] and ['IDEMPOTENCY_AGE'] must be timedeltas that grow in this order.", _are_ages(conf)),
        ("E008", "COMMENTS['TRUSTED_PROXY_COUNT'], ['TRUSTED_FROM'], ['MAX_LINKS'] and ['WITHDRAWN_DAYS'] must be whole numbers, 0 or more.", all(_is_within(n, 0, 32_767) for n in (conf.trusted_proxy_count, conf.trusted_from, conf.max_links, conf.withdrawn_days))),
        ("E009", "COMMENTS['ALLOWED_ORIGINS'] must be origins without a path, such as \"https://www.example.org\", or \"*\".", _are_origins(conf.allowed_origins)),
        ("E012", "COMMENTS['REPLY_CACHE_BYTES'] must be a whole number, 0 or more.", _is_within(conf.reply_cache_bytes, 0, 2**40)),
        ("E015", f"COMMENTS['GUESTS'] must be one of {', '.join(GUESTS)}.", conf.guests in GUESTS),
        ("E016", "COMMENTS['PROOF_URL'] must be empty, or an https address with {token} in it.", _is_proof_url(conf.proof_url)),
        ("E017", "COMMENTS['MAIL_LIMITS'] must be pairs of positive whole numbers: (messages, seconds).", _are_limits(conf.mail_limits)),
        ("E018", "COMMENTS['PROTECTED_NAMES'] must be names.", _are_names(conf.protected_names)),
        ("E014", "COMMENTS['CLAIM_TIME'] and ['APPEAL_TIME'] must be timedeltas longer than nothing.", _are_durations(conf.claim_time, conf.appeal_time)),
        ("E013", "COMMENTS['DISCLAIMER'] must be text and ['DISCLAIMER_VERSION'] a whole number from 1 on.", _is_text(conf.disclaimer) and _is_within(conf.disclaimer_version, 1, 2**31 - 1)),
    ]  # fmt: skip


def _import_problems(conf: Conf) -> dict[str, str]:
    """Return a problem for the paths in `text_checks` that lead nowhere."""
    paths: object = conf.text_checks
    if not isinstance(paths, tuple):
        return {"E010": "COMMENTS['TEXT_CHECKS'] must be a tuple of dotted paths."}
    for path in paths:
        try:
            import_string(path)
        except (ImportError, AttributeError, TypeError):
            return {"E010": f"COMMENTS['TEXT_CHECKS']: cannot import {path!r}."}
    return {}


def _build(values: dict[str, Any]) -> Conf:
    return Conf(**{key.lower(): _frozen(value) for key, value in values.items()})


def _frozen(value: object) -> Any:
    """Return *value* with lists made tuples, so that either may be written in settings."""
    if isinstance(value, list | tuple):
        return tuple(_frozen(item) for item in value)
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str | Promise)


def _is_within(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _are_limits(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(pair, tuple)
        and len(pair) == 2
        and all(type(n) is int and n > 0 for n in pair)
        for pair in value
    )


def _are_ages(conf: Conf) -> bool:
    ages = (conf.min_fill_time, conf.form_token_age, conf.idempotency_age)
    return (
        all(isinstance(age, timedelta) for age in ages)
        and timedelta(0) <= ages[0] < ages[1] < ages[2]
    )


def _are_names(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(name, str) for name in value)


def _is_proof_url(value: object) -> bool:
    return value == "" or (
        isinstance(value, str)
        and value.startswith(("https://", "http://localhost"))
        and value.count("{token}") == 1
    )


def _are_durations(*values: object) -> bool:
    return all(
        isinstance(value, timedelta) and value > timedelta(0) for value in values
    )


def _are_origins(value: object) -> bool:
    return isinstance(value, tuple) and all(
        isinstance(origin, str)
        and (
            origin == "*"
            or (origin.startswith(("https://", "http://")) and origin.count("/") == 2)
        )
        for origin in value
    )


def _clear(*, setting: str, **_kwargs: object) -> None:
    if setting == "COMMENTS":
        get_conf.cache_clear()
        get_conf_text.cache_clear()


setting_changed.connect(_clear, dispatch_uid="health_comments.conf")
