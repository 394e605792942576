"""What the reports on content list: claims, missing parts, disclaimers, sources, reviewers, translations, rules."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Coalesce, StrIndex, Substr
from django.utils import timezone
from wagtail.models import ReferenceIndex, TaskState

from ..compat import page_model
from .gate_reports import health_page_types, with_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..models import PageFinding, PublicationRecord

CLAIM = "claim"
GAPS = ("aspects_missing", "risks_missing", "urgent_care_missing")
WORKLOAD_DAYS = 90
UNPUBLISH = "unpublish"


def claims_open() -> QuerySet[PageFinding]:
    """Return the claims of public pages that no evidence, no decision and no override answers, the oldest first."""
    return _findings().filter(code=CLAIM).order_by("found_at", "pk")


def gaps_open() -> QuerySet[PageFinding]:
    """Return what readers expect on public pages and do not find there, the oldest first."""
    return _findings().filter(code__in=GAPS).order_by("found_at", "pk")


def records_with_disclaimers() -> QuerySet[PublicationRecord]:
    """Return the newest record of each public page, with `shown`: the disclaimers of its document. No document is read."""
    model: type[PublicationRecord] = apps.get_model(
        "health_content", "PublicationRecord"
    )
    newer = model.objects.filter(page_id=OuterRef("page_id"), number__gt=OuterRef("number"))  # fmt: skip
    pages = page_model().objects.filter(content_type__in=health_page_types())
    newest = model.objects.filter(~Exists(newer), page_id__in=pages.values("pk"))
    public = newest.exclude(reason=UNPUBLISH)
    shown = KeyTransform("disclaimers", KeyTransform("safety", "document"))
    rows = with_title(public.defer("document", "gate").annotate(shown=shown))
    return rows.order_by("page_title", "page_id")


def records_showing(rows: QuerySet[Any], *, key: str, version: int | None) -> list[int]:
    """Return the ids of those of *rows* that show the disclaimer, in that wording if one is given. One query."""
    return [
        pk
        for pk, shown in rows.order_by().values_list("pk", "shown")
        if any(
            each["key"] == key and version in {None, each["version"]}
            for each in shown or []
        )
    ]


def references_by_state() -> QuerySet[Any]:
    """Return the live references: what was retracted, then what was superseded, then the oldest; with `citing_count`."""
    model = apps.get_model("health_content", "Reference")
    rows: QuerySet[Any] = model.objects.filter(live=True).select_related(
        "superseded_by"
    )
    counted = rows.annotate(citing_count=ReferenceIndex.usage_count_subquery(model))
    ordered: QuerySet[Any] = counted.order_by(
        F("retracted_at").asc(nulls_last=True),
        F("superseded_by").asc(nulls_last=True),
        F("year").asc(nulls_first=True),
        "pk",
    )
    return ordered


def reviewers_with_work() -> QuerySet[Any]:
    """Return the people with an account who reviewed, or may have to, with what they did and what waits for them.

    `reviews_count` in the last 90 days, `reviewed_last_at`, `due_count` (their reviews that end within 90 days and that
    nobody renewed), `waiting_count`, and `credential_until` and `verified_at` of the credential that holds longest.
    """
    now = timezone.now()
    people = apps.get_model("health_content", "PersonProfile").objects
    reviews = apps.get_model("health_content", "MedicalReview").objects
    credentials = apps.get_model("health_content", "Credential").objects
    own = reviews.filter(reviewer_id=OuterRef("user_id")).order_by()
    later = reviews.filter(page_id=OuterRef("page_id"), reviewed_at__gt=OuterRef("reviewed_at"))  # fmt: skip
    due = own.filter(~Exists(later), expires_at__lte=now + timedelta(days=WORKLOAD_DAYS))  # fmt: skip
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__medicalreviewtask__groups__user=OuterRef("user_id"),
    ).order_by()
    # One without an end holds longest.
    best = credentials.filter(person_id=OuterRef("pk")).order_by(
        F("valid_until").desc(nulls_first=True), "-verified_at"
    )
    rows: QuerySet[Any] = people.filter(user__isnull=False).annotate(
        reviews_count=_counted(own.filter(reviewed_at__gte=now - timedelta(days=WORKLOAD_DAYS)), "reviewer_id"),
        reviewed_last_at=Subquery(own.values("reviewer_id").annotate(last=Max("reviewed_at")).values("last")),
        due_count=_counted(due, "reviewer_id"),
        waiting_count=_counted(waiting, "status"),
        credential_title=Subquery(best.values("title")[:1]),
        credential_until=Subquery(best.values("valid_until")[:1]),
        verified_at=Subquery(best.values("verified_at")[:1]),
    )  # fmt: skip
    involved = rows.filter(Q(reviewed_last_at__isnull=False) | Q(waiting_count__gt=0) | Q(credential_title__isnull=False))  # fmt: skip
    return involved.select_related("locale").order_by("name", "pk")


def translations_behind() -> QuerySet[Any]:
    """Return the live translations whose source went live, or was reviewed, after they did.

    The source is the oldest of the translations. With `source_id`, `source_title`, `source_published_at`,
    `source_reviewed_at` and `own_reviewed_at`.
    """
    pages = page_model().objects
    reviews = apps.get_model("health_content", "MedicalReview").objects.order_by()
    siblings = pages.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    source = pages.filter(pk=OuterRef("source_id"))

    def newest(name: str) -> Subquery:
        of_page = reviews.filter(page_id=OuterRef(name)).values("page_id")
        return Subquery(of_page.annotate(last=Max("reviewed_at")).values("last"))

    rows: QuerySet[Any] = (
        pages.filter(live=True, alias_of=None, content_type__in=health_page_types())
        .annotate(source_id=Subquery(siblings.values("pk")[:1]))
        .exclude(source_id=F("pk"))
        .annotate(
            source_title=Subquery(source.values("draft_title")[:1]),
            source_published_at=Subquery(source.values("last_published_at")[:1]),
            source_reviewed_at=newest("source_id"),
            own_reviewed_at=newest("pk"),
        )
    )
    is_older = Q(source_published_at__gt=F("last_published_at"))
    is_unreviewed = Q(source_reviewed_at__isnull=False) & (
        Q(own_reviewed_at=None) | Q(source_reviewed_at__gt=F("own_reviewed_at"))
    )
    behind: QuerySet[Any] = rows.filter(is_older | is_unreviewed).select_related(
        "locale"
    )
    return behind.order_by("last_published_at", "pk")


def rules_by_noise() -> QuerySet[Any, Mapping[str, Any]]:
    """Return, for each rule that was ever dismissed, how often, how often as a wrong finding, and on how many pages.

    Rows are mappings: `rule`, `dismissed`, `false_positives`, `pages`, `first_at`, `last_at`.
    """
    model = apps.get_model("health_content", "GateOverride")
    is_wrong = Q(kind="false_positive")
    rows: QuerySet[Any, Any] = (
        model.objects.exclude(rule_base="")
        .annotate(rule=Substr("fingerprint", 1, StrIndex("fingerprint", Value(":")) - 1))
        .order_by()
        .values("rule")
        .annotate(
            dismissed=Count("pk"),
            false_positives=Count("pk", filter=is_wrong),
            pages=Count("page_id", distinct=True),
            first_at=Min("created_at"),
            last_at=Max("created_at"),
        )
    )  # fmt: skip
    return rows.order_by("-false_positives", "-dismissed", "rule")


def false_positives() -> Iterable[Mapping[str, Any]]:
    """Yield the sentences that people called wrongly found, with rule and rule base: for whoever keeps the rules.

    Nobody is named, and no page. One sentence that several people dismissed under one rule base comes once.
    """
    model = apps.get_model("health_content", "GateOverride")
    rows = model.objects.filter(kind="false_positive").exclude(rule_base="")
    found = rows.order_by("fingerprint", "rule_base", "sentence").values_list(
        "fingerprint", "rule_base", "sentence"
    )
    for fingerprint, rule_base, sentence in found.distinct().iterator():
        rule = fingerprint.partition(":")[0]
        yield {"sentence": sentence, "rule": rule, "rule_base": rule_base}


def _findings() -> QuerySet[PageFinding]:
    model: type[PageFinding] = apps.get_model("health_content", "PageFinding")
    return with_title(model.objects.all())


def _counted(rows: QuerySet[Any], group: str) -> Coalesce:
    counted = rows.values(group).annotate(count=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)
