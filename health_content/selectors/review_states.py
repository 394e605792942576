"""The medical reviews of a page as the gate takes them: by whom, on what, and whether they fit the page today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from ..content_digest import DIGEST_FIELDS, content_digest
from ..credentials import conflict_is_current
from ..gate_facts import ReviewScope, ReviewState
from ..reviewer_fit import Declaration, Stakes, is_specialty_fit, shared_interests
from ..stored_values import walk_stream
from .page_content import page_subject_id, stored_value
from .related import related_objects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..abstract import HealthPageMixin
    from ..document_facts import Json
    from ..models import ConflictDeclaration, MedicalReview, PersonProfile

REVIEWS_MAX = 20
"""Newest reviews that are looked at."""
REVISIONS_MAX = 200
"""Newest revisions that are looked at."""
STREAMS = ("body", "disclaimers", "references")
WRITING_ROLES = frozenset({"author", "editor"})


def review_rows(page: HealthPageMixin) -> list[MedicalReview]:
    """Return the newest reviews of *page*, the newest first, with what they rest on, without their contents. One query."""
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    found = model.objects.filter(page_id=page_subject_id(page))
    found = found.select_related("rests_on").defer("content", "rests_on__content")
    return list(found.order_by("-reviewed_at", "-pk")[:REVIEWS_MAX])


def review_states(
    page: HealthPageMixin, rows: Sequence[MedicalReview], digest: str
) -> list[ReviewState]:
    """Return *rows* as the gate takes them; of the one that counts for *digest* it is asked whether it fits the page today.

    Cost: one query where it was given by a person of the library, more where that person declares an interest.
    """
    states = [_state(row) for row in rows]
    current = next((i for i, row in enumerate(rows) if row.content_digest == digest), None)  # fmt: skip
    if current is not None:
        states[current] = _judged(page, rows[current], rows)
    return states


def page_interests(
    page: HealthPageMixin, profile_ids: Collection[int]
) -> tuple[str, ...]:
    """Return in what the people with *profile_ids* have an interest that *page* shares. A query, or three."""
    own = _declarations(profile_ids)
    return shared_interests(own, _stakes(page)) if own else ()


def page_subjects(page: HealthPageMixin) -> tuple[str, ...]:
    """Return the names of what *page* is about: conditions, treatments, topics and the wider ones above them."""
    named: list[str] = []
    for relation in ("about_conditions", "about_treatments"):
        for each in related_objects(_base(page), relation):
            named += [each.name, *each.synonym_list]
    for topic in related_objects(_base(page), "topics"):
        named += [topic.name, *(wider.name for wider in topic.above())]
    return tuple(dict.fromkeys(named))


def fits_subjects(page: HealthPageMixin, specialties: Iterable[str]) -> bool:
    """Return whether somebody with *specialties* knows what *page* is about."""
    return is_specialty_fit(tuple(specialties), page_subjects(page))


def page_writers(
    page: HealthPageMixin,
    rows: Iterable[MedicalReview],
    digest: str,
    *,
    among: set[int],
    until: datetime | None = None,
) -> frozenset[int]:
    """Return who *among* users wrote what has *digest*: whom *page* names, and who saved it since its last other review.

    With *until* it is asked who had written it by then.
    """
    base: Any = page
    if not among:
        return frozenset()
    named = _contributing_users(page)
    if not base.pk:
        return frozenset(named & among)
    others = (row.reviewed_at for row in rows if row.content_digest != digest)
    earlier = next((at for at in others if until is None or at < until), None)
    saved = _savers(page, since=earlier, until=until, among=among)
    owner = {base.owner_id} if earlier is None else set()
    return frozenset((named | saved | owner) & among)


def _base(page: HealthPageMixin) -> Any:
    return page


def _state(row: MedicalReview) -> ReviewState:
    return ReviewState(
        digest=row.content_digest,
        reviewed_at=row.reviewed_at,
        expires_at=row.expires_at,
        reviewer_user_id=row.reviewer_id,
        scope=ReviewScope(row.scope),
        credential_until=_end_of(row),
        is_verified=row.is_verified,
        has_shared_interest=row.has_shared_interest,
    )


def _judged(
    page: HealthPageMixin, row: MedicalReview, rows: Sequence[MedicalReview]
) -> ReviewState:
    """Return *row* with what is so today: interests that it shares by now, subjects that it is about by now."""
    state = _of_today(page, row)
    full = row.rests_on
    if full is None:
        return state
    reviewer = {full.reviewer_id} if full.reviewer_id else set()
    writers = page_writers(
        page, rows, full.content_digest, among=reviewer, until=full.reviewed_at
    )
    rests_on = replace(_of_today(page, full), is_by_writer=bool(writers))
    return replace(state, rests_on=rests_on)


def _of_today(page: HealthPageMixin, row: MedicalReview) -> ReviewState:
    shared: tuple[str, ...] = ()
    if row.profile_id is not None:
        shared = page_interests(page, {row.profile_id})
    return replace(
        _state(row),
        has_shared_interest=row.has_shared_interest or bool(shared),
        shared_interests=shared,
        is_specialty_fit=fits_subjects(page, row.specialties),
    )


def _end_of(review: MedicalReview) -> datetime | None:
    """Return the moment at which the reviewer's credential ends: its last day counts."""
    if review.credential_until is None:
        return None
    return timezone.make_aware(datetime.combine(review.credential_until, time.max))


def _declarations(profile_ids: Collection[int]) -> list[Declaration]:
    """Return what people declare today. One query."""
    model: type[ConflictDeclaration] = apps.get_model(
        "health_content", "ConflictDeclaration"
    )
    today = timezone.localdate()
    rows = model.objects.filter(person__in=profile_ids).order_by("person", "pk")
    return [
        Declaration(text=row.text, parties=tuple(row.party_list))
        for row in rows
        if conflict_is_current(row.facts, on=today)
    ]


def _stakes(page: HealthPageMixin) -> Stakes:
    base: Any = page
    names = [
        name
        for each in related_objects(base, "about_treatments")
        for name in (each.name, *each.synonym_list)
    ]
    return Stakes(
        sponsor=base.sponsor,
        treatments=tuple(names),
        declared=tuple(_declarations({*_contributing_people(page)})),
    )


def _savers(
    page: HealthPageMixin,
    *,
    since: datetime | None,
    until: datetime | None,
    among: set[int],
) -> set[int]:
    """Return who *among* users saved something else than what was there, after *since*; saving it as it is writes nothing.

    A reviewer who approves in the editor saves the form that way. Of very many revisions the oldest count as written.
    """
    base: Any = page
    rows = base.revisions.order_by("-created_at", "-pk")
    if until is not None:
        rows = rows.filter(created_at__lte=until)
    late = rows.filter(created_at__gt=since) if since else rows
    if not late.filter(user_id__in=among).exists():
        return set()  # Texts are long, and mostly nobody has to look into them.
    newest = list(rows.values_list("user_id", "created_at", "content")[:REVISIONS_MAX])
    digests = [_revision_digest(content) for _user, _moment, content in newest]
    savers: set[int] = set()
    earlier = [*digests, ""][1:]
    for (user_id, moment, _content), digest, before in zip(
        newest, digests, earlier, strict=True
    ):
        is_late = since is None or moment > since
        if user_id is not None and is_late and digest != before:
            savers.add(user_id)
    return savers


def _revision_digest(content: Any) -> str:
    """Return the digest of what a revision holds: streams are strings of JSON there."""
    given = content if isinstance(content, dict) else {}
    said = {name: given.get(name, "") for name in DIGEST_FIELDS}
    for name in STREAMS:
        value = said[name]
        said[name] = json.loads(value) if isinstance(value, str) and value else []
    return content_digest(said)


def _contributing_users(page: HealthPageMixin) -> set[int]:
    people: type[PersonProfile] = apps.get_model("health_content", "PersonProfile")
    named = set(_contributing_people(page))
    found = people.objects.filter(pk__in=named, user_id__isnull=False)
    return set(found.values_list("user_id", flat=True))


def _contributing_people(page: HealthPageMixin) -> Iterator[int]:
    """Yield the ids of the people whom *page* names as author or editor."""
    for block in walk_stream(stored_value(page, "contributors")):
        person = _person(block.get("value"))
        if person and _role(block.get("value")) in WRITING_ROLES:
            yield person


def _person(value: Json) -> int:
    person = value.get("person") if isinstance(value, dict) else None
    return person if isinstance(person, int) else 0


def _role(value: Json) -> str:
    role = value.get("role") if isinstance(value, dict) else None
    return role if isinstance(role, str) else ""
