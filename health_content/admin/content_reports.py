"""The reports on content: claims, missing parts, translations, disclaimers, sources, reviewers, and noisy rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..claim_labels import rule_label
from ..gate_checks import Reason
from ..gate_facts import Level
from ..gate_messages import reason_sentence
from ..models import (
    GateOverride,
    PageFinding,
    PersonProfile,
    PublicationRecord,
    Reference,
)
from ..permissions import (
    may_see_disclaimer_use,
    may_see_findings,
    may_see_overrides,
    may_see_reviews,
    may_see_sources,
)
from ..selectors.content_reports import (
    claims_open,
    gaps_open,
    records_with_disclaimers,
    references_by_state,
    reviewers_with_work,
    rules_by_noise,
    translations_behind,
)
from .library import UsageColumn, snippet_url
from .report_base import DayColumn, HealthReport, edit_url, page_name, page_url
from .report_filters import (
    ClaimFilterSet,
    FindingFilterSet,
    ReviewerFilterSet,
    ShownDisclaimerFilterSet,
    SourceFilterSet,
    TranslationFilterSet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

LEVELS = {
    Level.BLOCK: gettext_lazy("Blocking"),
    Level.WARN: gettext_lazy("Warning"),
}


def _page_column() -> TitleColumn:
    return TitleColumn(
        "page", label=gettext_lazy("Page"), accessor=page_name, get_url=page_url
    )


def _level(row: PageFinding) -> str:
    return str(LEVELS.get(Level(row.level), row.level))


def _age(row: PageFinding) -> int:
    return (timezone.now() - row.found_at).days


def _gap(row: PageFinding) -> str:
    reason = Reason(code=row.code, level=Level(row.level), text=row.text)
    return reason_sentence(reason)


def _shown(row: Any) -> str:
    known = _("%(title)s (wording %(number)s)")
    return ", ".join(
        known % {"title": each["title"], "number": each["version"]}
        for each in row.shown or []
    )


def _source_state(row: Reference) -> str:
    if row.retracted_at:
        return _("Retracted")
    if row.superseded_by is not None:
        return _("Superseded by: %(title)s") % {"title": row.superseded_by}
    return "" if row.checked_at else _("Never checked")


def _credential_state(row: Any) -> str:
    if not row.credential_title:
        return _("None")
    if row.credential_until and row.credential_until < timezone.localdate():
        return _("Expired")
    return _("Valid") if row.verified_at else _("Never looked up")


def _behind(row: Any) -> str:
    if row.source_reviewed_at and row.own_reviewed_at is None:
        return _("Its source was reviewed, the translation was not.")
    if row.source_reviewed_at and row.source_reviewed_at > row.own_reviewed_at:
        return _("Its source was reviewed anew.")
    return _("Its source was published anew.")


class ClaimsReport(HealthReport):
    """Claims on public pages that nothing answers, as the last audit found them."""

    model = PageFinding
    page_title = gettext_lazy("Claims without evidence")
    index_url_name = "health_content_report_claims"
    index_results_url_name = "health_content_report_claims_results"
    export_filename = "claims-without-evidence"
    filterset_class = ClaimFilterSet
    may_see = staticmethod(may_see_findings)
    rows = staticmethod(claims_open)
    chart_title = gettext_lazy("Claims by kind")
    columns = (
        Column("text", label=gettext_lazy("Sentence")),
        _page_column(),
        Column("rule", label=gettext_lazy("Rule")),
        Column(
            "kind",
            label=gettext_lazy("Kind"),
            accessor=lambda row: rule_label(row.rule),
        ),
        Column("level", label=gettext_lazy("Level"), accessor=_level),
        DateColumn("found_at", label=gettext_lazy("Found")),
        Column("age", label=gettext_lazy("Days"), accessor=_age),
    )

    def chart(self, rows: QuerySet[Any]) -> Mapping[str, int]:
        """Count the claims of each kind, the most frequent first."""
        counts: Counter[str] = Counter()
        for each in rows.order_by().values("rule").annotate(count=Count("pk")):
            counts[rule_label(each["rule"])] += each["count"]
        return dict(counts.most_common())


class GapsReport(HealthReport):
    """What readers expect on public pages and do not find there, as the last audit found it."""

    model = PageFinding
    page_title = gettext_lazy("Missing parts")
    index_url_name = "health_content_report_gaps"
    index_results_url_name = "health_content_report_gaps_results"
    export_filename = "missing-parts"
    filterset_class = FindingFilterSet
    may_see = staticmethod(may_see_findings)
    rows = staticmethod(gaps_open)
    columns = (
        _page_column(),
        Column("gap", label=gettext_lazy("What is missing"), accessor=_gap),
        Column("level", label=gettext_lazy("Level"), accessor=_level),
        DateColumn("found_at", label=gettext_lazy("Found")),
    )


class TranslationsReport(HealthReport):
    """Translations that their source has left behind."""

    page_title = gettext_lazy("Translations behind their source")
    index_url_name = "health_content_report_translations"
    index_results_url_name = "health_content_report_translations_results"
    export_filename = "translations-behind"
    filterset_class = TranslationFilterSet
    may_see = staticmethod(may_see_reviews)
    rows = staticmethod(translations_behind)
    columns = (
        TitleColumn(
            "draft_title",
            label=gettext_lazy("Translation"),
            get_url=lambda page: edit_url(page.pk),
        ),
        Column("locale", label=gettext_lazy("Language"), accessor="locale"),
        TitleColumn(
            "source_title",
            label=gettext_lazy("Source"),
            get_url=lambda page: edit_url(page.source_id),
        ),
        Column("state", label=gettext_lazy("State"), accessor=_behind),
        DateColumn("source_published_at", label=gettext_lazy("Source published")),
        DateColumn("last_published_at", label=gettext_lazy("Translation published")),
    )


class DisclaimersReport(HealthReport):
    """Public pages by the disclaimers that they show, inherited ones included, each with the number of its wording."""

    model = PublicationRecord
    page_title = gettext_lazy("Pages by disclaimer")
    index_url_name = "health_content_report_disclaimers"
    index_results_url_name = "health_content_report_disclaimers_results"
    export_filename = "pages-by-disclaimer"
    header_icon = "hp-disclaimer"
    filterset_class = ShownDisclaimerFilterSet
    may_see = staticmethod(may_see_disclaimer_use)
    rows = staticmethod(records_with_disclaimers)
    columns = (
        _page_column(),
        Column("locale", label=gettext_lazy("Language")),
        Column("shown", label=gettext_lazy("Disclaimers"), accessor=_shown),
        DateColumn("published_at", label=gettext_lazy("Recorded")),
    )


class ReferencesReport(HealthReport):
    """Sources of the library: what was retracted or superseded, and what grew old, with how much cites it."""

    model = Reference
    page_title = gettext_lazy("Sources to look at")
    index_url_name = "health_content_report_references"
    index_results_url_name = "health_content_report_references_results"
    export_filename = "sources"
    header_icon = "hp-references"
    filterset_class = SourceFilterSet
    may_see = staticmethod(may_see_sources)
    rows = staticmethod(references_by_state)
    columns = (
        TitleColumn(
            "title",
            label=gettext_lazy("Source"),
            get_url=lambda row: snippet_url(row, "edit"),
        ),
        Column("year", label=gettext_lazy("Year")),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("state", label=gettext_lazy("State"), accessor=_source_state),
        DayColumn("checked_at", label=gettext_lazy("Checked")),
        UsageColumn(
            "citing_count",
            label=gettext_lazy("Cited by"),
            accessor="citing_count",
        ),
    )


class ReviewersReport(HealthReport):
    """Reviewers: what they did, what waits for them, and until when their credential holds."""

    model = PersonProfile
    page_title = gettext_lazy("Reviewers")
    index_url_name = "health_content_report_reviewers"
    index_results_url_name = "health_content_report_reviewers_results"
    export_filename = "reviewers"
    header_icon = "user"
    filterset_class = ReviewerFilterSet
    may_see = staticmethod(may_see_reviews)
    rows = staticmethod(reviewers_with_work)
    columns = (
        TitleColumn(
            "name",
            label=gettext_lazy("Reviewer"),
            get_url=lambda row: snippet_url(row, "edit"),
        ),
        Column("waiting_count", label=gettext_lazy("Waits for them")),
        Column("due_count", label=gettext_lazy("Due in 90 days")),
        Column("reviews_count", label=gettext_lazy("Reviews in 90 days")),
        DateColumn("reviewed_last_at", label=gettext_lazy("Last review")),
        Column("credential_title", label=gettext_lazy("Credential")),
        DayColumn("credential_until", label=gettext_lazy("Valid until")),
        Column("state", label=gettext_lazy("State"), accessor=_credential_state),
    )


class NoiseReport(HealthReport):
    """Rules by how often people dismissed what they found: what is dismissed as wrong says something of the rule."""

    model = GateOverride
    page_title = gettext_lazy("Dismissals by rule")
    index_url_name = "health_content_report_noise"
    index_results_url_name = "health_content_report_noise_results"
    export_filename = "dismissals-by-rule"
    may_see = staticmethod(may_see_overrides)
    rows = staticmethod(rules_by_noise)
    chart_title = gettext_lazy("Wrong findings by rule")
    columns = (
        Column("rule", label=gettext_lazy("Rule"), accessor="rule"),
        Column(
            "kind",
            label=gettext_lazy("Kind"),
            accessor=lambda row: rule_label(row["rule"]),
        ),
        Column("false_positives", label=gettext_lazy("Found wrongly")),
        Column("dismissed", label=gettext_lazy("Dismissed")),
        Column("pages", label=gettext_lazy("Pages")),
        DateColumn("last_at", label=gettext_lazy("Last")),
    )

    def chart(self, rows: QuerySet[Any]) -> Mapping[str, int]:
        """Count the wrong findings of the rules that had any."""
        return {
            each["rule"]: each["false_positives"]
            for each in rows
            if each["false_positives"]
        }
