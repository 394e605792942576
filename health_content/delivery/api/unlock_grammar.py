"""The bodies of `unlock/`, by id and by path."""

from __future__ import annotations

from ..hosts import LABEL
from .body import Field, text
from .grammar import LOCALE

PASSWORD_FIELD = Field(
    name="password",
    description="The shared password of the page, or of one above it.",
    kind=text(255),
    is_required=True,
)
UNLOCK_FIELDS = (PASSWORD_FIELD,)
PATH_UNLOCK_FIELDS = (
    Field(
        name="path",
        description="Site-relative path, as `resolve/` takes it.",
        kind=text(
            2_000, pattern=r"/[^\u0000]*", form="A path that starts with a slash."
        ),
        is_required=True,
    ),
    PASSWORD_FIELD,
    Field(
        name="site",
        description="Host name of the site, with the port when it is not 80 or 443.",
        kind=text(
            255, pattern=LABEL.pattern, form="A host name, with or without a port."
        ),
    ),
    Field(
        name="locale",
        description="Language code of the content, where several pages have the path.",
        kind=text(35, pattern=LOCALE.pattern, form="A language code, such as en."),
    ),
)
