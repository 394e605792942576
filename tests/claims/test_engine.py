"""What the engine makes of blocks, evidence, permitted wordings and pages."""

from __future__ import annotations

import pytest

from health_content.claims import (
    Profile,
    Severity,
    check_page,
    check_text,
    find_claims,
    find_reply_claims,
)
from health_content.claims.evidence import Verb, best_certainty, verb_of
from health_content.claims.facts import (
    Block,
    Certainty,
    Direction,
    EvidenceFacts,
    EvidenceKind,
    Page,
    PermittedClaimFacts,
    Role,
    Stance,
)

CURE = "Acupuncture cures back pain for good."
ENDORPHINS = "Acupuncture stimulates the release of endorphins."
REVIEW = EvidenceFacts(kind=EvidenceKind.SYSTEMATIC_REVIEW, certainty=Certainty.HIGH)


def page(*blocks: Block, **facts: object) -> Page:
    return Page(locale="en", blocks=blocks, **facts)  # type: ignore[arg-type]


def severities(text: str, category: str, **facts: object) -> list[Severity]:
    block = Block(id="b", text=text, **facts)  # type: ignore[arg-type]
    return [
        f.severity for f in check_page(page(block)).findings if f.category == category
    ]


def test_a_finding_says_what_why_and_what_to_do() -> None:
    finding = find_claims(CURE)[0]

    assert finding.rule == "CUR-001"
    assert finding.severity is Severity.BLOCK
    assert finding.text == "Acupuncture cures back pain"
    assert finding.sentence == CURE
    assert finding.message
    assert finding.suggestion
    assert finding.source.startswith("https://")
    assert len(finding.sentence_sha) == 64


def test_the_sha_is_of_the_words_and_not_of_their_spacing() -> None:
    first, second = (
        find_claims(text)[0].sentence_sha for text in (CURE, CURE.replace(" ", "  ", 1))
    )

    assert first == second
    assert first != find_claims(CURE.replace("back", "neck"))[0].sentence_sha


def test_a_text_without_a_claim_has_no_worst_severity() -> None:
    report = check_text("The clinic is open until 8pm.")

    assert report.findings == ()
    assert report.worst is None


@pytest.mark.parametrize(
    ("kind", "certainty", "direction", "expected"),
    [
        ("systematic_review", "high", "supports", Severity.INFO),
        ("rct", "moderate", "supports", Severity.WARN),
        ("animal", "high", "supports", Severity.WARN),
        ("systematic_review", "high", "against", Severity.WARN),
        ("guideline", None, "supports", Severity.WARN),
    ],
)
def test_evidence_lowers_what_its_certainty_covers(
    kind: str, certainty: str | None, direction: str, expected: Severity
) -> None:
    evidence = EvidenceFacts(
        kind=EvidenceKind(kind),
        certainty=Certainty(certainty) if certainty else None,
        direction=Direction(direction),
    )

    assert severities(ENDORPHINS, "mechanism", evidence=(evidence,)) == [expected]


def test_retracted_evidence_is_none() -> None:
    retracted = EvidenceFacts(
        kind=EvidenceKind.RCT, certainty=Certainty.HIGH, is_retracted=True
    )

    assert best_certainty([retracted]) is None


def test_no_evidence_resolves_a_cure() -> None:
    assert severities(CURE, "cure_absolute", evidence=(REVIEW,)) == [Severity.BLOCK]


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("it eases pain", Verb.DOES),
        ("it probably eases pain", Verb.PROBABLY),
        ("it may ease pain", Verb.MAY),
        ("it is uncertain whether it eases pain", Verb.UNCERTAIN),
    ],
)
def test_verb_of_a_sentence(sentence: str, verb: Verb) -> None:
    assert verb_of(sentence.split()) is verb


def permitted(stance: Stance, jurisdiction: str = "uk") -> PermittedClaimFacts:
    return PermittedClaimFacts(
        treatments=("acupuncture",),
        conditions=("back pain",),
        jurisdiction=jurisdiction,
        stance=stance,
        wording="short-term relief of back pain",
    )


@pytest.mark.parametrize(
    ("text", "stance", "profile", "expected"),
    [
        ("Acupuncture relieves back pain.", "not_permitted", "uk-clinic", "block"),
        ("Acupuncture relieves back pain.", "guideline_against", "editorial", "block"),
        ("Acupuncture relieves back pain.", "permitted", "uk-clinic", "warn"),
        (
            "Acupuncture relieves back pain short-term.",
            "permitted",
            "uk-clinic",
            "info",
        ),
        ("Acupuncture relieves back pain.", "not_permitted", "us-commerce", "warn"),
        ("Acupuncture relieves headaches.", "not_permitted", "uk-clinic", "warn"),
    ],
)
def test_permitted_wordings_lower_and_raise(
    text: str, stance: str, profile: str, expected: str
) -> None:
    facts = page(Block(id="b", text=text), permitted=(permitted(Stance(stance)),))

    findings = check_page(facts, profile=Profile(profile)).findings

    assert [f.severity for f in findings if f.category == "disease_claim"] == [expected]


def test_names_of_the_page_become_agents() -> None:
    text = "Zyblotherapy cures back pain."
    blocks = (Block(id="b", text=text),)

    unknown = check_page(page(*blocks)).findings
    known = check_page(
        page(*blocks, treatments=("Zyblotherapy", "acupuncture"), conditions=("zyb",))
    ).findings

    assert "CUR-001" not in [f.rule for f in unknown]
    assert "CUR-001" in [f.rule for f in known]
    assert check_page(page(*blocks)).findings == unknown


def test_a_claim_made_again_names_the_first_block() -> None:
    report = check_page(page(Block(id="a", text=CURE), Block(id="b", text=CURE)))

    assert {f.repeated_from for f in report.findings if f.block_id == "a"} == {""}
    assert {f.repeated_from for f in report.findings if f.block_id == "b"} == {"a"}


@pytest.mark.parametrize("role", [Role.DISCLAIMER, Role.REFERENCE])
def test_disclaimers_and_references_are_not_read(role: Role) -> None:
    assert check_text(CURE, role=role).findings == ()


@pytest.mark.parametrize("role", [Role.QUOTE, Role.HEADING, Role.ANSWER, Role.STEP])
def test_a_cure_is_a_cure_in_any_other_block(role: Role) -> None:
    assert check_text(CURE, role=role).worst is Severity.BLOCK


def test_a_question_is_asked_and_not_claimed() -> None:
    assert check_text(CURE, role=Role.QUESTION).worst is Severity.INFO
    assert check_text("Does acupuncture cure back pain?").worst is Severity.INFO


def test_a_story_in_a_block_for_stories_is_labeled() -> None:
    text = "I threw away my walking stick after one treatment!"

    assert check_text(text).worst is Severity.WARN
    assert check_text(text, role=Role.TESTIMONIAL).worst is Severity.INFO


@pytest.mark.parametrize(
    "text",
    [
        "It is a myth that acupuncture cures back pain.",
        "Acupuncture does not cure back pain.",
        "There is no evidence that acupuncture cures back pain.",
        "It is not known whether acupuncture cures back pain.",
        "Ask your doctor before you believe that acupuncture cures back pain.",
        "In the trial, acupuncture cured nobody of back pain.",
    ],
)
def test_a_claim_that_is_denied_is_none(text: str) -> None:
    assert [f for f in find_claims(text) if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    "text",
    [
        "Not only does acupuncture cure back pain, it is cheap.",
        "No wonder that acupuncture cures back pain.",
        "Why not try acupuncture, which cures back pain?",
    ],
)
def test_what_only_looks_like_a_negation_denies_nothing(text: str) -> None:
    assert find_claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Acupuncture does not cure headaches and acupuncture cures back pain.",
        "Acupuncture does not hurt and it cures back pain.",
        "Acupuncture may help headaches, and it cures back pain.",
        "Acupuncture may cure headaches; acupuncture cures back pain.",
    ],
)
def test_a_denial_or_hedge_ends_where_another_subject_begins(text: str) -> None:
    assert Severity.BLOCK in severities(text, "cure_absolute")


def test_an_opening_that_is_set_off_colors_the_whole_sentence() -> None:
    assert severities("Usually, acupuncture cures back pain.", "cure_absolute") == [
        Severity.INFO
    ]


def test_hedges_lower_by_one_level() -> None:
    found = find_claims("Acupuncture may cure back pain for good.")

    assert max(f.severity.rank for f in found) == Severity.WARN.rank


def test_replies_are_held_for_what_matters() -> None:
    assert find_reply_claims("Vaccines cause autism.")[0].severity is Severity.BLOCK
    assert find_reply_claims(ENDORPHINS) == ()


def test_profiles_differ() -> None:
    text = "Turmeric prevents Alzheimer's disease."

    assert check_text(text).worst is Severity.WARN
    assert check_text(text, profile=Profile.US_COMMERCE).worst is Severity.BLOCK


def test_benefits_are_weighed_against_risks() -> None:
    benefits = Block(id="a", text="Benefits", role=Role.HEADING)
    risks = Block(id="b", text="Risks", role=Role.HEADING)

    assert [f.rule for f in check_page(page(benefits)).findings] == ["SAF-020"]
    assert check_page(page(benefits, risks)).findings == ()


def test_severities_stay_in_bounds() -> None:
    assert Severity.INFO.lower() is Severity.INFO
    assert Severity.BLOCK.higher() is Severity.BLOCK


@pytest.mark.parametrize(
    "text",
    [
        "That honey cures cancer is not true.",
        "The claim that turmeric cures cancer is not supported by evidence.",
        "Rumors that the vaccine makes women infertile are not true.",
    ],
)
def test_a_claim_may_be_denied_after_it_was_made(text: str) -> None:
    assert [f for f in find_claims(text) if f.severity is not Severity.INFO] == []
