"""What a token can be allowed: a closed set, public and permanent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """One right of a token."""

    WEBHOOKS_MANAGE = "webhooks:manage"
    PAGES_WITHDRAW = "pages:withdraw"
    ACKS_WRITE = "acks:write"
    CLAIMS_CHECK = "claims:check"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeFacts:
    """What a scope opens, and what it does not open by itself."""

    description: str
    permission: str | None
    """The token's user needs this permission, too: a token can do no more than the person who answers for it."""


SCOPES = {
    Scope.WEBHOOKS_MANAGE: ScopeFacts(
        description="List, add, change and remove webhooks, read their deliveries and send one again.",
        permission="health_delivery.manage_webhooks",
    ),
    Scope.PAGES_WITHDRAW: ScopeFacts(
        description="Withdraw pages, where the token's user may withdraw them.",
        permission="health_content.add_withdrawal",
    ),
    Scope.ACKS_WRITE: ScopeFacts(
        description="Acknowledge that a withdrawal was acted on.",
        permission=None,
    ),
    Scope.CLAIMS_CHECK: ScopeFacts(
        description="Have texts checked for health claims; nothing is stored.",
        permission=None,
    ),
}


def known_scopes(words: object) -> frozenset[Scope]:
    """Return the scopes among *words*, as a table may hold them; what is not a scope gives no right."""
    if not isinstance(words, list):
        return frozenset()
    return frozenset(scope for scope in Scope if scope in words)
