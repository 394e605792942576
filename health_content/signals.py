"""Signals of the content part. They inform; they never decide."""

from django.dispatch import Signal

# sender: type of the page; record: the PublicationRecord just appended. Sent inside the publish transaction.
document_recorded = Signal()

# sender: type of the page; withdrawal: the Withdrawal, in force. Sent inside the transaction, after the page is down.
page_withdrawn = Signal()

# sender: Withdrawal; withdrawal: the Withdrawal, lifted. Sent inside the transaction.
withdrawal_lifted = Signal()
