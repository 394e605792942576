"""What the lists of the library have in common, and the refusal to delete what is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Prefetch
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.models import ReferenceIndex, Revision, WorkflowState
from wagtail.snippets.views.snippets import SnippetViewSet

from ..errors import library_message
from ..models.library import LibrarySnippet
from ..usage import objects_using

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse


def snippet_url(snippet: Any, view: str) -> str:
    """Return the admin address of a *view* (`edit`, `usage`, `inspect`, …) of the snippet."""
    name = snippet.snippet_viewset.get_url_name(view)
    return reverse(name, args=[snippet.pk])


class UsageColumn(Column):
    """How many objects use the row's snippet, linked to their list."""

    cell_template_name = "health_content/admin/usage_cell.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the cell's context with the address of the usage list."""
        context: dict[str, Any] = super().get_cell_context_data(
            instance, parent_context
        )
        return context | {"usage_url": snippet_url(instance, "usage")}


class LibraryViewSet(SnippetViewSet):
    """A list of entries with drafts."""

    list_per_page = 50
    index_results_template_name = "health_content/admin/listing_results.html"
    select_related: tuple[str, ...] = ()

    def get_queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Wagtail's signature
    ) -> QuerySet[Any]:
        """Return the entries with their use, schedule and workflow, in as many queries for two as for fifty."""
        entries = entries_with_state(self.model)
        if not self.select_related:
            return entries
        return entries.select_related(*self.select_related)


def entries_with_state(model: type[Model]) -> QuerySet[Any]:
    """Return the entries of *model* annotated with what a list shows of their state and use."""
    scheduled = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    states = WorkflowState.objects.active()
    entries: QuerySet[Any] = model._default_manager.annotate(  # noqa: SLF001 - Django's documented name
        usage_count=ReferenceIndex.usage_count_subquery(model),
        is_scheduled=Exists(scheduled),
    )
    return entries.prefetch_related(
        Prefetch(
            "_workflow_states", queryset=states, to_attr="_current_workflow_states"
        )
    )


def refuse_deletion_in_use(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponse | None:
    """Return the refusal for the first of *instances* that is an entry of the library in use, else None."""
    for instance in instances:
        if isinstance(instance, LibrarySnippet) and (users := objects_using(instance)):
            titles = [str(user) for user in users]
            messages.error(request, library_message(str(instance), titles))
            return redirect(snippet_url(instance, "usage"))
    return None
