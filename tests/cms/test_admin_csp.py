"""The admin's content security policy allows Wagtail's own starters, and no other inline script."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest

from cms.admin_csp import is_starter, starter_hashes

if TYPE_CHECKING:
    from django.test import Client

DATE_STARTER = 'initDateTimeChooser("id_go_live_at", {"dayOfWeekStart": 0, "format": "Y-m-d H:i"});'
CHOOSER_STARTER = 'new PageChooser("id_page", {"modalUrl": "/admin/choose-page/"});'
PANEL_STARTER = """
        (function() {
            var panel = new InlinePanel(JSON.parse("{\\u0022formsetPrefix\\u0022: \\u0022id_x\\u0022}"));
        })();
    """


@pytest.mark.parametrize(
    "script",
    [
        DATE_STARTER,
        CHOOSER_STARTER,
        PANEL_STARTER,
        'initDateChooser("id_created\\u002Dat", {});',
        'new wagtailSnippets.SnippetChooser("id_snippet", {"linkedFields": {"a": "#id_b"}});',
    ],
)
def test_wagtails_own_starters_are_known(script: str) -> None:
    assert is_starter(script)


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateTimeChooser("id", alert(1));',
        'initDateTimeChooser("id", {"format": document.cookie});',
        'initDateTimeChooser("id", {}); alert(1);',
        'initDateTimeChooser("id", {});\nalert(1);//});',
        'new PageChooser("id", `${alert(1)}`);',
        'new Function("alert(1)")();',
        'new Function("alert(1)");',
        'eval("alert(1)");',
        PANEL_STARTER + "alert(1)",
        PANEL_STARTER.replace('"{', '" + alert(1) + "{'),
    ],
)
def test_anything_else_is_not_a_starter(script: str) -> None:
    assert not is_starter(script)


def test_each_starter_is_allowed_by_its_hash_once() -> None:
    digest = base64.b64encode(hashlib.sha256(DATE_STARTER.encode()).digest()).decode()
    html = f"<script>{DATE_STARTER}</script><script>alert(1)</script><script>{DATE_STARTER}</script>"

    sources = starter_hashes(html)

    assert sources == [f"'sha256-{digest}'"]


@pytest.mark.django_db
def test_the_admins_policy_has_a_nonce_for_styles_and_no_unsafe_source(
    admin_client: Client,
) -> None:
    response = admin_client.get("/admin/")

    policy = response.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert "unsafe" not in policy
    assert directives["style-src"].startswith("'self' 'nonce-")
    assert directives["script-src"] == "'self'"


@pytest.mark.django_db
def test_a_public_page_has_neither_nonce_nor_hash(client: Client) -> None:
    response = client.get("/no-such-page/")

    policy = response.headers["Content-Security-Policy"]
    assert "nonce-" not in policy
    assert "sha256-" not in policy
    assert "unsafe" not in policy
