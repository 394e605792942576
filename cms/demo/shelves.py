"""The fictional people and the sources in the demonstration's library, and what its pages say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.models import Locale

from .bodies import block_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

    from .content import Block, PageText, ProfileText, ReferenceText

LOCALE = "en"
RELATIONS = {"about_conditions": "Condition", "about_treatments": "Treatment"}


def profiles_ensure(
    texts: Iterable[ProfileText], *, user: AbstractBaseUser
) -> dict[str, int]:
    """Return the ids of the people by key, made and published where they are missing."""
    return {text.key: _profile(text, user=user).pk for text in texts}


def references_ensure(
    texts: Iterable[ReferenceText], *, user: AbstractBaseUser
) -> dict[str, int]:
    """Return the ids of the references by key, made and published where none has the title."""
    return {text.key: _reference(text, user=user).pk for text in texts}


def page_streams(
    text: PageText, *, people: Mapping[str, int], references: Mapping[str, int]
) -> dict[str, Any]:
    """Return the fields by which a page says what it is, who made it, and on what sources."""
    return {
        "content_kind": text.content_kind,
        "risk_tier": text.risk_tier,
        "conflict_statement": text.conflict_statement,
        "contributors": [
            _block(text.slug, "contributor", index, {"person": people[item["person"]], "role": item["role"]})
            for index, item in enumerate(text.contributors)
        ],
        "references": [
            _block(
                text.slug,
                "reference",
                index,
                {
                    "reference": references[item["key"]],
                    "locator": item.get("locator", ""),
                    "note": item.get("note", ""),
                },
            )
            for index, item in enumerate(text.references)
        ],
    }  # fmt: skip


def page_subjects(text: PageText) -> dict[str, list[Any]]:
    """Return the conditions and treatments that a page is about, by the field's name."""
    keys = {"about_conditions": text.conditions, "about_treatments": text.treatments}
    return {
        name: [
            apps.get_model("health_content", model).objects.get(
                key=key, locale__language_code=LOCALE
            )
            for key in keys[name]
        ]
        for name, model in RELATIONS.items()
    }


def _block(seed: str, kind: str, index: int, value: Block) -> Block:
    return {
        "type": kind,
        "value": value,
        "id": block_id(f"{seed}/{kind}/{index}"),
    }


@transaction.atomic
def _profile(text: ProfileText, *, user: AbstractBaseUser) -> Any:
    model = apps.get_model("health_content", "PersonProfile")
    locale = Locale.objects.get(language_code=LOCALE)
    if found := model.objects.filter(key=text.key, locale=locale).first():
        return found
    person: Any = model(
        key=text.key,
        locale=locale,
        name=text.name,
        job_title=text.job_title,
        bio=text.bio,
        specialties="\n".join(text.specialties),
        user=get_user_model().objects.filter(username=text.user).first(),
        live=False,
    )
    credential = apps.get_model("health_content", "Credential")
    person.credentials = [
        credential(sort_order=index, **item)
        for index, item in enumerate(text.credentials)
    ]
    conflict = apps.get_model("health_content", "ConflictDeclaration")
    person.conflicts = [
        conflict(sort_order=index, text=item)
        for index, item in enumerate(text.conflicts)
    ]
    person.save()
    person.save_revision(user=user).publish(user=user)
    return person


@transaction.atomic
def _reference(text: ReferenceText, *, user: AbstractBaseUser) -> Any:
    model = apps.get_model("health_content", "Reference")
    csl = dict(text.csl)
    if found := model.objects.filter(title=csl["title"]).first():
        return found
    csl["author"] = [_author(line) for line in csl.get("author", ())]
    if issued := csl.pop("issued", ""):
        csl["issued"] = {"raw": issued}
    reference = model(
        csl=csl,
        kind=text.kind,
        direction=text.direction,
        certainty=text.certainty,
        live=False,
    )
    reference.full_clean()
    reference.save()
    reference.save_revision(user=user).publish(user=user)
    return reference


def _author(line: str) -> Block:
    """Return an author in CSL: “Vickers AJ” is a person, everything else an organization."""
    family, _, given = line.rpartition(" ")
    if family and given.isupper() and len(given) <= 3:
        return {"family": family, "given": given}
    return {"literal": line}
