"""The tutorial and the guide to installation, step by step: whoever follows them has a public article in the end."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from cms.demo.content import load_site
from health_content.choices import ContentKind, RiskTier
from health_content.models import DisclaimerSnippet, MedicalReviewTask
from health_content.pages.models import ArticlePage
from health_content.review_forms import MedicalReviewForm
from health_content.selectors.gate import page_decision
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL = (DOCS / "tutorial/first-article.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "how-to/install-in-an-existing-site.md").read_text(encoding="utf-8")
RESOLVE = "/api/content/v1/resolve/?path=/articles/looking-after-a-sore-knee/"


def someone(role: str) -> Any:
    names = {person.role: person.username for person in load_site().people}
    return get_user_model().objects.get(username=names[role])


def seen(client: Client, role: str, page: ArticlePage) -> str:
    """Return the editor of *page*, as whoever has that *role* sees it."""
    client.force_login(someone(role))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.get(url).content.decode()


@pytest.fixture
def imported(demo: str, tmp_path: Path) -> ArticlePage:
    """Return the draft that the tutorial imports."""
    file = tmp_path / "knee.txt"
    (source,) = re.findall(r"```text\n(Looking after.*?)```", TUTORIAL, re.DOTALL)
    file.write_text(source, encoding="utf-8")
    call_command("import_article", str(file), parent="/articles/", stdout=StringIO())
    return ArticlePage.objects.get(slug="looking-after-a-sore-knee")


def test_only_the_review_keeps_the_article_of_the_tutorial_from_going_live(
    imported: ArticlePage,
) -> None:
    decision = page_decision(imported.get_latest_revision_as_object())

    assert [each.reason.code for each in decision.blockers] == ["review_missing"]
    # The note was matched to a disclaimer of the library.
    assert not DisclaimerSnippet.objects.filter(live=False).exists()


def test_the_review_of_the_tutorial_makes_the_article_public(
    imported: ArticlePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    workflow = imported.get_workflow()
    submit, approve = f"Submit to {workflow.name}", "Approve after medical review"
    confirm = str(MedicalReviewForm.base_fields["is_evidence_checked"].label)

    assert submit in seen(client, "editor", imported)
    state = workflow.start(imported, someone("editor")).current_task_state
    assert approve in seen(client, "reviewer", imported)
    with django_capture_on_commit_callbacks(execute=True):
        MedicalReviewTask.objects.get().on_action(
            state, someone("reviewer"), "approve", comment="", is_evidence_checked=True
        )

    assert client.get(RESOLVE).status_code == 200
    assert [f"**{label}**" in TUTORIAL for label in (submit, approve, confirm)] == [True] * 3  # fmt: skip


def test_the_first_article_of_the_guide_goes_live(db: None) -> None:
    kind, risk = ContentKind.LIFESTYLE, RiskTier.LOW
    factories.disclaimer(applies_to_all=True)
    (text,) = re.findall(r"write “(.*?)” into the text", GUIDE)

    page = factories.article(
        factories.index(title="Articles"),
        body=[factories.block("rich_text", f"<p>{text}</p>", "text")],
        content_kind=kind,
        risk_tier=risk,
    )

    assert page.live
    assert [f"**{each.label}**" in GUIDE for each in (kind, risk)] == [True, True]
