"""Claim checks in the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....claims import Category, Profile, Severity, Status
from ...scopes import Scope
from ..claim_grammar import CHECK_FIELDS, CHECK_SUBJECTS
from .callers import CallerEndpoint
from .parts import TEXT, URL, array, described, enum, record, ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ....document_facts import JsonObject

OFFSET: JsonObject = {"type": "integer", "minimum": 0}


def claim_endpoints() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    """Return the endpoints by path and by method."""
    return {
        "/claims/check/": {
            "post": CallerEndpoint(
                operation="checkClaims",
                summary="What a text, or the blocks of one, claim about health; nothing is stored",
                scope=Scope.CLAIMS_CHECK,
                answer=ref("ClaimReport"),
                body=CHECK_FIELDS,
                one_of=CHECK_SUBJECTS,
                other_responses=(("422", "Unprocessable"),),
                tag="claims",
            )
        }
    }


def claim_schemas() -> JsonObject:
    """Return the component schemas by name."""
    profile = enum(*(str(each) for each in Profile))
    return {
        "ClaimReport": record(
            {
                "status": described(
                    enum(*(str(each) for each in Status)),
                    "`not_checked`: there are no rules for the language. No status says that a text is good.",
                ),
                "rule_base": described(TEXT, "Version of the rules."),
                "profile": described(profile, "The first of `profiles`."),
                "profiles": described(
                    array(profile),
                    "By which the text was judged: a finding is as severe as the gravest of them says.",
                ),
                "findings": array(ref("ClaimFinding")),
            }
        ),
        "ClaimFinding": record(
            {
                "rule": TEXT,
                "category": enum(*(str(each) for each in Category)),
                "severity": enum(*(str(each) for each in Severity)),
                "start": described(
                    OFFSET,
                    "Of the claim in the text, or in its block, as it was sent. Counts Unicode code points, not UTF-16 units.",
                ),
                "end": described(OFFSET, "Where the claim has ended."),
                "message": TEXT,
                "suggestion": described(TEXT, "What to write instead."),
                "source": described(URL, "What the rule rests on."),
                "block": described(TEXT, "Id of the block, where blocks were sent."),
                "text": described(TEXT, "The claim, as it was sent."),
                "sentence_sha": described(
                    TEXT,
                    "SHA-256 of the sentence with case and white space leveled: the same claim in the next draft.",
                ),
            },
            optional=("block",),
        ),
    }
