"""A client of the content API with a token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.test import Client

from tests.delivery.conftest import API
from tests.delivery.test_tokens import make_token

if TYPE_CHECKING:
    from health_content.delivery.scopes import Scope


class Caller:
    """Sends JSON and, when it has one, its token."""

    def __init__(self, text: str | None, *, token: Any = None) -> None:
        self.token = token
        self.headers = {"Authorization": f"Bearer {text}"} if text else {}
        self._client = Client()

    @property
    def owner(self) -> Any:
        return self.token.user

    def get(self, path: str) -> Any:
        return self.request("get", path, None)

    def post(self, path: str, body: Any) -> Any:
        return self.request("post", path, body)

    def request(self, method: str, path: str, body: Any) -> Any:
        """Send *body* as JSON; None sends nothing."""
        given: dict[str, Any] = {"headers": self.headers}
        if method != "get":
            data = "" if body is None else json.dumps(body)
            given |= {"data": data, "content_type": "application/json"}
        return getattr(self._client, method)(f"{API}{path}", **given)


def token_of(owner: Any, *scopes: Scope, sites: Any = None) -> Caller:
    """Return a client with a token of *owner*, for the *sites* or, without them, for all."""
    token, text = make_token(
        *scopes, owner=owner, sites=sites or (), everywhere=sites is None
    )
    return Caller(text, token=token)
