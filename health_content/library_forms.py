"""The editing forms of the library: plain fields for what is stored otherwise, and who looked a credential up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from .csl import author_line, csl_faults, date_parts, parse_author
from .models.references import csl_message

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject

TYPE_CHOICES = [
    ("article-journal", _("Article in a journal")),
    ("report", _("Report or guideline")),
    ("webpage", _("Web page")),
    ("book", _("Book")),
    ("chapter", _("Chapter of a book")),
    ("legislation", _("Law or regulation")),
    ("dataset", _("Data")),
    ("document", _("Something else")),
]
# What a form field is called in CSL-JSON, where it is a plain text there.
TEXT_FIELDS = {
    "csl_title": "title", "container": "container-title", "container_short": "container-title-short",
    "publisher": "publisher", "publisher_place": "publisher-place", "volume": "volume", "issue": "issue",
    "page": "page", "edition": "edition", "doi": "DOI", "pmid": "PMID", "url": "URL",
}  # fmt: skip
CITATION_FIELDS = ("csl_type", "authors_text", "issued", "accessed", *TEXT_FIELDS)
FIELD_OF = {
    "type": "csl_type",
    "author": "authors_text",
    **{name: name for name in ("issued", "accessed")},
    **{variable: name for name, variable in TEXT_FIELDS.items()},
}


class PersonForm(WagtailAdminModelForm):
    """Notes who looked a credential up: whoever gave, or changed, the day."""

    def save(self, commit: bool = True) -> Any:
        """Save the person, and with each credential whoever says that they looked it up."""
        credentials = self.formsets.get("credentials")
        for form in credentials.forms if credentials is not None else ():
            if "verified_at" in form.changed_data:
                is_given = form.cleaned_data.get("verified_at") is not None
                form.instance.verified_by = self.for_user if is_given else None
        return super().save(commit=commit)


def _text(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, **kwargs)


class ReferenceForm(WagtailAdminModelForm):
    """A citation in plain fields, or pasted as CSL-JSON; stored as CSL-JSON either way."""

    csl_type = forms.ChoiceField(
        label=_("Type"), choices=TYPE_CHOICES, initial="article-journal"
    )
    csl_title = _text(
        _("Title"),
        _("Of the article, report, book or page, as it is written there."),
        max_length=500,
    )
    authors_text = _text(
        _("Authors"),
        _("One on each line: “Vickers AJ”, “Vickers, Andrew J”, or an organization."),
        widget=AdminAutoHeightTextInput,
    )
    container = _text(_("Journal, book or website"), max_length=300)
    container_short = _text(
        _("Short name of the journal"),
        _("As PubMed has it: “J Pain”. Citations use it where it is given."),
        max_length=120,
    )
    publisher = _text(_("Publisher or organization"), max_length=300)
    publisher_place = _text(_("Place of the publisher"), max_length=120)
    issued = _text(
        _("Published"), _("A year, or a date such as 2023-12-07."), max_length=10
    )
    volume = _text(_("Volume"), max_length=40)
    issue = _text(_("Issue"), max_length=40)
    page = _text(_("Pages"), _("Such as 455-474, or e316."), max_length=60)
    edition = _text(_("Edition"), max_length=40)
    doi = _text(
        _("DOI"), _("Such as 10.1000/182. A doi.org address works too."), max_length=200
    )
    pmid = _text(
        _("PubMed identifier"),
        _("The number that PubMed shows as PMID."),
        max_length=60,
    )
    url = _text(
        _("Web address"),
        _("For a source without DOI, or where readers may read it for free."),
        max_length=500,
    )
    accessed = forms.DateField(
        label=_("Read there on"),
        help_text=_("For web pages, which change."),
        required=False,
        widget=AdminDateInput,
    )
    pasted = _text(
        _("CSL-JSON"),
        _(
            "Reference managers such as Zotero export it. What is pasted here replaces all of the fields above."
        ),
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        csl = self.instance.csl
        if not csl:
            return
        kind: Any = self.fields["csl_type"]
        known = dict(TYPE_CHOICES)
        if csl["type"] not in known:
            kind.choices = [*TYPE_CHOICES, (csl["type"], csl["type"])]
        self.initial |= {
            "csl_type": csl["type"],
            "authors_text": "\n".join(author_line(n) for n in csl.get("author", [])),
            "issued": "-".join(f"{n:02}" for n in date_parts(csl.get("issued"))),
            "accessed": "-".join(f"{n:02}" for n in date_parts(csl.get("accessed"))),
        }
        self.initial |= {
            name: csl.get(variable, "") for name, variable in TEXT_FIELDS.items()
        }

    def clean(self) -> dict[str, Any] | None:
        """Make the citation of what was given, and say beside the field what is wrong with it."""
        cleaned: dict[str, Any] | None = super().clean()
        is_pasted = bool(self.cleaned_data.get("pasted"))
        csl = self._pasted() if is_pasted else self._given()
        for fault in csl_faults(csl) if csl is not None else ():
            name = "pasted" if is_pasted else FIELD_OF.get(fault.field, "csl_type")
            self.add_error(name, csl_message(fault))
        self.instance.csl = csl or {}
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """Leave out what the model says of the citation: `clean` said it beside the fields."""
        if hasattr(errors, "error_dict"):
            errors.error_dict.pop("csl", None)
        super()._update_errors(errors)

    def _pasted(self) -> Json:
        """Return the citation that was pasted: one object, or a list of one, as reference managers export it."""
        try:
            found: Json = json.loads(self.cleaned_data["pasted"])
        except (ValueError, RecursionError):
            message = gettext("This is not JSON.")
            self.add_error("pasted", ValidationError(message, code="json"))
            return None
        if isinstance(found, list) and len(found) == 1:
            return found[0]
        return found

    def _given(self) -> JsonObject:
        """Return the citation of the plain fields; what only a paste can give stays as it is."""
        given = self.cleaned_data
        csl: JsonObject = {
            variable: value
            for variable, value in (self.instance.csl or {}).items()
            if variable not in FIELD_OF
        }
        csl["type"] = given.get("csl_type") or "document"
        csl |= {
            variable: given[name]
            for name, variable in TEXT_FIELDS.items()
            if given.get(name)
        }
        lines = (given.get("authors_text") or "").splitlines()
        if authors := [parse_author(line) for line in lines if line.strip()]:
            csl["author"] = [*authors]
        if issued := given.get("issued"):
            csl["issued"] = {"raw": issued.strip()}
        if accessed := given.get("accessed"):
            parts: list[Json] = [accessed.year, accessed.month, accessed.day]
            csl["accessed"] = {"date-parts": [parts]}
        return csl
