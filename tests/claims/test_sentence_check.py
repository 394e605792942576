"""One sentence against the rules: every place in it counts, and a sentence has one name however it is spaced."""

from __future__ import annotations

import hashlib

from health_content.claims import Severity, find_claims
from health_content.claims.sentence_check import sentence_sha

CURE = "CUR-001"


def test_a_claim_after_one_that_is_denied_is_found() -> None:
    text = "Acupuncture does not cure headaches; acupuncture cures back pain."

    (found,) = [f for f in find_claims(text) if f.rule == CURE]

    assert (found.severity, found.text) == (Severity.BLOCK, "acupuncture cures back pain")  # fmt: skip


def test_of_two_equal_claims_the_first_is_named() -> None:
    text = "Acupuncture may cure headaches; acupuncture may cure back pain."

    (found,) = [f for f in find_claims(text) if f.rule == CURE]

    assert (found.severity, found.start) == (Severity.WARN, 0)


def test_a_sentence_is_named_by_its_words_with_one_space_between() -> None:
    assert sentence_sha(" it  cures\npain ") == hashlib.sha256(b"it cures pain").hexdigest()  # fmt: skip


def test_a_sentence_that_is_no_unicode_has_a_name() -> None:
    assert sentence_sha("it cures \ud800") == sentence_sha("it cures ?")
