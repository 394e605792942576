"""Claim checks for other editors' tools: nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...claims import Profile
from ...selectors.policies import EDITORIAL, profiles_at
from ..claim_check import claim_answer
from ..scopes import Scope
from ..selectors.redirects import place_site
from .base import place_of
from .claim_grammar import read_check
from .write import WriteView, json_response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


class ClaimCheckView(WriteView):
    """What is claimed about health in texts that a client sends."""

    scope = Scope.CLAIMS_CHECK

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check the texts. At most two queries beside those that find the token, and no write."""
        check = read_check(request)
        profiles = [check.profile] if check.profile else self._site_profiles(request)
        return json_response(claim_answer(check.page, profiles))

    def _site_profiles(self, request: HttpRequest) -> Sequence[Profile]:
        """Return the profiles of the site that the Host header names; of a site that is not the token's, nothing is told."""
        site = place_site(place_of(request, site=None))
        is_told = site is not None and self.known_caller.allows_site(site.pk)
        return [
            Profile(profile)
            for profile in (profiles_at(site) if site and is_told else [EDITORIAL])
        ]
