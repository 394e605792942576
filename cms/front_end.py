"""The address of the demonstration's front end: a page without content, whose script asks the content API for all of it.

It stands for a site that is made and hosted elsewhere, so that previews in a front end can be seen without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_update
from django.conf import settings
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@xframe_options_exempt
@csp_update({"frame-ancestors": [settings.WAGTAILADMIN_BASE_URL]})
def demo_front_end(request: HttpRequest) -> HttpResponse:
    """Return the page, which the editor's preview panel may frame."""
    response = render(request, "demo_front_end.html")
    # A preview's code is in the address until the script has exchanged it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
