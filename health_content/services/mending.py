"""Settles the findings of a page by mending its draft: what is said is changed, recorded, and reviewed as any other draft."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..errors import MendingRefused
from ..gate_facts import OF_REVIEW
from ..mending import mend_content, says
from ..mending_plan import Mend, Use
from ..models import Condition, DisclaimerSnippet, Reference, Treatment
from ..selectors.gate import page_decision
from ..selectors.page_content import page_content, stored_value
from ..selectors.related import related_objects
from ..selectors.remedies import page_remedies
from ..stored_values import integer_of, object_of, walk_stream
from .import_disclaimers import is_untouched
from .publication import page_lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AbstractUser

    from ..abstract import HealthPageMixin
    from ..document_facts import Json, JsonObject
    from ..gate import Outcome
    from ..mending_plan import MendingPlan

MEND_ACTION = "health_content.page.mended"
PUBLISH_DISCLAIMER = "health_content.publish_disclaimersnippet"
STREAMS = frozenset({"body", "disclaimers", "references"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A sentence that was exchanged or taken out."""

    sentence: str
    use: Use
    text: str
    """What stands there now; "" where nothing does."""
    rules: tuple[str, ...]
    """Fingerprints of the findings that it settles."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What was done to a page, and what still speaks against it."""

    page: HealthPageMixin
    """Its newest draft."""
    mended: tuple[Mended, ...]
    left: tuple[Outcome, ...]
    """What blocks."""

    @property
    def waits_only_for_review(self) -> bool:
        """Return whether nothing but a medical review keeps the page from going live."""
        return all(outcome.check in OF_REVIEW for outcome in self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be done about a claim that blocks or warns."""

    sentence: str
    level: str
    message: str
    wording: str = ""
    attributed: str = ""

    @property
    def use(self) -> Use:
        """Return what is done where nobody chose: what is offered, the most exact first, else nothing is said there."""
        if self.wording:
            return Use.WORDING
        return Use.ATTRIBUTED if self.attributed else Use.REMOVE


def page_offers(page: HealthPageMixin) -> list[Offer]:
    """Return what may be done about the claims of *page*, as it is in memory, each sentence once, in order of the checks."""
    outcomes = page_decision(page).outcomes
    remedies = page_remedies(page, outcomes)
    found: dict[str, Offer] = {}
    for outcome in outcomes:
        remedy = remedies.get(outcome.reason.fingerprint)
        if remedy is None or outcome.override is not None:
            continue
        sentence = outcome.reason.text
        known = found.get(sentence)
        found[sentence] = Offer(
            sentence=sentence,
            level=known.level if known else str(outcome.level),
            message=known.message if known else outcome.reason.message,
            wording=(known.wording if known else "") or remedy.wording,
            attributed=(known.attributed if known else "") or remedy.attributed,
        )
    return list(found.values())


@transaction.atomic
def page_mend(
    page: HealthPageMixin,
    plan: MendingPlan,
    *,
    actor: AbstractUser,
    is_rest_mended: bool = False,
    has_disclaimers: bool = False,
) -> Mending:
    """Save a revision of the newest draft of *page* with what *plan* says; every sentence that changed is logged.

    All of the plan is done, or nothing. With *is_rest_mended* each claim that still blocks is exchanged for what is
    offered, or taken out. With *has_disclaimers* the disclaimers that an import made for the page go live, unless
    somebody touched them. The page itself does not: that is for who reviews it.

    Raises:
        MendingRefused: the page cannot be edited now, or a line of the plan fits nothing.
        PermissionDenied: *actor* may not edit it, or not publish disclaimers.
    """
    base: Any = page
    page_lock(base.pk)
    draft: Any = base.get_latest_revision_as_object()
    _check_open(draft, actor)
    _name_subjects(draft, plan)
    _add_references(draft, plan.references)
    mended = [_mend(draft, mend) for mend in plan.mends]
    if is_rest_mended:
        mended += _mend_rest(draft)
    _save(draft, mended, actor)
    if has_disclaimers:
        _publish_disclaimers(draft, actor)
    draft = draft.get_latest_revision_as_object()
    blockers = page_decision(draft).blockers
    return Mending(page=draft, mended=tuple(mended), left=blockers)


@transaction.atomic
def page_submit(page: HealthPageMixin, *, actor: AbstractUser) -> None:
    """Ask for the review that the workflow of *page* says.

    Raises:
        MendingRefused: it has no workflow, or is in one already.
        PermissionDenied: *actor* may not.
    """
    base: Any = page
    if not base.permissions_for_user(actor).can_submit_for_moderation():
        if base.get_workflow() is None:
            raise MendingRefused(_("No workflow is set for this page."))
        raise PermissionDenied
    if base.current_workflow_state:
        raise MendingRefused(_("The page is locked or in a workflow."))
    base.get_workflow().start(base, actor)


def _check_open(draft: Any, actor: AbstractUser) -> None:
    permissions = draft.permissions_for_user(actor)
    if not permissions.can_edit():
        raise PermissionDenied
    is_busy = draft.alias_of_id or draft.current_workflow_state
    if is_busy or permissions.page_locked():
        raise MendingRefused(_("The page is locked or in a workflow."))


def _name_subjects(draft: Any, plan: MendingPlan) -> None:
    """Add what the plan says that the page is about, so that its claims are judged as those of that."""
    wanted = {
        "about_treatments": (Treatment, plan.treatments),
        "about_conditions": (Condition, plan.conditions),
    }
    for field, (model, names) in wanted.items():
        if not names:
            continue
        entries = related_objects(draft, field)
        library: Any = model.objects
        for name in names:
            rows = library.filter(locale=draft.locale, live=True, name__iexact=name)
            entry = rows.order_by("pk").first()
            if entry is None:
                raise MendingRefused(_("“%(name)s” is not in the library.") % {"name": name})  # fmt: skip
            if entry not in entries:
                entries.append(entry)
        setattr(draft, field, entries)


def _add_references(draft: Any, titles: Iterable[str]) -> None:
    stored = stored_value(draft, "references")
    stream: list[Json] = [*stored] if isinstance(stored, list) else []
    cited = {
        integer_of(object_of(block.get("value")).get("reference"))
        for block in walk_stream(stream)
    }
    for title in titles:
        found = Reference.objects.filter(title=title, live=True, retracted_at=None)
        reference = found.order_by("pk").first()
        if reference is None:
            raise MendingRefused(_("“%(name)s” is not in the library.") % {"name": title})  # fmt: skip
        if reference.pk not in cited:
            value: JsonObject = {"reference": reference.pk, "locator": "", "note": ""}
            stream.append(
                {"type": "reference", "value": value, "id": str(uuid.uuid4())}
            )
    draft.references = json.dumps(stream)


def _mend(draft: Any, mend: Mend) -> Mended:
    """Do one line of a plan. What is offered depends on what was done before it."""
    text = mend.text
    offered = mend.use in {Use.WORDING, Use.ATTRIBUTED}
    if offered:
        text = _offered(draft, mend)
    content = page_content(draft)
    if offered and says(content, text):
        text = ""  # The page says so already.
    rules = tuple(
        outcome.reason.fingerprint
        for outcome in page_decision(draft).outcomes
        if outcome.reason.sentence and _same(outcome.reason.text, mend.sentence)
    )
    changed, count = mend_content(content, mend.sentence, text)
    if not count:
        raise MendingRefused(_("“%(sentence)s” does not stand on the page.") % {"sentence": mend.sentence})  # fmt: skip
    for name, value in changed.items():
        if value != content[name]:
            setattr(draft, name, json.dumps(value) if name in STREAMS else value)
    return Mended(
        sentence=mend.sentence, use=mend.use, text=text, rules=rules, note=mend.note
    )


def _offered(draft: Any, mend: Mend) -> str:
    for offer in page_offers(draft):
        if _same(offer.sentence, mend.sentence):
            is_wording = mend.use is Use.WORDING
            if text := offer.wording if is_wording else offer.attributed:
                return text
    message = _("Nothing is offered for “%(sentence)s”. Say what is to stand there.")
    raise MendingRefused(message % {"sentence": mend.sentence})


def _mend_rest(draft: Any) -> list[Mended]:
    """Exchange what blocks for what is offered, sentence by sentence, until nothing of the kind is left."""
    mended: dict[str, Mended] = {}
    while offer := next(
        (o for o in page_offers(draft) if o.level == "block" and o.sentence not in mended),
        None,
    ):  # fmt: skip
        mend = Mend(sentence=offer.sentence, use=offer.use)
        mended[offer.sentence] = _mend(draft, mend)
    return [*mended.values()]


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _save(draft: Any, mended: Sequence[Mended], actor: AbstractUser) -> None:
    try:
        revision = draft.save_revision(user=actor, log_action=True)
    except ValidationError as error:
        raise MendingRefused(" ".join(error.messages)) from error
    for each in mended:
        data = {
            "sentence": each.sentence,
            "use": str(each.use),
            "text": each.text,
            "findings": [*each.rules],
            "note": each.note,
        }
        log(instance=draft, action=MEND_ACTION, user=actor, revision=revision, data=data)  # fmt: skip


def _publish_disclaimers(draft: Any, actor: AbstractUser) -> None:
    chosen = {
        integer_of(object_of(block.get("value")).get("disclaimer"))
        for block in walk_stream(stored_value(draft, "disclaimers"))
    }
    made = DisclaimerSnippet.objects.filter(pk__in=chosen, live=False).order_by("pk")
    waiting = list(filter(is_untouched, made))
    if waiting and not actor.has_perm(PUBLISH_DISCLAIMER):
        raise PermissionDenied
    for disclaimer in waiting:
        disclaimer.latest_revision.publish(user=actor)
