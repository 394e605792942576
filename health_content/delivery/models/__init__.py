"""Tables of the delivery."""

from .documents import DocumentBytes, DocumentTag, Form, PublishedDocument

__all__ = ["DocumentBytes", "DocumentTag", "Form", "PublishedDocument"]
