"""The publications of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils import timezone

from ...conf import get_conf
from ..cache_tags import disclaimer_key_tag, self_tag
from ..encode import encode_json
from ..responses import fresh_response
from ..selectors.as_of import page_as_of
from ..selectors.versions import version_document, version_list
from .as_of_grammar import AS_OF_PARAMETERS, read_as_of_query
from .base import ContentView, absent, keyset_response, page_number, query_string_of
from .grammar import read_no_query
from .list_grammar import (
    VERSION_PARAMETERS,
    read_version_query,
)
from .problems import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# The column's.
NUMBER_MAX = 2**31 - 1


class VersionListView(ContentView):
    """When a page was published, and with which disclaimers."""

    parameters = VERSION_PARAMETERS
    document_type: ClassVar[str] = "article"

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return a page of the publications."""
        query = read_version_query(query_string_of(request))
        identifier = page_number(page_id)
        found = version_list(identifier, document_type=self.document_type, query=query)
        if found is None:
            raise absent(identifier, self.document_type)
        keys = map(disclaimer_key_tag, found.disclaimer_keys)
        tags = " ".join([self_tag(identifier), *keys, f"page-{identifier}"])
        return keyset_response(
            request, found.page, page_size=query.page_size, tags=tags
        )


class VersionView(ContentView):
    """A version of a page, as it may be shown today."""

    is_uncached = True

    document_type: ClassVar[str] = "article"

    def get(self, request: HttpRequest, page_id: str, number: str) -> HttpResponse:
        """Return the version. No shared cache keeps it: any page that it links to may go out of sight."""
        read_no_query(query_string_of(request))
        identifier, version = page_number(page_id), int(number)
        if not get_conf().public_versions:
            raise not_found("This site does not show earlier versions.")
        found = None
        if version <= NUMBER_MAX:
            found = version_document(
                identifier, version, document_type=self.document_type
            )
        if found is None:
            raise absent(identifier, self.document_type)
        current = found.current
        return fresh_response(
            request,
            encode_json(found.document),
            next_transition=0,
            tags=current.tags,
            link=current.link,
            locale=current.locale,
        )


class AsOfView(ContentView):
    """What was public on a page at an instant."""

    is_uncached = True

    parameters = AS_OF_PARAMETERS
    document_type: ClassVar[str] = "article"

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return it. No shared cache keeps it: what may be told of it today may be another tomorrow."""
        at = read_as_of_query(query_string_of(request), timezone.now())
        identifier = page_number(page_id)
        found = page_as_of(
            identifier,
            at,
            document_type=self.document_type,
            has_words=get_conf().public_versions,
        )
        if found is None:
            raise absent(identifier, self.document_type)
        if found.content is None:
            raise not_found("The page was not public at that instant.")
        current = found.current
        return fresh_response(
            request,
            encode_json(found.content),
            next_transition=0,
            tags=current.tags,
            link=current.link,
            locale=current.locale,
        )
