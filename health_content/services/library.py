"""Writes about the library: what pages and claims refer to is not deleted under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import ProtectedError

from ..errors import library_message
from ..usage import objects_using

if TYPE_CHECKING:
    from ..models.library import LibrarySnippet


def library_guard_delete(snippet: LibrarySnippet) -> None:
    """Refuse to delete *snippet* while anything, draft or live, refers to it: an id in a page's JSON has no on_delete.

    Raises:
        ProtectedError: with what refers to it, as Django does for a protected foreign key.
    """
    users = objects_using(snippet)
    if users:
        titles = [str(user) for user in users]
        raise ProtectedError(library_message(str(snippet), titles), set(users))
