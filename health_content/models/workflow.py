"""The medical review as a step of a workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import AbstractGroupApprovalTask, TaskState

from ..approvals import approval_by
from ..errors import PublishBlocked
from ..refusals import refusal_note
from ..review_forms import APPROVE, CONFIRM, OVERRIDE, REJECT, form_for_action

if TYPE_CHECKING:
    from django import forms
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


class MedicalReviewTask(AbstractGroupApprovalTask):
    """A step that only a qualified person takes who did not write the page; being a superuser is no qualification."""

    class Meta:
        verbose_name = _("Medical review task")
        verbose_name_plural = _("Medical review tasks")

    @classmethod
    def get_description(cls) -> _StrPromise:
        """Return what the list of kinds of tasks says."""
        return _(
            "Members of the chosen groups with a verified credential review the content, unless they wrote it"
        )

    def user_can_access_editor(self, _obj: Any, user: AbstractUser) -> bool:
        """Return whether the task lets *user* see the page in the editor."""
        allowed: bool = self._user_in_groups(user)
        return allowed

    def locked_for_user(self, _obj: Any, user: AbstractUser) -> bool:
        """Return whether *user* may not edit the page meanwhile."""
        return not (user.is_superuser or self._user_in_groups(user))

    def get_task_states_user_can_moderate(
        self, user: AbstractUser, **_kwargs: Any
    ) -> QuerySet[TaskState]:
        """Return the reviews that wait for *user*."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        states: QuerySet[TaskState] = self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS
        )
        return states

    def get_actions(
        self, obj: Any, user: AbstractUser
    ) -> list[tuple[str, _StrPromise, bool]]:  # fmt: skip
        """Return what *user* may do now. Approval is offered to those whose review would count.

        It says how much else keeps the page from going live: the reasons are in the panel, and who approves it all the same
        reads them. Who may answer for all of that alone may override it with the approval. Where no statement changed since
        the last full review, they may confirm that instead of reviewing it again.
        """
        # Selectors import models.
        from ..selectors.minor_changes import review_to_confirm
        from ..selectors.overrides import blocking_besides_review, may_answer_alone
        from ..selectors.reviewers import review_fault

        if not self._user_in_groups(user):
            return []
        actions: list[tuple[str, Any, bool]] = [(REJECT, _("Request changes"), True)]
        if not review_fault(obj, user):
            blocking = blocking_besides_review(obj)
            actions.append((APPROVE, _approval(len(blocking)), True))
            if blocking and may_answer_alone(obj, user, blocking):
                actions.append((OVERRIDE, _("Approve, and override what blocks"), True))
            if review_to_confirm(obj) is not None:
                actions.append((CONFIRM, _("Confirm that no statement changed"), True))
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Return the form that *action* asks for."""
        return form_for_action(action)

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: AbstractUser, action_name: str, **kwargs: Any
    ) -> None:
        """Do what the reviewer chose; an approval is recorded first, bound to the newest content.

        Raises:
            PermissionDenied: *user* may not do that, or did not confirm that the evidence was checked.
            PublishBlocked: with the reason why the review of *user* would not count.
        """
        from ..models.review import ReviewScope
        from ..services.overrides import overrides_grant_all
        from ..services.reviews import review_confirm, review_record, review_reject

        revision = task_state.workflow_state.content_object.get_latest_revision()
        page = revision.as_object()
        if action_name not in {name for name, *_rest in self.get_actions(page, user)}:
            self._refuse(page, user)
        comment = kwargs.get("comment", "")
        form = form_for_action(action_name)(data=kwargs)
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        if action_name == REJECT:
            review_reject(page, reviewer=user, reason=comment)
        else:
            task_state.revision = revision
            task_state.save(update_fields=["revision"])
        if action_name == CONFIRM:
            review_confirm(page, reviewer=user, comment=comment, task_state=task_state)
            action_name = APPROVE  # The step is done: Wagtail knows one way to say so.
        elif action_name in {APPROVE, OVERRIDE}:
            if action_name == OVERRIDE:
                overrides_grant_all(page, actor=user, reason=kwargs.get("reason", ""))
            action_name = APPROVE
            review_record(
                page,
                reviewer=user,
                scope=ReviewScope.FULL,
                comment=comment,
                task_state=task_state,
                clears_sections=form.cleaned_data["clears_sections"],
            )
        with approval_by(user.pk, page.pk):
            super().on_action(task_state, user, action_name, comment=comment)

    def _refuse(self, page: Any, user: AbstractUser) -> NoReturn:
        """Refuse what is not offered to *user*; whoever changed the page while they read it is told that they did."""
        from ..selectors.reviewers import review_fault

        fault = review_fault(page, user) if self._user_in_groups(user) else ""
        if not fault:
            raise PermissionDenied
        refusal = PublishBlocked([fault])
        refusal_note(refusal)
        raise refusal


def _approval(blocking: int) -> Any:
    """Return what stands on the button that approves."""
    if not blocking:
        return _("Approve after medical review")
    text = ngettext(
        "Approve after medical review (%(count)d other finding blocks)",
        "Approve after medical review (%(count)d other findings block)",
        blocking,
    )
    return text % {"count": blocking}
