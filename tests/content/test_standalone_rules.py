"""Which sections may stand alone: those whose very words a reviewer cleared."""

from __future__ import annotations

from typing import Any

import pytest

from health_content.standalone import cleared_only, offered_digests
from tests.factories import block


def section(name: str = "first", *, offer: object = True) -> Any:
    value = {"heading": name, "level": "2", "standalone_safe": offer, "blocks": []}
    return block("section", value, name)


SECTION = section()
OFFERED = offered_digests([SECTION])


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (None, None),
        ("text", "text"),
        (["odd", {"type": "section", "value": 3}], ["odd", {"type": "section", "value": 3}]),
        ([section(offer=1)], [section(offer=1)]),
        ([SECTION, "odd"], [SECTION, "odd"]),
        ([SECTION, section("other")], [SECTION, section("other", offer=False)]),
        ([{**SECTION, "id": "other"}], [{**SECTION, "id": "other"}]),
        ([{**SECTION, "type": "rich_text"}], [{**SECTION, "type": "rich_text"}]),
    ],
)  # fmt: skip
def test_only_what_was_cleared_stays_offered(stream: Any, expected: Any) -> None:
    assert cleared_only(stream, OFFERED) == expected
