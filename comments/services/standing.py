"""Whether a person may write at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AuthorSuspended
from ..models import SanctionKind

if TYPE_CHECKING:
    from ..models import Sanction


def require_standing(sanction: Sanction | None) -> None:
    """Raise `AuthorSuspended` if the measure lets its subject write nothing: they are told, and until when."""
    if sanction is not None and sanction.kind != SanctionKind.HOLD_ALL:
        raise AuthorSuspended(
            ends_at=sanction.ends_at, decision_key=sanction.decision.key
        )
