"""Tables of the delivery."""

from .changes import Change, ChangeCounter
from .documents import DocumentBytes, DocumentTag, Form, PublishedDocument

__all__ = [
    "Change",
    "ChangeCounter",
    "DocumentBytes",
    "DocumentTag",
    "Form",
    "PublishedDocument",
]
