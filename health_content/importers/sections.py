"""Sections under construction, and how the article as a whole opens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from . import vocabulary
from .document import (
    Content,
    Faq,
    Heading,
    ItemList,
    ListRole,
    ListStyle,
    Paragraph,
    Question,
    Section,
    Span,
)
from .lists import is_labeled, with_role
from .markers import is_step


@dataclass(slots=True, kw_only=True)
class OpenSection:
    """A section that is still collecting; without a heading it is outside of all."""

    heading: Heading | None = None
    is_faq: bool = False
    subjects: tuple[str, ...] = ()
    """Its own heading, then those above it: what its lists are about."""
    blocks: list[Content] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """Questions in a row, not among the blocks yet."""

    def add_list(self, item_list: ItemList) -> None:
        """Append *item_list* in its role, with the paragraph that introduces it."""
        self.settle()
        made = with_role(item_list, self._role(item_list))
        lead = self.blocks[-1] if self.blocks else None
        has_lead = made.role not in (ListRole.PLAIN, ListRole.REFERENCES)
        if has_lead and isinstance(lead, Paragraph) and lead.text.endswith(":"):
            self.blocks.pop()
            span = Span(start=lead.span.start, end=made.span.end)
            made = replace(made, span=span, introduction=lead)
        self.blocks.append(made)

    def add_question(self, question: Question) -> None:
        """Append *question* to the questions it follows."""
        self.questions.append(question)

    def add(self, block: Content) -> None:
        """Append *block*, after the questions that came before it."""
        self.settle()
        self.blocks.append(block)

    def settle(self) -> None:
        """Make one block of the questions in a row."""
        if self.questions:
            start, end = self.questions[0].span.start, self.questions[-1].span.end
            span = Span(start=start, end=end)
            self.blocks.append(Faq(span=span, items=tuple(self.questions)))
            self.questions.clear()

    def is_empty(self) -> bool:
        """Return whether nothing has been collected."""
        return not (self.blocks or self.questions)

    def freeze(self) -> list[Section | Content]:
        """Return the finished section, or only its blocks when it has no heading."""
        self.settle()
        if self.heading is None:
            return list(self.blocks)
        end = self.blocks[-1].span.end if self.blocks else self.heading.span.end
        span = Span(start=self.heading.span.start, end=end)
        return [Section(span=span, heading=self.heading, blocks=tuple(self.blocks))]

    def _role(self, item_list: ItemList) -> ListRole:
        """Return the role that the nearest heading which announces items gives.

        Numbered items are benefits only below a heading of their own that says so.
        """
        if is_step(item_list.items[0].marker):
            return ListRole.STEPS
        own = next(iter(self.subjects), "")
        subject = next(filter(vocabulary.names_items, self.subjects), own)
        is_numbered = item_list.style is not ListStyle.BULLET
        labeled = is_labeled(item_list)
        role = vocabulary.list_role(
            subject, is_numbered=is_numbered, is_labeled=labeled
        )
        if is_numbered and role is ListRole.BENEFITS and subject != own:
            return vocabulary.list_role(own, is_numbered=True, is_labeled=labeled)
        return role


def take_introduction(
    blocks: list[Section | Content], *, has_sections: bool
) -> tuple[Paragraph, ...]:
    """Remove and return the paragraphs that open the article.

    Without any heading only the first paragraph introduces; a paragraph that
    introduces a list stays with it.
    """
    end = 0
    for block, after in pairwise([*blocks, None]):
        if not isinstance(block, Paragraph) or (end and not has_sections):
            break
        if isinstance(after, ItemList) and block.text.endswith(":"):
            break
        end += 1
    taken = [block for block in blocks[:end] if isinstance(block, Paragraph)]
    del blocks[:end]
    return tuple(taken)
