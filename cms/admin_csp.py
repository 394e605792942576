"""The content security policy of the Wagtail admin, kept as strict as the site's.

Wagtail's server-rendered date pickers and choosers start themselves with an inline script: one call of a known function
with literal arguments. A response of the admin allows exactly those scripts, by the hash of each: what is not such a call
stays blocked, and `unsafe-inline` is never needed. The rich text editor makes style elements in the browser;
`admin-csp.js` marks them with the response's nonce.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# The widgets of dates and times, in wagtailadmin/widgets, and the choosers, in wagtail/admin/widgets/chooser.py.
STARTER_CALL = re.compile(
    r"(?:init(?:Date|Time|DateTime)Chooser|new [A-Za-z][\w.]*Chooser)\((.*)\);",
    re.DOTALL,
)
# The panels of inline forms, in wagtailadmin/panels: inline_panel.html and multiple_chooser_panel.html.
PANEL_CALL = re.compile(
    r"\s*\(function\(\) \{\s*var panel = new (?:InlinePanel|MultipleChooserPanel)"
    r"\(JSON\.parse\((\"[^\"\n]*\")\)\);\s*\}\)\(\);\s*"
)


class AdminCSPMiddleware:
    """Extend the policy of the admin's pages; goes after `csp.middleware.CSPMiddleware` in the list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; a page of the admin carries the hashes and the nonce it needs."""
        response = self.get_response(request)
        if _is_admin_page(request, response):
            text = response.content.decode(response.charset)
            # What django-csp's own decorators set.
            response._csp_update = {  # type: ignore[attr-defined]  # noqa: SLF001
                "script-src": starter_hashes(text),
                "style-src": [f"'nonce-{request.csp_nonce}'"],  # type: ignore[attr-defined]
            }
        return response


def starter_hashes(html: str) -> list[str]:
    """Return the CSP sources of the inline scripts in *html* that do no more than start a widget of Wagtail's."""
    scripts = {script for script in INLINE_SCRIPT.findall(html) if is_starter(script)}
    return sorted(_source(script) for script in scripts)


def is_starter(script: str) -> bool:
    """Tell whether *script* is one call of a known function, with nothing but JSON literals as arguments."""
    match = STARTER_CALL.fullmatch(script) or PANEL_CALL.fullmatch(script)
    if match is None:
        return False
    try:
        json.loads(f"[{match[1]}]")
    except ValueError:
        return False
    return True


def _source(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _is_admin_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.path.startswith(reverse("wagtailadmin_home"))
        and not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
    )
