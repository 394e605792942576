"""One section of an article: for those who show a part of it, with all that must go with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..encode import add_hast, document_section, encode_json
from ..negotiation import IDENTITY
from ..selectors.documents import document_answer
from .base import ContentView, absent, fresh_document, page_number, query_string_of
from .grammar import (
    SECTION_PARAMETERS,
    read_section_query,
)
from .problems import not_found, section_not_standalone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SectionView(ContentView):
    """A section that a reviewer has cleared to be shown alone."""

    parameters = SECTION_PARAMETERS

    def get(self, request: HttpRequest, page_id: str, block_id: str) -> HttpResponse:
        """Return the section and its article's safety envelope."""
        has_hast = read_section_query(query_string_of(request))
        identifier = page_number(page_id)
        answer = document_answer(identifier, document_type="article", coding=IDENTITY)
        if answer is None:
            raise absent(identifier, "article")
        found = document_section(json.loads(answer.content or b"{}"), block_id)
        if found is None:
            raise not_found("The article has no such section.")
        section = found["section"]
        if not (isinstance(section, dict) and section["standalone_safe"]):
            raise section_not_standalone()
        content = encode_json(found)
        return fresh_document(
            request, answer, add_hast(content) if has_hast else content
        )
