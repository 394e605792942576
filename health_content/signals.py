"""Signals of the content part. They inform; they never decide."""

from django.dispatch import Signal

# sender: type of the page; record: the PublicationRecord just appended. Sent inside the publish transaction.
document_recorded = Signal()

# sender: type of the page; withdrawal: the Withdrawal, in force. Sent inside the transaction, after the page is down.
page_withdrawn = Signal()

# sender: type of the page; review: the MedicalReview just appended. Sent inside its transaction.
page_reviewed = Signal()

# sender: Withdrawal; withdrawal: the Withdrawal, lifted. Sent inside the transaction.
withdrawal_lifted = Signal()

# sender: type of the image; image_id. Its files were made, or are gone. Sent after the commit.
renditions_changed = Signal()

# sender: Menu; menu_id, site_id, key, locale: which menu; is_removed: whether it is gone; tags: cache tags of the answers
# that have it. Sent inside the transaction that stores what the public sees of it, when that is new.
navigation_changed = Signal()
