"""Questions and answers of all pages, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cache_tags import list_tags
from ..selectors.questions import question_list
from .base import ContentView, keyset_response, query_string_of
from .list_grammar import (
    QUESTION_PARAMETERS,
    read_question_query,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class QuestionListView(ContentView):
    """Questions in order of page and place."""

    parameters = QUESTION_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the questions."""
        query = read_question_query(query_string_of(request))
        found = question_list(query)
        return keyset_response(
            request,
            found,
            page_size=query.page_size,
            tags=list_tags("question", query.locale),
        )
