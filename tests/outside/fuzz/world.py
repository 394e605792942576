"""What the calls of schemathesis need beside the demonstration: `python -m tests.outside.fuzz.world` makes it.

A token that may do everything, a menu, topics, a page to withdraw, a page behind a password, a redirect, and codes of
previews. It prints what no list of the API tells, as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django
from django.db import transaction

# More than `make fuzz` asks for; each is good once.
CODES = 600
# A page_preview code opens for as long as a token of a preview lives, which is shorter than `make fuzz` takes.
PAGE_PREVIEW_CODES = 20
PASSWORD = "open-sesame"


def build() -> dict[str, Any]:
    """Make it, and return what cannot be read."""
    from django.contrib.auth import get_user_model
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import PageViewRestriction, Site

    from health_content.delivery.scopes import Scope
    from health_content.delivery.tokens import Rights, token_create
    from health_content.pages.models import ArticlePage
    from tests import factories

    admin = get_user_model().objects.get(username="admin")
    site = Site.objects.get(is_default_site=True)
    topics = [factories.topic("Asked often"), factories.topic("Asked seldom")]
    shown = _published(factories.article(title="Topical", topics=topics, live=False))
    guarded = _published(factories.article(title="Guarded", live=False))
    withdrawn = _published(factories.faq(title="Withdrawn", live=False))
    PageViewRestriction.objects.create(page=guarded, restriction_type="password", password=PASSWORD)  # fmt: skip
    factories.menu("asked", factories.menu_page(shown), site=site)
    Redirect.add_redirect("/asked-before", redirect_to=shown, is_permanent=True)
    rights = Rights(scopes=list(Scope), has_all_sites=True)
    _row, token = token_create(admin, name="Fuzz", rights=rights)
    draft = ArticlePage.objects.live().exclude(pk__in=[shown.pk, guarded.pk]).first()
    return {
        "token": token,
        "withdrawn": withdrawn.pk,
        "guarded": guarded.pk,
        "guarded_path": guarded.get_url(),
        "password": PASSWORD,
        "topics": [topic.slug for topic in topics],
        **_preview(draft, admin),
    }


def _published(page: Any) -> Any:
    """Publish *page*, reviewed by the demonstration's reviewer."""
    from django.contrib.auth import get_user_model

    from health_content.services.reviews import review_record

    reviewer = get_user_model().objects.get(username="reviewer")
    revision = page.save_revision()
    review_record(revision.as_object(), reviewer=reviewer)  # type: ignore[arg-type]
    revision.publish()
    page.refresh_from_db()
    return page


def _preview(page: Any, admin: Any) -> dict[str, Any]:
    """Return a draft of *page*, and codes of it that are good for a day: an editor's browser would bring each as it is made."""
    from django.utils import timezone

    from health_content.delivery.models import PreviewGrant
    from health_content.delivery.preview.services import code_issue, draft_store
    from health_content.selectors.addresses import site_label

    draft = draft_store(page, user=admin, is_followed=False)
    codes = [code_issue(draft) for _ in range(CODES + PAGE_PREVIEW_CODES)]
    PreviewGrant.objects.update(code_expires_at=timezone.now() + timedelta(days=1))
    return {
        "codes": codes[PAGE_PREVIEW_CODES:],
        "page_preview_codes": codes[:PAGE_PREVIEW_CODES],
        "draft": {
            "page": page.pk,
            "path": draft.path,
            "site": site_label(draft.site),
            "locale": draft.locale,
            "model": draft.model.lower(),
        },
    }


if __name__ == "__main__":
    django.setup()
    with transaction.atomic():
        made = build()
    json.dump(made, sys.stdout)
