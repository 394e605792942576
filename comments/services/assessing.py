"""What the checks and the policy say about a text, from whichever door it comes."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from ..assess.base import Assessment, Draft, FormFacts, Policy
from ..assess.pipeline import assess, default_checks
from ..conf import get_conf
from ..decide import Verdict, decide
from ..models import ReplyRevision

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Reply
    from ..sanitize import Rendered

logger = logging.getLogger(__name__)

NO_FORM = FormFacts(honeypot="", fill_seconds=86_400.0, has_expired=False)
"""Of a text that its author sends with the private address of the reply, where no machine fills a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A text and what is known about it before anybody read it."""

    source: str
    rendered: Rendered
    assessment: Assessment
    verdict: Verdict


def text_judge(
    source: str,
    rendered: Rendered,
    *,
    name: str,
    form: FormFacts,
    policy: Policy,
    trust: int = 0,
    is_held: bool = False,
    reply: Reply | None = None,
    looks_like: tuple[str, ...] = (),
    has_credential: bool = False,
) -> Judged:
    """Return what the checks and the policy say; an error in a check is logged and holds.

    *reply* is the one whose text this is to be, so that it is not taken for a repetition of itself.
    """
    same = ReplyRevision.objects.filter(text_hash=text_hash(rendered.text))
    if reply is not None:
        same = same.exclude(reply=reply)
    draft = Draft(
        source=source,
        text=rendered.text,
        html=rendered.html,
        name=name,
        form=form,
        render_reasons=rendered.reasons,
        looks_like=looks_like,
        has_credential=has_credential,
        duplicates=same[:1].count(),
    )
    assessment = assess(draft, default_checks(policy, get_conf().import_text_checks()))
    for check in assessment.failed:
        logger.error("The check %s failed; the reply is held.", check)
    verdict = decide(assessment, policy, trust=trust, is_held=is_held)
    return Judged(
        source=source, rendered=rendered, assessment=assessment, verdict=verdict
    )


def revision_create(
    reply: Reply, judged: Judged, *, number: int, now: datetime
) -> ReplyRevision:
    """Store a text as proposed; the caller holds the transaction."""
    return ReplyRevision.objects.create(
        reply=reply,
        number=number,
        source=judged.source,
        body_html=judged.rendered.html,
        body_text=judged.rendered.text,
        renderer_version=judged.rendered.version,
        signals=[
            *(signal.as_dict() for signal in judged.assessment.signals),
            *(_failure(name) for name in judged.assessment.failed),
        ],
        text_hash=text_hash(judged.rendered.text),
        created_at=now,
    )


def next_number(reply: Reply) -> int:
    """Return the number of the reply's next text; the caller holds the thread's lock."""
    latest: int = reply.revisions.aggregate(n=Max("number"))["n"] or 0
    return latest + 1


def text_hash(text: str) -> str:
    """Return the same 64 hexadecimal digits for texts that differ in case and white space only."""
    folded = " ".join(text.casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()


def _failure(check: str) -> dict[str, object]:
    """Return the shape of a signal for a check that failed, so that whoever decides later knows of it."""
    return {
        "code": f"check.failed:{check}",
        "check": "failed",
        "version": "",
        "score": 1.0,
        "spans": [],
    }
