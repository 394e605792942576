"""Rows that are written once: evidence of what was public, and when."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from ..errors import RecordIsFinal


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A queryset that reads and appends."""

    def update(self, **_values: object) -> NoReturn:
        """Refuse.

        Raises:
            RecordIsFinal: always.
        """
        raise RecordIsFinal(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        """Refuse.

        Raises:
            RecordIsFinal: always.
        """
        raise RecordIsFinal(f"{self.model.__name__} rows are never deleted.")

    def bulk_update(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse.

        Raises:
            RecordIsFinal: always.
        """
        raise RecordIsFinal(f"{self.model.__name__} rows are never changed.")


class AppendOnlyModel(models.Model):
    """Base of append-only tables. Raw SQL still reaches them: a hash chain, where there is one, shows it."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row.

        Raises:
            RecordIsFinal: the row exists already.
        """
        if not self._state.adding:
            raise RecordIsFinal(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse.

        Raises:
            RecordIsFinal: always.
        """
        raise RecordIsFinal(f"{type(self).__name__} rows are never deleted.")
