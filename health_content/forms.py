"""The editing form of health pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from .topic_field import RELATIONS


class TopicCheckboxes(CheckboxSelectMultiple):
    """All topics at once, in a box that scrolls when they are many."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "hp-topics", **(attrs or {})})


class SectionForm(WagtailAdminPageForm):
    """Says beside the field which disclaimer `save()` would refuse to make live."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation and "action-submit" not in self.data:
            self._refuse_disclaimers()

    def _refuse_disclaimers(self) -> None:
        # Services import models, and models of a site import this module.
        from .services.publishable import disclaimer_faults

        for name, faults in disclaimer_faults(self.instance).items():
            if name in self.cleaned_data:
                errors = [ValidationError(fault) for fault in faults]
                self.add_error(
                    name, StreamBlockValidationError(non_block_errors=errors)
                )


class IndexForm(SectionForm):
    """The form of a section: says what it must not claim, too."""

    def _post_clean(self) -> None:
        super()._post_clean()
        # Services import models, and models of a site import this module.
        from .services.words import section_words_faults

        if "action-publish" in self.data:
            for fault in section_words_faults(self.instance):
                self.add_error(None, fault)


class DisclaimerForm(WagtailAdminModelForm):
    """The form of a disclaimer: says what `save()` would refuse to make live."""

    def _post_clean(self) -> None:
        super()._post_clean()
        # Services import models, and models import this module.
        from .services.words import disclaimer_words_faults

        if "action-publish" in self.data:
            for fault in disclaimer_words_faults(self.instance):
                self.add_error("body", fault)


class HealthPageForm(SectionForm):
    """Says beside the field what `save()` would refuse to make live. Drafts and submissions for review may be incomplete."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.path and self.parent_page is not None:
            self.instance.place_below = self.parent_page.path
        # Models of a site import this module.
        from .models.topics import TOPICS_ABOVE

        if "topics" in self.fields:
            topics: Any = self.fields["topics"]
            topics.queryset = topics.queryset.select_related(TOPICS_ABOVE)
        for name in RELATIONS:
            if name in self.fields:
                self._offer(name)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or "action-submit" in self.data:
            return
        # Services import models, and models of a site import this module.
        from .services.gate import gate_faults
        from .services.publishable import withdrawal_fault

        if "action-publish" in self.data:
            self._choose()
            if fault := withdrawal_fault(self.instance):
                self.add_error(None, fault)
            for fault in gate_faults(self.instance):
                self.add_error(None, fault)

    def _choose(self) -> None:
        """Let the page name what was chosen in the form: Django would do so only when it saves."""
        for name in RELATIONS:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])

    def _offer(self, name: str) -> None:
        """Offer what there is in the page's language; what a translated page brought is its own translation here."""
        field: Any = self.fields[name]
        chosen: list[Any] = list(self.initial.get(name) or ())
        locale = self.instance.locale_id
        everything = field.queryset
        foreign = {c.translation_key: c for c in chosen if c.locale_id != locale}
        if foreign:
            local = everything.filter(locale=locale, translation_key__in=foreign)
            known = {entry.translation_key: entry for entry in local}
            chosen = [known.get(entry.translation_key, entry) for entry in chosen]
            self.initial[name] = chosen
        offered = Q(locale=locale) | Q(pk__in=[entry.pk for entry in chosen])
        field.queryset = everything.filter(offered)
        names = [(e.pk, getattr(e, "trail", str(e))) for e in field.queryset]
        field.choices = sorted(names, key=lambda choice: choice[1].casefold())
