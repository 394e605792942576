"""What a webhook may be called and where its messages may go, as far as the words alone show it."""

from __future__ import annotations

import unicodedata

from ...conf import get_conf
from ..outbound_rules import parse_target, refuse_private_host
from ..safe_http import Rules

# Control characters, and the separators that break a line as they do: a name stands in one line of a log or a header.
_BREAKING = frozenset({"Cc", "Zl", "Zp"})


def outbound_rules() -> Rules:
    """Return what the settings allow."""
    conf = get_conf()
    return Rules(
        is_http_allowed=not conf.webhook_require_https,
        private_hosts=frozenset(host.lower() for host in conf.webhook_private_hosts),
        timeout_seconds=conf.webhook_timeout_seconds,
    )


def check_address(url_raw: str) -> None:
    """Refuse an address that every message would be refused for. No name is looked up: that is for when one is sent.

    Raises:
        RefusedError: in the terms of `outbound_rules`.
    """
    rules = outbound_rules()
    target = parse_target(url_raw, is_http_allowed=rules.is_http_allowed)
    refuse_private_host(target.host, private_hosts=rules.private_hosts)


def is_one_line(name_raw: str) -> bool:
    """Return whether *name_raw* has no control character and no line break."""
    return all(
        unicodedata.category(character) not in _BREAKING for character in name_raw
    )
