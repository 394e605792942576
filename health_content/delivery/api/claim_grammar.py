"""The body of `claims/check/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...claims import Profile
from ...claims.facts import Block, Page, Role
from .body import (
    Field,
    choice,
    field_error,
    list_of,
    read_body,
    record_of,
    text,
    unprocessable,
)
from .problems import invalid_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from django.http import HttpRequest

# About 40,000 English words, with all that JSON adds: several times the longest article.
MAX_CHECK_BYTES = 262_144
MAX_TEXT = 250_000
MAX_BLOCKS = 1_000
MAX_ID = 200
DEFAULT_LOCALE = "en"
# A language tag (RFC 5646), or a locale as Django writes it.
LOCALE_PATTERN = "[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}"

BLOCK_FIELDS = (
    Field(
        name="id",
        description="Names the block in the findings; each block has another one.",
        kind=text(MAX_ID),
        is_required=True,
    ),
    Field(
        name="text",
        description="Plain text.",
        kind=text(MAX_TEXT, min_length=0),
        is_required=True,
    ),
    Field(
        name="role",
        description="What the block is in its page; `body` by default. A `disclaimer` and a `reference` are not read.",
        kind=choice([str(role) for role in Role]),
    ),
)
# A body has one of these, not both.
CHECK_SUBJECTS = ("text", "blocks")
CHECK_FIELDS = (
    Field(
        name="text",
        description="Plain text to check.",
        kind=text(MAX_TEXT, min_length=0),
    ),
    Field(
        name="blocks",
        description="Paragraphs, headings and list items to check, in reading order: each is read by itself.",
        kind=list_of(
            record_of(BLOCK_FIELDS), min_items=1, max_items=MAX_BLOCKS, are_unique=False
        ),
    ),
    Field(
        name="profile",
        description="Who publishes; decides how severe a finding is. Without it, the profiles of the site.",
        kind=choice([str(profile) for profile in Profile]),
    ),
    Field(
        name="locale",
        description="Language of the text, `en` by default. In one that has no rules nothing is checked.",
        kind=text(
            35,
            min_length=2,
            pattern=LOCALE_PATTERN,
            form="A language code, such as en.",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCheck:
    """What to check, and by which profile."""

    page: Page
    profile: Profile | None
    """None: by those of the site."""


def read_check(request: HttpRequest) -> ClaimCheck:
    """Return what the body of *request* asks to be checked.

    Raises:
        Problem: 413, 415, 400, or 422 for two blocks of one id.
    """
    given = read_body(request, CHECK_FIELDS, max_bytes=MAX_CHECK_BYTES)
    _check_subject(given)
    profile = given.get("profile")
    return ClaimCheck(
        page=Page(
            locale=given.get("locale", DEFAULT_LOCALE),
            blocks=_blocks(given["blocks"])
            if "blocks" in given
            else (Block(id="", text=given["text"]),),
        ),
        profile=None if profile is None else Profile(profile),
    )


def _check_subject(given: Mapping[str, Any]) -> None:
    subjects = [name for name in CHECK_SUBJECTS if name in given]
    if not subjects:
        detail = "Give `text` or `blocks`."
        raise invalid_request([field_error("missing-field", detail, "text")])
    if len(subjects) > 1:
        detail = "Give `text` or `blocks`, not both."
        raise invalid_request([field_error("invalid-value", detail, "blocks")])


def _blocks(given: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    seen: set[str] = set()
    errors = []
    for position, block in enumerate(given):
        if block["id"] in seen:
            detail = "Another block has this id."
            errors.append(field_error("invalid-value", detail, "blocks", position, "id"))  # fmt: skip
        seen.add(block["id"])
    if errors:
        raise unprocessable(errors)
    return tuple(
        Block(
            id=block["id"],
            text=block["text"],
            role=Role(block.get("role", Role.BODY)),
        )
        for block in given
    )
