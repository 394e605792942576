"""Every rule passes its own examples."""

from __future__ import annotations

import pytest

from health_content.claims import Category, Profile, Severity, check_page
from health_content.claims.blocks import check_block
from health_content.claims.facts import Block, Page, Role
from health_content.claims.loader import load_rule_base
from health_content.claims.rules import MIN_EXAMPLES, Rule, Scope

RULES = load_rule_base().rules


def severities(rule: Rule, text: str) -> list[Severity]:
    """Return what *rule* says of an example."""
    if rule.scope is Scope.PAGE:
        heading = Block(id="h", text=text, role=Role.HEADING)
        findings = check_page(Page(locale="en", blocks=(heading,))).findings
    else:
        block = Block(id="", text=text, is_tradition=rule.scope is Scope.TRADITION)
        findings = check_block(block, load_rule_base(), Profile.EDITORIAL)
    return [finding.severity for finding in findings if finding.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_finds_its_positive_examples(rule: Rule) -> None:
    missed = [text for text in rule.positive if not severities(rule, text)]

    assert missed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_says_nothing_above_info_of_its_negative_examples(rule: Rule) -> None:
    wrong = [
        text for text in rule.negative if set(severities(rule, text)) - {Severity.INFO}
    ]

    assert wrong == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_five_examples_of_each_kind(rule: Rule) -> None:
    assert len(set(rule.positive)) >= MIN_EXAMPLES
    assert len(set(rule.negative)) >= MIN_EXAMPLES


def test_every_category_has_a_rule() -> None:
    assert {rule.category for rule in RULES} == set(Category)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_knows_its_severity_for_every_profile(rule: Rule) -> None:
    assert set(rule.severity) == set(Profile)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_triggered_by_whatever_one_of_its_frames_begins_to_look_for(
    rule: Rule,
) -> None:
    """A frame that the triggers left out would never be tried."""
    assert all(frame.needs[0] & rule.triggers == frame.needs[0] for frame in rule.frames)  # fmt: skip
