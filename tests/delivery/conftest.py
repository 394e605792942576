"""What the tests of delivery share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Callable

API = "/api/content/v1/"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Return a context manager at whose end what waits for the commit is run, as a real transaction would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def get() -> Callable[..., Any]:
    """Return `get(path, **query)`: a request to the content API, as anybody."""
    client = Client()

    def request(
        path: str = "", /, *, headers: dict[str, str] | None = None, **query: Any
    ) -> Any:
        return client.get(f"{API}{path}", query, headers=headers or {})

    return request
