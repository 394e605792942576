"""A backend of Wagtail's front-end cache that purges by tag as well as by address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.contrib.frontend_cache.backends import HTTPBackend

from .backends import TIMEOUT_SECONDS, VarnishPurger
from .purgers import PurgeRequest

if TYPE_CHECKING:
    from collections.abc import Sequence


class VarnishTagBackend(HTTPBackend):
    """Varnish in `WAGTAILFRONTENDCACHE`: pages by PURGE of their address, answers of the API by tag.

    Options: `LOCATION`, as for Wagtail's HTTP backend; `TOKEN` and `TIMEOUT_SECONDS`, as for `VarnishPurger`.
    """

    def __init__(self, params: dict[str, Any]) -> None:
        self._purger = VarnishPurger(
            url=params["LOCATION"],
            token=params.pop("TOKEN", ""),
            timeout_seconds=params.pop("TIMEOUT_SECONDS", TIMEOUT_SECONDS),
        )
        super().__init__(params)

    def purge_tags(self, tags: Sequence[str], *, is_hard: bool) -> None:
        """Drop the answers with one of *tags*.

        Raises:
            PurgeError: some may still be there.
        """
        self._purger.purge(PurgeRequest(tags=tags, is_hard=is_hard))
