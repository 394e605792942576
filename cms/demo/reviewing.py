"""The workflow of the demonstration: what is submitted waits for the medical reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from health_content.models import MedicalReviewTask

from .people import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import AbstractPage

NAME = "Medical review (demo)"


@transaction.atomic
def workflow_ensure(homes: Iterable[AbstractPage]) -> None:
    """Have what is submitted below *homes* reviewed; a home page that has a workflow keeps it."""
    workflow, is_new = Workflow.objects.get_or_create(name=NAME)
    if is_new:
        task = MedicalReviewTask.objects.create(name=NAME)
        task.groups.add(Group.objects.get(name=GROUPS["reviewer"]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for home in homes:
        WorkflowPage.objects.get_or_create(
            page_id=home.pk, defaults={"workflow": workflow}
        )
