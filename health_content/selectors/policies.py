"""By which rules a page is judged: its own policy, its site's, or the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from ..conf import get_conf
from ..review_rules import DEFAULT_LEVELS, ReviewRule, check_level, review_rule_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wagtail.models import Site

    from ..abstract import DocumentMixin, HealthPageMixin
    from ..document_facts import Json
    from ..models import OrganizationSettings, ReviewPolicy

# Until a site has a policy. NHS standard for creating health content (2024): every three years at least.
GENERAL_RULE = ReviewRule(months=36, grace_days=30, overdue_action="report")
EDITORIAL = "editorial"


def policy_of(
    page: HealthPageMixin, organization: OrganizationSettings | None
) -> ReviewPolicy | None:
    """Return the review policy of *page*, or of *organization*, which publishes it; None without one."""
    base: Any = page
    if base.review_policy_id:
        own: ReviewPolicy | None = base.review_policy
        return own
    return organization.default_review_policy if organization else None


def organization_of(page: DocumentMixin) -> OrganizationSettings | None:
    """Return what the site of *page* says of its publisher; the default site's where the page has no place yet."""
    base: Any = page
    return _organization_at(base.get_site() if base.path else None)


def site_profiles(page: DocumentMixin) -> Sequence[str]:
    """Return the profiles by which claims of *page* are judged."""
    return profiles_of(organization_of(page))


def profiles_of(organization: OrganizationSettings | None) -> Sequence[str]:
    """Return the profiles by which claims are judged of what *organization* publishes."""
    return organization.profiles if organization else [EDITORIAL]


def profiles_at(site: Site) -> Sequence[str]:
    """Return the profiles by which claims are judged on *site*. One query."""
    return profiles_of(_organization_at(site))


def profiles_everywhere() -> Sequence[str]:
    """Return the profiles by which claims are judged on any site. One query."""
    model = apps.get_model("health_content", "OrganizationSettings")
    found = {profile for each in model.objects.order_by("pk") for profile in each.profiles}  # fmt: skip
    return sorted(found or {EDITORIAL})


def check_levels_of(
    page: HealthPageMixin, organization: OrganizationSettings | None
) -> Mapping[str, str]:
    """Return the levels that somebody set for *page*: its policy, that of *organization*, else the setting `GATE_LEVELS`.

    A policy names every check; one that it leaves as it is keeps its own level, which may depend on the page.
    """
    return _levels(policy_of(page, organization))


def site_levels(organization: OrganizationSettings | None) -> Mapping[str, str]:
    """Return the levels that somebody set for what *organization* publishes, or for everything where it is None."""
    return _levels(organization.default_review_policy if organization else None)


def _levels(policy: ReviewPolicy | None) -> Mapping[str, str]:
    given: Json = (
        dict(get_conf().gate_levels) if policy is None else policy.check_levels
    )
    return {
        check: level
        for check, default in DEFAULT_LEVELS.items()
        if (level := check_level(given, check)) != default
    }


def review_rule_of(page: HealthPageMixin) -> ReviewRule:
    """Return for how long a review of *page* holds."""
    policy = policy_of(page, organization_of(page))
    return _rule(policy.all_rules if policy else [GENERAL_RULE], page)


class PolicyBook:
    """All review policies as they are now; answers for any page without a query. Cost of making one: three queries."""

    def __init__(self) -> None:
        policies = apps.get_model("health_content", "ReviewPolicy").objects
        settings = apps.get_model("health_content", "OrganizationSettings").objects
        self._rules: dict[int, Sequence[ReviewRule]] = {
            policy.pk: policy.all_rules
            for policy in policies.prefetch_related("rules").order_by("pk")
        }
        sites = settings.order_by().values_list("site_id", "default_review_policy_id")
        self._policies: dict[int, int | None] = dict(sites)

    def rule_of(self, page: HealthPageMixin, site_id: int) -> ReviewRule:
        """Return for how long a review of *page*, which is of the site with *site_id*, holds."""
        base: Any = page
        policy_id = base.review_policy_id or self._policies.get(site_id)
        return _rule(self._rules.get(policy_id or 0, [GENERAL_RULE]), page)


def _rule(rules: Sequence[ReviewRule], page: HealthPageMixin) -> ReviewRule:
    base: Any = page
    kind, tier = base.content_kind, base.risk_tier
    return review_rule_for(rules, content_kind=kind, risk_tier=tier) or GENERAL_RULE


def _organization_at(site: Site | None) -> OrganizationSettings | None:
    model: type[OrganizationSettings] = apps.get_model(
        "health_content", "OrganizationSettings"
    )
    rows = model.objects.select_related("default_review_policy")
    is_of_site = {"site__is_default_site": True} if site is None else {"site": site}
    found: OrganizationSettings | None = rows.filter(**is_of_site).first()
    return found
