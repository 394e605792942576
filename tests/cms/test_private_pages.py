"""Private pages ask in the site's frame, and say nothing of what they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import article

from .reading import parse, read, texts

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_password_is_asked_for_in_the_frame(client: Client) -> None:
    page = article(title="Secret title", summary="Secret summary", slug="members")
    PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="open"
    )

    tree = read(client, "/members/")

    assert texts(tree, "h1") == ["Password required"]
    assert tree.select(".site-header") != []
    assert "Secret" not in str(tree)
    form = tree.select_one(".site-form")
    assert form is not None
    fields = {node["name"]: node.get("value") for node in form.select("input[name]")}
    answer = client.post(str(form["action"]), fields | {"password": "open"})
    assert answer.headers["Location"].endswith("/members/")
    assert texts(read(client, "/members/"), "h1") == ["Secret title"]


def test_a_login_is_asked_for_in_the_frame(client: Client) -> None:
    page = article(title="Secret title", slug="members")
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    response = client.get("/members/", follow=True)

    tree = parse(response.content.decode())
    assert texts(tree, "h1") == ["Log in"]
    assert tree.select(".site-header") != []
    assert "Secret" not in str(tree)
    assert tree.select_one('.site-form [name="next"]')["value"] == "/members/"  # type: ignore[index]
