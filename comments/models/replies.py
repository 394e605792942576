"""A reply, as the public sees it, and the texts it has had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .people import Credential, Participant
from .threads import Thread

if TYPE_CHECKING:
    from datetime import date

# Eight generations of 32 hexadecimal digits fill the path column; deeper answers join the last generation.
MAX_DEPTH = 7
SEGMENT_LENGTH = 32
PATH_LENGTH = SEGMENT_LENGTH * (MAX_DEPTH + 1)


class ReplyStatus(models.TextChoices):
    """What the public sees of a reply; only `published` is shown."""

    UNVERIFIED = "unverified", _("Unverified")
    PENDING = "pending", _("Waiting")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    REMOVED = "removed", _("Removed")


class ReplyKind(models.TextChoices):
    """What a reply is to the conversation."""

    REPLY = "reply", _("Reply")
    QUESTION = "question", _("Question")
    CLINICIAN_ANSWER = "clinician_answer", _("Clinician's answer")


class Removal(models.TextChoices):
    """Why a reply is removed."""

    AUTHOR = "author", _("Withdrawn by its author")
    ERASURE = "erasure", _("Erased")


class RevisionState(models.TextChoices):
    """What was decided about one text of a reply."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Superseded")


class Reply(models.Model):
    """One reply and where it stands.

    The key is a UUID version 7 that the service assigns. `path` is the keys of the ancestors and its own, oldest
    first, 32 hexadecimal digits each: ordering by it is reading order, and a prefix is a subtree. `version` guards
    every change of status. The name is a copy of what the author was called at the time.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies")
    # RESTRICT: a subtree goes with its thread, and never because one reply in it went.
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.RESTRICT, related_name="children"
    )
    root = models.ForeignKey("self", on_delete=models.RESTRICT, related_name="+")
    path = models.CharField(max_length=PATH_LENGTH)
    depth = models.PositiveSmallIntegerField(default=0)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="replies"
    )
    author_name = models.CharField(max_length=80)
    # What made it a clinician's answer; whether that still counts is asked with every read.
    credential = models.ForeignKey(
        Credential, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(
        max_length=12, choices=ReplyStatus, default=ReplyStatus.PENDING
    )
    kind = models.CharField(max_length=20, choices=ReplyKind, default=ReplyKind.REPLY)
    # RESTRICT: a published reply never loses its words; both go together, with their thread.
    published_revision = models.ForeignKey(
        "ReplyRevision", null=True, on_delete=models.RESTRICT, related_name="+"
    )
    reply_count = models.PositiveIntegerField(default=0)
    """Published replies below this one, at any depth."""
    helpful_count = models.PositiveIntegerField(default=0)
    disclaimer_version = models.PositiveIntegerField(null=True, blank=True)
    pinned = models.BooleanField(default=False)
    removal = models.CharField(max_length=12, choices=Removal, blank=True)
    origin = models.CharField(max_length=12, default="api")
    """How it came in: `api`, `form` or the name of an importer."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        default_permissions = ()
        permissions = [("moderate_reply", _("Can moderate replies"))]
        indexes = [
            models.Index(fields=["thread", "depth", "id"], name="hcm_reply_roots"),
            models.Index(fields=["root", "path"], name="hcm_reply_tree"),
            models.Index(fields=["status", "created_at"], name="hcm_reply_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "path"], name="hcm_reply_unique_path"
            ),
            models.CheckConstraint(
                condition=Q(depth=0, parent__isnull=True)
                | Q(depth__gt=0, parent__isnull=False),
                name="hcm_reply_depth_has_parent",
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | Q(published_revision__isnull=False, published_at__isnull=False),
                name="hcm_reply_published_has_text",
            ),
            models.CheckConstraint(
                condition=(Q(status="removed") & ~Q(removal=""))
                | (~Q(status="removed") & Q(removal="")),
                name="hcm_reply_removed_says_why",
            ),
        ]

    def __str__(self) -> str:
        """Name the reply by its key: logs and messages hold no reader's words."""
        return f"Reply {self.pk}"

    @property
    def anchor(self) -> str:
        """The fragment that leads to this reply on its page."""
        return f"reply-{self.pk}"

    def credential_on(self, today: date) -> Credential | None:
        """Return what makes it a clinician's answer, while that counts; None for everything else."""
        if self.kind != ReplyKind.CLINICIAN_ANSWER or self.credential is None:
            return None
        return self.credential if self.credential.is_in_force(today) else None

    @property
    def ancestor_ids(self) -> list[str]:
        """Keys of the replies above this one, the oldest first."""
        return [
            self.path[start : start + SEGMENT_LENGTH]
            for start in range(0, len(self.path) - SEGMENT_LENGTH, SEGMENT_LENGTH)
        ]


class ReplyRevision(models.Model):
    """One text of a reply; the only thing that is ever judged.

    `source` is what the author sent, `body_html` what `sanitize` made of it. Nothing but `body_html` is rendered.
    """

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    source = models.TextField()
    body_html = models.TextField()
    body_text = models.TextField(blank=True)
    renderer_version = models.CharField(max_length=40)
    citations = models.JSONField(default=list, blank=True)
    signals = models.JSONField(default=list, blank=True)
    """What the checks said: [{"code", "check", "version", "score", "spans"}]."""
    text_hash = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the folded text: equal for exact duplicates."""
    state = models.CharField(
        max_length=12, choices=RevisionState, default=RevisionState.PROPOSED
    )
    is_redaction = models.BooleanField(default=False)
    """Written by a moderator, who left out what should not be public."""
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reply revision")
        verbose_name_plural = _("reply revisions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "number"], name="hcm_revision_unique_number"
            ),
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(state="proposed"),
                name="hcm_revision_one_proposed",
            ),
        ]

    def __str__(self) -> str:
        """Name the revision by its numbers."""
        return f"revision {self.number} of reply {self.reply_id}"
