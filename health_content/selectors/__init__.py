"""The readers of the content part."""

from .disclaimers import disclaimer_facts
from .links import html_resources
from .pages import (
    Surroundings,
    page_document,
    page_facts,
    pages_facts,
    surroundings_now,
)

__all__ = [
    "Surroundings",
    "disclaimer_facts",
    "html_resources",
    "page_document",
    "page_facts",
    "pages_facts",
    "surroundings_now",
]
