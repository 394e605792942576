"""What makes a page a health page, as abstract models that a site may put on page classes of its own.

A concrete page is `class ArticlePage(ArticleMixin, <the site's base page>)`; the mixin comes first, so that its `save()`
sees every route to publication. `health_content.pages` holds ready-made ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import (
    FieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import COMMENTS_RELATION_NAME

from .actors import acting, actor_active
from .approvals import is_approval
from .blocks import BodyBlock, FAQBodyBlock
from .compat import api_field
from .content_digest import GATED_FIELDS
from .disclaimer_fields import PageDisclaimersMixin, SectionDisclaimersMixin
from .errors import PublishBlocked
from .fields import LeanStreamField
from .forms import HealthPageForm, TopicCheckboxes
from .front_end import front_end_previews
from .governance import GovernanceMixin
from .topic_field import TopicsField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.panels import Panel
    from wagtail.api import APIField
    from wagtail.models import Revision
    from wagtail.url_routing import RouteResult

    from .document_facts import JsonObject

INTRODUCTION_FEATURES = [
    "bold", "italic", "superscript", "subscript", "link", "document-link",
]  # fmt: skip
# Characters: what search engines and cards show, with room to spare.
SUMMARY_MAX_LENGTH = 300
JSON_PREVIEW = "json"

# A save of these fields alone changes nothing that a reader sees.
BOOKKEEPING_FIELDS = frozenset(
    {
        COMMENTS_RELATION_NAME, "draft_title", "has_unpublished_changes", "latest_revision",
        "latest_revision_created_at", "locked", "locked_at", "locked_by", "numchild",
    }
)  # fmt: skip


class RepliesMode(models.TextChoices):
    """What readers may do with replies under a page."""

    OPEN = "open", _("Open: readers may reply")
    READ_ONLY = "read_only", _("Read only: replies are shown, no new ones")
    CLOSED = "closed", _("Closed: a notice stands in their place")
    HIDDEN = "hidden", _("Hidden: replies are not mentioned")


class DocumentMixin(models.Model):
    """A page whose published form is a document: recorded when it goes live, previewed as JSON."""

    if TYPE_CHECKING:  # What the page class that stands beside the mixin brings.
        title: str
        live: bool
        first_published_at: datetime | None
        last_published_at: datetime | None

    search_auto_update: ClassVar[bool] = False
    """Wagtail would index in the transaction of the save, and two saves could block each other: see `save`."""

    document_type: ClassVar[str] = ""
    """The document's `type`: `article`, `faq` or `index`."""

    has_new_record = False
    """Whether the last save of this object appended to the page's record."""

    place_below: str = ""
    """Tree path of the page below which this one is being made, while it has no path of its own."""

    gate_statement: JsonObject | None = None
    """What the gate said when the last save of this object let it be public."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=INTRODUCTION_FEATURES,
        help_text=_(
            "A short paragraph above the body: what the page is about, and for whom."
        ),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=SUMMARY_MAX_LENGTH,
        help_text=_(
            "One or two sentences without formatting, for lists of pages, and for search engines when the meta description is empty."
        ),
    )

    health_api_fields: ClassVar[Sequence[APIField]] = (
        api_field("introduction", writable=True),
        api_field("summary", writable=True),
    )
    health_search_fields: ClassVar[Sequence[index.BaseField]] = (
        index.SearchField("introduction"),
        index.SearchField("summary"),
    )
    health_content_panels: ClassVar[Sequence[Panel]] = (FieldPanel("introduction"),)
    health_about_panels: ClassVar[Sequence[Panel]] = ()
    health_safety_panels: ClassVar[Sequence[Panel]] = ()
    health_promote_panels: ClassVar[Sequence[Panel]] = (FieldPanel("summary"),)

    class Meta:
        abstract = True

    def save(
        self,
        clean: bool = True,
        user: Any = None,
        log_action: bool | str = False,
        **kwargs: Any,
    ) -> None:
        """Save, and record the document in the same transaction if a reader may see a difference.

        Every route that makes a page public ends here: admin, workflow, schedule, API, code.
        """
        # Services import models, and models of a site import this module.
        from .services.publication import first_date_keep
        from .services.search_index import page_index_later

        page: Any = super()
        fields = kwargs.get("update_fields")
        if self.live and "first_published_at" in (fields or ()):
            first_date_keep(self)
        if self.live and self.first_published_at is None and fields is None:
            # Wagtail's create view saves the page live before it publishes it: both must give the same document.
            self.first_published_at = self.last_published_at = timezone.now()
        is_bookkeeping = fields is not None and BOOKKEEPING_FIELDS.issuperset(fields)
        with transaction.atomic():
            page.save(clean=clean, user=user, log_action=log_action, **kwargs)
            page_index_later(self, fields if is_bookkeeping else None)
            self.has_new_record = not is_bookkeeping and self._record(user)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish *revision*; one whose time has come and that cannot go live is taken off the schedule.

        Raises:
            PublishBlocked: a check speaks against it, and somebody (not the schedule) asked.
            ValidationError: a field does, its slug that was taken meanwhile, and somebody asked.
        """
        from .services.schedules import revision_unschedule

        page: Any = super()
        user = args[0] if args else kwargs.get("user")
        if is_approval(user.pk if user else None, self.pk):
            kwargs["skip_permission_checks"] = True
        try:
            with acting(user):
                page.publish(revision, *args, **kwargs)
        except (PublishBlocked, ValidationError) as error:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            revision_unschedule(self, revision, error)

    def _record(self, user: Any) -> bool:
        """Bring the page's record up to date; return whether something was appended."""
        from .services.publication import publication_close, publication_record

        actor = user or actor_active("publish")
        if self.live:
            return publication_record(self, actor=actor, reason="publish").is_new
        return publication_close(self, actor=actor, reason="unpublish") is not None

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Return what answers at this address, as the API does: a page of ours that is on record. Costs one query.

        Raises:
            Http404: nothing does, or the row was made live beside `save` and was never published.
        """
        # Selectors import models, and models of a site import this module.
        from .selectors.visibility import page_is_published

        page: Any = super()
        found: RouteResult = page.route(request, path_components)
        is_own: bool = found.page is self
        if is_own and not page_is_published(found.page):
            raise Http404
        return found

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return the page's previews: in its front end, where it has one, as this site shows it, and as the API gives it."""
        page: Any = super()
        in_front_end = front_end_previews().modes(self)
        return [*in_front_end, *page.preview_modes, (JSON_PREVIEW, _("API document"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the preview; the API document is private and is never stored."""
        elsewhere = front_end_previews().serve(self, request, mode_name)
        if elsewhere is not None:
            return elsewhere
        if mode_name != JSON_PREVIEW:
            page: Any = super()
            response: HttpResponse = page.serve_preview(request, mode_name)
            return response
        # Selectors import models, and models of a site import this module.
        from .selectors import page_document

        return JsonResponse(
            page_document(self),
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Cache-Control": "private, no-store"},
        )


class HealthPageMixin(PageDisclaimersMixin, GovernanceMixin, DocumentMixin):
    """A document about health: it says who made it and on what sources, carries disclaimers, and may be replied to."""

    topics = TopicsField(
        "health_content.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        help_text=_(
            "What the page is about. Lists and searches by topic find the page by these, and by the wider topics they belong to."
        ),
    )
    replies_mode = models.CharField(
        _("replies"),
        max_length=10,
        choices=RepliesMode.choices,
        default=RepliesMode.OPEN,
        help_text=_(
            "What readers may do under the page. Replies already published stay until a moderator removes them."
        ),
    )

    health_api_fields = (
        *DocumentMixin.health_api_fields,
        *PageDisclaimersMixin.disclaimers_api_fields,
        api_field("replies_mode", writable=True),
        api_field("topics", writable=True),
        *GovernanceMixin.governance_api_fields,
    )
    health_search_fields = (
        *DocumentMixin.health_search_fields,
        index.FilterField("replies_mode"),
        *GovernanceMixin.governance_search_fields,
    )
    health_safety_panels = (
        *PageDisclaimersMixin.disclaimers_panels,
        *GovernanceMixin.governance_safety_panels,
        FieldPanel("replies_mode", icon="comment"),
    )
    health_promote_panels = (
        FieldPanel("topics", widget=TopicCheckboxes, icon="tag"),
        *DocumentMixin.health_promote_panels,
    )

    base_form_class = HealthPageForm

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; refuse to be live while a check of the gate speaks against it.

        Raises:
            PublishBlocked: with the reasons; nothing was saved.
        """
        from .services.publishable import page_guard_live

        fields = kwargs.get("update_fields")
        with transaction.atomic():
            if self.live and (fields is None or GATED_FIELDS & set(fields)):
                self.gate_statement = page_guard_live(self)
            super().save(*args, **kwargs)


class ArticleMixin(HealthPageMixin):
    """An article: sections of text, lists, pictures and evidence."""

    document_type = "article"

    body = LeanStreamField(
        BodyBlock(),
        blank=True,
        verbose_name=_("body"),
        help_text=_(
            "Add a section for each question a reader may have. The eye beside a block shows what it looks like."
        ),
    )

    health_api_fields = (
        *HealthPageMixin.health_api_fields,
        api_field("body", writable=True),
    )
    health_search_fields = (
        *HealthPageMixin.health_search_fields,
        index.SearchField("body"),
    )
    health_content_panels = (FieldPanel("introduction"), FieldPanel("body"))

    class Meta:
        abstract = True


class FAQMixin(HealthPageMixin):
    """A page of questions and answers."""

    document_type = "faq"

    body = LeanStreamField(
        FAQBodyBlock(),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Add a block of questions; group related ones under one heading."),
    )

    health_api_fields = (
        *HealthPageMixin.health_api_fields,
        api_field("body", writable=True),
    )
    health_search_fields = (
        *HealthPageMixin.health_search_fields,
        index.SearchField("body"),
    )
    health_content_panels = (FieldPanel("introduction"), FieldPanel("body"))

    class Meta:
        abstract = True


class IndexMixin(SectionDisclaimersMixin, DocumentMixin):
    """A page that lists the pages below it."""

    document_type = "index"

    health_api_fields = (
        *DocumentMixin.health_api_fields,
        *SectionDisclaimersMixin.section_api_fields,
    )
    health_safety_panels = SectionDisclaimersMixin.section_panels

    class Meta:
        abstract = True
