"""Whether what a person declares holds on a day: their credentials, their conflicts of interest. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class CredentialState(StrEnum):
    """What a credential is worth on a day."""

    VALID = "valid"
    UNVERIFIED = "unverified"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFacts:
    """A credential as the library knows it."""

    valid_until: date | None
    """The last day on which it is valid; None when it does not expire."""
    verified_at: date | None
    """The day on which somebody looked it up in the register; None when nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFacts:
    """A declared interest and the days in which it is one."""

    starts_on: date | None
    ends_on: date | None
    """The last day; None while it lasts."""


def credential_state(credential: CredentialFacts, *, on: date) -> CredentialState:
    """Return what *credential* is worth *on* a day. One that expired is expired, whether or not it was ever verified.

    Somebody who looked it up later than *on* knows that it was there: a verification counts for all days.
    """
    if credential.valid_until is not None and credential.valid_until < on:
        return CredentialState.EXPIRED
    if credential.verified_at is None:
        return CredentialState.UNVERIFIED
    return CredentialState.VALID


def credential_is_valid(credential: CredentialFacts, *, on: date) -> bool:
    """Return whether *credential* was verified and has not expired *on* a day."""
    return credential_state(credential, on=on) is CredentialState.VALID


def best_state(
    credentials: Iterable[CredentialFacts], *, on: date
) -> CredentialState | None:
    """Return the best state of a person's credentials *on* a day, None without any."""
    found = {credential_state(credential, on=on) for credential in credentials}
    return next((state for state in CredentialState if state in found), None)


def conflict_is_current(conflict: ConflictFacts, *, on: date) -> bool:
    """Return whether *conflict* is one *on* a day; without dates it always is."""
    has_begun = conflict.starts_on is None or conflict.starts_on <= on
    return has_begun and (conflict.ends_on is None or on <= conflict.ends_on)
