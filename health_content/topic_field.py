"""The topics of a page: part of its drafts, its copies and its revisions, and known to Wagtail's index of references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modelcluster.fields import ParentalManyToManyField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet


# What a page is about, by relations that are part of its draft.
RELATIONS = ("topics", "about_conditions", "about_treatments")


class TopicsField(ParentalManyToManyField):
    """A parental relation that tells the reference index what it refers to; Wagtail's index skips such fields."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the definition for a migration, without a path of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs

    def extract_references(
        self, value: QuerySet[Any]
    ) -> Iterator[tuple[type[Model], str, str, str]]:
        """Yield each related object as the reference index wants it: model, id, and where it was found."""
        for pk in value.values_list("pk", flat=True):
            yield value.model, str(pk), "item", str(pk)


def is_of_topics(instance: Model, through: type[Model]) -> bool:
    """Return whether the rows of *through* are the topics of *instance*."""
    return any(
        isinstance(field, TopicsField) and field.remote_field.through is through
        for field in instance._meta.many_to_many  # noqa: SLF001 - Django's documented name
    )
