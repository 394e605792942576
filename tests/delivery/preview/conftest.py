"""A site with a front end, editors who press Preview, and a front end that exchanges and reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import editor

from ..conftest import API

if TYPE_CHECKING:
    from django.http import HttpResponse
    from wagtail.models import Page

FRONT_END = "https://www.example.org/api/preview?draft=1"


@pytest.fixture(autouse=True)
def _front_end(settings: Any) -> None:
    """Give every site a front end."""
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "PREVIEW_URLS": {"*": FRONT_END}
    }


@dataclass
class Editor:
    """Somebody who is logged in to the admin."""

    user: Any = field(default_factory=lambda: editor("add", "change"))
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.user)

    def press(self, page: Page, mode: str = "front_end") -> HttpResponse:
        """Return what the editor's browser gets for the latest draft of *page*."""
        url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
        response: HttpResponse = self.client.get(url, {"mode": mode})
        return response

    def code(self, page: Page) -> str:
        """Return the code that the browser takes to the front end."""
        return query_of(self.press(page))["code"]

    def token(self, page: Page) -> str:
        """Return the token that the front end gets."""
        token: str = exchange(self.code(page)).json()["token"]
        return token


def query_of(response: HttpResponse) -> dict[str, str]:
    """Return the query of the address that *response* leads to."""
    return dict(parse_qsl(urlsplit(response.headers["Location"]).query))


def exchange(code: str, **more: Any) -> Any:
    """Return the API's answer to a front end that exchanges *code*."""
    return Client().post(
        f"{API}preview/sessions/",
        {"code": code, **more},
        content_type="application/json",
    )


def read(path: str, token: str, headers: dict[str, str] | None = None) -> Any:
    """Return the API's answer to a front end that shows *token*."""
    bearer = {"Authorization": f"Bearer {token}"}
    return Client().get(f"{API}{path}", headers=bearer | (headers or {}))
