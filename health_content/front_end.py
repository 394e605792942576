"""Who shows previews in a front end of its own, when somebody does: the delivery part says so when it is installed.

The content part cannot import it, so it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from .abstract import DocumentMixin


class FrontEndPreviews(Protocol):
    """What pages ask of whoever shows previews in a front end."""

    def modes(self, page: DocumentMixin) -> Sequence[tuple[str, Any]]:
        """Return the preview modes (name and label) that *page* has besides its own; they come first."""

    def serve(
        self, page: DocumentMixin, request: HttpRequest, mode_name: str
    ) -> HttpResponse | None:
        """Return the preview of *page*, as it is in memory; None when the mode, or the page, is none of a front end."""


class NoFrontEnd:
    """Without the delivery part, pages have their own previews only."""

    def modes(self, _page: DocumentMixin) -> Sequence[tuple[str, Any]]:
        """Return none."""
        return ()

    def serve(
        self, _page: DocumentMixin, _request: HttpRequest, _mode_name: str
    ) -> HttpResponse | None:
        """Return none."""
        return None


_registered: list[FrontEndPreviews] = [NoFrontEnd()]


def register_front_end(previews: FrontEndPreviews) -> None:
    """Make *previews* the one that pages ask. Called when applications are ready."""
    _registered[0] = previews


def front_end_previews() -> FrontEndPreviews:
    """Return the one that pages ask."""
    return _registered[0]
