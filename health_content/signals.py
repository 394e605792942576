"""Signals of the content part. They inform; they never decide."""

from django.dispatch import Signal

# sender: type of the page; record: the PublicationRecord just appended. Sent inside the publish transaction.
document_recorded = Signal()
