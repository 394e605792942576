"""The editing form of health pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError


class HealthPageForm(WagtailAdminPageForm):
    """Says beside the field what `save()` would refuse to make live. Drafts and submissions for review may be incomplete."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or "action-submit" in self.data:
            return
        # Services import models, and models of a site import this module.
        from .services.publishable import disclaimer_faults, withdrawal_fault

        if "action-publish" in self.data and (fault := withdrawal_fault(self.instance)):
            self.add_error(None, fault)

        for name, faults in disclaimer_faults(self.instance).items():
            if name in self.cleaned_data:
                errors = [ValidationError(fault) for fault in faults]
                self.add_error(
                    name, StreamBlockValidationError(non_block_errors=errors)
                )
