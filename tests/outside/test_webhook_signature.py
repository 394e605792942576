"""What we sign in Python, the JavaScript library of Standard Webhooks verifies."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from health_content.delivery.signing import format_secret, sign

if TYPE_CHECKING:
    from .conftest import Node

pytestmark = pytest.mark.outside

NEW, OLD, FOREIGN = (format_secret(bytes([number]) * 32) for number in (1, 2, 3))
PAYLOAD = {"type": "article.withdrawn", "data": {"path": "/es/artículos/ñ/", "id": 3}}
BODY = json.dumps(PAYLOAD, ensure_ascii=False)


def message(name: str, secret: str, **changes: Any) -> dict[str, Any]:
    """Return a message that was signed while the secret was rotated, for a receiver who has *secret*."""
    sent_at = changes.pop("sent_at", datetime.now(tz=UTC))
    headers = sign("msg_1", sent_at, BODY, secrets=[NEW, OLD])
    headers |= changes.pop("headers", {})
    return {"name": name, "secret": secret, "headers": headers, "body": BODY, **changes}


def test_the_javascript_library_accepts_both_secrets_and_nothing_that_was_changed(
    node: Node,
) -> None:
    node.copy("verify.mjs")
    late = datetime.now(tz=UTC) - timedelta(minutes=10)
    messages = [
        message("new secret", NEW),
        message("old secret", OLD),
        message("another secret", FOREIGN),
        message("another body", NEW, body=BODY.replace("3", "4")),
        message("another id", NEW, headers={"webhook-id": "msg_2"}),
        message("another time", NEW, headers={"webhook-timestamp": str(int(late.timestamp()) + 590)}),
        message("sent too long ago", NEW, sent_at=late),
        message("without a signature", NEW, headers={"webhook-signature": ""}),
    ]  # fmt: skip
    node.put("messages.json", json.dumps(messages))

    outcomes = json.loads(node.succeed("node", "verify.mjs"))

    assert outcomes == {
        "new secret": PAYLOAD,
        "old secret": PAYLOAD,
        "another secret": "No matching signature found",
        "another body": "No matching signature found",
        "another id": "No matching signature found",
        "another time": "No matching signature found",
        "sent too long ago": "Message timestamp too old",
        "without a signature": "Missing required headers",
    }
